"""Papers that are listed under new keys (nycklar): where a site was rebuilt, the same papers seem gone and new."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Engine, select

from index import tables


def renewed(engine: Engine, source_id: int, run_id: int) -> int:
    """How many of the papers that a run did not see seem to be listed anew: as to body, day, kind, title, or bytes."""
    d, listings = tables.documents.c, tables.listings.c
    asked = select(
        listings.body, listings.date, listings.kind, listings.title, d.content_id, listings.seen_run_id,
        listings.first_run_id,
    ).join_from(tables.documents, tables.listings)  # fmt: skip
    with engine.connect() as db:
        rows = db.execute(asked.where(d.source_id == source_id, ~d.withdrawn, ~d.rotated_out)).all()
    new = [row for row in rows if row.first_run_id == run_id]
    gone = [row for row in rows if row.seen_run_id != run_id]
    contents = {row.content_id for row in new if row.content_id is not None}
    told = Counter((row.body, row.date, row.kind, row.title) for row in new)
    number = 0
    for row in gone:
        place = (row.body, row.date, row.kind, row.title)
        if row.content_id in contents:
            number += 1
        elif any(place) and told[place] > 0:
            told[place] -= 1
            number += 1
    return number
