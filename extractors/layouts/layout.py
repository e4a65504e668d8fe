"""What a template is: patterns, no logic of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Layout:
    """A template (mall). Where it rules, only a line that `head` matches is the head of a §.

    It rules where at least `least` of a paper's possible heads are of its form, and that is at least `share` of them.
    """

    name: str
    head: re.Pattern[str]
    least: int = 3
    share: float = 0.7

    def rules(self, heads: Sequence[str]) -> bool:
        """Whether these lines are mostly of this template."""
        own = sum(bool(self.head.search(line)) for line in heads)
        return own >= self.least and own >= self.share * len(heads)
