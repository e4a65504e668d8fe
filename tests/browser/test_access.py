"""axe-core finds nothing serious on any page, light or dark, at a desk or on a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.conftest import Shoot

PATHS = (
    "/",
    "/?q=avslagna+motioner+i+Mora",
    "/?q=cykelgarake",
    "/kallor",
    "/kallor/2062",
    "/arende",
    "/statistik",
    "/?year=abc",
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(open_page: Callable[..., Any], shoot: Shoot, path: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    status = 400 if "abc" in path else 200
    page = open_page(path, status=status, color_scheme=scheme, phone=scheme == "dark", reduced_motion="reduce")
    if scheme == "dark":
        shade = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert max(map(int, shade.removeprefix("rgb(").removesuffix(")").split(","))) < 60
        shoot(page, f"dark-{PATHS.index(path)}")
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    told = [
        f"{each['id']} ({each['impact']}): {node['html'][:200]}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]
    assert not told, "\n".join(told)
