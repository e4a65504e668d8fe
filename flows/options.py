"""Options that several commands share, and what they may say (filter)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Annotated, Any

import typer

KINDS = ("protocol", "protocol_extract", "motion", "statement", "agenda", "interpellation", "news", "other")
SORTS = ("relevance", "newest", "oldest", "date", "recent")  # date: the newest first; recent: newer ones raised
FORMATS = ("csv", "jsonl", "xlsx", "parquet")
_DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_FILTERS = "Filters"


def one_of(known: Callable[[], Iterable[str]]) -> Callable[[Any], Any]:
    """A check that a value, or each of several, is one of those known; if not, the message lists them."""

    def check(value: Any) -> Any:
        words = tuple(known())
        for each in value if isinstance(value, (list, tuple)) else [value]:
            if each is not None and each not in words:
                raise typer.BadParameter(f"{each!r} is not known. Known are: {', '.join(words)}.")
        return value

    return check


def day(value: str | None) -> str | None:
    """A day, month or year as it is written in ISO 8601.

    >>> day("2026-06"), day(None)
    ('2026-06', None)
    """
    if value is not None and not _DAY.fullmatch(value):
        raise typer.BadParameter(f"{value!r} is no date. Write 2026-06-15, 2026-06 or 2026.")
    return value


def _outcomes() -> Iterable[str]:
    from extractors.outcomes import OUTCOMES

    return OUTCOMES


def _option(name: str, help: str, **more: Any) -> Any:
    return typer.Option(name, help=help, rich_help_panel=_FILTERS, show_default=False, **more)


Municipality = Annotated[list[str] | None, _option("--municipality", "Code or name: 1489, Alingsås.")]
Kind = Annotated[
    list[str] | None, _option("--kind", f"Kind of paper: {', '.join(KINDS)}.", callback=one_of(lambda: KINDS))
]
Body = Annotated[list[str] | None, _option("--body", "Deciding body (nämnd): Kommunstyrelsen.")]
Party = Annotated[list[str] | None, _option("--party", "Party that proposes, votes or reserves itself: M, SD.")]
Person = Annotated[list[str] | None, _option("--person", "Politician or official named in the item.")]
Outcome = Annotated[
    list[str] | None, _option("--outcome", "What was decided: rejected, granted ...", callback=one_of(_outcomes))
]
Year = Annotated[list[int] | None, _option("--year", "Year of the paper.", min=1800, max=2200)]
From = Annotated[str | None, _option("--from", "First day: 2026-01-31, 2026-01 or 2026.", callback=day)]
To = Annotated[str | None, _option("--to", "Last day, month or year, included.", callback=day)]
MinKronor = Annotated[float | None, _option("--min-kronor", "A sum of at least so many kronor in the item.")]
MaxKronor = Annotated[float | None, _option("--max-kronor", "A sum of at most so many kronor in the item.")]
Case = Annotated[list[str] | None, _option("--case", "Case number in any spelling: 'KS 2021/549'.")]
Withdrawn = Annotated[
    bool | None, _option("--withdrawn", "Also what its source no longer lists.", is_flag=True, flag_value=True)
]
Json = Annotated[bool, typer.Option("--json", help="JSON on stdout, for programs.")]


def filters(**given: Any) -> dict[str, Any]:
    """What was asked for, with lists as tuples, and without what was not.

    >>> filters(kind=["motion"], year=None, min_kronor=5.0)
    {'kind': ('motion',), 'min_kronor': 5.0}
    """
    asked = {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}
    return {name: value for name, value in asked.items() if value not in (None, ())}
