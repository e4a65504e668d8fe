"""Towns for the tests of platforms: meetings of all sorts with papers of all sorts, and how they are visited."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from extractors.model import Municipality
from flows.guest import Guest, Manners, SimulatedClock
from flows.sources import Source, Trouble, platforms
from flows.sources.platforms import Site
from flows.sources.visited import Visited
from index.listed import Listed
from index.listed import Meeting as Told
from index.settings import _networks
from tests.towns import Answer, Meeting, Paper, Town
from tests.towns.server import Towns

LOOPBACK = _networks({"N": "127.0.0.0/8"}, "N")


def pdf(text: str) -> bytes:
    """The bytes of a paper, whole as far as anybody looks."""
    return b"%PDF-1.7\n" + text.encode() + b"\n%%EOF\n"


def paper(key: str, kind: str, title: str, **more: Any) -> Paper:
    return Paper(key, kind, title, pdf(f"{key} {title}"), **more)


def granby(platform: str) -> Town:
    """Three bodies: whole minutes, extracts, §§ one by one; cancelled, planned, and papers that are not out yet."""
    council, board, school = "Kommunfullmäktige", "Kommunstyrelsen", "Barn- och utbildningsnämnden"
    return Town("1489", "Granby", platform, [
        Meeting("kf1", council, "2024-11-25", papers=[
            paper("kf1-p", "protocol", "Protokoll kommunfullmäktige 2024-11-25 §§ 101-130"),
        ]),
        Meeting("kf2", council, "2026-02-23", papers=[
            paper("kf2-k", "agenda", "Kallelse kommunfullmäktige 2026-02-23"),
            paper("kf2-p", "protocol", "Protokoll kommunfullmäktige 2026-02-23 §§ 1-10, 12-30"),
            paper("kf2-o", "protocol_extract", "Protokoll kommunfullmäktige 2026-02-23 § 11 omedelbar justering"),
            paper("kf2-m", "motion", "Motion om belysning vid badplatsen"),
            paper("kf2-x", "protocol", "Protokoll utan signatur", published=False),
        ]),
        Meeting("kf3", council, "2026-04-27", "cancelled"),
        Meeting("kf4", council, "2026-06-15", papers=[
            paper("kf4-p", "protocol", "Protokoll kommunfullmäktige 2026-06-15 §§ 31-52"),
        ]),
        Meeting("kf5", council, "2031-02-24", "planned"),
        Meeting("ks1", board, "2025-03-05", papers=[
            paper("ks1-k", "agenda", "Kallelse kommunstyrelsen 2025-03-05"),
            paper("ks1-p", "protocol", "Protokoll kommunstyrelsen 2025-03-05"),
        ]),
        Meeting("ks2", board, "2026-03-04", "cancelled"),
        Meeting("ks3", board, "2026-04-08", papers=[
            paper("ks3-k", "agenda", "Kallelse kommunstyrelsen 2026-04-08"),
            paper("ks3-p", "protocol", "Protokoll kommunstyrelsen 2026-04-08"),
        ]),
        Meeting("bun1", school, "2024-05-14", papers=[
            paper("bun1-p", "protocol", "Protokoll barn- och utbildningsnämnden 2024-05-14"),
        ]),
        Meeting("bun2", school, "2026-05-12", papers=[
            paper("bun2-p", "protocol", "Protokoll barn- och utbildningsnämnden 2026-05-12"),
            paper("bun2-u", "protocol_extract", "Protokollsutdrag barn- och utbildningsnämnden 2026-05-12 § 44"),
        ]),
    ])  # fmt: skip


@dataclass
class Visit:
    """What a listing told."""

    papers: list[Listed]
    meetings: list[Told]
    troubles: list[Trouble]

    def paper(self, key: str) -> Listed:
        return next(each for each in self.papers if each.key == key)


def guest() -> Guest:
    """Nothing is slept, and the loopback may be visited."""
    return Guest("test@exempel.se", clock=SimulatedClock(), manners=Manners(networks=LOOPBACK))


def source(town: Town, visitor: Guest, since: date | None = None, **changed: Any) -> Visited:
    """The source of a town that is served."""
    emulation = importlib.import_module(f"tests.towns.{town.platform}")
    platform = platforms.load(town.platform)
    where = platform.Where.model_validate({**emulation.where(town), **changed})
    return Visited(
        Site(f"{town.name}, {town.platform}", where, Municipality("1489", "Alingsås"), None, since), platform, visitor
    )


def visit(listed: Source) -> Visit:
    found = list(listed.listing())
    return Visit(
        [each for each in found if isinstance(each, Listed)],
        [each for each in found if isinstance(each, Told)],
        [each for each in found if isinstance(each, Trouble)],
    )


def published(town: Town) -> list[tuple[Meeting, Paper]]:
    return [(meeting, each) for meeting in town.meetings for each in meeting.papers if each.published]


def asked(towns: Towns, *parts: str) -> list[str]:
    """The requests whose address has any of these, in their order."""
    return [each.target for each in towns.log if any(part in each.target for part in parts)]


def of(papers: Iterable[Listed]) -> dict[str, Listed]:
    return {each.key: each for each in papers}


def said(text: str) -> Answer:
    """A page that says just this."""
    return Answer(200, text.encode(), {"Content-Type": "text/html; charset=utf-8"})
