"""What kind of paper it is (typ av handling): by words in its head and margins, and by whether it has §§."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from extractors import head_lines
from extractors.lexicon import load
from extractors.model import Item
from extractors.text import Text

_HEAD = 1_600  # characters
# Sections that only what a meeting did has.
_STEPS = frozenset(("procedure", "motions_made", "voting", "reservation", "today", "disqualification", "adjusted"))
_TOP = 7  # lines
_PLAIN = str.maketrans("åäöé", "aaoe")
_WHOLE = 5  # §§ that minutes of a whole meeting have at least
_FEW = re.compile(r"§{1,2} ?(\d{1,4})(?: ?(?:[-–,]|och) ?§{0,2} ?(\d{1,4}))?")
_RANGE = re.compile(
    r"§{1,2} ?(?:\d{1,3}:)?(\d{1,4}) ?[-–] ?§? ?(?:\d{1,3}:)?(\d{1,4})(?!\d|-|:)|"
    r"(?<=\n)\W*(?:paragrafer|§§)\W{1,40}(?:\d{1,3}:)?(\d{1,4}) ?[-–] ?(?:\d{1,3}:)?(\d{1,4})(?!\d|-|:)",
    re.IGNORECASE,
)


def find(text: Text, items: Sequence[Item]) -> str:
    """One of the guideline's words, "other" where nothing tells.

    >>> find(Text("Motion till kommunfullmäktige\\nBygg en badplats", (), "text"), [])
    'motion'
    """
    decided = sum(any(part.name == "decision" for part in item.sections) for item in items)
    weights = _weights(text, items[0].span.start if decided else _HEAD)
    if items:
        weights["protocol"] += 3 * (decided > 0) + 2 * (decided > 2) + 2 * (len(items) > 4)
        weights["protocol"] += 3 * any(part.name in _STEPS for item in items for part in item.sections)
    if not items:
        weights["protocol"] -= 6
    kind = max(weights, key=lambda name: weights[name])
    if weights[kind] < 3:
        return "other"
    return _minutes(text, items) if kind == "protocol" else kind


def of_title(title: str) -> str | None:
    """The kind that a link to a paper, or the name of its file, tells; None where it tells none.

    >>> [of_title(title) for title in ("Protokoll KF 260204", "Kallelse 4 maj", "Protokoll § 21", "Protokollsbilaga")]
    ['protocol', 'agenda', 'protocol_extract', 'other']
    >>> of_title("tjansteutlatande om cykelvag")
    'statement'
    """
    title = " ".join(title.lower().translate(_PLAIN).split())
    weights = {kind: sum(weight for row, weight in rows if row.search(title)) for kind, rows in _title_rules().items()}
    kind = max(weights, key=lambda name: weights[name])
    if not weights[kind]:
        return None
    return "protocol_extract" if kind == "protocol" and _is_part(title) else kind


@cache
def _title_rules() -> dict[str, tuple[tuple[re.Pattern[str], int], ...]]:
    """The rules for titles without dots and rings, since the names of files have none: tjansteutlatande.pdf."""
    return {
        kind: tuple((re.compile(row.translate(_PLAIN)), weight) for row, weight in parts.get("title", ()))
        for kind, parts in load("kinds").items()
    }


def _is_part(title: str) -> bool:
    """Whether a title names so few §§ that they are not a whole meeting's: § 21, §§ 22-23, but not §§ 45-90."""
    numbers = _FEW.search(title)
    return numbers is not None and int(numbers[2] or numbers[1]) - int(numbers[1]) < _WHOLE


def _weights(text: Text, first: int = _HEAD) -> dict[str, int]:
    """How much speaks for each kind. `first`: where the first § begins; the heading of a § does not name the paper."""
    margins = [text.head, *text.furniture]
    heads = {of: "\n".join([*margins, text.text[:of]]).lower() for of in {_HEAD, min(first, _HEAD)}}
    whole = text.text[:60_000].lower()
    top = "\n".join([line for line in text.text[: min(first, _HEAD)].lower().split("\n") if line.strip()][:_TOP])
    return {
        kind: sum(weight for pattern, weight in rules["head"] if pattern.search(heads[_reach(kind, first)]))
        + sum(weight for pattern, weight in rules["text"] if pattern.search(whole))
        + sum(weight for pattern, weight in rules.get("top", ()) if pattern.search(top))
        + (kind == "news" and bool(text.meta.get("published"))) * 8
        for kind, rules in _rules().items()
    }


def _reach(kind: str, first: int) -> int:
    """How far the head of a paper of this kind reaches, characters."""
    return _HEAD if kind in ("protocol", "agenda") else min(first, _HEAD)


@cache
def _rules() -> dict[str, dict[str, tuple[tuple[re.Pattern[str], int], ...]]]:
    return {
        kind: {part: tuple((re.compile(p, re.MULTILINE), weight) for p, weight in rows) for part, rows in parts.items()}
        for kind, parts in load("kinds").items()
    }


def _minutes(text: Text, items: Sequence[Item]) -> str:
    """The minutes of a whole meeting, or an extract: what the cover says the §§ are against those that are there."""
    numbers = [number for item in items if item.number and (number := head_lines.serial(item.number)) is not None]
    if len(numbers) < 2:
        return "protocol_extract"
    if covered := _covered(text, items):
        first, last = covered
        whole = numbers[0] <= first and numbers[-1] >= last and len(set(numbers)) * 2 >= last - first + 1
        return "protocol" if whole else "protocol_extract"
    holes = sum(later - earlier > 1 for earlier, later in pairwise(numbers))
    told = bool(
        re.search(r"protokollsutdrag|utdrag ur", "\n".join([text.head, *text.furniture, text.text[:_HEAD]]), re.I)
    )
    return "protocol_extract" if (told and len(numbers) < 4) or holes * 3 > len(numbers) else "protocol"


def _covered(text: Text, items: Sequence[Item]) -> tuple[int, int] | None:
    """The §§ that the cover says the minutes have."""
    cover = text.text[: min(items[0].span.start, 12_000)]
    best: tuple[int, int] | None = None
    for match in _RANGE.finditer(cover):
        first, last = (int(match[1]), int(match[2])) if match[1] else (int(match[3]), int(match[4]))
        labelled = re.search(
            r"paragraf\w*\W*$|omfattar\W*$|\bavser\W*$",
            cover[max(0, match.start() - 60) : match.start()] + (match[0] if match[3] else ""),
            re.I,
        )
        if last > first and (labelled or match[3] or (best is None and re.search(r"\n\s*$", cover[: match.start()]))):
            if labelled or match[3]:
                return first, last
            best = first, last
    return best
