"""Who voted how (röstlistor): tables of names with a mark under Ja, Nej or Avstår, or with the vote in words.

The party stands in brackets, in a column of its own, or on a line above those who belong to it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.model import Voter
from extractors.named import NAME, is_name, usual
from extractors.reservations import parties_in

_CELL = re.compile(r"\S+(?: \S+)*")
_NEJ = re.compile(r"\bnej\b", re.IGNORECASE)
_IN_WORDS = re.compile(
    r"(?<=[ \t)])(?:[Jj]a|[Nn]ej|JA|NEJ|Avst[åo]\w+|avst[åo]\w+)(?: från att rösta)?\.?[ \t]*$", re.MULTILINE
)
_HEADING = re.compile(r"(?P<vote>ja|nej|avst\w*)(?:[- ]?röst\w*)?", re.IGNORECASE)
_MARK = re.compile(r"[xX×✓✔•*]|[1I]")
_WORD = re.compile(
    r"(?:röst(?:ar|ade)[ \t:]+)?(?P<vote>ja|nej|avst(?:år|od|ått)(?: från att rösta)?)\.?", re.IGNORECASE
)
_NAMED = re.compile(
    r"(?:\d{1,3}[.)]?\s+)?(?P<name>[^\W\d_][^\d()\t,:;]{2,60}?)\s*"
    r"(?:\((?P<party>[A-Za-zÅÄÖåäö]{1,6}|[-–—])\)|,?(?=\s{2,}|\t|,|$))"
)
_ROLE = re.compile(
    r"(?:\s|,|-|–|:|\(|\)|\d{1,3}(?::[ae])?\.?|ledamot\w*|ersättare|ordförande|vice|tjg\.?|tjänstgör\w*|tjänstg\.?)+",
    re.IGNORECASE,
)
_SUM = re.compile(
    r"[\s|]*(?:summa|resultat|total\w*|antal|röster|röstetal|s:a)\b[^\n\d]*(?P<sums>[\d\s,/–|-]+)$", re.IGNORECASE
)
_PARTY = re.compile(r"[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,5}|[-–—]")
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

    def vote(self, line: str, mark: re.Match[str]) -> str | None:
        """Under which vote a row's mark stands."""
        if self.parting:
            return self.votes.get(line.count(self.parting, 0, mark.start()))
        middle = (mark.start() + mark.end()) / 2
        away = [(max(start - middle, middle - end, 0), at) for at, (start, end) in enumerate(self.cells)]
        near, at = min(away, default=(_FAR, 0))
        return self.votes.get(at) if near < _FAR else None


@dataclass(slots=True)
class Table:
    """A list of voters: where it stands, those in it, and the sums printed below them by vote."""

    start: int
    end: int
    voters: list[Voter] = field(default_factory=list)
    sums: dict[str, int] = field(default_factory=dict)
    rows: list[tuple[int, int]] = field(default_factory=list)

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
    """
    begin = _first(text)
    if begin is None:
        return
    table, columns, party, far = None, None, None, 0
    for match in re.compile(r"[^\n]*[^\s][^\n]*").finditer(text, begin):
        line = match[0]
        if heading := _columns(line):
            if table is None or table.sums or heading.votes != (columns.votes if columns else None):
                yield from _kept(table)
                table = Table(match.start(), match.end())
            columns, far = heading, 0
        elif voter := _row(line, columns, party):
            table = table or Table(match.start(), match.end())
            table.voters.append(voter)
            table.rows.append(match.span())
            table.end, far = match.end(), 0
        elif table and (sums := _sums(line, columns)):
            table.sums, table.end = sums, match.end()
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
    starts += [text.rfind("\n", 0, match.start()) + 1 for match in _IN_WORDS.finditer(text)][:1]
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
        plain = any(words[at : at + 2] == ["ja", "nej"] for at in range(1, len(words))) and len(words) < 6
        return _Columns("", (), {}) if plain else None
    at = {place: match for place, cell in enumerate(cells) if (match := _HEADING.fullmatch(cell[0]))}
    if 0 in at and "\t" not in line:  # no column of names: nothing stands in its place
        return _Columns("", (), {})
    votes = {place: _VOTES[match["vote"][0].lower()] for place, match in at.items()}
    if not {"yes", "no"} <= set(votes.values()):
        return None
    gaps = {line[left.end() : right.start()] for left, right in pairwise(cells)}
    parting = "\t" if "\t" in line else "  " if gaps == {"  "} else ""
    if parting and line.startswith(("\t", " ")):
        votes = {place + line.count(parting, 0, cells[0].start()): vote for place, vote in votes.items()}
    return _Columns(parting, tuple(cell.span() for cell in cells), votes)


def _row(line: str, columns: _Columns | None, party: str | None) -> Voter | None:
    """The voter of a row: a name, perhaps a party and a role, and one vote."""
    if len(line) > 160 or not (named := _NAMED.match(line.lstrip())):
        return None
    indent = len(line) - len(line.lstrip())
    name = " ".join(named["name"].split())
    rest = list(_CELL.finditer(line, indent + named.end()))
    if not rest or not is_name(name):
        return None
    own = usual(named["party"]) if named["party"] else None
    vote = None
    for cell in rest:
        found = _vote(line, cell, columns, last=cell is rest[-1])
        if found and vote:
            return None
        if found is None and own is None and _PARTY.fullmatch(cell[0]):
            own = usual(cell[0])
        vote = vote or found
    return Voter(name, own or party, vote) if vote else None


def _vote(line: str, cell: re.Match[str], columns: _Columns | None, last: bool) -> str | None:
    """What a cell says that its row voted: by its column, or in words, also behind a role ("ledamot Ja")."""
    if columns and _MARK.fullmatch(cell[0]):
        return columns.vote(line, cell)
    word = _WORD.fullmatch(cell[0])
    if word is None and last and (role := _ROLE.match(cell[0])):
        word = _WORD.fullmatch(cell[0], role.end())
    return _VOTES[word["vote"][0].lower()] if word else None


def _sums(line: str, columns: _Columns | None) -> dict[str, int]:
    """The sums of a last line ("Summa  5  2"), by the order of the columns."""
    match = _SUM.match(line)
    if not match or columns is None:
        return {}
    numbers = [int(number) for number in re.findall(r"\d+", match["sums"])]
    votes = list(columns.votes.values()) or ["yes", "no", "abstain"]
    return dict(zip(votes, numbers, strict=False)) if 2 <= len(numbers) <= len(votes) else {}


def _party(line: str) -> str | None:
    """The party on a line of its own, above its members: "Socialdemokraterna (7)", "M"."""
    if len(line) > 45 or line.rstrip().endswith((".", ",")):
        return None
    words = re.sub(r"[\d():]+", " ", line).strip(" \t*#–-")
    found: Sequence[str] = parties_in(words)
    return found[0] if len(found) == 1 else None
