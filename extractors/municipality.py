"""Which municipality (kommun) a paper is from: by its name, a body or district that only it has, an address."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from extractors.lexicon import load
from extractors.model import Municipality
from extractors.text import Text

_HEAD = 1_000  # characters: what stands here counts double
_REACH = 20_000  # characters: further into a paper other municipalities are as likely
_NAME = r"[A-ZÅÄÖ][A-Za-zÅÄÖåäöé]+(?:[ -][A-ZÅÄÖ][A-Za-zÅÄÖåäö]+)?"
_BESIDE = re.compile(rf"(?<![\w-])({_NAME})\s+(?i:kommuns?|stads?)\b(?!\w)")
_BODY = re.compile(rf"(?<![\w-])({_NAME})s?\s+(?:kommun(?:fullmäktige|styrelsen?|ledning\w*)|stadsledningskontor)\b")
_BEFORE = re.compile(rf"[Kk](?i:ommun(?:fullmäktige|styrelsen|en)?) i ({_NAME})\b")
_POST = re.compile(rf"\b\d{{3}} ?\d{{2}} {{1,3}}({_NAME})\b")
_DOMAIN = re.compile(
    r"(?:@(?:[\w-]+\.)*|www\.(?:[\w-]+\.)*|(?<![\w./@-]))([a-z-]{3,30})(?:kommun)?\.se(?![\w./-]*/)", re.IGNORECASE
)
_WORD = r"[A-ZÅÄÖ][a-zåäöé]+"
# Words with capitals; they count where they are a name and no more, unlike "Region Stockholm" and "Anna Lerum".
_BARE = re.compile(rf"(?<![\w.-])(?:{_WORD}[ -])*{_WORD}(?![\w-])")
_OPENING = re.compile(r"^(?:Enligt|Inom|Från|Till|För|Med|Vid|Under|Om|Hela|När|Som|Att|Av|På|Där|Här|Även|Mellan) ")
# "nässjöpolitiken": looked for where the second part stands, matched where the word begins.
_SECOND = re.compile(r"politik|bor|förslag|modell")
_WORD_START = re.compile(r"(?<![\w-])[a-zåäö]{5,13}$")
_COMPOUND = re.compile(r"([a-zåäö]{5,12}?)(?:s?(?:politik|bor|förslag|modell)[a-zåäö]{0,6})\b")
_PLAIN = str.maketrans("åäöÅÄÖé", "aaoAAOe")


def find(text: Text) -> Municipality | None:
    """The municipality that the text and what stood in its margins tell; None where they tell none or two alike.

    >>> find(Text("Tekniska nämnden\\nNässjö kommun", (), "text"))
    Municipality(code='0682', name='Nässjö')
    """
    weights: Counter[str] = Counter()
    margins = "\n".join([text.head, *text.furniture, text.meta.get("site", "")])
    for part, weight in (
        (margins, 3),
        (text.text[:_HEAD], 2),
        (text.text[_HEAD:_REACH], 1),
        (text.text[_REACH:][-4_000:], 1),
    ):
        for code, strength in _told(part):
            weights[code] += strength * weight
    ranked = weights.most_common(2)
    if not ranked or ranked[0][1] < 2 or (len(ranked) > 1 and ranked[0][1] < 1.6 * ranked[1][1]):
        return None
    return Municipality(ranked[0][0], load("municipalities")["codes"][ranked[0][0]])


def _told(text: str) -> Iterator[tuple[str, int]]:
    """Each code that the text tells of and how strongly."""
    for pattern, strength in ((_BESIDE, 2), (_BODY, 8), (_BEFORE, 4), (_POST, 4)):
        for match in pattern.finditer(text):
            if code := _code(match[1]):
                yield code, strength
    lowered = text.lower()
    for word in lowered.split() if ".se" in lowered else ():
        for match in _DOMAIN.finditer(word) if ".se" in word else ():
            if code := _domains().get(match[1]):
                yield code, 3
    for name, code in _district_codes().items():
        if found := lowered.count(name):
            yield code, 6 * found
    for match in _BARE.finditer(text):
        name = _OPENING.sub("", match[0])
        if (code := _code(name, whole=True)) and not _shy(name):
            yield code, 1
    for match in _compounds(lowered):
        if code := _long_names().get(match[1]) or _long_names().get(match[1] + "s"):
            yield code, 2


def _compounds(lowered: str) -> Iterator[re.Match[str]]:
    done = -1
    for second in _SECOND.finditer(lowered):
        word = _WORD_START.search(lowered, max(0, second.start() - 13), second.start())
        if word and word.start() > done and (match := _COMPOUND.match(lowered, word.start())):
            done = word.start()
            yield match


@cache
def _code(name: str, whole: bool = False) -> str | None:
    """The code of a name as printed, in the genitive or in capitals too."""
    folded = " ".join(name.lower().split())
    for form in (folded,) if whole else (folded, folded.rpartition(" ")[2]):
        if code := _names().get(form) or _names().get(form.removesuffix("s")):
            return code
    return None


@cache
def _names() -> dict[str, str]:
    return {name.lower(): code for code, name in load("municipalities")["codes"].items()}


@cache
def _long_names() -> dict[str, str]:
    return {name: code for name, code in _names().items() if len(name) > 4 and not _shy(name)}


@cache
def _shy(name: str) -> bool:
    shy = {row.lower() for row in load("municipalities")["shy"]["names"]}
    return bool({name.lower(), name.lower().removesuffix("s"), name.split()[0].lower().removesuffix("s")} & shy)


@cache
def _domains() -> dict[str, str]:
    table = load("municipalities")
    own: dict[str, str] = {
        name.lower().translate(_PLAIN).replace(" ", ""): code for code, name in table["codes"].items()
    }
    own.update(table["domains"])
    return own


@cache
def _district_codes() -> dict[str, str]:
    return {name.lower(): code for code, names in load("municipalities")["districts"].items() for name in names}
