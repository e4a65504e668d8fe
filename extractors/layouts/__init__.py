"""Templates of minutes (mallar) whose § heads have one form. Chosen by the text, never by a file's name."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.layouts import body_letters, case_label, serial_unit
from extractors.layouts.layout import Layout

# In the order they are tried; a paper that none rules is read by evidence alone.
LAYOUTS = (case_label.LAYOUT, serial_unit.LAYOUT, body_letters.LAYOUT)


def choose(heads: Sequence[str]) -> Layout | None:
    """The template that rules these lines, all of which could be heads of a §.

    >>> layout = choose(["§ 4 Ärendenummer SN-2031-00007", "§ 5 Ärendenummer SN-2031-00009", "§ 6 Ärendenummer"])
    >>> layout.name if layout else None
    'case label'
    """
    return next((layout for layout in LAYOUTS if layout.rules(heads)), None)
