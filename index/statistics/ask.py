"""A statistic that is asked for (svar); what was counted is kept until the record changes."""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy import Engine, select

from index import tables
from index.catalog import Catalog
from index.statistics.asked import Asked
from index.statistics.counting import decisions, outcomes, parties
from index.statistics.model import Statistic
from index.statistics.motions import motions
from index.statistics.sums import sums

_COUNTS = {"decisions": decisions, "outcomes": outcomes, "sums": sums, "parties": parties, "motions": motions}


def statistic(catalog: Catalog, asked: Asked) -> Statistic:
    """The numbers of a subject. Raises FilterError for a body that the record does not have."""
    return _counted(catalog.engine, catalog.revision(), asked)


def held(catalog: Catalog) -> dict[str, tuple[str, ...]]:
    """What there is to filter by: codes of municipalities, bodies, years."""
    return _held(catalog.engine, catalog.revision())


@lru_cache(maxsize=512)
def _counted(engine: Engine, revision: int, asked: Asked) -> Statistic:
    with engine.connect() as db:
        return _COUNTS[asked.subject](db, asked)


@lru_cache(maxsize=4)
def _held(engine: Engine, revision: int) -> dict[str, tuple[str, ...]]:
    documents = tables.documents.c
    with engine.connect() as db:
        codes = db.scalars(select(documents.municipality_code).distinct())
        told = {"municipality": tuple(sorted(code for code in codes if code))}
        told["body"] = tuple(sorted(body for body in db.scalars(select(documents.body).distinct()) if body))
        days = db.scalars(select(documents.date).distinct())
        told["year"] = tuple(sorted({day[:4] for day in days if day}, reverse=True))
    return told
