"""A page of a paper as an answer over HTTP (sidbild): the picture, its ETag, one find marked on it."""

from __future__ import annotations

import io
from collections.abc import Iterable

from fastapi import Request
from fastapi.responses import Response
from PIL import Image, ImageDraw

from index.catalog import Stored
from index.pictures import DEFAULT_WIDTH, WIDTHS, PageDrawn, PictureError, Pictures
from index.reading_view.finds import finds

_KEPT = "no-cache"  # asked about each time: a page that is removed is not to live on elsewhere
_COLOUR = (138, 43, 28)  # of the find that is marked
_PADDING = 3  # points around it


def answer(
    request: Request, pictures: Pictures, stored: Stored, number: int, width: int, find: int | None = None
) -> Response:
    """The picture of a page; 304 without drawing it for who has it already. Raises PictureError."""
    width = width if width in WIDTHS else DEFAULT_WIDTH
    etag = f'"{pictures.tag(stored, number)}-{width}-{find or 0}"'
    headers = {"ETag": etag, "Cache-Control": _KEPT, "X-Content-Type-Options": "nosniff"}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    page, png = pictures.png(stored, number, width)
    if find is not None:
        png = _focused(png, page, find, stored)
    return Response(png, media_type="image/png", headers=headers)


def _focused(png: bytes, page: PageDrawn, find: int, stored: Stored) -> bytes:
    """The picture with a frame around one find."""
    if find not in page.finds:
        known = any(each.number == find for each in finds(stored.document))
        where = f"stands on another page than {page.number}" if known else "is not in this paper"
        raise PictureError("no_find", f"find {find} {where}")
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    pen, scale = ImageDraw.Draw(picture), picture.width / page.width
    for left, top, right, bottom in _padded(page.finds[find]):
        pen.rectangle([edge * scale for edge in (left, top, right, bottom)], outline=_COLOUR, width=round(2 * scale))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _padded(rects: Iterable[tuple[float, float, float, float]]) -> Iterable[tuple[float, float, float, float]]:
    for left, top, right, bottom in rects:
        yield left - _PADDING, top - _PADDING, right + _PADDING, bottom + _PADDING
