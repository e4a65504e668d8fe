"""Officials (tjänstepersoner): names that a title or a label stands beside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from extractors import lexicon, names, tokens

_WORDS = lexicon.load("roles")
ELECTED_LABELS = frozenset(_WORDS["elected_labels"])

_ASSOCIATIONS: list[str] = lexicon.load("organisations")["associations"]["ends"]
_LABELS = frozenset(_WORDS["official_labels"])
_TITLE_ENDS = tuple(_WORDS["title_ends"])
_NO_TITLES = frozenset(_WORDS["not_titles"])
_FRONT = re.compile(  # what a title begins with: tf · biträdande · teknisk · kultur- och
    rf"(?<![\w-])(?:(?i:{lexicon.any_of(_WORDS['title_fronts'])})|[A-ZÅÄÖa-zåäö][a-zåäö]+(?:isk|iskt|ativ|lig|lad|rad)"
    r"|\w+-\s(?:och|samt|&))\s$"
)
_BARE = re.compile(r"(?<![\w-])chef(?:en)?$", re.IGNORECASE)
_DEFINITE = re.compile(r"(?:en|rn|et|\bchef)$", re.IGNORECASE)
_COMMA = re.compile(r",\s(?=[A-ZÅÄÖ])")
_TAIL = re.compile(r"(?:\s(?:för|på|vid|i|inom|och)\s[^.,;:()\n\t\d]{2,90}?)?(?=\s*(?:[.,;()\n\t\d]|$|\s{2}))")
_IN_BRACKET = re.compile(r"\s\((?:[^()\n]{0,40},\s)?$")
_APART = re.compile(r"(?:,\s?|\s[–-]\s|\t+| +)$")
_IS = re.compile(r",?\s(?:som\s)?(?:är|blir|blev)\s(?:(?:ny|tidigare|kommunens|[\wåäö]+s)\s)?$")
_MADE = re.compile(
    r"\b(?:ut(?:se|ser|sett|ses|såg|sågs)|anställ\w*|förordna\w*|rekrytera\w*)[^.\n]{0,90}?\s(?P<to>(?:till|som)\s(?:ny\s)?)$"
)
_NAME_NEXT = re.compile(
    rf"(?::[ \t]+|[ ](?:(?:{lexicon.any_of(_WORDS['made'])}):?[ ])?)(?=[A-ZÅÄÖ])"  # Bo Ek · godkänns Bo Ek
)
_AND_MORE = re.compile(r"\s(?:och|samt|tillika)\s([\wåäö-]+)")
_CAPITAL_BEFORE = re.compile(r"(?<![\w-])([A-ZÅÄÖ][\w-]+)[ ]$")
_CHAIRING = re.compile(
    rf",\s(?P<role>(?:vice\s)?ordförande\s(?:i|för)\s[^.,;()\n§]{{0,50}}(?:{'|'.join(_ASSOCIATIONS)})(?:en|et)?)(?![\w-])"
)
_CAPITALISED = re.compile(r"[A-ZÅÄÖ][a-zåäö]")
_ENDS = re.compile(r"\s*(?:[\n,.;()\t§]|\s{2}|$|(?:och|samt|på|för|vid|från|i|hos|med)\s)")
_ENDS_ROW = re.compile(r"[ \t]*(?:[\n§,;]|\d|$)")
_IN_SENTENCE = re.compile(r"(?:^|\s)(?!(?:i|på|vid|inom|hos|för|om|till)\s)[a-zåäö]+\s$")
_BEGINS = re.compile(r"(?:^|[\n\t:,•–]|\s{2}|\b(?:och|samt|med))[ ]?$")
_CODE_NEXT = re.compile(r"\s*\((?:[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,4}|-)\)")
_SIGNED = re.compile(r"(?:^|\n[ \t]*\n|hälsning(?:ar)?[,!]?\n)$", re.IGNORECASE)
_OPEN = re.compile(r",(?:[ ]{2,}[\d.:]{4,5})?$")  # Bo Ek,   09.15
_ENDS_LABELLED = re.compile(r"[ \t]*(?:[\n,§]|$|[ \t]{2})")
_CELL = re.compile(r"\S(?:[ ]?\S)*")
_LABEL = re.compile(
    rf"(?:^|(?<=\s\s)|(?<=\t))(?P<role>{lexicon.any_of(_WORDS['official_labels'] + _WORDS['elected_labels'])})"
    r"(?:[ \t]*:|[ \t]*§§?[ \d–,-]+|[ \t]*(?:\n[ \t]*)?[.…_][.…_ \t]{2,})?(?:[ \t]*\n){0,3}[ \t]*(?=[A-ZÅÄÖ])",
    re.IGNORECASE | re.MULTILINE,
)

Place = tuple[int, int]  # start and end of a name
Found = tuple[int, int, str, str]  # start and end of the name, the name, its title


def titled(text: str) -> Iterator[Found]:
    """Names with a title after a comma or in brackets, before them, below them or told of them.

    >>> [(name, title) for _, _, name, title in titled("Åsa Berg, chef för Parker i Sundby.\\nkanslichef Bo Ek\\n")]
    [('Åsa Berg', 'chef för Parker i Sundby'), ('Bo Ek', 'kanslichef')]
    >>> [(name, title) for _, _, name, title in titled("Åsa Berg (punkt A, planarkitekt)\\n\\nBo Ek\\nteknisk chef")]
    [('Åsa Berg', 'planarkitekt'), ('Bo Ek', 'teknisk chef')]
    """
    taken: set[Place] = set()
    for at, word, _ in tokens.meaning(text, _is_title):
        found = _beside(text, _front(text, at), at + len(word), taken)
        if found and not _CODE_NEXT.match(text, found[0][1]):
            place, title = found
            taken.add(place)
            yield *place, names.plain(text[slice(*place)]), " ".join(title.split())
    for chairing in _CHAIRING.finditer(text):
        if chair := _likely(text, names.before(text, chairing.start())):
            yield *chair, names.plain(text[slice(*chair)]), " ".join(chairing["role"].split())


def labelled(text: str) -> Iterator[Found]:
    """Names after "Handläggare", "Sekreterare", "Ordförande" and the like, on that line or the next.

    >>> [(name, label) for _, _, name, label in labelled("Handläggare\\nÅsa Ek-Berg\\nSekreterare ......\\nBo Ek")]
    [('Åsa Ek-Berg', 'Handläggare'), ('Bo Ek', 'Sekreterare')]
    """
    for match in _LABEL.finditer(text):
        place = names.after(text, match.end())
        if (
            place
            and not _CODE_NEXT.match(text, place[1])
            and (_likely(text, place) == place or _fills(text, match, place))
        ):
            yield *place, text[slice(*place)], match["role"]


def _fills(text: str, label: re.Match[str], place: Place) -> bool:
    """Whether two words have a line below the label, or what it is followed by: a name there, known or not."""
    told = text[place[0] - 1 : place[0]] == "\n" or re.search(r"[:.…_]\s*$", label[0])
    return bool(told and _ENDS_LABELLED.match(text, place[1])) and len(text[slice(*place)].split()) == 2


@lru_cache(maxsize=65_536)
def _is_title(word: str) -> bool | None:
    return True if word == "VD" or (word.lower().endswith(_TITLE_ENDS) and word.lower() not in _NO_TITLES) else None


def _front(text: str, at: int) -> int:
    """Where a title begins whose last word is at `at`."""
    while front := _FRONT.search(text, max(0, at - 40), at):
        at = front.start()
    return at


def _beside(text: str, start: int, end: int, taken: set[Place]) -> tuple[Place, str] | None:
    """The name beside the title that stands from start to end, and the title; a bare "chef" with what it is of."""
    if (more := _AND_MORE.match(text, end)) and _is_title(more[1]):
        end = more.end()
    tail = _TAIL.match(text, end) if _BARE.search(text, start, end) else None
    stop = tail.end() if tail else end
    title, whole = text[start:end], text[start:stop]
    if bracket := _IN_BRACKET.search(text, max(0, start - 50), start):
        place = names.before(text, bracket.start())
        return (place, whole) if place else None
    if (place := _before(text, start, end)) and place not in taken:
        return place, whole
    if (place := _after(text, end)) and not (_is_label(text, start, end) or _in_name(text, start)):
        return place, title
    place = _told(text, start) or _above(text, start, end) or _behind(text, title, stop)
    return (place, whole) if place and place not in taken else None


def _before(text: str, start: int, end: int) -> Place | None:
    """Bo Ek, ekonomichef · Bo Ek – ekonomichef · Bo Ek      ekonomichef      §§ 4-7 · Bo Ek ekonomichef, § 4."""
    apart = _APART.search(text, max(0, start - 12), start)
    if not apart or text[apart.start() - 1 : apart.start()] == ")":
        return None
    named = names.before(text, apart.start())
    place, small = _likely(text, named), not _CAPITALISED.match(text, start)
    if apart[0] == " ":
        return place if place and small and _ENDS_ROW.match(text, end) and _BEGINS.search(text, *_left(place)) else None
    if apart[0][0] in " \t" and not (_ENDS_ROW.match(text, end) or apart[0][1:2] in ("-", "–")):
        return None
    if place or not named or not small or len(text[slice(*named)].split()) > 3:
        return place
    # A name that no list knows: between commas or at a line's ends, or inside a sentence, where two capitals tell it
    ends = _ENDS if apart[0][0] == "," else _ENDS_ROW
    begins = _BEGINS.search(text, *_left(named)) or (apart[0][0] == "," and _IN_SENTENCE.search(text, *_left(named)))
    return named if begins and ends.match(text, end) else None


def _left(place: Place) -> Place:
    """The few characters before a place."""
    return max(0, place[0] - 20), place[0]


def _after(text: str, end: int) -> Place | None:
    """Ekonomichef Bo Ek · ekonomichefen Bo Ek · Som kontrollansvarig godkänns Bo Ek."""
    next_ = _NAME_NEXT.match(text, end)
    named = names.after(text, next_.end()) if next_ else None
    place = _likely(text, named)
    if place or not named or not _DEFINITE.search(text, end - 4, end) or text[end - 4 : end].lower() == "chef":
        return place
    return named if len(text[slice(*named)].split()) == 2 else None  # a definite form is of somebody, known or not


def _behind(text: str, title: str, stop: int) -> Place | None:
    """Kommundirektören, Bo Ek, svarar · chefen för kansliet, Bo Ek."""
    if not (_DEFINITE.search(title) and (comma := _COMMA.match(text, stop))):
        return None
    place = _likely(text, names.after(text, comma.end()))
    return place if place and text[place[1] : place[1] + 1] in (",", ".") else None


def _is_label(text: str, start: int, end: int) -> bool:
    """Whether "Handläggare" and the like stand before a name as its label, which a title after the name goes before."""
    return text[start:end].lower() in _LABELS and (text[end] == ":" or text[start - 1 : start] in ("", "\n", "\t"))


def _in_name(text: str, start: int) -> bool:
    """Whether a title with a capital ends an organisation's name: "Sveriges Lärare Bo Ek"."""
    word = _CAPITAL_BEFORE.search(text, max(0, start - 25), start) if text[start].isupper() else None
    return word is not None and not names.is_heading(word[1])


