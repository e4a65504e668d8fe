"""What a run did: every paper accounted for (utfall)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

SHOWN = 20  # papers that could not be read, told one by one


@dataclass
class Tally:
    """How many papers were read, unchanged, new versions, gone; which could not be read, and which could not be listed.

    >>> a, b = Tally(papers=2, read=2), Tally(papers=1, unreadable=[("b.pdf", "format: no text")])
    >>> (a + b).papers, (a + b).accounted
    (3, True)
    """

    papers: int = 0
    read: int = 0
    unchanged: int = 0
    new_version: int = 0
    unreadable: list[tuple[str, str]] = field(default_factory=list)  # address and reason; two sources may list one
    unreadable_before: int = 0  # of the unchanged: what could not be read then cannot be read now
    waiting: int = 0  # not asked for tonight: the host is at rest, or was asked enough
    withdrawn: int = 0
    rotated_out: int = 0
    troubles: dict[str, str] = field(default_factory=dict)
    pages: int = 0
    removed: int = 0  # that a removal keeps away

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.papers + other.papers,
            self.read + other.read,
            self.unchanged + other.unchanged,
            self.new_version + other.new_version,
            [*self.unreadable, *other.unreadable],
            self.unreadable_before + other.unreadable_before,
            self.waiting + other.waiting,
            self.withdrawn + other.withdrawn,
            self.rotated_out + other.rotated_out,
            {**self.troubles, **other.troubles},
            self.pages + other.pages,
            self.removed + other.removed,
        )

    @property
    def cannot_be_read(self) -> int:
        """Papers of which there is nothing to read, whether that is new or known."""
        return len(self.unreadable) + self.unreadable_before

    @property
    def reasons(self) -> dict[str, str]:
        """Why each address could not be read, for what is shown; what is counted is counted by the paper."""
        return dict(self.unreadable)

    @property
    def accounted(self) -> bool:
        """Whether every paper came to one of the ends."""
        taken = self.read + self.unchanged + self.new_version
        return self.papers == taken + len(self.unreadable) + self.waiting + self.removed

    def to_json(self) -> dict[str, Any]:
        """As plain values for JSON."""
        counts = {name: getattr(self, name) for name in ("papers", "read", "unchanged", "new_version", "waiting")}
        counts |= {"unreadable": self.cannot_be_read, "withdrawn": self.withdrawn, "rotated_out": self.rotated_out}
        counts |= {"pages": self.pages, "removed": self.removed}
        return counts | {"could_not_be_read": self.reasons, "could_not_be_listed": self.troubles}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a run: its papers, the index after it, and the seconds it took."""

    tally: Tally
    synced: dict[str, Any]
    seconds: float

    def failed(self, strict: bool = False) -> bool:
        """Whether something is not accounted for; with `strict`, also whether a paper could not be read."""
        return bool(self.tally.troubles) or not self.tally.accounted or (strict and self.tally.cannot_be_read > 0)

    def to_json(self) -> dict[str, Any]:
        """As plain values for JSON."""
        return {**self.tally.to_json(), "index": self.synced, "seconds": round(self.seconds, 1)}
