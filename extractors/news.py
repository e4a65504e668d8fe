"""Decisions told in prose (beslut i en nyhetstext): whole sentences that say what a body decided at its meeting.

A sentence that negates, proposes, foretells or recalls what was decided long ago is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors.leads import fold
from extractors.lexicon import load
from extractors.lines import unbroken
from extractors.model import Decision, Stretch
from extractors.outcomes import outcome

_SENTENCE = re.compile(r"[^\s•▪●][^\n]*?(?:[.!?][”\"]?(?=\s+[A-ZÅÄÖ0-9”\"–-]|\s*$)|(?=\n)|\Z)", re.MULTILINE)
_QUOTE = re.compile(r"^\s*[–—-]\s|^[”\"]|\bsäger\s+[A-ZÅÄÖ]|\bberättar\s+[A-ZÅÄÖ]")
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")
_ASSIGNED = re.compile(
    r"^(?:[\w,-]+\s){0,4}?(?:[\wåäö-]*(?:förvaltningen|kontoret|nämnden|direktören|chefen|bolaget|styrelsen))\s"
    r"(?:fick|får|har fått)\s(?:även\s|också\s|dessutom\s|samtidigt\s|därför\s)?i uppdrag\b",
    re.IGNORECASE,
)
# Fler beslut från mötet · Så här beslutade fullmäktige i övrigt: · Nämnden beslutade också att:
_MORE = re.compile(r"[^\n.]{0,60}\bbeslut(?:(?!at|ade|ar\b)\w*\b[^\n.]{0,80}:?|\w*\b[^\n.]{0,80}:)$", re.IGNORECASE)
_BULLET = re.compile(r"\s*[•▪●*–-]\s+")
_DEFINITE = re.compile(  # a matter that was told of before
    r"(?P<stem>motion|förslag|ärende|plan|medborgarförslag|ansökan|fråga|interpellation|budget|taxa|avtal)(?:e[nt]|n|t)?\b",
    re.IGNORECASE,
)
_ADDED = re.compile(
    r"^(?:dessutom|vidare|även|också|samtidigt|därutöver|därtill)\b[^.]{0,20}\b(?:ska|skall|får|fick)\b", re.IGNORECASE
)
_YES = ("approved", "granted")
_GENERAL = (
    "beslut",
    "kommun",
    "fullmä",
    "nämnd",
    "styrel",
    "polit",
    "klart",
    "månda",
    "tisda",
    "onsda",
    "torsd",
    "freda",
    "förslag",
    "försla",
)
_SAYS_WHAT = re.compile(r"\b(?:beslut\w*|fattade)\b", re.IGNORECASE)
_PASSIVE = re.compile(
    r"^(?:[A-ZÅÄÖ][\wåäö]+s\s)?(?:[Mm]otion|[Ff]örslag|[Ää]rende|[Pp]lan|[Bb]udget|[Dd]etaljplan|[Tt]axa|[Mm]edborgarförslag"
    r"|[Ff]råga|[Aa]nsök|[Uu]pphandling|[Bb]ygglov|[Oo]rdningsstadg|[Aa]vtal|[Pp]olicy|[Pp]rogram|[Ss]trategi|[Rr]iktlinje|[Rr]apport"
    r"|[Bb]eslutet\som|[Ii]nterpellation|[Åå]rsredovisning|[Rr]eglemente|[Dd]elårsrapport|[Öö]versiktsplan|[Yy]ttrande|[Bb]idrag)\w*\s"
    r"[^.]{0,160}?\b(?:avslås|avslogs|godkändes|godkänns|antogs|antas|bifölls|bifalls|återremitterades|återremitteras|bordlades"
    r"|bordläggs|fastställdes|fastställs|beviljades|beviljas|remitterades|besvarades|(?:anses|ansågs|är)\s(?:\w+\s)?besvara[dt]"
    r"|sköts\supp|skjuts\supp|klubbades|röstades (?:ned|ner|igenom)"
    r"|(?:skickades|sändes|lämnades) (?:\w+ )?(?:tillbaka|åter)|fick (?:klartecken|bifall|avslag|nej|ja)\b)\b"
    r"(?!\s(?:redan|år|i\sfjol|förra|tidigare|(?:i\s\w+\s)?(?:19|20)\d\d))"  # antogs 2019
)
_GIVEN = re.compile(
    r"^[A-ZÅÄÖ][^.]{3,90}?\s(?:tilldelas|tilldelades|beviljas|beviljades)\s[^.]{0,80}\b(?:kronor|miljoner|bidrag)\b"
)


def find(stretch: Stretch) -> Iterator[Decision]:
    """The sentences of a news text that tell a decision.

    >>> [d.outcome for d in find(Stretch("De beslutade att bevilja pengarna. Nämnden beslutade inte att bygga."))]
    ['granted']
    """
    yield from _once(list(_told(stretch)))


def _told(stretch: Stretch) -> Iterator[Decision]:
    """Every sentence that tells a decision."""
    over, text = "", unbroken(stretch.text, stretch.width)  # over: the line above a list
    for paragraph in _PARAGRAPH.finditer(text):
        decided = False
        for match in _SENTENCE.finditer(paragraph[0]):
            bullet = _BULLET.match(match[0])
            words = fold(match[0][bullet.end() :] if bullet else match[0])
            listed = bool(bullet or _BULLET.fullmatch(paragraph[0][: match.start()].rpartition("\n")[2]))
            point = listed and bool(_MORE.match(over)) and _settled(words, over)
            leads = words.endswith(":") and bool(_MORE.match(words))
            if (
                point
                or (not leads and _tells(fold(match[0])))
                or (decided and _ADDED.match(words) and not _excluded().search(words))
            ):
                decided = True
                start = paragraph.start() + match.start() + (bullet.end() if bullet else 0)
                span = stretch.at(start, paragraph.start() + match.end())
                yield Decision(span, words, _outcome(words, over if point else ""), stretch.body)
            over = over if listed else words


def _settled(words: str, over: str) -> bool:
    """Whether a point of a list of decisions says what became of something: "En ny ordningsstadga antogs."."""
    return outcome(words, _asks_verb(over)) not in ("other", "recommended") and not _excluded().search(words)


def _asks_verb(over: str) -> bool:
    """Whether the line above a list leaves its verbs to the list: "Nämnden beslutade att:"."""
    return over.rstrip(": ").endswith(" att")


def _once(found: list[Decision]) -> Iterator[Decision]:
    """Each decision once: what the first lines tell comes again in the text, a "klartecken" as what was decided."""
    told: list[tuple[str, frozenset[str]]] = []
    plain = [_topic(other.text) for other in found if other.outcome in _YES and _decided().search(other.text)]
    for decision in found:
        words, what = _topic(decision.text), decision.outcome
        again = any(what == before and len(words & seen) > 0.6 * min(len(words), len(seen)) for before, seen in told)
        loose = what in _YES and not _decided().search(decision.text) and _answered().search(decision.text)
        again = again or _recalls(decision, told)
        if not again and not (loose and any(words & topic for topic in plain)):
            told.append((what, words))
            yield decision


def _recalls(decision: Decision, told: list[tuple[str, frozenset[str]]]) -> bool:
    """Whether "Motionen avslås med 44 röster mot 18." says again what became of a motion told of before."""
    subject = _DEFINITE.match(decision.text)
    if subject is None or not re.match(r"\w+(?:en|et|n)\s(?!om\b|från\b|av\b|gällande\b|angående\b)", decision.text):
        return False
    stem = subject["stem"].lower()[:6]
    return sum(what == decision.outcome and any(word.startswith(stem) for word in words) for what, words in told) == 1


def _topic(words: str) -> frozenset[str]:
    """The beginnings of the words that tell what a decision is about."""
    stems = (word[:6] for word in re.findall(r"\w{5,}", words.lower()))
    return frozenset(stem for stem in stems if not stem.startswith(_GENERAL))


def _tells(words: str) -> bool:
    """Whether this sentence, on its own, says that a body decided something."""
    if len(words.split()) < 4 or _QUOTE.search(words) or _excluded().search(words):
        return False
    return bool(
        _decided().search(words)
        or (words[-1] in '.!”"' and _answered().search(words))  # a headline has no full stop
        or _ASSIGNED.match(words)
        or (words[-1] in '.!”"' and (_PASSIVE.match(words) or _GIVEN.match(words)))
        or _acts(words)
    )


def _acts(words: str) -> bool:
    """A body at the start that approves, grants, rejects: "Kommunstyrelsen godkände rapporten."."""
    match = _body_first().match(words)
    return bool(match) and words[-1] in '.!”"' and outcome(words) not in ("other", "noted", "referred", "recommended")


def _outcome(words: str, over: str = "") -> str:
    """The outcome of what follows "beslutade (därför om) att"; `over` is the line above a list."""
    if _asks_verb(over):
        return outcome(words, True)
    match = re.search(r"\bbeslut\w+\b.*?\batt\s", words)
    inner = words[match.end() :] if match else words
    found = outcome(f"att {inner}") if match else outcome(words)
    return outcome(words) if found == "other" else found


@cache
def _bodies() -> str:
    return "|".join(load("decisions")["news"]["bodies"])


@cache
def _decided() -> re.Pattern[str]:
    """A body that decided, in either order: "nämnden beslutade att", "under mötet beslutade nämnden att"."""
    body = rf"(?:{_bodies()})(?:\si\s[A-ZÅÄÖ]\w+)?"
    verb = r"(?:har\s(?:i\s?dag\s|nu\s|också\s|även\s)?)?(?:enhälligt\s)?beslut(?:ade|at|ar)"
    what = r"(?:\s[\w-]+){0,6}?\s(?:att|om)\b"
    took = r"(?:fattade|tog|har\s(?:fattat|tagit))"
    return re.compile(
        rf"\b(?:{body})(?:\s\w+){{0,4}}?\s(?:{verb}|{took}\s(?:\w+\s){{0,3}}?beslut){what}"
        rf"|\b(?:{verb}\s(?:{body})|{took}\s(?:{body})\s(?:\w+\s){{0,3}}?beslut){what}",
        re.IGNORECASE,
    )


@cache
def _answered() -> re.Pattern[str]:
    """A body that said yes or no: "nämnden gav på tisdagen klartecken till", "samtidigt röstade fullmäktige nej"."""
    verb, what = "|".join(load("decisions")["news"]["answers"]), "|".join(load("decisions")["news"]["answer"])
    body = rf"(?:{_bodies()})(?:\si\s[A-ZÅÄÖ]\w+)?"
    between = r"(?:\s[\w-]+){0,4}?\s"
    return re.compile(
        rf"\b{body}(?:\s\w+){{0,4}}?\s(?:{verb}){between}(?:{what})\b|\b(?:{verb})\s{body}{between}(?:{what})\b",
        re.IGNORECASE,
    )


@cache
def _body_first() -> re.Pattern[str]:
    verbs = (
        r"(?:godkän(?:de|ner)|antog|antar|avslog|avslår|biföll|bifaller|beviljade|beviljar|fastställde|fastställer"
        r"|återremitterade|återremitterar|bordlade|bordlägger|utsåg|utser|valde|väljer"
        r"|gav|ger|uppdrog|anslog|anslår|ställde sig|ställer sig"
        r"|tillstyrkte|tillstyrker|avstyrkte|avstyrker|remitterade|remitterar)"
    )
    when = r"(?:samtidigt|dessutom|vidare|därutöver|däremot|(?:på|under|vid|i) [\w ]{2,40})"
    return re.compile(rf"^(?:(?:{_bodies()})\s(?:{verbs})|{when}\s(?:{verbs})\s(?:{_bodies()}))\b", re.IGNORECASE)


@cache
def _excluded() -> re.Pattern[str]:
    return re.compile("|".join(load("decisions")["news"]["not"]), re.IGNORECASE)
