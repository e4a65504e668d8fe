"""Pages as they lie on the table: lines with their places, before furniture is taken off and text is joined."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Line:
    """A line (rad). Places are in points from the page's upper left corner; all 0 where a format has no places."""

    text: str
    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    size: float = 0.0
    bold: bool = False


@dataclass(slots=True)
class Sheet:
    """A page (sida) as read: number from 1, its lines in reading order, width and height in points (0: no places)."""

    number: int
    lines: list[Line] = field(default_factory=list)
    width: float = 0.0
    height: float = 0.0
    ocr: bool = False
