"""Pages of papers as pictures (sidbilder): drawn on demand from the originals, masked, and kept on the disk."""

from index.pictures.drawing import Pictures, forget
from index.pictures.model import DEFAULT_WIDTH, WIDTHS, PageDrawn, PictureError

__all__ = ["DEFAULT_WIDTH", "WIDTHS", "PageDrawn", "PictureError", "Pictures", "forget"]
