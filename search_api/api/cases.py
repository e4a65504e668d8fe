"""Cases (ärenden): /cases lists them, /cases/{municipality}/{number} follows one through bodies and documents."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel

from index.cases.chain import follow
from index.cases.listing import listed
from index.cases.model import Case, Listed
from search_api.state import TheCatalog

router = APIRouter(tags=["cases"])

THE_MUNICIPALITY = Path(description="Code or name: 1489, Alingsås.", max_length=100)
THE_NUMBER = Path(description="Case number in any spelling: KS 2026/126, ks-2026-126.", max_length=100)


class CaseList(BaseModel):
    """A page of cases; `next_offset` is null on the last."""

    cases: list[Listed]
    next_offset: int | None


@router.get("/cases")
def cases(
    catalog: TheCatalog,
    municipality: Annotated[str | None, Query(description="Code or name.", max_length=100)] = None,
    q: Annotated[str, Query(description="A case number or the beginning of one.", max_length=100)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> CaseList:
    """The cases there are, those told of last first."""
    found = listed(catalog.engine, municipality, q, limit + 1, offset)
    return CaseList(cases=found[:limit], next_offset=offset + limit if len(found) > limit else None)


@router.get("/cases/{municipality}/{number:path}")
def case(
    catalog: TheCatalog, municipality: Annotated[str, THE_MUNICIPALITY], number: Annotated[str, THE_NUMBER]
) -> Case:
    """One matter as a time line. Each stop says how it was found, and whether that is sure or a guess."""
    return follow(catalog.engine, municipality, number)
