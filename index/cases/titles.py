"""Whether two titles are of one matter (rubriker), who asked and how it is put left aside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from index import words

_ENOUGH = 3  # words of its own that a title must have to tell a matter by itself
_SAME = 0.75  # of the stems of two titles, the share that both must have to be one matter
_NEAR = 0.5  # ... of the shorter one's, where a reference says so already
_PERSON = re.compile(
    r"(?:(?:[A-ZÅÄÖ][\wé’'-]+|von|af|de|ben)\s+){1,5}\((?:[A-ZÅÄÖ][\wÅÄÖåäö]{0,5}|-)\)(?:,|\s+och|\s+m\.?\s?fl\.?)*"
)
_NUMBER = re.compile(r"\d+")
# How a matter is put, and before whom: the same words stand in the titles of all
_FRAME = words.stems(
    "svar motion motionssvar interpellation interpellationssvar fråga enkel yttrande remiss förslag beslut ärende"
    " initiativ initiativärende nämndinitiativ initiativet motionen gällande angående avseende rörande flera väckt"
    " kommun stad kommuns stads kommunen staden kommunstyrelsen kommunstyrelse kommunfullmäktige fullmäktige nämnd"
    " nämnden arbetsutskott ordförande år tjänsteutlåtande tjänsteskrivelse protokoll protokollsutdrag antagande"
)


@dataclass(frozen=True, slots=True)
class Matter:
    """What a title says: its stems, how many words of its own it has, the longest of them, and its figures."""

    stems: frozenset[str]
    count: int
    longest: str
    figures: frozenset[str]


@lru_cache(maxsize=65_536)  # the same titles come again from paper to paper
def matter(title: str) -> Matter:
    """What a title says.

    >>> made = matter("Svar på motion om cykelgarage vid stationen - Eva Ek (S) med flera")
    >>> sorted(made.stems), made.count
    (['cykel', 'cykelgarag', 'garag', 'station'], 2)
    """
    text = _PERSON.sub(" ", " ".join(title.split()))
    told = [(word, words.stems(word) - _FRAME) for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text)]
    own = [(word, stems) for word, stems in told if stems]
    stems = frozenset().union(*(stems for _, stems in own))
    longest = max((word for word, _ in own), key=len, default="")
    return Matter(stems, len({min(stems) for _, stems in own}), longest, frozenset(_NUMBER.findall(text)))


def same(one: str, other: str) -> bool:
    """Whether two titles alone tell that it is one matter.

    >>> same("Motion om att stärka stödet till körerna", "Svar på motion gällande stärkt stöd till körerna")
    True
    >>> same("Markanvisning Kvarnbacken etapp 4 norr", "Markanvisning Kvarnbacken etapp 5 norr")
    False
    >>> same("Delårsrapport", "Delårsrapport")
    False
    """
    first, second = matter(one), matter(other)
    if min(first.count, second.count) < _ENOUGH or _differ(first.figures, second.figures):
        return False
    return _share(first, second, len(first.stems | second.stems)) >= _SAME


def tells(title: str) -> bool:
    """Whether a title has enough words of its own to tell a matter."""
    return matter(title).count >= _ENOUGH


def near(one: str | None, other: str | None) -> bool:
    """Whether two titles may be of one matter, where something else says that they are.

    >>> near("Avgifter för folköl och tobak", "Avgifter för läkemedel, folköl, tobak"), near("Taxa", None)
    (True, False)
    """
    first, second = matter(one or ""), matter(other or "")
    if not first.stems or not second.stems:
        return False
    return _share(first, second, min(len(first.stems), len(second.stems))) >= _NEAR


def _differ(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether both have figures, and each some that the other lacks: another year, another stage."""
    return bool(one - other) and bool(other - one)


def _share(first: Matter, second: Matter, of: int) -> float:
    return len(first.stems & second.stems) / max(1, of)
