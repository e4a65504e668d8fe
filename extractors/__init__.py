"""What does this document say? `read` takes the bytes of a paper and answers with a `Document`.

A pure function: no network, no clock, no database. `READER` names the code, words and templates that read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

from extractors.model import Document, Issue, Item, Stretch, Unreadable

if TYPE_CHECKING:
    from extractors.identity import Identity
    from extractors.text import Text

    READER: str

__all__ = ["EXTRACTORS", "READER", "Document", "Unreadable", "read"]

# What is found in the whole text: the file, its `find` and the field of Document have one name. They are loaded at the
# first reading, so that a search, which needs only a few, starts at once. Dates come after these: a year that is not
# told is the paper's own.
EXTRACTORS = ("case_numbers", "amounts", "people", "parties", "organisations", "tables")

# What is found in each item, in the same way.
ITEM_EXTRACTORS = ("decisions", "proposals", "votes", "reservations")

_MINUTES = frozenset({"protocol", "protocol_extract"})


def read(data: bytes, source: str = "", *, ocr: bool = True) -> Document:
    """Everything that can be read from one paper; raises Unreadable. `source` is only kept.

    >>> minutes = "Kommunstyrelsen\\nProtokoll\\n2031-05-04\\n\\n§ 7 Körbidrag\\nBeslut\\nBidraget beviljas.\\n"
    >>> paper = read(minutes.encode())
    >>> paper.kind, paper.body, paper.date, [(i.number, i.title, [d.outcome for d in i.decisions]) for i in paper.items]
    ('protocol_extract', 'Kommunstyrelsen', '2031-05-04', [('7', 'Körbidrag', ['granted'])])
    """
    from extractors import bodies, case_numbers, confidence, dates, identity, lines, privacy, resolve, segment
    from extractors.text import canonical

    text = _masked(canonical(data, source, ocr), privacy.mask)
    items = segment.segment(text.text, text.pages, bodies.of_minutes(text), text.bold)
    told = identity.identify(text, items)
    document = Document(
        hashlib.sha256(data).hexdigest(), privacy.mask(source), told.kind, text.text, text.pages, told.municipality,
        told.body, told.date, told.title, issues=(*text.issues, *_unclear(told)), reader=__getattr__("READER"),
    )  # fmt: skip
    starts, width = tuple(page.start for page in text.pages) or (0,), lines.width_of(text.text)
    own = told.municipality.name if told.municipality else None
    whole = Stretch(text.text, 0, starts, body=told.body, kind=told.kind, width=width, municipality=own)
    mentions: dict[str, Any] = {name: tuple(_finder(name)(whole)) for name in EXTRACTORS}
    mentions["case_numbers"] = case_numbers.with_units(mentions["case_numbers"])
    mentions["dates"] = tuple(dates.find(whole, told.date))
    if told.kind not in _MINUTES:
        case = identity.own_case(told, text, mentions["case_numbers"])
        items = (segment.whole(text.text, text.pages, told.title, case),) if text.text.strip() else ()
    items = tuple(_filled(item, whole) for item in segment.with_units(items, mentions["case_numbers"]))
    return confidence.carried(resolve.resolve(replace(document, items=items, **mentions)), text.sure)


def _filled(item: Item, whole: Stretch) -> Item:
    """The item with its decisions, proposals, votes and reservations."""
    stretch = replace(whole.part(item.span.start, item.span.end), item=item)
    found: dict[str, Any] = {name: tuple(_finder(name)(stretch)) for name in ITEM_EXTRACTORS}
    return replace(item, **found)


def _finder(name: str) -> Callable[[Stretch], Iterator[Any]]:
    find: Callable[[Stretch], Iterator[Any]] = import_module(f"extractors.{name}").find
    return find


def _masked(text: Text, mask: Callable[[str], str]) -> Text:
    """No personnummer goes further than this: not in the text, nor in what stood beside it."""
    meta = {key: mask(value) for key, value in text.meta.items()}
    return replace(
        text, text=mask(text.text), head=mask(text.head), furniture=tuple(map(mask, text.furniture)), meta=meta
    )


def _unclear(told: Identity) -> Iterator[Issue]:
    """What the paper does not tell of itself and somebody will ask for."""
    if told.municipality is None:
        yield Issue("identity", "nothing in the text tells one municipality")
    if told.kind in _MINUTES and told.body is None:
        yield Issue("identity", "minutes that do not tell whose they are")
    if told.kind in _MINUTES and told.date is None:
        yield Issue("identity", "minutes that do not tell the day of the meeting")


def __getattr__(name: str) -> str:
    """READER, worked out when somebody first asks for it."""
    if name != "READER":
        raise AttributeError(name)
    from extractors.reader import reader

    return reader()
