"""A find in words (utläsning): what it is called, and what was understood of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from index.reading_view.finds import Numbered
from search_api.pages.words import Words

_MOST = 3  # names that are told of a proposal or a reservation


def named(find: Numbered, t: Words) -> str:
    """What kind of find it is: "Beslut"."""
    return t(f"find.{find.kind}")


def told(find: Numbered, t: Words) -> str:
    """What was understood of it, "" where its own words say all: "Avslag", "20 ja, 26 nej", "45 000 kr, bidrag"."""
    return _TOLD[find.kind](find.what, t)


def full(find: Numbered, t: Words) -> str:
    """Both: "Beslut: Avslag"."""
    return ": ".join(part for part in (named(find, t), told(find, t)) if part)


def _vote(vote: Any, t: Words) -> str:
    name = "find.count_abstain" if vote.abstain else "find.count"
    return t(name, yes=vote.yes, no=vote.no, abstain=vote.abstain)


def _few(names: tuple[str, ...], t: Words) -> str:
    more = t("find.others", n=len(names) - _MOST) if len(names) > _MOST else ""
    return ", ".join(names[:_MOST]) + (f" {more}" if more else "")


def _amount(amount: Any, t: Words) -> str:
    role = t.label("sum_role", amount.role) if amount.role else ""
    per = t("find.per", unit=t.label("unit", amount.per)) if amount.per else ""
    return ", ".join(part for part in (" ".join(p for p in (t.kronor(amount.kronor), per) if p), role) if part)


def _cell(cell: Any, t: Words) -> str:
    words = (" ".join(part.split()) for part in (cell.row, cell.column))
    return ", ".join([*(word for word in words if word), t.kronor(cell.kronor)])


def _person(person: Any, t: Words) -> str:
    party = f" ({person.party})" if person.party else ""
    return f"{person.name}{party}" + (f", {person.role}" if person.role else "")


def _date(date: Any, t: Words) -> str:
    role = "" if date.role == "mentioned" else t.label("day_role", date.role)
    return ", ".join(part for part in (t.day(date.value), role) if part)


_TOLD: dict[str, Callable[[Any, Words], str]] = {
    "decisions": lambda find, t: t.label("outcome", find.outcome),
    "proposals": lambda find, t: _few(find.by, t),
    "votes": _vote,
    "reservations": lambda find, t: _few((*find.people, *find.parties), t),
    "case_numbers": lambda find, t: find.canonical,
    "amounts": _amount,
    "cells": _cell,
    "people": _person,
    "organisations": lambda find, t: f"{find.name}, {t.label('organisation', find.kind)}",
    "parties": lambda find, t: find.code,
    "dates": _date,
}
