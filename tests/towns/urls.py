"""A town of which only the addresses of its papers are known: files in a folder, with an ETag."""

from __future__ import annotations

import zlib
from typing import Any

from tests.towns import NOT_FOUND, Answer, Paper, Request, Town


def where(town: Town) -> dict[str, Any]:
    """The addresses of all papers that are out."""
    return {"urls": [f"{town.base}{_path(paper)}" for paper in _published(town)]}


def answer(town: Town, request: Request) -> Answer:
    """A file, or 304 to who has it."""
    paper = next((paper for paper in _published(town) if request.path == _path(paper)), None)
    if paper is None or request.method == "HEAD":
        return NOT_FOUND
    headers = {"Content-Type": "application/pdf", "ETag": f'"{zlib.crc32(paper.data):x}"'}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Answer(304, b"", headers)
    return Answer(200, paper.data, headers)


def _path(paper: Paper) -> str:
    return f"/dokument/{paper.key}.pdf"


def _published(town: Town) -> list[Paper]:
    return [paper for meeting in town.meetings for paper in meeting.papers if paper.published]
