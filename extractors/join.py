"""Lines -> running text: letters tidied, broken words made whole, every character still knowing its page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from extractors.model import Page
from extractors.sheet import Line, Sheet

_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\x85\v\f]")
_AS_LETTERS = str.maketrans({"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "\u2010": "-", "\u2011": "-"})
_NOTHING = re.compile("[\u200b-\u200f\u2060-\u2064\ufeff\u202a-\u202e\x00-\x08\x0e-\x1f\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")  # half a letter, as PDFium hands on those beyond the first 65 536
_BULLET = re.compile("[\ue000-\uf8ff\u25cf\u25aa\u25a0\u25fc\u2023\u2043\u2219]")
_LIST_MARK = re.compile(r"^([•▪–-]|o|[a-zåäö]\)|\d{1,2}[.)]) {2,}(?=\S)")
_BROKEN = re.compile(r"([\wåäöÅÄÖ/&.:]*\w)(?P<sign>-|(?<=\d)–)$")
_LONGEST = 100  # characters of a word, paths and addresses included
_FIRST = re.compile(r"(?:\d{1,3}(?: \d{3})+(?!\d)|\S+)[ \t]*")
_WORD = re.compile(r"\w+(?:-\w+)*")
_PERIODS = frozenset({"januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober"})
_PERIODS |= frozenset({"november", "december", "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"})
# Small words that follow a dash; a long word that is whole before one of them was not broken.
_SMALL = frozenset({"av", "den", "det", "efter", "en", "ett", "från", "för", "har", "i", "inom", "med", "om", "på"})
_SMALL |= frozenset({"ska", "till", "vid", "är"})
_AND = frozenset({"och", "eller", "samt", "respektive", "resp", "och/eller", "såväl", "men", "&"})


def tidy(text: str) -> str:
    """One line with usual letters and spaces: NFC, odd spaces as " ", soft hyphens gone, Word's bullets as "•".

    >>> tidy("\\uf0b7\\u00a0Nämnden får i upp\\u00addrag ")
    '• Nämnden får i uppdrag'
    """
    if text.isascii():
        return _LIST_MARK.sub(r"\1 ", _NOTHING.sub("", _SPACES.sub(" ", text)).strip())
    if _SURROGATE.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = unicodedata.normalize("NFC", _SPACES.sub(" ", text.translate(_AS_LETTERS))).rstrip()
    if text.endswith("\u00ad"):
        text = text[:-1] + "-"
    text = _NOTHING.sub("", text.replace("\u00ad", ""))
    return _LIST_MARK.sub(r"\1 ", _BULLET.sub("•", text).strip())


@dataclass(slots=True)
class _Row:
    """A line on its way into the text; `parts` say from which offset on it stands on another page."""

    text: str
    page: int
    bold: bool
    gap: bool
    moved: list[tuple[int, int]] = field(default_factory=list)


def join(sheets: list[Sheet]) -> tuple[str, tuple[Page, ...], tuple[tuple[int, int], ...]]:
    """The text of the sheets, its pages and the spans of its bold lines."""
    rows = _whole_words([row for sheet in sheets for row in _rows(sheet)])
    short = {sheet.number for sheet in sheets if _ends_early(sheet)}
    parts: list[str] = []
    starts: dict[int, int] = {}
    bold: list[tuple[int, int]] = []
    at = 0
    for number, row in enumerate(rows):
        if number and _parted(rows[number - 1], row, short):
            parts.append("\n")
            at += 1
        starts.setdefault(row.page, at)
        for offset, page in row.moved:
            starts.setdefault(page, at + offset)
        if row.bold:
            bold.append((at, at + len(row.text)))
        parts += (row.text, "\n")
        at += len(row.text) + 1
    text = "".join(parts)[:-1]
    return text, _pages(sheets, starts, len(text)), tuple(bold)


def _parted(before: _Row, row: _Row, short: set[int]) -> bool:
    """Whether a blank line goes between two lines; over a page break where something plainly ends or begins."""
    if before.page == row.page:
        return row.gap
    return before.page in short or row.bold or "§" in row.text[:12]


def _ends_early(sheet: Sheet) -> bool:
    """Whether a page's text stops well above its foot, so that the next page begins something new."""
    return bool(sheet.lines) and max(line.bottom for line in sheet.lines) < 0.75 * sheet.height


def _pages(sheets: list[Sheet], starts: dict[int, int], length: int) -> tuple[Page, ...]:
    """Every sheet's stretch; a sheet without lines is empty and stands where the next one begins."""
    pages: list[Page] = []
    end = length
    for sheet in reversed(sheets):
        start = min(starts.get(sheet.number, end), end)
        pages.append(Page(sheet.number, start, end, sheet.ocr))
        end = start
    if pages and pages[-1].start:
        first = pages[-1]
        pages[-1] = Page(first.number, 0, first.end, first.ocr)
    return tuple(reversed(pages))


