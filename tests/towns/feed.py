"""A town that tells its papers in a feed, RSS 2.0, RSS 1.0 or Atom by its code: tests/towns/__init__.py tells the rest.

What is odd: entries without a day, ids that are no addresses, files that are enclosed, relative addresses, a byte order
mark, and an encoding other than the header's. `town.session["newest"]` is how many entries the feed has room for.
"""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from xml.sax.saxutils import escape

from tests.towns import NOT_FOUND, Answer, Paper, Request, Town, page
from tests.towns.files import file, number, published


def where(town: Town) -> dict[str, Any]:
    """What the municipality file says."""
    return {"url": f"{town.base}/rss"}


def answer(town: Town, request: Request) -> Answer:
    """What the site says."""
    papers = [paper for meeting in town.meetings for paper in published(meeting)]
    if request.path == "/rss":
        newest = sorted(papers, key=lambda paper: (paper.uploaded, paper.key), reverse=True)[
            : town.session.get("newest")
        ]
        write = (_rss, _rdf, _atom)[int(town.code) % 3]
        return Answer(200, write(town, newest), {"Content-Type": "application/xml; charset=utf-8"})
    found = next((paper for paper in papers if request.path == _path(paper)), None)
    if found is None:
        return NOT_FOUND
    if found.data.startswith(b"%PDF"):
        return file(found, request, "modified")
    asked = town.session["asked"] = town.session.get("asked", 0) + 1
    token = f'<input type="hidden" name="token" value="{asked}"><script>var now = {asked};</script>'
    return page(found.data.decode().replace("</body>", f"{token}</body>"))


def _path(paper: Paper) -> str:
    return f"/nyheter/{number(paper.key)}" + (".pdf" if paper.data.startswith(b"%PDF") else "")


def _moment(paper: Paper) -> datetime:
    return datetime.fromisoformat(paper.uploaded).replace(tzinfo=UTC)


def _rss(town: Town, papers: list[Paper]) -> bytes:
    items = "".join(
        f"<item><title>{escape(paper.title)}</title><description>&lt;p&gt;Läs mer&lt;/p&gt;</description>"
        f'<pubDate>{format_datetime(_moment(paper))}</pubDate><guid isPermaLink="false">{number(paper.key)}</guid>'
        + (
            f'<link>{town.base}/nyheter</link><enclosure url="{town.base}{_path(paper)}" type="application/pdf"/>'
            if paper.data.startswith(b"%PDF")
            else f"<link>{town.base}{_path(paper)}?utm_source=rss</link>"
        )
        + "</item>"
        for paper in papers
    )
    text = (
        f'<rss version="2.0"><channel><title>{escape(town.name)}</title><link>{town.base}</link>{items}</channel></rss>'
    )
    return b'<?xml version="1.0" encoding="iso-8859-1"?>\n' + text.encode("iso-8859-1", "xmlcharrefreplace")


def _rdf(town: Town, papers: list[Paper]) -> bytes:
    items = "".join(
        f'<item rdf:about="{town.base}{_path(paper)}"><title>{escape(paper.title)}</title><link>{_path(paper)}</link>'
        f"<dc:date>{paper.uploaded}Z</dc:date></item>"
        for paper in papers
    )
    names = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    head = f'<channel rdf:about="{town.base}"><title>{escape(town.name)}</title></channel>'
    return b"\xef\xbb\xbf" + f'<rdf:RDF {names} xmlns="http://purl.org/rss/1.0/">{head}{items}</rdf:RDF>'.encode()


def _atom(town: Town, papers: list[Paper]) -> bytes:
    entries = "".join(
        f"<entry><id>tag:{town.code},2026:{number(paper.key)}</id><title>{escape(paper.title)}</title>"
        f'<link rel="alternate" href="{_path(paper)}"/><published>2026-01-01T00:00:00Z</published>'
        f"<updated>{paper.uploaded}Z</updated></entry>"
        for paper in papers
    )
    head = f"<title>{escape(town.name)}</title><id>urn:{town.code}</id><updated>2026-06-01T00:00:00Z</updated>"
    return f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">{head}{entries}</feed>'.encode()
