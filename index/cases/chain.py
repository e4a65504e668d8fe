"""Which items belong to a case, and how that is known (kedja): by number, then by reference, then by title."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sqlalchemy import Connection, Engine

from extractors import case_numbers
from index.asking.filters import municipality_code, municipality_name
from index.cases import likely, listing, referring, titles
from index.cases.model import NUMBER, REFERENCE, Case, Link, Row, Stop, called, unit
from index.cases.records import of_number
from index.cases.stops import stops
from index.ranking.likeness import NotFoundError

_MOST = 400  # items of one time line: a number under which every year's notices are kept has thousands
_ROUNDS = 3  # how far references are followed: from the council to the board, its committee, the other board


class NoCaseError(NotFoundError):
    """The record has no such case; `near` are numbers that may have been meant."""

    def __init__(self, municipality: str, told: str, near: list[str]) -> None:
        beside = f"; near it are {', '.join(near)}" if near else ""
        super().__init__(f"{municipality} has no case {told!r} here{beside}")
        self.near = near


def follow(engine: Engine, municipality: str, number: str) -> Case:
    """The case of a municipality (by code or name) that has a number, in any spelling.

    Raises FilterError where there is no such municipality, and NoCaseError where there is no such case.
    """
    code = municipality_code(municipality)
    name = municipality_name(code)
    with engine.connect() as db:
        wanted = case_numbers.canonical(number)
        found = of_number(db, code, wanted, _MOST + 1) if wanted else []
        if wanted is None or not found:
            raise NoCaseError(name, number, listing.near(db, code, wanted or number))
        chain = _Chain(db, code, wanted)
        chain.follow(found)
        made, mentions = stops(db, chain.rows.values()), stops(db, chain.mentions(found))
        numbers = dict.fromkeys([wanted, *(stop.case_number for stop in made if stop.case_number and stop.link.sure)])
        title = _title(made or mentions)
        return Case(code, name, wanted, title, tuple(numbers), tuple(made), tuple(mentions), len(found) > _MOST)


class _Chain:
    """The items of one case as they are found; each has the surest link by which it was."""

    def __init__(self, db: Connection, code: str, number: str) -> None:
        self._db, self._code, self._number = db, code, number
        self.rows: dict[tuple[int, int], Row] = {}

    def follow(self, found: list[Row]) -> None:
        """From the items that have or name the number to everything else of the matter."""
        new = self._add(self._own(found, self._number, None))
        for _ in range(_ROUNDS):
            if not new or len(self.rows) > _MOST:
                break
            new = self._add(self._by_reference(new))
            new += self._add(self._by_other_numbers(new))
        sure = [row for row in self.rows.values() if _is_sure(row)]
        self._add(likely.without_municipality(self._db, sure))
        self._add(likely.by_title(self._db, self._code, sure))

    def mentions(self, found: list[Row]) -> Iterator[Row]:
        """The items that name the case and are no stop of it."""
        for row in found[:_MOST]:
            if (row.item_id, row.document_id) not in self.rows:
                yield replace(row, link=Link(NUMBER, True, self._number))

    def _own(self, found: list[Row], number: str, other: str | None) -> Iterator[Row]:
        """The items whose own number it is; a paper that is one item may only name it, under the case's title."""
        link = Link(NUMBER, True, number, other)
        own = [replace(row, link=link) for row in found if row.case_number == number][:_MOST]
        yield from own
        known = {row.title for row in own if row.title}
        for row in found:
            if row.case_number is None and any(titles.near(row.title, title) for title in known):
                yield replace(row, link=link)

    def _by_reference(self, new: list[Row]) -> Iterator[Row]:
        for found in referring.both_ways(self._db, self._code, new):
            link = self._judged(found)
            if link is not None:
                yield replace(found.row, link=link)

    def _judged(self, found: referring.Found) -> Link | None:
        """The link of a reference, if it tells of the same matter: by its words and by what both ends are called.

        An older decision that is only built on is none. Nor is a § of another case of the same registry: where a matter
        goes on under a new number it is in another registry, and a paper may tell the wrong §.
        """
        there, here = found.row, found.by
        same_number = there.case_number == here.case_number is not None
        if not same_number and unit(there.case_number) == unit(here.case_number) is not None:
            return None
        near = titles.near(there.title, here.title)
        if not found.handled and not (same_number or titles.same(there.title or "", here.title or "")):
            return None
        sure = (near or same_number) and _is_sure(here) and there.municipality_code is not None
        if there.municipality_code is None and not near:
            return None
        return Link(REFERENCE, sure, found.text, called(here))

    def _by_other_numbers(self, new: list[Row]) -> Iterator[Row]:
        """What else has the number that the matter has in another registry, under the same title."""
        for row in [row for row in new if _is_sure(row) and row.case_number not in (None, self._number)]:
            number = str(row.case_number)
            found = of_number(self._db, self._code, number, _MOST)
            alike = [one for one in found if one.case_number == number and titles.near(one.title, row.title)]
            yield from self._own(alike, number, called(row))

    def _add(self, found: Iterable[Row]) -> list[Row]:
        """Those that are new; a surer link takes the place of a guess."""
        new = []
        for row in found:
            held = self.rows.get((row.item_id, row.document_id))
            if held is None or (_is_sure(row) and not _is_sure(held)):
                self.rows[row.item_id, row.document_id] = row
                new.append(row)
        return new


def _is_sure(row: Row) -> bool:
    return row.link is not None and row.link.sure


def _title(made: list[Stop]) -> str | None:
    """What the matter is called: as the last § of minutes that is surely of it calls it, else the last paper."""
    sure = [stop for stop in made if stop.title and stop.link.sure]
    found = [stop.title for stop in sure if stop.number] or [stop.title for stop in sure]
    return found[-1] if found else None
