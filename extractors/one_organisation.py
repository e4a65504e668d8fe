"""Which names of a paper are one organisation's: in short and in full, in capitals, in the genitive, by letters."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from extractors import organisation_patterns as made_of
from extractors.organisation_names import Named

_LETTERS = re.compile(r"\s\(([A-ZÅÄÖ][A-ZÅÄÖa-zåäö]{1,7})\)")
_OWNED = re.compile(r"(?:nämndens|styrelsens|fullmäktiges) (?P<what>.+)$")
_INSIDE = re.compile(r"(?:(?<![\w-])[a-zåäö][\w-]*|,)\s$")
_ENDS = (*made_of.DEFINITE["body"], "direktionen")
_FORM = re.compile(rf" (?:{'|'.join(made_of.FORMS)})$")
_BEFORE = re.compile(r"(?:^|[^\w-])$")
_AFTER = re.compile(r"s?(?![\w-]| [A-ZÅÄÖ])")
_BY_OWNERS = ("company", "association")

_Name = tuple[str, str]  # name and kind


def in_full(found: Sequence[Named], text: str, body: str | None) -> list[Named]:
    """The same finds, each with the fullest name that the paper has of it. `body` is the one whose paper it is.

    >>> text = "Kommunstyrelsens arbetsutskott sammanträder. Arbetsutskottet beslutar"
    >>> found = [Named(0, 30, text[:30], "body"), Named(45, 60, "Arbetsutskottet", "body")]
    >>> [one.name for one in in_full(found, text, None)]
    ['Kommunstyrelsens arbetsutskott', 'Kommunstyrelsens arbetsutskott']
    """
    found = _renamed(found, dict(_spelled(_names(found))))
    found = _renamed(found, dict(_owning(_names(found))))
    found = _renamed(found, dict(_by_letters(found, text)))
    names = list(dict.fromkeys([*_names(found), *([(body, "body")] if body else [])]))
    found = _renamed(found, dict(_short(names, set(_inside(found, text)))))
    more = list(_without_form(found, text))
    if body and not any(one.name == body for one in found):
        more += _own(body, text)
    return sorted([*found, *more], key=lambda one: one.start)


def _without_form(found: Sequence[Named], text: str) -> Iterator[Named]:
    """Where companies are named without their form: "Sundby Energi" of Sundby Energi AB."""
    taken = sorted((one.start, one.end) for one in found)
    for full, kind in _names(found):
        short = _FORM.sub("", full)
        if kind != "company" or short == full or (" " not in short and len(short) < 6):
            continue
        for at in _places(short, text):
            before = bisect_left(taken, (at + 1,)) - 1
            if before < 0 or taken[before][1] <= at:
                yield Named(at, at + len(short), full, kind)


def _places(name: str, text: str) -> Iterator[int]:
    """Where the name stands as whole words, in the genitive or not, with no capital beside it."""
    at = text.find(name)
    while at >= 0:
        if _BEFORE.search(text, max(0, at - 3), at) and _AFTER.match(text, at + len(name)):
            yield at
        at = text.find(name, at + len(name))


def _own(body: str, text: str) -> Iterator[Named]:
    """Where the paper's own body, whose name stands only in its margins, is called by the end of it: "fullmäktige"."""
    end = next((end for end in _ENDS if body.lower().endswith(end)), None)
    for match in re.finditer(rf"(?i)\b{end}(?=s?\b)", text) if end else ():
        yield Named(match.start(), match.end(), body, "body")


def _names(found: Sequence[Named]) -> list[_Name]:
    return list(dict.fromkeys((one.name, one.kind) for one in found))


def _renamed(found: Sequence[Named], full: dict[_Name, _Name]) -> list[Named]:
    named = [(one, full.get((one.name, one.kind))) for one in found]
    return [replace(one, name=fuller[0], kind=fuller[1]) if fuller else one for one, fuller in named]


def _spelled(names: list[_Name]) -> Iterator[tuple[_Name, _Name]]:
    """Other spellings with capitals and small letters are as first printed, but not in capitals."""
    first: dict[str, _Name] = {}
    for name in sorted(names, key=lambda name: name[0].isupper()):
        if (other := first.setdefault(name[0].casefold(), name)) != name:
            yield name, other


def _owning(names: list[_Name]) -> Iterator[tuple[_Name, _Name]]:
    """A company's or association's genitive, where its nominative is told too."""
    for name, kind in names:
        if name.endswith("s") and (name[:-1], kind) in names:
            yield (name, kind), (name[:-1], kind)


def _by_letters(found: Sequence[Named], text: str) -> Iterator[tuple[_Name, _Name]]:
    """Letters that stand in brackets after a name: "Sundby Energi och Miljö AB (SEMAB)"."""
    told = {}
    for one in found:
        if match := _LETTERS.match(text, one.end):
            told[match[1]] = (one.name, one.kind)
    for name, kind in _names(found):
        if name in told:
            yield (name, kind), told[name]


def _inside(found: Sequence[Named], text: str) -> Iterator[_Name]:
    """Those that stand somewhere inside a sentence, where the word before is certainly not of the name."""
    for one in found:
        if _INSIDE.search(text, max(0, one.start - 30), one.start):
            yield one.name, one.kind


def _short(names: list[_Name], inside: set[_Name]) -> Iterator[tuple[_Name, _Name]]:
    """A name in short is the full one, where there is just one that it can be."""
    told, fuller = set(names), defaultdict[_Name, list[_Name]](list)
    for full in names:
        for short in told.intersection(_in_short(*full)):
            fuller[short].append(full)
    for short in names:
        fullest = [full for full in fuller[short] if not fuller[full]]
        if len(fullest) != 1:
            continue
        (full,) = fullest
        if full[0].endswith(short[0]) and short in inside and full not in inside:
            yield full, short  # "Ansökan Sundby IF" in a heading: the first word is not of the name
        else:
            yield short, full


def _in_short(name: str, kind: str) -> Iterator[_Name]:
    """What an organisation of that name may be called where it has been named in full."""
    words = name.split(" ")
    heads = [" ".join(words[:at]) for at in range(1, len(words))]
    if kind in _BY_OWNERS:
        tails = [" ".join(words[at:]) for at in range(1, len(words))]
        yield from product((*tails, *(head for head in heads if " " not in head.removesuffix(" AB"))), _BY_OWNERS)
        return
    if kind == "authority":
        yield from ((head, kind) for head in heads)
    else:
        yield from ((head, kind) for head, after in zip(heads, words[1:], strict=True) if after == "och")
    if owned := _OWNED.search(name):
        what = owned["what"][0].upper() + owned["what"][1:]
        yield from ((end, kind) for end in (f"{what}et", f"{what}en", f"{what.removesuffix('um')}et"))