def _told(text: str, start: int) -> Place | None:
    """Bo Ek är ekonomichef · utser Bo Ek till dataskyddsombud."""
    if is_ := _IS.search(text, max(0, start - 50), start):
        return _likely(text, names.before(text, is_.start()))
    made = _MADE.search(text, max(0, start - 140), start)
    return _likely(text, names.before(text, made.start("to"))) if made else None


def _above(text: str, start: int, end: int) -> Place | None:
    """The name in the cell above a title, or the one that a comma at the end of the line above leaves open."""
    head = text.rfind("\n", 0, start) + 1
    if not head or not re.match(r"[^\n]{0,60}(?:\n|$)", text[end : end + 70]):
        return None
    parted = text[head - 2 : head] == "\n\n"
    bottom = head - 2 if parted else head - 1
    top = text.rfind("\n", 0, max(bottom, 0)) + 1
    if parted and text[max(0, top - 2) : top] != "\n\n":
        return None  # the last of a list above
    if start == head and (open_ := _OPEN.search(text, top, bottom)):
        return names.before(text, open_.start())
    stop = text.find("\n", end)
    below = [cell.start() for cell in _CELL.finditer(text, head, stop if stop >= 0 else len(text))]
    above = list(_CELL.finditer(text, top, bottom))
    if start not in below or len(above) not in (len(below), below.index(start) + 1):
        return None
    at, places = below.index(start), [_whole(text, cell) for cell in above]
    if _CODE_NEXT.search(above[at][0]):
        return None  # a politician
    signed = not text[max(0, top - 1) : top].strip() and _SIGNED.search(text, max(0, top - 40), top)
    return places[at] if (len(above) > 1 and all(places)) or signed else _likely(text, places[at])


def _whole(text: str, cell: re.Match[str]) -> Place | None:
    """The name that is all of a cell, but for a party's code."""
    code = _CODE_NEXT.search(cell[0])
    place = names.before(text, cell.start() + code.start() if code else cell.end())
    return place if place and place[0] == cell.start() and len(text[slice(*place)].split()) < 4 else None


def _likely(text: str, place: Place | None) -> Place | None:
    """The place, without words before a first name that is known; None if nothing tells that it is a name."""
    if place is None:
        return None
    words = [*re.finditer(r"\S+", text[slice(*place)])]
    first = next((word for word in words[1:-1] if names.has_first_name(word[0])), None)
    if first and not names.has_first_name(words[0][0]):
        place = place[0] + first.start(), place[1]
    return place if names.is_likely(text[slice(*place)]) else None
