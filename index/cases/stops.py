"""From rows to stops (anhalter): a § of a meeting is one stop, in however many papers it stands."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection

from index.cases.model import NUMBER, REFERENCE, TITLE, Link, Row, Source, Stop
from index.cases.references import bare
from index.cases.told import Told, of_items
from index.points import key

_SUREST = (NUMBER, REFERENCE, TITLE)
# Papers in the order in which they tell a § best, and in which they come on one day
_KINDS = ("motion", "interpellation", "statement", "agenda", "protocol", "protocol_extract", "other", "news")
_BEST = ("protocol", "protocol_extract", "motion", "interpellation", "statement", "agenda", "other", "news")
_MINUTES = ("protocol", "protocol_extract")


def stops(db: Connection, rows: Iterable[Row]) -> list[Stop]:
    """The stops that these items are, by day; every row has its link."""
    held = [row for row in rows if row.link is not None]
    told = of_items(db, (row.item_id for row in held))
    made = [_stop(group, told) for group in together(held)]
    return sorted(made, key=_order)


def together(rows: Iterable[Row]) -> list[list[Row]]:
    """The items that are one stop: the same bytes, or the same § of the same meeting."""
    groups: dict[Hashable, list[Row]] = {}
    of_place: dict[Hashable, list[Row]] = {}
    for row in sorted(rows, key=_best):
        keys = list(_places(row))
        group = next((of_place[place] for place in keys if place in of_place), None)
        if group is None:
            group = groups[row.item_id, row.document_id] = []
        group.append(row)
        for place in keys:
            of_place.setdefault(place, group)
    return list(groups.values())


def _places(row: Row) -> Iterable[Hashable]:
    """What two papers with the same item share."""
    yield row.sha256, row.item_index
    if row.kind in _MINUTES and row.number and row.date:
        yield key(row.body or ""), row.date, bare(row.number)


def _best(row: Row) -> Any:
    """Minutes before an extract of them, what is still listed before what is not."""
    return row.withdrawn, _rank(_BEST, row.kind), row.document_id, row.item_index


def _stop(group: Sequence[Row], told: dict[int, Told]) -> Stop:
    """One stop; what it tells is what the paper that tells most of it says, so that nothing is told twice."""
    best = group[0]
    fullest = max((told.get(row.item_id, Told()) for row in group), key=_richness)
    return Stop(
        date=best.date,
        body=best.body,
        kind=best.kind,
        number=best.number,
        title=best.title,
        case_number=next((row.case_number for row in group if row.case_number), None),
        link=min((row.link for row in group if row.link), key=_sureness),
        sources=tuple(_source(row) for row in group),
        decisions=tuple(fullest.decisions),
        proposals=tuple(fullest.proposals),
        votes=tuple(fullest.votes),
        reservations=tuple(fullest.reservations),
        sums=tuple(fullest.sums),
    )


def _richness(told: Told) -> tuple[int, int]:
    return len(told.decisions), len(told.votes) + len(told.reservations) + len(told.proposals)


def _sureness(link: Link) -> tuple[bool, int]:
    return not link.sure, _rank(_SUREST, link.by)


def _source(row: Row) -> Source:
    return Source(row.sha256, row.item_index, row.kind, row.page, row.url, row.withdrawn)


def _order(stop: Stop) -> Any:
    """By day, and on one day the motion before what answers it; a motion without a day begins the case."""
    begins = stop.kind in ("motion", "interpellation")
    day = stop.date or ("" if begins else "~")
    where = _rank(_KINDS, stop.kind), _height(stop.body), stop.body or ""
    return day, where, _figures(stop.number), stop.sources[0].item_index


def _height(body: str | None) -> int:
    """Who decides after whom on one day: boards and their committees, then the executive board, then the council.

    >>> [_height(body) for body in ("Tekniska nämnden", "Kommunstyrelsens arbetsutskott", "Kommunstyrelsen", None)]
    [1, 2, 3, 1]
    """
    name = key(body or "")
    if name.endswith("utskott"):
        return 2 if name.startswith("kommunstyrelse") else 0
    return 4 if name.endswith("fullmäktige") else 3 if name.endswith("kommunstyrelsen") else 1


def _rank(order: Sequence[str], name: str | None) -> int:
    return order.index(name) if name in order else len(order)


def _figures(number: str | None) -> int:
    figures = "".join(sign for sign in number or "" if sign.isdigit())
    return int(figures or 0)
