"""axe-core finds nothing serious on any page, light or dark, and no page is wider than a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.conftest import Shoot

PATHS = {
    "/": 200,
    "/?q=avslagna+motioner+i+Mora": 200,
    "/?q=cykelgarake": 200,
    "/?year=abc": 400,
    "/kallor": 200,
    "/kallor/2062": 200,
    "/arende": 200,
    "/arende/2062/KS%202024/512": 200,
    "/statistik": 200,
    "/prenumeration?q=skolskjuts": 200,
    "/prenumeration/skickad?q=skolskjuts": 200,
    "/finns-inte": 404,
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("path", PATHS)
def test_everybody_can_read_it(open_page: Callable[..., Any], shoot: Shoot, path: str) -> None:
    name = re.sub("[^a-z0-9]+", "-", path.lower()).strip("-") or "start"
    page = open_page(path, status=PATHS[path])
    shoot(page, f"page-{name}")
    assert not _serious(page, RULES)
    page.emulate_media(color_scheme="dark")
    shade = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert max(map(int, re.findall(r"\d+", shade)[:3])) < 60
    page.set_viewport_size({"width": 390, "height": 844})
    if page.locator(".narrow > summary").count():
        page.locator(".narrow > summary").click()
    shoot(page, f"page-{name}-phone-dark")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert not _serious(page, ["wcag2aa", "wcag22aa"])  # contrast, and what a finger has to hit


def _serious(page: Any, rules: list[str]) -> str:
    """What axe finds that is serious or worse."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": rules, "resultTypes": ["violations"]}).response["violations"]
    return "\n".join(
        f"{each['id']} ({each['impact']}): {node['html'][:200]}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    )
