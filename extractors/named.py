"""People with a party after their name ("Anna Berg (S)"), as votes and reservations list them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.parties import usual

_WORD = r"[A-ZÅÄÖÉÜØ][\wåäöéüèáñćčšžłøæ’'-]+\.?|[A-ZÅÄÖ]{1,3}\.?(?=\s[A-ZÅÄÖ])"
_NAMED = re.compile(
    rf"(?P<name>(?:{_WORD})(?:\s+(?:{_WORD}|von|af|de|di|van|der|la|le|el|al|bin|ben|da|dos)){{0,6}})\s*"
    r"(?:m\.?\s?fl\.?\s*|med\sfler[ae]\s*)?\((?:(?:båda|bägge|samtliga|alla)\s)?(?P<party>[A-ZÅÄÖa-zåäö]{1,6}|[-–—])\)"
)
_SHARED = re.compile(r"\(\s?(?:båda|bägge|samtliga|alla)\s")  # one code for all whose names stand before it
_CODE = re.compile(r"\((?:\w+\s)?(?:[A-ZÅÄÖa-zåäö]{1,6}|[-–—])\)")
_LONGEST = 120  # characters of a name and what stands between it and its code
NAME = rf"(?:{_WORD})(?:[ \t]+(?:{_WORD}|von|af|de|di|van|der|la|le|el|al|bin|ben|da|dos)){{0,6}}"
_JOINED = re.compile(rf"(?P<name>{NAME})(?:,\s+|,?\s+(?:och|samt)\s+)")  # "Ali Ro och" before the next name
_WHOLE = re.compile(rf"(?!\S+$){NAME}")
_ROLES = re.compile(
    r"^(?:(?:Ordförande[n]?|Tjänstgörande|Ersättar(?:e|en|na)|Ledamot|Ledamoten|Ledamöterna|Vice|Förste|Andre|Tredje|Kommunalrådet"
    r"|Oppositionsrådet|Och|Samt|Beslut|Reservation(?:er)?|Röstar|Mot|Även|Därutöver|Vidare)\s+)+"
)


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody named with a party: where in the text, the name, the party's code."""

    start: int
    end: int
    name: str
    party: str


def named(text: str) -> Iterator[Named]:
    """Everybody named with a party, in order; line breaks within a name are folded.

    >>> [(n.name, n.party) for n in named("tjänstgörande ersättaren Bo Ek\\nLind (m) samt Eva Ås (-)")]
    [('Bo Ek Lind', 'M'), ('Eva Ås', '-')]
    >>> [(n.name, n.party) for n in named("Bo Ek (M), Ali Ro och Eva Ås (båda S)")]
    [('Bo Ek', 'M'), ('Ali Ro', 'S'), ('Eva Ås', 'S')]
    """
    done = 0
    for match in _matches(text):
        party = usual(match["party"])
        for start, end in _sharing(text, done, match):
            if name := _bare(text[start:end]):
                yield Named(start, end, name, party)
        done = match.end()
        if name := _bare(match["name"]):
            yield Named(match.start(), match.end(), name, party)


def _bare(words: str) -> str:
    """A name on one line, without the roles before it."""
    name = " ".join(words.split())
    role = _ROLES.match(name)
    return name[role.end() :] if role else name


def _sharing(text: str, start: int, last: re.Match[str]) -> list[tuple[int, int]]:
    """The names before somebody's that share the code: "Ali Ro, Mia Ek och" before "Eva Ås (alla S)"."""
    if not _SHARED.search(last[0]):
        return []
    found: list[tuple[int, int]] = []
    at = last.start()
    for match in reversed(list(_JOINED.finditer(text, max(start, at - 300), at))):
        if match.end() != at:
            break
        found.append(match.span("name"))
        at = match.start()
    return found[::-1]


def _matches(text: str) -> Iterator[re.Match[str]]:
    """The pattern's matches, looked for right before each code: names are many, and short."""
    done = 0
    for code in _CODE.finditer(text):
        for match in _NAMED.finditer(text, max(done, code.start() - _LONGEST), code.end()):
            done = match.end()
            yield match


def is_name(words: str) -> bool:
    """Whether words are a person's whole name: two or more, each with a capital or a particle.

    >>> is_name("Bo von Ek"), is_name("Ledamot"), is_name("Kommunens svar")
    (True, False, False)
    """
    return bool(_WHOLE.fullmatch(words)) and not _ROLES.match(words + " ")
