"""People in office (personer): politicians with their party and role, officials with their title."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from extractors import lexicon, names, officials, parties, rosters
from extractors.lines import unbroken
from extractors.local_parties import known_codes
from extractors.model import Person, Stretch

_LABELS = lexicon.load("roles")["elected"]
_ELECTED = lexicon.any_of(_LABELS)
_CODE = re.compile(
    r"[(\[]\s?(?P<all>båda |bägge |samtliga |alla )?(?P<code>[A-ZÅÄÖa-zåäö][A-Za-zÅÄÖåäö.-]{0,5}|[-–—−])"
    r"(?:,\s(?P<rest>[^()\n]{3,40}))?\s?[)\]]"
)
_BARE = re.compile(r"(?:,[ ]?|[ ]{1,20}|\t)[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,4}(?![\wåäö])")
_ALONE = re.compile(r"s?(?![\w-])(?!\s[A-ZÅÄÖ][\w-]+\s?\()")  # no part of a longer name
_ALL_BEFORE = re.compile(r",?\s(?:båda|bägge|samtliga|alla)\s*$")
_LABEL = lexicon.any_of({*officials.ELECTED_LABELS, *(role for role in _LABELS if "ordf" in role)})
_ROLE_BEFORE = re.compile(  # ordföranden Bo Ek · Ordförande ......\nBo Ek; not the first's in "(S), ordförande Bo Ek"
    rf"""(?<!\),\s)(?<!\)\s)\b(?P<role>{_ELECTED}):?[ ]?\Z
       | (?:(?<![^\n])|(?<=\t)|(?<=[ ]{{2}}))
         (?P<label>(?:{_ELECTED})(?=[ \t.…_:]+\Z)|(?:{_LABEL})(?=[ \t.…_:]*\n\s*\Z))[\s.…_:]*\Z""",
    re.IGNORECASE | re.VERBOSE,
)
_SURNAME_FIRST = re.compile(
    r"""(?:^|\n|\t|;[ ]|[ ]{2})(?P<last>[A-ZÅÄÖ][\w-]+(?:[ ][A-ZÅÄÖ][\w-]+)?),[ ]
        (?P<first>[A-ZÅÄÖ][\w-]+(?:[ ][A-ZÅÄÖ][\w-]+)?)\s*\Z""",
    re.VERBOSE,
)
_SUBSTITUTE_FOR = re.compile(r"(?:^|\s)(?:för|ersätter)\s(?P<first>[A-ZÅÄÖ][\wåäö-]+)\s*$")
_ROLE_AFTER = re.compile(
    r"(?:,\s|\s\(|[ ]|\sär\s)"  # (L), X ordförande · (L) (ordförande) · (L) ordförande · (L) är X ordförande
    rf"(?:[\w-]+s\s|[\w-]+\s[A-ZÅÄÖ][\wåäö-]+s\s|i\s[\wåäö-]+\s)?(?P<role>{_ELECTED})(?!\w)",
    re.IGNORECASE,
)
_ROLE_BETWEEN = re.compile(
    rf",?\s(?:\w+s\s)?(?P<role>{_ELECTED})\s*$", re.IGNORECASE
)  # Mia Ek, nämndens ordförande (S)
_JOINED = re.compile(r"(?:,\s*|\s(?:och|samt)\s+)$")
_LEAD = re.compile(r"\b(?:av|från|ledamöterna|ersättarna|motionärerna)\s+$", re.IGNORECASE)
_OWNED = re.compile(  # what somebody has: after the code it tells that the name before it stood in the genitive
    r"\s*(?:(?:och|samt)\s[^()]{3,40}\([A-Za-zÅÄÖåäö-]{1,5}\)\s*)?(?:\w*yrkanden?|\w*förslag|motion\w*|\w*reservation|fråga|interpellation"
    r"|initiativ\w*|skrivelse|begäran|anförande|inlägg|plats|avsägelse|förordnande|entledigande|bortgång|avgång|protokollsanteckning|yttrande)\b"
)
_Found = tuple[int, int, str, str | None, str | None]  # start, end, name, party, role
_OWN_S = (
    "fors",
    "us",
    "is",
    "as",
    "os",
    "es",
    "ss",
    "ös",
    "ås",
    "rs",
    "ls",
    "ys",
)  # Bönfors, Elias, Anders end so themselves


def find(stretch: Stretch) -> Iterator[Person]:
    """Every mention of a politician with party and of an official with title, in the order they stand.

    >>> [(p.name, p.party, p.role) for p in find(Stretch("ordföranden Mia von Ek (S), Bo Hedén\\nLind (sd) m.fl."))]
    [('Mia von Ek', 'S', 'ordföranden'), ('Bo Hedén Lind', 'SD', None)]
    >>> [(p.name, p.party, p.role) for p in find(Stretch("Åsa Berg, kanslichef, och Per Eks (V) yrkande"))]
    [('Åsa Berg', None, 'kanslichef'), ('Per Ek', 'V', None)]
    """
    text = unbroken(stretch.text, stretch.width)
    politicians = _one_spelling(_nominative(text, list(_politicians(text))))
    known: defaultdict[str, set[str]] = defaultdict(set)
    for person in politicians:
        known[person.name].add(person.party)
    found: list[_Found] = [(p.start, p.end, p.name, p.party, p.role) for p in politicians]
    found += [(*place, _role(text, place[0], _past_party(text, place[1]))) for place in rosters.find(stretch)]
    found += [(start, end, name, None, title) for start, end, name, title in officials.titled(text)]
    for start, end, name, label in officials.labelled(text):
        of = known.get(name, set())
        if len(of) == 1 or not (of or label.lower() in officials.ELECTED_LABELS):
            found.append((start, end, name, min(of, default=None), label))
    for start, end, name, code, role in _apart([*_apart(found), *_again(text, found)]):
        yield Person(stretch.at(start, end), name, code, role)


def _apart(found: Iterable[_Found]) -> list[_Found]:
    """Finds in the order they stand, none inside another; of two at one place the one with a party."""
    apart: list[_Found] = []
    for one in sorted(found, key=lambda p: (p[0], p[3] is None)):
        if not apart or one[0] >= apart[-1][1]:
            apart.append(one)
    return apart


def _again(text: str, found: list[_Found]) -> Iterator[_Found]:
    """Mentions of the same people by name alone ("Bo Ek frågar", "Bo Eks yrkande"), where no namesake is about."""
    of: defaultdict[str, set[tuple[str | None, str | None]]] = defaultdict(set)
    for _, _, name, party, role in found:
        of[name].add((party, None if party else role))
    for name, who in of.items():
        parties_of, titles = {party for party, _ in who}, sorted({role for _, role in who if role})
        if len(parties_of) > 1 or " " not in name:
            continue
        party, title = next(iter(parties_of)), titles[0] if titles else None
        at = text.find(name)
        while at >= 0:
            end = at + len(name)
            if _ALONE.match(text, end) and not text[max(0, at - 1) : at].isalnum():
                yield at, end, name, party, _role(text, at, end) if party else title
            at = text.find(name, end)


@dataclass(frozen=True, slots=True)
class _Politician:
    start: int
    end: int
    name: str
    party: str
    role: str | None
    owns: bool = False  # "... yrkande" follows


def _politicians(text: str) -> Iterator[_Politician]:
    known, of_next = known_codes(text), rosters.codes_before_names(text)
    for match in _CODE.finditer(text):
        party = parties.of_person(match["code"], known)
        if party is None or match.start() in of_next:
            continue
        end, role, together = match.start(), _last(match["rest"]), bool(match["all"])
        if between := _ROLE_BETWEEN.search(text, max(0, end - 40), end):
            end, role = between.start(), " ".join(between["role"].split())
        if everyone := _ALL_BEFORE.search(text, max(0, end - 12), end):
            end, together = everyone.start(), True
        if surname := _surname_first(text, end):
            yield _Politician(*surname, party, role or _role(text, surname[0], match.end()))
            continue
        if not (span := names.before(text, end)):
            yield from _over_columns(text, end, party)
            continue
        yield from _named_before(text, span[0], party, together)
        role = role or _role(text, span[0], match.end())
        yield _Politician(
            *span, names.plain(text[slice(*span)]), party, role, _OWNED.match(text, match.end()) is not None
        )


def _surname_first(text: str, end: int) -> tuple[int, int, str] | None:
    """ "Ek, Mia (S)" and "EK, Mia (S)" at the beginning of a line or a cell: her span, and her name as it is said."""
    match = _SURNAME_FIRST.search(text, max(0, end - 60), end)
    if match is None or not names.has_first_name(match["first"]) or names.is_heading(match["last"].capitalize()):
        return None
    last = match["last"].title() if match["last"].isupper() else match["last"]
    return match.start("last"), match.end("first"), f"{match['first']} {last}"


def _over_columns(text: str, end: int, party: str) -> Iterator[_Politician]:
    """In a roster of two columns: "Bo Ek (M) för Mia" ends one line, and "... Lind (M)" the next."""
    surname, head = names.last_word(text, end), text.rfind("\n", 0, end)
    above = text[text.rfind("\n", 0, max(head, 0)) + 1 : max(head, 0)]
    if surname and (first := _SUBSTITUTE_FOR.search(above)):
        yield _Politician(*surname, f"{first['first']} {text[slice(*surname)]}", party, None)


def _named_before(text: str, end: int, party: str, together: bool) -> Iterator[_Politician]:
    """A and B of "A, B och C (S)", where the words leave no doubt that the code is theirs too."""
    others = []
    start = end
    while (joint := _JOINED.search(text, max(0, start - 8), start)) and (span := names.before(text, joint.start())):
        start = span[0]
        others.append(_Politician(*span, names.plain(text[slice(*span)]), party, None))
    lead = _LEAD.search(text, max(0, start - 20), start) is not None
    opens = start == 0 or text[:start].rstrip(" ")[-1:] in ("\n", ".", ":", "")
    if together or lead or (len(others) > 1 and opens):
        yield from reversed(others)


def _role(text: str, start: int, end: int) -> str | None:
    if after := _ROLE_AFTER.match(text, end):
        return " ".join(after["role"].split())
    before = _ROLE_BEFORE.search(text, max(0, start - 60), start)
    return " ".join((before["role"] or before["label"]).split()) if before else None


def _past_party(text: str, end: int) -> int:
    """Behind the party's code that stands after a name without brackets."""
    code = _BARE.match(text, end)
    return code.end() if code else end


