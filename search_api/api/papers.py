"""Documents and items as they are answered, for the schema (handlingar)."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from search_api.api.answers import Named, Place


class Brief(BaseModel):
    """Which paper it is."""

    id: int
    sha256: str | None = Field(description="Of the bytes that were read.")
    version: int | None
    kind: str | None
    municipality: Named | None
    body: str | None
    date: str | None
    title: str | None
    source: str
    url: str
    withdrawn: bool = Field(description="No longer listed by its source.")


class DocumentListed(Brief):
    """A document in a list."""

    format: str | None
    state: str
    revision: int = Field(description="Of its last change.")
    pages: int
    items: int
    decisions: int
    finds: int


class Documents(BaseModel):
    """A page of documents."""

    documents: list[DocumentListed]
    total: int
    revision: int = Field(description="Of the record when it was asked: `since` for the next time.")
    next: str | None = Field(description="The cursor of the next page; null on the last.")


class ItemInBrief(BaseModel):
    """An item of a document; `n` is its place in it, from 1."""

    n: int
    item: str | None
    title: str | None
    case_number: str | None
    span: Place
    outcomes: list[str]


class CouldNotBeRead(BaseModel):
    """What could not be read or is unclear: at which stage, why, on which page."""

    stage: str
    reason: str
    page: int | None


class Version(BaseModel):
    """The bytes that a document had."""

    version: int
    sha256: str
    readable: bool
    first_seen: str


class Document(Brief):
    """One document."""

    unreadable: bool = Field(description="The newest version could not be read, and an older one is told of, if any.")
    newest: int
    pages: int
    items: list[ItemInBrief]
    issues: list[CouldNotBeRead]
    versions: list[Version]
    text: str | None = None
    page_starts: list[int] | None = None


class Find(BaseModel):
    """A find: where it stands, and what it is."""

    model_config = {"extra": "allow"}

    span: Place


class Beside(BaseModel):
    """Another paper of the meeting with this §."""

    document: str
    item_index: int
    kind: str
    source: str
    url: str
    title: str | None
    same: bool = Field(description="Whether its text is the same but for furniture; if not, both are found.")


class Item(BaseModel):
    """One item. Places are characters of the document's text; `text` begins at `span.start`."""

    document: Brief
    n: int
    item: str | None
    text: str
    also: list[Beside] = Field(description="The same § in other papers of the meeting.")
    title: str | None
    case_number: str | None
    span: Place
    sections: list[Find]
    decisions: list[Find]
    proposals: list[Find]
    votes: list[Find]
    reservations: list[Find]
    case_numbers: list[Find]
    amounts: list[Find]
    people: list[Find]
    parties: list[Find]
    dates: list[Find]
    organisations: list[Find]
    tables: list[dict[str, Any]]
