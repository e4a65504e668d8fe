"""Subscriptions (bevakningar) of others: kept, listed and ended by who has the server's token."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, HTTPException
from fastapi import Path as InPath
from pydantic import BaseModel, ConfigDict, Field

from index.watching import subscriptions
from index.watching.subscriptions import Subscription
from search_api.api.writing import REFUSED, allowed
from search_api.state import TheCatalog, TheState

router = APIRouter(prefix="/subscriptions", tags=["subscriptions"], dependencies=[Depends(allowed)], responses=REFUSED)


class Wanted(BaseModel):
    """A search, and who is told of what is new for it."""

    model_config = ConfigDict(extra="forbid")

    channel: Literal["mail", "webhook"]
    address: str = Field(description="An e-mail address, or an http(s) address.", max_length=2_000)
    search: dict[str, Any] = Field(description="The parameters of the search: q, municipality, outcome ...")
    language: Literal["sv", "en"] = "sv"


class Told(BaseModel):
    """A subscription; `signing` is the secret that a webhook's messages are signed with, told once."""

    id: int
    state: Literal["active", "unconfirmed", "ended"]
    channel: str
    address: str
    search: dict[str, Any]
    language: str
    end_reason: str | None
    signing: str | None = None

    @classmethod
    def of(cls, kept: Subscription, signing: str | None = None) -> Told:
        """As it is told."""
        names = ("id", "state", "channel", "address", "search", "language", "end_reason")
        return cls(**{name: getattr(kept, name) for name in names}, signing=signing)


@router.post("", status_code=201)
def add(state: TheState, wanted: Wanted) -> Told:
    """Watch a search. An e-mail address is asked to confirm it."""
    try:
        kept = subscriptions.add(
            state.settings, state.catalog.engine, wanted.channel, wanted.address, wanted.search, wanted.language
        )
    except subscriptions.SubscriptionError as error:
        raise HTTPException(400, str(error)) from error
    signing = None
    if kept.channel == "webhook":
        signing = subscriptions.Secrets(state.settings.home).signing(kept.id, kept.created_at)
    return Told.of(kept, signing)


@router.get("")
def listed(catalog: TheCatalog) -> list[Told]:
    """Everything that is watched."""
    return [Told.of(each) for each in subscriptions.listed(catalog.engine)]


@router.delete("/{id}", status_code=204, responses={404: {"description": "There is none that goes on."}})
def end(catalog: TheCatalog, id: Annotated[int, InPath(ge=1, lt=1 << 31)]) -> None:
    """End one."""
    if not subscriptions.end(catalog.engine, id, "it was removed"):
        raise HTTPException(404, "there is no such subscription that goes on")
