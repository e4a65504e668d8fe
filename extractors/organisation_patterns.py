"""What organisations' names are made of, word by word: the patterns of spaCy's entity ruler.

A pattern's label is the kind of organisation; its id tells what else must hold for it to be a name
(organisation_names.py). Few patterns with repeated words, and whole phrases, since each pattern is tried at each word.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extractors import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Span

Token = dict[str, Any]
Pattern = dict[str, Any]

WORDS = lexicon.load("organisations")
DEFINITE: dict[str, list[str]] = WORDS["definite"]
INDEFINITE: dict[str, dict[str, str]] = WORDS["indefinite"]
CLUBS: list[str] = WORDS["associations"]["clubs"]
FORMS: list[str] = WORDS["companies"]["forms"]
KNOWN: dict[str, list[str]] = WORDS["known"]
NOT = frozenset(WORDS["not_names"]["words"])
MUNICIPALITIES = frozenset(lexicon.load("municipalities")["codes"].values()) | {"Falu"}
COUNTIES: list[str] = WORDS["counties"]["words"]
ASSOCIATION_ENDS = "|".join(WORDS["associations"]["ends"])
JOINT_ENDS = "|".join(WORDS["associations"]["joint"])
LED_BY = "|".join(WORDS["associations"]["led_by"])
UNIT_ENDS = "|".join(WORDS["units"]["ends"])

_ONE_WORD = {name for name in KNOWN["authority"] if name.islower() and " " not in name}
_DOERS = "|".join(WORDS["associations"]["doers"])
_SPORTS = "|".join(WORDS["associations"]["sports"])
_ENDS = [end for kind, ends in DEFINITE.items() for end in (*ends, *INDEFINITE[kind])]

_AND: Token = {"LOWER": {"IN": ["och", "samt", "&"]}}
_CUT: Token = {"TEXT": {"REGEX": r"^[\wÅÄÖåäö]+-$"}}  # barn- och
_CAPITAL: Token = {"TEXT": {"REGEX": r"^[A-ZÅÄÖ][\wåäöÅÄÖé'’.-]*$", "NOT_IN": [*FORMS, *CLUBS]}}
_CAPITALS: Token = {**_CAPITAL, "OP": "+"}
_FIELD: Token = {"LOWER": {"REGEX": rf"^[\wåäö-]*(?:{'|'.join(WORDS['fields']['ends'])})s?$"}}
_ADJECTIVE: Token = {"LOWER": {"IN": WORDS["adjectives"]["words"]}}


@dataclass(frozen=True, slots=True)
class Ruled:
    """What the ruler found: the kind, what else must hold, its words and where each begins and ends."""

    kind: str
    needs: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def ruled(entity: Span) -> Ruled:
    """The ruler's find as a value of our own."""
    starts = tuple(token.idx for token in entity)
    ends = tuple(token.idx + len(token.text) for token in entity)
    return Ruled(entity.label_, entity.ent_id_, tuple(token.text for token in entity), starts, ends)


def patterns() -> list[Pattern]:
    """All of them."""
    return [*_bodies(), *_units(), *_companies(), *_associations(), *_authorities(), *_known()]


def _pattern(kind: str, *tokens: Token, needs: str = "") -> Pattern:
    return {"label": kind, "pattern": list(tokens), "id": needs}


def _maybe(token: Token) -> Token:
    return {**token, "OP": "?"}


def _word(regex: str, *, not_in: set[str] | frozenset[str] = frozenset()) -> Token:
    """A word in capitals or not that fits the pattern, in the nominative or the genitive."""
    banned = [f"{word}{s}" for word in sorted(not_in) for s in ("", "s")]
    return {"LOWER": {"REGEX": rf"^(?:{regex})s?$"} | ({"NOT_IN": banned} if banned else {})}


def _bodies() -> Iterator[Pattern]:
    """Bodies and administrations: "barn- och ungdomsnämnden", "tekniska nämnden", "nämnden för kultur och fritid"."""
    ends, not_councils = "|".join(_ENDS), "|".join(WORDS["not_names"]["councils"])
    one = _word(rf"(?![\w-]*(?:{not_councils}))[\wåäö-]+(?:{ends})", not_in=NOT | _ONE_WORD)
    for head in ((one,), (_CUT, _AND, one), (_CUT, _maybe({"ORTH": ","}), _CUT, _AND, one)):
        yield _pattern("body", *head)
        yield _pattern("body", *head, {"TEXT": {"IN": lexicon.load("bodies")["places"]}})
        yield _pattern("body", *head, _maybe({"LOWER": "i"}), _CAPITAL, needs="municipality last")
    yield _pattern("body", _FIELD, _AND, one, needs="capital")
    comma = {"ORTH": ","}
    for fields in ((), (_AND, _FIELD), (comma, _FIELD, _AND, _FIELD), (_AND, _CUT, _AND, _FIELD)):
        yield _pattern("body", _maybe(_ADJECTIVE), _word(ends), {"LOWER": "för"}, _FIELD, *fields)
    yield _pattern("body", _maybe(_ADJECTIVE), _word(ends), {"LOWER": "för"}, _CUT, _AND, _FIELD)
    definite = "|".join(end for ends_ in DEFINITE.values() for end in ends_ if end != "rådet")
    yield _pattern("body", _ADJECTIVE, _word(definite))
    yield _pattern("body", {"LOWER": {"IN": WORDS["adjectives"]["councils"]}}, _word(r"[\wåäö-]+råd(?:et)?"))
    yield _pattern("body", {"LOWER": "brottsförebyggande"}, {"LOWER": "rådet"})
    yield _pattern("body", {"IS_TITLE": True}, _word(rf"stadsdels(?:{ends})"))
    yield _pattern("body", {"IS_TITLE": True}, _word("ungdomsråd"), needs="municipality first")
    owner, owned = (
        _word(r"(?:[\wåäö-]+(?:nämnden|styrelsen)|[\wåäö-]*fullmäktige)s"),
        _word(r"\w*(?:utskott|beredning|presidium|råd)"),
    )
    for what in ((owned,), (_CUT, _AND, owned), (_ADJECTIVE, owned)):
        yield _pattern("body", owner, *what)
        yield _pattern("body", _CUT, _AND, owner, *what)


