"""A town whose papers stand in its sitemap: an index of one that is packed and one that is not.

What is odd: addresses that are no papers, one that stands twice, no last change for some, blanks within <loc>.
"""

from __future__ import annotations

import gzip
from typing import Any
from xml.sax.saxutils import escape

from tests.towns import NOT_FOUND, Answer, Meeting, Paper, Request, Town
from tests.towns.files import file, number, published, slug

_SCHEMA = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def where(town: Town) -> dict[str, Any]:
    """What the municipality file says."""
    return {"url": f"{town.base}/sitemap.xml", "papers": ["/handlingar/"], "sitemaps": ["sitemap-"]}


def answer(town: Town, request: Request) -> Answer:
    """What the site says."""
    papers = [(meeting, paper) for meeting in town.meetings for paper in published(meeting)]
    if request.path == "/sitemap.xml":
        maps = "".join(f"<sitemap><loc>\n {town.base}/{name} </loc></sitemap>" for name in _MAPS)
        return _xml(f"<sitemapindex {_SCHEMA}>{maps}</sitemapindex>")
    name = request.path.removeprefix("/")
    if name in _MAPS:
        half = [pair for pair in papers if number(pair[1].key) % 2 == _MAPS.index(name)]
        others = [
            f"<url><loc>{town.base}/kontakt?a=1&amp;b=2</loc></url>",
            f"<url><loc>{town.base}/nyheter</loc></url>",
        ]
        text = f"<urlset {_SCHEMA}>{''.join([*others, *(_url(town, *pair) for pair in half), *others[:1]])}</urlset>"
        return _xml(text, packed=name.endswith(".gz"))
    found = next((paper for meeting, paper in papers if _path(meeting, paper) == request.path), None)
    return file(found, request, "modified") if found else NOT_FOUND


_MAPS = ("sitemap-1.xml.gz", "sitemap-2.xml")


def _path(meeting: Meeting, paper: Paper) -> str:
    ending = ".pdf" if paper.data.startswith(b"%PDF") else ""
    return f"/handlingar/{slug(meeting.body)}/{number(paper.key)}/{slug(paper.title)}{ending}"


def _url(town: Town, meeting: Meeting, paper: Paper) -> str:
    changed = f"<lastmod>{paper.uploaded}+00:00</lastmod>" if number(paper.key) % 3 else ""
    return f"<url><loc>{escape(town.base + _path(meeting, paper))}</loc>{changed}<priority>0.5</priority></url>"


def _xml(text: str, packed: bool = False) -> Answer:
    data = f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'.encode()
    kind = "application/gzip" if packed else "application/xml"
    return Answer(200, gzip.compress(data, mtime=0) if packed else data, {"Content-Type": kind})
