"""The report in words (brev): Swedish and plain, as a page of HTML and as text that Markdown can draw."""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from flows.morning.night import NOWHERE, Lack, Night, Paper
from index import sentences as common
from index.asking.filters import municipality_name
from index.books.model import Alarm
from index.changes.record import Changed

_SHOWN = 40  # papers of a municipality, and lacks, that are told one by one
_ODD = re.compile(r"([\\`*_\[\]<>#|])")  # what Markdown would take for its own


@dataclass(frozen=True, slots=True)
class Letter:
    """A report as it is sent: subject, text, page."""

    subject: str
    text: str
    html: str


def letter(night: Night, base: str | None) -> Letter:
    """The report on a night; with `base`, the address of the pages, papers link to where they can be read."""
    told = {"night": night, "subject": subject(night), "base": base, "shown": _SHOWN}
    told |= {"sentences": sentences(night), "sources": unlisted(night), "reasons": reasons(night)}
    told |= {"alarms": [(each.source, alarm(each)) for each in night.alarms], "changed": changed(night)}
    text, html = (_environment().get_template(f"report.{kind}") for kind in ("md", "html"))
    return Letter(subject(night), text.render(told), html.render(told))


def broken(night: Night, why: str) -> Letter:
    """The report on a night that ended before its time."""
    told = {"night": night, "why": why, "subject": f"Paragraf {day(night)}: natten avbröts"}
    text, html = (_environment().get_template(f"broken.{kind}") for kind in ("md", "html"))
    return Letter(str(told["subject"]), text.render(told), html.render(told))


def subject(night: Night) -> str:
    """
    >>> from datetime import date
    >>> subject(Night(date(2026, 6, 15), 1, 61.0))
    'Paragraf 15 juni 2026: inget nytt'
    """
    parts = [number(night.number, "ny handling", "nya handlingar")] if night.number else []
    if night.changes:
        parts.append(number(night.changes, "ändring i beslut", "ändringar i beslut"))
    parts = parts or ["inget nytt"]
    if night.alarms:
        parts.append(number(len(night.alarms), "larm", "larm"))
    if failed := len(night.papers) + len(unlisted(night)):
        parts.append(number(failed, "fel", "fel"))
    return f"Paragraf {day(night)}: {', '.join(parts)}"


def sentences(night: Night) -> list[str]:
    """The night in short.

    >>> from datetime import date
    >>> sentences(Night(date(2026, 6, 15), 2, 61.0, withdrawn=1))[:2]
    ['Inget nytt kom.', '1 handling har tagits bort av sin kommun och är märkt som tillbakadragen.']
    """
    came, replaced = night.number, sum(map(len, night.replaced.values()))
    said = ["Inget nytt kom."]
    if came:
        where = number(len(night.came), "kommun", "kommuner")
        decided = number(night.decisions, "beslut", "beslut")
        said = [f"{number(came, 'ny handling', 'nya handlingar')} med {decided} från {where}."]
    if replaced:
        said.append(f"{number(replaced, 'handling', 'handlingar')} i ny version.")
    if many := night.changes:
        where = number(night.changed_papers, "handling", "handlingar")
        said.append(f"{number(many, 'ändring', 'ändringar')} i beslut, i {where} som kom i ny version.")
    if many := night.withdrawn:
        marked = "är märkt som tillbakadragen" if many == 1 else "är märkta som tillbakadragna"
        said.append(f"{number(many, 'handling', 'handlingar')} har tagits bort av sin kommun och {marked}.")
    if many := night.rotated_out:
        said.append(f"{number(many, 'äldre handling', 'äldre handlingar')} listas inte längre men finns kvar här.")
    runs = f" i {night.runs} körningar" if night.runs > 1 else ""
    return [*said, f"Det tog {took(night.seconds)}{runs}."]


def unlisted(night: Night) -> list[tuple[str, str]]:
    """Sources that could not be listed, each with every reason once."""
    return list(dict.fromkeys((lack.source, in_swedish(lack.reason)) for lack in night.sources))


