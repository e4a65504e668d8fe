"""A sitemap (webbkarta): the addresses that a site lists for search engines, with the day of their last change.

    where = { url = "https://www.example.se/sitemap.xml", papers = ["/protokoll/.*\\.pdf$"] }

A sitemap may be an index of others, and packed (gz). `papers` are patterns of addresses; `sitemaps` of those of the
index that are opened.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Annotated, Any

from lxml import etree
from pydantic import Field

from extractors.model import WAITS, Unreadable
from flows.guest import Guest, Page
from flows.sources import Fetched, Trouble, keys, pages, titles
from flows.sources.platforms import Address, Pattern, Site
from flows.sources.platforms import Where as Base
from index.listed import Listed, Meeting

_LARGEST = 100 << 20  # bytes; the protocol of sitemaps says 50 MB
_DEEPEST = 3  # indexes within indexes


class Where(Base):
    url: Address
    papers: Annotated[tuple[Pattern, ...], Field(min_length=1)]
    sitemaps: tuple[Pattern, ...] = ()
    kind: str | None = None


def listing(site: Site, guest: Guest) -> Iterator[Listed | Meeting | Trouble]:
    """Every address that is a paper. A sitemap of the index that cannot be had is a Trouble."""
    seen, papers, troubles = 0, 0, 0
    for found in _addresses(site.where, guest, site.where.url, set()):
        if isinstance(found, Trouble):
            troubles += 1
            yield found
            continue
        url, changed = found
        seen += 1
        if any(re.search(pattern, url) for pattern in site.where.papers):
            papers += 1
            day = titles.day(titles.words(url))
            if site.since and day and day < site.since.isoformat():
                continue
            title = titles.words(url)
            kind = site.where.kind or titles.kind(title)
            stamp = f"lastmod {changed}" if changed else keys.stamp_of(url)
            yield Listed(site.name, keys.key_of(url), url, title, site.municipality, site.body, day, stamp, kind)
    if not papers and not troubles:
        patterns = ", ".join(site.where.papers)
        yield Trouble(site.where.url, f"expected addresses like {patterns}, found none among {seen}")


def fetch(site: Site, guest: Guest, listed: Listed, stamp: str | None) -> Fetched:
    """One paper, which may be a web page."""
    return guest.fetch(listed.url, stamp)


def _addresses(
    where: Where, guest: Guest, url: str, opened: set[str], depth: int = 0
) -> Iterator[tuple[str, str | None] | Trouble]:
    """Each address with its last change, from a sitemap and those that it names."""
    opened.add(url)
    try:
        root = _tree(guest.page(url))
    except Unreadable as unreadable:
        yield Trouble(url, unreadable.reason, waits=unreadable.stage == WAITS)
        return
    is_index = etree.QName(root).localname == "sitemapindex"
    for entry in root.iterchildren("{*}sitemap" if is_index else "{*}url"):
        address = pages.resolved(_child(entry, "loc"), url)
        if not address:
            yield Trouble(url, f"expected an address, found {_child(entry, 'loc')!r}")
        elif not is_index:
            yield address, _child(entry, "lastmod") or None
        elif address not in opened and _is_wanted(where, address):
            if depth == _DEEPEST:
                yield Trouble(address, f"more than {_DEEPEST} indexes of sitemaps within one another")
            else:
                yield from _addresses(where, guest, address, opened, depth + 1)


def _is_wanted(where: Where, address: str) -> bool:
    return not where.sitemaps or any(re.search(pattern, address) for pattern in where.sitemaps)


def _child(entry: Any, name: str) -> str:
    return (entry.findtext(f"{{*}}{name}") or "").strip()


def _tree(page: Page) -> Any:
    """The sitemap as lxml has it. Raises Unreadable where it is none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(_unpacked(page.data).strip(), parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable("list", f"expected a sitemap, found what is no XML: {error.msg}") from None
    if etree.QName(root).localname not in ("sitemapindex", "urlset"):
        raise Unreadable("list", f"expected a sitemap (urlset or sitemapindex), found <{etree.QName(root).localname}>")
    return root


def _unpacked(data: bytes) -> bytes:
    if not data.startswith(b"\x1f\x8b"):
        return data
    unpack = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        plain = unpack.decompress(data, _LARGEST)
    except zlib.error:
        raise Unreadable("list", "the sitemap's gz is damaged") from None
    if unpack.unconsumed_tail:
        raise Unreadable("list", f"the sitemap is larger than {_LARGEST >> 20} MB")
    if not unpack.eof:
        raise Unreadable("list", "the sitemap's gz is cut short")
    return plain
