"""Text -> items (§): where each begins and ends, its number, heading and own case number, and its sections."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from extractors import case_numbers, head_lines, heads, lines, sections
from extractors.head_lines import Head
from extractors.lexicon import load
from extractors.model import CaseNumber, Item, Page, Span, Stretch

_MOST_LINES = 8  # of a heading
_MARKS = " \t*_#|>"
_BREAK = re.compile(r"<br ?/?>|\\+$")
_LABEL = re.compile(r"^(?:Ärende|Rubrik|Ärenderubrik|Ärendemening)\s?:\s*")
_END = re.compile(r"[.!?:]$")
_LISTED = re.compile(r"[•\-–]\s|[A-ZÅÄÖ]/ ?\S|\d{1,2}[.)] |[a-z]\) ")  # a point of a list
_CLASS = r"(?: (?:Dpl \d{1,3}|\d{3}|\d(?:\.\d{1,3}){1,4})(?=[\s)]|$))?"  # of the registry's plan: 041, 3.1.1.2, Dpl 10
_CORE = frozenset({"decision", "proposal"})


def segment(
    text: str, pages: Sequence[Page], body: str | None, bold: Sequence[tuple[int, int]] = ()
) -> tuple[Item, ...]:
    """The items of minutes, in order; empty where no § has a head.

    >>> text = "§ 7 Dnr KS 2031/12\\nBidrag till\\nkören\\nBeslut\\nJa."
    >>> [(item.number, item.title, item.case_number) for item in segment(text, (), None)]
    [('7', 'Bidrag till kören', 'KS 2031/12')]
    """
    found = heads.find(text, bold, body)
    paper = Stretch(text, 0, _starts(pages), body=body, width=lines.width_of(text))
    width = _width(text, found)
    above = _titles_above(text, found)
    starts = [start for start, _ in above] if above else [head.start for head in found]
    titles = [title for _, title in above] if above else [None] * len(found)
    stops = [*starts[1:], len(text)]
    return tuple(
        _item(paper, head, start, stop, width, title)
        for head, start, stop, title in zip(found, starts, stops, titles, strict=False)
    )


def whole(text: str, pages: Sequence[Page], title: str | None, case_number: str | None) -> Item:
    """A paper that is no minutes, as the one item it is."""
    start = len(text) - len(text.lstrip())
    span = Span(start, max(start, len(text.rstrip())), _page(pages, start))
    parts = sections.find(Stretch(text, 0, _starts(pages), width=lines.width_of(text)).part(span.start, span.end))
    return Item(span, None, title, case_number, tuple(parts))


def _item(paper: Stretch, head: Head, start: int, stop: int, width: int, above: str | None) -> Item:
    """The item of a head; `above` is its heading where that stands over the head."""
    start = start + len(head.lead) if start == head.start else start
    end = start + len(paper.text[start:stop].rstrip())
    title, case_number, after = _heading(paper.text, head, end, width)
    after = head.end if above else after
    parts = sections.find(paper.part(after, end))
    return Item(paper.at(start, end), head.number, above or title, case_number, tuple(parts))


def _titles_above(text: str, found: Sequence[Head]) -> list[tuple[int, str]]:
    """Where each item starts, and its heading, in minutes that print the heading above the §; else nothing.

    >>> minutes = "Bidrag till kören\\n§ 4 KFU 2031/7\\nKören söker pengar.\\n\\nTaxa\\n§ 5\\nBeslut\\nHöjs.\\n"
    >>> [(item.number, item.title) for item in segment(minutes, (), None)]
    [('4', 'Bidrag till kören'), ('5', 'Taxa')]
    """
    rows = [_row_above(text, head) for head in found]
    told = [row for head, row in zip(found, rows, strict=True) if row and not _title_below(text, head)]
    if len(found) < 2 or len(told) < 0.7 * len(found):
        return []
    return [row or (head.start, _joined([head.rest]) or "") for head, row in zip(found, rows, strict=True)]


def _row_above(text: str, head: Head) -> tuple[int, str] | None:
    """The line right above a head if it looks like a heading: where it starts, and its words."""
    before = text[max(0, head.start - 200) : head.start]
    block = before.rpartition("\n\n")[2] if "\n\n" in before else before
    rows = [row.strip(_MARKS) for row in block.rstrip("\n").split("\n")]
    title = " ".join(rows)
    if not rows[0] or before.endswith("\n\n") or len(rows) > 2 or not title[0].isupper() or title.endswith((".", ":")):
        return None
    if is_furniture(title) or _is_case_line(title):
        return None
    return head.start - len(block), title


def _title_below(text: str, head: Head) -> bool:
    """Whether a heading follows on the head's line or below it."""
    if _without_case(head.rest)[0]:
        return True
    rows = [row.strip(_MARKS) for row in text[head.end : head.end + 400].split("\n") if row.strip(_MARKS)]
    rows = [row for row in rows if not _is_case_line(row) and not is_furniture(row)]
    if not rows or sections.name_of(rows[0]) or rows[0].endswith("."):
        return False
    return not _is_text(text, text.find(rows[0], head.end) + len(rows[0]) + 1, rows[0])


