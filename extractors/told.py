"""Proposals and earlier decisions that a matter's text tells of: "Kommunfullmäktige beslutade 2031-02-03 att ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors import askers, bodies, sentences
from extractors.leads import fold, is_lead
from extractors.model import Proposal, Stretch
from extractors.points import Point, each
from extractors.reservations import parties_in

_LONGEST = 900  # characters of a sentence
_GAP = r"(?:\s(?!att\b|som\b|om\b|inte\b|ej\b)[^\s.]+){0,14}?\s"
_ASK = r"(?:föreslår|föreslog|föreslagit|yrkar|yrkade|yrkat|hemställer|hemställde|hemställt|vill(?=\satt))\b"
_PROPOSES = (
    r"(?:föreslår|föreslog|föreslagit|hemställer|hemställde|hemställt|tillstyrker|tillstyrkte|avstyrker|avstyrkte"
    r"|begärt)\b"
)
_DECIDED = (
    r"(?:beslutade|beslöt|beslutat|tillstyrkt|avstyrkt|antog|antagit|godkände|godkänt|fastställde|fastställt|avslog|avslagit|biföll"
    r"|bifallit|beviljade|beviljat|återremitterade|återremitterat|remitterade|remitterat|bordlade|uppdrog|gav(?=\s[^.]{0,90}uppdrag)"
    r"|gett(?=\s[^.]{0,90}uppdrag)|ställ(?:de|t)\ssig\s(?:\w+\s)?bakom)\b"
)
_DAY = r"(?:(?:Den\s)?\d[\d\s\w.,-]{3,20}?,?\s(?:§\s*\d+,?\s)?)?"
_WHEN = r"(?:Den|Vid|Under|På|I|Efter|År)\b[^.]{3,90}?\s"
_OFFICE = re.compile(
    rf"(?P<by>{askers.BEFORE_OFFICE}"
    r"(?:[Ff]örvaltningen|[Kk]ontoret|[Aa]vdelningen|[Ee]nheten|[Dd]irektören|[Cc]hefen|[Bb]olaget|[Ss]tiftelsen|[Rr]evisorerna)"
    rf"|Kommunens\srevisorer|[A-ZÅÄÖ][\w&-]+(?:\s[\w&-]+){{0,4}}\sAB)(?={_GAP}?{_PROPOSES})"
)
_VOICE = re.compile(  # the matter's own: the motion, whoever moved it
    rf"(?:I\s(?:sin\s|en\s|ett\s)?(?P<paper>\w*(?:motion|initiativ|initiativärende|medborgarförslag|skrivelse|förslag))(?:en|et)?\s"
    rf"(?:föreslås|yrkas|begärs|hemställs|hemställes|föreslår|yrkar)\b"
    rf"|(?P<mover>Motionär(?:en|erna)|Motionsställar(?:en|na)|Förslagsställar(?:en|na)|Initiativtagar(?:en|na)|Motionen|Medborgarförslaget"
    rf"|Initiativärendet|Initiativet){_GAP}?(?:{_ASK}|\bföreslås|\byrkas))"
)
_SAYS = re.compile(  # beginnings of the verbs above: most sentences have none, and need no other look
    r"föresl|yrka|hemst|begär|styrk|beslut|beslöt|antog|antagit|godkän|fastst|avsl|bif[aö]ll|bevilj|remitt|bordl|uppdr"
    r"|gav|gett|ställ|vill"
)
# a list of changes to a text
_CHANGES = re.compile(r"\b(?:ändring|justering|revidering|komplettering|delegation)\w*[^.]{0,30}:$", re.IGNORECASE)
_MOVED = re.compile(r"\b(?:motion|initiativ|skrivelse|förslag|yrkande)", re.IGNORECASE)


def find(part: Stretch, title: str = "", bodies_only: bool = False) -> Iterator[Proposal]:
    """What the sentences of a part tell that somebody wants, or that a body decided before.

    `title` can tell who moved the matter; `bodies_only` leaves out what people and offices want.

    >>> text = "Rut Sand (M) föreslår i en motion att bron rivs. Tekniska nämnden avstyrkte motionen den 4 maj 2031."
    >>> [p.by for p in find(Stretch(text))]
    [('Rut Sand (M)',), ('Tekniska nämnden',)]
    """
    at = 0
    for sentence in sentences.find(part):
        start, end = sentence.span.start - part.start, sentence.span.end - part.start
        listed = sentences.leads(sentence.text, part.text[end:])
        if start < at or len(sentence.text) > _LONGEST or (is_lead(sentence.text) and not listed):
            continue
        by = _body_by(sentence.text) if bodies_only else _by(sentence.text, part.text[:start], title)
        if by is None:
            continue
        if not listed:
            yield Proposal(sentence.span, sentence.text, by)
            continue
        for point in () if _CHANGES.search(sentence.text) else _listed(part, end):
            at = point.span.end - part.start
            yield Proposal(point.span, point.text, by)


def _body_by(words: str) -> tuple[str, ...] | None:
    """The body whose proposal or earlier decision a sentence tells."""
    match = _body().match(words) or _inverted().match(words)
    name = fold(match["by"]) if match else ""
    return (name[:1].upper() + name[1:],) if name else None


def _by(words: str, before: str, title: str) -> tuple[str, ...] | None:
    """Who stands behind what a sentence tells; None where it tells no proposal and no decision."""
    if not _SAYS.search(words):
        return None
    if by := _body_by(words):
        return by
    if match := _OFFICE.match(words):
        return (fold(match["by"]),)
    people, end = askers.opening(words)
    if people and re.compile(rf"{_GAP}?{_ASK}").match(words, end):
        return askers.of_sentence(words[:end])
    if match := _VOICE.match(words):
        return () if "medborgar" in match[0].lower() else _movers(before) or _movers(title)
    parties = parties_in(words[:60]) if re.match(rf"[A-ZÅÄÖ][\wåäö ]+?{_GAP}?{_ASK}", words) else []
    return tuple(parties) or None


def _movers(text: str) -> tuple[str, ...]:
    """The people of the last sentence before that tells of a motion or the like."""
    for sentence in reversed(list(sentences.find(Stretch(text)))):
        people = askers.opening(sentence.text)[0]
        if people and _MOVED.search(sentence.text):
            return askers.of_sentence(sentence.text[: people[-1].end])
        if not people and (by := re.search(r"(?:[-–]|\bav|\bfrån) (?=[A-ZÅÄÖ])", sentence.text)):
            after = sentence.text[by.end() :]
            if people := askers.opening(after)[0]:
                return askers.of_sentence(after[: people[-1].end])
    return ()


def _listed(part: Stretch, after: int) -> Iterator[Point]:
    """The marked points that follow right after a lead-in; the first unmarked paragraph ends them."""
    for point in each(part.part(after, len(part.text)), "yrkar"):
        if not point.marked:
            return
        yield point


@cache
def _names() -> str:
    """A body's name, and the words that stand for one."""
    return (
        rf"(?:(?:Dåvarande\s)?{bodies.name()}"
        r"|Nämnden|Styrelsen|Utskottet|Fullmäktige|Beredningen|Direktionen|Presidiet|Rådet)"
    )


@cache
def _body() -> re.Pattern[str]:
    return re.compile(rf"{_DAY}(?P<by>(?=[A-ZÅÄÖ]){_names()})(?:\si\s[A-ZÅÄÖ]\w+)?,?{_GAP}?(?:{_DECIDED}|{_PROPOSES})")


@cache
def _inverted() -> re.Pattern[str]:
    return re.compile(rf"{_WHEN}(?:{_DECIDED}|{_PROPOSES})\s(?P<by>{_names()})\b")
