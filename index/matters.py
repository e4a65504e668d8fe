"""Which kinds of paper an item is about (ärende): a § that answers a motion is about a motion as the motion is."""

from __future__ import annotations

import re

_MATTERS = {
    "motion": re.compile(r"(?<![\w-])motion(?:en|er|erna|ssvar)?(?![\w-])", re.IGNORECASE),
    "interpellation": re.compile(r"(?<![\w-])interpellation(?:en|er|erna|ssvar)?(?![\w-])", re.IGNORECASE),
}


def matters(kind: str, title: str) -> list[str]:
    """The paper's own kind, and the kinds that the item's title names.

    >>> matters("protocol", "Svar på motion om cyklar"), matters("motion", "Motion om cyklar")
    (['motion', 'protocol'], ['motion'])
    """
    return sorted({kind} | {matter for matter, named in _MATTERS.items() if named.search(title)})
