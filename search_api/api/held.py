"""What is held and how it stands (läge): /sources, /status."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from index import holdings
from index.catalog import Catalog
from index.origin import without_paths
from index.queries import NoIndexError, Searcher
from search_api.api.answers import Named, told
from search_api.caching import answered
from search_api.state import TheCatalog, TheState

router = APIRouter(tags=["held"])


class Wrong(BaseModel):
    """Something that could not be read: at which stage, and why."""

    stage: str
    reason: str


class LastVisit(BaseModel):
    """How the last visit of a source went."""

    ended: str
    outcome: str = Field(description="whole; partly: a part could not be listed; failed: nothing could.")
    reason: str | None
    papers: int = Field(description="Listed.")
    new_papers: int = Field(description="Never listed before.")
    meetings: int
    gone_at_once: int | None = Field(description="Papers that left the list together, so that nothing is withdrawn.")


class SourceHeld(BaseModel):
    """A source, how much there is of it, and what went wrong with it as a whole."""

    name: str
    kind: str
    documents: int
    unreadable: int
    listed: int = Field(description="Seen in the list, and not fetched yet.")
    waiting: int = Field(description="Wait for another night.")
    withdrawn: int = Field(description="No longer listed.")
    last_seen: str | None = Field(description="When the last run that found anything in it began.")
    visit: LastVisit | None
    issues: list[Wrong]


class Covered(BaseModel):
    """How many documents there are of a body and a year."""

    municipality: Named | None
    body: str | None
    year: int | None
    documents: int


class Sources(BaseModel):
    """Where papers come from, and of what there are how many."""

    sources: list[SourceHeld]
    coverage: list[Covered]


class Run(BaseModel):
    """A run of the program: finished, failed, running or interrupted."""

    id: int
    kind: str
    state: str
    started_at: str
    finished_at: str | None


class Index(BaseModel):
    """What is searched; `level` where it holds all that the record does."""

    generation: str | None
    model: str
    revision: int
    level: bool


class Status(BaseModel):
    """Everything counted."""

    revision: int = Field(description="Of the record; it rises with every change.")
    sources: int
    documents: int
    read: int
    unreadable: int
    listed: int = Field(description="Seen in a list, and not fetched yet.")
    waiting: int = Field(description="Listed, and wait for another night.")
    withdrawn: int
    rotated_out: int = Field(description="No longer listed, because their source keeps only some years.")
    changes: int = Field(description="Decisions that newer versions of papers have otherwise.")
    removed: int = Field(description="Removed for good.")
    masked: int = Field(description="Contents with something removed in them.")
    reasons: dict[str, int] = Field(description="Why documents could not be read, and how many of each.")
    pages: int
    items: int
    decisions: int
    finds: int
    issues: int
    last_run: Run | None
    index: Index | None


@router.get("/sources", responses=told(Sources))
def sources(request: Request, catalog: TheCatalog) -> Response:
    """The sources, and of which municipalities, bodies and years there are documents."""
    engine = catalog.engine
    every = holdings.sources(engine)  # what went wrong with a source changes no document, and so no revision
    return answered(
        request, lambda: {"sources": every, "coverage": holdings.coverage(engine)}, catalog.revision(), every
    )


@router.get("/status", responses=told(Status))
def status(request: Request, state: TheState) -> Response:
    """How much there is of everything, what could not be read and why, and whether the index is level with that."""
    counted = _counted(state.catalog)
    counted["index"] = _index(state.searcher, counted["revision"])
    return answered(request, lambda: counted, counted)


def _counted(catalog: Catalog) -> dict[str, Any]:
    held = catalog.status().to_json()
    run = held["last_run"]
    told = {name: held[name] for name in Status.model_fields if name in held}
    told["reasons"] = {without_paths(reason): number for reason, number in held["reasons"].items()}
    return told | {"last_run": run and {name: run[name] for name in Run.model_fields}}


def _index(searcher: Searcher, revision: int) -> dict[str, Any] | None:
    try:
        meta, generation = searcher.held(), searcher.generation()
    except NoIndexError:
        return None
    if meta is None:
        return None
    level = meta.revision >= revision
    return {"generation": generation, "model": meta.model, "revision": meta.revision, "level": level}
