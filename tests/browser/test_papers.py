"""One § beside its source: from a find to its place on the page and back, from hit to hit, with and without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from index.catalog import Catalog
from index.queries import Searcher
from index.settings import Settings
from search_api.state import State
from tests.browser.conftest import Shoot
from tests.browser.serving import served
from tests.browser.test_access import RULES
from tests.held import MINUTES, NEWER, empty, keep

OUTSIDE = "https://paragraf.example.se"  # PARAGRAF_BASE_URL of these tests
Open = Callable[..., Any]
INSIDE = """element => {
  const pane = document.querySelector(".sheets").getBoundingClientRect(), box = element.getBoundingClientRect();
  return box.top >= pane.top && box.bottom <= pane.bottom && box.top >= 0 && box.bottom <= innerHeight;
}"""


def _minutes(settings: Settings, title: str) -> str:
    """The address of a § of minutes among the sample papers, by its title."""
    with Catalog(settings.catalog) as catalog:
        for stored in catalog.documents():
            for at, item in enumerate(stored.document.items):
                is_minutes = stored.identity.kind == "protocol" and stored.document.source.endswith(".pdf")
                if is_minutes and item.number and title in (item.title or ""):
                    return f"/dokument/{stored.sha256}/{at}"
    raise LookupError(title)


@pytest.fixture(scope="module")
def garage(settings: Settings) -> str:
    return _minutes(settings, "cykelgarage")


def test_from_a_hit_to_its_source(open_page: Open, shoot: Shoot) -> None:
    page = open_page("/?q=cykelgarage&kind=protocol")
    page.locator(".hit h2 a").first.click()
    page.wait_for_url("**/dokument/**q=cykelgarage**")
    assert page.locator(".reading mark").count() and "Träff 1 av" in page.locator(".hits-nav").inner_text()
    picture = page.locator(".leaf-of img").first
    page.wait_for_function("document.querySelector('.leaf-of img').naturalWidth > 300")
    assert picture.bounding_box()["x"] > page.locator(".reading").bounding_box()["x"] + 400, "side by side"
    shoot(page, "item")
    here = page.url
    page.get_by_role("link", name="Nästa träff").click()
    page.wait_for_url(lambda url: url != here)
    page.get_by_role("link", name="Föregående träff").click()
    page.wait_for_url(lambda url: url.partition("?")[0] == here.partition("?")[0])
    page.get_by_role("link", name="Till träffarna").click()
    page.wait_for_url("**/?q=cykelgarage&kind=protocol")


def test_from_a_find_to_its_place_and_back(open_page: Open, garage: str, shoot: Shoot) -> None:
    page = open_page(garage)
    tag = page.locator(".k-decisions > a.tag").last
    tag.scroll_into_view_if_needed()
    top = page.evaluate("scrollY")
    tag.click()
    place = page.locator(tag.get_attribute("href"))
    page.wait_for_timeout(700)  # it scrolls softly
    assert place.locator("rect").first.evaluate(INSIDE), "the place is seen"
    assert page.evaluate("scrollY") == top, "and the text stays where it is"
    assert "chosen" in place.get_attribute("class")
    shoot(page, "item-place")
    place.locator("rect").first.click()
    page.wait_for_url(re.compile("#fynd-"))
    find = page.locator(f"#fynd-{place.get_attribute('data-find')}")
    assert find.evaluate("element => element.matches(':target')")
    box = find.bounding_box()
    assert 0 <= box["y"] <= 900


def test_what_the_pointer_is_over_lights_up_on_both_sides(open_page: Open, garage: str) -> None:
    page = open_page(garage)
    find = page.locator(".reading .find.words[data-find]").first
    find.hover()
    number = find.get_attribute("data-find")
    assert page.locator(f'svg [data-find="{number}"].lit').count() >= 1
    page.mouse.move(2, 2)
    assert page.locator(".lit").count() == 0


def test_kinds_are_put_out_and_on(open_page: Open, garage: str) -> None:
    page = open_page(garage, java_script_enabled=False)
    tag = page.locator(".k-decisions > .tag").first
    assert tag.is_visible()
    page.locator("#visa-decisions").uncheck()
    assert not tag.is_visible()
    page.locator("#visa-decisions").check()
    assert tag.is_visible()


def test_without_scripts_links_lead_to_the_place(open_page: Open, garage: str) -> None:
    page = open_page(garage, java_script_enabled=False)
    tag = page.locator(".k-decisions > a.tag").first
    tag.click()
    page.wait_for_url(re.compile("#plats-"))
    place = page.locator(f"{tag.get_attribute('href')} rect").first
    box = place.bounding_box()
    assert 0 <= box["y"] <= 900
    assert not page.get_by_role("button", name="Kopiera").is_visible(), "what needs a script is not there"


def test_by_keyboard(open_page: Open, garage: str) -> None:
    page = open_page(garage)
    page.locator(".k-decisions > a.tag").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)
    assert page.locator("svg .chosen, svg a:target").count() == 1
    page.locator("#visa-people, #visa-dates").first.focus()
    page.keyboard.press("Space")
    assert not page.locator("#visa-people, #visa-dates").first.is_checked()


def test_on_a_phone(open_page: Open, garage: str, shoot: Shoot) -> None:
    page = open_page(garage, phone=True)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    text, leaf = page.locator(".reading").bounding_box(), page.locator(".leaf-of").first.bounding_box()
    assert leaf["y"] > text["y"] + text["height"] - 1, "one above the other"
    page.locator(".k-decisions > a.tag").first.click()
    page.wait_for_timeout(700)
    shoot(page, "item-phone")
    page.goto(garage.rpartition("/")[0])
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shoot(page, "paper-phone")


def test_a_citation_is_copied(open_page: Open, garage: str) -> None:
    page = open_page(garage, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Kopiera").click()
    page.get_by_role("button", name="Kopierat").wait_for()
    told = page.evaluate("navigator.clipboard.readText()")
    assert re.match(r"Kommun\w+ i Mora, protokoll 2025-\d\d-\d\d, § \d+\. " + re.escape(OUTSIDE + garage), told)


@pytest.mark.parametrize(("path", "scheme"), [("{item}", "light"), ("{item}", "dark"), ("{paper}", "light")])
def test_axe_finds_nothing_serious(open_page: Open, garage: str, path: str, scheme: str, shoot: Shoot) -> None:
    asked = path.format(item=f"{garage}?q=cykelgarage", paper=garage.rpartition("/")[0])
    page = open_page(asked, color_scheme=scheme, phone=scheme == "dark", reduced_motion="reduce")
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    shoot(page, f"paper-{path.strip('{}')}-{scheme}")
    assert not _serious(page)


def _serious(page: Any) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [
        f"{each['id']} ({each['impact']}): {node['html'][:200]}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


@pytest.fixture(scope="module")
def of_versions(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Iterator[str]:
    """A server whose first paper has two versions."""
    home = empty(tmp_path_factory.mktemp("versions"))
    keep(home, "juni.pdf", MINUTES, NEWER)
    state = State(home, Searcher(home), Catalog(home.catalog))
    with served(state) as found:
        yield found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_changed_is_read(browser: Any, of_versions: str, scheme: str, shoot: Shoot) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{of_versions}/dokument/1")
    page.get_by_role("link", name="Se vad som ändrats").click()
    page.wait_for_url("**/dokument/1/andringar")
    assert page.locator("ins").count() >= 2 and page.locator("del").count() >= 2
    assert "Ändrat beslut" in page.locator(".change").last.inner_text()
    shoot(page, f"changes-{scheme}")
    told = _serious(page)
    context.close()
    assert not told
