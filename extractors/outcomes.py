"""What a decision comes to (utfall): one of twelve words, by the main verb of the point, read literally."""

from __future__ import annotations

import re
from functools import cache

from extractors.lexicon import load

OUTCOMES = (
    "approved", "recommended", "rejected", "answered", "remanded", "tabled",
    "referred", "noted", "assigned", "granted", "elected", "other",
)  # fmt: skip

_QUOTED = re.compile(r"[”\"“][^”\"“]{0,400}[”\"“]|\([^()]{0,200}\)")
# A condition is no verdict: "att höja taxan under förutsättning att fullmäktige beviljar medel".
_CONDITION = re.compile(
    r",?\s\b(?:under\s(?:den\s)?förutsättning(?:en)?|förutsatt|med\sförbehåll\s(?:för|om)|för\sdet\sfall(?:et)?)\satt\b"
    r"[^,.;]*(?:,(?=\s)|(?=[.;]|$))"
    r"|\s(?:från|efter|till)\sdet\satt\b[^,.;]*"
    r"|^(?:om|ifall|därest|under\sförutsättning\s(?:av\s)?att|för\sdet\sfall(?:et)?(?:\satt)?)\s[^,.;]{3,200},"
)
_FRAME = re.compile(
    r"""^(?:.{0,160}?\b(?:beslutar|beslutade|beslutat|besluta|beslöt|föreslår|föreslå|hemställer)\b)
    (?:\s(?:också|även|därför|vidare|dessutom|således|därmed|enhälligt|för\segen\sdel|om|i\sstället|följande))*
    (?:\s[\w\s,-]{1,60}?)??\satt\s""",
    re.VERBOSE,
)
_NOT_INFINITIVE = {
    "alla", "samma", "denna", "båda", "vissa", "samtliga", "nya", "första", "andra", "tredje", "bägge", "flera",
    "extra", "bra", "egna", "övriga", "ytterligare", "detta", "dessa",
}  # fmt: skip
_INFINITIVE = re.compile(
    r"(?:[a-zåäö]{2,}a|ge|se|stå|ta|få|bli|avge|utse|anse|tillse|uttala sig|yttra sig)(?=[\s.,;:]|$)"
)
_PLURAL = re.compile(r"(?!varna$)\w{2,}(?:orna|arna|erna)")  # avgifterna, stadgarna: nouns that end like an infinitive
_NO = re.compile(r"\b(?:inte|ej|icke)\s(?:(?:att|ska|skall|får|kan|bör|längre|heller)\s){0,2}$")
# "tidigare beviljade medel", "den av fullmäktige beviljade ramen": no verb of the point's own
_ADJECTIVE = re.compile(
    r"(?:^|[,(]\s?|\b(?:de|den|det|dessa|denna|tidigare|redan|nu|ej|icke|inte|ännu|alla|samtliga|återstående|ytterligare"
    r"|av\s\w+)\s)$"
)
_BODY_NEXT = re.compile(r"\s(?:att|\w*(?:nämnden|styrelsen|fullmäktige|utskottet|direktionen))\b")
_RECOMMENDS = re.compile(
    r"""\b(?:föreslår|föreslå|föreslog|rekommenderar|rekommendera)\s(?:att\s|för\s|till\s|i\ssin\stur\s)?
        (?:\w+s\s)?(?:kommun|stads|region)?(?:fullmäktige|styrelsen)\b
      | \b(?:föreslår|föreslå|föreslog|rekommenderar|rekommendera)\s(?:att\s|för\s)?
        (?:[\w-]+\s){0,3}?[\wåäö-]*(?:nämnden|utskottet|direktionen)\b
      | \bhemställ(?:er|a|de)\b""",
    re.VERBOSE,
)
_NOT_AFTER = re.compile(r"\s(?:inte|ej|icke)\b(?!\s(?:bara|enbart))")
_JOINED = r"(?:^|\b(?:och|samt)\s(?:att\s)?|,\s(?:att\s)?)"
_OPPOSITE = {"approved": "rejected", "granted": "rejected"}


def outcome(text: str, infinitive: bool = False) -> str:
    """The outcome of one point; `infinitive` where its lead-in ends in "att" ("att: 1. godkänna ...").

    >>> outcome("Planen antas."), outcome("att uppdra åt förvaltningen att godkänna listan")
    ('approved', 'assigned')
    >>> outcome("Förslag som godkänns av fullmäktige återremitteras."), outcome("Taxan justeras.")
    ('remanded', 'other')
    """
    words = _unconditional(" ".join(_QUOTED.sub(" ", text.lower()).split()).lstrip("-–•* "))
    found = _opening(words) or _recommends(words) or _main(words, infinitive)
    return _beside(found, words)


