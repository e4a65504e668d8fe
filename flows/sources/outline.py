"""The headings of a page (rubriker): under which of them its links stand, folded panels and tabs told as what they are.

A heading holds until the next one of its level. The head of a panel (accordion, tab, details) holds for all that its
panel has, however it is nested, and for nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flows.sources.pages import text_of

_LONGEST = 160  # characters: more is no heading
_LEVELS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6, "caption": 7}
_FOLDED = 8  # a panel's head whose panel is not told, and a line in bold
_HEADER = re.compile(
    r"\b(?:env-)?(?:collapse|accordion|collapsible|expand)[\w-]*(?:header|heading|toggle|button|title)\b"
)
_OUTSIDE = ("nav", "footer", "header")
_STOPS = ("a", "script", "tr")


@dataclass(frozen=True, slots=True)
class Place:
    """An element and the headings above it, the outermost first."""

    element: Any
    headings: tuple[str, ...]


def places(root: Any) -> Iterator[Place]:
    """Every link, script, row of a table and heading of a page, in order; navigation and feet left out."""
    main = next((found for path in ("main", "*[@role='main']") if (found := root.find(f".//{path}")) is not None), root)
    heads = _panels(main)
    yield from _walk(main, (), [], heads)


def _panels(root: Any) -> dict[str, str]:
    """What stands on the head of each panel that something opens, by the panel's id."""
    found: dict[str, str] = {}
    for element in root.iter("a", "button", "div", "span", "li", "h2", "h3", "h4", "h5", "summary"):
        told = element.get("aria-controls") or element.get("data-target") or element.get("data-bs-target") or ""
        if not told and _HEADER.search(element.get("class") or "") and (element.get("href") or "").startswith("#"):
            told = element.get("href")
        text = text_of(element)
        if told and text and len(text) <= _LONGEST:
            found.setdefault(told.lstrip("#"), text)
    return found


def _walk(element: Any, above: tuple[str, ...], here: list[tuple[int, str]], heads: dict[str, str]) -> Iterator[Place]:
    """`above` are the heads of the panels around; `here` the headings since the innermost of them began."""
    for child in element:
        if not isinstance(child.tag, str) or child.tag in _OUTSIDE:
            continue
        level, text = _heading(child, heads)
        if level:
            while here and here[-1][0] >= level:
                here.pop()
            here.append((level, text))
            yield Place(child, (*above, *(text for _, text in here)))
        elif child.tag in _STOPS:
            yield Place(child, (*above, *(text for _, text in here)))
        head = heads.get(child.get("id") or "") or (_summary(child) if child.tag == "details" else "")
        if head:
            outer = (*above, *(text for _, text in here))
            yield Place(child, (*outer, head))
            yield from _walk(child, (*outer, head), [], heads)
        else:
            yield from _walk(child, above, here, heads)


def _heading(element: Any, heads: dict[str, str]) -> tuple[int, str]:
    """The level of a heading and its words; 0 where it is none, or the head of a panel, which holds for that alone."""
    level = _LEVELS.get(element.tag, 0)
    if not level and element.tag == "p" and len(element) == 1 and element[0].tag in ("strong", "b"):
        level = _FOLDED if text_of(element) == text_of(element[0]) else 0
    if not level and (element.get("role") == "heading" or _HEADER.search(element.get("class") or "")):
        level = _FOLDED
    if not level or element.tag == "summary":
        return 0, ""
    text = text_of(element)
    if not text or len(text) > _LONGEST or text in heads.values():
        return 0, ""
    return level, text


def _summary(details: Any) -> str:
    found = details.find("summary")
    return text_of(found)[:_LONGEST] if found is not None else ""
