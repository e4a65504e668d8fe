"""Which body (nämnd, styrelse, utskott) a paper is of or to, by its name: "Kommunstyrelsens arbetsutskott"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from extractors import case_numbers
from extractors.lexicon import load
from extractors.lines import runs_on, width_of
from extractors.model import Stretch
from extractors.text import Text

_EDGE = " \t*_#|>:,.–-"
_NO_NAMES = frozenset(
    (
        "i",
        "för",
        "till",
        "av",
        "från",
        "om",
        "med",
        "på",
        "vid",
        "att",
        "som",
        "har",
        "den",
        "det",
        "en",
        "ett",
        "enligt",
        "hur",
    )
)
_LINES = 60  # of a paper in which its body is looked for first
_JUNK = re.compile(
    r"""\b(?:sammanträdes|besluts|närvaro)?protokoll(?:sutdrag)?\b|\bkallelse(?:/underrättelse)?\b|\bföredragningslista\b
        |\butdrag\s+ur\b|\b(?:sida\s+)?\d+\s*(?:\(\d+\)|av\s+\d+|/\s?\d+)|\b\d{4}-\d\d-\d\d\b
        |\b(?:den\s+)?\d{1,2}\s+(?:jan|febr|augusti|sept|okto|nov|dec|mars|april|maj|juni|juli)[a-z]*\s+\d{4}\b|\bjusterandes?\s+sign\w*\b|\butdragsbestyrkande\b
        |\b(?:sammanträdes)?datum\s*$|\bsida\s*$|\bsign\.?\s*$|\bsammanträdesdatum\b|\bsammanträde(?:sdag)?\b|(?<!\w)(?:[A-ZÅÄÖ][\w-]+\s)?[A-ZÅÄÖ][\w-]+\s(?:kommuns?|stads?)\b(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?:till|datum|handläggare|beteckning|diarienr|diarienummer|dnr|ärendenummer|"
    r"(?:initiativ|motion|interpellation) (?:i|till))"
    r"\b:?\s*",
    re.IGNORECASE,
)


_FIELD = re.compile(  # Nämnden för teknik och service, but not "... beslutar", "... behandling", "... om revidering"
    r"(?:för|i) (?!.*\b(?:(?:beslut|föresl|godkän|behandl|försla|överlägg|reserv)\w+"
    r"|om|angående|gällande|avseende|beträffande|enligt|från|till|att)\b)[\w&, -]{3,60}",
    re.IGNORECASE,
)
_STUCK = re.compile(r"^[A-ZÅÄÖa-zåäö](?=(?:Kommun|Region)(?:fullmäktige|styrelsen))")  # a stray letter of a logo


def named(line: str) -> str | None:
    """The body whose name is all that a line says, besides dates, page numbers and words such as "Protokoll".

    >>> named("KOMMUNFULLMÄKTIGE      SAMMANTRÄDESPROTOKOLL"), named("**Protokoll** Barn- och utbildningsnämnden")
    ('Kommunfullmäktige', 'Barn- och utbildningsnämnden')
    >>> named("Kommunstyrelsen beslutar"), named("Till Göteborgs kommunfullmäktige")
    (None, 'Kommunfullmäktige')
    """
    return _named(line) if _mentions(line) else None


@lru_cache(maxsize=8192)  # the same heads and feet on page after page
def _named(line: str) -> str | None:
    for number in reversed(list(case_numbers.find(Stretch(line)))):
        line = line[: number.span.start] + " " + line[number.span.end :]
    line = " ".join(_JUNK.sub(" ", line).split()).strip(_EDGE + "·•/")
    line = " ".join(_LABEL.sub("", line).split()).strip(_EDGE).removesuffix(" i")  # Socialutskottet i Granby kommun
    words = _without_logo(_STUCK.sub("", line).split())
    if len(words) > 1 and words[1].lower() in ("kommunfullmäktige", "kommunstyrelsen", "kommunstyrelse"):
        words = words[1:]  # "Göteborgs kommunfullmäktige"
    return _tidy(" ".join(words)) if _is_name(words) else None


