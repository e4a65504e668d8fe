"""A line of the text as cells (celler) of a table: where each stands, and whether it holds words, a figure or a sum."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractors import units
from extractors.numbers import number

_GAP = re.compile(r"\t|[ ]*\|[ ]*|[ ]{2,}")
_FIGURE = r"(?:\d{1,3}(?:[ .]\d{3})+|\d+)(?:[,.]\d{1,3})?"
_SIGNED = rf"(?:[-−–+]\s?|minus )?{_FIGURE}|\({_FIGURE}\)"
_AFTER = r"(?:\s?(?:/|per )\s?[\wåäö²³./ ]{1,20}|\s(?:inkl|exkl)\.?[\w. ]{0,16})?"
_SUM = re.compile(
    rf"(?:(?P<sum>{_SIGNED})\s?(?P<unit>{units.NAME}|:-|,-){_AFTER}|(?:kr|sek)\s(?P<after>{_SIGNED})|(?P<bare>{_SIGNED})\s?\*{{0,2}})",
    re.IGNORECASE,
)
_DASHES = frozenset({"-", "–", "—", "−"})
_HAS_SUM = re.compile(rf"\d\s?(?:{units.NAME}|:-)(?!\w)", re.IGNORECASE)
_CODE = re.compile(r"[A-ZÅÄÖ](?:\d{0,2}|[.)])")
_PERCENT = re.compile(r"[-−–+]?\d[\d ,.]*%")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LOOSE = re.compile(
    r"^(?P<label>(?:[A-ZÅÄÖ]|varav\s)(?:[^|\t]*?[^\s|])?)\s(?P<figures>[-−–+]?\d[-−–+\d ,.]*(?:kr|tkr|mnkr|mkr)?)$"
)
_NAME = re.compile(r"[A-ZÅÄÖ][^\s]*(?:\s(?:[a-zåäö(/%][^\s]*|(?:19|20)\d\d))*|(?:19|20)\d\d")

_LONGEST_HEAD = 45
_MOST_WORDS = 24  # of a row that is read as figures
_BEGINS = frozenset("0123456789-−–—+(")

WORDS, NOTHING, FIGURE, SUM = "words", "nothing", "figure", "sum"


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell's text and its place in the line; a figure or a sum has its number, a sum what its unit is worth."""

    text: str
    start: int
    end: int
    kind: str
    number: Decimal = Decimal(0)
    unit: Decimal | None = None

    @property
    def is_year(self) -> bool:
        """Whether it is a year's four figures, 2026 and not 2 026."""
        return self.kind == FIGURE and _YEAR.fullmatch(self.text) is not None


