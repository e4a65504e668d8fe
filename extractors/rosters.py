"""People whose party stands beside or below their name without brackets of its own: rosters in columns, signatures.

`Eva Ek    S    §§ 4-9` · `Eva Ek, S` · `S Eva Ek` · a column headed Parti · three names on one line and "ledamot (C)"
under each · a name with "Moderaterna" behind or below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from extractors import lexicon, named, names, parties
from extractors.local_parties import known_codes
from extractors.model import Stretch

Found = tuple[int, int, str, str]  # start and end of the name, the name, its party

_CODE = r"[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,4}|[-–]"
_NAME = named.NAME.replace(r"[ \t]+", " ")
_REST = r"(?!\w)(?=[ ]*(?:[,;(]|§|\(|\d|kl\b|ordf|vice|tjg|ers|$))"  # what may follow a party's code on its line
_ROWS = (  # the forms of a line of a roster
    re.compile(rf"[ \t]*(?P<name>{_NAME})(?: {{2,}}| *\t\s*)(?P<code>{_CODE})(?= {{2,}}|\s*\t| *$)"),
    re.compile(rf"[ \t•*–-]*(?P<name>{_NAME})(?:, ?| )(?P<code>{_CODE}){_REST}"),
    re.compile(rf"[ \t•*–-]*\(?(?P<code>{_CODE})\)?(?:[ ]+|\t)(?P<name>{_NAME}){_REST}"),
)
_LEAST = 3  # rows of a roster
_CELL = re.compile(r"\S(?:\s?\S)*")
_PARTY_HEADING = re.compile(r"parti(?:tillhörighet|beteckning|bet\.?)?\.?", re.IGNORECASE)
_UNDER = re.compile(rf"(?:[a-zåäö0-9:]+[ -]?){{1,4}}\((?P<code>{_CODE})\)")  # gruppledare (C), 2:e vice ordförande (C)
_BY_NAME = {name: code for code, called in lexicon.load("parties")["national"].items() for name in called}
_ANY_PARTY = lexicon.any_of(list(_BY_NAME))
_PARTY_LINE = re.compile(rf"(?P<for>För )?(?P<party>{_ANY_PARTY})(?: (?:i )?[A-ZÅÄÖ][\w-]+)?:?")
_PARTY_BEHIND = re.compile(  # Eva Ek, Moderaterna i Sundby · Eva Ek (Moderaterna)
    rf"(?:, | \()(?P<party>{_ANY_PARTY})(?:\)|(?: i [A-ZÅÄÖ][\w-]+)?(?=[,.;\n]|$| \(| (?:och|samt)\b))"
)
_FAR = 4  # lines that are no rows, after which a table is over


def find(stretch: Stretch) -> Iterator[Found]:
    """Those people, in no order; one may be found in two ways.

    >>> roster = "Namn      Parti  §§\\nEva Ek    S      4-9\\nBo Ås     KD\\nMia Lind  V      4-7\\n"
    >>> sorted({(name, party) for _, _, name, party in find(Stretch(roster))})
    [('Bo Ås', 'KD'), ('Eva Ek', 'S'), ('Mia Lind', 'V')]
    >>> [(name, party) for _, _, name, party in find(Stretch("Eva Ek     Bo Ås\\nledamot (C)   ersättare (C)"))]
    [('Eva Ek', 'C'), ('Bo Ås', 'C')]
    """
    lines = [(match.start(), match[0]) for match in re.finditer(r"[^\n]*\S[^\n]*", stretch.text)]
    known = known_codes(stretch.text)
    yield from _runs(lines, known)
    yield from _tables(lines)
    for match in _PARTY_BEHIND.finditer(stretch.text):
        if span := names.before(stretch.text, match.start()):
            yield *span, names.plain(stretch.text[slice(*span)]), _BY_NAME[match["party"]]
    for (at, above), (_, below) in pairwise(lines):
        if "(" in below and len(below) < 160:
            yield from _under(at, above, below)
    if stretch.kind in ("motion", "interpellation"):
        yield from _signed(lines)


def codes_before_names(text: str) -> frozenset[int]:
    """Where codes in brackets stand that are of the name after them, in rosters such as "(S) Eva Ek"."""
    lines = [(match.start(), match[0]) for match in re.finditer(r"[^\n]*\S[^\n]*", text)] if "\n(" in text else []
    run: list[int] = []
    found: set[int] = set()
    for at, line in [*lines, (0, "")]:
        if line.lstrip().startswith("(") and _row(at, line, _ROWS[2]):
            run.append(at + line.index("("))
            continue
        found |= set(run) if len(run) >= _LEAST else set()
        run = []
    return frozenset(found)


def _runs(lines: list[tuple[int, str]], known: frozenset[str]) -> Iterator[Found]:
    """Three lines or more on end of one form; most of their codes are parties', and so are the others then."""
    for form in _ROWS:
        run: list[Found] = []
        for at, line in [*lines, (0, "")]:
            if len(line) < 120 and (row := _row(at, line, form)):
                run.append(row)
                continue
            yield from _roster(run, known)
            run = []


