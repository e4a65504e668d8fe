"""What a sum of money is (ändamål): grant, budget, cost ..., and per what it is counted, by the words around it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractors import lexicon

_WORDS = lexicon.load("amounts")
_any = lexicon.any_of
_BEFORE, _AFTER = 220, 60  # characters around a sum that are read; its sentence ends earlier

_ENDING = (
    r"(?:s|n|t|a|r|d|de|e|et|en|er|ar|or|as|es|at|ad|ts|na|ets|ens|ers|ats|ade|des|ades|erna|arna|orna|ernas|arnas"
    r"|ornas)?"
)


def _parts(words: dict[str, list[str]]) -> str:
    return "|".join(f"(?P<{role}>{_any(parts)})" for role, parts in words.items())


_LAST = re.compile(rf"(?:{_parts(_WORDS['roles'])}){_ENDING}(?![\w-])", re.IGNORECASE)
_WHOLE = re.compile(rf"(?<![\w-])(?:{_parts(_WORDS['whole_roles'])})(?![\w-])", re.IGNORECASE)
_SENTENCE = re.compile(  # a short line before a capital is a heading
    r"[.!?]\s+(?=[A-ZÅÄÖ–-])|\n\s*\n|\n\s*(?:[•▪*–-]\s|\d{1,2}[.)]\s)|•|\t|\||(?<=\n)[^\n]{1,45}(?<![,:;-])\n(?=[A-ZÅÄÖ])"
)
_ABOUT = (
    r"(?:(?:ca|ca\.|cirka|ungefär|omkring|drygt|knappt|högst|minst|upp till|totalt|ytterligare|sammanlagt|hela)\s)?"
)
_CHANGED = re.compile(
    rf"\b(?:{_parts(_WORDS['changes'])})\w*\b[^.;\d]{{0,60}}?\bmed\s{_ABOUT}(?:mellan\s)?$", re.IGNORECASE
)
_BOUGHT = re.compile(rf"\b(?:{_parts(_WORDS['bought'])})\w*\b[^.;]{{0,90}}\bför\s{_ABOUT}$", re.IGNORECASE)
_MORE = re.compile(
    r"\s(?:(?P<increase>mer|dyrare)|(?P<decrease>mindre|billigare)|(?P<none>lägre|högre) än)\b", re.IGNORECASE
)
_THAN_BUDGET = re.compile(
    r"\s(?:\w+\s)?(?:bättre|sämre|högre|lägre|mer|mindre|över|under)\s(?:än\s)?(?:\w+\s)?(?:budget|prognos|plan)",
    re.IGNORECASE,
)
_IN_WHAT = re.compile(r"\s(?:per år\s|årligen\s)?(?:i|som|av)\s(?P<words>[a-zåäö]+(?: [a-zåäö]+){0,2})")
# What a sum is for says nothing of the next: 5 mnkr för löneökningar, varav 2 mnkr
_FOR_WHAT = re.compile(r"(?:kr|kronor|tkr|mnkr|mkr|miljoner|miljarder)\s(?:för|till)\s[^,.;\d]*", re.IGNORECASE)
# kostnaden för investeringen, avvikelse mot budget: the word that stands before the preposition decides
_OF = re.compile(
    r"\s(?:för|av|i|inom|inför|till|mot|på|från|kring|vid|efter|gentemot|jämfört med)\s(?:[\w-]+\s){0,2}[\w-]*",
    re.IGNORECASE,
)
_IN_BUDGET = re.compile(r"\bi\s(?:\w+\s)?\w*$", re.IGNORECASE)  # "i budgeten" says where, not what
_TO_LEVEL = re.compile(r"(?:\s\w+){0,4}\still\s", re.IGNORECASE)  # en höjning till 5 kr: not by so much
_ENTRY = re.compile(r"\s*(?:[•▪*–-]|\d{1,2}[.)]\s|[a-z]\))|.*\d")
_HEAD_LINES = 25  # lines above an entry of a list in which its head may stand

_PER_UNITS: dict[str, str] = {word: unit for unit, words in _WORDS["per"].items() for word in words}
_DEFINITE = frozenset(_WORDS["per_definite"]["words"])
_PER = re.compile(
    r"\s?/\s?(?P<slash>[\wåäö²³]+)"
    r"|(?:\s(?:mer|mindre|extra|dyrare|billigare))?\s(?:per|för varje|för var|varje)\s"
    r"(?:(?:påbörja[dt]|inskriven|hel|enskild)\s)?(?P<word>[\wåäö²³]+)"
    r"|\s(?:i|om)\s(?P<definite>\w+)|\s(?P<alone>årligen|månadsvis|styck)\b",
    re.IGNORECASE,
)
_PER_BEFORE = re.compile(
    r"(?<!kr\s)(?<!kronor\s)(?<!öre\s)(?<!:-\s)\bper\s(?:påbörja[dt]\s)?(?P<word>[\wåäö²³]+)"
    r"(?![^.;]*\b(?:totalt|sammanlagt|tillsammans)\b)[^.;\d]{0,60}$",
    re.IGNORECASE,
)
_YEARLY = re.compile(r"\b(?P<part>årlig|månatlig)(?:a|t|en)?\b[^.;\d]{0,50}$", re.IGNORECASE)
_PER_PARTS: dict[str, str] = {part: unit for unit, parts in _WORDS["per_parts"].items() for part in parts}


def role(text: str, start: int, end: int) -> str | None:
    """What the words near the sum text[start:end] call it, None where they do not tell.

    >>> told = ["ett underskott på 4 mnkr", "beviljas 5 mnkr", "5 mnkr i hyra", "Av årets resultat avsätts 5 mnkr"]
    >>> [role(words, (at := re.search("[45]", words).start()), at + 6) for words in told]
    ['deviation', 'grant', 'fee', None]
    """
    before, after = _sentence(text, start), text[end : end + _AFTER]
    if _THAN_BUDGET.match(after):
        return "deviation"
    if more := _MORE.match(after):
        return None if more.lastgroup == "none" else more.lastgroup
    if named := _in_what(after):
        return named
    for pattern in (_CHANGED, _BOUGHT):
        if match := pattern.search(before):
            return match.lastgroup
    word = _nearest(before)
    if word is None and _ENTRY.match(text, text.rfind("\n", 0, start) + 1):
        word = _nearest(_head_of_list(text, start))
    return None if word is None or word.lastgroup == "none" else word.lastgroup


def per(text: str, start: int, end: int) -> str | None:
    """What the sum text[start:end] is counted by: "year", "child" ...

    >>> told = ["5 kr per barn och år", "en månadsavgift på 5 kr", "kostnaden per elev är 5 kr", "5 kr i år"]
    >>> [per(words, (at := words.index("5")), at + 4) for words in told]
    ['child', 'month', 'pupil', None]
    """
    if match := _PER.match(text, end, end + _AFTER):
        if match["definite"] is None:
            return _unit((match["slash"] or match["word"] or match["alone"]).lower())
        if match["definite"].lower() in _DEFINITE:
            return _PER_UNITS[match["definite"].lower()]
    before = _sentence(text, start)
    if match := _PER_BEFORE.search(before):
        return _unit(match["word"].lower())
    if match := _YEARLY.search(before):
        return _PER_PARTS[match["part"].lower()]
    word = _nearest(before)
    return _part(before, word) if word and not any(map(str.isdigit, before[word.end() :])) else None


def _sentence(text: str, start: int) -> str:
    """What stands before text[start:] in its sentence or its entry of a list."""
    before = text[max(0, start - _BEFORE) : start]
    before = before if start > _BEFORE else f"\n{before}"
    breaks = list(_SENTENCE.finditer(before))
    return before[breaks[-1].end() :] if breaks else before


def _nearest(before: str) -> re.Match[str] | None:
    """The last word that says what a sum is; of "kostnaden för investeringen" the first."""
    before = _FOR_WHAT.sub(lambda match: " " * len(match[0]), before)
    found = sorted((*_LAST.finditer(before), *_WHOLE.finditer(before)), key=lambda match: match.end())
    level = bool(found) and _TO_LEVEL.fullmatch(before, found[-1].end()) is not None
    found = [match for match in found if not _tells_nothing(before, match, level)]
    while len(found) > 1 and _OF.fullmatch(before, found[-2].end(), found[-1].start()):
        if found[-1].lastgroup == "none":
            break
        found.pop()
    return found[-1] if found else None


def _tells_nothing(before: str, word: re.Match[str], level: bool) -> bool:
    """Whether a word is a change before the new level ("en höjning till 5 kr") or the budget as a place."""
    if word.lastgroup in ("increase", "decrease"):
        return level
    return "budget" in word[0].lower() and _IN_BUDGET.search(before, 0, word.start()) is not None


def _in_what(after: str) -> str | None:
    """5 mnkr i föreningsbidrag, 5 mnkr i ökade kostnader; "i budget" says where, not what."""
    place = _IN_WHAT.match(after)
    for word in place["words"].split() if place else ():
        match = _nearest(word)
        if match and match.end() == len(word) and match.lastgroup not in ("none", "budget"):
            return match.lastgroup
    return None


def _head_of_list(text: str, start: int) -> str:
    """The line that ends in a colon above an entry of a list, "" where there is none."""
    lines = text[max(0, start - 2_000) : text.rfind("\n", 0, start) + 1].rstrip("\n").split("\n")
    for line in lines[: -_HEAD_LINES - 1 : -1]:
        if line.rstrip(" *_").endswith(":"):
            return line
        if line.strip() and not _ENTRY.match(line):
            return ""
    return ""


def _unit(word: str) -> str | None:
    """The unit of a word, or of a longer word that ends in it."""
    if word in _PER_UNITS:
        return _PER_UNITS[word]
    ends: Iterable[str] = (known for known in _PER_UNITS if len(known) > 3 and word.endswith(known))
    return _PER_UNITS[best] if (best := max(ends, key=len, default="")) else None


def _part(before: str, word: re.Match[str]) -> str | None:
    """The unit that the word itself tells: månadsavgift, timtaxa."""
    whole = re.search(r"[\w-]*$", before[: word.start()])
    first = (whole[0] if whole else "").lower()
    return next((unit for part, unit in _PER_PARTS.items() if first.startswith(part)), None)
