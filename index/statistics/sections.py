"""Each § of a meeting once (paragrafer), however many papers it stands in: minutes, extracts, a file listed twice."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CTE, ColumnElement, Connection, String, and_, case, cast, func, literal, select

from index import tables
from index.statistics.asked import Asked

_MINUTES = ("protocol", "protocol_extract")


def sections(db: Connection, asked: Asked) -> CTE:
    """The items to count, with their paper's `month`, `year`, `body`, `municipality` and `kind`.

    Of several papers with the same § (municipality, body, day, number without its year) the minutes count before an
    extract.
    """
    documents, items = tables.documents.c, tables.items.c
    of_meeting = and_(documents.kind.in_(_MINUTES), items.number.is_not(None), documents.date.is_not(None))
    place = case((of_meeting, _bare(items.number)), else_=literal("item ") + cast(items.id, String))
    order = (case((documents.kind == "protocol", 0), else_=1), documents.withdrawn, items.id, documents.id)
    nth = func.row_number().over(
        partition_by=(documents.municipality_code, documents.body, documents.date, place), order_by=order
    )
    ranked = select(
        items.id.label("item_id"), items.case_number, items.title, documents.id.label("document_id"), documents.date,
        func.substr(documents.date, 1, 4).label("year"), _month(documents.date).label("month"), documents.body,
        documents.municipality_code.label("municipality"), documents.kind, nth.label("nth"),
    )  # fmt: skip
    ranked = ranked.join_from(tables.items, tables.documents, documents.content_id == items.content_id)
    within = ranked.where(*asked.conditions(db)).subquery()
    return select(within).where(within.c.nth == 1).cte("sections")


def _bare(number: ColumnElement[Any]) -> ColumnElement[Any]:
    """The number of a § without the year after it: "63/24" of an extract is "63" of the minutes."""
    bare = func.rtrim(func.rtrim(number, "0123456789"), "/")
    return case((number.like("%/%"), func.trim(bare)), else_=number)


def _month(date: ColumnElement[Any]) -> ColumnElement[Any]:
    """The month of a date, null of one that tells only its year."""
    return case((func.length(date) >= 7, func.substr(date, 1, 7)), else_=None)
