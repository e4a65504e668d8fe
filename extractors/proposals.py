"""What somebody wants decided (förslag till beslut, yrkanden), and what earlier bodies decided, with who where told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractors.leads import fold
from extractors.model import Proposal, Stretch
from extractors.named import named
from extractors.outcomes import outcome
from extractors.points import Point, each, parts
from extractors.reservations import parties_in

_MINUTES = {"protocol", "protocol_extract", "news"}
_ASKS = re.compile(r"\b(?:yrkar|yrkade|föreslår|föreslog|tillstyrker|avstyrker|instämmer|hemställer)\b", re.IGNORECASE)
_SENTENCE = re.compile(
    r"\S.*?(?:[.!?](?=\s+[A-ZÅÄÖ”\"•*–-]|\s*\Z)|:(?=\s*\n)|(?=\n\s*[•*–-]\s)|(?=\n\s*\n)|\Z)", re.DOTALL
)
_SPEAKER = re.compile(  # Anna Ek (S) och Bo Al (V): Bifall till förslaget.
    r"(?P<who>[A-ZÅÄÖ][^:\n]{2,200}?\([A-Za-zÅÄÖåäö-]{1,6}\)(?:\s+m\.?\s?fl\.?)?|Ordförande[n]?)\s*:(?:\s+(?=\S)|$)"
)
_JOINED = re.compile(r"(?:\s|,|och|samt|m\.?\s?fl\.?|ordförande[n]?|vice|ledamot(?:en)?)*", re.IGNORECASE)
_GENITIVE = re.compile(r"^(?P<by>[A-ZÅÄÖ][\w\s&,-]{2,70}?)s\s+(?:förslag|hemställan|beslut)\b")
_LEAD_BY = re.compile(r"^(?P<by>[A-ZÅÄÖ][\w\s&,-]{2,70}?)\s(?:föreslår|hemställer|yrkar|beslutade|föreslog|förslag)\b")
_PROPOSER = re.compile(
    r"(?:förvaltning|kontor|nämnd|styrelse|fullmäktige|utskott|beredning|presidi|direktör|direktion|chef|parti|demokrat|grupp|ordförande"
    r"|revisor|råd|bolag|stiftelse| AB)\w*$",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    r"""^(?:(?:Den\s)?\d[\d\s\w.-]{3,20}?,?\s(?:§\s*\d+\s)?)?
    (?P<by>(?:[A-ZÅÄÖ][\w&-]*\s(?:för\s[\w&\s-]{3,40}\s)?){0,1}[\w-]*
       (?:fullmäktige|styrelsen|nämnden|utskottet|utskott|beredningen|direktionen|delegationen)(?:\sarbetsutskott)?)
    (?:\s(?!att\b)[^.]{0,80}?)?\s(?:beslutade|beslöt|föreslog|föreslår|tillstyrkte|avstyrkte|beslutat|föreslagit)\b""",
    re.VERBOSE,
)
# "Vi yrkar att:" at the end of a line; where the verb ends its line, the next one too.
_MOTION = re.compile(
    r"\b(?:yrkar|yrkas|föreslår|föreslås|hemställer|vill|anser)\b(?:\n[^.\n]{0,160}?|[^.\n]{0,200}?)(?:\batt\b|:)?\s*:?\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_INLINE_VERB = re.compile(r"(?:yrkar|föreslår|hemställer)")
# Matched where a sentence or line begins, never searched for: a search would begin again at every letter.
_INLINE_MOTION = re.compile(
    r"[^.\n]*\b(?:yrkar|föreslår|hemställer)\s(?:jag|vi|[A-ZÅÄÖ]\w+|undertecknad\w*|\w+partiet|\w+demokraterna)[^.\n:]{0,120}?\satt\s[^.]{10,400}\."
    r"|[^.\n]*\b(?:[Jj]ag|[Vv]i|[Uu]ndertecknad\w*|\w+partiet|\w+demokraterna|Moderaterna|Liberalerna)\s(?:\w+\s)?(?:yrkar|föreslår|hemställer)[^.\n:]{0,120}?\satt\s[^.]{10,400}\."
)


def find(stretch: Stretch) -> Iterator[Proposal]:
    """Every proposal in an item, in order: under their headings, as yrkanden, and told of earlier bodies.

    >>> [p.text for p in find(Stretch("Därför yrkar jag att Storgatan blir gågata.", kind="motion"))]
    ['Därför yrkar jag att Storgatan blir gågata.']
    """
    found = [*_headed(stretch), *_asked(stretch), *_earlier(stretch)]
    if stretch.kind not in _MINUTES and not any(proposal.by == () for proposal in found):
        found += _in_prose(stretch, found)
    yield from sorted(found, key=lambda proposal: proposal.span)


def _headed(stretch: Stretch) -> Iterator[Proposal]:
    """The points under headings such as Förslag till beslut; in papers that decide nothing, under Beslut too."""
    names = ("proposal",) if stretch.kind in (*_MINUTES, None) else ("proposal", "decision")
    for part in parts(stretch, *names):
        heading = part.section.heading if part.section else ""
        if "röst" in heading.lower():
            continue
        for point in _until_prose(each(part)):
            yield Proposal(point.span, point.text, _speakers(point.text)[0] or _by(point.lead) or _by(heading))


def _until_prose(points: Iterable[Point]) -> Iterator[Point]:
    """The points that propose; the paper's own text, which may follow without a heading, ends them."""
    for at, point in enumerate(points):
        if point.text.startswith("#") or (
            at > 0 and not (point.marked or _speakers(point.text)[0]) and outcome(point.text) == "other"
        ):
            return
        yield point