def _last(rest: str | None) -> str | None:
    """The role in (S, ordförande); nothing of (S, §§ 4-9)."""
    match = re.fullmatch(_ELECTED, rest or "", re.IGNORECASE)
    return match[0] if match else None


def _nominative(text: str, people: list[_Politician]) -> list[_Politician]:
    """Names in the nominative: "Per Eks (V) yrkande" is of Per Ek, "Emmy Fors (C)" keeps her s."""
    plain = {person.name for person in people if not person.owns}
    return [replace(p, name=p.name[:-1]) if _is_genitive(text, p, plain) else p for p in people]


def _is_genitive(text: str, person: _Politician, plain: set[str]) -> bool:
    name = person.name
    if not name.endswith("s"):
        return False
    if name[:-1] in plain or name.endswith(("ssons", "sens")):
        return True
    if name in plain:
        return False
    return person.owns and not name.lower().endswith(_OWN_S)


def _one_spelling(people: list[_Politician]) -> list[_Politician]:
    """One person spelled with and without an accent (Andreén, Andreen) is named as first printed."""
    first: dict[tuple[str, str], str] = {}
    return [replace(p, name=first.setdefault((_unaccented(p.name), p.party), p.name)) for p in people]


def _unaccented(name: str) -> str:
    return name.translate(str.maketrans("éèëüÉÈÜ", "eeeuEEU")).casefold()
