"""A subscription that begins on the page: anybody may ask for one, and nobody is harmed by it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update

from flows.confirming import confirming
from flows.progress import Silent
from flows.watch import tell
from index.settings import Watch
from index.watching import requests, subscriptions, tables
from search_api.app import create_app
from search_api.state import State
from tests.watching.world import World

_OURS = {"Origin": "http://testserver"}
_ASKED = {"q": "skolskjuts", "municipality": "1489", "mail": "anna@example.se"}


@pytest.fixture
def client(world: World) -> Iterator[TestClient]:
    with TestClient(create_app(State(world.settings, world.searcher, world.catalog)), headers=_OURS) as made:
        yield made


def _kept(world: World) -> list[tuple[str, str, str, str]]:
    """What is watched, in brief."""
    held = subscriptions.listed(world.catalog.engine)
    return [(each.address, each.state, each.search.get("q", ""), each.language) for each in held]


def test_it_begins_on_the_page_and_is_confirmed_by_mail(world: World, client: TestClient) -> None:
    page = client.get("/?q=skolskjuts&municipality=1489").text
    form = page[page.index('action="/prenumeration"') :]
    assert {'name="q" value="skolskjuts"', 'name="municipality" value="1489"'} <= set(
        re.findall(r'name="\w+" value="[^"]*"', form)
    )
    sent = client.post("/prenumeration", data=_ASKED)
    assert sent.status_code == 200 and sent.url.path == "/prenumeration/skickad" and "skolskjuts" in sent.text
    assert _kept(world) == [("anna@example.se", "unconfirmed", "skolskjuts", "sv")]
    world.night()
    (mail,) = world.post.mails
    (link,) = re.findall(
        r"https://paragraf.example.se(/prenumeration/bekrafta/\S+)", str(mail.get_body(("plain",)).get_content())
    )  # type: ignore[union-attr]
    assert client.post(link).status_code == 200 and _kept(world)[0][1] == "active"


def test_the_page_of_a_case_watches_the_case(world: World, client: TestClient) -> None:
    sent = client.post(
        "/prenumeration?lang=en", data={"municipality": "1489", "case": "KS 2026/7", "mail": "bo@example.se"}
    )
    assert sent.status_code == 200
    (made,) = subscriptions.listed(world.catalog.engine)
    assert made.search == {"municipality": ["1489"], "case": ["KS 2026/7"]} and made.language == "en"


@pytest.mark.parametrize(
    ("headers", "told", "status", "why"),
    [
        ({"Origin": "https://example.com"}, {}, 403, "another site's form"),
        ({"Sec-Fetch-Site": "cross-site"}, {}, 403, "another site's form, as a browser tells"),
        ({"Origin": "null"}, {}, 403, "a frame of nobody's"),
        (_OURS, {"mail": "anna"}, 400, "no address"),
        (_OURS, {"mail": "anna@example.se\r\nBcc: bo@example.se"}, 400, "a header"),
        (_OURS, {"mail": "å@example.se"}, 400, "what few mail servers take"),
        (_OURS, {"q": "", "municipality": ""}, 400, "everything"),
        (_OURS, {"from": "<b>"}, 400, "a filter that means nothing"),
    ],
)
def test_what_is_refused(
    world: World, client: TestClient, headers: dict[str, str], told: dict[str, str], status: int, why: str
) -> None:
    answer = client.post("/prenumeration", data=_ASKED | told, headers=headers)
    assert (answer.status_code, _kept(world)) == (status, []), why
    assert "<b>" not in answer.text.replace("<br>", "")


def test_an_address_is_asked_a_few_times_a_day(world: World, client: TestClient) -> None:
    for word in ("skola", "skola", "bad", "bibliotek", "park", "vatten"):
        client.post("/prenumeration", data=_ASKED | {"q": word, "mail": "Anna@example.se"})
    assert [q for _, _, q, _ in _kept(world)] == ["skola", "bad", "bibliotek"]
    with world.catalog.engine.begin() as db:
        db.execute(update(tables.subscriptions).values(created_at=datetime.now(UTC) - timedelta(days=2)))
    client.post("/prenumeration", data=_ASKED | {"q": "vatten"})
    assert len(_kept(world)) == 4


def test_what_is_watched_already_is_not_asked_for_again(world: World, client: TestClient) -> None:
    world.add(q="skolskjuts", municipality=["1489"])
    client.post("/prenumeration", data=_ASKED)
    assert len(_kept(world)) == 1


def test_a_client_may_ask_so_often_and_all_together_so_often(
    world: World, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [client.post("/prenumeration", data=_ASKED | {"mail": f"a{n}@example.se"}) for n in range(11)]
    assert [each.status_code for each in asked] == [200] * 10 + [429] and asked[-1].headers["retry-after"]
    monkeypatch.setattr(requests, "_AN_HOUR", 10)
    with pytest.raises(requests.TooManyError):
        requests.ask(world.settings, world.catalog.engine, "bo@example.se", {"q": "skola"}, "sv")


def test_without_a_mail_server_it_is_not_offered(world: World) -> None:
    settings = replace(world.settings, watch=Watch())
    with TestClient(create_app(State(settings, world.searcher, world.catalog)), headers=_OURS) as client:
        assert "/prenumeration" not in client.get("/?q=skolskjuts").text
        assert client.post("/prenumeration", data=_ASKED).status_code == 404
    assert _kept(world) == []


def test_the_server_sends_confirmations_at_once_and_each_once(world: World) -> None:
    world.add(confirmed=False)
    with confirming(world.settings, every=0.05):
        tell(world.settings, world.catalog, Silent(), world.searcher)  # as `paragraf watch send` at the same moment
        world.add(address="bo@example.se", confirmed=False)
        _until(lambda: len(world.post.mails) == 2)
        time.sleep(0.3)
    assert sorted(mail["To"] for mail in world.post.mails) == ["anna@example.se", "bo@example.se"]


def test_a_mail_server_that_is_away_is_tried_again(world: World) -> None:
    world.post.data = lambda: "421 busy" if world.post.seen < 2 else None
    world.add(confirmed=False)
    away = replace(world.settings, watch=replace(world.settings.watch, smtp="smtp://127.0.0.1:9"))
    with confirming(away, every=0.05):
        time.sleep(0.3)
    assert world.post.seen == 0
    world.post.data = lambda: None
    with confirming(world.settings, every=0.05):
        _until(lambda: len(world.post.mails) == 1)


def _until(holds: object, seconds: float = 10) -> None:
    assert callable(holds)
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)
