"""Lists of people in running text ("Anna Berg (S), ordföranden Bo Ek (M) samt Eva Ås och Per Ro (båda V)").

A list goes on as long as nothing but commas, "och", line ends, bullets and roles stands between its people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from extractors import lexicon, names
from extractors.parties import usual

_NATIONAL = lexicon.any_of(lexicon.load("parties")["national"])
_CODE = re.compile(  # (S) · (båda M) · (S, ordförande) · "Bo Ek, S" · "Bo Ek S" at the end of a line or before a comma
    rf"""\(\s?(?:(?P<all>båda|bägge|samtliga|alla)\s)?(?P<code>[A-ZÅÄÖa-zåäö]{{1,6}}|[-–—−])(?:[,;]\s[^()\n]{{2,40}})?\s?\)
       |(?:,[ ]|(?<=\w)[ ])(?P<bare>{_NATIONAL})(?=[ ]*(?:[,;.\n(]|\Z|(?:och|samt)\b))""",
    re.VERBOSE,
)
_ROLE = (
    r"(?:ledamot(?:en)?|ledamöter(?:na)?|ersättar(?:e|en|na)|(?:\d:[ae]\s|1:st?e\s|förste\s|andre\s|tredje\s)?(?:vice\s)?"
    r"ordf(?:\.|örande[n]?)?|tjänstgörande|tjänstg\.|tjg\.?(?:\sers\.?)?|kommunalråd(?:et)?|oppositionsråd(?:et)?|följande|även"
    r"|dels|insynsledamot|herr|fru)"
)
_BETWEEN = re.compile(
    rf"(?:[\s,;•·*&/|–-]|\d{{1,2}}[.)]|\((?:{_ROLE}|\s)+\)|\b(?:och|samt|{_ROLE})(?!\w))*", re.IGNORECASE
)
_CHAIR = re.compile(r"ordföranden")  # in a list by his office alone
_PARTING = re.compile(r"[,;\n•·*|]|\b(?:och|samt)\b|(?<=\s)[-–](?=\s)")
_STOP = re.compile(r"\n[ \t]*\n|[.:](?=\s|$)|\(\d|\)")
_SURNAME_FIRST = re.compile(r"(?<![\w-])(?P<name>[A-ZÅÄÖ][\w-]+),[ \t]+\Z")  # Ek, Mia (S)
CHECK_SUM = re.compile(r"\s*\((?P<n>\d{1,3})(?:\s?st\.?|\sröster|\sledamöter)?\)")  # how many a list names, behind it
_WINDOWS = (400, 1600, 6000)  # characters to look at: more only where a list goes on to the edge
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody in a list: where in the text, the name, the party's code where one is told."""

    start: int
    end: int
    name: str
    party: str | None


def after(text: str, start: int, end: int) -> list[Listed]:
    """The people of the list that begins at `start`; nobody where something else follows than such a list.

    >>> [(one.name, one.party) for one in after("Ja: ordf. Bo Ek (M), Eva Ås samt Per Ro (båda V)", 3, 99)]
    [('Bo Ek', 'M'), ('Eva Ås', 'V'), ('Per Ro', 'V')]
    >>> after("Ja: Bo Eks (M) förslag", 3, 99), after("Ja: Bifall till Bo Eks (M) förslag", 3, 99)
    ([], [])
    """
    for window in _WINDOWS:
        part = text[start : min(end, start + window)]
        found = _going_on(part)
        if not found or len(part) - found[-1].end > _LONGEST_NAME:
            break
    return [_moved(one, start) for one in _ended(part, found)]


def _going_on(part: str) -> list[Listed]:
    """The people that a text begins with, as long as nothing else comes between them."""
    found: list[Listed] = []
    at = 0
    for one in _with_code(part):
        between = _without_code(part, at, one.start)
        if between is None:
            break
        found += [*_of(between, one), one]
        at = one.end
    rest = _rest(part, at)
    sure = found or any(names.has_first_name(one.name) for one in rest)
    if not sure and not (rest and CHECK_SUM.match(part, rest[-1].end)):
        return []
    return [*found, *rest]


def before(text: str, start: int, end: int) -> list[Listed]:
    """The people of the list that ends at `end`, none of them before `start`.

    >>> text = "Votering begärs. Eva Ås, Per Ro (båda V) och Bo Ek (M) röstar ja"
    >>> [(one.name, one.party) for one in before(text, 0, text.index(" röstar"))]
    [('Eva Ås', 'V'), ('Per Ro', 'V'), ('Bo Ek', 'M')]
    """
    for window in _WINDOWS:
        begin = max(start, end - window)
        found = _before(text, begin, end)
        if not found or found[0].start - begin > _LONGEST_NAME:
            break
    return found


def _before(text: str, start: int, end: int) -> list[Listed]:
    part = text[start:end]
    found: list[Listed] = []
    begin = len(part.rstrip())
    for one in reversed(list(_with_code(part))):
        between = _without_code(part, one.end, begin, joined=bool(found))
        if between is None:
            break
        found = [one, *(_of(between, found[0]) if found else between), *found]
        begin = one.start
    lead = _lead(part, begin)
    return [_moved(one, start) for one in [*(_of(lead, found[0]) if found else lead), *found]]


def _moved(one: Listed, by: int) -> Listed:
    return replace(one, start=one.start + by, end=one.end + by)


@dataclass(frozen=True, slots=True)
class _Coded(Listed):
    """Somebody with a party's code; `all_` where the code is told to hold for those before too ("båda M")."""

    all_: bool = False


def _with_code(part: str) -> Iterator[_Coded]:
    done = 0
    for match in _CODE.finditer(part):
        code = match["code"] or match["bare"]
        span = names.before(part, match.start())
        name = names.plain(part[slice(*span)]) if span else ""
        if span is None and match["code"] and (span := names.last_word(part, match.start())):
            name = part[slice(*span)]
            if surname := _SURNAME_FIRST.search(part, done, span[0]):
                name, span = f"{name} {surname['name']}", (surname.start("name"), span[1])
        if span and span[0] >= done:
            yield _Coded(span[0], match.end(), name, usual(code), bool(match["all"]))
            done = match.end()


def _of(people: list[Listed], one: Listed) -> list[Listed]:
    """Those named without a code before somebody with "(båda M)" are of that party."""
    shared = one.party if isinstance(one, _Coded) and one.all_ else None
    return [replace(other, party=other.party or shared) for other in people]


def _without_code(part: str, start: int, end: int, joined: bool = True) -> list[Listed] | None:
    """The people without a code between two others; None where other words stand there."""
    found: list[Listed] = []
    for at, to in _pieces(part, start, end, joined):
        span = _whole_name(part, at, to)
        if span is None:
            return None
        found.append(Listed(*span, names.plain(part[slice(*span)]), None))
    return found


def _pieces(part: str, start: int, end: int, joined: bool = False) -> Iterator[tuple[int, int]]:
    """What stands between commas, "och" and line ends, without the roles before it; of roles alone only the chairman.

    `joined`: what stands last belongs to what follows ("och ordföranden" before a name).
    """
    at = start
    for parting in chain(_PARTING.finditer(part, start, end), (None,)):
        to = parting.start() if parting else end
        begin = _BETWEEN.match(part, at, to)
        begins = begin.end() if begin else at
        if part[begins:to].strip():
            yield begins, begins + len(part[begins:to].rstrip())
        elif (chair := _CHAIR.search(part, at, to)) and not (joined and not part[chair.end() : end].strip()):
            yield chair.span()
        at = parting.end() if parting else end


def _whole_name(part: str, start: int, end: int) -> tuple[int, int] | None:
    """The span of a name that is all there is, a role after it left out ("Bo Ek ordf.")."""
    words = part[start:end]
    if _CHAIR.fullmatch(words):
        return start, end
    if len(words) > _LONGEST_NAME:
        return None
    role = re.search(rf"(?:\s\(?{_ROLE}\)?)+\.?$", words, re.IGNORECASE)
    bare = words[: role.start()] if role else words.rstrip(".")
    span = names.before(bare, len(bare))
    return (start, start + len(bare)) if span == (0, len(bare)) and len(bare.split()) < 5 else None


def _rest(part: str, at: int) -> list[Listed]:
    """People without a code at the end of a list, or all of a list that has none."""
    found: list[Listed] = []
    line = _STOP.search(part, at)
    for begins, ends in _pieces(part, at, line.start() if line else len(part)):
        span = _whole_name(part, begins, ends)
        if span is None:
            break
        found.append(Listed(*span, names.plain(part[slice(*span)]), None))
    return found


_ENDS = re.compile(
    r"\s*(?:\(\d{1,3}(?:\s?st\.?|\sröster)?\)|\d{1,3}\sst\.?)?\s*"
    r"(?:\Z|[.;:)\]”\"(]|[ ]{2}|,?\s*(?:och\s|samt\s|medan\s)?[\"”“]?(?:ja|nej|avst\w+|frånv\w+|deltar|jäv)\b)",
    re.IGNORECASE,
)


def _ended(part: str, people: list[Listed]) -> list[Listed]:
    """The list, if it ends with a sentence, a line or the next one; its last, where he begins another sentence, not."""
    while people:
        last = people[-1]
        end = last.end
        if part[end : end + 60].lstrip(" \t")[:1] in ("\n", "\t") or _ENDS.match(part, end):
            return people
        begin = people[-2].end if len(people) > 1 else 0
        if len(people) < 2 or "\n" not in part[begin : last.start]:
            return []
        people = people[:-1]
        if "," in part[begin : last.start] or re.search(r"\b(?:och|samt)\b", part[begin : last.start]):
            return []
    return people


def _lead(part: str, end: int) -> list[Listed]:
    """People without a code that a list begins with, going back from `end` as far as names go."""
    begin = max(part.rfind(". ", 0, end), part.rfind(":", 0, end), part.rfind("\n\n", 0, end)) + 1
    found: list[Listed] = []
    for at, to in reversed(list(_pieces(part, begin, end))):
        if not re.search(r"[,;]|\b(?:och|samt)\b|\A\s*\Z", part[to : found[0].start if found else end]):
            break
        if span := _whole_name(part, at, to):
            found.insert(0, Listed(*span, names.plain(part[slice(*span)]), None))
            continue
        if (near := names.before(part[:to], to)) and near[0] >= at and names.has_first_name(part[slice(*near)]):
            found.insert(0, Listed(*near, names.plain(part[slice(*near)]), None))
        break
    return found
