"""Whether what the ruler found is an organisation's name where it stands, how much of it is, and its nominative."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from extractors import lexicon, names
from extractors import organisation_patterns as made_of
from extractors.organisation_patterns import Ruled

_WORDS = made_of.WORDS
_NOT_FIRST = frozenset(_WORDS["not_first"]["words"])
_PAPERS = tuple(_WORDS["not_first"]["ends"])
_BUILDINGS = tuple(_WORDS["first"]["ends"])
_FIRST = frozenset(_WORDS["first"]["words"])
_ANYONE = frozenset(_WORDS["not_names"]["anyone"])
_ONLY_LED = frozenset(_WORDS["associations"]["only_led_by"])
_TO_DEFINITE = {short: long for ends in made_of.INDEFINITE.values() for short, long in ends.items()}
_INDEFINITE = re.compile(rf"({lexicon.any_of(_TO_DEFINITE)})s?$", re.IGNORECASE)
_INSIDE = re.compile(r"(?:(?<![\w-])[a-zåäö0-9][\w-]*|[,)])\s$")
_GENITIVE = re.compile(
    rf"(?:{lexicon.any_of([end for ends in made_of.DEFINITE.values() for end in ends])}|{lexicon.any_of(_TO_DEFINITE)}"
    rf"|{lexicon.any_of(_WORDS['units']['ends'])}|utskott|beredning|presidium|(?:{made_of.ASSOCIATION_ENDS})(?:en|et)?|läns?trafik"
    r"|kommun|stad|län|tingsrätt|hovrätt|universitet|departementet|landsting)s$",
    re.IGNORECASE,
)
_PLACES = made_of.MUNICIPALITIES | {county.split()[-1] for county in made_of.COUNTIES}
_KNOWN = {name.lower(): kind for kind, known in made_of.KNOWN.items() for name in known}
_LED = re.compile(rf"(?:{'|'.join(_WORDS['associations']['led_by'])})$", re.IGNORECASE)
_FORM = re.compile(rf"{'|'.join(made_of.FORMS)}|\w*aktiebolag", re.IGNORECASE)
_ADMINISTRATION = re.compile(
    rf"(?:{'|'.join([*made_of.DEFINITE['administration'], *made_of.INDEFINITE['administration']])})\b", re.IGNORECASE
)
_OWNER = re.compile(r"(?:nämndens|styrelsens|fullmäktiges) ", re.IGNORECASE)
_NO_HYPHEN = re.compile(r"^(\w+) (?=(?:och|samt|&) \S+$)")  # "Kultur och fritidsnämnden"
_OF = re.compile(rf" (?:för .+|{lexicon.any_of(lexicon.load('bodies')['places'])})$")
_UNION = re.compile(r"förbundets?$")
_JOINT = re.compile(made_of.JOINT_ENDS, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """An organisation where it is named: start and end in the text, its name, its kind."""

    start: int
    end: int
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class _Words:
    """The words that the ruler found, with what stands before and after them."""

    words: tuple[str, ...]
    before: str
    after: str
    municipality: str | None

    @property
    def inside(self) -> bool:
        """Whether they stand inside a sentence, where a capital tells a name."""
        return _INSIDE.search(self.before) is not None


_MUNICIPAL = ("body", "administration")
_Part = tuple[int, int]  # the first word of the name, and the one after its last
_NONE = (0, 0)


def settled(ruled: Ruled, offset: int, text: str, municipality: str | None) -> Named | None:
    """The organisation that the ruler's find names, None where it names none.

    `offset` is where in the text the words begin that the ruler read, `municipality` the paper's own.
    """
    start, end = offset + ruled.starts[0], offset + ruled.ends[-1]
    found = _Words(ruled.words, text[max(0, start - 30) : start], text[end : end + 20], municipality)
    first, last = _CHECKS[ruled.needs](found)
    first, last = _without_headings(found, first, last, ruled.kind)
    if first >= last or not _stands_alone(found, first, last, ruled.kind):
        return None
    start, end = offset + ruled.starts[first], offset + ruled.ends[last - 1]
    name = nominative(text[start:end], ruled.kind)
    return Named(start, end, name, _kind(ruled, name, last))


@lru_cache(maxsize=8192)
def nominative(name: str, kind: str) -> str:
    """The name on one line with a capital, without the genitive -s; a board in the definite form.

    >>> nominative("barn- och\\nungdomsnämndens", "body"), nominative("Kommunstyrelsens arbetsutskott", "body")
    ('Barn- och ungdomsnämnden', 'Kommunstyrelsens arbetsutskott')
    >>> nominative("SOCIALNÄMND", "body"), nominative("Sundby tingsrätts", "authority")
    ('Socialnämnden', 'Sundby tingsrätt')
    """
    name = re.sub(r"(?<=\w-)(?=och\b)", " ", " ".join(name.split())).lstrip("-")
    if kind == "body":
        name = _NO_HYPHEN.sub(r"\1- ", name)
    if name.isupper() and kind in (*_MUNICIPAL, "authority") and len(name) > 6:
        name = name.lower()
    if _GENITIVE.search(name) or name.lower().removesuffix("s") in _KNOWN:
        name = name.removesuffix("s")
    if kind in _MUNICIPAL:
        name = _definite(name)
    elif name.endswith("s") and name.split()[-1][:-1] in _PLACES:
        name = name[:-1]
    return name[0].upper() + name[1:]


def _definite(name: str) -> str:
    """Socialnämnden of "socialnämnd", in the nominative also where a field is told: "nämnd för skolas"."""
    of = _OF.search(name)
    head, what = (name[: of.start()], of[0].removesuffix("s")) if of else (name, "")
    if (short := _INDEFINITE.search(head)) and not _is_owned(head):
        head = head[: short.start()] + _TO_DEFINITE[short[1].lower()]
    return head + what


def _is_owned(name: str) -> bool:
    """Whether words before it own an indefinite form: "Kommunstyrelsens arbetsutskott", "Norra stadsdelsnämnd"."""
    words = _OF.sub("", name).split()
    if _OWNER.search(name):
        return True
    return len(words) > 1 and not (words[-2].endswith("-") or words[-2].lower() in ("och", "samt", "&"))


def _kind(ruled: Ruled, name: str, last: int) -> str:
    if ruled.needs == "municipality last" and last == len(ruled.words):
        return "authority"
    if ruled.kind == "association" and _JOINT.search(name):
        return "authority"
    if ruled.kind == "body" and _ADMINISTRATION.search(name):
        return "administration"
    return _KNOWN.get(name.lower(), ruled.kind)


def _without_headings(found: _Words, first: int, last: int, kind: str) -> _Part:
    """The part without the heading words before a company's or association's name."""
    if kind not in ("company", "association") or last - first < 2:
        return first, last
    while first < last and _is_heading(found.words[first]) and not _LED.search(found.words[first]):
        first += 1
    alone = last - first == 1 and (found.words[first] in made_of.CLUBS or _FORM.fullmatch(found.words[first]))
    return _NONE if alone else (first, last)


def _stands_alone(found: _Words, first: int, last: int, kind: str) -> bool:
    """Whether the words are a name without more: not "varje socialnämnd", "Sundbyhem AB Sundby"."""
    words = found.words[first:last]
    if kind in _MUNICIPAL and _INDEFINITE.search(_OF.sub("", name := " ".join(words))) and not _is_owned(name):
        before = (found.words[first - 1] if first else found.before.strip().rpartition(" ")[2]).lower()
        return words[0][0].isupper() or words[-1][0].isupper() or (before.endswith("s") and before not in _ANYONE)
    if words[0] in ("AB", "Aktiebolaget"):
        return len(words) > 1 and not _is_heading(words[1]) and not re.search(r"[A-ZÅÄÖ][\w&-]*[ ]$", found.before)
    return True


def _is_heading(word: str) -> bool:
    if word in _NOT_FIRST or len(word) == 1 or word.lower().endswith(_PAPERS):
        return True
    return names.is_heading(word) and not (word in _FIRST or word.isupper() or word.endswith(_BUILDINGS))


def _is_municipality(word: str) -> bool:
    return bool({word, word.removesuffix("s")} & made_of.MUNICIPALITIES)


def _same(word: str, municipality: str | None) -> bool:
    return municipality is not None and municipality.removesuffix("s") == word.removesuffix("s")


def _whole(found: _Words) -> _Part:
    return 0, len(found.words)


def _municipality(found: _Words) -> _Part:
    """Sundby kommun, if there is one, and it is not the paper's own."""
    for first in range(len(found.words) - 1):
        name = " ".join(found.words[first:-1])
        if _is_municipality(name):
            return _NONE if _same(name, found.municipality) else (first, len(found.words))
    return _NONE


