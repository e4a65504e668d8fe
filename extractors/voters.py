"""Who voted how (röstlistor): tables of names with a mark under Ja, Nej or Avstår, or with the vote in words.

The party stands in brackets, in a column of its own, or on a line above those who belong to it. Some tables have the
names themselves under Ja and Nej.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractors import lexicon, names
from extractors.model import Voter
from extractors.named import NAME, is_name
from extractors.parties import usual
from extractors.reservations import parties_in

_NATIONAL = lexicon.any_of(lexicon.load("parties")["national"])
_CODE = r"[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,5}|[a-zåäö]{1,2}|[-–—]"
_CELL = re.compile(r"\S+(?: \S+)*")
_NEJ = re.compile(r"\bnej\b", re.IGNORECASE)
_VOTE = r"(?:ja|nej|avst(?:år|od|ått|ående))(?:[- ]röst)?(?: från att rösta)?"
_IN_WORDS = re.compile(  # lines that may say how one person voted, last or first
    rf"^(?:[^\n]{{3,120}}[ \t):–-]{_VOTE}\.?|(?:ja|nej|avst[åo]\w+)(?:-röst)?[ \t:–-]+[A-ZÅÄÖ\d][^\n]{{3,120}})[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_HEADING = re.compile(r"(?P<vote>ja|nej|avst\w*\.?)(?:[- ]?röst\w*)?:?", re.IGNORECASE)
_MARK = re.compile(r"[xX×✓✔•*]|[1I]")
_WORD = re.compile(rf"(?:röst(?:ar|ade)[ \t:]+)?(?P<vote>{_VOTE})\.?", re.IGNORECASE)
_LAST = re.compile(rf"(?P<who>.*?[\w)])[\s:,–-]+(?:röst(?:ar|ade)[ \t:]+)?(?P<vote>{_VOTE})\.?", re.IGNORECASE)
_FIRST = re.compile(rf"(?P<vote>{_VOTE})[\s:–-]+(?P<who>\S.*)", re.IGNORECASE)
_ROLE = (
    r"(?i:\b\d(?::[ae])?\s(?=v)|\b(?:ledamot\w*|ersättare\w*|ordf(?:örande|\b)\.?|vice|v\.?(?=\sordf)|tjg\b\.?|tjänstg\b\.?"
    r"|tjänstgör\w*|ers\b\.?|förste|andre)\s?)+"
)
_WHO = re.compile(
    rf"""(?:\d{{1,3}}[.)]?\s+)?(?:(?P<first>{_NATIONAL})\s+)?(?P<name>{NAME}?)
         (?:\s*\((?P<party>{_CODE})\)|(?:,\s?|\s+)(?P<bare>{_NATIONAL}))?(?:[\s,–-]*\(?{_ROLE}\)?)*(?:\s+\d{{1,3}})?\s*""",
    re.VERBOSE,
)
_NAMED = re.compile(rf"(?:\d{{1,3}}[.)]?\s+)?(?P<name>[^\W\d_][^\d()\t,:;]{{2,60}}?)\s*\((?P<party>{_CODE})\)")
_SUM = re.compile(
    r"[\s|]*(?:(?:summa|resultat|total\w*|antal|röster|röstetal|s:a)\b[^\n\d]*)?(?P<sums>\d[\d\s,/–|-]*)$",
    re.IGNORECASE,
)
_PARTY = re.compile(r"\(?(?P<code>[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,5}|[-–—])\)?")
_CELLS = re.compile(  # a cell per line: Anna Ek / S / 4 / Ledamot / Ja
    rf"^(?P<name>(?!Resultat|Ledamot|Ersättare|Namn|Ja\n|Nej\n|Avst|Frånv){NAME}(?:\n{NAME})?)\s"
    r"(?P<party>[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,5}|[-–—])\n(?:\d{1,3}\s)?(?:[^\n]{2,30}\n)?(?P<vote>Ja|Nej|Avst\w+)$",
    re.MULTILINE,
)
_FAR = 6  # lines that are no rows, after which a table is over
_VOTES = {"j": "yes", "n": "no", "a": "abstain"}


@dataclass(frozen=True, slots=True)
class _Columns:
    """A table's line of headings: where each vote's column stands."""

    parting: str  # "\t", or "  " where every gap of the heading is two spaces; "" where columns go by their place
    cells: tuple[tuple[int, int], ...]
    votes: dict[int, str]  # column -> "yes", "no" or "abstain"
    of_names: bool = False  # the names themselves stand under the votes

    def vote(self, line: str, start: int, end: int) -> str | None:
        """Under which vote a row's mark stands."""
        if self.parting:
            return self.votes.get(line.count(self.parting, 0, start))
        middle = (start + end) / 2
        away = [(max(left - middle, middle - right, 0), at) for at, (left, right) in enumerate(self.cells)]
        near, at = min(away, default=(_FAR, 0))
        return self.votes.get(at) if near < _FAR else None

    def guesses(self, row: Sequence[Voter]) -> bool:
        """Whether nothing but habit tells under which of two votes a name alone stands."""
        return self.of_names and self.parting == "  " and len(row) < len(self.votes) == 2

    def order(self) -> list[str | None]:
        """What the columns tell, from the first vote on; None for another column (Frånvarande)."""
        first, count = min(self.votes, default=0), max(len(self.cells), max(self.votes, default=0) + 1)
        return [self.votes.get(at) for at in range(first, count)] if self.votes else ["yes", "no", "abstain"]


