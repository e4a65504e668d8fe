"""How sure OCR was of what a find says (säkerhet): a find on a scanned page carries that of its least sure word."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from extractors.model import Page, Span
from extractors.sheet import Line, Sheet

Sure = tuple[int, int, float]  # start and end of a word in the text, and the confidence in it, from 0 to 1
_WORD = re.compile(r"\S+")

T = TypeVar("T")


def placed(sheets: Sequence[Sheet], text: str, pages: Sequence[Page]) -> Iterator[Sure]:
    """Where the words that OCR read stand in the text, in order; those taken off as furniture are left out.

    >>> line = Line("§ 7  Bidrag till kör-", sure=(0.9, 0.8, 0.96, 0.95, 0.6))
    >>> text = "§ 7  Bidrag till körföreningen"
    >>> [sure for *_, sure in placed([Sheet(1, [line], ocr=True)], text, [Page(1, 0, 30)])]
    [0.9, 0.8, 0.96, 0.95, 0.6]
    """
    for sheet, page in zip(sheets, pages, strict=True):
        at = page.start
        for line in sheet.lines if sheet.ocr else ():
            found = _find(line, text, at, page.end)
            if found is None:
                continue
            first, at = found
            words = list(_WORD.finditer(text, first, at))
            whole = len(words) == len(line.sure)
            usual = sum(line.sure) / max(1, len(line.sure))  # a word more or less: what holds for the line
            for number, word in enumerate(words):
                yield word.start(), word.end(), line.sure[number] if whole else round(usual, 2)


def _find(line: Line, text: str, at: int, end: int) -> tuple[int, int] | None:
    """Where a line stands in the text: whole, without the hyphen at its end, or without a word that went up a line."""
    words = line.text.rstrip("-")
    rest = words.partition(" ")[2].lstrip()
    for part in (line.text, words, rest):
        start = text.find(part, at, end + 1) if part else -1
        if start >= 0:
            return start, start + len(part)
    return None


def carried(value: T, sure: Sequence[Sure]) -> T:
    """The same document (or find, or tuple of finds) whose spans carry their confidence."""
    return _Carrier(sure).carry(value) if sure else value


class _Carrier:
    def __init__(self, sure: Sequence[Sure]) -> None:
        self._sure, self._ends = sure, [end for _, end, _ in sure]

    def carry(self, value: Any) -> Any:
        if isinstance(value, Span):
            return replace(value, confidence=self._least(value))
        if isinstance(value, tuple):
            return tuple(self.carry(part) for part in value)
        if not is_dataclass(value) or isinstance(value, type):
            return value
        parts = {field.name: getattr(value, field.name) for field in fields(value)}
        return replace(value, **{name: self.carry(part) for name, part in parts.items() if _may_have_spans(part)})

    def _least(self, span: Span) -> float | None:
        first = bisect_right(self._ends, span.start)
        least: float | None = None
        for start, _, sure in self._sure[first:]:
            if start >= span.end:
                break
            least = sure if least is None else min(least, sure)
        return least


def _may_have_spans(value: Any) -> bool:
    return isinstance(value, tuple) or is_dataclass(value)
