"""Pages as they lie on the table: lines with their places, before furniture is taken off and text is joined."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Cell:
    """A stretch of a line between two wide gaps, with its left and right edge in points."""

    text: str
    left: float
    right: float


@dataclass(slots=True)
class Line:
    """A line (rad). Places are in points from the page's upper left corner; all 0 where a format has no places.

    `text` has two spaces at each wide gap; `cells` are the parts between the gaps, empty where there is no gap. `sure`
    is OCR's confidence in each word of `text`, from 0 to 1.
    """

    text: str
    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    size: float = 0.0
    bold: bool = False
    cells: tuple[Cell, ...] = ()
    sure: tuple[float, ...] = ()


@dataclass(slots=True)
class Sheet:
    """A page (sida) as read: number from 1, its lines in reading order, width and height in points (0: no places).

    `furniture` is what was taken off it, `issue` why it could not be read, and `stage` where that was.
    """

    number: int
    lines: list[Line] = field(default_factory=list)
    width: float = 0.0
    height: float = 0.0
    ocr: bool = False
    furniture: list[str] = field(default_factory=list)
    issue: str | None = None
    stage: str = "text"
