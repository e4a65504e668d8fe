"""Which statistic is asked for (fråga): a subject, by what it is divided, and of which papers."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Self

from sqlalchemy import ColumnElement, Connection, or_, select

from index import tables
from index.asking.filters import KINDS, FilterError, listed, municipality_code
from index.points import key

_OF_PAPER = ("month", "year", "body", "municipality", "kind")
# The subjects, and by what each may be divided, the usual first
SUBJECTS: dict[str, tuple[str, ...]] = {
    "decisions": _OF_PAPER,
    "outcomes": ("outcome", *_OF_PAPER, "party"),
    "sums": ("role", *_OF_PAPER),
    "parties": ("party",),
    "motions": ("party", "answer", "year", "municipality"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A subject, by what it is divided, and filters; several values of one filter are alternatives."""

    subject: str
    by: str
    municipality: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    year: tuple[int, ...] = ()
    kind: tuple[str, ...] = ()

    @classmethod
    def of(cls, subject: str, by: str | None = None, **filters: Any) -> Self:
        """What is asked for, in the record's words.

        Raises FilterError for a subject, division or filter that there is not.

        >>> Asked.of("decisions", municipality=["Mora"], year=[2026])
        Asked(subject='decisions', by='month', municipality=('2062',), body=(), year=(2026,), kind=())
        """
        if subject not in SUBJECTS:
            raise FilterError(f"there are no statistics of {subject!r}; there are {', '.join(SUBJECTS)}")
        if by and by not in SUBJECTS[subject]:
            raise FilterError(f"{subject} are not counted by {by!r}, but by {', '.join(SUBJECTS[subject])}")
        told = {field.name: tuple(filters.get(field.name) or ()) for field in fields(cls)[2:]}
        if subject == "motions" and (told["body"] or told["kind"]):
            raise FilterError("motions go through several bodies and papers: they are not counted by body or kind")
        for kind in told["kind"]:
            if kind not in KINDS:
                raise FilterError(f"no kind is called {kind!r}; there are {', '.join(KINDS)}")
        told["municipality"] = tuple(municipality_code(name) for name in told["municipality"])
        return cls(subject, by or SUBJECTS[subject][0], **told)

    def conditions(self, db: Connection) -> list[ColumnElement[bool]]:
        """What the filters ask of a paper; one that its source no longer lists is not counted."""
        documents = tables.documents.c
        wanted: list[ColumnElement[bool]] = [~documents.withdrawn]
        if self.municipality:
            wanted.append(documents.municipality_code.in_(self.municipality))
        if self.body:
            wanted.append(documents.body.in_(_as_written(db, self.body)))
        if self.year:
            wanted.append(or_(*(documents.date.startswith(f"{year:04d}") for year in self.year)))
        if self.kind:
            wanted.append(documents.kind.in_(self.kind))
        else:  # news tells once more what the minutes tell
            wanted.append(or_(documents.kind != "news", documents.kind.is_(None)))
        return wanted


def _as_written(db: Connection, told: tuple[str, ...]) -> list[str]:
    """Bodies as the record writes them, whatever their capitals."""
    written = [str(body) for body in db.scalars(select(tables.documents.c.body).distinct()) if body]
    by_key: dict[str, list[str]] = {}
    for body in written:
        by_key.setdefault(key(body), []).append(body)
    for body in told:
        if key(body) not in by_key:
            near = sorted(one for one in written if key(body) in key(one)) or sorted(written)
            raise FilterError(f"no body in the record is called {body!r}; there are {listed(near)}")
    return [one for body in told for one in by_key[key(body)]]
