"""Parties (partier): codes in brackets, codes in lists, and names; each as its usual code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from extractors import lexicon, names, tokens
from extractors.local_parties import known_codes
from extractors.model import Party, Stretch

_WORDS = lexicon.load("parties")
_NATIONAL = {code: tuple(called) for code, called in _WORDS["national"].items()}
_LOCAL: dict[str, str] = {code.upper() if code.islower() else code: name for code, name in _WORDS["local"].items()}
_DOUBTFUL = frozenset(_WORDS["doubtful"]["codes"])
_USUAL = {code.upper(): code for code in (*_LOCAL, *_NATIONAL)}
_NONE = frozenset("-–—−")  # (-) is a member without party

_BRACKET = re.compile(r"\(\s?(?P<code>[A-ZÅÄÖa-zåäö][A-Za-zÅÄÖåäö.-]{0,5}|[-–—−])\s?\)")
_NATIONAL_CODE = "|".join(sorted(_NATIONAL, key=len, reverse=True))
# V, S och MP · från SD · SD:s: codes without brackets, only in company that leaves no doubt
_LIST = re.compile(
    rf"(?<![\w(/§-])(?P<codes>(?:{_NATIONAL_CODE}|D)(?:(?:,\s|\s(?:och|samt|eller)\s|\+)(?:{_NATIONAL_CODE}|D))+)(?!\w|\)|-\w|\.\d)"
)
_ALONE = re.compile(
    r"(?:\b(?:från|av|för|hos|partiet|partierna|ledamöterna|gruppen)\s(?P<led>SD|KD|MP|S|M|C|V|L)(?![\w)]|:\d|-\w|\s\d|\.\d)"
    r"|(?<![\w(/-])(?P<sure>SD|KD|MP)(?::s)?(?![\w)/-]|\s\d))"
)
_BESIDE = re.compile(r"(?:\b(?:från|för|yttrande|yrkande|reservation)|\((?:[A-Z]{1,2})\)(?:,|\s(?:och|samt))?)\s*$")
_PLAIN = frozenset(_WORDS["plain"]["names"])
_LOCAL_NAMES = ((code, (name,)) for code, name in _LOCAL.items() if name not in _PLAIN)
_NAMES = {name.lower(): code for code, called in (*_LOCAL_NAMES, *_NATIONAL.items()) for name in called}
_BY_FIRST_WORD: dict[str, list[str]] = {}
for _name in sorted(_NAMES, key=len, reverse=True):
    _BY_FIRST_WORD.setdefault(_name.split()[0], []).append(_name)
_SHORTEST = 6  # letters of a name's first word
_NO_MORE = re.compile(r"s?(?!\w)")


def find(stretch: Stretch) -> Iterator[Party]:
    """Every mention of a party, in the order they stand.

    >>> [p.code for p in find(Stretch("Mia Ek (sd) och Bo Ek (-) yrkar bifall till förslaget från V, S och MP"))]
    ['SD', '-', 'V', 'S', 'MP']
    >>> [p.code for p in find(Stretch("enligt SoL (2017:725) och lagen (SoL) säger Liberalernas ledare nej"))]
    ['L']
    """
    text, known = stretch.text, known_codes(stretch.text)
    found = [
        (m.start("code"), m.end("code"), code) for m in _BRACKET.finditer(text) if (code := _bracketed(text, m, known))
    ]
    found += [(*span, code) for span, code in _listed(text)]
    found += _named(text)
    done = 0
    for start, end, code in sorted(found):
        if start >= done:
            done = end
            yield Party(stretch.at(start, end), code, text[start:end])


def usual(code: str) -> str:
    """The usual form of a party's code: sd is SD, örp is ÖrP, an unknown one has capitals, any dash is "-".

    A code with small and capital letters is its own party's, who may write it otherwise than one elsewhere.

    >>> usual("sd"), usual("ÖRP"), usual("–"), usual("XYZ"), usual("fnh"), usual("RoP")
    ('SD', 'ÖrP', '-', 'XYZ', 'FNH', 'RoP')
    """
    if code in _NONE:
        return "-"
    return _USUAL.get(code.upper(), code.upper()) if code.islower() or code.isupper() else code


def of_person(code: str, known: frozenset[str]) -> str | None:
    """The party that a code in brackets after a person's name stands for, None where it is no party's.

    >>> of_person("s", frozenset()), of_person("SoL", frozenset()), of_person("SoL", frozenset({"SoL"}))
    ('S', None, 'SoL')
    """
    if code in known:
        return usual(code)
    form = usual(code)
    if form == "-" or form in _NATIONAL or code == "D":
        return form
    return form if form in _LOCAL and form.upper() not in _DOUBTFUL and code != code.lower() else None


def _bracketed(text: str, match: re.Match[str], known: frozenset[str]) -> str | None:
    """A code in brackets counts after a name, "m.fl.", "båda" and the like; "(S)" after anything else is no party."""
    code, at = of_person(match["code"], known), match.start()
    if code and (names.before(text, at) or names.GROUP_BEFORE.search(text, max(0, at - 30), at)):
        return code
    return code if match["code"] in _NATIONAL and _BESIDE.search(text, max(0, at - 30), at) else None


def _named(text: str) -> Iterator[tuple[int, int, str]]:
    """Parties by name; small letters will do for those of the whole country, and -s for the genitive is no part."""
    for at, word, called in tokens.meaning(text, _begins):
        for name in called:
            end, code = at + len(name), _NAMES[name]
            if text[at:end].lower() == name and _NO_MORE.match(text[end : end + 2]):
                if word[0].isupper() or (code in _NATIONAL and name != "demokraterna"):
                    yield at, end, code
                break


@lru_cache(maxsize=65_536)
def _begins(word: str) -> tuple[str, ...] | None:
    """The names that can begin with this word."""
    first = word.partition("-")[0].lower()
    if len(first) < _SHORTEST:
        return None
    return (*_BY_FIRST_WORD.get(first, ()), *_BY_FIRST_WORD.get(first.removesuffix("s"), ())) or None


def _listed(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    for match in _LIST.finditer(text):
        for code in re.finditer(r"[A-Z]+", match["codes"]):
            yield (match.start() + code.start(), match.start() + code.end()), code[0]
    for match in _ALONE.finditer(text):
        group = "led" if match["led"] else "sure"
        yield match.span(group), match[group]
