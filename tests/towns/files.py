"""What the sites of our towns have in common: slugs, numbers, and files with or without a sign of change."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime
from email.utils import formatdate

from tests.towns import Answer, Meeting, Paper, Request, Town

_PLAIN = str.maketrans("åäöéü§", "aaoeus")


def slug(text: str) -> str:
    """A name as a part of an address."""
    plain = "".join(sign if sign.isalnum() and sign.isascii() else "-" for sign in text.lower().translate(_PLAIN))
    return "-".join(filter(None, plain.split("-")))


def number(key: str, figures: int = 5) -> int:
    """A number that a site gives to something, the same every time."""
    return 10 ** (figures - 1) + zlib.crc32(key.encode()) % (9 * 10 ** (figures - 1))


def bodies(town: Town) -> list[str]:
    """The town's bodies, in the order of their first meeting."""
    return list(dict.fromkeys(meeting.body for meeting in town.meetings))


def published(meeting: Meeting) -> list[Paper]:
    """The papers that the public may see."""
    return [paper for paper in meeting.papers if paper.published]


def file(paper: Paper, request: Request, sign: str | None) -> Answer:
    """The bytes of a paper. `sign` is how the server tells that they changed: "etag", "modified" or None."""
    kind = "application/pdf" if paper.data.startswith(b"%PDF") else "text/html; charset=utf-8"
    headers = {"Content-Type": kind}
    if sign == "etag":
        headers["ETag"] = f'"{zlib.crc32(paper.data):x}"'
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Answer(304, b"", headers)
    if sign == "modified":
        moment = datetime.fromisoformat(paper.uploaded).replace(tzinfo=UTC)
        headers["Last-Modified"] = formatdate(moment.timestamp(), usegmt=True)
        if request.headers.get("if-modified-since") == headers["Last-Modified"]:
            return Answer(304, b"", headers)
    return Answer(200, paper.data, headers)