def _heading(text: str, head: Head, end: int, width: int) -> tuple[str | None, str | None, int]:
    """The heading on one line, the item's own case number, and where the heading ends."""
    rows: list[str] = []
    numbers: list[str | None] = []
    after = head.end
    for line_end, line, gap in _lines(text, head, end):
        if is_furniture(line) and not (rows and _unfinished(rows[-1])):
            continue
        if _ends_heading(rows, line, gap, width) or (
            rows and not _unfinished(rows[-1]) and not _is_case_line(line) and _is_text(text, line_end, line)
        ):
            break
        words, found = _without_case(line)
        numbers += found
        after = line_end
        if words:
            rows.append(words)
        if len(rows) == _MOST_LINES:
            break
    return _joined(rows), (numbers or _above(text, head) or [None])[0], after


def _above(text: str, head: Head) -> Sequence[str | None]:
    """The case number that stands alone on the line right above the head."""
    line = text[max(0, head.start - 120) : head.start].rstrip("\n").rsplit("\n", 1)[-1]
    words, found = _without_case(line)
    return found if found and not words and head_lines.labels().search(line) else []


def _lines(text: str, head: Head, end: int) -> Iterator[tuple[int, str, bool]]:
    """The rest of the head's line and the lines after it: where each ends, and whether a blank line came before."""
    if head.rest:
        yield head.end, head.rest.lstrip(".:–- "), False
    gap = False
    for match in re.compile(r"[^\n]*\n?").finditer(text, head.end + 1, end):
        line = match[0].strip(_MARKS + "\n")
        if line:
            yield match.end(), line, gap
        gap = not line
        if match.end() >= end:
            return


def _ends_heading(rows: Sequence[str], line: str, gap: bool, width: int) -> bool:
    """Whether the heading, as read so far, ends before this line."""
    name = sections.name_of(line)
    if not rows:
        return name in _CORE
    if name:
        return True
    if _is_case_line(line):
        return False
    last = rows[-1]
    full = len(last) + 1 + len(line.split()[0]) >= 0.86 * width and len(line) <= width * 1.35
    if _unfinished(last):
        return False
    if _LISTED.match(line):
        return not (full and line[0] in "-–")
    if gap or (_END.search(last) and not (full and line[0].islower())):
        return True
    return not (full or (line[0].islower() and len(line) <= width * 1.35) or line[0] == "(")


def _unfinished(row: str) -> bool:
    """Whether a heading must go on after this line."""
    return row.split()[-1].lower() in load("heads")["goes_on"] or row.endswith((",", "-", "–", "/"))


def _is_text(text: str, line_end: int, line: str) -> bool:
    """Whether a line that starts like a sentence is one: its paragraph ends with a full stop."""
    if not line[0].isupper():
        return False
    rows = [line]
    for row in text[line_end : line_end + 600].split("\n"):
        if not row.strip() or sections.name_of(row):
            return rows[-1].endswith(".")
        rows.append(row.strip())
    return False


def _is_case_line(line: str) -> bool:
    """Whether nothing but a case number stands on the line."""
    words, found = _without_case(line)
    return bool(found) and not words