def _speakers(words: str) -> tuple[tuple[str, ...], str]:
    """Those whose names stand before a colon, and what they want.

    >>> _speakers("Anna Ek (S) och Bo Al (V): Bifall till förslaget.")
    (('Anna Ek (S)', 'Bo Al (V)'), 'Bifall till förslaget.')
    >>> _speakers("Planen antas: bilaga 1.")
    ((), 'Planen antas: bilaga 1.')
    """
    match = _SPEAKER.match(words)
    if not match:
        return (), words
    who, people = match["who"], list(named(match["who"]))
    for person in reversed(people):
        who = who[: person.start] + who[person.end :]
    if not _JOINED.fullmatch(who):
        return (), words
    by = tuple(f"{person.name} ({person.party})" for person in people) or (match["who"],)
    return by, words[match.end() :]


def _by(words: str) -> tuple[str, ...]:
    """Who proposes, as a heading or lead-in says it: "Förvaltningens förslag", "Utskottet föreslår att".

    >>> _by("Kommunstyrelsens förslag till beslut"), _by("Förslag till beslut"), _by("Anna Ek (S) och Bo Al (V) yrkar")
    (('Kommunstyrelsen',), (), ('Anna Ek (S)', 'Bo Al (V)'))
    """
    people = tuple(f"{person.name} ({person.party})" for person in named(words))
    if people:
        return people
    match = _GENITIVE.match(words) or _LEAD_BY.match(words)
    if (
        not match
        or not _PROPOSER.search(match["by"])
        or match["by"].lower().startswith(("förslag", "enligt", "på ", "i "))
    ):
        return ()
    return (fold(match["by"]),)


def _asked(stretch: Stretch) -> Iterator[Proposal]:
    """Yrkanden: sentences in which somebody asks for something, and the points below one that ends in a colon."""
    for part in parts(stretch, "motions_made", "today"):
        listed: tuple[str, ...] | None = None
        for point in _sentences(part):
            speakers, _ = _speakers(point.text)
            if point.text.endswith(":") and (speakers or _ASKS.search(point.text)):
                listed = speakers or _askers(point.text)
            elif speakers:
                listed = None
                yield Proposal(point.span, point.text, speakers)
            elif _ASKS.search(point.text) and (by := _askers(point.text)):
                listed = None
                yield Proposal(point.span, point.text, by)
            elif listed is not None:
                yield Proposal(point.span, point.text, listed)


def _sentences(part: Stretch) -> Iterator[Point]:
    for match in _SENTENCE.finditer(part.text):
        bullet = re.match(r"(?:[-–•*o]|\d{1,2}[.)])\s+", match[0])
        start = match.start() + (bullet.end() if bullet else 0)
        yield Point(part.at(start, match.end()), fold(part.text[start : match.end()]))


def _askers(words: str) -> tuple[str, ...]:
    """Who asks: the people, else the parties, before the verb."""
    verb = _ASKS.search(words)
    before = words[: verb.start()] if verb else words
    people = tuple(f"{person.name} ({person.party})" for person in named(before))
    return people or tuple(parties_in(before)) or _by(words)


def _earlier(stretch: Stretch) -> Iterator[Proposal]:
    """What an earlier body decided or proposed, told in the case's history."""
    for part in parts(stretch, "earlier", "summary", "background"):
        for match in _SENTENCE.finditer(part.text):
            words = fold(match[0])
            if (told := _EARLIER.match(words)) and len(words) < 900:
                yield Proposal(part.at(match.start(), match.end()), words, (fold(told["by"]),))


def _in_prose(stretch: Stretch, found: list[Proposal]) -> Iterator[Proposal]:
    """A motion's own words without a heading: "Vi yrkar att: 1. ...", "Därför föreslår jag att ...."."""
    taken = [(proposal.span.start, proposal.span.end) for proposal in found]
    for match in _MOTION.finditer(stretch.text):
        part = stretch.part(match.start(), min(len(stretch.text), match.end() + 3000))
        for point in _list_after(part, match.end() - match.start()):
            if not any(start < point.span.end and point.span.start < end for start, end in taken):
                taken.append((point.span.start, point.span.end))
                yield Proposal(point.span, point.text, tuple(parties_in(match[0])))
    for match in _inline(stretch.text):
        span = stretch.span(match)
        if not any(start < span.end and span.start < end for start, end in taken):
            taken.append((span.start, span.end))
            yield Proposal(span, fold(match[0]), ())


def _inline(text: str) -> Iterator[re.Match[str]]:
    """Whole sentences in which the writer asks: "Därför yrkar jag att ....", looked for only where a verb stands."""
    done = 0
    for verb in _INLINE_VERB.finditer(text):
        for start in reversed(_line_starts(text, verb.start())):
            if start >= done and (match := _INLINE_MOTION.match(text, start)):
                yield match
                done = match.end()
            done = max(done, start + 1)


def _line_starts(text: str, at: int) -> list[int]:
    """Where the sentence or line at this place begins, and the two lines before it: who asks can stand on those."""
    starts = [_line_start(text, at)]
    while len(starts) < 3 and text[starts[-1] - 1 : starts[-1]] == "\n":
        starts.append(_line_start(text, starts[-1] - 1))
    return starts


def _line_start(text: str, at: int) -> int:
    line = text.rfind("\n", 0, at) + 1
    return max(line, text.rfind(".", line, at) + 1)


def _list_after(part: Stretch, after: int) -> Iterator[Point]:
    """The marked points that follow right after a lead-in; the first unmarked paragraph ends them."""
    for point in each(part.part(after, len(part.text)), "yrkar"):
        if not point.marked:
            return
        yield point
