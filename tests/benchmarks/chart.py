"""A chart of lines over growing sizes, as SVG: both axes logarithmic, light and dark."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from html import escape

Line = Sequence[tuple[float, float]]

WIDTH, HEIGHT = 760, 420
LEFT, RIGHT, TOP, BOTTOM = 64, 230, 24, 56
COLOURS = ("#1f6f8b", "#c8553d", "#588157", "#8e6c8a", "#b08900", "#555555")


def chart(lines: Mapping[str, Line], across: str, up: str) -> str:
    """The chart of these lines, each a list of points (size, value) above 0."""
    xs = [x for line in lines.values() for x, _ in line]
    ys = [y for line in lines.values() for _, y in line]
    low, high = 10 ** math.floor(math.log10(min(ys))), 10 ** math.ceil(math.log10(max(ys)))
    scale = _Scale(min(xs), max(xs), low, high)
    parts = [*_frame(scale, sorted(set(xs)), across, up), *_drawn(scale, lines)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'font-family="sans-serif" font-size="12" fill="#444"><title>{escape(up)} by {escape(across)}</title>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


class _Scale:
    """From values to places on the picture."""

    def __init__(self, left: float, right: float, low: float, high: float) -> None:
        self.left, self.right, self.low, self.high = left, max(right, left * 1.01), low, high

    def x(self, value: float) -> float:
        part = math.log(value / self.left) / math.log(self.right / self.left)
        return round(LEFT + part * (WIDTH - LEFT - RIGHT), 1)

    def y(self, value: float) -> float:
        part = math.log(value / self.low) / math.log(self.high / self.low)
        return round(HEIGHT - BOTTOM - part * (HEIGHT - TOP - BOTTOM), 1)


def _frame(scale: _Scale, sizes: Sequence[float], across: str, up: str) -> Iterator[str]:
    bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
    value = scale.low
    while value <= scale.high:
        y = scale.y(value)
        yield f'<path d="M{LEFT} {y}H{right}" stroke="#ddd"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{value:g}</text>'
        value *= 10
    for size in sizes:
        x = scale.x(size)
        yield f'<path d="M{x} {bottom}v5" stroke="#888"/>'
        yield f'<text x="{x}" y="{bottom + 20}" text-anchor="middle">{_short(size)}</text>'
    yield f'<path d="M{LEFT} {bottom}H{right}" stroke="#888"/>'
    yield f'<text x="{(LEFT + right) / 2}" y="{HEIGHT - 12}" text-anchor="middle">{escape(across)}</text>'
    middle = (TOP + bottom) / 2
    yield f'<text x="16" y="{middle}" text-anchor="middle" transform="rotate(-90 16 {middle})">{escape(up)}</text>'


def _drawn(scale: _Scale, lines: Mapping[str, Line]) -> Iterator[str]:
    last = -math.inf
    names = sorted(lines, key=lambda name: scale.y(lines[name][-1][1]))
    for name in names:
        colour = COLOURS[list(lines).index(name) % len(COLOURS)]
        places = [(scale.x(x), scale.y(y)) for x, y in lines[name]]
        path = " ".join(f"{x},{y}" for x, y in places)
        yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
        yield from (f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>' for x, y in places)
        last = max(places[-1][1], last + 16)  # names do not cover each other
        yield f'<text x="{places[-1][0] + 10}" y="{last + 4}" fill="{colour}">{escape(name)}</text>'


def _short(size: float) -> str:
    """A size as an axis tells it.

    >>> _short(20_000), _short(1_000_000)
    ('20k', '1M')
    """
    return f"{size / 1e6:g}M" if size >= 1e6 else f"{round(size / 1e3):g}k"
