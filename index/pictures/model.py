"""What a drawn page is (sidbild), and why there may be none."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from extractors.drawing.wish import Drawn, Rect

WIDTHS = (320, 900, 1400)  # pixels of a picture: small, beside its text, large
DEFAULT_WIDTH = 900

Places = Mapping[int, tuple[Rect, ...]]


class PictureError(RuntimeError):
    """A page that has no picture; `code` is "not_pdf", "no_page", "no_find", "no_original", "unread", "broken" or
    "busy"."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code


@dataclass(frozen=True, slots=True)
class PageDrawn:
    """A page that was drawn: its size in points, and where on it each find (by its number) and each item stands.

    `tag` changes when the picture does.
    """

    number: int
    width: float
    height: float
    tag: str
    finds: Places = field(default_factory=dict)
    items: Places = field(default_factory=dict)

    @classmethod
    def of(cls, drawn: Drawn, tag: str) -> PageDrawn:
        """What was drawn; its marks tell the number of the find, or of the item."""
        finds: dict[int, tuple[Rect, ...]] = {}
        items: dict[int, tuple[Rect, ...]] = {}
        for mark, rects in drawn.places:
            (items if mark.kind == "extents" else finds)[int(mark.told)] = rects
        return cls(drawn.number, drawn.width, drawn.height, tag, finds, items)

    def packed(self) -> bytes:
        """As bytes to be kept."""
        told: dict[str, Any] = {"width": self.width, "height": self.height}
        for name, places in (("finds", self.finds), ("items", self.items)):
            told[name] = {at: [[round(edge, 1) for edge in rect] for rect in rects] for at, rects in places.items()}
        return json.dumps(told, separators=(",", ":")).encode()

    @classmethod
    def unpacked(cls, number: int, tag: str, data: bytes) -> PageDrawn:
        """What was kept. Raises ValueError, KeyError or TypeError for what is none of ours."""
        told = json.loads(data)
        finds, items = (
            {int(at): tuple(Rect(*rect) for rect in rects) for at, rects in told[name].items()}
            for name in ("finds", "items")
        )
        return cls(number, float(told["width"]), float(told["height"]), tag, finds, items)
