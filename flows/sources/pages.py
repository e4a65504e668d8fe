"""Pages of HTML that list papers (listsidor): their links with all that is said of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import lxml.html
from lxml.etree import ParserError

from flows.guest import Page
from flows.sources import titles

_DEAD = ("javascript:", "mailto:", "tel:", "data:", "#")
_ROWS = ("tr", "li", "article", "dd")


@dataclass(frozen=True, slots=True)
class Link:
    """A link: its whole address, "" where it leads nowhere yet, and its words; `said` is its label or title as well."""

    url: str
    text: str
    said: str
    element: Any

    @property
    def path(self) -> str:
        return urlsplit(self.url).path


def tree(page: Page) -> Any:
    """The page as lxml has it. An empty one is an empty tree."""
    text = page.text.replace("\0", "")
    if text.lstrip().startswith("<?xml"):  # lxml wants no text that tells its own encoding
        text = text.partition("?>")[2]
    try:
        return lxml.html.document_fromstring(text)
    except (ParserError, ValueError):
        return lxml.html.document_fromstring("<html><body></body></html>")


def links(page: Page, within: Any = None) -> Iterator[Link]:
    """Every link of a page or of a part of it, in order; those that lead nowhere (javascript:void(0)) too."""
    root = tree(page) if within is None else within
    base = base_of(page, root)
    for element in root.iter("a"):
        yield link(element, base)


def link(element: Any, base: str) -> Link:
    """An <a> as a link."""
    text = text_of(element)
    said = " ".join(
        dict.fromkeys(filter(None, (text, *(_attribute(element, name) for name in ("aria-label", "title")))))
    )
    return Link(resolved(_attribute(element, "href"), base), text, said, element)


def base_of(page: Page, root: Any) -> str:
    """What relative addresses start from: the page's own address, or what its <base> says."""
    told = root.getroottree().find(".//base[@href]")
    return page.url if told is None else resolved(told.get("href"), page.url) or page.url


def resolved(href: str, base: str) -> str:
    """The whole address; "" where it leads nowhere.

    >>> resolved("../a.pdf", "https://x.example/b/c"), resolved(" javascript:void(0);", "https://x.example/")
    ('https://x.example/a.pdf', '')
    """
    href = "".join(href.split("\n")).strip()
    if not href or href.lower().startswith(_DEAD):
        return ""
    try:
        url = urljoin(base, href)
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url.partition("#")[0] if parts.scheme in ("http", "https") and parts.hostname else ""


def text_of(element: Any) -> str:
    """What an element says, in one line."""
    return " ".join(" ".join(element.itertext()).split()) if isinstance(element.tag, str) else ""


def row_of(element: Any) -> Any:
    """The row of a table or list that an element stands in, None where it stands in none."""
    return next((above for above in element.iterancestors(*_ROWS)), None)


def title_of(root: Any) -> str:
    """What a page calls itself: its first heading, else its title."""
    for tag in ("h1", "title"):
        if (found := root.find(f".//{tag}")) is not None and (text := text_of(found)):
            return text
    return ""


def found_instead(page: Page) -> str:
    """What stands there, for who expected something else: "3 links under 'Logga in'"."""
    root = tree(page)
    count, title = sum(1 for _ in root.iter("a")), titles.tidy(title_of(root))[:80]
    return f"{count} links under {title!r}" if title else f"{count} links on a page without a title"


def _attribute(element: Any, name: str) -> str:
    return " ".join((element.get(name) or "").split())
