"""Codes of local parties that only the paper itself tells: its lists of people, and names that it shortens."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import lru_cache

from extractors import lexicon, names

_NATIONAL = frozenset(lexicon.load("parties")["national"])
_TITLES = frozenset(lexicon.load("parties")["not_codes"]["words"])
_OTHERS = _TITLES.union(lexicon.load("case_numbers")["units"])
_BRACKET = re.compile(r"\(\s?(?P<code>[A-ZÅÄÖa-zåäö][A-Za-zÅÄÖåäö.-]{0,5}|[-–—−])\s?\)")
_NAME = re.compile(  # Sundbypartiet · Mjölkdemokraterna · Sundby Lokalparti
    r"""(?<![\w-])(?P<name>(?:[A-ZÅÄÖ][\w-]*[ ]){0,2}[A-ZÅÄÖ][\w-]*?
        (?P<end>partiet|partiets|parti|demokraterna|demokraternas|listan|listans|alternativet|initiativet))(?![\w-])""",
    re.VERBOSE,
)
_BEHIND = re.compile(r",?[ ](?P<name>[A-ZÅÄÖ][\w-]+(?:[ ](?:(?:i|för|och)[ ])?[A-ZÅÄÖ][\w-]+){1,3})")
_ACTS = re.compile(  # what somebody with a party does
    r"\s(?:har\s)?(?:yrka[rt]|yrkade|reservera[rt]|reserverade|instämmer|instämde|interpellera|anmäl(?:er|de|t)\s(?:ett\s)?yrkande"
    r"|tjänstgör|ersätter|röstar|röstade|avstår|avstod|föreslår|föreslog)\b"
)
_LEADERS = re.compile(r"[._…\s]{4,}")
_NEAR = 70  # characters between two members of a list
_SENTENCE = re.compile(r"(?<!ordf)(?<!\bers)[.:!?]\s")
_FEW = 2  # codes of parties all over the country in small letters that show how a paper writes


@lru_cache(maxsize=8)
def known_codes(text: str) -> frozenset[str]:
    """The codes after people's names, as printed, that this paper uses for local parties, and hardly for anything else.

    After two different names, or after one beside members of parties all over the country, or short for a party named.

    >>> sorted(known_codes("Mia Ek (FNH)\\nBo Berg (FNH), ordförande\\nAnna Ek (S)\\nLagen (PBL) och Plan Ett (PBL)"))
    ['FNH']
    >>> sorted(known_codes("Mia Ek (FNH), Anna Ek (S)")), sorted(known_codes("Sundbypartiet ... Mia Ek (SBP)"))
    (['FNH'], ['SBP'])
    """
    brackets = list(_BRACKET.finditer(text))
    small = _in_small_letters(brackets)
    people: defaultdict[str, set[str]] = defaultdict(set)
    sure: set[str] = set()
    times: Counter[str] = Counter()
    for at, match in enumerate(brackets):
        code = match["code"]
        if not _may_be(code, small):
            continue
        times[code] += 1
        if name := names.before(text, match.start()):
            people[code].add(names.plain(text[slice(*name)]))
            if _is_told(text, brackets, at, name):
                sure.add(code)
    sure |= {code for code in people if code.upper() not in _OTHERS and _is_short_for(code, _called(text))}
    folded = " ".join(text.split())
    return frozenset(
        code
        for code, who in people.items()
        if (len(who) > 1 or code in sure) and _times(folded, code, who) * 5 >= times[code] * 4
    )


def _in_small_letters(brackets: list[re.Match[str]]) -> bool:
    """Whether the paper writes codes in small letters: (s), (m)."""
    national = [match["code"] for match in brackets if match["code"].upper() in _NATIONAL]
    small = sum(1 for code in national if code.islower())
    return small >= _FEW and small * 2 > len(national)


def _may_be(code: str, small: bool) -> bool:
    if code.upper() in _NATIONAL or not code[0].isalpha() or len(code) > 5:
        return False
    return not code.islower() or (small and len(code) > 1)


def _is_told(text: str, brackets: list[re.Match[str]], at: int, name: tuple[int, int]) -> bool:
    """Whether one place is enough: a list of members, what only the elected do, or the party's name beside its code.

    A name that begins with a first name in common use needs less company, and a code that is a unit's elsewhere more.
    """
    own = brackets[at]
    unit, called = own["code"].upper() in _OTHERS, names.has_first_name(text[slice(*name)])
    if own["code"].upper() in _TITLES or not (called or not unit):
        return False
    beside = _beside(text, brackets, at)
    if beside == 2 or _explained(text, own):
        return True
    if unit or not called or len(own["code"]) == 1:
        return False
    return beside > 0 or _ACTS.match(text, own.end()) is not None


def _beside(text: str, brackets: list[re.Match[str]], at: int) -> int:
    """Beside how many codes of parties all over the country a code stands in a list."""
    own, beside = brackets[at], 0
    for other in (*brackets[max(0, at - 1) : at], *brackets[at + 1 : at + 2]):
        first, second = (other, own) if other.start() < own.start() else (own, other)
        between = _LEADERS.sub("", text[first.end() : second.start()])
        beside += other["code"].upper() in _NATIONAL and len(between) < _NEAR and not _SENTENCE.search(between)
    return beside


def _explained(text: str, own: re.Match[str]) -> bool:
    """ "(SkF), Skövdes Framtid": a name behind the code has its letters at the beginning of its words."""
    match = _BEHIND.match(text, own.end())
    initials = "".join(word[0] for word in match["name"].split() if word[0].isupper()) if match else ""
    return len(initials) > 1 and initials == "".join(letter for letter in own["code"] if letter.isupper())


@lru_cache(maxsize=8)
def _called(text: str) -> tuple[str, ...]:
    """The parties that the paper names in words and that no list of ours knows by that name alone."""
    found = {match["name"] for match in _NAME.finditer(text)}
    return tuple(sorted(name for name in found if name.removesuffix("s") not in _in_lexicon()))


@lru_cache(maxsize=1)
def _in_lexicon() -> frozenset[str]:
    return frozenset(name for called in lexicon.load("parties")["national"].values() for name in called)


def _is_short_for(code: str, called: tuple[str, ...]) -> bool:
    """Whether a code shortens one of these names: it begins as the name does and its letters come in that order.

    >>> [_is_short_for(code, ("Sundbypartiet", "Mjölkdemokraterna")) for code in ("MD", "SP", "SBP", "SD")]
    [True, True, True, False]
    """
    return any(_shortens(code.lower(), name) for name in called)


def _shortens(code: str, name: str) -> bool:
    match = _NAME.match(name)
    end = (match["end"] if match else None) or ""
    if not end or code[0] != name[0].lower() or code[-1] != end[0]:
        return False
    letters = iter(name.lower()[: len(name) - len(end)])
    return all(letter in letters for letter in code[:-1])


def _times(text: str, code: str, who: set[str]) -> int:
    """How many times the code stands after one of these names, or after the party's own."""
    own = sum(text.count(f"{name} ({code})") for name in _called(text) if _shortens(code.lower(), name))
    return own + sum(text.count(f"{name} ({code})") for name in who)
