"""A country of towns (land): real municipalities by code and name, with meetings and papers that we made up.

The papers are those of examples/sources with another municipality, day, § and case numbers, so that no two are alike;
who writes and who decides in them is made up. `next_night` is what a day changes.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import count, cycle
from pathlib import Path

from examples.pdf import pdf
from examples.source import Source
from extractors import lexicon
from tests.towns import Meeting, Paper, Town
from tests.towns.faults import OF_PAPERS, OF_TOWNS, Fault

PLATFORMS = (
    "meetingsplus", "ciceron", "sitevision", "netpublicator", "evolution", "insyn", "html", "sitemap", "feed", "urls",
)  # fmt: skip
TODAY = date.today()
_TELL_CHANGES = ("sitevision", "html", "sitemap", "feed", "urls")
BODIES = ("Kommunfullmäktige", "Kommunstyrelsen", "Socialnämnden")
_SOURCES = Path("examples/sources")
_PROTOCOLS = ("mora-5-ks-protokoll", "kiruna-3-ks-protokoll", "lidkoping-4-kf-protokoll", "trosa-2-sbn-protokoll")
_AGENDAS = ("kiruna-5-kallelse", "trosa-1-kallelse")
_SECTION, _CASE = re.compile(r"§ (\d+)"), re.compile(r"\b([A-ZÅÄÖ]{2,5}) (20\d\d)[/:](\d+)")


@cache
def _text(name: str) -> str:
    return (_SOURCES / f"{name}.txt").read_text(encoding="utf-8")


def paper(town: str, body: str, day: str, kind: str, number: int) -> bytes:
    """The PDF of a paper of a town: another one for every number."""
    names = _PROTOCOLS if kind == "protocol" else _AGENDAS
    text = _text(names[number % len(names)])
    head = dict(line.split(": ", 1) for line in text.partition("\n\n")[0].splitlines())
    text = text.replace(head["municipality"].removesuffix(" kommun").removesuffix("s"), town)
    text = text.replace(head["date"], day).replace(head["body"], body)
    text = _SECTION.sub(lambda found: f"§ {int(found[1]) + number % 60}", text)
    text = _CASE.sub(lambda found: f"{found[1]} {found[2]}/{int(found[3]) + number}", text)
    return pdf(Source.parse(f"{text}\n\nUtskriftsnummer {number}."))


def towns(number: int, papers: int, platforms: Iterable[str] = PLATFORMS) -> list[Town]:
    """So many towns with so many papers in all, on all platforms in turn. The same each time."""
    codes: dict[str, str] = dict(list(lexicon.load("municipalities")["codes"].items())[:number])
    numbers, turn = count(1), cycle(platforms)
    made = [Town(code, name, next(turn)) for code, name in codes.items()]
    for at, town in enumerate(made):
        share = papers * (at + 1) // number - papers * at // number
        town.meetings = list(_meetings(town, share, numbers))
    return made


def _meetings(town: Town, papers: int, numbers: Iterator[int]) -> Iterator[Meeting]:
    """Meetings from the newest on, each with minutes and agenda; one planned, one not out yet, one cancelled."""
    code, left, at = town.code, papers, 0
    hidden = Paper(f"{code}-hidden", "protocol", "Protokoll som inte är justerat", b"%PDF-1.7 %%EOF", published=False)
    others = {
        0: Meeting(f"{code}-planned", BODIES[0], _day(20), "planned"),
        1: Meeting(f"{code}-open", BODIES[1], _day(-6), "held", [hidden]),
        2: Meeting(f"{code}-cancelled", BODIES[0], _day(-30), "cancelled"),
    }
    while left > 0:
        if at in others:
            yield others[at]
        body, day = BODIES[at % len(BODIES)], _day(-10 - int(code) % 17 - 37 * at)
        made = []
        for kind, title in (("protocol", "Protokoll"), ("agenda", "Kallelse"))[: min(left, 2)]:
            number = next(numbers)
            data = paper(town.name, body, day, kind, number)
            made.append(Paper(f"{code}-{number}", kind, f"{title} {body} {day}", data, f"{day}T10:00:00"))
        left -= len(made)
        yield Meeting(f"{code}-m{at}", body, day, "held", made)
        at += 1


def _day(days: int) -> str:
    return (TODAY + timedelta(days=days)).isoformat()


def faults(made: list[Town], share: float = 0.05, seed: int = 1) -> dict[str, Fault]:
    """So many of the papers, and of the towns, have a fault: every kind in turn, each at least once."""
    chance = random.Random(seed)
    ill = chance.sample(made[1:], max(len(OF_TOWNS), round(share * len(made))))
    found = {town.code: fault for town, fault in zip(ill, cycle(OF_TOWNS), strict=False)}
    keys = [each.key for town in made if town not in ill for each in published(town)]
    found |= zip(chance.sample(keys, min(len(keys), max(len(OF_PAPERS), round(share * len(keys))))), cycle(OF_PAPERS))
    return found


def published(town: Town) -> list[Paper]:
    """What the public may see of a town."""
    return [each for meeting in town.meetings for each in meeting.papers if each.published]


def next_night(made: list[Town], seed: int = 2) -> dict[str, str]:
    """What a day changes: of some towns a paper is new, uploaded again, or taken away. Key and what became of it.

    Uploaded again is only what a visitor can see at once: elsewhere neither list nor server tells, and a paper that has
    stayed the same is asked for after a week (Pace). From a feed nothing is taken away that a visitor would miss.
    """
    chance = random.Random(seed)
    changed: dict[str, str] = {}
    for at, town in enumerate(chance.sample(made, max(3, len(made) // 4))):
        meeting = next(meeting for meeting in town.meetings if any(each.published for each in meeting.papers))
        first = meeting.papers[0]
        if at % 3 == 1 and town.platform in _TELL_CHANGES:
            data = paper(town.name, meeting.body, meeting.date, first.kind, 80_000 + at)
            meeting.papers[0] = replace(first, data=data, uploaded=f"{TODAY}T10:00:00")
            changed[first.key] = "new version"
        elif at % 3 == 2 and town.platform != "feed":
            meeting.papers.remove(first)
            changed[first.key] = "withdrawn"
        else:
            number = 90_000 + at
            data = paper(town.name, meeting.body, meeting.date, "protocol", number)
            title = f"Protokoll {meeting.body} {meeting.date} § {number % 100} omedelbar justering"
            new = Paper(f"{town.code}-{number}", "protocol_extract", title, data, f"{TODAY}T10:00:00")
            meeting.papers.append(new)
            changed[new.key] = "new"
    return changed