def _without_logo(words: list[str]) -> list[str]:
    """Without words in capitals before a name that is not: a logo that was read along with it.

    >>> _without_logo("ATLING SÅS Kommunstyrelsen".split()), _without_logo("TEKNISKA NÄMNDEN".split())
    (['Kommunstyrelsen'], ['TEKNISKA', 'NÄMNDEN'])
    """
    at = next((i for i, word in enumerate(words) if not word.isupper()), 0)
    return words[at:] if _end().fullmatch(words[at] if words else "") else words


def _is_name(words: Sequence[str]) -> bool:
    """Whether the words are a body's name, all of them.

    >>> _is_name("Miljö-, bygg- och räddningsnämnden".split()), _is_name("Nämnden för Kultur & Fritid".split())
    (True, True)
    >>> _is_name("Årsredovisning för tekniska nämnden".split()), _is_name("Rinkeby-Kista stadsdelsnämnd".split())
    (False, True)
    """
    at = next((i for i, word in enumerate(words) if _end().fullmatch(word)), None)
    if at is None or at > 7:
        return False
    before, after = words[:at], words[at + 1 :]
    joined = [word for word in before if not (word.endswith(("-", "-,")) or word.lower() in ("och", "&", "samt"))]
    if len(joined) > 2 or (len(joined) == 2 and len(joined) == len(before) and not before[0][0].isupper()):
        return False
    if any(not re.fullmatch(r"[A-ZÅÄÖa-zåäöé-]+", word) or word.lower() in _NO_NAMES for word in joined):
        return False
    if not after:
        return bool(before) or _may_be(words[at])
    rest = " ".join(after)
    if words[at].lower().endswith("s"):
        return len(after) < 5 and after[-1].lower().endswith(("utskott", "presidium", "beredning"))
    bare = words[at].lower() in (
        "nämnden",
        "utskottet",
        "beredningen",
        "delegationen",
        "rådet",
        "kommittén",
        "direktionen",
    )
    return rest.lower() in _places() or (bare and len(before) < 2 and bool(_FIELD.fullmatch(rest)))


def of_minutes(text: Text) -> str | None:
    """The body whose minutes or summons these are."""
    head = _whole(_head_lines(text))
    for line in head:
        if body := _labelled(line):
            return body
    margins = _whole([*text.head.split("\n"), *text.furniture])
    further = () if any(named(line) for line in margins) else _page_heads(text)
    votes: Counter[str] = Counter()
    for weight, lines in ((5, margins), (3, head), (1, further)):
        for line in lines:
            if body := named(line):
                votes[body] += weight
    if votes:
        return max(votes, key=lambda body: votes[body])
    held = _held().search(text.text[:6_000]) or _called().search(text.text[:6_000])
    if held and _may_be(held["name"]):
        return _tidy(held["name"])
    front = (named(text.meta.get(key, "")) for key in ("namnd", "nämnd", "organ", "body"))
    return next(filter(None, front), None) or _mostly_decides(text)


def _mostly_decides(text: Text) -> str | None:
    """The body that decides in most §§, where minutes without a head tell no other: a line for each begins with it."""
    told = Counter(_tidy(match["name"]) for match in _begins().finditer(text.text) if _may_be(match["name"]))
    (most, number), *others = told.most_common(2) or [("", 0)]
    return most if number >= 3 and number > 2 * sum(count for _, count in others) else None


def _whole(lines: Sequence[str]) -> list[str]:
    """The lines, where a body's name goes on over two of them on one.

    >>> _whole(["Kommunstyrelsens", "arbetsutskott", "Protokoll", "Barn- och", "ungdomsnämnden"])
    ['Kommunstyrelsens arbetsutskott', 'Protokoll', 'Barn- och ungdomsnämnden']
    """
    rows: list[str] = []
    for line in lines:
        if rows and _HALF.search(rows[-1]) and (both := f"{rows[-1].strip()} {line.strip()}") and named(both):
            rows[-1] = both
        else:
            rows.append(line)
    return rows


_HALF = re.compile(
    r"(?:-|-,|\b(?:och|&|samt|för)|(?:nämnden|styrelsen|fullmäktige)s|^\W*[A-ZÅÄÖ][a-zåäö]+(?:a|isk))\s*$"
)


