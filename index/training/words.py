"""The word list: Swedish words and how often they stand in the training texts, for splitting compounds."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

WORD = re.compile(r"[^\W\d_]+")
LEAST = 3  # a word seen less often is mostly a misprint


def count(texts: Iterable[str]) -> Counter[str]:
    """How often each word stands in the texts, in lower case.

    >>> count(["En skola. Två skolor, en 5:a"]).most_common(2)
    [('en', 2), ('skola', 1)]
    """
    counted: Counter[str] = Counter()
    for text in texts:
        counted.update(WORD.findall(text.lower()))
    return counted


def write(counted: Counter[str], path: Path, least: int = LEAST) -> int:
    """Write "word<TAB>count" lines, most frequent first; the same words make the same bytes. Returns how many."""
    kept = sorted(((word, n) for word, n in counted.items() if n >= least), key=lambda pair: (-pair[1], pair[0]))
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = "".join(f"{word}\t{n}\n" for word, n in kept)
    path.write_bytes(gzip.compress(lines.encode("utf-8"), compresslevel=9, mtime=0))
    return len(kept)
