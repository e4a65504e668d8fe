"""What the record has in figures, in sentences (meningar): alarms, expectations that were not met, changes.

    sentences.alarm(alarm, "sv", day)      # "Källan har inte gått att lista på 4 nätter: ..."

The pages and the morning report both say them, in Swedish or English: `sv.toml` and `en.toml` have the same names.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache
from importlib.resources import files

from index.books.model import Alarm

_Day = Callable[[str], str]  # a date as it is written out: "2026-06-15" is "15 juni 2026"


def alarm(told: Alarm, language: str, day: _Day) -> str:
    """What an alarm says, from its figures; as it was written where it has none."""
    figures = dict(told.figures)
    if not figures:
        return told.reason
    if told.kind == "missed":
        years = [
            f"{one['year']}: {missed(one['what'], tuple(one['expected']), tuple(one['got']), language)}"
            for one in figures["missed"]
        ]
        return f"{figures['body']}, {'; '.join(years)}"
    if told.kind == "overdue":
        figures["dates"] = ", ".join(day(date) for date in figures["dates"])
    if told.kind == "quiet":
        figures["last"] = day(figures["last"])
    says = _read(language)["alarm"]
    said = says[f"{told.kind}_one" if figures.get("papers") == 1 else told.kind].format(**figures)
    return f"{said} {says['changed_keys'].format(**figures)}" if figures.get("same") else said


def missed(what: str, expected: tuple[int, int], got: tuple[int, int], language: str) -> str:
    """An expectation that was not met.

    >>> missed("meetings_per_year", (8, 14), (3, 3), "sv")
    '3 sammanträden, 8–14 väntades'
    """
    low, high = (str(got[0]) if got[0] == got[1] else f"{got[0]}–{got[1]}"), f"{expected[0]}–{expected[1]}"
    return _read(language)["missed"][what].format(got=low, expected=high)


def change(what: str, state: str, language: str) -> str:
    """What became of a decision or a vote.

    >>> change("decision", "changed", "sv")
    'Ändrat beslut'
    """
    return _read(language)["change"][f"{what}_{state}"]


@cache
def _read(language: str) -> dict[str, dict[str, str]]:
    return tomllib.loads(files("index.sentences").joinpath(f"{language}.toml").read_text(encoding="utf-8"))
