"""What was found (träffar): how a hit and its facets are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from index.answers.snippets import Snippet
from index.answers.why import why
from index.asking.filters import municipality_name
from index.asking.question import Question
from index.ranking.fusion import Ranked


@dataclass(frozen=True, slots=True)
class Hit:
    """An item that was found, with its best passage. `related` means by meaning alone, so it is not counted."""

    id: str
    document: str
    source: str
    url: str
    item: str | None
    item_index: int  # its place among the items of the paper, from 0
    span: dict[str, int]
    page: int
    kind: str
    municipality: dict[str, str] | None
    body: str | None
    date: str | None
    title: str | None
    case_number: str | None
    outcome: str | None
    snippet: str
    score: float
    related: bool
    why: dict[str, Any]
    marks: tuple[tuple[int, int], ...] = ()
    withdrawn: bool = False
    kronor: tuple[float, ...] = ()  # the sums that stand in the item, rising
    parties: tuple[str, ...] = ()  # those that propose, ask, vote or reserve themselves in it
    also: tuple[dict[str, Any], ...] = ()  # the other papers of the meeting that the same § stands in
    relation: str | None = None  # of what is similar: copy, stage or similar
    members: tuple[dict[str, Any], ...] = ()  # what was folded under it, in brief

    def to_json(self) -> dict[str, Any]:
        """The hit in the words that others build on."""
        told = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return told | {"marks": [list(mark) for mark in self.marks]}


@dataclass(frozen=True, slots=True)
class Hits:
    """The answer: how the question was read, a page of hits, how many items match, and of which kinds they are."""

    read_as: dict[str, Any]
    hits: list[Hit]
    total: int = 0
    facets: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    generation: str | None = None
    explained: dict[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The answer in the words that others build on."""
        hits = [hit.to_json() for hit in self.hits]
        told = {"read_as": self.read_as, "hits": hits, "total": self.total, "facets": self.facets}
        return told | {"generation": self.generation} | ({"explained": self.explained} if self.explained else {})


def hit(
    found: Ranked,
    payloads: dict[str, dict[str, Any]],
    page: int,
    told: Snippet,
    asked: Question,
    by_stem: Mapping[str, str],
    counted: frozenset[str],
) -> Hit:
    """What is shown of an item: its own fields, the page and the snippet of its best passage, and why it was found."""
    lead = payloads[found.lead]
    start, end, first = lead["span"]
    code = lead.get("municipality")
    return Hit(
        id=found.lead,
        document=lead["sha256"],
        source=lead["source"],
        url=lead["url"],
        item=lead.get("number"),
        item_index=lead["item_index"],
        span={"start": start, "end": end, "page": first},
        page=page,
        kind=lead["kind"],
        municipality={"code": code, "name": lead.get("place") or municipality_name(code)} if code else None,
        body=lead.get("body"),
        date=lead.get("date"),
        title=lead.get("title"),
        case_number=lead.get("case_number"),
        outcome=lead.get("outcome"),
        snippet=told.text,
        score=round(found.score, 4),
        related=found.lead not in counted,
        why=why(found, lead, told, asked, by_stem),
        marks=told.marks,
        withdrawn=bool(lead.get("withdrawn")),
        kronor=tuple(lead.get("kronor", ())),
        parties=tuple(lead.get("parties", ())),
        also=tuple(lead.get("also", ())),
        relation=found.relation,
        members=tuple(member(each, payloads[each]) for each in found.members if each in payloads),
    )


def member(lead: str, payload: dict[str, Any]) -> dict[str, Any]:
    """A folded item in brief: enough to name it and to open it."""
    told = {name: payload.get(name) for name in ("source", "url", "kind", "body", "date", "title", "case_number")}
    start, end, page = payload["span"]
    own = {"id": lead, "document": payload["sha256"], "item": payload.get("number"), "outcome": payload.get("outcome")}
    own["item_index"] = payload["item_index"]
    return own | {"span": {"start": start, "end": end, "page": page}} | told
