"""A Document as JSON and back. The keys are a promise to others: more may come, none goes away or changes meaning."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from decimal import Decimal
from functools import cache
from typing import Any

from extractors.model import (
    Amount,
    CaseNumber,
    Cell,
    Date,
    Decision,
    Document,
    Issue,
    Item,
    Municipality,
    Organisation,
    Page,
    Party,
    Person,
    Proposal,
    Reservation,
    Section,
    Span,
    Table,
    Vote,
    Voter,
)  # fmt: skip

_MENTIONS: dict[str, Callable[..., Any]] = {
    "case_numbers": CaseNumber, "amounts": Amount, "people": Person, "parties": Party, "dates": Date,
    "organisations": Organisation, "tables": Table, "issues": Issue,
}  # fmt: skip
_IN_ITEMS: dict[str, Callable[..., Any]] = {
    "sections": Section, "decisions": Decision, "proposals": Proposal, "votes": Vote, "reservations": Reservation,
}  # fmt: skip
_AS_IT_IS: frozenset[Callable[..., Any]] = frozenset((str, int, float, bool, type(None)))
_HEAD = ("id", "source", "kind", "municipality", "body", "date", "title", "text", "pages")


def to_json(document: Document) -> dict[str, Any]:
    """The document as JSON's own values. Each mention at the top says in which § it stands (`item`, null outside).

    >>> to_json(Document("00", "a.pdf", "news", "Hej", (Page(1, 0, 3),)))["pages"]
    [{'number': 1, 'start': 0, 'end': 3, 'ocr': False}]
    """
    found = {name: _plain(getattr(document, name)) for name in _HEAD}
    found["items"] = [_item(item) for item in document.items]
    for name in _MENTIONS:
        found[name] = [_mention(document, mention) for mention in getattr(document, name)]
    found["reader"] = document.reader
    return found


def from_json(found: dict[str, Any]) -> Document:
    """The document that `to_json` told of. Keys that this version does not know are left alone."""
    municipality = found.get("municipality")
    items = [_back(Item, {**row, **_lists(row, _IN_ITEMS)}) for row in found.get("items", ())]
    head: dict[str, Any] = {name: found.get(name) for name in ("id", "source", "kind", "text", "body", "date", "title")}
    mentions: dict[str, Any] = _lists(found, _MENTIONS)
    return Document(
        **head,
        pages=tuple(_back(Page, page) for page in found.get("pages", ())),
        municipality=Municipality(**municipality) if municipality else None,
        items=tuple(items),
        reader=found.get("reader", ""),
        **mentions,
    )


def _item(item: Item) -> dict[str, Any]:
    head = {"number": item.number, "title": item.title, "case_number": item.case_number, "span": _plain(item.span)}
    return head | {name: _plain(getattr(item, name)) for name in _IN_ITEMS}


def _mention(document: Document, mention: Any) -> dict[str, Any]:
    """A mention, with the number of the § that it stands in."""
    item = document.item_at(mention.span) if mention.span else None
    found: dict[str, Any] = _plain(mention)
    return {
        **{key: value for key, value in found.items() if key != "span"},
        "item": item.number if item else None,
        "span": found["span"],
    }


def _plain(value: Any) -> Any:
    """A value of the model as JSON's own: sums as strings, so that no figure is lost."""
    kind: Callable[..., Any] = type(value)
    if kind in _AS_IT_IS:
        return value
    if kind is tuple:
        return [_plain(part) for part in value]
    if kind is Span and value.confidence is None:
        return {"start": value.start, "end": value.end, "page": value.page}
    return format(value, "f") if kind is Decimal else {name: _plain(getattr(value, name)) for name in _names(kind)}


@cache
def _names(kind: Callable[..., Any]) -> tuple[str, ...]:
    """The fields of a record of the model."""
    return tuple(field.name for field in fields(kind))  # type: ignore[arg-type]


def _lists(row: dict[str, Any], kinds: dict[str, Callable[..., Any]]) -> dict[str, tuple[Any, ...]]:
    return {name: tuple(_back(kind, found) for found in row.get(name, ())) for name, kind in kinds.items()}


def _back(kind: Callable[..., Any], row: dict[str, Any]) -> Any:
    """A record of the model from its JSON."""
    known = _names(kind)
    values = {key: _value(key, value) for key, value in row.items() if key in known}
    return kind(**values)


def _value(key: str, value: Any) -> Any:
    if key == "span":
        return Span(**value) if value else None
    if key == "kronor":
        return Decimal(value)
    if key in _PARTS:
        return tuple(_back(_PARTS[key], part) for part in value)
    return tuple(value) if isinstance(value, Sequence) and not isinstance(value, str) else value


_PARTS: dict[str, Callable[..., Any]] = {"voters": Voter, "cells": Cell}
