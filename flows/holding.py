"""What is held and what is not (bestånd), on the command line: paragraf status."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from flows.failing import UsageError
from flows.options import Json
from flows.questions import print_json

if TYPE_CHECKING:
    from index.books import Account
    from index.settings import Settings

Books = Annotated[bool, typer.Option("--books", help="Every source, body and year: what was listed, what came of it.")]
Municipality = Annotated[str | None, typer.Option("--municipality", help="The books of this one: code or name.")]
Source = Annotated[str | None, typer.Option("--source", help="The books of this source.")]


def status(
    books: Books = False, municipality: Municipality = None, source: Source = None, as_json: Json = False
) -> None:
    """Count what is held, what could not be read and why, what is stale, and what a person should look at.

    With --books the meetings and papers of every source, body and year: those that are here, those that are missing,
    and those that nobody tells of.
    """
    from index import settings

    held = settings.load()
    if books or municipality or source:
        _books(held, municipality, source, as_json)
        return
    from flows.display import show_state
    from flows.state import state

    counted = state(held)
    if as_json:
        print_json(counted)
    else:
        show_state(counted)


def _books(held: Settings, municipality: str | None, source: str | None, as_json: bool) -> None:
    from flows.ledger import show_books
    from index.asking.filters import FilterError, municipality_code
    from index.books import books
    from index.catalog import Catalog
    from index.database import is_there

    accounts: Sequence[Account] = ()
    try:
        code = municipality_code(municipality) if municipality else None
    except FilterError as error:
        raise UsageError(str(error)) from None
    if is_there(held.catalog):
        with Catalog(held.catalog) as catalog:
            accounts = books(catalog.engine, date.today(), code=code, source=source)
    if as_json:
        print_json({"accounts": [account.to_json() for account in accounts]})
    else:
        show_books(accounts)
