"""The day of a meeting and the day that a paper bears (datum), as YYYY-MM-DD, from lines and labels that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors import bodies, dates
from extractors.text import Text

# What stands before the day of a meeting, on its line or the one before.
_MEETING = re.compile(
    r"(?:^|\n)[\W_]*(?:sammanträdesdatum|sammanträdesdag|datum för sammanträdet?|mötesdatum|datum och tid|"
    r"sammanträde|tid och plats|tid|plats och tid|datum|datum för möte)\b[^\n\d]{0,60}\n?[^\n\d]{0,60}$",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"sammanträde[nt]?[a-zåäö]*(?: \w+){0,3}?,? (?=(?:mån|tis|ons|tors|fre|lör|sön)dagen den|den |\d)", re.IGNORECASE
)
_CALLED_TO = re.compile(
    r"(?:^|\n)[\W_]*(?:tid(?: och plats)?|plats och tid|tidpunkt|när|datum och tid)\b[^\n\d]{0,60}\n?[^\n\d]{0,30}$",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"(?:upprättad|utskriven|utskrift|justera\w*|anslag\w*|tas? ned|sätts upp|uppsättande|nedtagande|"
    r"senast|revider\w*)\W*\n?\W*$",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(
    r"(?:^|\n|  |\t)[\W_]*(?:datum|datum för beslut|beslutsdatum|dokumentet beslutades den|daterad|dat|"
    r"upprättad(?: den)?|skapad|"
    r"dokumentdatum|"
    r"inlämnad(?: den)?|(?:antagen|fastställd|beslutad) av \w+(?: den)?|utfärdad)\b\W*$",
    re.IGNORECASE,
)
_RECEIVED = re.compile(r"(?:^|\n|  |\t)[\W_]*(?:ink(?:om(?:men|mit)?)?|mottage[nt])\b\W*(?:den\b\W*)?$", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"(?:publicera[dst]\w*|publiceringsdatum|uppdatera[dst]\w*|sidan publicerades)\W*(?:den|datum|:)?\W*$",
    re.IGNORECASE,
)
_PLACE = re.compile(r"(?:^|\n)\W*[A-ZÅÄÖ][a-zåäö]+(?:[ -][A-ZÅÄÖ][a-zåäö]+)?,? (?:den )?$")
_PLACE_ONLY = re.compile(r"(?:[A-ZÅÄÖ][\w-]+ ){1,2}(?:kommun|stad)", re.IGNORECASE)  # beside the day in a letter's head
_HEAD = 2_500  # characters
_TOP = 500  # characters: where a paper's own label and date stand


def meeting(text: Text) -> str | None:
    """The day of the meeting whose minutes or summons this is.

    >>> meeting(Text("Sammanträdesdatum\\n\\n26 januari 2022\\n", (), "text"))
    '2022-01-26'
    """
    return next(_meetings(text), None)


def _meetings(text: Text) -> Iterator[str]:
    """The days that may be it, the surest first; each is looked for only where none before it was found."""
    head = text.text[:_HEAD]
    yield from (day for row in (text.head, *text.furniture) for _, _, day in dates.whole(row))
    days = list(dates.whole(head))
    yield from (day for start, _, day in days if _MEETING.search(head[max(0, start - 130) : start]))
    yield from (day for start, end, day in days if _alone(head, start, end))
    yield from (day for start, _, day in days if _HELD.search(head[max(0, start - 60) : start]))
    yield from (day for start, end, day in dates.whole(text.text) if _repeated(text.text, start, end))
    yield from (day for key in ("datum", "date") for _, _, day in dates.whole(text.meta.get(key, "")))
    if not head.lstrip().startswith("§"):  # where the first § begins at once, a day in it is of something else
        yield from (day for start, _, day in days[:3] if not _NOT.search(head[max(0, start - 40) : start]))


def summoned(text: Text) -> str | None:
    """The day that a summons calls to, behind a label; the day that it bears may be the one when it was sent.

    >>> summoned(Text("Tekniska nämnden 2031-05-12\\nTid och plats: måndagen den 19 maj 2031, Aulan", (), "text"))
    '2031-05-19'
    """
    head = text.text[:_HEAD]
    return next(
        (day for start, _, day in dates.whole(head) if _CALLED_TO.search(head[max(0, start - 90) : start])), None
    )


def document(text: Text) -> str | None:
    """The day that a statement, a motion or another paper bears: by label, on a line of its own, by place or under it.

    >>> document(Text("Datum: 2026-05-26 Kommunstyrelsen\\nHandläggare: Liv Ek", (), "text"))
    '2026-05-26'
    """
    head, tail = text.text[:1_500], text.text[-1_200:]
    days = list(dates.whole(head))
    labelled = [(start, day) for start, _, day in days if _DOCUMENT.search(head[max(0, start - 60) : start])]
    received = [day for start, _, day in days if _RECEIVED.search(head[max(0, start - 60) : start])]
    own = [(start, day) for start, end, day in days if _alone(head, start, end)]
    cells = [day for start, end, day in days if start < _TOP and _is_cell(head, start, end)]
    early = [day for start, day in sorted(labelled) if start < _TOP] + [day for start, day in own if start < _TOP]
    signed = [
        day for start, _, day in dates.whole(text.text[:6_000]) if _PLACE.search(text.text[max(0, start - 60) : start])
    ]
    margins = [day for row in (text.head, *text.furniture) for _, _, day in dates.whole(row)]
    last = [
        day
        for start, end, day in dates.whole(tail)
        if _alone(tail, start, end) or _PLACE.search(tail[max(0, start - 60) : start])
    ]
    later = [day for start, day in (*labelled, *own) if start < 900]
    return next(iter([*early, *signed, *later, *cells, *margins, *last, *received]), None)


def published(text: Text) -> str | None:
    """The day a news text was published.

    >>> published(Text("Ny bro\\n\\nPublicerad 1 september 2022\\n\\nDen 30 augusti", (), "text"))
    '2022-09-01'
    """
    head = text.text[:1_500]
    for start, _, day in dates.whole(head):
        if _PUBLISHED.search(head[max(0, start - 40) : start]):
            return day
    for key in ("published", "date", "datum"):
        for _, _, day in dates.whole(text.meta.get(key, "")):
            return day
    for start, end, day in dates.whole(head[:400]):
        if _alone(head, start, end) or re.match(r" \|", head[end:]):
            return day
    return None


def _alone(text: str, start: int, end: int) -> bool:
    """Whether the day is a line of its own, or the end of a short one that names a body or a place."""
    line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    before, after = (
        text[line_start:start].strip(" *_#|"),
        text[end : line_end if line_end >= 0 else len(text)].strip(" *_#|"),
    )
    plain = (
        not before
        or _PLACE_ONLY.fullmatch(before)
        or (before.endswith("dagen") and len(before) < 9)
        or bodies.named(before) is not None
    )
    return bool(plain) and (not after or after.startswith(("kl", "Sida")))


def _is_cell(text: str, start: int, end: int) -> bool:
    """Whether the day stands alone between wide gaps: beside its label, or above it, in the head of a form."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    return (before == "  " or before[-1:] in ("", "\n", "\t")) and (after == "  " or after[:1] in ("", "\n", "\t"))


def _repeated(text: str, start: int, end: int) -> bool:
    """Whether a meeting's label stands before the day somewhere in the text (a page's head)."""
    return bool(re.search(r"sammanträdesda(?:tum|g)\W*$", text[max(0, start - 25) : start], re.IGNORECASE))
