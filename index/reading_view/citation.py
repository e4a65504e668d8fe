"""How a paper, or one § of it, is cited (källhänvisning). The words are Swedish, as the paper is."""

from __future__ import annotations

import re
import unicodedata

from extractors.model import Item
from index.listed import MEETING_KINDS, Identity

_KINDS = {
    "protocol": "protokoll", "protocol_extract": "protokollsutdrag", "motion": "motion",
    "statement": "tjänsteskrivelse", "agenda": "kallelse", "interpellation": "interpellation", "news": "nyhet",
}  # fmt: skip
_SPECIAL = re.compile(r"[\\{}%&#$_~^]")
_TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def citation(identity: Identity, item: Item | None = None) -> str:
    """One line: who, which paper, which day, which §.

    >>> from extractors.model import Municipality
    >>> citation(Identity("protocol", Municipality("1489", "Alingsås"), "Kommunstyrelsen", "2026-06-15"))
    'Kommunstyrelsen i Alingsås, protokoll 2026-06-15'
    """
    parts = [part for part in (_who(identity), _paper(identity)) if part]
    if item and item.number:
        parts.append(f"§ {item.number}")
    else:
        is_meeting = identity.kind in MEETING_KINDS and not item  # its title says no more than body and day
        title = "" if is_meeting else (item and item.title) or identity.title
        parts += [f"”{_line(title)}”"] if title else []
    return _capital(", ".join(parts))


def bibtex(identity: Identity, item: Item | None, address: str) -> str:
    """The same as an entry of a BibTeX file."""
    title = (item and item.title) or identity.title
    place = _capital(_paper(identity)) + (f", § {item.number}" if item and item.number else "")
    fields = {
        "author": "{" + _tex(_who(identity)) + "}" if _who(identity) else "",
        "title": _tex(f"{place}: {_line(title)}" if title else place),
        "date": identity.date or "",
        "howpublished": _tex(_capital(kind(identity))),
        "url": re.sub(r"[{}\\\s]", "", address),
    }
    rows = "".join(f",\n  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{{_key(identity, item)}{rows}\n}}\n"


def kind(identity: Identity) -> str:
    """The kind of a paper in a word of the trade."""
    return _KINDS.get(identity.kind or "", "handling")


def _paper(identity: Identity) -> str:
    return f"{kind(identity)} {identity.date}" if identity.date else kind(identity)


def _who(identity: Identity) -> str:
    """The body and its municipality, "" where neither is known."""
    place = identity.municipality.name if identity.municipality else ""
    body = identity.body or ""
    if place and body and place.casefold() not in body.casefold():
        return f"{body} i {place}"
    return body or (f"{place}s kommun" if place and place[-1] not in "sxz" else f"{place} kommun" if place else "")


def _key(identity: Identity, item: Item | None) -> str:
    place = identity.municipality.name if identity.municipality else ""
    parts = (place, identity.body, identity.date, item and item.number)
    plain = unicodedata.normalize("NFKD", " ".join(part for part in parts if part)).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower())) or "paragraf"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _line(text: str) -> str:
    return " ".join(text.split())


def _tex(text: str) -> str:
    return _SPECIAL.sub(lambda match: _TEX.get(match[0], "\\" + match[0]), text)
