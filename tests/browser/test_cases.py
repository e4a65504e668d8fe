"""A case from a hit to its time line and on to a §; statistics: without JavaScript, on a phone, read by axe."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.conftest import Shoot
from tests.browser.test_access import RULES

Open = Callable[..., Any]
TRANSPORT = "/arende/1286/KS%202025/37"


def test_a_case_from_a_hit_to_its_stops(open_page: Open, shoot: Shoot) -> None:
    page = open_page("/?q=cykelgarage+i+Mora")
    page.get_by_role("link", name="KS 2024/512").first.click()
    page.wait_for_url(re.compile("/arende/2062/KS%202024(/|%2F)512$"))
    shoot(page, "case")
    days = page.locator(".case-line time").evaluate_all("all => all.map(one => one.dateTime)")
    assert len(days) >= 5 and days == sorted(days)
    assert page.locator(".case-guess").count() == 1  # the motion, which has no number
    page.locator(".case-line h2 a").last.click()
    page.wait_for_url("**/dokument/**")
    assert "cykelgarage" in page.locator("main").inner_text().lower()


def test_a_case_goes_on_under_another_number(open_page: Open) -> None:
    page = open_page(TRANSPORT)
    assert "BUN 2025/88" in page.locator(".case-page > header").inner_text()
    assert page.get_by_text("Säker koppling: hänvisningen").count() == 1
    page.get_by_role("link", name="BUN 2025/88").click()
    page.wait_for_url("**/BUN%202025/88")
    assert page.locator(".case-line > li").count() == 4


def test_statistics_without_javascript(open_page: Open, shoot: Shoot) -> None:
    page = open_page("/statistik", java_script_enabled=False, phone=True)
    assert page.url.endswith("/statistik/decisions")
    page.get_by_label("Kommun", exact=True).select_option("Mora")
    page.get_by_label("Fördelat på", exact=True).select_option("organ")
    page.get_by_role("button", name="Visa").click()
    shoot(page, "statistics")
    assert page.get_by_role("img", name="Beslut fördelat på organ").count() == 1
    page.get_by_role("link", name="Motioner").click()
    assert page.url.endswith("/statistik/motions?municipality=2062")
    assert page.locator("tbody tr").count()


@pytest.mark.parametrize("path", [TRANSPORT, "/statistik/outcomes?by=body", "/statistik/decisions"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(open_page: Open, shoot: Shoot, path: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(path, color_scheme=scheme, phone=scheme == "dark", reduced_motion="reduce")
    shoot(page, f"{scheme}-{re.sub('[^a-z]+', '-', path.lower()).strip('-')}")
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    assert not [f"{one['id']}: {one['nodes']}" for one in found if one["impact"] in ("serious", "critical")]
    if scheme == "dark":
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