def _municipality_last(found: _Words) -> _Part:
    """Miljönämnden (i) Sundby: with the place where it is another municipality's."""
    last = len(found.words) - 1
    place = found.words[last]
    if any(map(_is_municipality, place.split("-"))) and not _same(place, found.municipality):
        return 0, last + 1
    return 0, last - (found.words[last - 1].lower() == "i")


def _municipality_first(found: _Words) -> _Part:
    return (0 if _is_municipality(found.words[0]) else 1), len(found.words)


def _one_name(found: _Words) -> _Part:
    """Norrfrakt i Sundby AB, Sundby Mark och Anläggning AB: not two names, nor what is in a company."""
    at = next(at for at, word in enumerate(found.words) if word in ("och", "i"))
    before = found.words[:at]
    one = not (any(map(_is_heading, before)) or names.has_first_name(before[0])) and (
        len(before) > 1 if found.words[at] == "och" else found.inside or _is_place(found.words[-2])
    )
    return (0 if one else at + 1), len(found.words)


def _is_place(word: str) -> bool:
    return word == "Sverige" or _is_municipality(word)


def _form_last(found: _Words) -> _Part:
    """Sundby vatten och avfall AB: not "Sundby bildar AB Vatten"."""
    return _NONE if re.match(r" [A-ZÅÄÖ]", found.after) else _whole(found)


