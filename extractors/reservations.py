"""Reservations against the decision (reservation): parties as codes, people by name.

A särskilt yttrande or a protokollsanteckning is none, nor is somebody who does not take part in the decision.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors.lexicon import load
from extractors.model import Reservation, Section, Stretch
from extractors.named import Named, named
from extractors.parties import usual

_RESERVES = re.compile(
    r"\breserver(?:ar|ade|at|a)\s+sig\b|\banmäl(?:er|de|t)\s+(?:en\s+|skriftlig\s+|muntlig\s+)*reservation",
    re.IGNORECASE,
)
_HANDS_IN = re.compile(
    r"\b(?:lämnar|lämnade|har\s+lämnat|inkommer\s+med|inkom\s+med|avger|avgav|inlämnar|inlämnade|antecknar|anför|anmäler)\s+"
    r"(?:in\s+)?(?:följande\s+|en\s+|skriftlig[at]?\s+|gemensam\s+|blank\s+|muntlig\s+|egen\s+|sin\s+)*reservation",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"\breservation(?:er)?\s*(?:/\s*protokollsanteckning\s+)?(?:(?:har\s+)?(?:inlämna[st]*|lämnad?e?s?|inkommit|avgetts|anmälts|anmäls|inges|görs|gjorts|noteras|avges|avgiven|ingiven|anmäld)\s+)?(?:av|från)\s+",
    re.IGNORECASE,
)
_JOINS = re.compile(r"\b(?:instämmer\s+i|ansluter\s+sig\s+till|ställer\s+sig\s+bakom)\s+reservation", re.IGNORECASE)
_TURNED = re.compile(
    r"\W*(?:till\s+förmån|mot\s+beslutet|med\s+(?:hänvisning|motiveringen|stöd)|mot\s+)", re.IGNORECASE
)
_THEY = re.compile(r"\W*(?:De|Båda|Bägge|Dessa|Hon|Han|Partierna|De\s+båda)\b")
_OTHER = re.compile(r"anteckning|yttrande|\bjäv\b|deltar\s+(?:inte|ej)", re.IGNORECASE)
_GROUP = re.compile(r"\(?(?P<code>[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,5})\)?[- ]?gruppen(?:s\s+reservation)?\b")
_NONE = re.compile(
    r"\b(?:ingen|inga|inte|ej)\b[^.]{0,40}\breserv|\breserv[^.]{0,60}\b(?:inte|ej)\s+(?:inkommit|lämnats)|\bhar\s+ingen\b|\brätt\s+att\s+reservera|\bkan\s+reservera",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:till\s+förmån|till\s+förmån\s+för|med\s+hänvisning|för\s+bifall|med\s+följande|i\s+enlighet|enligt|med\s+anledning|till\s+stöd|mot\s+beslutet\s+(?:att|om)|avseende|gällande)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"\S.*?(?:(?<!\bfl)(?<!ordf)(?<!\bnr)(?<!\bers)[.!?:](?=\s+[(A-ZÅÄÖ\d”\"]|\s*\Z)|(?=\n\s*\n)|\Z)", re.DOTALL
)
_CODE = r"[A-ZÅÄÖ]{1,3}[A-Za-zÅÄÖåäö]{0,4}"
_CODES = re.compile(
    rf"(?:\b(?:från|för|ur|av|[Ll]edamöter(?:na)?\s+i|gruppen|samtliga|båda|alla|bägge)\s+|^\s*|[,:]\s+|\boch\s+|\bsamt\s+)(?P<codes>\(?{_CODE}\)?(?:(?:\s*,\s*|\s*/\s*|\s*\+\s*|\s+och\s+|\s+samt\s+)\(?{_CODE}\)?)*)(?=[\s,.:;]|$)"
)
_A_PARTY = re.compile(r"parti|demokrater", re.IGNORECASE)
_LIST_LINE = re.compile(rf"^\W*{_CODE}\W*$")


def find(stretch: Stretch) -> Iterator[Reservation]:
    """The reservations against what was decided in this item, one per sentence or list that tells of them.

    >>> [r.parties for r in find(Stretch("Mot beslutet reserverar sig Bo Ek (M) och Eva Ås (KD)."))]
    [('KD', 'M')]
    """
    if stretch.kind not in ("protocol", "protocol_extract", "news", None) or not re.search(r"(?i)reserv", stretch.text):
        return
    for part, inside in _own_parts(stretch):
        yield from _in_part(part, inside)


def _own_parts(stretch: Stretch) -> Iterator[tuple[Stretch, bool]]:
    """The parts that can hold a reservation of this item, and whether each stands under that heading."""
    at = 0
    for section in sorted(stretch.item.sections, key=lambda section: section.span) if stretch.item else ():
        start, end = max(at, section.span.start - stretch.start), section.span.end - stretch.start
        if start > at:
            yield stretch.part(at, start), False
        if section.name not in load("reservations")["elsewhere"]["sections"]:
            yield _body(stretch, section, start, end), section.name == "reservation"
        at = max(at, end)
    if at < len(stretch.text):
        yield stretch.part(at, len(stretch.text)), False


def _body(stretch: Stretch, section: Section, start: int, end: int) -> Stretch:
    """The section without its heading, unless the heading itself names who ("Reservation från M och KD")."""
    words = r"\s+".join(map(re.escape, section.heading.split()))
    match = re.match(rf"[#*_\s]*{words}[*_:\s]*", stretch.text[start:end], re.IGNORECASE) if words else None
    return stretch.part(start + (match.end() if match else 0), end, section)


def _in_part(part: Stretch, inside: bool) -> Iterator[Reservation]:
    found, before = False, ""
    for match in _SENTENCE.finditer(part.text):
        if _NONE.search(match[0]) and not _RESERVES.search(match[0]):
            continue
        who = _who(match[0])
        if who is None and inside and not found and _only_names(match[0]):
            who = match[0]
        if who is not None and not _names_somebody(who) and _THEY.match(match[0]):
            who = before  # those of the sentence before
        before = match[0]
        if who is not None and (reservation := _reservation(part, match, who)):
            found = True
            yield reservation


def _who(sentence: str) -> str | None:
    """The words of a sentence that say who reserves himself, None where it tells of no reservation."""
    if _NONE.search(sentence):
        return None
    if verb := _RESERVES.search(sentence) or _HANDS_IN.search(sentence) or _JOINS.search(sentence):
        before, after = sentence[: verb.start()], sentence[verb.end() :]
        if _names_somebody(before) and not _TURNED.match(before):
            return before
        return _REASON.split(after, maxsplit=1)[0]
    if by := _FROM.search(sentence):
        return _REASON.split(sentence[by.end() :], maxsplit=1)[0]
    if (group := _GROUP.search(sentence)) and "reserv" in sentence.lower():
        return group[0]
    return None


def _names_somebody(words: str) -> bool:
    return bool(list(named(words)) or parties_in(words) or _plain_names(words))


def _only_names(words: str) -> bool:
    """A list of names or codes that stands alone under the heading: "A (M), B (KD)", "M och SD"."""
    if _OTHER.search(words):
        return False
    people = list(named(words))
    left = len(words) - sum(person.end - person.start for person in people)
    return (
        (bool(people) and left < 25 * len(people) + 10)
        or bool(_LIST_LINE.match(words))
        or (len(words) < 60 and bool(parties_in(words)))
    )


def _reservation(part: Stretch, match: re.Match[str], who: str) -> Reservation | None:
    people = list(named(who))
    members = [person.name for person in people if not _A_PARTY.search(person.name)]
    codes = {person.party for person in people} | set(parties_in(_without(who, people)))
    names = tuple(dict.fromkeys(members or ([] if people else _plain_names(who))))
    if not codes and not names:
        return None
    return Reservation(part.at(match.start(), match.end()), tuple(sorted(codes)), names)


def _without(words: str, people: list[Named]) -> str:
    """The words without the people in them, whose parties are known already."""
    for person in reversed(people):
        words = words[: person.start] + " " + words[person.end :]
    return words


def parties_in(words: str) -> list[str]:
    """The parties that words name without people: by code or by name.

    >>> parties_in("Ledamöterna från M, L och KD"), parties_in("Moderaterna och SD-gruppen")
    (['M', 'L', 'KD'], ['M', 'SD'])
    """
    found = [(match.start(), _by_name()[match[0].lower().rstrip("s")]) for match in _names().finditer(words)]
    for match in _GROUP.finditer(words):
        found.append((match.start(), usual(match["code"])))
    for match in _CODES.finditer(words):
        codes = re.findall(_CODE, match["codes"])
        known = any(map(_is_code, codes)) or bool(re.match(r"\W*(?:från|för)\s", match[0]))
        found += [(match.start(), usual(code)) for code in codes if _is_code(code) or (known and code.isupper())]
    return list(dict.fromkeys(code for _, code in sorted(found, key=lambda entry: entry[0])))


def _is_code(word: str) -> bool:
    """Whether a bare word can be a party's code: a national one, or capitals in an unusual pattern ("ÖrP")."""
    return word.upper() in _national() or (sum(letter.isupper() for letter in word) >= 2 and len(word) <= 5)


