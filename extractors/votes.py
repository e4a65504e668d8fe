"""Counted votes (votering, omröstning): totals, what a yes meant, and the voters where they are listed.

Jäv and "deltar inte i beslutet" are no abstentions; a vote told in the § and again in a list is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors import tellings, votelists, voters
from extractors.lexicon import load
from extractors.lines import unbroken
from extractors.model import Stretch, Vote
from extractors.propositions import find as meanings
from extractors.tallies import N, number

_NO = re.compile(r"(?<![\w-])nej", re.IGNORECASE)
_AGAINST = re.compile(  # 39 röster mot 21 · 9 röstar för bifall och 4 röstar för avslag · 45 röster för och 16 emot
    rf"""\b(?P<yes>{N})\s(?:röster|ledamöter\sröstar|ledamöter\sröstade|röstar|röstade)\s
         (?:mot\s(?P<lost>{N})\b(?!\s?(?:%|procent))
           |för\b(?:\s(?!avslag)[^.,\d]{{2,60}}?)?,?\s(?:och|mot|medan)\s
            (?P<no>{N})(?:\s(?:röster|ledamöter|röstar|röstade))*\s(?:e?mot\b|för\savslag))
         (?:(?:,|\soch|\smedan)+\s(?P<abstain>{N})\s(?:ledam[oö]t\w*\s)?(?:som\s)?(?:avst\w+|blank\w*|nedlagd\w*)(?:\sröster)?)?
         (?:,?\sför\s(?P<means>(?:att\s)?[^.,;]{{4,200}}))?""",
    re.VERBOSE | re.IGNORECASE,
)
_EARLIER = re.compile(
    r"""(?:(?:Den\s|I\s)?[\d§][^,]{0,40},?\s)?(?P<by>(?:[\w&-]+\s(?:och\s[\w-]+|arbets|plan|allmänna\s)?){0,3}?[\w-]*
        (?:fullmäktige|styrelsen|nämnden|utskottet|utskott|beredningen))\b[^.]{0,200}?
        \b(?:beslutade|beslöt|föreslog|tillstyrkte|avstyrkte|beslutat|föreslagit|tillstyrkt|avstyrkt)\b""",
    re.VERBOSE,
)
_ELECTION = re.compile(r"\b(?:väljs|väljer|valdes|valts|utses|utsågs|slut(?:en|na)\s|röstsed)", re.IGNORECASE)


def find(stretch: Stretch) -> Iterator[Vote]:
    """The votes counted in this item, each once.

    >>> [(v.yes, v.no) for v in find(Stretch("Med 19 ja-röster mot 23 nej-röster avslås förslaget."))]
    [(19, 23)]
    """
    if stretch.kind not in ("protocol", "protocol_extract", "news", None):
        return
    text = _own_text(stretch)
    if not _NO.search(text):
        yield from _of_winners(stretch, text)
        return
    end = votelists.at_the_end(stretch)
    tables = list(voters.tables(stretch.text[:end]))
    text = unbroken(_without_rows(text[:end], tables), stretch.width)
    own = [telling for telling in tellings.find(text) if not _is_earlier(text, telling.start(), stretch.body)]
    told = [_where_summed(telling, stretch, text) for telling in tellings.once(own)]
    totals = [(vote.yes, vote.no) for vote in told]
    listed = [
        _with_meaning(vote, text, table.start)
        for table in tables
        if (vote := votelists.of_table(stretch, table)) and (not table.doubtful or (vote.yes, vote.no) in totals)
    ]
    yield from votelists.with_lists(told, listed) or _meant(_of_winners(stretch, text), stretch, text)


def _is_earlier(text: str, at: int, body: str | None) -> bool:
    """Whether a sentence tells how another body voted before: "Arbetsutskottet beslutade den 3 mars, med 4 ja ..."."""
    begin = max(text.rfind(". ", 0, at), text.rfind(".\n", 0, at), text.rfind("\n\n", 0, at)) + 1
    sentence = re.compile(r"[^.]*(?:\.\w[^.]*)*").match(text, begin)
    told = _EARLIER.match(sentence[0].strip()) if sentence and body else None
    if told is None or body is None:
        return False
    by, own = told["by"].lower().removesuffix("s"), body.lower()
    return not own.endswith(by) and not (by.endswith("utskottet") and own.endswith("utskott"))


def _where_summed(telling: tellings.Telling, stretch: Stretch, text: str) -> Vote:
    """The vote of a telling; where only those who voted are named, a sentence may sum them up: "med 5 röster mot 3"."""
    vote = telling.vote(stretch)
    if telling.summed():
        return vote
    same = (one for one in _of_winners(stretch, text) if (one.yes, one.no) == (vote.yes, vote.no))
    sentence = next(same, None)
    return replace(vote, span=sentence.span, abstain=vote.abstain or sentence.abstain) if sentence else vote


def _with_meaning(vote: Vote, text: str, before: int) -> Vote:
    """A vote that only a table tells, with what a yes stood for above it."""
    told = [one.means for one in meanings(text[:before])]
    return replace(vote, yes_means=told[-1] if told else None)


def _of_winners(stretch: Stretch, text: str) -> Iterator[Vote]:
    """Votes told without ja and nej: "godkändes med 39 röster mot 21"; a yes is then for what was decided."""
    for match in _AGAINST.finditer(text) if " röst" in text else ():
        yes, no = number(match["yes"]), number(match["no"] or match["lost"])
        sentence = text[text.rfind(". ", 0, match.start()) + 1 : match.end() + 80]
        if yes is not None and no is not None and not _ELECTION.search(sentence):
            means = " ".join(match["means"].split()) if match["means"] else None
            end = match.start("means") - len(" för ") if means else match.end()
            yield Vote(stretch.at(match.start(), end), yes, no, number(match["abstain"] or "0") or 0, means)


def _meant(votes: Iterator[Vote], stretch: Stretch, text: str) -> Iterator[Vote]:
    """Votes told by who won, each with what a yes stood for above it; the other way round where nej won."""
    for vote in votes:
        at = vote.span.start - stretch.start
        vote = _with_meaning(vote, text, at) if vote.yes_means is None else vote
        means, won = vote.yes_means or "", text[at : at + 200].partition(". ")[0]
        turned = ("avsl" in won) != ("avsl" in means) and bool(means) and ("avsl" in won or "bifall" in won)
        yield replace(vote, yes=vote.no, no=vote.yes) if turned else vote


def _without_rows(text: str, tables: list[voters.Table]) -> str:
    """The text with the rows of its lists of voters blanked, so that offsets stay."""
    for start, end in (row for table in tables for row in table.rows):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _own_text(stretch: Stretch) -> str:
    """The item's text with the parts that tell of other votes blanked, so that offsets stay."""
    text = stretch.text
    for section in stretch.item.sections if stretch.item else ():
        if section.name in load("votes")["elsewhere"]["sections"] and "röst" not in section.heading.lower():
            start, end = max(0, section.span.start - stretch.start), section.span.end - stretch.start
            text = text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]
    return text
