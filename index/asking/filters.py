"""Which items are asked for (filter): municipality, body, party, outcome, dates, sums and the rest."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Self

from extractors import case_numbers, lexicon
from index.points import key
from index.vectors import LEADS, Between, Condition, OneOf, Vectors, Where

KINDS = ("protocol", "protocol_extract", "motion", "statement", "agenda", "interpellation", "news", "other")
OUTCOMES = (
    "approved", "recommended", "rejected", "answered", "remanded", "tabled", "referred", "noted", "assigned", "granted",
    "elected", "other",
)  # fmt: skip
_SHOWN = 20  # known values that a message lists
_TRUTHS = {"true": True, "1": True, "on": True, "false": None, "0": None, "off": None}
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


class FilterError(ValueError):
    """A filter with a value that means nothing; the message lists those that do."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What an item must be; several values of one field are alternatives, several fields must all hold.

    `municipality` takes code or name, `party` means that the party proposes, asks, votes or reserves itself in the
    item; `date_from` and `date_to` are YYYY, YYYY-MM or YYYY-MM-DD, ends included; sums are in kronor. What its source
    no longer lists is left out, unless `withdrawn` asks for it too.
    """

    municipality: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    party: tuple[str, ...] = ()
    person: tuple[str, ...] = ()
    outcome: tuple[str, ...] = ()
    year: tuple[int, ...] = ()
    date_from: str | None = None
    date_to: str | None = None
    min_kronor: float | None = None
    max_kronor: float | None = None
    case: tuple[str, ...] = ()
    withdrawn: bool | None = None

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """The filters in JSON's words, where one value may stand for a list of one, and "from" and "to" are dates.

        >>> Filters.of({"municipality": "1489", "year": 2018, "from": None})
        Filters(municipality=('1489',), year=(2018,))
        """
        names = {"from": "date_from", "to": "date_to"}
        told = {names.get(name, name): value for name, value in values.items() if value not in (None, "", [], ())}
        known = {field.name: field for field in fields(cls)}
        for name in told:
            if name not in known:
                raise FilterError(f"there is no filter {name!r}; there are {listed(names.get(n, n) for n in known)}")
        return cls(**{name: _typed(name, value) for name, value in told.items()})

    def __post_init__(self) -> None:
        for name in ("min_kronor", "max_kronor"):
            kronor = getattr(self, name)
            if kronor is not None and not math.isfinite(kronor):  # the engine dies of one that is no number
                raise FilterError(f"{name} should be a number and is {kronor!r}")

    def to_json(self) -> dict[str, Any]:
        """The filters that are set, in JSON's words."""
        names = {"date_from": "from", "date_to": "to"}
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        told = {names.get(n, n): list(v) if isinstance(v, tuple) else v for n, v in values.items()}
        return {name: value for name, value in told.items() if value not in (None, [])}

    def __repr__(self) -> str:
        told = ", ".join(f"{f.name}={v!r}" for f in fields(self) if (v := getattr(self, f.name)) not in (None, ()))
        return f"Filters({told})"

    def __or__(self, other: Filters) -> Filters:
        """These filters, and the other's where these say nothing."""
        free = {f.name: getattr(other, f.name) for f in fields(self) if getattr(self, f.name) in (None, ())}
        return replace(self, **free)

    def beside(self, other: Filters) -> Filters:
        """These filters without those that the other sets, which count before them."""
        unset: dict[str, Any] = {f.name: f.default for f in fields(self) if getattr(other, f.name) not in (None, ())}
        return replace(self, **unset)

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) not in (None, ()) for field in fields(self))


