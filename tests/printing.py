"""A paper as the pieces it is made of, and printed again: wider or narrower, on other pages, as text or as PDF."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import quantiles

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from extractors import sections

_WIDE = re.compile(r"\S(?: {2,}|\t)")
_MARKED = re.compile(r"(?:[-–•]|\d{1,2}[.)]|[a-z]\)|§|att |[A-ZÅÄÖ][A-Za-zåäö]{0,8} §)")
_END = re.compile(r"[.:;!?…]$")
_HEADING = 60  # characters: shorter pieces stand on one line in any width from this on
_REAL = re.compile(r"(?<=[\wåäö])[-–](?=[\wåäö])")
_VOWEL, _OTHER = "[aeiouyåäö]", "[bdfghklmnprstv]"
_SYLLABLE = re.compile(rf"(?<={_VOWEL})(?={_OTHER}{_VOWEL})|(?<={_VOWEL}{_OTHER})(?={_OTHER}{_VOWEL})")


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, point, heading or row; `gap`: white above it; `flows`: it is set on as many lines as it needs."""

    text: str
    gap: bool = False
    flows: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line."""

    text: str
    gap: bool = False
    goes_on: bool = False  # with the piece of the line before


@dataclass(frozen=True, slots=True)
class Setting:
    """How wide lines are, and which words may be broken: none, those with a hyphen ("real"), long ones too ("all")."""

    width: float
    hyphens: str = "none"
    measure: Callable[[str], float] = len


def pieces(text: str) -> list[Piece]:
    """The pieces of a text: lines that plainly go on with the one before are one piece with it."""
    rows = text.split("\n")
    width = _width(rows)
    found: list[Piece] = []
    gap, last = False, ""
    for row in rows:
        if not row.strip():
            gap, last = True, ""
            continue
        if last and found and _goes_on(last, row, width):
            found[-1] = Piece(f"{found[-1].text} {row.strip()}", found[-1].gap)
        else:
            found.append(Piece(row.rstrip(), gap, flows=not _WIDE.search(row)))
        gap, last = False, row
    return found


def _width(rows: Sequence[str]) -> float:
    """How long a full line is: of those that are followed by a small letter, nearly the longest."""
    full = [len(row) for row, after in pairwise(rows) if after[:1].islower() and not _WIDE.search(row)]
    return quantiles(full, n=20)[-2] if len(full) > 4 else 1000


def _goes_on(last: str, row: str, width: float) -> bool:
    if _WIDE.search(last) or _WIDE.search(row) or len(last) < 0.7 * width or _MARKED.match(row.strip()):
        return False
    if sections.name_of(last) or sections.name_of(row):
        return False
    full = len(last) + 1 + len(row.split()[0]) > 0.93 * width
    return row[0].islower() or (full and not _END.search(last))


def lines(paper: Sequence[Piece], setting: Setting) -> list[Line]:
    """The pieces set in lines. One shorter than a heading, or in columns, stays whole."""
    found: list[Line] = []
    for piece in paper:
        narrow = setting.measure is len and setting.width < _HEADING and len(piece.text) < 100
        rows = [piece.text] if not piece.flows or narrow else _wrapped(piece.text, setting)
        found += [Line(row, piece.gap and not at, at > 0) for at, row in enumerate(rows)]
    return found


def _wrapped(text: str, setting: Setting) -> list[str]:
    rows = [""]
    for word in _words(text):
        for part in _parts(word, rows[-1], setting):
            if part.startswith("\n"):
                rows.append(part[1:])
            else:
                rows[-1] += part
    return rows


def _words(text: str) -> list[str]:
    """The words that a line can break between.

    A sentence does not begin a line within its paragraph: there it would be a paragraph of its own, by the guideline.
    Nor does what is decided stand apart from who decides: "Nämnden beslutar" at a line's end leads in the points below.
    """
    return re.split(r"(?:(?<![.!?]) | (?![A-ZÅÄÖ0-9(]))(?!(?<=beslutar )att|(?<=besluta )att|(?<=föreslår )att)", text)


def _parts(word: str, row: str, setting: Setting) -> Iterator[str]:
    """What a word adds to the row; what begins with a line break stands on the next one."""
    glue = " " if row else ""
    if not row or setting.measure(row + glue + word) <= setting.width:
        yield glue + word
        return
    for at, hyphen in _breaks(word, setting.hyphens):
        if setting.measure(row + glue + word[:at] + hyphen) <= setting.width:
            yield glue + word[:at] + hyphen
            yield "\n" + word[at:]
            return
    yield "\n" + word


def _breaks(word: str, hyphens: str) -> list[tuple[int, str]]:
    """Where a word can be broken, the last place first, with the hyphen that the break adds."""
    if hyphens == "none":
        return []
    found = [(match.end(), "") for match in _REAL.finditer(word)]
    plain = re.match(r"[A-ZÅÄÖ]?[a-zåäö]{8,}", word)
    if hyphens == "all" and plain:
        found += [(match.start(), "-") for match in _SYLLABLE.finditer(plain[0], 3, len(plain[0]) - 2)]
    return sorted(found, reverse=True)


Margin = Callable[[int, int], Sequence[str]]  # (page, pages) -> lines


def nothing(page: int, pages: int) -> Sequence[str]:
    return ()


def text(rows: Sequence[Line], breaks: Sequence[int] = (), head: Margin = nothing, foot: Margin = nothing) -> str:
    """Plain text; a form feed before each of the lines whose numbers are given, furniture on every page."""
    stops = sorted({at for at in breaks if 0 < at < len(rows)})
    found = []
    for number, (start, stop) in enumerate(zip([0, *stops], [*stops, len(rows)], strict=True), 1):
        page = [*head(number, len(stops) + 1)]
        for row in rows[start:stop]:
            page += [""] * row.gap + [row.text]
        found.append("\n".join([*page, *foot(number, len(stops) + 1)]))
    return "\n\f".join(found) + "\n"


def pdf(rows: Sequence[Line], per_page: int, size: float = 10, head: Margin = nothing, foot: Margin = nothing) -> bytes:
    """A PDF with so many lines on a page, furniture in its margins, wide gaps as columns."""
    out = io.BytesIO()
    width, height = A4[0], 140 + per_page * size * 1.3
    canvas = Canvas(out, pagesize=(width, height), invariant=True)
    pages = [rows[at : at + per_page] for at in range(0, len(rows), per_page)]
    for number, page in enumerate(pages, 1):
        for at, row in enumerate(head(number, len(pages))):
            _draw(canvas, row, height - 30 - 12 * at, 9)
        for at, row in enumerate(foot(number, len(pages))):
            _draw(canvas, row, 40 - 12 * at, 9)
        top = height - 80.0
        for row in page:
            top -= size * (1.2 + 0.7 * row.gap) if row is not page[0] else 0
            _draw(canvas, row.text, top, size)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw(canvas: Canvas, row: str, top: float, size: float) -> None:
    canvas.setFont("Helvetica", size)
    left = 60.0
    for cell in re.finditer(r"\S+(?: \S+)*", row):
        left = max(left, 60 + 0.5 * size * cell.start())
        canvas.drawString(left, top, cell[0])
        left += stringWidth(cell[0], "Helvetica", size) + 2 * size


def points(size: float = 10) -> Callable[[str], float]:
    """Measures a row in points as the PDF prints it."""
    return lambda row: stringWidth(row, "Helvetica", size)