def _page_heads(text: Text) -> Iterator[str]:
    """The lines further in that look like a page's head: with "Protokoll" or a date, or right before such a line."""
    rows = [line.strip() for line in text.text.split("\n") if line.strip()]
    for line, after in zip(rows, [*rows[1:], ""], strict=False):
        if (
            len(line) < 90
            and not line.endswith((".", ","))
            and _mentions(line)
            and (_JUNK.search(line) or _JUNK.match(after))
        ):
            yield line


def addressed(text: Text) -> str | None:
    """The body that a statement, a motion or another paper is for."""
    head = _head_lines(text)[:30]
    for rows in (head, [*text.head.split("\n"), *text.furniture]):
        for line in _whole(rows):
            if body := _labelled(line) or named(line):
                return body
    for pattern in (_ADOPTED, _PREPARED, _PROPOSED, _ASKED):
        asked = pattern.search(text.text)
        if asked and _may_be(asked[1]):
            return _tidy(asked[1])
    return None


_ANY = (
    r"((?:[\wåäö]+-,? (?:[\wåäö]+-,? )*(?:och )?|[A-ZÅÄÖ][a-zåäö]+a )?"
    r"[\wåäöÅÄÖ]*(?:nämnden|styrelsen|fullmäktige|utskottet)(?:s \w*utskott)?)\b"
)
_ADOPTED = re.compile(rf"(?:[Aa]ntagen|[Bb]eslutad|[Ff]astställd) av {_ANY}")
_PREPARED = re.compile(  # a committee prepares what the board decides
    r"(?:^|\n)[ \t*_#>|]*[Ff]örslag till beslut\W*\n+\W*[\w -]{0,60}(?:utskottet|beredningen|presidiet)"
    rf" föreslår (?:att )?{_ANY} (?:beslutar|besluta|att)\b"
)
_PROPOSED = re.compile(rf"(?:^|\n)[ \t*_#>|]*[Ff]örslag till beslut\W*\n+\W*{_ANY} (?:beslutar|föreslår|besluta)\b")
_ASKED = re.compile(
    r"(?:[Ff]örslag(?:et)? till beslut i|föreslår(?: \w+){0,3}? att|föreslås|yrkar(?: \w+){0,3}? att|[Tt]ill)\s+"
    r"((?:[\wåäö]+-,? (?:[\wåäö]+-,? )*(?:och )?)?[\wåäöÅÄÖ]*(?:nämnden|styrelsen|fullmäktige|utskottet))\b"
)


def deciding(text: Text) -> str | None:
    """The body that a news text says has decided something.

    >>> deciding(Text("Under socialnämnden Hisingens sammanträde den 30 augusti fattades flera beslut", (), "text"))
    'Socialnämnden Hisingen'
    >>> deciding(Text("Socialnämnden ställer sig helt bakom programmet, säger direktören.", (), "text")) is None
    True
    """
    for pattern in _decides():
        for match in pattern.finditer(text.text):
            if _may_be(match["name"]):
                return _tidy(match["name"])
    short = _decides_in_short().search(text.text)
    return _named_before(text.text[: short.start()], short["short"].lower()) if short else None


def _named_before(text: str, ending: str) -> str | None:
    """Whom "nämnden" means: the last body before it whose name ends so."""
    names = [match["name"] for match in re.finditer(rf"(?P<name>{name()})", text)]
    whole = [name for name in names if _may_be(name) and name.lower().rstrip("s").endswith(ending.rstrip("s"))]
    return _tidy(whole[-1]) if whole else None


def _head_lines(text: Text) -> list[str]:
    """The first lines, without those that go on with the one before: "... överlämnas till\nkommunstyrelsen."."""
    width = width_of(text.text)
    rows = text.text[:6_000].split("\n")
    own = (row for before, row in zip(["", *rows], rows, strict=False) if not runs_on(before, row, width))
    return [row for row in own if row.strip()][:_LINES]


def _labelled(line: str) -> str | None:
    """The body after a label ("Beslutande organ: Kommunfullmäktige")."""
    match = _label().match(line)
    return named(line[match.end() :]) if match else None


def _may_be(name: str) -> bool:
    return name.lower().strip() not in load("bodies")["not_bodies"]


def _tidy(name: str) -> str:
    """With a capital first, and not in capitals all through; in the nominative."""
    name = " ".join(name.split())
    if name.isupper():
        name = name.lower()
    name = re.sub(r"(nämnden|styrelsen|utskottet|beredningen|fullmäktige|utskott)s$", r"\1", name)
    name = name[:1].upper() + name[1:]
    return "Kommunfullmäktige" if name == "Fullmäktige" else name


