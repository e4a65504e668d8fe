"""Counted votes (votering, omröstning): totals, what a yes meant, and the voters where they are listed.

Jäv and "deltar inte i beslutet" are no abstentions; a vote told in the § and again in a list is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from extractors import voters
from extractors.lexicon import load
from extractors.model import Stretch, Vote, Voter
from extractors.named import named

_UNITS = ["noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv", "tretton",
          "fjorton", "femton", "sexton", "sjutton", "arton", "nitton"]  # fmt: skip
_TENS = ["tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio"]
_NUMBERS = (
    {word: value for value, word in enumerate(_UNITS)}
    | {
        ten + (_UNITS[unit] if unit else ""): 10 * tens + unit
        for tens, ten in enumerate(_TENS, 2)
        for unit in range(10)
    }
    | {"ett": 1, "inga": 0, "ingen": 0, "aderton": 18}
)
_N = r"(?:\d{1,3}|[a-zåäö]{2,15})"  # a number in figures, or a word to be looked up
_COLUMNS = re.compile(  # the columns' heads with only the sums below
    r"^[ \t]*Ja[ \t|]+Nej(?:[ \t|]+(?P<third>Avst\w+))?[^\n\d]*\n"
    r"\s*(\d{1,3})[ \t|]+(\d{1,3})(?:[ \t|]+(\d{1,3}))?[ \t|]*$",
    re.MULTILINE | re.IGNORECASE,
)
_LABEL = re.compile(  # Voteringslista: § 114 · Ärende: 6 · Bilaga 2, omröstning § 61 om resor · § 61 Voteringslista
    r"""(?:(?:Voteringslista|Omröstningslista|Voteringsprotokoll|Ärende|Paragraf)[ \t]*(?:nr)?[ \t]*:?[ \t]*(?:§[ \t]*)?
        |(?:Omröstning|Votering)[ \t]*:?[ \t]*§[ \t]*)(?P<number>\d{1,4}(?:[ \t][a-z])?)(?::\d{1,2})?[ \t]*$
      | ^\W*(?:Bilaga[ \t]\d{0,2}\W*)?(?i:votering|omröstning|röstlist|röstning)\w*[^\n§.]{0,60}§[ \t]*
        (?P<told>\d{1,4}(?:[ \t][a-z]\b)?)(?![^\n]*\.$)
      | ^\W*(?:Bilaga[ \t]\d{0,2}\W*)?(?:till[ \t])?§[ \t]*(?P<before>\d{1,4})[^\n.]{0,80}?
        \b(?i:votering|omröstning|röst)s?list""",
    re.MULTILINE | re.VERBOSE,
)
_LISTS = (
    "oteringslist", "mröstningslist", "östlist", "oteringsprotokoll", "mröstningsprotokoll", "oteringsresultat",
    "mröstningsresultat", "Antal Ja", "Antal ja", "mröstning §", "otering §", "mröstning, §", "otering, §",
)  # fmt: skip
_AGAINST = re.compile(rf"\b({_N})\sröster\smot\s({_N})\b")
_MEANS = re.compile(
    r"""["”“]?\bja(?:[- ]?(?:röst(?:er)?|proposition))?["”]?\s*
        (?:för(?:\satt)?|innebär(?:\satt)?|betyder(?:\satt)?|=|är|till|:)\s+
        (?P<means>[^"”“]{3,300}?)\s*
        (?=["”“]|[.,;]?\s*(?:och\s|samt\s|medan\s)?(?:en\s)?["”“]?nej\b|\.\s|\n\s*\n|\Z)
      | \bden\ssom\s(?:önskar|vill|stödjer|är\sför|röstar\sför|bifaller)?\s*
        (?P<who>[^."”“]{3,250}?)\s(?:ska\s)?röstar?\s["”]?ja\b""",
    re.VERBOSE | re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_BEFORE_NAMES = re.compile(r"(?:[\W\d]|ledam\w*|ersättar\w*|ordförande\w*|vice|följande|tjänstgörande)*", re.IGNORECASE)
_LONGEST = 12000  # characters of a list of voters at the end of a paper
_BEGINNINGS = ("ja", "nej", "avst", "antal", "summa", "röst", "blank", "nedlagd", "ledam", "följande", "som")
_NO = re.compile(r"\b[Nn](?:ej|EJ)")
_ANCHOR = re.compile(r"\b(?:ja|nej|avst(?:år|od|å|ått|ående)|nedlagda?|blanka?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Told:
    """A number of votes as one place tells it: "yes", "no" or "abstain", and in which form."""

    start: int
    end: int
    vote: str
    number: int
    form: str  # "prose", "names" or "list"
    voters: tuple[Voter, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """A vote as a list of voters sums it up; `number` is the § that the list says it belongs to."""

    number: str | None
    vote: Vote


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
    tables = list(voters.tables(stretch.text))
    told = _told(_without_rows(text, tables))
    votes = [_vote(stretch, text, group) for group in _merged(text, list(_groups(text, told)))]
    number = stretch.item.number if stretch.item else None
    listed = [entry for entry in lists(stretch, tables) if entry.number is None or same_number(entry.number, number)]
    yield from _with_lists(votes, [entry.vote for entry in listed]) or _of_winners(stretch, text)


def _of_winners(stretch: Stretch, text: str) -> Iterator[Vote]:
    """Votes told without ja and nej: "godkändes med 39 röster mot 21"; a yes is then for what was decided."""
    if " röster mot " in text:
        for match in _AGAINST.finditer(text):
            if all(words.isdigit() or words.lower() in _NUMBERS for words in match.groups()):
                yield Vote(stretch.span(match), _number(match[1]), _number(match[2]))


def _without_rows(text: str, tables: list[voters.Table]) -> str:
    """The text with the rows of its lists of voters blanked, so that offsets stay."""
    for start, end in (row for table in tables for row in table.rows):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def same_number(listed: str | None, number: str | None) -> bool:
    """Whether a list's § is this one; the year that some print after it is left out: "61" is "61/2025".

    >>> same_number("61", "61/2025"), same_number("61", "6")
    (True, False)
    """
    return listed is not None and number is not None and listed == number.split("/")[0].strip()


def labelled(stretch: Stretch) -> Iterator[Listed]:
    """The lists of voters anywhere in a paper that say to which § they belong."""
    if not any(word in stretch.text for word in _LISTS):
        return
    starts = [label.start() for label in _LABEL.finditer(stretch.text)]
    for start, end in zip(starts, [*starts[1:], len(stretch.text)], strict=False):
        part = stretch.part(start, min(end, start + _LONGEST))
        yield from lists(part)


def lists(stretch: Stretch, tables: Sequence[voters.Table] | None = None) -> Iterator[Listed]:
    """The sums of lists and tables of voters, with the § that each says it belongs to."""
    labels = list(_LABEL.finditer(stretch.text)) if "§" in stretch.text or "Antal" in stretch.text else []
    tables = list(voters.tables(stretch.text)) if tables is None else tables
    used: list[voters.Table] = []
    for start, end, vote in _sums(stretch):
        label, begin, after = _around(labels, start, end, len(stretch.text))
        inside = [table for table in tables if begin <= table.start < after]
        named = _voters_of(vote, inside[0]) if inside else tuple(voters.of_cells(stretch.text[begin:after]))
        used += inside
        yield Listed(label, replace(vote, voters=named if _are_all(vote, named) else ()))
    for table in (table for table in tables if table not in used):
        label, _, _ = _around(labels, table.start, table.end, len(stretch.text))
        yield Listed(label, _of_table(stretch, table))


def _around(labels: list[re.Match[str]], start: int, end: int, last: int) -> tuple[str | None, int, int]:
    """The § that a list says it belongs to, and from where to where it can reach."""
    before = [label for label in labels if label.start() <= start]
    begin = before[-1].start() if before else max(0, start - 4000)
    after = next((label.start() for label in labels if label.start() > end), last)
    number = before[-1]["number"] or before[-1]["told"] or before[-1]["before"] if before else None
    return number, begin, after


def _of_table(stretch: Stretch, table: voters.Table) -> Vote:
    """The vote that a table prints the sums of, or that its rows add up to."""
    sums = table.sums or table.counts()
    yes, no, abstain = (sums.get(kind, 0) for kind in ("yes", "no", "abstain"))
    vote = Vote(stretch.at(table.start, table.end), yes, no, abstain)
    return replace(vote, yes_means=_yes_means(stretch.text, table.start), voters=_voters_of(vote, table))


def _voters_of(vote: Vote, table: voters.Table) -> tuple[Voter, ...]:
    return tuple(table.voters) if table.clear() else ()


def _sums(stretch: Stretch) -> Iterator[tuple[int, int, Vote]]:
    """ "Antal Ja: 40  Antal Nej: 38 ..." and the sums alone below columns Ja, Nej, Avstår."""
    told = (
        [entry for entry in _told(stretch.text) if entry.form == "list"]
        if "ntal" in stretch.text or "umma" in stretch.text
        else []
    )
    for group in _groups(stretch.text, told):
        yield group[0].start, group[-1].end, _vote(stretch, stretch.text, group)
    for match in _COLUMNS.finditer(stretch.text):
        yield match.start(), match.end(), Vote(stretch.span(match), int(match[2]), int(match[3]), int(match[4] or 0))


def _own_text(stretch: Stretch) -> str:
    """The item's text with the parts that tell of other votes blanked, so that offsets stay."""
    text = stretch.text
    for section in stretch.item.sections if stretch.item else ():
        if section.name in load("votes")["elsewhere"]["sections"] and "röst" not in section.heading.lower():
            start, end = max(0, section.span.start - stretch.start), section.span.end - stretch.start
            text = text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]
    return text


def _told(text: str) -> list[_Told]:
    """Every number of votes that the text tells, in order, none inside another."""
    found: list[_Told] = []
    for match in _matches(text):
        form, vote = str(match.lastgroup).split("_")[:2]
        digits = next((value for key, value in match.groupdict().items() if key.startswith("n_") and value), None)
        if digits is not None and not digits.isdigit() and digits.lower() not in _NUMBERS:
            continue
        voters = _voters(text, match, vote, found[-1].end if found else 0, form) if form in ("names", "header") else ()
        if digits is None and not voters:
            continue
        number = _number(digits) if digits is not None else len(voters)
        found.append(_Told(match.start(), match.end(), vote, number, "names" if form == "header" else form, voters))
    return found


def _matches(text: str) -> Iterator[re.Match[str]]:
    """The pattern's matches, none inside another: tried only at words that can begin one, near ja, nej and avstår."""
    done = 0
    for word in _near(text):
        if word.start() >= done and _can_begin(word[0].lower()) and (match := _pattern().match(text, word.start())):
            done = match.end()
            yield match


def _near(text: str) -> Iterator[re.Match[str]]:
    """Each word that stands near the words that every form has."""
    begin = end = 0
    for anchor in _ANCHOR.finditer(text):
        if anchor.start() - 60 > end:
            yield from _WORD.finditer(text, begin, end)
            begin = anchor.start() - 60
        end = min(len(text), anchor.end() + 80)
    yield from _WORD.finditer(text, max(0, begin), end)


def _can_begin(word: str) -> bool:
    return word.isdigit() or word in _NUMBERS or word.startswith(_BEGINNINGS)


def _number(words: str) -> int:
    return int(words) if words.isdigit() else _NUMBERS[words.lower()]


def _voters(text: str, match: re.Match[str], vote: str, after: int, form: str) -> tuple[Voter, ...]:
    """Those named before "röstar Ja", or after "Ja-röster:"."""
    if form == "header":
        tail = re.match(
            r"[^:]*?(?=\n\s*\n|\bnej\b|\bavst|\bja-röst|\Z)", text[match.end() : match.end() + 6000], re.IGNORECASE
        )
        part = tail[0] if tail else ""
        first = next(named(part), None)
        if first is None or not _BEFORE_NAMES.fullmatch(part, 0, first.start):
            return ()
    else:
        part = text[max(after, match.start() - 6000) : match.start()]
        part = re.split(r"\n\s*\n(?=[^\n]*:?\s*$)|[:”\"]\s*\n|\.\s*\n(?=[A-ZÅÄÖ])", part)[-1]
        cut = max(part.rfind(". "), part.rfind(".”"), part.rfind('."'))
        part = part[cut + 1 :] if cut >= 0 and re.search(r"\w{4,}\.$", part[: cut + 1]) else part
    return tuple(Voter(person.name, person.party, vote) for person in named(part))


def _groups(text: str, told: list[_Told]) -> Iterator[list[_Told]]:
    """Numbers that belong to one vote: a yes and a no without a new proposition between them, and who abstained."""
    group: list[_Told] = []
    for entry in told:
        kinds = {other.vote for other in group}
        parted = bool(group) and bool(_propositions().search(text, group[-1].end, entry.start + 1))
        other_form = bool(group) and (entry.form == "list") != (group[-1].form == "list")
        if entry.vote in kinds or parted or other_form or (group and entry.start - group[-1].end > 5000):
            if {"yes", "no"} <= kinds:
                yield group
            group = [] if parted or entry.vote != "abstain" or {"yes", "no"} <= kinds else group
        group.append(entry)
    if {"yes", "no"} <= {entry.vote for entry in group}:
        yield group


def _vote(stretch: Stretch, text: str, group: list[_Told]) -> Vote:
    numbers = {entry.vote: entry.number for entry in group}
    start, end = min(entry.start for entry in group), max(entry.end for entry in group)
    voters = tuple(voter for entry in group for voter in entry.voters)
    return Vote(
        stretch.at(start, end),
        numbers["yes"],
        numbers["no"],
        numbers.get("abstain", 0),
        _yes_means(text, start),
        voters,
    )


def _yes_means(text: str, before: int) -> str | None:
    """What a yes stood for, as the proposition before the vote says."""
    begin = max(0, before - 3000)
    matches = list(_MEANS.finditer(text, begin, before))
    if not matches:
        return None
    means = " ".join((matches[-1]["means"] or matches[-1]["who"] or "").split()).strip(" .,:;").removeprefix("att ")
    return means or None


def _merged(text: str, groups: list[list[_Told]]) -> list[list[_Told]]:
    """A vote told twice, in a sentence and by those who voted, as one: the sentence counts, with those voters."""
    merged: list[list[_Told]] = []
    for group in groups:
        if group[0].form == "list":
            continue
        last = merged[-1] if merged else None
        together = last and not _propositions().search(text, last[-1].end, group[0].start + 1)
        if last and together and (_totals(last) == _totals(group) or last[0].form != group[0].form):
            told, other = (group, last) if group[0].form == "prose" and last[0].form != "prose" else (last, group)
            voters = {entry.vote: entry.voters for entry in other}
            merged[-1] = [replace(entry, voters=entry.voters or voters.get(entry.vote, ())) for entry in told]
            continue
        merged.append(group)
    return merged


def _totals(group: list[_Told]) -> tuple[int, int]:
    numbers = {entry.vote: entry.number for entry in group}
    return numbers["yes"], numbers["no"]


def _with_lists(votes: list[Vote], listed: list[Vote]) -> list[Vote]:
    """The votes of the §, each with its list; the votes of lists only where the § itself tells none."""
    if not votes:
        return listed
    left = list(listed)
    for at, vote in enumerate(votes):
        entry = next((entry for entry in left if (vote.yes, vote.no) == (entry.yes, entry.no)), None)
        entry = entry or (left[0] if len(votes) == len(left) == 1 else None)
        if entry:
            left.remove(entry)
            votes[at] = with_list(vote, entry)
    return votes


def with_list(vote: Vote, listed: Vote) -> Vote:
    """A vote with the voters of its list; its own sums count, and the list tells who abstained where it does not."""
    same = (vote.yes, vote.no) == (listed.yes, listed.no)
    listed_voters = listed.voters if _are_all(vote, listed.voters) else ()
    return replace(vote, voters=vote.voters or listed_voters, abstain=vote.abstain or (listed.abstain if same else 0))


def _are_all(vote: Vote, listed: Sequence[Voter]) -> bool:
    """Whether a list can be read as this vote's: of far fewer or more voters than voted, its columns were lost."""
    told = vote.yes + vote.no
    return abs(told - sum(voter.vote != "abstain" for voter in listed)) <= max(1, told // 10)


@cache
def _pattern() -> re.Pattern[str]:
    """All forms in one pattern; the names of its outer groups are form, vote and a serial."""
    groups, serial = [], 0
    for vote in ("yes", "no", "abstain"):
        for form in ("list", "names", "header", "prose"):
            for words in load("votes")[vote].get(form, ()):
                serial += 1
                one = words.replace("{N}", _N).replace("{n}", rf"(?P<n_{serial}>{_N})").replace(" ", r"\s")
                groups.append(rf"(?P<{form}_{vote}_{serial}>{one})")
    return re.compile(r"(?<![\w§])(?:" + "|".join(groups) + r")(?![\wåäö])", re.IGNORECASE)


@cache
def _propositions() -> re.Pattern[str]:
    return re.compile(
        "|".join(f"(?:{words})" for words in load("votes")["proposition"]["words"]).replace(" ", r"\s"), re.IGNORECASE
    )
