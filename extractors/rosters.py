"""People whose party stands beside or below their name without brackets of its own: rosters in columns, signatures.

`Eva Ek    S    §§ 4-9` · three names on one line and "ledamot (C)" under each · a name with "Moderaterna" below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from extractors import lexicon, named, parties
from extractors.model import Stretch

Found = tuple[int, int, str, str]  # start and end of the name, the name, its party

_CODE = r"[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,4}|[-–]"
_NAME = named.NAME.replace(r"[ \t]+", " ")
_ROW = re.compile(rf"[ \t]*(?P<name>{_NAME})(?: {{2,}}| *\t\s*)(?P<code>{_CODE})(?= {{2,}}|\s*\t| *$)")
_LEAST = 3  # rows of a roster
_CELL = re.compile(r"\S(?:\s?\S)*")
_UNDER = re.compile(rf"(?:[a-zåäö0-9:]+[ -]?){{1,4}}\((?P<code>{_CODE})\)")  # gruppledare (C), 2:e vice ordförande (C)
_BY_NAME = {name: code for code, called in lexicon.load("parties")["national"].items() for name in called}
_PARTY_LINE = re.compile(rf"(?P<party>{lexicon.any_of(list(_BY_NAME))})(?: (?:i )?[A-ZÅÄÖ][\w-]+)?")


def find(stretch: Stretch) -> Iterator[Found]:
    """Those people, in no order.

    >>> roster = "Namn      Parti  §§\\nEva Ek    S      4-9\\nBo Ås     KD\\nMia Lind  V      4-7\\n"
    >>> [(name, party) for _, _, name, party in find(Stretch(roster))]
    [('Eva Ek', 'S'), ('Bo Ås', 'KD'), ('Mia Lind', 'V')]
    >>> [(name, party) for _, _, name, party in find(Stretch("Eva Ek     Bo Ås\\nledamot (C)   ersättare (C)"))]
    [('Eva Ek', 'C'), ('Bo Ås', 'C')]
    """
    lines = [(match.start(), match[0]) for match in re.finditer(r"[^\n]*\S[^\n]*", stretch.text)]
    yield from _rows(stretch.text, lines)
    for (at, above), (_, below) in pairwise(lines):
        if "(" in below and len(below) < 160:
            yield from _under(at, above, below)
        elif stretch.kind in ("motion", "interpellation") and (party := _PARTY_LINE.fullmatch(below.strip())):
            name = above.strip()
            if named.is_name(name) and not _PARTY_LINE.fullmatch(name):
                yield _at(at, above, name, _BY_NAME[party["party"]])


def _rows(text: str, lines: list[tuple[int, str]]) -> Iterator[Found]:
    """The rows of rosters: three or more on end whose second column is a party's code."""
    run: list[Found] = []
    known = parties.known_codes(text) if "  " in text or "\t" in text else frozenset()
    for at, line in [*lines, (0, "")]:
        match = _ROW.match(line) if "  " in line or "\t" in line else None
        party = parties.of_person(match["code"], known) if match else None
        if match and party and named.is_name(match["name"]):
            run.append(_at(at, line, match["name"], party))
            continue
        if len(run) >= _LEAST:
            yield from run
        run = []


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
