"""Where else a § of a meeting stands (också i): the same text in other papers, and other texts under its number."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine, select

from index import tables
from index.meetings.copies import MINUTES, Also, others, told


@dataclass(frozen=True, slots=True)
class Beside:
    """Another paper of the meeting with this §; `same` where its text is the same but for furniture."""

    paper: Also
    same: bool


def beside(engine: Engine, document_id: int, ordinal: int) -> list[Beside]:
    """The other papers that the § stands in (`ordinal` from 1), the best first."""
    d, items, copies = tables.documents, tables.items, tables.copies.c
    own = select(d.c.meeting_id, items.c.number).join_from(d, items, items.c.content_id == d.c.content_id)
    with engine.connect() as db:
        row = db.execute(own.where(d.c.id == document_id, items.c.ordinal == ordinal)).first()
        if row is None or row.meeting_id is None or row.number is None:
            return []
        asked = others().add_columns(items.c.ordinal, copies.of_document_id, copies.of_ordinal)
        asked = asked.join(items, items.c.content_id == d.c.content_id)
        of = (copies.document_id == d.c.id) & (copies.ordinal == items.c.ordinal)
        asked = asked.outerjoin(tables.copies, of).where(
            d.c.kind.in_(MINUTES), ~d.c.withdrawn, items.c.number == row.number
        )
        found = [(one, (one.id, one.ordinal)) for one in db.execute(asked.where(d.c.meeting_id == row.meeting_id))]
    first = {place: (one.of_document_id, one.of_ordinal) if one.of_document_id else place for one, place in found}
    here = (document_id, ordinal)
    return [
        Beside(told(one, one.ordinal), first[place] == first.get(here)) for one, place in found if place[0] != here[0]
    ]
