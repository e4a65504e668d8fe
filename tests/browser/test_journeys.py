"""What people do on the pages: search, narrow, widen, order, turn pages, by mouse, by keyboard, without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests.browser.conftest import Shoot

Open = Callable[..., Any]
LOADED = "window.loaded_once = true"


def _hits(page: Any) -> list[str]:
    return [" ".join(title.split()) for title in page.locator(".hit h2").all_inner_texts()]


def _stays(page: Any) -> bool:
    """Whether the page has not been loaded anew since LOADED."""
    return bool(page.evaluate("window.loaded_once === true"))


def test_a_question_from_the_start(open_page: Open, shoot: Shoot) -> None:
    page = open_page("/")
    shoot(page, "start")
    assert page.locator(".examples a").count() >= 3 and page.locator(".latest li").count() == 5
    page.get_by_role("searchbox").fill("cykelgarage")
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url("**/?q=cykelgarage")
    assert "cykelgarage" in _hits(page)[0] and page.locator(".snippet mark").count()
    shoot(page, "search")


def test_facets_and_chips_change_the_answer_alone(open_page: Open, shoot: Shoot) -> None:
    page = open_page("/?q=motion")
    before = _hits(page)
    page.evaluate(LOADED)
    page.get_by_role("link", name=re.compile("^Mora")).click()
    page.wait_for_url("**/?q=motion&municipality=2062")
    page.locator(".chip-own").wait_for()
    assert _stays(page) and 0 < len(_hits(page)) < len(before)
    assert page.locator("#ask input[name=municipality]").input_value() == "2062"  # the next question keeps it
    assert page.locator("#told").inner_text().strip() == page.locator("h1").inner_text().strip()
    shoot(page, "filtered")
    page.locator(".chip-own").click()
    page.wait_for_url("**/?q=motion")
    page.locator(".chip-own").wait_for(state="detached")
    assert _stays(page) and _hits(page) == before
    assert page.locator("#ask input[name=municipality]").count() == 0
    page.go_back()
    page.locator(".chip-own").wait_for()  # the address before is the answer before


def test_what_was_read_out_of_the_question_is_a_chip(open_page: Open) -> None:
    page = open_page("/?q=motion+i+Mora")
    chip = page.locator(".chip-read")
    assert "Mora" in chip.inner_text()
    chip.click()
    page.wait_for_url("**without=municipality")
    page.locator(".chip-unread").wait_for()
    assert chip.count() == 0


def test_order_and_pages(open_page: Open) -> None:
    page = open_page("/?sort=newest")
    days = [time.get_attribute("datetime") for time in page.locator(".hit .about time").all()]
    assert len(days) == 20 and days == sorted(days, reverse=True)
    first = _hits(page)
    page.evaluate(LOADED)
    page.get_by_role("link", name="Nästa").click()
    page.wait_for_url("**page=2")
    page.locator(".pager a[rel=prev]").wait_for()
    assert _stays(page) and set(_hits(page)).isdisjoint(first)
    page.get_by_role("link", name="Äldst").click()
    page.wait_for_url("**/?sort=oldest")
    page.locator("#sort-oldest[aria-current]").wait_for()
    days = [time.get_attribute("datetime") for time in page.locator(".hit .about time").all()]
    assert days == sorted(days)


def test_the_language_is_chosen_once(open_page: Open, shoot: Shoot) -> None:
    page = open_page("/?q=skola&sort=newest")
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/?q=skola&sort=newest&lang=en")  # the same search
    assert page.locator("html").get_attribute("lang") == "en"
    shoot(page, "search-english")
    page.get_by_role("link", name="Sources").click()
    assert page.locator("h1").inner_text() == "Sources"
    page.get_by_role("link", name="Svenska").click()
    assert page.locator("h1").inner_text() == "Källor"


def test_by_keyboard_alone(open_page: Open) -> None:
    page = open_page("/kallor")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("skola")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=skola")
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    second = page.locator(".hit h2 a").nth(1)
    assert page.evaluate("document.activeElement.href") == second.evaluate("link => link.href")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"  # where one is, is seen
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/dokument/**", wait_until="commit")


def test_without_javascript(open_page: Open, shoot: Shoot) -> None:
    page = open_page("/", java_script_enabled=False, phone=True)
    page.get_by_role("searchbox").fill("motion")
    page.get_by_role("button", name="Sök").click()
    assert _hits(page)
    page.locator(".narrow > summary").click()
    page.get_by_role("link", name=re.compile("^Mora")).click()
    assert page.url.endswith("/?q=motion&municipality=2062") and page.locator(".chip-own").count() == 1
    shoot(page, "no-javascript")
    page.locator(".chip-own").click()
    assert page.url.endswith("/?q=motion")
    page.get_by_role("link", name="Nyast").click()
    assert page.url.endswith("sort=newest")


def test_few_hits_are_explained(open_page: Open, shoot: Shoot) -> None:
    page = open_page("/?q=cykelgarake")
    shoot(page, "thin")
    page.locator(".thin a").first.click()
    page.wait_for_url("**/?q=cykelgarage")
    page.locator(".thin").wait_for(state="detached")
    assert page.get_by_role("searchbox").input_value() == "cykelgarage"