def _no_number(found: _Words) -> _Part:
    """AB Sundby Rådhus: not "AB Sundby Skår 40:17", nor letters that begin a case number."""
    if len(found.words) == 1:
        return _NONE if re.match(r"[-/ :]*\d", found.after) or re.search(r"\d ?$", found.before) else (0, 1)
    return 0, len(found.words) - bool(re.match(r" \d", found.after))


def _tail(found: _Words) -> _Part:
    """Sundby IK Fotboll, Röda Korset Sundby: without a heading or a person's name that begins there."""
    last = len(found.words)
    while last > 1 and (_is_heading(found.words[last - 1]) or names.has_first_name(found.words[last - 1])):
        last -= 1
    return 0, last - (found.words[last - 1] in ("i", "&", "och"))


def _led(found: _Words) -> _Part:
    """Föreningen Kråkan: not "föreningen Anna Ek"."""
    rest = [word for word in found.words[1:] if word not in ("i", "och", "samt", "&")]
    strange = any(map(_is_heading, rest)) or names.has_first_name(rest[0])
    cut = found.words[-1].endswith(("s", "ska")) and re.match(r" [a-zåäö]", found.after)  # "... Sundbys sjukhem"
    called = (found.words[0] in _ONLY_LED and len(rest) > 1) or found.words[0].lower() == "fackförbundet"
    return _NONE if strange or cut or rest[0] == found.words[0] else (int(called), len(found.words))


def _led_by(found: _Words) -> _Part:
    """Sundby IF of "föreningen Sundby IF" and of "Föreningen Sundby IF"."""
    return (1 if found.words[0].lower() in _ONLY_LED else 0), len(found.words)


def _capital_inside(found: _Words) -> _Part:
    """Hembygdsförbundet, Höglandsförbundet: a capital tells it inside a sentence, its end at the beginning too."""
    word = found.words[0]
    return _whole(found) if word[0].isupper() and (found.inside or _UNION.search(word)) else _NONE


def _capital(found: _Words) -> _Part:
    """Kultur och fritidsnämnden, where a hyphen is lost: not "omsorg och socialnämnden"."""
    return (0 if found.words[0][0].isupper() else 2), len(found.words)


def _doers(found: _Words) -> _Part:
    """Sundby Bågskyttar: not "Våra Skidlöpare"."""
    first = found.words[0]
    return _NONE if _is_heading(first) or names.has_first_name(first) else _whole(found)


_CHECKS: dict[str, Callable[[_Words], _Part]] = {
    "": _whole,
    "municipality": _municipality,
    "municipality last": _municipality_last,
    "municipality first": _municipality_first,
    "one name": _one_name,
    "form last": _form_last,
    "no number": _no_number,
    "tail": _tail,
    "led": _led,
    "led by": _led_by,
    "capital": _capital,
    "capital inside": _capital_inside,
    "doers": _doers,
}