def alarm(told: Alarm) -> str:
    """What an alarm says, with the reason that it may give."""
    figures = dict(told.figures)
    if "why" in figures:
        figures["why"] = in_swedish(figures["why"])
    return common.alarm(replace(told, figures=figures), "sv", written_out)


def changed(night: Night) -> dict[str, list[tuple[Changed, str, str, str]]]:
    """What new versions decide otherwise, by municipality: the change, which §, in which paper, what became of it."""
    found: dict[str, list[tuple[Changed, str, str, str]]] = defaultdict(list)
    for each in sorted(night.changed, key=lambda one: (one.document_id, one.id)):
        code = each.municipality_code
        item = f"§ {each.number} {each.title or ''}".strip() if each.number else each.title or "Utan rubrik"
        paper = ", ".join(part for part in (each.body, each.date and written_out(each.date)) if part)
        said = common.change(each.what, each.state, "sv")
        found[municipality_name(code) if code else NOWHERE].append((each, item, paper or each.paper or each.url, said))
    return dict(sorted(found.items()))


def number(many: int, one: str, more: str) -> str:
    """
    >>> number(1, "fel", "fel"), number(12, "ny handling", "nya handlingar")
    ('1 fel', '12 nya handlingar')
    """
    return f"{many:,}".replace(",", "\u00a0") + f" {one if many == 1 else more}"


def day(night: Night) -> str:
    """The day in words."""
    return written_out(night.day.isoformat())


def written_out(told: str) -> str:
    """
    >>> written_out("2026-06-15"), written_out("2026")
    ('15 juni 2026', '2026')
    """
    try:
        of = date.fromisoformat(told)
    except ValueError:
        return told
    return f"{of.day} {_words()['months'].split()[of.month - 1]} {of.year}"


def took(seconds: float) -> str:
    """
    >>> took(42.4), took(754), took(7300)
    ('42 sekunder', '12 min 34 s', '2 tim 1 min')
    """
    whole = int(seconds)
    if whole < 60:
        return number(whole, "sekund", "sekunder")
    return f"{whole // 60} min {whole % 60} s" if whole < 3600 else f"{whole // 3600} tim {whole % 3600 // 60} min"


def in_swedish(reason: str) -> str:
    """A reason of the record in Swedish, where we have words for it; else as it is.

    >>> in_swedish("the server answered 404 Not Found: nothing is there; the site may have changed")
    'Servern svarar 404: där finns inget. Webbplatsen kan ha gjorts om.'
    """
    for told in _words()["reason"]:
        if found := re.search(told["of"], reason):
            return found.expand(told["say"])
    return reason


def reasons(night: Night) -> list[tuple[str, list[Lack]]]:
    """Papers that could not be had, by reason, the most common first."""
    said = {id(lack): in_swedish(lack.reason) for lack in night.papers}
    common = Counter(said.values())
    return [(why, [lack for lack in night.papers if said[id(lack)] == why]) for why, _ in common.most_common()]


def plain(text: str) -> str:
    """Text that Markdown leaves as it is.

    >>> plain("§ 3 [utkast]_1")
    '§ 3 \\\\[utkast\\\\]\\\\_1'
    """
    return _ODD.sub(r"\\\1", " ".join(text.split()))


def address(paper: Paper, base: str | None) -> str:
    """Where a paper is read: on our page, else at its source."""
    return f"{base}/dokument/{paper.sha256}" if base else paper.url


def compared(change: Changed, base: str | None) -> str:
    """Where the two versions are held against each other, else where the paper is at its source."""
    was, now = change.versions
    return f"{base}/dokument/{change.sha256}/andringar?fran={was}&till={now}" if base else change.url


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files("flows.morning").joinpath("words.toml").read_text(encoding="utf-8"))


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("flows.morning"),
        autoescape=lambda name: bool(name and name.endswith(".html")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["plain"] = plain
    made.globals |= {"number": number, "address": address, "compared": compared}
    return made
