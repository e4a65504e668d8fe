"""Where the pages lie (adresser), and how text with marked places is put on one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import quote, urlencode

from markupsafe import Markup, escape

_WORDS = 60  # characters of a find that its address tells


def address(path: str, told: Iterable[tuple[str, object]]) -> str:
    """A path with its parameters.

    >>> address("/", [("q", "skola i Mora"), ("year", 2025)]), address("/", [])
    ('/?q=skola+i+Mora&year=2025', '/')
    """
    asked = urlencode([(name, str(value)) for name, value in told])
    return f"{path}?{asked}" if asked else path


def document(
    sha256: str, item: int | None = None, query: str | Iterable[tuple[str, object]] = "", number: str | None = None
) -> str:
    """The page of a paper, or of one item of it by its place among them.

    The `number` of the § is told too: places are those of one reading, and by its number it is found in the next. The
    question, or all that the address of a search tells, is kept: its words are marked, and the next hit is known.

    >>> document("ab12"), document("ab12", 3, "skola"), document("ab12", 3, [("q", "skola"), ("nr", 7)], "47")
    ('/dokument/ab12', '/dokument/ab12/3?q=skola', '/dokument/ab12/3?par=47&q=skola&nr=7')
    """
    path = f"/dokument/{quote(sha256, safe='')}" + ("" if item is None else f"/{item}")
    told = query if not isinstance(query, str) else [("q", query)] if query else []
    return address(path, [*([("par", number)] if number else []), *told])


def find(sha256: str, item: int, find: int, text: str, number: str | None = None) -> str:
    """The place of a find, told also by the words that it begins with, by which another reading has it.

    >>> find("ab12", 3, 7, "Nämnden avslår motionen.", "47")
    '/dokument/ab12/3?par=47&fynd=7&ord=N%C3%A4mnden+avsl%C3%A5r+motionen.#fynd-7'
    """
    return f"{document(sha256, item, [('fynd', find), ('ord', text[:_WORDS].strip())], number)}#fynd-{find}"


def case(municipality: str, number: str) -> str:
    """The page of a case.

    >>> case("1489", "KS 2026/1")
    '/arende/1489/KS%202026/1'
    """
    return f"/arende/{quote(municipality, safe='')}/{quote(number)}"


def marked(text: str, marks: Sequence[Sequence[int]]) -> Markup:
    """A text with these places marked, everything escaped.

    >>> marked("a < bad", [(4, 7)])
    Markup('a &lt; <mark>bad</mark>')
    """
    told, at = Markup(), 0
    for start, end in sorted((mark[0], mark[1]) for mark in marks):
        if start >= at:
            told += escape(text[at:start]) + Markup("<mark>") + escape(text[start:end]) + Markup("</mark>")
            at = end
    return told + escape(text[at:])
