"""Counted votes (votering, omröstning): totals, what a yes meant, and the voters where they are listed.

Jäv and "deltar inte i beslutet" are no abstentions; a vote told in the § and again in a list is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

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
_TABLE = re.compile(  # Resultat 7 8 0, below columns Ja, Nej, Avstår
    r"^[ \t]*(?:Resultat|Summa|Totalt|Antal röster|Röster)[ \t:]+(\d{1,3})[ \t,/–-]+(\d{1,3})"
    r"(?:[ \t,/–-]+(\d{1,3}))?[ \t]*$",
    re.MULTILINE,
)
_COLUMNS = re.compile(  # the columns' heads with only the sums below
    r"^[ \t]*Ja[ \t|]+Nej(?:[ \t|]+(?P<third>Avst\w+))?[^\n\d]*\n"
    r"\s*(\d{1,3})[ \t|]+(\d{1,3})(?:[ \t|]+(\d{1,3}))?[ \t|]*$",
    re.MULTILINE | re.IGNORECASE,
)
_LABEL = re.compile(  # Voteringslista: § 114, Ärende: 6
    r"(?:(?:Voteringslista|Omröstningslista|Voteringsprotokoll|Ärende|Paragraf)[ \t]*(?:nr)?[ \t]*:?[ \t]*(?:§[ \t]*)?"
    r"|(?:Omröstning|Votering)[ \t]*:?[ \t]*§[ \t]*)(?P<number>\d{1,4}(?:[ \t][a-z])?)(?::\d{1,2})?[ \t]*$",
    re.MULTILINE,
)
_MEANS = re.compile(
    r"""["”“]?\bja(?:[- ]?(?:röst(?:er)?|proposition))?["”]?\s*
        (?:för(?:\satt)?|innebär(?:\satt)?|betyder(?:\satt)?|=|är|till|:)\s+
        (?P<means>[^"”“]{3,300}?)\s*
        (?=["”“]|[.,;]?\s*(?:och\s|samt\s|medan\s)?(?:en\s)?["”“]?nej\b|\.\s|\n\s*\n|\Z)
      | \bden\ssom\s(?:önskar|vill|stödjer|är\sför|röstar\sför|bifaller)?\s*
        (?P<who>[^."”“]{3,250}?)\s(?:ska\s)?röstar?\s["”]?ja\b""",
    re.VERBOSE | re.IGNORECASE,
)
_ROW = re.compile(  # Anna Ek (S), ledamot Ja; also a cell per line: Anna Ek / S / 4 / Ledamot / Ja
    r"^[ \t]*(?!Ledam|Namn|Ersätt|Ordför|Resultat)(?P<name>[A-ZÅÄÖ][\w’'.-]+(?:[ \t]+[A-ZÅÄÖa-z][\w’'.-]*){1,4})[ \t]*"
    r"(?:\(|\s)\s*(?P<party>[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,5}|-)\)?\s+(?:[^\n()]{0,40}?\s)??(?:\d{1,3}\s+)?"
    r"(?:(?:Ledamot|Ersättare|Ordförande|Tjg\.? ersättare|Vice ordförande)\s+)?(?P<vote>Ja|Nej|Avstår|Avstod)[ \t]*$",
    re.MULTILINE,
)
_WORD = re.compile(r"\w+")
_BEGINNINGS = ("ja", "nej", "avst", "antal", "summa", "röst", "blank", "nedlagd", "ledam", "följande", "som")
_NO = re.compile(r"\b[Nn](?:ej|EJ)")
_ANCHOR = re.compile(r"\b(?:ja|nej|avst(?:år|od|å|ått|ående)|nedlagda?|blanka?)\b", re.IGNORECASE)
_VOTES = {"ja": "yes", "nej": "no", "avstår": "abstain", "avstod": "abstain"}


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
        return
    told = _told(text)
    votes = [_vote(stretch, text, group) for group in _merged(text, list(_groups(text, told)))]
    number = stretch.item.number if stretch.item else None
    listed = [entry for entry in lists(stretch) if entry.number in (None, number)]
    yield from _with_lists(votes, [entry.vote for entry in listed])


def lists(stretch: Stretch) -> Iterator[Listed]:
    """The sums of lists and tables of voters, with the § that each says it belongs to."""
    labels = list(_LABEL.finditer(stretch.text)) if "ista" in stretch.text or "Antal" in stretch.text else []
    for start, end, vote in _sums(stretch):
        before = [label for label in labels if label.start() <= start]
        begin = before[-1].start() if before else max(0, start - 4000)
        after = next((label.start() for label in labels if label.start() > end), len(stretch.text))
        voters = tuple(_rows(stretch.text[begin:after]))
        number = before[-1]["number"] if before else None
        yield Listed(number, replace(vote, voters=voters if _sums_up(vote, voters) else ()))


def _sums(stretch: Stretch) -> Iterator[tuple[int, int, Vote]]:
    """ "Antal Ja: 40  Antal Nej: 38 ..." and "Resultat 7 8 0" below columns Ja, Nej, Avstår."""
    told = (
        [entry for entry in _told(stretch.text) if entry.form == "list"]
        if "ntal" in stretch.text or "umma" in stretch.text
        else []
    )
    for group in _groups(stretch.text, told):
        yield group[0].start, group[-1].end, _vote(stretch, stretch.text, group)
    for match in _COLUMNS.finditer(stretch.text):
        yield match.start(), match.end(), Vote(stretch.span(match), int(match[2]), int(match[3]), int(match[4] or 0))
    for match in _TABLE.finditer(stretch.text):
        if re.search(r"\bJa\s+Nej\b", stretch.text[max(0, match.start() - 6000) : match.start()]):
            yes, no, abstain = (int(match[group] or 0) for group in (1, 2, 3))
            yield match.start(), match.end(), Vote(stretch.span(match), yes, no, abstain)


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
    """The votes of the §; those of lists only where the § itself tells none."""
    if not votes:
        return listed
    for entry in listed:
        for at, vote in enumerate(votes):
            if (vote.yes, vote.no) == (entry.yes, entry.no) and not vote.voters:
                votes[at] = replace(vote, voters=entry.voters)
                break
    return votes


def _rows(text: str) -> Iterator[Voter]:
    """Rows of a list that print each voter's vote in words."""
    for match in _ROW.finditer(text):
        yield Voter(" ".join(match["name"].split()), match["party"], _VOTES[match["vote"].lower()])


def _sums_up(vote: Vote, voters: tuple[Voter, ...]) -> bool:
    count = [sum(voter.vote == kind for voter in voters) for kind in ("yes", "no")]
    return count == [vote.yes, vote.no]


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
