"""A search as it is asked for (sökning): the question, filters, order and page."""

from __future__ import annotations

from dataclasses import dataclass, field

from index.asking.filters import FilterError, Filters

SORTS = ("relevance", "newest", "oldest", "date")  # by date: the newest first
MOST = 10_000  # hits that can be paged to; an export takes them all


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: a question in words, and filters. `read` lets filters be read out of the question."""

    text: str = ""
    filters: Filters = field(default_factory=Filters)
    limit: int = 10
    offset: int = 0
    sort: str = "relevance"
    facets: bool = True
    read: bool = True

    def __post_init__(self) -> None:
        if self.sort not in SORTS:
            raise FilterError(f"there is no order {self.sort!r}; there are {', '.join(SORTS)}")
        if not (self.limit >= 0 and self.offset >= 0 and self.limit + self.offset <= MOST):
            raise FilterError(f"limit and offset go from 0 and to {MOST} together")
