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
_STOPS = ("a", "script", "tr")


@dataclass(frozen=True, slots=True)
class Place:
    """An element and the headings above it, the outermost first."""

    element: Any
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Panels:
    """What stands on the head of each panel that something opens, by the panel's id; and those heads themselves."""

    heads: dict[str, str]
    openers: frozenset[Any]
    outside: tuple[str, ...]

    def opens(self, element: Any) -> bool:
        """Whether an element is the head of a panel, holds it, or is a part of it."""
        return any(near in self.openers for near in (*element.iter(), *element.iterancestors()))


def places(root: Any) -> Iterator[Place]:
    """Every link, script, row of a table and heading of a page, in order; navigation, head and foot left out."""
    main = next((found for path in ("main", "*[@role='main']") if (found := root.find(f".//{path}")) is not None), None)
    outside = ("nav", "footer", "header") if main is None else ("nav",)
    root = root if main is None else main
    yield from _walk(root, (), [], _panels(root, outside))


def _panels(root: Any, outside: tuple[str, ...]) -> _Panels:
    ids = {element.get("id") for element in root.iter() if isinstance(element.tag, str) and element.get("id")}
    heads: dict[str, str] = {}
    openers = []
    for element in root.iter("a", "button", "div", "span", "li", "h2", "h3", "h4", "h5"):
        told = element.get("aria-controls") or element.get("data-target") or element.get("data-bs-target") or ""
        if not told and _HEADER.search(element.get("class") or "") and (element.get("href") or "").startswith("#"):
            told = element.get("href")
        text, told = text_of(element), told.lstrip("#")
        if told in ids and text and len(text) <= _LONGEST:
            heads.setdefault(told, text)
            openers.append(element)
    return _Panels(heads, frozenset(openers), outside)


def _walk(element: Any, above: tuple[str, ...], here: list[tuple[int, str]], panels: _Panels) -> Iterator[Place]:
    """`above` are the heads of the panels around; `here` the headings since the innermost of them began."""
    for child in element:
        if not isinstance(child.tag, str) or child.tag in panels.outside:
            continue
        level, text = _heading(child, panels)
        if level:
            while here and here[-1][0] >= level:
                here.pop()
            here.append((level, text))
            yield Place(child, (*above, *(text for _, text in here)))
        elif child.tag in _STOPS:
            yield Place(child, (*above, *(text for _, text in here)))
        head = panels.heads.get(child.get("id") or "") or (_summary(child) if child.tag == "details" else "")
        if head:
            outer = (*above, *(text for _, text in here))
            yield Place(child, (*outer, head))
            yield from _walk(child, (*outer, head), [], panels)
        else:
            yield from _walk(child, above, here, panels)


def _heading(element: Any, panels: _Panels) -> tuple[int, str]:
    """The level of a heading and its words; 0 where it is none, or the head of a panel, which holds for that alone."""
    level = _LEVELS.get(element.tag, 0)
    if not level and element.tag == "p" and len(element) == 1 and element[0].tag in ("strong", "b"):
        level = _FOLDED if text_of(element) == text_of(element[0]) else 0
    if not level and (element.get("role") == "heading" or _HEADER.search(element.get("class") or "")):
        level = _FOLDED
    if not level or element.tag == "summary":
        return 0, ""
    text = text_of(element)
    if not text or len(text) > _LONGEST or panels.opens(element):
        return 0, ""
    return level, text


def _summary(details: Any) -> str:
    found = details.find("summary")
    return text_of(found)[:_LONGEST] if found is not None else ""