def _rows(sheet: Sheet) -> list[_Row]:
    """The lines of a sheet; `gap` where white space or a blank line parts a line from the one before."""
    rows: list[_Row] = []
    limit = _paragraph_gap(sheet)
    blank = False
    before: Line | None = None
    for line in sheet.lines:
        if not line.text:
            blank = True
            continue
        apart = before is not None and sheet.height > 0 and line.top - before.bottom > limit * max(line.size, 6)
        rows.append(_Row(line.text, sheet.number, line.bold, blank or apart))
        blank, before = False, line
    return rows


def _paragraph_gap(sheet: Sheet) -> float:
    """How much white, in line heights, parts paragraphs on this sheet: clearly more than parts its lines."""
    if not sheet.height:
        return 0.0
    gaps = [(gap, line) for gap, line in _gaps(sheet) if -0.6 < gap < 2]
    within = [gap for gap, line in gaps if line.text[:1].islower() and not line.text.startswith("att ")]
    usual = within if len(within) > 3 else [gap for gap, _ in gaps]  # most lines may be paragraphs of their own
    return max(0.3, median(usual) + 0.3) if usual else 0.5


def _gaps(sheet: Sheet) -> Iterator[tuple[float, Line]]:
    """How much white stands above each line, in line heights."""
    return (((line.top - above.bottom) / max(line.size, 6), line) for above, line in pairwise(sheet.lines))


def _whole_words(rows: list[_Row]) -> list[_Row]:
    """Words broken by a hyphen at the end of a line are made whole on that line."""
    words: set[str] | None = None
    whole: list[_Row] = []
    waiting = list(reversed(rows))
    while waiting:
        row = waiting.pop()
        whole.append(row)
        while waiting and (match := _broken(row.text)) and _goes_on(row, waiting[-1]):
            after = waiting[-1]
            first = _FIRST.match(after.text)
            if words is None:
                words = {word.casefold() for other in rows for word in _WORD.findall(other.text)}
            seam = _seam(match[1], first[0].rstrip(), words) if first else None
            if first is None or seam is None or (match["sign"] == "–" and not first[0][0].isdigit()):
                break
            row.text = row.text[:-1] + seam.replace("-", match["sign"])
            if after.page != row.page:
                row.moved.append((len(row.text), after.page))
            row.text += first[0].rstrip()
            after.text = after.text[first.end() :]
            if after.text:
                break
            waiting.pop()
    return whole


def _broken(text: str) -> re.Match[str] | None:
    """The word at the end of a line, if a hyphen ends it."""
    return _BROKEN.search(text, max(0, len(text) - _LONGEST)) if text[-1:] in ("-", "–") else None


def _goes_on(row: _Row, after: _Row) -> bool:
    """Whether the next line can hold the rest of a word: no blank line between, and no other column."""
    if after.gap and after.page == row.page:
        return False
    return "  " not in row.text or "  " not in after.text


def _seam(before: str, after: str, words: set[str]) -> str | None:
    """What stands between two halves of a broken word: "", "-", "- " (a real hyphen before "och"), None if it is none.

    >>> pairs = [("kommun", "styrelsen"), ("hälso", "och"), ("2025", "2026"), ("va", "taxa")]
    >>> [_seam(before, after, {"va-taxa"}) for before, after in pairs]
    ['', '- ', '-', '-']
    """
    bare = after.strip(".,;:()\"”'")
    if bare in _AND:
        return "- "
    if not after[:1].isalnum():
        return None
    last = re.split(r"[^\w]", before)[-1] or before
    if last.casefold() == bare.casefold() and not last.isdigit():
        return None
    if last[-1:].isdigit() and not after[:1].isdigit():
        return "-" if len(last) < 4 else None  # 14-åriga, but "Delårsrapport 2026-" has a dash
    if last[-1:].isdigit() or len(last) == 1 or {last.casefold(), bare.casefold()} <= _PERIODS or last == "icke":
        return "-"
    joined, hyphened = (last + bare).casefold(), f"{last}-{bare}".casefold()
    if after[:1].isdigit():
        return "-" if last[:1].isupper() or hyphened in words else None
    if after[:1].isupper():
        if last.isupper() and bare.isupper() and len(last) > 3:
            return ""
        return "-" if last[:1].isupper() else None
    if joined in words or hyphened in words:
        return "" if joined in words else "-"
    if bare in _SMALL and len(last) > 5 and last.casefold() in words:
        return None
    return "-" if last.isupper() else ""
