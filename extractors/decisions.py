"""Decisions (beslut): what the body whose minutes these are decided, one per att-sats, numbered point or paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors import news
from extractors.leads import fold
from extractors.lexicon import load
from extractors.model import Decision, Section, Stretch
from extractors.outcomes import outcome
from extractors.points import Point, cut, parts, within

_MINUTES = {"protocol", "protocol_extract", None}
_OWN_VERDICTS = {"noted", "approved", "tabled", "referred", "elected", "answered"}

_TO = re.compile(
    r"förslag(?:\still\sbeslut)?\s(?:i|till|för)\s(?:beslut\si\s|besluts?\s)?(?P<to>[\w\s&,-]*?"
    r"(?:fullmäktige|styrelsen|nämnden|nämnd|utskottet|direktionen|beredningen)[\w\s&-]*)",
    re.IGNORECASE,
)
_FROM = re.compile(r"^(?P<by>[\w\s&,-]*?)s\sförslag\b", re.IGNORECASE)
_PROPOSES = re.compile(
    r"\b(?:föreslå|föreslår|föreslog|hemställer|rekommenderar)\b"
    r"|\b(?:till|av)styrker (?:\w+ ){0,3}?att [\w-]*(?:fullmäktige|styrelsen|nämnden|utskottet)\b",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"^(?:enligt|på\s|efter|i enlighet|med|bifall|kommunstyrelsens beslut)", re.IGNORECASE)
_SPLIT = re.compile(
    r"(?:,|,?\s+samt|,?\s+och|,?\s+dels)\s+(?=att\s+(?:[a-zåäö]+a|ge|utse|anse|avge|inte|ställa)\s)"
    r"|,?\s+(?:samt|och)\s+(?=att\s)",
    re.IGNORECASE,
)
_ROW_OF_ATT = re.compile(
    r"att\s(?:(?!\batt\s).)+,\satt\s.*,?\s(?:samt|och)\satt\s", re.IGNORECASE
)  # att A, att B samt att C
_NEXT_ATT = re.compile(r"(?:,|,?\s+samt|,?\s+och)\s+(?=att\s)", re.IGNORECASE)
_FRAMED = re.compile(r"^[^.:]{0,160}?\b(?:beslutar|beslutade|föreslår)\b[^.:]{0,120}?\satt\s", re.IGNORECASE)
_VERB = re.compile(  # a finite verb that is no name: "bemyndigas", "gäller", but not "Jonas"
    r"\b(?:ska|skall|får|kan|bör|är|har|blir|sker|utgör|upphör|gäller|börjar|ingår|övergår|träder|krävs|höjs|sänks|förs|begär|begärs"
    r"|(?!\w+heras\b)[a-zåäö]{3,}as)\b"
)
_OWN_ACT = re.compile(
    r"(?P<by>(?:[\w,-]+\s){0,4}?[\w-]*(?:nämnden|styrelsen|utskottet|beredningen|direktionen))\sbeslut(?:ar|ade)\b",
    re.IGNORECASE,
)
_FOR_ITSELF = re.compile(r"(?:att\s)?för egen del\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[^\s].*?(?:[.!?](?=\s+[A-ZÅÄÖ0-9”\"]|\s*\Z)|(?=\n\s*\n)|\Z)", re.DOTALL)
_HEAD_LINE = re.compile(r"[^\n§]{0,20}§[^\n]*\n(?=\s*\S)")
_BRIEF = re.compile(r"\bi (?:korthet|sammandrag)\b", re.IGNORECASE)
_FINDS = re.compile(
    r"\b(?:finner|konstaterar|förklarar|fann)\b.*\b(?:bifall\w*|besluta\w*|avslå\w*|godkän\w*|anta\w*|notera\w*|biföll)\b",
    re.IGNORECASE | re.DOTALL,
)


def find(stretch: Stretch) -> Iterator[Decision]:
    """What the body decided in this item; in news, what the text says was decided. Other papers decide nothing."""
    if stretch.kind == "news":
        yield from news.find(stretch)
    elif stretch.kind in _MINUTES and stretch.item is not None:
        found = list(_under_heading(stretch))
        yield from found or _in_procedure(stretch) or _in_own_name(stretch)


def _under_heading(stretch: Stretch) -> Iterator[Decision]:
    """The decisions under the heading Beslut, and under "Förslag till beslut i ..." that stands right below it."""
    for run in _runs(stretch):
        lead = run[0].heading if _leads(run[0].heading) else ""
        part = stretch.part(within(stretch, run[0]).start - stretch.start, run[-1].span.end - stretch.start, run[0])
        if run[0].name == "adjusted" and not part.text.strip():  # its heading is the sentence that declares it
            part = stretch.part(run[0].span.start - stretch.start, run[0].span.end - stretch.start, run[0])
        yield from list(_decisions(part, lead)) or _disqualified(part)


def _runs(stretch: Stretch) -> Iterator[list[Section]]:
    """Sections of decisions that follow upon one another: a lead-in on a line of its own looks like a heading."""
    run: list[Section] = []
    decided = False
    sections = sorted(stretch.item.sections, key=lambda section: section.span) if stretch.item else []
    brief = any(section.name == "decision" and not _BRIEF.search(section.heading) for section in sections)
    for section in sections:
        if brief and section.name == "decision" and _BRIEF.search(section.heading):
            continue  # "Beslut i korthet" above the decision itself
        if _decides(section, run, stretch):
            run.append(section)
        elif run:
            yield run
            run, decided = [], True
        if decided and section.name == "adjusted" and _declares(section, stretch):
            yield [section]  # "Justering", further down
    if run:
        yield run


def _decides(section: Section, run: list[Section], stretch: Stretch) -> bool:
    """Whether a section holds what the body decided, after the sections of decisions right above it."""
    if section.name != "proposal":
        return section.name == "decision"
    if not run:
        return False
    empty = run[-1].span.end - run[0].span.start < len(run[0].heading) + 8
    return _below_decision(section.heading, stretch.body, empty)


def _declares(section: Section, stretch: Stretch) -> bool:
    """Whether a section says that the § is adjusted at once: that is decided."""
    text = stretch.text[section.span.start - stretch.start : section.span.end - stretch.start]
    return bool(re.search(r"\b(?:förklaras|justeras)\b", text, re.IGNORECASE))


def _leads(heading: str) -> bool:
    """Whether a heading says more than Beslut: who decides, or to whom the body proposes."""
    return bool(re.search(r"\bbeslutar|\bföreslår|\bförslag|för egen del", heading, re.IGNORECASE))


def _below_decision(heading: str, body: str | None, empty: bool) -> bool:
    """Whether a heading of proposals below Beslut says what the body proposes to another: it is then its decision.

    >>> _below_decision("Förslag till beslut i kommunfullmäktige", "Kommunstyrelsen", True)
    True
    >>> _below_decision("Förvaltningens förslag till beslut", "Kommunstyrelsen", False)
    False
    """
    if (to := _TO.search(heading)) and not _same(to["to"], body):
        return True
    if _REFERENCE.match(heading):
        return True
    if by := _FROM.match(heading.strip()):
        return _same(by["by"], body)
    return empty and not to and bool(re.search(r"utskott|beredning|presidi", body or "", re.IGNORECASE))


def _same(name: str, body: str | None) -> bool:
    """Whether a name is that of the body, in whole or by its last word.

    >>> [_same(name, "Kommunstyrelsens arbetsutskott") for name in ("arbetsutskottet", "kommunstyrelsen")]
    [True, False]
    """
    name, whole = (re.sub(r"(?:en|et|n)$", "", fold(words).lower().strip(" :")) for words in (name, body or ""))
    return bool(name) and bool(whole) and whole.endswith(name)


def _decisions(part: Stretch, lead: str = "") -> Iterator[Decision]:
    """The decisions among the points of a section, each with its outcome."""
    proposing, heading_over = False, None
    for point in _split(part, cut(part, lead)):
        what = outcome(point.text, point.lead.endswith(" att"))
        if what == "other" and not point.marked and _is_label(point.text):
            heading_over = point.lead  # "Handling", "Delegationsbeslut": a list that decides nothing follows
            continue
        plain = what == "other" and not _FRAMED.match(point.text)
        row = plain and heading_over == point.lead and not _VERB.search(point.text)
        recommended = _recommended(point.lead, part.body)
        if recommended is None or _nothing().search(point.text.lower()) or row:
            continue
        if recommended and not _for_itself(point, part.body):
            what = "recommended"
        elif plain and proposing and not point.marked:
            what = "recommended"  # a paragraph that goes on with what the one before proposed
        proposing = what == "recommended" and not point.lead
        yield Decision(point.span, point.text, what, part.body)


def _for_itself(point: Point, body: str | None) -> bool:
    """Whether a point under a lead-in to another body says that the body decides it itself."""
    own = None if point.marked else _OWN_ACT.match(point.text)
    return bool(_FOR_ITSELF.match(point.text)) or (own is not None and _same(own["by"], body))


def _disqualified(part: Stretch) -> Iterator[Decision]:
    """Where a § only takes down who is disqualified (jäv), that is what it decides."""
    for point in cut(part):
        if re.search(r"\banmäl\w+ jäv\b|\bjäv anmäls\b", point.text, re.IGNORECASE):
            yield Decision(point.span, point.text, "other", part.body)


def _recommended(lead: str, body: str | None) -> bool | None:
    """Whether a lead-in proposes to another body; None where it only tells what somebody else proposed.

    >>> _recommended("Kommunstyrelsen föreslår att kommunfullmäktige beslutar", "Kommunstyrelsen")
    True
    >>> _recommended("Enligt kontorets förslag", "Kommunstyrelsen")
    False
    """
    if _PROPOSES.search(lead):
        return True
    if not re.search(r"\bförslag\b", lead, re.IGNORECASE) or _REFERENCE.match(lead) or "beslutar" in lead:
        return False
    if to := _TO.search(lead):
        return not _same(to["to"], body)
    by = _FROM.match(lead)
    return True if not by or _same(by["by"], body) else None


def _split(part: Stretch, points: list[Point]) -> Iterator[Point]:
    """ "Nämnden beslutar att A samt att B" in running text as two points."""
    alone = sum(point.text.lower().startswith("att ") for point in points) == 1
    for point in points:
        start = point.span.start - part.start
        text = part.text[start : point.span.end - part.start]
        if alone and _ROW_OF_ATT.match(fold(text)):
            cuts = list(_NEXT_ATT.finditer(text))
        else:
            cuts = list(_SPLIT.finditer(text)) if not point.marked and _FRAMED.match(fold(text)) else []
            cuts = [match for match in cuts if _of_frame(text, match) or outcome(fold(text[match.end() :])) != "other"]
        begin = 0
        for match in cuts:
            yield _piece(part, start, begin, match.start(), text, point)
            begin = match.end()
        yield _piece(part, start, begin, len(text), text, point)


def _of_frame(text: str, match: re.Match[str]) -> bool:
    """Whether "samt att" joins on to the att of "beslutar att", the only one before it."""
    return "samt" in match[0].lower() and len(re.findall(r"\batt\b", text[: match.start()])) == 1


def _piece(part: Stretch, start: int, begin: int, end: int, text: str, point: Point) -> Point:
    """text[begin:end] as a point of its own, without the comma that ends it."""
    words = re.sub(r"(?:\s*[,;]|\s+(?:och|samt))+\s*$", "", text[begin:end])
    return Point(part.at(start + begin, start + begin + len(words)), fold(words), point.lead, point.marked)


def _is_label(text: str) -> bool:
    """A few words that are no sentence."""
    return len(text.split()) < 4 and not text.endswith((".", "!"))


@cache
def _nothing() -> re.Pattern[str]:
    return re.compile("|".join(load("decisions")["not"]))


def _in_procedure(stretch: Stretch) -> list[Decision]:
    """Where Beslut holds none: the last sentence of the Beslutsgång that says what the body decided."""
    found: list[Decision] = []
    for part in parts(stretch, "procedure", "today"):
        for match in _SENTENCE.finditer(part.text):
            words = fold(match[0])
            if _FINDS.search(words) and not re.search(r"\b(?:begärs|yrkande\w*|tillägg\w*)\b", words, re.IGNORECASE):
                found = [Decision(part.at(match.start(), match.end()), words, outcome(_found(words)), part.body)]
    return found


def _found(words: str) -> str:
    """The half of "kan X, och finner att nämnden bifaller det" that says what: X where the end only says "det"."""
    match = re.search(r"om (?:\w+ )?kan (.*?), och finner", words)
    return f"att {match[1]}" if match else words.split(" att ", 1)[-1]


def _in_own_name(stretch: Stretch) -> list[Decision]:
    """What the body does without any heading: "Meddelandena noteras.", "Nämnden beslutar att ..."."""
    found: list[Decision] = []
    for part in _unheaded(stretch):
        if not _acts().search(part.text):
            continue
        for point in _split(part, cut(part)):
            if point.lead.lower().endswith(("beslutar", "beslutar att", "beslutade", "beslut")) or _own_name().match(
                point.text
            ):
                found += _own_verdict(part, point)
    return found


def _own_verdict(part: Stretch, point: Point) -> Iterator[Decision]:
    what = outcome(point.text, point.lead.endswith(" att"))
    decided = bool(point.lead) or " beslutar " in point.text or (what in _OWN_VERDICTS and len(point.text.split()) < 30)
    if decided and not _nothing().search(point.text.lower()) and len(point.text) < 2000:
        what = "recommended" if _recommended(point.lead, part.body) else what
        yield Decision(point.span, point.text, what, part.body)


@cache
def _acts() -> re.Pattern[str]:
    """A line on which a body may do something in its own name; most texts have none."""
    own = load("decisions")["own"]["sentence"].removeprefix("^")
    return re.compile(
        rf"^[^\w\n]{{0,12}}(?:{own}|\w[^\n]{{0,200}}\bbeslut(?:ar|ade)?(?: att)?:?[ \t]{{0,9}}$)", re.MULTILINE
    )


@cache
def _own_name() -> re.Pattern[str]:
    return re.compile(load("decisions")["own"]["sentence"])


def _unheaded(stretch: Stretch) -> Iterator[Stretch]:
    """The stretches of the item outside all sections and below the line of its head, and what was said today."""
    head = _HEAD_LINE.match(stretch.text)
    at = head.end() if head else 0
    for section in sorted(stretch.item.sections, key=lambda section: section.span) if stretch.item else ():
        start = max(at, section.span.start - stretch.start)
        if start > at:
            yield stretch.part(at, start)
        at = max(at, section.span.end - stretch.start)
    if at < len(stretch.text):
        yield stretch.part(at, len(stretch.text))
    yield from parts(stretch, "today")
