"""A municipality's file from what was found of it (förslag): its text, with expectations by what is listed now."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from flows.sources.looking import Look, Year

_LEAST_QUIET = 60  # days: a summer without meetings is no alarm
_MOST_QUIET = 365


def text(
    code: str, name: str, platform: str, where: Mapping[str, Any], since: int | None, found: Look, today: date
) -> str:
    """The file, with a remark on where each figure is from."""
    lines = [
        f"# Written by `paragraf source new` on {today.isoformat()} from what {found.location} lists.",
        "# An expectation that fails: find out why before it is moved.",
        f"code = {_value(code)}",
        f"name = {_value(name)}",
        "",
        "[[source]]",
        f"platform = {_value(platform)}",
        f"where = {_value(where)}",
        *([f"since = {since}"] if since else []),
    ]
    for body, years in found.bodies.items():
        if body.startswith("("):
            continue
        expected = list(_expected(years, since, found.latest.get(body, ""), today))
        if expected:
            lines += ["", f"[expect.{_value(body)}]", *expected]
    return "\n".join(lines) + "\n"


def _expected(years: Mapping[str, Year], since: int | None, latest: str, today: date) -> Iterator[str]:
    """From what the whole years had: a quarter less to a quarter more, and quiet twice as long as a meeting comes."""
    first = min((int(year) for year in years if year.isdigit()), default=0)
    whole = {
        int(year): of
        for year, of in years.items()
        if year.isdigit() and int(year) < today.year and (int(year) > first or since == first)
    }
    for name, counts in (
        ("meetings_per_year", {year: of.meetings for year, of in whole.items()}),
        ("protocols_per_year", {year: of.with_minutes for year, of in whole.items()}),
    ):
        if counts and min(counts.values()):
            told = ", ".join(f"{count} in {year}" for year, count in counts.items())
            low, high = math.floor(min(counts.values()) * 0.75), math.ceil(max(counts.values()) * 1.25)
            yield f"{name} = [{low}, {high}]  # {told}"
    held = sum(of.meetings for of in whole.values())
    if held:
        usual = 2 * 365 * len(whole) / held
        days = min(_MOST_QUIET, max(_LEAST_QUIET, 5 * math.ceil((usual + 30) / 5)))
        if latest and date.fromisoformat(latest) + timedelta(days=days) < today:
            days = min(730, 5 * math.ceil(((today - date.fromisoformat(latest)).days + 30) / 5))
        yield f"quiet_days = {days}  # a meeting every {365 * len(whole) / held:.0f} days"


def _value(value: Any) -> str:
    """A value of TOML on one line.

    >>> _value({"site": "https://x.example", "bodies": {"/kf": "Kommunfullmäktige"}})
    '{ site = "https://x.example", bodies = { "/kf" = "Kommunfullmäktige" } }'
    """
    if isinstance(value, Mapping):
        rows = ", ".join(f"{_key(str(key))} = {_value(each)}" for key, each in value.items())
        return f"{{ {rows} }}" if rows else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_value(each) for each in value)}]"
    return json.dumps(value, ensure_ascii=False)


def _key(key: str) -> str:
    bare = key.isascii() and key.replace("-", "").replace("_", "").isalnum()
    return key if bare else json.dumps(key, ensure_ascii=False)