def _units() -> Iterator[Pattern]:
    """Ekonomienheten, Bygg- och miljöenheten, Sektor lärande."""
    one = {"TEXT": {"REGEX": rf"^[A-ZÅÄÖ][\wåäö-]*(?:{UNIT_ENDS})s?$"}, "LOWER": {"NOT_IN": sorted(NOT)}}
    yield _pattern("administration", one)
    yield _pattern("administration", {"TEXT": {"REGEX": r"^[A-ZÅÄÖ]\w+-$"}}, _AND, _word(rf"[\wåäö-]*(?:{UNIT_ENDS})"))
    sector = {"LOWER": {"IN": ["sektor", "sektorn"]}}
    yield _pattern("administration", sector, _maybe({"LOWER": "för"}), _FIELD)
    yield _pattern("administration", sector, _maybe({"LOWER": "för"}), _FIELD, _AND, _FIELD)
    yield _pattern("administration", {"ORTH": "Sektor"}, _CAPITAL, needs="tail")


def _companies() -> Iterator[Pattern]:
    """Sundby Energi AB, Göteborg & Co AB, Kommuninvest i Sverige AB, Sundby vatten och avfall AB, AB Sundbyhem."""
    form = {"TEXT": {"IN": FORMS}}
    small = {"TEXT": {"REGEX": r"^[a-zåäö]{3,}(?<!r)(?<!de)$", "NOT_IN": WORDS["companies"]["not_in"]}}
    yield _pattern("company", _CAPITALS, form)
    yield _pattern("company", _CAPITALS, {"ORTH": "&"}, _CAPITALS, form)
    yield _pattern("company", _CAPITALS, {"ORTH": {"IN": ["och", "i"]}}, _CAPITAL, form, needs="one name")
    yield _pattern("company", _CAPITALS, small, _maybe(small), form, needs="form last")
    yield _pattern("company", _CAPITALS, small, {"ORTH": "och"}, small, form, needs="form last")
    first = {"TEXT": {"REGEX": r"^(?:AB|[Aa]ktiebolaget|\w+aktiebolaget)$"}}
    yield _pattern("company", first, _CAPITAL)
    yield _pattern("company", first, _CAPITAL, _CAPITAL, needs="no number")
    yield _pattern("company", {"TEXT": {"IN": WORDS["companies"]["before_form"]}}, {"ORTH": "AB"}, _CAPITAL)
    yield _pattern("company", {"TEXT": {"REGEX": r"^[A-ZÅÄÖ]{2,6}AB$"}}, needs="no number")
    yield _pattern(
        "company", _CAPITAL, {"TEXT": {"REGEX": rf"^[A-ZÅÄÖ]\w*(?:{'|'.join(WORDS['companies']['ends'])})$"}}
    )
    yield _pattern("company", _CAPITAL, _maybe(_CAPITAL), _word(r"\w*aktiebolag"))