def _row(at: int, line: str, form: re.Pattern[str]) -> Found | None:
    match = form.match(line)
    if match is None or not named.is_name(match["name"]) or any(map(_is_title, match["name"].split())):
        return None
    return _at(at, line, match["name"], match["code"])


def _is_title(word: str) -> bool:
    return names.is_heading(word) and not names.has_first_name(word) and not word.isupper()


def _roster(run: list[Found], known: frozenset[str]) -> Iterator[Found]:
    sure = [parties.of_person(code, known) for _, _, _, code in run]
    national = sum(party is not None for party in sure)
    if len(run) < _LEAST or national * 3 < len(run) * 2:
        return
    for (start, end, name, code), party in zip(run, sure, strict=True):
        if party or (code.isupper() and len(code) > 1):
            yield start, end, name, party or parties.usual(code)


def _tables(lines: list[tuple[int, str]]) -> Iterator[Found]:
    """The rows below a heading Parti: every name in a row is of the party in that column."""
    column, since = None, 0
    parting = re.compile(r"\t")
    for at, line in lines:
        if "arti" in line or "ARTI" in line:
            parting = re.compile(r"\t" if "\t" in line else r" {2,}")
            headings = [cell.strip() for cell in parting.split(line)]
            place = next((place for place, cell in enumerate(headings) if _PARTY_HEADING.fullmatch(cell)), None)
            if place is not None and len(headings) > 1:
                column, since = place, 0
                continue
        if column is None:
            continue
        cells = [cell.strip() for cell in parting.split(line)]
        row = list(_names_in(at, line, cells, column)) if len(cells) > column else []
        yield from row
        since = 0 if row else since + 1
        column = None if since > _FAR else column


def _names_in(at: int, line: str, cells: list[str], column: int) -> Iterator[Found]:
    if not re.fullmatch(rf"\(?(?:{_CODE})\)?", cells[column]):
        return
    party = parties.usual(cells[column].strip("()"))
    for place, cell in enumerate(cells):
        if place != column and named.is_name(cell) and not any(map(_is_title, cell.split())):
            yield _at(at, line, cell, party)


def _signed(lines: list[tuple[int, str]]) -> Iterator[Found]:
    """Who signs: a name with a party below it, or names below "För Moderaterna i Sundby"."""
    group: str | None = None
    for (at, above), (_, below) in pairwise([*lines, (0, "")]):
        name, party = above.strip(), _PARTY_LINE.fullmatch(below.strip())
        is_name = named.is_name(name) and not _PARTY_LINE.fullmatch(name)
        if is_name and (party or group) and not (party and party["for"]):
            yield _at(at, above, name, _BY_NAME[party["party"]] if party else str(group))
        own = _PARTY_LINE.fullmatch(name)
        group = _BY_NAME[own["party"]] if own and own["for"] else group if is_name else None


def _under(at: int, above: str, below: str) -> Iterator[Found]:
    """Names with roles and codes below them, cell by cell."""
    names, roles = list(_CELL.finditer(above)), list(_CELL.finditer(below))
    if len(names) != len(roles) or not all(named.is_name(cell[0]) for cell in names):
        return
    for cell, role in zip(names, roles, strict=True):
        code = _UNDER.fullmatch(role[0])
        if code and (party := parties.of_person(code["code"], frozenset())):
            yield at + cell.start(), at + cell.end(), cell[0], party


def _at(at: int, line: str, name: str, party: str) -> Found:
    start = at + line.index(name)
    return start, start + len(name), name, party
