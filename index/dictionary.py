"""What every column of an export means (datalexikon): name, type, unit, and the meaning in Swedish and English.

python -m index.dictionary    writes the tables of docs/data.md anew
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from index.export import KINDS, Column, columns

COLUMNS = [Column(name) for name in ("kind", "column", "type", "unit", "sv", "en")]  # of the dictionary as a table
_DOCUMENT = Path(__file__).parent.parent / "docs" / "data.md"
_BETWEEN = re.compile(r"(?<=<!-- columns -->\n).*?(?=<!-- end of columns -->)", re.DOTALL)


class Entry(NamedTuple):
    """A column of a kind of row."""

    kind: str
    column: str
    type: str
    unit: str | None
    sv: str
    en: str


def entries(kinds: Sequence[str] = KINDS) -> Iterator[Entry]:
    """Every column of these kinds of rows, in the order they come."""
    known = told()
    for kind in kinds:
        for column in columns(kind):
            means = known.get(kind, {}).get(column.name) or known["shared"][column.name]
            yield Entry(kind, column.name, column.type, means.get("unit"), means["sv"], means["en"])


def markdown() -> str:
    """The dictionary as tables for docs/data.md: first what all kinds of rows share, then each kind's own columns."""
    shared = told()["shared"]
    first = {entry.column: entry for entry in entries() if entry.column in shared}
    tables = [_table("Columns that several kinds have", list(first.values()))]
    for kind, told_of in groupby(entries(), key=lambda entry: entry.kind):
        own = [entry for entry in told_of if entry.column not in shared]
        tables.append(_table(f"`{kind}`", own) if own else f"### `{kind}`\n\nNo columns of their own.\n")
    return "\n".join(tables)


@cache
def told() -> dict[str, Any]:
    """dictionary.toml: "shared" and each kind, with the meaning of columns by name."""
    return tomllib.loads((files("index") / "dictionary.toml").read_text("utf-8"))


def _table(title: str, of: Sequence[Entry]) -> str:
    rows = (f"| `{each.column}` | {each.type} | {each.unit or ''} | {each.sv} | {each.en} |" for each in of)
    head = "| column | type | unit | på svenska | in English |\n| --- | --- | --- | --- | --- |"
    return f"### {title}\n\n{head}\n" + "\n".join(rows) + "\n"


if __name__ == "__main__":
    _DOCUMENT.write_text(_BETWEEN.sub(lambda _: markdown(), _DOCUMENT.read_text("utf-8")), "utf-8")