def _associations() -> Iterator[Pattern]:
    """Sundby IF, IFK Sundby, Sundby hembygdsförening, Föreningen Kråkan, Kråkan ekonomisk förening."""
    word = {"TEXT": {"REGEX": r"^[A-ZÅÄÖ][a-zåäö][\wåäö-]*$", "NOT_IN": FORMS}}
    words, club = {**word, "OP": "+"}, {"TEXT": {"IN": CLUBS}}
    ending, led = _word(rf"[\wåäö-]*(?:{ASSOCIATION_ENDS})(?:en|et)?"), _word(rf"[\wåäö-]*(?:{LED_BY})")
    for end in (club, ending):
        yield _pattern("association", words, end)
        yield _pattern("association", led, words, end, needs="led by")
        yield _pattern("association", words, end, word, needs="tail")
    yield _pattern("association", words, _CUT, _AND, ending)
    yield _pattern("association", words, _word(rf"[\wåäö-]*(?:{ASSOCIATION_ENDS})(?:en|et)"), {"ORTH": "i"}, word)
    yield _pattern("association", {"TEXT": {"IN": WORDS["associations"]["clubs_first"]}}, word)
    yield _pattern("association", {"TEXT": {"IN": WORDS["associations"]["clubs_first"]}}, word, word, needs="tail")
    yield _pattern("association", led, words, needs="led")
    yield _pattern("association", _word(rf"[\wåäö-]+(?:{LED_BY})"), {"ORTH": "i"}, word, needs="led")
    yield _pattern(
        "association", _word(r"[\wåäö-]+(?:föreningen|förbundet|sällskapet)", not_in=NOT), needs="capital inside"
    )
    small, dot = {"TEXT": {"REGEX": r"^[a-zåäö]{3,}$"}, "OP": "?"}, _maybe({"ORTH": "."})
    yield _pattern("association", words, small, _word("ekonomiska?"), _word("förening"))
    yield _pattern("association", words, small, {"LOWER": "ek"}, dot, {"LOWER": "för"})
    yield _pattern("association", words, small, {"LOWER": "ek.för"})
    yield _pattern(
        "association", words, {"TEXT": {"REGEX": rf"^(?:[A-ZÅÄÖ]\w*(?:{_DOERS})|{_SPORTS})$"}}, needs="doers"
    )


def _authorities() -> Iterator[Pattern]:
    """Länsstyrelsen i Sundby län, Sundby tingsrätt, Sundby kommun, Sundbys Räddningstjänstförbund."""
    joint, board = _word(rf"[\wåäö-]*(?:{JOINT_ENDS})(?:et)?"), {"LOWER": {"IN": ["länsstyrelsen", "landstinget"]}}
    yield _pattern("authority", board, {"LOWER": "i"}, _CAPITALS, _word("län"))
    yield _pattern("authority", _CAPITALS, _word("tingsrätt|hovrätt|länstrafik|universitet|läns landsting"))
    yield _pattern("authority", _CAPITALS, {"LOWER": "läns"}, _word("landsting"))
    yield _pattern("authority", _CAPITALS, _word("kommun|stad"), needs="municipality")
    yield _pattern("association", _CAPITALS, joint)
    yield _pattern("authority", joint, _CAPITALS, needs="tail")
    yield _pattern("authority", _word(rf"(?:{JOINT_ENDS})et", not_in=NOT))
    yield _pattern("authority", {"LOWER": "räddningstjänsten"}, _CAPITALS, needs="tail")
    court = {"LOWER": {"IN": ["förvaltningsrätten", "kammarrätten", "hovrätten", "högskolan"]}}
    yield _pattern("authority", court, {"LOWER": {"IN": ["i", "för", "över"]}}, _CAPITALS)
    yield _pattern("authority", {"ORTH": "Högskolan"}, _CAPITAL, needs="tail")
    land = ({"LOWER": "mark-"}, {"LOWER": "och"}, {"LOWER": "miljödomstolen"})
    yield _pattern("authority", *land, {"LOWER": "vid"}, _CAPITALS, _word("tingsrätt"))
    small = {"TEXT": {"REGEX": r"^[a-zåäö-]+$"}, "OP": "?"}
    state = _word(r"\w*(?:verk|institut|råd|styrelse|nämnd|museum|museer|kommission|myndighet)")
    yield _pattern("authority", {"ORTH": "Statens"}, small, small, state)
    yield _pattern("authority", _word(r"[a-zåäö]{4,}departementet"))
    yield _pattern("authority", _CUT, _AND, _word(r"[a-zåäö]{4,}departementet"))


def _known() -> Iterator[Pattern]:
    """Names known in the whole land, and those of associations with the place of a branch: "Röda Korset Sundby"."""
    for kind, names in KNOWN.items():
        for name in names:
            yield from ({"label": kind, "pattern": f"{form}{s}"} for form in sorted(_spelled(name)) for s in ("", "s"))
    for county in COUNTIES:
        for board in ("Länsstyrelsen", "länsstyrelsen", "Länsstyrelsen i", "länsstyrelsen i"):
            yield from ({"label": "authority", "pattern": f"{board} {county}{s}"} for s in ("", "s"))
        for s in ("", "s", " län", " läns", "s län", "s läns"):
            yield from ({"label": "authority", "pattern": f"{region} {county}{s}"} for region in ("Region", "region"))
    for branch in WORDS["branches"]["words"]:
        yield _pattern(
            "association", *({"ORTH": word} for word in branch.split()), _maybe({"LOWER": "i"}), _CAPITAL, needs="tail"
        )
    yield _pattern("association", {"TEXT": {"IN": WORDS["branches"]["only"]}}, _CAPITAL, needs="led")


def _spelled(name: str) -> set[str]:
    """How a known name is printed: with a capital or without, with capitals through, in capitals."""
    titled = " ".join(word if word in ("och", "för", "i") else f"{word[0].upper()}{word[1:]}" for word in name.split())
    return {name, name.upper(), name.capitalize(), titled} if name.islower() else {name, titled}
