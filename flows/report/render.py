"""Views -> HTML (sidor): templates that escape everything, one style sheet, no script and no other host."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

import jinja2
from markupsafe import Markup

from extractors.drawing.marks import KINDS
from flows.report.views import COLUMNS, COUNTED, PaperView

_GOOD = ("approved", "granted", "elected")
_BAD = ("rejected", "remanded", "tabled")


def paper_page(paper: PaperView, back: str = "") -> str:
    """One paper as a page of its own; `back` is the address of the report that it belongs to."""
    return _environment().get_template("paper.html").render(title=paper.name, paper=paper, back=back)


def report_page(title: str, papers: Sequence[PaperView], troubles: Iterable[tuple[str, str]] = ()) -> str:
    """Many papers: a table of all, and those that have pages here in full below it."""
    total = {name: sum(paper.counts.get(name, 0) for paper in papers) for name in ("items", *COUNTED)}
    template = _environment().get_template("report.html")
    return template.render(title=title, papers=papers, troubles=list(troubles), total=total)


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("flows.report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = files("flows.report").joinpath("templates/style.css").read_text("utf-8")
    environment.globals |= {
        "KINDS": KINDS, "COLUMNS": COLUMNS, "FACTS": ("items", *COUNTED), "style": Markup(style),
        "kind_style": Markup(_kind_style()),
    }  # fmt: skip
    environment.filters |= {"tone": _tone, "short": _short, "number": _number}
    return environment


def _kind_style() -> str:
    """Each kind's colour, and what its box in the legend switches off."""
    rules: list[str] = []
    for name, kind in KINDS.items():
        rules.append(f".{name}{{--c:{kind.colour}}}")
        off = f"body:has(#show-{name}:not(:checked))"
        rules.append(f"{off} svg .{name},{off} li.{name}{{display:none}}")
        rules.append(f"{off} mark.{name}{{all:unset}}{off} mark.{name}::after{{content:none}}")
    return "\n".join(rules)


def _tone(outcome: str) -> str:
    return "good" if outcome in _GOOD else "bad" if outcome in _BAD else "plain"


def _short(text: str, most: int = 180) -> str:
    """
    >>> _short("Motionen avslås med hänvisning till kontorets svar.", 20)
    'Motionen avslås med …'
    """
    text = " ".join(text.split())
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"


def _number(value: float) -> str:
    """Points in as few figures as are seen.

    >>> _number(70.86615), _number(12.0)
    ('70.9', '12')
    """
    return f"{value:.1f}".removesuffix(".0")