def _plain_names(words: str) -> list[str]:
    """People named without a party: two or more capitalised words, none of them a word that begins sentences."""
    name = r"[A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?(?:\s+(?:[A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?|von|af|de))+"
    found = re.findall(rf"{name}(?=\s*(?:,|och\b|samt\b|$|\s*\Z))", words.strip())
    return [" ".join(entry.split()) for entry in found if not (_names().search(entry) or "parti" in entry.lower())]


@cache
def _by_name() -> dict[str, str]:
    """Party names in small letters without genitive -s -> code."""
    return {name.lower().rstrip("s"): code for code, names in _parties() for name in names}


@cache
def _national() -> frozenset[str]:
    return frozenset(load("parties")["national"])


def _parties() -> Iterator[tuple[str, list[str]]]:
    """Each party's code and the names it goes by: national, local, and the groups in minutes ("moderata gruppen")."""
    yield from load("parties")["national"].items()
    yield from load("reservations")["groups"].items()
    yield from ((code, [name]) for code, name in load("parties")["local"].items() if len(name) > 8)


@cache
def _names() -> re.Pattern[str]:
    names = sorted((re.escape(name) for _, names in _parties() for name in names), key=len, reverse=True)
    return re.compile(rf"(?<![\wåäö-])(?:{'|'.join(names)})s?(?![\wåäö])", re.IGNORECASE)