def conditions(filters: Filters, store: Vectors) -> Where:
    """What a point must fulfil; raises FilterError for a value that nothing in the index has."""
    where: list[Condition] = []
    for name, values, normal in (
        ("municipality", filters.municipality, municipality_code),
        ("kind", filters.kind, _one_of("kind", KINDS)),
        ("outcomes", filters.outcome, _one_of("outcome", OUTCOMES)),
        ("cases", filters.case, case_number),
        ("body_key", filters.body, _known("body", "body_key", store, key)),
        ("parties", filters.party, _known("party", "parties", store, str.strip)),
        ("people", filters.person, _known("person", "people", store, key)),
    ):
        if values:
            where.append(OneOf(name, tuple(dict.fromkeys(normal(value) for value in values))))
    if filters.year:
        where.append(OneOf("year", filters.year))
    if filters.date_from or filters.date_to:
        where.append(Between("day", _day(filters.date_from, "0101"), _day(filters.date_to, "1231")))
    if filters.min_kronor is not None or filters.max_kronor is not None:
        where.append(Between("kronor", filters.min_kronor, filters.max_kronor))
    return tuple(where)


def municipality_code(told: str) -> str:
    """SCB's code of a municipality by code or name, also "Göteborgs stad" and "alingsås kommun".

    >>> municipality_code("alingsås kommun"), municipality_code("Göteborgs stad"), municipality_code("0180")
    ('1489', '1480', '0180')
    """
    codes: dict[str, str] = lexicon.load("municipalities")["codes"]
    if told in codes:
        return told
    name = re.sub(r"\s+(?:kommun|stad)$", "", key(told))
    by_name = {key(called): code for code, called in codes.items()}
    for form in (name, name.removesuffix("s")):
        if form in by_name:
            return by_name[form]
    near = [called for called in codes.values() if key(called).startswith(name[:2])]
    raise FilterError(f"no municipality is called {told!r}; among the 290 are {listed(near or codes.values())}")


def municipality_name(code: str) -> str:
    """The name of a municipality, or its code where there is none."""
    return str(lexicon.load("municipalities")["codes"].get(code, code))


def _typed(name: str, value: Any) -> Any:
    """A value in the type of its field."""
    if name in {"date_from", "date_to"}:
        return str(value)
    if name == "withdrawn":
        if str(value).lower() not in _TRUTHS:
            raise FilterError(f"withdrawn should be true or false and is {value!r}")
        return _TRUTHS[str(value).lower()]
    several = value if isinstance(value, list | tuple) else [value]
    try:
        if name in {"min_kronor", "max_kronor"}:
            return float(value)
        return tuple(int(v) if name == "year" else str(v) for v in several)
    except (TypeError, ValueError) as error:
        raise FilterError(f"{name} should be a number and is {value!r}") from error


def _one_of(name: str, known: tuple[str, ...]) -> Callable[[str], str]:
    def normal(value: str) -> str:
        if value.lower() not in known:
            raise FilterError(f"no {name} is called {value!r}; there are {', '.join(known)}")
        return value.lower()

    return normal


def _known(what: str, field: str, store: Vectors, fold: Callable[[str], str]) -> Callable[[str], str]:
    """A value as the index has it, whatever its capitals."""

    def normal(value: str) -> str:
        if store.count((*LEADS, OneOf(field, (fold(value),)))):
            return fold(value)
        values = [str(known) for known, _ in store.facet(field.removesuffix("_key"), LEADS, 10_000)]
        for known in values:
            if field == "parties" and known.casefold() == value.strip().casefold():
                return known
        near = [known for known in values if fold(value).casefold() in known.casefold()] or values
        raise FilterError(f"no {what} in the index is called {value!r}; there are {listed(near)}")

    return normal


def case_number(value: str) -> str:
    """The canonical form of a case number in any spelling."""
    canonical = case_numbers.canonical(value)
    if canonical is None:
        raise FilterError(f"{value!r} is no case number; write it like KS 2021/549")
    return canonical


def _day(date: str | None, rest: str) -> int | None:
    """A date as a number; one of a year or a month alone is its first or last day."""
    if not date:
        return None
    match = _DATE.fullmatch(date.strip())
    if not match:
        raise FilterError(f"{date!r} is no date; write 2026, 2026-06 or 2026-06-15")
    return int(match[1] + (match[2] or rest[:2]) + (match[3] or ("31" if rest == "1231" else "01")))


def listed(names: Iterable[str]) -> str:
    """The first twenty of the known values, for a message."""
    names = list(names)
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more if names else "none yet"
