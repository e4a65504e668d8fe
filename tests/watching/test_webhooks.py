"""Webhooks that are unkind, what cannot be watched, and watching over HTTP and from the command line."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from flows import webhooks
from flows.cli import app as command
from index.asking.filters import FilterError
from index.catalog import Catalog
from index.settings import Watch, load
from index.watching import subscriptions
from index.watching.digests import signature
from index.watching.subscriptions import Secrets, SubscriptionError
from search_api.app import create_app
from search_api.state import State
from tests.records import empty_catalog
from tests.watching.world import TOKEN, World

# Webhooks


def test_a_webhook_is_signed_json(world: World) -> None:
    id = world.add("webhook")
    world.june()
    assert world.night().sent == 1
    ((headers, body),) = world.hook.got
    told = json.loads(body)
    assert told["total"] == 1 and told["items"][0]["title"] == "Avgift för skolskjuts"
    assert told["items"][0]["id"].startswith("urn:uuid:") and told["items"][0]["why"]["words"]
    secret = Secrets(world.settings.home).signing(id, world.of(id).created_at)
    assert headers["X-Paragraf-Signature"] == signature(secret, headers["X-Paragraf-Timestamp"], body)
    assert headers["Host"] == world.hook.url.split("/")[2]
    assert world.night().sent == 0


@pytest.mark.parametrize("answer", [500, 302, 404])
def test_a_webhook_that_does_not_take_it_gets_it_later(world: World, answer: int) -> None:
    world.add("webhook")
    world.june()
    world.hook.answer = answer
    done = world.night()
    assert done.refused == 1 and str(answer) in done.reasons[0]
    world.hook.answer = 200
    world.night()
    world.night()
    assert [headers["X-Paragraf-Delivery"] for headers, _ in world.hook.got] == [
        world.hook.got[0][0]["X-Paragraf-Delivery"]
    ] * 2
    assert all(body != b"GET" for _, body in world.hook.got), "a redirect is not followed"


@pytest.mark.parametrize("how", ["hangs", "drips"])
def test_a_webhook_that_hangs_keeps_nobody_waiting(world: World, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhooks.post, "__defaults__", (False, 0.5))
    world.hook.hangs, world.hook.drips = (30.0, False) if how == "hangs" else (0.0, True)
    world.add("webhook")
    world.add()
    world.june()
    began = time.monotonic()
    done = world.night()
    assert time.monotonic() - began < 15
    assert (done.sent, done.refused) == (1, 1) and "no answer within" in done.reasons[0]


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:9/", "http://localhost/", "http://[::1]/", "http://169.254.169.254/latest", "http://0x7f.1/"],
)
def test_no_webhook_goes_into_the_own_network(url: str) -> None:
    with pytest.raises(webhooks.HookError, match=r"private network|gaierror"):
        webhooks.post(url, b"{}", "digest-1", "secret")


# What cannot be


@pytest.mark.parametrize(
    ("channel", "address", "search", "error"),
    [
        ("mail", "anna", {"q": "skola"}, SubscriptionError),
        ("mail", "anna@example.se\nBcc: bo@example.se", {"q": "skola"}, SubscriptionError),
        ("mail", "anna@example.se, bo@example.se", {"q": "skola"}, SubscriptionError),
        ("webhook", "ftp://example.se/", {"q": "skola"}, SubscriptionError),
        ("webhook", "file:///etc/passwd", {"q": "skola"}, SubscriptionError),
        ("post", "Storgatan 1", {"q": "skola"}, SubscriptionError),
        ("mail", "anna@example.se", {}, FilterError),
        ("mail", "anna@example.se", {"namnd": "x"}, FilterError),
    ],
)
def test_what_cannot_be_watched(tmp_path: Path, channel: str, address: str, search: dict[str, Any], error: Any) -> None:
    settings = load({"PARAGRAF_HOME": str(tmp_path)})
    with Catalog(empty_catalog(tmp_path)) as catalog:
        with pytest.raises(error):
            subscriptions.add(settings, catalog.engine, channel, address, search)
        assert subscriptions.listed(catalog.engine) == []


# Over HTTP, and from the command line


def test_writing_needs_the_token(world: World) -> None:
    wanted = {"channel": "webhook", "address": world.hook.url, "search": {"q": "skolskjuts"}}
    with TestClient(create_app(State(world.settings, world.searcher, world.catalog))) as client:
        here = "/api/v1/subscriptions"
        assert client.post(here, json=wanted).status_code == 401
        assert client.get(here, headers={"Authorization": "Bearer fel"}).status_code == 401
        client.headers["Authorization"] = f"Bearer {TOKEN}"
        made = client.post(here, json=wanted)
        assert made.status_code == 201 and made.json()["state"] == "active" and made.json()["signing"]
        assert client.post(here, json=wanted | {"address": "x"}).status_code == 400
        assert client.post(here, json=wanted | {"search": {"outcome": 7, "x": 1}}).status_code == 400
        assert [each["signing"] for each in client.get(here).json()] == [None]
        assert client.delete(f"{here}/{made.json()['id']}").status_code == 204
        assert client.delete(f"{here}/{made.json()['id']}").status_code == 404


def test_without_a_token_nothing_is_written(world: World) -> None:
    settings = replace(world.settings, watch=Watch())
    with TestClient(create_app(State(settings, world.searcher, world.catalog))) as client:
        assert client.get("/api/v1/subscriptions", headers={"Authorization": "Bearer "}).status_code == 403


def test_the_commands(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARAGRAF_HOME", str(world.settings.home))
    monkeypatch.setenv("PARAGRAF_CATALOG", world.settings.catalog)

    def run(*told: str) -> str:
        done = CliRunner().invoke(command, ["watch", *told])
        assert done.exit_code == 0, done.output
        return done.output

    assert "unconfirmed  skolskjuts" in run("add", "skolskjuts", "--mail", "anna@example.se")
    assert "signed with" in run("add", "--outcome", "rejected", "--webhook", "https://example.se/hook")
    assert "anna@example.se" in run("list")
    assert [each["state"] for each in json.loads(run("list", "--json"))] == ["unconfirmed", "active"]
    run("remove", "1")
    assert "it was removed" in run("list")
    assert CliRunner().invoke(command, ["watch", "remove", "1"]).exit_code == 2
