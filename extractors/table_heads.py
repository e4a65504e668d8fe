"""The heads (kolumnrubriker) of a table, on one line or several, and which of them each cell of a row stands under."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.cells import FIGURE, NOTHING, SUM, WORDS, Piece, names, split, without_blanks

_LONG = 9  # characters of a figure that may be two set close: 702 100 718 400


def combined(rows: Sequence[Sequence[Piece]], typed: bool) -> list[Piece]:
    """One head for each column from the lines above a table; a head over several columns holds for each of them.

    >>> from extractors.cells import pieces
    >>> [head.text for head in combined([pieces("Nämnd\\tBudget\\tUtfall"), pieces("\\t2025\\t2025")], False)]
    ['Nämnd', 'Budget 2025', 'Utfall 2025']
    """
    heads = list(rows[-1]) if rows else []
    for above in reversed(rows[:-1]):
        over = _over(above, heads, typed)
        if over is None and typed:
            return []  # which words belong together cannot be told
        if over is None:
            continue
        heads = [_joined(over[at] if at < len(over) else None, head) for at, head in enumerate(heads)]
        if len(over) > len(heads):
            heads = [part for part in over[: len(over) - len(heads)] if part] + heads
    return heads


def _joined(above: Piece | None, head: Piece) -> Piece:
    if above is None or not above.text:
        return head
    text = f"{above.text} {head.text}".strip()
    return Piece(text, head.start, head.end, WORDS)


def _over(above: Sequence[Piece], heads: list[Piece], typed: bool) -> list[Piece | None] | None:
    """The cell of the line above that stands over each head; None where the lines do not fit together."""
    if len(above) == len(heads):
        return _carried(above, heads)
    if len(above) == len(heads) + 1:  # the corner stands on the upper line alone
        heads.insert(0, Piece("", 0, 0, NOTHING))
        return list(above)
    if len(above) == len(heads) - 1 and heads[0].kind == WORDS:
        return [None, *above]
    for corner in (0, 1):
        if spread := _spread(above[corner:], heads[corner:]):
            return [*above[:corner], *spread]
        if spread := _spread(above, heads[corner:]):
            return [None] * corner + spread
    if any(part.kind == NOTHING for part in above) and len(above) < len(heads):  # its first and last cells are empty
        empty = Piece("", 0, 0, NOTHING)
        return _carried([empty, *above, *[empty] * (len(heads) - len(above) - 1)], heads)
    return _over_typed(above, heads) if typed else None


def _over_typed(above: Sequence[Piece], heads: Sequence[Piece]) -> list[Piece | None] | None:
    over: list[Piece | None] = [None] * len(heads)
    for part, column in zip(above, _aligned(above, heads), strict=True):
        if column is None:
            return None
        over[column] = part
    return over


def _carried(above: Sequence[Piece], heads: Sequence[Piece]) -> list[Piece | None]:
    """A head over several columns leaves those after it empty: it holds for all that have heads of their own."""
    over: list[Piece | None] = []
    for at, (part, head) in enumerate(zip(above, heads, strict=True)):
        empty = part.kind == NOTHING and head.kind != NOTHING and at > 1
        over.append(over[-1] if empty and over else part)
    return over


def _spread(above: Sequence[Piece], heads: Sequence[Piece]) -> list[Piece | None] | None:
    """Each of two heads over as many columns, where the heads under them come again: 2025 2026 2025 2026."""
    if len(above) < 2 or not heads or len(heads) % len(above) or any(part.kind == NOTHING for part in above):
        return None
    each = len(heads) // len(above)
    texts = [head.text for head in heads]
    if each < 2 or any(one != other for one, other in zip(texts, texts[each:], strict=False)):
        return None
    return [part for part in above for _ in range(each)]


def under(parts: list[Piece], line: str, heads: Sequence[Piece], typed: bool) -> list[tuple[Piece, Piece | None]]:
    """The cells of a row, each with its head; None where that cannot be told."""
    cells = without_blanks(parts) if typed else parts
    if not heads:
        return [(part, None) for part in cells]
    if len(cells) == len(heads):
        return list(zip(cells, heads, strict=True))
    if len(cells) == len(heads) + 1 and cells[0].kind == WORDS:  # no head over the labels
        return [(cells[0], None), *zip(cells[1:], heads, strict=True)]
    if typed:
        return [
            (part, heads[at] if at is not None else None)
            for part, at in zip(cells, _aligned(cells, heads), strict=True)
        ]
    if len(cells) == len(heads) - 1 and all(cell.kind != WORDS for cell in cells):  # the label stands on another line
        return list(zip(cells, heads[1:], strict=True))
    columns = len(heads) - 1 if len(cells) < len(heads) and cells[0].kind == WORDS else 0
    figures = split(line, cells[0].end, len(line), columns) if columns else []
    if figures and _kept(cells[1:], figures):
        return [(cells[0], heads[0]), *zip(figures, heads[1:], strict=True)]
    return [(part, None) for part in cells]


def _kept(cells: Sequence[Piece], figures: Sequence[Piece]) -> bool:
    """Whether figures that stand by themselves are still whole: 813 and 1 250 are not 813, 1 and 250."""
    whole = {cell.text for cell in cells if cell.kind == FIGURE and len(cell.text) < _LONG}
    return whole <= {figure.text for figure in figures}


def _aligned(cells: Sequence[Piece], heads: Sequence[Piece]) -> list[int | None]:
    """Under which head each cell stands in typed text, by what they share of the line; all None if one fits none."""
    found: list[int | None] = []
    for cell in cells:
        shared = [min(cell.end, head.end) - max(cell.start, head.start) for head in heads]
        best = max(range(len(heads)), key=shared.__getitem__)
        found.append(best if shared[best] > 0 else None)
    told = [at for at in found if at is not None]
    return found if told == sorted(set(told)) and len(told) == len(found) else [None] * len(found)


def parted(line: str, columns: int) -> list[Piece]:
    """The heads of a line in which one blank parts them, where there are as many as columns, or one more."""
    found = names(line)
    return found if len(found) in (columns, columns + 1) else []


def figures(parts: Sequence[Piece]) -> int:
    """How many columns of figures a row has."""
    return sum(part.kind in (FIGURE, SUM, NOTHING) for part in parts)
