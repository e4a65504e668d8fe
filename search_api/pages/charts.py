"""Pictures of numbers (diagram), drawn as SVG on the server: bars lying down, or a line over months or years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

_WIDTH, _HEIGHT = 480, 220  # as narrow as a phone, so that words stay readable there
_ROW = 38  # of bars: a name and the bar below it
_LEFT, _TOP, _RIGHT, _BOTTOM = 44, 12, 26, 28  # of a line: the room of its scales
_BARS = 20  # drawn; the table has them all
_LETTERS = 56  # of a name above a bar
_TIMES = 6  # named below a line at most, the first and the last among them


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, its number, and where it stands."""

    name: str
    value: int | Decimal
    y: int
    width: float


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars, the first on top; `left_out` are those that only the table has."""

    bars: tuple[Bar, ...]
    width: int
    height: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A word on a scale."""

    at: float
    name: str
    value: int | Decimal = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line over time: its points as SVG has them, and the two scales."""

    points: str
    dots: tuple[tuple[float, float], ...]
    times: tuple[Tick, ...]
    values: tuple[Tick, ...]
    width: int
    height: int
    left: int
    right: int


def bars(values: Sequence[tuple[str, int | Decimal]]) -> Bars | None:
    """Bars of these numbers; None where there is nothing to draw.

    >>> drawn = bars([("Avslag", 4), ("Bifall", 2)])
    >>> [(bar.name, bar.width) for bar in drawn.bars], drawn.height
    ([('Avslag', 400.0), ('Bifall', 200.0)], 76)
    """
    shown = [(name, value) for name, value in values if value > 0][:_BARS]
    if not shown:
        return None
    most = max(value for _, value in shown)
    room = _WIDTH - 80  # of the number behind the longest bar
    made = tuple(
        Bar(_short(name), value, at * _ROW, round(float(value / Decimal(most)) * room, 1))
        for at, (name, value) in enumerate(shown)
    )
    return Bars(made, _WIDTH, len(made) * _ROW, len(values) - len(shown))


def line(values: Sequence[tuple[str, int | Decimal]]) -> Line | None:
    """A line over months ("2026-05") or years; those between the first and the last that have none are zero.

    >>> drawn = line([("2026-01", 3), ("2026-04", 6)])
    >>> len(drawn.dots), [tick.name for tick in drawn.times], [str(tick.value) for tick in drawn.values]
    (4, ['2026-01', '2026-02', '2026-03', '2026-04'], ['0', '3', '6'])
    """
    told = dict(values)
    if len(told) < 2:
        return None
    times = _between(min(told), max(told))
    most = _round_up(max(1, *told.values()))
    across, up = (_WIDTH - _LEFT - _RIGHT) / (len(times) - 1), _HEIGHT - _TOP - _BOTTOM
    dots = tuple(
        (round(_LEFT + at * across, 1), round(_TOP + up * (1 - float(told.get(time, 0)) / most), 1))
        for at, time in enumerate(times)
    )
    steps = min(_TIMES, len(times)) - 1
    named = tuple(
        Tick(dots[at][0], times[at]) for at in (round(step * (len(times) - 1) / steps) for step in range(steps + 1))
    )
    half = most // 2
    scale = tuple(Tick(round(_TOP + up * (1 - value / most), 1), str(value), value) for value in (0, half, most))
    points = " ".join(f"{x},{y}" for x, y in dots)
    return Line(points, dots, named, scale, _WIDTH, _HEIGHT, _LEFT, _WIDTH - _RIGHT)


def _between(first: str, last: str) -> list[str]:
    """Every month or year from the first to the last.

    >>> _between("2025-11", "2026-01"), _between("2024", "2026")
    (['2025-11', '2025-12', '2026-01'], ['2024', '2025', '2026'])
    """
    if len(first) == 4:
        return [str(year) for year in range(int(first), int(last) + 1)]
    begin, end = (int(told[:4]) * 12 + int(told[5:7]) - 1 for told in (first, last))
    return [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(begin, end + 1)]


def _round_up(value: int | Decimal) -> int:
    """The next even number with one or two figures and zeros: the end of a scale.

    >>> _round_up(6), _round_up(47), _round_up(1301)
    (6, 48, 1400)
    """
    whole = int(value) + (value != int(value))
    step = max(2, int(10 ** (len(str(whole)) - 2)))
    return -(-whole // step) * step


def _short(name: str) -> str:
    return name if len(name) <= _LETTERS else name[: _LETTERS - 1].rstrip() + "…"