@dataclass(slots=True)
class Table:
    """A list of voters: where it stands, those in it, and the sums printed below them by vote."""

    start: int
    end: int
    voters: list[Voter] = field(default_factory=list)
    sums: dict[str, int] = field(default_factory=dict)
    rows: list[tuple[int, int]] = field(default_factory=list)
    doubtful: bool = False  # of two columns of names, one name alone in a row: only sums told elsewhere can confirm it

    def counts(self) -> dict[str, int]:
        """How many voted yes, no, and abstained."""
        return dict(Counter(voter.vote for voter in self.voters))

    def clear(self) -> bool:
        """Whether the rows tell who voted how: not where all marks fell into one column that the sums contradict."""
        counts = self.counts()
        return bool(counts) and (len(counts) > 1 or not self.sums or counts.items() <= self.sums.items())


def tables(text: str) -> Iterator[Table]:
    """Every list of voters in a text.

    >>> table = next(tables("Ledamot  Ja  Nej\\nAnna Ek (S), ledamot  X\\nBo Al (M)    X\\nSumma  1  1"))
    >>> [(voter.name, voter.party, voter.vote) for voter in table.voters], table.sums
    ([('Anna Ek', 'S', 'yes'), ('Bo Al', 'M', 'no')], {'yes': 1, 'no': 1})
    >>> [v.vote for v in next(tables("Ja-röster  Nej-röster\\nAnna Ek (S)  Bo Al (M)\\nEva Ås (V)  Per Ro (C)")).voters]
    ['yes', 'no', 'yes', 'no']
    """
    begin = _first(text)
    if begin is None:
        return
    table, columns, party, far, begins = None, None, None, 0, 0
    for match in re.compile(r"[^\n]+").finditer(text, begin):
        line = match[0]
        if not line.strip():
            continue
        if heading := _columns(line):
            if table is None or table.sums or heading.votes != (columns.votes if columns else None):
                yield from _kept(table)
                table = Table(match.start(), match.end())
            table.rows.append(match.span())
            columns, far, begins = heading, 0, match.start()
        elif row := _rows(line, columns, party):
            if table and begins > table.start and row[0].name in (voter.name for voter in table.voters):
                yield from _kept(table)  # the same names again: another vote
                table = Table(begins, match.end())
            table = table or Table(match.start(), match.end())
            table.voters += row
            table.doubtful |= columns is not None and columns.guesses(row)
            table.rows.append(match.span())
            table.end, far = match.end(), 0
        elif table and (sums := _sums(line, columns)):
            table.sums, table.end = sums, match.end()
            table.rows.append(match.span())
            yield from _kept(table)
            table, columns, party = None, None, None
        elif table:
            party, far = _party(line) or party, far + 1
            if far > _FAR:
                yield from _kept(table)
                table, columns, party = None, None, None
    yield from _kept(table)


def of_cells(text: str) -> Iterator[Voter]:
    """The voters of a list that stands with each of its cells on a line of its own.

    >>> [(v.name, v.party, v.vote) for v in of_cells("Namn\\n\\nAnna\\nEk Bo\\n\\nS\\n\\n4\\n\\nLedamot\\n\\nNej\\n")]
    [('Anna Ek Bo', 'S', 'no')]
    """
    for match in _CELLS.finditer(re.sub(r"\n\s*\n", "\n", text)):
        yield Voter(" ".join(match["name"].split()), usual(match["party"]), _VOTES[match["vote"][0].lower()])


def _first(text: str) -> int | None:
    """Where the first line stands that can belong to a list, None where no line does."""
    starts = [text.rfind("\n", 0, match.start()) + 1 for match in _NEJ.finditer(text) if _columns(_line(text, match))][
        :1
    ]
    starts += [match.start() for match in _IN_WORDS.finditer(text)][:1]
    return max(0, text.rfind("\n", 0, max(0, min(starts) - 1))) if starts else None


def _line(text: str, match: re.Match[str]) -> str:
    end = text.find("\n", match.end())
    return text[text.rfind("\n", 0, match.start()) + 1 : end if end >= 0 else len(text)]


def _kept(table: Table | None) -> Iterator[Table]:
    if table and (len(table.voters) > 1 or table.sums):
        yield table


