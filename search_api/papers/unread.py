"""What could not be read here, in plain words (brister)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractors.model import Document
from index.origin import without_paths
from index.papers import Told
from search_api.pages.words import Words

_MOST = 12  # §§ or pages that are named; the rest is counted
_MINUTES = ("protocol", "protocol_extract")
_REASONS = {
    "no_municipality": r"nothing in the text tells one municipality",
    "no_body": r"minutes that do not tell whose they are",
    "no_day": r"minutes that do not tell the day of the meeting",
    "disagree": r"(?P<what>municipality|body|date): the text says (?P<text>.+), the source (?P<source>.+)",
    "lists": r"§ (?P<item>.+?): the § tells (?P<told>\d+-\d+), the list of voters (?P<listed>\d+-\d+)",
    "voters": r"§ (?P<item>.+?): (?P<told>\d+) votes told, (?P<listed>\d+) people named.*",
    "damaged": r"page (?P<page>\d+) is damaged.*",
    "scan": r"page (?P<page>\d+) cannot be read as it is, it has no text layer.*",
    "garbled": r"page (?P<page>\d+) cannot be read as it is.*",
    "cut": r"the PDF's end is missing.*",
}


def unread(told: Iterable[Told], t: Words) -> list[str]:
    """Sentences on what the reader itself was not able to read, or found unclear."""
    return list(dict.fromkeys(_sentence(each, t) for each in told))


def _sentence(told: Told, t: Words) -> str:
    for name, pattern in _REASONS.items():
        if match := re.fullmatch(pattern, told.reason, re.DOTALL):
            values = match.groupdict()
            if "what" in values:
                values["what"] = t(f"unread.{values['what']}")
            return t(f"unread.{name}", **values)
    return t("unread.other", reason=without_paths(told.reason))


def missed(document: Document, t: Words) -> Iterator[str]:
    """Sentences on what a reader of minutes would miss: §§ without a decision, pages without text."""
    numbered = [item for item in document.items if item.number]
    if document.kind in _MINUTES and not numbered:
        yield t("unread.no_items")
    silent = [item.number or "" for item in numbered if not item.decisions]
    if silent:
        yield t("unread.silent", items=_named(silent, t))
    empty = [str(page.number) for page in document.pages if not document.text[page.start : page.end].strip()]
    if empty:
        yield t("unread.empty", pages=_named(empty, t))


def _named(names: list[str], t: Words) -> str:
    more = t("unread.more", n=len(names) - _MOST) if len(names) > _MOST else ""
    return ", ".join(names[:_MOST]) + (f" {more}" if more else "")