def _without_case(line: str) -> tuple[str, list[str]]:
    """The line's words without case numbers, their labels and brackets; and the numbers, canonical.

    >>> _without_case("Diarienummer KS-2021/549.119"), _without_case("Bidrag till kören (KS/2031:12)")
    (('', ['KS 2021/549']), ('Bidrag till kören', ['KS 2031/12']))
    """
    found = list(case_numbers.find(Stretch(line)))
    words, numbers = line, [number.canonical for number in found]
    for number in reversed(found):
        words = words[: number.span.start] + "\0" + words[number.span.end :]
    if not found and (bare := re.match(r"(\d{3,4})/(\d\d)(?!\d)", line)):
        words, numbers = "\0" + line[bare.end() :], [f"20{bare[2]}/{int(bare[1])}"]
    if found or not re.search(r"[a-zåäö]", head_lines.labels().sub("", words)):
        words = head_lines.labels().sub(" ", words) if not found else _unlabelled(words)
    words = re.sub(r"[(\[]\s*[)\]]", " ", re.sub(rf"(?:\b(?:{_units()}) ?)?\0(?:-\d{{3}})?{_CLASS}", " ", words))
    words = _LABEL.sub("", words.strip())
    marks = " ,;:*_#|" if found else " ;:*_#|"  # a comma parts heading and number, or two words of the heading
    return " ".join(_BREAK.sub(" ", words).split()).strip(marks), numbers


@cache
def _units() -> str:
    """The units of case numbers, of which a second one can stand before the number ("KS KF/2026:6")."""
    return "|".join(load("case_numbers")["units"])


def _unlabelled(words: str) -> str:
    """The words without the labels that stand beside a case number (now \\0), or at the end."""
    label = head_lines.labels().pattern
    words = re.sub(rf"{label}\s*(?=\0)", "", words, flags=re.IGNORECASE)
    return re.sub(rf"^\W*{label}\s*$", "", words, flags=re.IGNORECASE)


def _joined(rows: Sequence[str]) -> str | None:
    """The lines of a heading on one line; a word broken at the end of a line is whole again."""
    title = ""
    for row in rows:
        glue = (
            ""
            if re.search(r"[a-zåäö]-$", title) and row[0].islower() and not row.startswith(("och ", "eller "))
            else " "
        )
        title = title[:-1] + row if not glue else title + glue + row
    title = re.sub(r"\s*\.{4,}\s*\d*$", "", title)
    return " ".join(title.split()).rstrip(" ,") or None


def _width(text: str, found: Sequence[Head]) -> int:
    """How long a full line of a heading is in this paper, characters: headings that are longer go on below."""
    lengths = sorted(
        len(line)
        for head in found
        for line in [head.rest, *(row.strip(_MARKS) for row in text[head.end : head.end + 300].split("\n")[1:4])]
        if not is_furniture(line) and len(line) < 130
    )
    return max(40, lengths[int(len(lengths) * 0.9)] if lengths else 80)


@cache
def _furniture() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row})" for row in load("heads")["furniture"]), re.IGNORECASE)


def is_furniture(line: str) -> bool:
    """Whether a line belongs to the page and not to the text: a page number, "Justerandes sign".

    >>> is_furniture("Sida 3 av 12"), is_furniture("Justerandes sign"), is_furniture("Protokoll från mars")
    (True, True, False)
    """
    return bool(_furniture().fullmatch(line.strip(_MARKS)))


def _starts(pages: Sequence[Page]) -> tuple[int, ...]:
    return tuple(page.start for page in pages) or (0,)


def _page(pages: Sequence[Page], offset: int) -> int:
    return max(1, bisect_right(_starts(pages), offset))


def with_units(items: Sequence[Item], numbers: Sequence[CaseNumber]) -> tuple[Item, ...]:
    """The items, where a case number printed without its unit has the unit that the paper prints with it elsewhere."""
    units: dict[str, set[str]] = {}
    for number in numbers:
        units.setdefault(number.canonical.rpartition(" ")[2], set()).add(number.canonical)
    full = {bare: min(forms) for bare, forms in units.items() if len(forms) == 1}
    return tuple(
        replace(item, case_number=full.get(item.case_number, item.case_number)) if item.case_number else item
        for item in items
    )