_COMPOUND = (
    r"(?:[A-ZÅÄÖa-zåäö]+-,?\s(?:[A-ZÅÄÖa-zåäö]+-,?\s)*(?:(?:och|&|samt)\s)?"
    r"|[A-ZÅÄÖ][a-zåäö]+(?:a|isk)\s(?!(?i:kommun)(?:styrelsen|fullmäktige))|(?!nya|samma|andra|hela|egna|olika|gamla|berörda)[a-zåäö]{4,}a\s(?=nämnden)|[A-ZÅÄÖa-zåäö]+\s(?:och|&)\s)?"
)


def _mentions(line: str) -> bool:
    """Whether a line is short enough to be a body's name and has a word that could be one."""
    lowered = line.lower()
    return len(line) < 160 and any(map(lowered.__contains__, load("bodies")["ends"]))


@cache
def name() -> str:
    """A body's name as a pattern: "Barn- och ungdomsnämnden", "Kommunstyrelsens arbetsutskott", "Nämnden Hisingen"."""
    words = load("bodies")
    ends, places = "|".join(words["ends"]), "|".join(words["places"])
    under = r"(?:s\s(?:[a-zåäö]+-?\s?(?:och\s)?)?[a-zåäö]*utskott)?"
    return rf"(?<![\w-]){_COMPOUND}[A-ZÅÄÖa-zåäö]*(?:{ends}){under}(?:\s(?:{places}))?"


@cache
def _end() -> re.Pattern[str]:
    """The word that a body's name turns on."""
    return re.compile(rf"[A-ZÅÄÖa-zåäö]*(?:{'|'.join(load('bodies')['ends'])})s?", re.IGNORECASE)


@cache
def _places() -> frozenset[str]:
    return frozenset(place.lower() for place in load("bodies")["places"])


@cache
def _label() -> re.Pattern[str]:
    labels = sorted(load("bodies")["labels"], key=len, reverse=True)
    return re.compile(rf"[\W_]*(?:{'|'.join(map(re.escape, labels))})\b\W*[:\s]\s*", re.IGNORECASE)


@cache
def _held() -> re.Pattern[str]:
    """ "Protokoll fört vid kommunstyrelsens sammanträde"."""
    return re.compile(
        rf"(?i:protokoll|kallelse)[^\n.]{{0,20}}? (?:vid|från|för|till) (?P<name>{name()})s? (?:sammanträde|möte)"
    )


@cache
def _called() -> re.Pattern[str]:
    """ "Byggnadsnämnden kallas till sammanträde"."""
    return re.compile(rf"(?P<name>{name()}) (?:\w+ )?kallas (?:\w+ )?till (?:sammanträde|möte)")


@cache
def _begins() -> re.Pattern[str]:
    """ "Kommunstyrelsen tillstyrker ..." at the beginning of a line."""
    return re.compile(
        rf"^\W*(?P<name>{name()}) (?:beslutar|beslutade|beslöt|tillstyrker|avstyrker|godkänner)\b", re.MULTILINE
    )


@cache
def _decides_in_short() -> re.Pattern[str]:
    """ "Nämnden beslutade": a body called by the end of its name, as in a text that has named it before."""
    does = "|".join(load("bodies")["decides"])
    return re.compile(rf"\b(?P<short>[Nn]ämnden|[Ss]tyrelsen|[Uu]tskottet|[Dd]irektionen) (?:{does})\b")


@cache
def _decides() -> tuple[re.Pattern[str], ...]:
    does = "|".join(load("bodies")["decides"])
    return (
        re.compile(rf"(?:[Uu]nder|[Vv]id|[Pp]å) (?P<name>{name()})s (?:\w+ )?(?:sammanträde|möte)"),
        re.compile(rf"(?P<name>{name()}) (?:{does})\b(?! i enlighet)"),
        re.compile(rf"(?P<name>{name()})(?: ·|,| \|) (?:den )?\d{{1,2}} [a-z]+ \d{{4}}"),
        re.compile(rf"(?:[Bb]eslutade|[Bb]eslutar|[Gg]odkände) (?P<name>{name()})\b"),
    )
