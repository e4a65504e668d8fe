"""A server over the sample papers, a browser, and a page in it that may ask nobody else.

The package lets go of the browser when it is done: Playwright keeps an event loop in the thread that others need.
Pictures of the pages go to the folder that PARAGRAF_SCREENSHOTS names, else to a temporary one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.bench import bench
from flows.fetching import fetch
from flows.lanes import Lanes
from flows.saving import enter, save
from flows.sources.folder import Files
from flows.syncing import sync_index
from flows.visits import Visit, list_papers
from index.catalog import Catalog
from index.queries import Searcher
from index.settings import Settings, load
from search_api.state import State
from tests.browser.serving import served

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PAPERS = Path(__file__).parents[2] / "examples" / "papers"
WAIT_MS = 15_000

Shoot = Callable[[Any, str], None]


@pytest.fixture(scope="package")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home with the sample papers."""
    if CHROMIUM is None:
        pytest.skip("no Chromium: install Debian's package chromium")
    made = load(
        {"PARAGRAF_HOME": str(tmp_path_factory.mktemp("home")), "PARAGRAF_OCR": "off", "PARAGRAF_RATE_LIMIT": "off"}
        | {"PARAGRAF_WORKERS": "1", "PARAGRAF_SMTP": "smtp://127.0.0.1:9", "PARAGRAF_MAIL_FROM": "paragraf@example.se"}
        | {"PARAGRAF_BASE_URL": "https://paragraf.example.se"}  # so that the pages offer e-mail
    )
    with bench(made, "ingest") as tools:
        visit, lanes = Visit(Files((PAPERS,)), 1), Lanes()
        list_papers(visit, lanes)
        enter(tools, [visit])
        fetch(tools, visit, lanes)
        tools.finish(save(tools, visit), sync_index(tools))
    return made


@pytest.fixture(scope="package")
def address(settings: Settings) -> Iterator[str]:
    """Where the server is."""
    state = State(settings, Searcher(settings), Catalog(settings.catalog))
    with served(state) as found:
        yield found


@pytest.fixture(scope="package")
def browser(address: str) -> Iterator[Any]:
    """A browser without a page."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield made
        made.close()


@pytest.fixture
def open_page(browser: Any, address: str) -> Iterator[Callable[..., Any]]:
    """Pages in contexts of their own, with options of Playwright's; in the end nothing may have gone wrong in them."""
    contexts, wrong = [], []

    def opened(path: str = "/", *, phone: bool = False, status: int = 200, **options: Any) -> Any:
        size = {"width": 390, "height": 844} if phone else {"width": 1280, "height": 900}
        context = browser.new_context(viewport=size, base_url=address, **options)
        context.set_default_timeout(WAIT_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: _told(wrong, said, status))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda asked: None if asked.url.startswith(address) else wrong.append(asked.url))
        answer = page.goto(path)
        assert answer.status == status
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not wrong, wrong


def _told(wrong: list[str], said: Any, status: int) -> None:
    """What the browser complains of, but for a page that is to have another status."""
    if said.type in ("error", "warning") and not (status >= 400 and f"status of {status}" in said.text):
        wrong.append(said.text)


@pytest.fixture(scope="package")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the pictures."""
    told = os.environ.get("PARAGRAF_SCREENSHOTS")
    folder = Path(told) if told else tmp_path_factory.mktemp("screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def shoot(pictures: Path) -> Shoot:
    """A picture of a page, by name."""
    return lambda page, name: page.screenshot(path=pictures / f"{name}.png", full_page=True, caret="initial")
