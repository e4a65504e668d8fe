"""What somebody wants decided (förslag till beslut, yrkanden), and what earlier bodies decided, with who where told."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence

from extractors import askers, sentences, told
from extractors.leads import fold
from extractors.lines import unbroken
from extractors.model import Proposal, Section, Stretch
from extractors.outcomes import outcome
from extractors.points import Point, each, parts, within
from extractors.reservations import parties_in
from extractors.signatures import unsigned

_DECIDING = {"protocol", "protocol_extract", "news", None}
_ASKING = {"motion", "interpellation"}
_QUESTIONS = {"interpellation"}
_INITIATIVE = re.compile(r"\b(?:\w*initiativ\w*|medborgarförslag|yrkande|skrivelse|motion)\b", re.IGNORECASE)
_LEADS = re.compile(r"\b(?:beslutar|föreslår|hemställer|rekommenderar|tillstyrker)\b", re.IGNORECASE)
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
_RULE = re.compile(r"(?:^|\s)-{3,}(?:\s|$)")
_TAIL = re.compile(r"(?:\s*[,;]|\s+(?:och|samt))+\s*$")


def find(stretch: Stretch) -> Iterator[Proposal]:
    """Every proposal in an item, in order: under their headings, as yrkanden, and told of in the matter.

    >>> [p.text for p in find(Stretch("Därför yrkar jag att Storgatan blir gågata.", kind="motion"))]
    ['Därför yrkar jag att Storgatan blir gågata.']
    """
    found = _apart([*_headed(stretch), *_asked(stretch), *_told(stretch)])
    if _asks_itself(stretch) and not any(proposal.by == () for proposal in found):
        found = _apart([*found, *_in_prose(stretch, _who(stretch))])
    yield from sorted(found, key=lambda proposal: proposal.span)


def _apart(found: Iterable[Proposal]) -> list[Proposal]:
    """The proposals, each place once: what stands under a heading comes before what is only told."""
    kept: list[Proposal] = []
    taken: list[tuple[int, int]] = []  # where they stand, in order
    for one in found:
        place = (one.span.start, one.span.end)
        at = bisect(taken, place)
        if not (at and taken[at - 1][1] > place[0]) and not (at < len(taken) and taken[at][0] < place[1]):
            taken.insert(at, place)
            kept.append(one)
    return kept


def _asks_itself(stretch: Stretch) -> bool:
    """Whether the paper itself asks for something in its own prose; the questions of an interpellation ask for none."""
    if stretch.kind in _DECIDING or stretch.kind in _QUESTIONS or stretch.kind == "agenda":
        return False
    return stretch.kind != "other" or bool(_INITIATIVE.search(stretch.text[:400]))


def _who(stretch: Stretch) -> tuple[str, ...]:
    """Who stands behind the paper's own points: who signed a motion, the office that wrote a statement."""
    if stretch.kind == "statement":
        return askers.office(stretch.text)
    return askers.signers(unbroken(stretch.text, stretch.width)) if stretch.kind in ("motion", "other") else ()


def _headed(stretch: Stretch) -> Iterator[Proposal]:
    """The points under headings such as Förslag till beslut; in papers that decide nothing, under Beslut too."""
    names: tuple[str, ...] = ("proposal",) if stretch.kind in _DECIDING else ("proposal", "decision")
    names = (*names, "motions_made") if stretch.kind == "motion" else names
    who = _who(stretch)
    for at, (part, heading) in enumerate(_runs(stretch, names)):
        owner = askers.of_heading(heading)
        writer = () if at and stretch.kind == "statement" else who  # other papers may follow in the same file
        for point in _until_prose(each(part)):
            yield _proposal(part, point, _by(point, owner, writer, stretch))


def _runs(stretch: Stretch, names: Sequence[str]) -> Iterator[tuple[Stretch, str]]:
    """The sections of these names, with their headings; one that only leads in goes on with the section above."""
    run: list[Section] = []
    for section in (*(stretch.item.sections if stretch.item else ()), None):
        if section and section.name in names and run and _LEADS.search(section.heading):
            run.append(section)
            continue
        if run and "röst" not in run[0].heading.lower():
            yield (
                stretch.part(within(stretch, run[0]).start - stretch.start, run[-1].span.end - stretch.start, run[0]),
                run[0].heading,
            )
        run = [section] if section and section.name in names else []


def _by(point: Point, owner: tuple[str, ...], who: tuple[str, ...], stretch: Stretch) -> tuple[str, ...]:
    """Who stands behind a point: it says so itself, or the heading above it, the lead-in, or the paper."""
    if speakers := askers.speakers(point.text)[0]:
        return speakers
    if not point.marked and askers.opening(point.text)[0] and askers.ASKS.search(point.text):
        return askers.of_sentence(point.text)
    if stretch.kind in _ASKING:
        return who or askers.of_heading(point.lead)
    lead = askers.of_heading(point.lead)
    if owner or stretch.kind in _DECIDING:
        return owner or (lead if lead and not _is_body(lead[0], stretch.body) else ())
    return lead if lead and not _is_body(lead[0], None) else who or lead