def pieces(line: str) -> list[Piece]:
    """The cells of a line; one if nothing parts it. A gap of four blanks, where others have two, hides an empty cell.

    >>> [(piece.text, piece.kind) for piece in pieces("Skola\\t1 250\\t-\\t12 kr/år\\t45 %")]
    [('Skola', 'words'), ('1 250', 'figure'), ('-', 'nothing'), ('12 kr/år', 'sum'), ('45 %', 'words')]
    """
    found: list[Piece] = []
    at = 0
    outer = line.strip().startswith("|")
    for match in _GAP.finditer(line):
        if not (outer and match.start() == 0):
            found.append(piece(line, at, match.start()))
        if match[0].isspace() and "\t" not in match[0] and len(match[0]) % 2 == 0:
            found += [piece(line, match.start() + 2 * n, match.start() + 2 * n) for n in range(1, len(match[0]) // 2)]
        at = match.end()
    if not (outer and at == len(line)):
        found.append(piece(line, at, len(line)))
    return found


def piece(line: str, start: int, end: int) -> Piece:
    """The cell line[start:end]."""
    text = line[start:end]
    if not text.strip("-–—−_. ") or text in ("x", "X"):
        return Piece(text.strip(), start, end, NOTHING)
    match = _SUM.fullmatch(text) if len(text) < 40 and any(map(str.isdigit, text)) else None
    if match is None:
        return Piece(text, start, end, WORDS)
    figure = match["sum"] or match["after"] or match["bare"]
    unit = units.worth(match["unit"]) if match["sum"] else Decimal(1) if match["after"] else None
    return Piece(text, start, end, SUM if unit else FIGURE, _signed(figure), unit)


def _signed(figure: str) -> Decimal:
    """-3,2 for "-3,2", "− 3,2", "minus 3,2" and "(3,2)"."""
    negative = figure[0] in "-−–(m"
    value = number(re.sub(r"^(?:[-−–+(]\s?|minus )|\)$", "", figure, flags=re.IGNORECASE))
    return -value if negative else value


def without_blanks(parts: Sequence[Piece]) -> list[Piece]:
    """The cells of a line of plain text, where wide gaps are white space and no empty cells."""
    return [part for part in parts if part.start < part.end or part.text]


def is_loose(line: str) -> bool:
    """Whether a line is words and then figures, with one blank between them all."""
    return _LOOSE.match(line) is not None


def loose(line: str, columns: int) -> list[Piece]:
    """Label and figures of a row whose cells only one blank parts, if there is one way alone to read it.

    >>> [part.text for part in loose("Nytt verk 50 1 265 90", 3)], loose("Skola 1 250 300", 2)
    (['Nytt verk', '50', '1 265', '90'], [])
    """
    row = _LOOSE.match(line)
    if row is None:
        return []
    found = split(line, row.start("figures"), row.end("figures"), columns)
    return [piece(line, row.start("label"), row.end("label")), *found] if found else []


def split(line: str, start: int, end: int, columns: int) -> list[Piece]:
    """line[start:end] as so many figures, if that can be done in one way alone."""
    words = [(match.start(), match.end()) for match in re.finditer(r"\S+", line[start:end])]
    if columns == 1:
        whole = piece(line, start, end)
        return [whole] if whole.kind in (FIGURE, SUM) else []
    if not columns <= len(words) <= min(4 * columns, _MOST_WORDS) or any(
        line[start + a] not in _BEGINS for a, _ in words
    ):
        return []
    ways = []
    for way in _ways([line[start + a : start + b] for a, b in words], columns):
        ways.append(way)
        if len(ways) > 1:
            return []
    return [piece(line, start + words[a][0], start + words[b - 1][1]) for a, b in ways[0]] if ways else []


def _ways(words: list[str], columns: int, start: int = 0) -> Iterator[list[tuple[int, int]]]:
    """Every way to read words as so many figures: 1 250 300 in two columns is 1 250 and 300, or 1 and 250 300."""
    if columns == 0:
        if start == len(words):
            yield []
        return
    for end in range(start + 1, min(len(words), start + 4) + 1):
        if re.fullmatch(_SIGNED, " ".join(words[start:end])) or (end == start + 1 and words[start] in _DASHES):
            for rest in _ways(words, columns - 1, end):
                yield [(start, end), *rest]


def names(line: str, start: int = 0) -> list[Piece]:
    """The heads in a line where only one blank parts them: each begins with a capital, or is a year.

    >>> [part.text for part in names("Nämnd Budget 2026 Utfall mars Avvikelse (%)")]
    ['Nämnd', 'Budget 2026', 'Utfall mars', 'Avvikelse (%)']
    """
    return [piece(line, match.start(), match.end()) for match in _NAME.finditer(line, start)]


def is_head(parts: Sequence[Piece]) -> bool:
    """Whether cells are heads: short words or years, no figure and no sum."""
    if len(parts) < 2 or all(part.kind == NOTHING for part in parts):
        return False
    if parts[0].kind == WORDS and is_code(parts[0].text):
        return False
    return all(part.kind == NOTHING or part.is_year or (part.kind == WORDS and _may_head(part.text)) for part in parts)


def _may_head(text: str) -> bool:
    return len(text) <= _LONGEST_HEAD and text[-1] not in ".;," and not holds_sum(text) and not _PERCENT.match(text)


def is_code(text: str) -> bool:
    """Whether a cell holds a row's letter or number, B or C2: the words of the row stand in the next."""
    return _CODE.fullmatch(text) is not None


def holds_sum(text: str) -> bool:
    """Whether a figure with a unit of money stands in a text."""
    return _HAS_SUM.search(text) is not None
