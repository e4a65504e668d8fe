"""Lines that look like the head of a §, in all the forms that municipalities print; `heads` tells which of them are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from extractors.lexicon import load

# "§ 54", "§54", "Kf § 54", "§ 93 a", "§ 63/20", "§ 2031-54", "§ 6:1", "## **§ 78**"; then the rest of the line.
_HEAD = re.compile(
    r"""^(?P<lead>[#*_>|\ \t]*)
        (?:(?P<prefix>[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,11}(?:-?\ ?(?:AU|au|PU|pu)(?![a-zåäö]))?)\ {0,3})?
        §{1,2}\ {0,4}
        (?P<number>(?:(?:19|20)\d\d[-/](?=\d{1,4}(?![\d-]))|\d{1,3}:(?=\d))?    # § 2031-54, § 6:1
           (?P<first>\d{1,4})(?P<letter>\ ?[a-h](?![\wåäö])|[A-H](?![\wåäö]))?
           (?:\ ?[-–]\ ?(?:§\ ?)?(?P<last>(?!20\d\d)\d{1,4})(?![\d-]))?(?:\ ?/\ ?(?:20)?\d\d(?!\d)|-20\d\d(?![\d-]))?)
        (?![\d])(?P<rest>[^\n]*)$""",
    re.VERBOSE | re.MULTILINE,
)
# "KSAU 130/2014" and "Paragraf 12": only where a paper has no head with a § sign.
_BARE = re.compile(
    r"""^(?P<lead>[#*_>|\ \t]*)
        (?:(?P<prefix>[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,9})[ ]
           (?P<number>(?P<first>\d{1,4})(?P<letter>(?!))?(?P<last>(?!))?/(?:20)?\d\d)
         |Paragraf\ (?P<number2>(?P<first2>\d{1,4})))
        (?P<rest>[^\n]*)$""",
    re.VERBOSE | re.MULTILINE,
)
# "12 § Bidrag": in the same case; in papers with heads of the first form, it is the paragraph of a law.
_AFTER = re.compile(
    r"^(?P<lead>[#*_>|\ \t]*)(?P<prefix>(?!))?(?P<number>(?P<first>\d{1,4})(?P<letter>\ ?[a-h](?!\w))?"
    r"(?P<last>(?!))?)\ ?§(?![\w§])(?P<rest>[^\n]*)$",
    re.MULTILINE,
)
# "3 Kulturpris 2026" and "4. Nästa möte": only in minutes that have no § at all, and a blank line before each.
_PLAIN = re.compile(
    r"(?:^|(?<=\n\n))(?P<lead>[#*_>|\ \t]*)(?P<prefix>(?!))?"
    r"(?P<number>(?P<first>\d{1,2})(?P<letter>(?!))?(?P<last>(?!))?)"
    r"(?:[.)]\ ?|\ +)(?P<rest>[A-ZÅÄÖ][^\n]{2,110}[^.\n:;,])$",
    re.MULTILINE,
)
# "Ärende 5" and "Punkt 4": only in minutes that have no § at all.
_WORDED = re.compile(
    r"^(?P<lead>[#*_>|\ \t]*)(?P<prefix>(?!))?(?:Ärende|Punkt|Beslutsparagraf|Beslutspunkt|Beslutsärende)\ (?:nr\.?\ )?"
    r"(?P<number>(?P<first>\d{1,3})(?P<letter>[a-h](?!\w))?(?P<last>(?!))?)(?![\d/-])(?P<rest>[^\n]*)$",
    re.MULTILINE,
)
_SERIAL = re.compile(r"(?:(?:19|20)\d\d[-/](?=\d{1,4}(?![\d-]))|\d{1,3}:(?=\d))?(\d+)")
_OTHER_HEAD = re.compile(
    r"^(?:[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{1,9} ?§ ?\d{1,4}(?: ?[a-h])?(?:/\d\d)?(?!\w)[\s,]*)+"
)  # Kf § 3  Ks § 12
_MINUTES = re.compile(r"^\W*(?:minnesanteckning\w*|\w*protokoll)\b(?!sutdrag)", re.MULTILINE | re.IGNORECASE)
_DECIDED = re.compile(r"^\W*beslut\b[^\n.]{0,30}(?::|$)", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Head:
    """A line that may be the head of a §: where it stands, its number as printed, and what else the line says."""

    start: int
    end: int
    number: str
    key: tuple[int, str]
    last: int
    lead: str
    prefix: str
    rest: str


def serial(number: str) -> int | None:
    """Which § of its year or meeting a number is, as printed; None where it has no figures.

    >>> [serial(number) for number in ("54", "93 a", "63/20", "2031-54", "6:17", "-")]
    [54, 93, 63, 54, 17, None]
    """
    match = _SERIAL.match(number)
    return int(match[1]) if match else None


def possible(text: str, body: str | None = None) -> list[Head]:
    """The lines of the first form that a paper has; of two heads upon each other that of the minutes' own body.

    >>> [head.number for head in possible("Ksau § 41\\nKs § 58\\nBidrag\\n", "Kommunstyrelsen")]
    ['58']
    """
    found = (
        _possible(text, _HEAD) or _possible(text, _AFTER) or _possible(text, _BARE) or _worded(text) or _numbered(text)
    )
    return list(_own(text, found, body))


@cache
def _not_prefixes() -> frozenset[str]:
    return frozenset(load("heads")["not_prefixes"])


@cache
def labels() -> re.Pattern[str]:
    """The words before a case number in a head ("Dnr")."""
    words = sorted(load("heads")["labels"], key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?![\wåäö])\.?:?", re.IGNORECASE)


def _possible(text: str, pattern: re.Pattern[str]) -> list[Head]:
    """Every line of the right look that its own words do not rule out."""
    found = []
    for match in pattern.finditer(text):
        parts = match.groupdict()
        number, first = parts["number"] or parts["number2"], parts["first"] or parts["first2"]
        prefix, rest = parts["prefix"] or "", _OTHER_HEAD.sub("", parts["rest"].strip(" \t*_|#"))
        if prefix.lower() in _not_prefixes() or not _may_follow(rest):
            continue
        key = (int(first), (parts["letter"] or "").strip().lower())
        last = int(parts["last"]) if parts["last"] and int(parts["last"]) > key[0] else key[0]
        found.append(Head(match.start(), match.end(), " ".join(number.split()), key, last, parts["lead"], prefix, rest))
    return found


def _worded(text: str) -> list[Head]:
    """The heads of minutes without § that call them Ärende or Punkt, with something decided below.

    >>> minutes = "Protokoll\\nÄrende 1\\nVal\\nBeslut\\nEva väljs.\\nÄrende 2\\nPris\\nBeslut\\nEva får det.\\n"
    >>> [head.number for head in possible(minutes)]
    ['1', '2']
    """
    if not _MINUTES.search(text[:1_000]) or not _DECIDED.search(text):
        return []
    found = _possible(text, _WORDED)
    return found if len(found) > 1 else []


def _own(text: str, found: Sequence[Head], body: str | None) -> Iterator[Head]:
    """The heads, where of several upon each other ("Ksau § 41", "Ks § 58") only the body's own is left."""
    group: list[Head] = []
    for head in (*found, None):
        if head and group and head.prefix != group[-1].prefix and not text[group[-1].end : head.start].strip():
            group.append(head)
            continue
        if group:
            whose = [one for one in group if _letters_of(one.prefix, body)]
            own = max(whose, key=lambda one: len(one.prefix), default=group[-1])
            first, last = group[0], group[-1]
            yield replace(own, start=first.start, lead=first.lead, end=last.end, rest=own.rest or last.rest)
        group = [head] if head else []


def _letters_of(prefix: str, body: str | None) -> bool:
    """Whether the letters before a § can be a body's: they stand in its name in the same order, the first first.

    >>> [_letters_of(letters, "Kommunstyrelsen") for letters in ("Ks", "Ksau", "Kf")]
    [True, False, False]
    """
    name = iter((body or "").lower())
    letters = prefix.lower().replace(" ", "").replace("-", "")
    return bool(letters) and (body or "").lower().startswith(letters[0]) and all(letter in name for letter in letters)


def _numbered(text: str) -> list[Head]:
    """The heads of minutes without §: whole numbers from 1 on, with a Beslut below one at least.

    >>> minutes = "Protokoll\\n\\n1 Mötet öppnas\\n\\n2. Pris\\n\\nBeslut: Eva får det.\\n\\n3 Nästa möte\\n"
    >>> [(head.number, head.rest) for head in possible(minutes)]
    [('1', 'Mötet öppnas'), ('2', 'Pris'), ('3', 'Nästa möte')]
    """
    if not _MINUTES.search(text[:1_000]) or not _DECIDED.search(text):
        return []
    found: list[Head] = []
    for head in _possible(text, _PLAIN):
        if head.key[0] == len(found) + 1:
            found.append(head)
    decided = [match.start() for match in _DECIDED.finditer(text)]
    return found if len(found) > 2 and decided and decided[-1] > found[0].start else []


def _may_follow(rest: str) -> bool:
    """Whether a head's line may go on like this: a heading, a case number or a label, not the middle of a sentence."""
    if not rest:
        return True
    if re.match(r"[;)\]!?]|\.(?! [A-ZÅÄÖ])|(?:och|samt|,) ?§|forts|\(forts|[-–] ?§?\d", rest, re.IGNORECASE):
        return False
    rest = rest.lstrip(",:-–. ")
    return not rest or not rest[0].islower() or bool(labels().match(rest))