def _is_body(name: str, body: str | None) -> bool:
    """Whether who proposes is the body that is to decide; without a body, whether it is any."""
    if body is None:
        return bool(re.search(r"(?:nämnd|styrelse|fullmäktige|utskott)\w*$", name))
    return body.lower().startswith(name.lower()) or name.lower() in ("nämnden", "styrelsen", "utskottet", "fullmäktige")


def _proposal(part: Stretch, point: Point, by: tuple[str, ...]) -> Proposal:
    """The point as a proposal: without who speaks before it, a sign that leads on to the next, and signatures."""
    start, end = point.span.start - part.start, point.span.end - part.start
    said = askers.speakers(point.text)[1]
    if said != point.text:
        start = start + part.text[start:end].index(":") + 1
    text = part.text[start:end]
    rule = _RULE.search(text, 20)
    text = unsigned(text[: rule.start()] if rule else text)
    start += len(text) - len(text.lstrip())
    text = _TAIL.sub("", text.strip())
    return Proposal(part.at(start, start + len(text)), fold(text), by)


def _until_prose(points: Iterable[Point]) -> Iterator[Point]:
    """The points that propose; the paper's own text, which may follow without a heading, ends them."""
    for at, point in enumerate(points):
        loose = at > 0 and not (point.marked or askers.speakers(point.text)[0])
        if point.text.startswith("#") or (loose and outcome(point.text) == "other"):
            return
        yield point


def _asked(stretch: Stretch) -> Iterator[Proposal]:
    """Yrkanden: sentences in which somebody asks for something, and the points below one that ends in a colon."""
    for part in parts(stretch, *(() if stretch.kind == "motion" else ("motions_made", "today"))):
        at = 0
        for sentence in sentences.find(part):
            end = sentence.span.end - part.start
            if sentence.span.start - part.start < at:
                continue
            speakers, said = askers.speakers(sentence.text)
            by = speakers or (askers.of_sentence(sentence.text) if askers.ASKS.search(sentence.text) else ())
            if by and (sentences.leads(sentence.text, part.text[end:]) or not said):
                for point in _below(part, end):
                    at = point.span.end - part.start
                    yield _proposal(part, point, by)
            elif by:
                yield _proposal(part, sentence, by)


def _below(part: Stretch, after: int) -> Iterator[Point]:
    """The points below a yrkande that ends in a colon, up to the next one's."""
    for at, point in enumerate(each(part.part(after, len(part.text)), "yrkar")):
        asks = askers.ASKS.search(point.text) and askers.of_sentence(point.text)
        if (
            askers.speakers(point.text)[0]
            or (asks and not point.marked)
            or (at and not point.marked and not _more(point))
        ):
            return
        yield point


def _more(point: Point) -> bool:
    """Whether an unmarked paragraph can be one more thing that is asked for."""
    return outcome(point.text) != "other" or "ska" in point.text.split()


def _told(stretch: Stretch) -> Iterator[Proposal]:
    """What the text of the matter tells that somebody wants, or an earlier body decided."""
    if stretch.kind in ("news", "other"):
        return
    if stretch.kind in ("motion", "interpellation", "agenda"):
        yield from told.find(stretch, bodies_only=stretch.kind != "agenda")
        return
    title = (stretch.item.title if stretch.item else None) or ""
    below = ("proposal",) if stretch.kind == "statement" else ()  # who wanted what, below the board's own proposal
    for part in parts(stretch, "earlier", "summary", "background", *below):
        yield from told.find(part, title)
    for part in _unheaded(stretch):
        yield from told.find(part, title)


def _unheaded(stretch: Stretch) -> Iterator[Stretch]:
    """The text of the matter above its first heading, where the paper has §§."""
    if stretch.item is None or stretch.item.number is None:
        return
    first = min((section.span.start for section in stretch.item.sections), default=stretch.item.span.end)
    yield stretch.part(0, max(0, first - stretch.start))


def _in_prose(stretch: Stretch, who: tuple[str, ...]) -> Iterator[Proposal]:
    """A motion's own words without a heading: "Vi yrkar att: 1. ...", "Därför föreslår jag att ...."."""
    for match in _MOTION.finditer(stretch.text):
        part = stretch.part(match.start(), min(len(stretch.text), match.end() + 3000))
        for point in _list_after(part, match.end() - match.start()):
            yield _proposal(part, point, who or tuple(parties_in(match[0])))
    for match in _inline(stretch.text):
        yield Proposal(stretch.span(match), fold(match[0]), who)


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