def _unconditional(words: str) -> str:
    """The words without what is only a condition, where anything is left.

    >>> _unconditional("beslutar, förutsatt att medel beviljas, att höja taxan")
    'beslutar att höja taxan'
    """
    left = (
        " ".join(_CONDITION.sub(" ", words).split())
        if any(sign in words for sign in ("fall", "föruts", "om", "det att"))
        else words
    )
    return left if len(left.split()) > 1 else words


def _recommends(words: str) -> str | None:
    """Whether the first verb proposes to another body: "föreslår kommunfullmäktige", "tillstyrker ... och föreslår"."""
    match = _RECOMMENDS.search(words)
    if not match or _inside().search(words[: match.start()]):
        return None
    before = re.sub(r"\btillstyrk\w+|\bbesluta\w*( att)?", " ", words[: match.start()])
    first = _infinitives().match(before.strip().removeprefix("att "))
    return None if first or _finite(before) else "recommended"


def _opening(words: str) -> str | None:
    """The verdict that a point opens with: "Bifall till ...", "Antecknas."."""
    match = _openings().match(words)
    return match.lastgroup if match else None


def _main(words: str, infinitive: bool) -> str:
    inner = _FRAME.sub("", words)
    framed = infinitive or inner != words or words.startswith("att ")
    inner = inner.removeprefix("att ")
    if first := _infinitives().match(inner):
        return str(first.lastgroup)
    if framed and _starts_with_infinitive(inner):
        later = _later_infinitives().search(inner)
        return str(later.lastgroup) if later else "other"
    if found := _finite(inner) or (_finite(words) if inner != words else None):
        return found
    after = _fronted().search(inner) if framed else None
    return str(after.lastgroup) if after else _weak(inner) or "other"


def _starts_with_infinitive(words: str) -> bool:
    match = _INFINITIVE.match(words)
    return match is not None and match[0] not in _NOT_INFINITIVE and not _PLURAL.fullmatch(match[0])


def _finite(words: str) -> str | None:
    """The first finite verb of the table that is not inside a clause ("som antas av ..."); else the first at all."""
    fallback = None
    for match in _finites().finditer(words):
        name = str(match.lastgroup)
        if match[0].endswith("ade") and _is_adjective(words, match):
            continue
        if _NO.search(words[: match.start()]) or _NOT_AFTER.match(words, match.end()):
            name = _OPPOSITE.get(name, "other")
        if not _inside().search(words[: match.start()]):
            return name
        fallback = fallback or name
    return fallback


def _is_adjective(words: str, match: re.Match[str]) -> bool:
    """Whether a form in -ade stands before a noun: "beviljade medel", not "nämnden beviljade medel"."""
    return bool(_ADJECTIVE.search(words[: match.start()])) and not _BODY_NEXT.match(words, match.end())


def _weak(words: str) -> str | None:
    match = _weaks().search(words)
    return match.lastgroup if match else None


def _beside(found: str, words: str) -> str:
    for name, rule in load("outcomes")["beside"].items():
        if found in rule["outcomes"] and re.search(rf"\b(?:{'|'.join(rule['words'])})\b", words):
            return str(name)
    return found


def _table(form: str, before: str, after: str = r"(?![\wåäö])") -> re.Pattern[str]:
    """One pattern over all outcomes' words of one form; the group that matches is the outcome."""
    groups = [
        rf"(?P<{name}>{'|'.join(sorted(entry[form], key=len, reverse=True))})"
        for name, entry in load("outcomes").items()
        if name in OUTCOMES and entry.get(form)
    ]
    return re.compile(rf"{before}(?:{'|'.join(groups)}){after}")


@cache
def _openings() -> re.Pattern[str]:
    return _table("opening", "^")


@cache
def _finites() -> re.Pattern[str]:
    return _table("finite", r"(?<![\wåäö])")


@cache
def _infinitives() -> re.Pattern[str]:
    return _table("infinitive", r"^(?:även |också |därmed |härmed |enhälligt |återigen |i sin helhet )*")


@cache
def _later_infinitives() -> re.Pattern[str]:
    return _table("infinitive", _JOINED)


@cache
def _fronted() -> re.Pattern[str]:
    """ "som yttrande till regionen överlämna skrivelsen": what an att-sats begins with before its infinitive."""
    return _table("infinitive", r"^(?:som|till|för|i|med|på|enligt|genom|från|under|av)\s(?:(?!att\s)[^\s,]+\s){1,14}?")


@cache
def _weaks() -> re.Pattern[str]:
    weak = load("outcomes")["weak"]
    return re.compile(
        r"(?<![\wåäö])(?:" + "|".join(f"(?P<{name}>{'|'.join(words)})" for name, words in weak.items()) + ")"
    )


@cache
def _inside() -> re.Pattern[str]:
    """A subordinating word shortly before, with no verb between it and the place: the verb there belongs to it."""
    words = "|".join(load("outcomes")["inside"]["words"])
    return re.compile(rf"(?<![\wåäö])(?:{words})(?:\s(?!\w+(?:ar|år|as|ts|ns|de|ska)\b)[^\s,]+){{0,3}}\s$")
