"""A search as it is asked for (sökning): the question, filters, order and page."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from index.asking.filters import FilterError, Filters
from index.asking.reading import NAMES

SORTS = ("relevance", "newest", "oldest", "date", "recent")  # date: the newest first; recent: newer ones raised
FOLDS = ("case", "duplicates")  # the stages of one case; one text in several papers
_READ = {*NAMES, "year", "from", "to", "min_kronor", "max_kronor"}  # what can be switched off
MOST = 10_000  # hits that can be paged to; an export takes them all


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: a question in words, and filters.

    `read` lets filters be read out of the question, all but those named in `without`; what it says from today's point
    of view ("förra året") is read where `today` is told. `fold` puts the stages of a "case", or "duplicates", under the
    best of them; `forgive` lets a be å or ä, and o ö.
    """

    text: str = ""
    filters: Filters = field(default_factory=Filters)
    limit: int = 10
    offset: int = 0
    sort: str = "relevance"
    facets: bool = True
    read: bool = True
    fold: str | None = None
    forgive: bool = False
    without: tuple[str, ...] = ()
    today: date | None = None

    def __post_init__(self) -> None:
        if unknown := sorted(set(self.without) - _READ):
            raise FilterError(f"nothing that is read is called {unknown[0]!r}; there are {', '.join(sorted(_READ))}")
        if self.sort not in SORTS:
            raise FilterError(f"there is no order {self.sort!r}; there are {', '.join(SORTS)}")
        if self.fold not in (None, *FOLDS):
            raise FilterError(f"nothing is folded by {self.fold!r}; there are {', '.join(FOLDS)}")
        if not (self.limit >= 0 and self.offset >= 0 and self.limit + self.offset <= MOST):
            raise FilterError(f"limit and offset go from 0 and to {MOST} together")
