"""What a source told of its meetings before (minne): what is old need not be asked for every night to be told whole."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Engine, select

from index import settling, tables
from index.listed import Listed, Meeting, Remembered


def of(engine: Engine, source: str) -> dict[str, Remembered]:
    """The meetings of a source whose papers were asked for, by key, each with the papers that it listed then.

    Left out is one with a paper that nobody tried to fetch, as after a night that was killed: the list has a sign of
    its bytes, which the record keeps only with them. Empty for a source that is not in the record, or has all in one
    list.
    """
    m, d, listings = tables.listed_meetings.c, tables.documents.c, tables.listings.c
    with engine.connect() as db:
        source_id = db.scalar(select(tables.sources.c.id).where(tables.sources.c.name == source))
        meetings = select(tables.listed_meetings).where(m.source_id == source_id, m.asked.is_not(None)).order_by(m.id)
        rows = db.execute(meetings).mappings().all()
        papers: defaultdict[str, list[Listed]] = defaultdict(list)
        untried: set[str] = set()
        if rows:
            asked = select(tables.listings, d.key, d.state).join_from(tables.listings, tables.documents)
            asked = asked.where(d.source_id == source_id, listings.meeting.is_not(None), ~d.withdrawn, ~d.rotated_out)
            for row in db.execute(asked.order_by(d.id)).mappings():
                papers[row["meeting"]].append(settling.as_listed(row, source))
                if row["state"] == settling.LISTED:
                    untried.add(row["meeting"])
    return {
        row["key"]: Remembered(
            Meeting(
                source, row["key"], row["date"], row["body"], settling.municipality(row), row["state"], row["url"],
                row["asked"],
            ),
            tuple(papers[row["key"]]),
        )
        for row in rows
        if row["key"] not in untried
    }  # fmt: skip
