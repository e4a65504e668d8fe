"""Why an answer is thin, in plain words (magert svar): its words, its filters, what was perhaps meant, what is held."""

from __future__ import annotations

from typing import Any

_SHOWN = 6  # names that a line lists


def lines(explained: dict[str, Any], none: bool) -> list[str]:
    """What is known of why so little was found; what there is at all only where `none` was.

    >>> near = [{"word": "skolskjuts", "total": 9}]
    >>> words = [{"word": "skolskutjs", "total": 0, "parts": [], "suggestions": near}, {"word": "avgift", "total": 12}]
    >>> told = {"words": words, "filters": [{"name": "municipality", "value": ["1286"], "without": 3}],
    ...         "instead": {"text": "skolskjuts avgift", "total": 2}}
    >>> print("\\n".join(lines(told, none=False)))
    did you mean: skolskjuts avgift (2 §§)
    in how many §§ each word is: skolskutjs 0, avgift 12
    skolskutjs is in none; near it: skolskjuts (9)
    without municipality Ystad: 3 §§
    """
    told = []
    if instead := explained.get("instead"):
        told.append(f"did you mean: {instead['text']} ({_items(instead['total'])})")
    words = explained.get("words") or []
    if len(words) > 1:
        counts = ", ".join(f"{word['word']} {word['total']:,}".replace(",", " ") for word in words)
        told.append(f"in how many §§ each word is: {counts}")
    told += [_missing(word) for word in words if not word["total"]]
    told += [
        f"without {_filter(each)}: {_items(each['without'])}"
        for each in explained.get("filters") or ()
        if each["without"]
    ]
    helping = [each for each in explained.get("signs") or () if each["without"]]
    told += [f"without {each['sign']}: {_items(each['without'])}" for each in helping]
    if none and (held := explained.get("held")):
        told.append(_held(held))
    return told


def _missing(word: dict[str, Any]) -> str:
    split = (
        f" (nor as {' + '.join(word['parts'][:2])})" if len(word["parts"]) > 1 and not word.get("suggestions") else ""
    )
    near = ", ".join(f"{each['word']} ({each['total']})" for each in word.get("suggestions") or ())
    return f"{word['word']} is in none{split}" + (f"; near it: {near}" if near else "")


def _filter(told: dict[str, Any]) -> str:
    from flows.hits import filter_in_words

    return filter_in_words(told["name"], told["value"])


def _held(held: dict[str, Any]) -> str:
    """What there is to find.

    >>> _held({"items": 1030, "municipalities": [{"name": "Mora", "value": "2062", "count": 9}], "bodies": [{}, {}],
    ...        "first": "2017-12-12", "last": "2026-06-17"})
    'held: 1 030 §§ of Mora, 2 bodies, 2017-12-12 to 2026-06-17'
    """
    names = [each["name"] for each in held["municipalities"]]
    more = f" and {len(names) - _SHOWN} more municipalities" if len(names) > _SHOWN else ""
    of = f" of {', '.join(names[:_SHOWN])}{more}" if names else ""
    bodies = f", {len(held['bodies'])} {'body' if len(held['bodies']) == 1 else 'bodies'}" if held["bodies"] else ""
    days = f", {held['first']} to {held['last']}" if held["first"] else ""
    return f"held: {_items(held['items'])}{of}{bodies}{days}"


def _items(number: int) -> str:
    return f"{number:,} {'§' if number == 1 else '§§'}".replace(",", " ")
