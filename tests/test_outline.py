"""Under which headings things stand on a page: accordions, tabs and details however they are nested."""

from __future__ import annotations

import lxml.html
import pytest

from flows.sources.outline import places


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("<h1>Protokoll</h1><h2>2026</h2><a>x</a><h2>2025</h2><a>y</a>", ["Protokoll/2026", "Protokoll/2025"]),
        # the head of a panel holds for the panel alone, wherever either stands
        ('<h2>KF</h2><button aria-controls="p">2026</button><div id="p"><a>x</a></div><a>y</a>', ["KF/2026", "KF"]),
        ('<a class="env-collapse-header" href="#p">3 mars</a><p>nothing</p><div id="p"><a>x</a></div>', ["", "3 mars"]),
        ("<details><summary>KS</summary><h3>2026</h3><a>x</a></details><h3>Mer</h3><a>y</a>", ["KS/2026", "Mer"]),
        # a heading within a panel does not close what is outside of it
        ('<h2>KF</h2><button data-target="#p">Alla</button><div id="p"><h2>2026</h2><a>x</a></div><a>y</a>',
         ["KF/Alla/2026", "KF"]),
        # a heading that is called as a tab elsewhere is a heading all the same
        ('<button role="tab" aria-controls="p">2026</button><div id="p"></div><h2>2026</h2><a>y</a>', ["2026"]),
        # a button that opens nothing that is there is no panel's head
        ('<h2>KF</h2><button aria-controls="menu">Meny</button><a>x</a>', ["KF"]),
        ("<p><strong>Protokoll 2026</strong></p><a>x</a>", ["Protokoll 2026"]),
        ("<p><strong>Obs!</strong> Protokoll 2026</p><a>x</a>", [""]),
        ("<header><h1>Kommunen</h1></header><nav><a>meny</a></nav><a>x</a><footer><a>fot</a></footer>", [""]),
        ("<main><header><h1>Kommunfullmäktige</h1></header><a>x</a></main><a>fot</a>", ["Kommunfullmäktige"]),
        (f"<h2>{'ord ' * 60}</h2><a>x</a>", [""]),
    ],
)  # fmt: skip
def test_headings_above_a_link(html: str, told: list[str]) -> None:
    root = lxml.html.document_fromstring(f"<html><body>{html}</body></html>")
    found = ["/".join(place.headings) for place in places(root) if place.element.tag == "a"]
    assert found == told