def _columns(line: str) -> _Columns | None:
    """The columns of a line of headings with Ja and Nej among them: "Ledamot  Ja  Nej  Avstår"."""
    if len(line) > 160 or "ej" not in line.lower():
        return None
    cells = list(_CELL.finditer(line))
    if len(cells) == 1:  # single spaces, so that no row can tell its column
        words = line.lower().split()
        plain = any(words[at : at + 2] == ["ja", "nej"] for at in range(len(words))) and len(words) < 6
        return _Columns("", (), {}) if plain else None
    at = {place: match for place, cell in enumerate(cells) if (match := _HEADING.fullmatch(cell[0]))}
    votes = {place: _VOTES[match["vote"][0].lower()] for place, match in at.items()}
    if not {"yes", "no"} <= set(votes.values()):
        return None
    gaps = {line[left.end() : right.start()] for left, right in pairwise(cells)}
    parting = "\t" if "\t" in line else "  " if gaps == {"  "} else ""
    if parting and line.startswith(("\t", " ")):
        votes = {place + line.count(parting, 0, cells[0].start()): vote for place, vote in votes.items()}
    return _Columns(parting, tuple(cell.span() for cell in cells), votes, of_names=0 in votes)


def _rows(line: str, columns: _Columns | None, party: str | None) -> list[Voter]:
    """The voters of a row: mostly one; one per column where the names stand under the votes."""
    if len(line) > 160:
        return []
    if columns and columns.of_names:
        return _under(line, columns)
    if found := _marked(line, columns, party):
        return found
    voter = _in_words(line.strip(), party)
    return [voter] if voter else []


def _under(line: str, columns: _Columns) -> list[Voter]:
    """Names that stand under Ja and Nej themselves."""
    cells, found = list(_CELL.finditer(line)), []
    if len(cells) > len(columns.votes):
        return []
    votes = list(columns.votes.values())
    by_order = len(cells) == len(votes) or (columns.parting == "  " and len(votes) == 2)
    for at, cell in enumerate(cells):
        vote = votes[at] if by_order else columns.vote(line, cell.start(), cell.start() + 1)
        who = _who(cell[0])
        if vote is None or who is None:
            return []
        found.append(Voter(*who, vote))
    return found


def _marked(line: str, columns: _Columns | None, party: str | None) -> list[Voter]:
    """The voters of a row in columns: a name, perhaps a party and a role, and a mark or a word for the vote.

    A second name before the mark is of the substitute who voted in the first one's place.
    """
    found: list[Voter] = []
    name, own = None, None
    for cell in _CELL.finditer(line):
        vote = _vote(line, cell, columns)
        if vote and name:
            found.append(Voter(name, own or party, vote))
            name, own = None, None
        elif vote:
            return []
        elif who := _who(cell[0]) or _begins(cell[0]):
            name, own = who[0], who[1] or (own if name is None else None)
        elif own is None and (code := _PARTY.fullmatch(cell[0])):
            own = usual(code["code"])
    return found


def _begins(words: str) -> tuple[str, str | None] | None:
    """The name and party that a cell begins with, whatever follows them."""
    match = _NAMED.match(words)
    name = " ".join(match["name"].split()) if match else ""
    return (name, usual(match["party"])) if match and match["party"] and is_name(name) else None


def _vote(line: str, cell: re.Match[str], columns: _Columns | None) -> str | None:
    """What a cell says that its row voted: by its column, or in words."""
    if columns and _MARK.fullmatch(cell[0]):
        return columns.vote(line, *cell.span())
    word = _WORD.fullmatch(cell[0])
    return _VOTES[word["vote"][0].lower()] if word else None


def _in_words(line: str, party: str | None) -> Voter | None:
    """The voter of a line that tells one vote in words: "1 Anna Ek (S), ledamot Ja", "Nej: Bo Al, M"."""
    match = _LAST.fullmatch(line) or _FIRST.fullmatch(line)
    who = _who(match["who"]) if match else None
    return Voter(who[0], who[1] or party, _VOTES[match["vote"][0].lower()]) if match and who else None


def _who(words: str) -> tuple[str, str | None] | None:
    """A name and a party's code where words are nothing but these, a number and a role.

    >>> _who("7 Anna Ek (S), tjg ersättare"), _who("S Anna Ek"), _who("Bo Al, M"), _who("Bo Als förslag")
    (('Anna Ek', 'S'), ('Anna Ek', 'S'), ('Bo Al', 'M'), None)
    """
    match = _WHO.fullmatch(words.strip())
    if match is None:
        return None
    name, code = " ".join(match["name"].split()), match["party"] or match["bare"] or match["first"]
    if not is_name(name):
        return None
    all_words = name.split()
    doubtful = [word for word in all_words[1:] if not word.isupper()] if names.has_first_name(name) else all_words
    if any(map(names.is_heading, doubtful)):
        return None
    return name, usual(code) if code else None


def _sums(line: str, columns: _Columns | None) -> dict[str, int]:
    """The sums of a last line ("Summa  5  2"), by the order of the columns."""
    match = _SUM.match(line)
    if not match or columns is None:
        return {}
    numbers = [int(number) for number in re.findall(r"\d+", match["sums"])]
    order = columns.order()
    if not 2 <= len(numbers) <= len(order):
        return {}
    return {vote: number for vote, number in zip(order, numbers, strict=False) if vote}


def _party(line: str) -> str | None:
    """The party on a line of its own, above its members: "Socialdemokraterna (7)", "M"."""
    if len(line) > 45 or line.rstrip().endswith((".", ",")):
        return None
    words = re.sub(r"[\d():]+", " ", line).strip(" \t*#–-")
    found: Sequence[str] = parties_in(words)
    return found[0] if len(found) == 1 else None
