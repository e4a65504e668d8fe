"""Watching: what is new is told once and not lost, whatever the receiver does, and nobody is told who did not ask."""

from __future__ import annotations

import json
import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select, update
from typer.testing import CliRunner

from flows import watch, webhooks
from flows.cli import app as command
from flows.progress import Silent
from flows.watch import Sent, tell
from index import tables
from index.asking.filters import FilterError
from index.catalog import Catalog
from index.queries import Searcher
from index.settings import Settings, Watch, load
from index.sync import sync
from index.watching import outbox, subscriptions
from index.watching.digests import signature
from index.watching.subscriptions import Secrets, SubscriptionError
from search_api.app import create_app
from search_api.state import State
from tests.receivers import Hook, Post, hook_server, mail_server
from tests.records import empty_catalog
from tests.tiny import TinyEncoder, home, paper, save

OLD = paper("maj", "Skolskjuts i maj\nNämnden antar regler för skolskjuts.", date="2026-05-11")
JUNE = "Avgift för skolskjuts\nNämnden höjer avgifterna för skolskjutsen & <annat>."
JULY = "Skolskjuts vintertid\nNämnden beslutar om skolskjuts vid halka."
JUNE_CAME = datetime(2026, 6, 20, 12, tzinfo=UTC)
TOKEN = "en-hemlighet-som-ingen-gissar"


class World:
    """A home that is watched, with a mail server and a webhook's receiver."""

    def __init__(self, settings: Settings, post: Post, hook: Hook) -> None:
        told = Watch(post.url, "paragraf@example.se", "https://paragraf.example.se", TOKEN, private_webhooks=True)
        self.settings, self.post, self.hook = replace(settings, watch=told), post, hook
        self.catalog = Catalog(settings.catalog)
        self.searcher = Searcher(settings, encode=TinyEncoder())

    def add(
        self, channel: str = "mail", address: str = "anna@example.se", confirmed: bool = True, **search: Any
    ) -> int:
        """The id of a new subscription."""
        address = self.hook.url if channel == "webhook" else address
        wanted = search or {"q": "skolskjuts"}
        made = subscriptions.add(self.settings, self.catalog.engine, channel, address, wanted, confirmed=confirmed)
        return made.id

    def june(self) -> None:
        """Whoever watches has not been told of June's paper."""
        with self.catalog.engine.begin() as db:
            db.execute(update(tables.subscriptions).values(revision=1, since=JUNE_CAME))

    def comes(self, name: str, *items: str, **told: Any) -> None:
        """A paper is read and indexed."""
        save(self.settings, paper(name, *items, **told))
        sync(self.settings, encode=TinyEncoder())

    def night(self) -> Sent:
        """What every night does last; what waits is due, as if the time had come."""
        with self.catalog.engine.begin() as db:
            db.execute(update(tables.messages).values(next_try_at=datetime.now(UTC) - timedelta(hours=1)))
        return tell(self.settings, self.catalog, Silent(), self.searcher)

    def of(self, id: int) -> subscriptions.Subscription:
        return next(each for each in subscriptions.listed(self.catalog.engine) if each.id == id)

    def token(self, id: int) -> str:
        return Secrets(self.settings.home).token(id, self.of(id).created_at)

    def close(self) -> None:
        self.searcher.close()
        self.catalog.close()


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home with the papers of May, seen long ago, and of June."""
    settings = home(tmp_path_factory.mktemp("held"), OLD, paper("juni", JUNE))
    with Catalog(settings.catalog) as catalog, catalog.engine.begin() as db:
        for content, when in ((1, JUNE_CAME - timedelta(days=30)), (2, JUNE_CAME)):
            db.execute(update(tables.versions).where(tables.versions.c.content_id == content).values(first_seen=when))
    sync(settings, encode=TinyEncoder())
    return settings


@pytest.fixture
def world(tmp_path: Path, held: Settings) -> Iterator[World]:
    if not held.catalog.startswith("sqlite"):
        pytest.skip("the record is copied as a file")
    shutil.copytree(held.home, tmp_path, dirs_exist_ok=True)
    with mail_server() as post, hook_server() as hook:
        made = World(load({"PARAGRAF_HOME": str(tmp_path)}), post, hook)
        yield made
        made.close()


def _titles(mail: EmailMessage) -> list[str]:
    body = mail.get_body(("plain",))
    assert body is not None
    return [line.strip() for line in re.findall(r"^§ \d+ .*$", str(body.get_content()), re.MULTILINE)]


# Nothing twice


def test_what_is_new_is_told_once(world: World) -> None:
    world.add()
    assert world.night().to_json() == {"made": 0, "sent": 0, "refused": 0, "waiting": 0, "reasons": []}
    world.june()
    assert world.night().sent == 1
    assert world.night().made == 0
    world.comes("juli", JULY, date="2026-07-01")
    world.night()
    assert [_titles(mail) for mail in world.post.mails] == [["§ 1 Avgift för skolskjuts"], ["§ 1 Skolskjuts vintertid"]]


def test_an_index_made_anew_and_a_mended_paper_are_no_news(world: World) -> None:
    world.add()
    world.june()
    world.night()
    save(
        world.settings,
        paper("juni", JUNE + " Den gäller från augusti."),
        paper("utdrag", JUNE, kind="protocol_extract"),
    )
    save(world.settings, paper("maj", OLD.text + " Rättat.", date="2026-05-11"))
    sync(world.settings, encode=TinyEncoder(), rebuild=True)
    assert world.night().made == 0 and len(world.post.mails) == 1


def test_what_the_index_did_not_have_yet_is_news(world: World) -> None:
    save(world.settings, paper("juli", JULY, date="2026-07-01"))
    world.add()
    sync(world.settings, encode=TinyEncoder())
    assert world.night().sent == 1


# The mail


def test_the_mail_tells_why_and_ends_with_one_click(world: World) -> None:
    id = world.add()
    world.june()
    world.night()
    (mail,) = world.post.mails
    assert mail["To"] == "anna@example.se" and mail["From"] == "Paragraf <paragraf@example.se>"
    assert mail["Subject"] == "1 ny på bevakningen: skolskjuts"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    end = f"https://paragraf.example.se/prenumeration/avsluta/{world.token(id)}"
    assert mail["List-Unsubscribe"] == f"<{end}>"
    text, html = (str(mail.get_body((kind,)).get_content()) for kind in ("plain", "html"))  # type: ignore[union-attr]
    assert "Nämnden höjer avgifterna för skolskjutsen & <annat>." in text
    assert "Funnen på orden: skolskjuts" in text and end in text
    assert "https://paragraf.example.se/dokument/" in text
    assert "<b>skolskjuts" in html and "&amp; &lt;annat&gt;" in html and "<annat>" not in html


def test_the_mail_in_english(world: World) -> None:
    subscriptions.add(
        world.settings, world.catalog.engine, "mail", "jo@example.se", {"q": "skolskjuts"}, "en", confirmed=True
    )
    world.june()
    world.night()
    assert world.post.mails[0]["Subject"] == "1 new for: skolskjuts"


def test_many_are_counted(world: World) -> None:
    world.add()
    world.comes("augusti", *(f"Skolskjuts {n}\nBeslut {n}." for n in range(60)))
    world.night()
    (mail,) = world.post.mails
    assert mail["Subject"].startswith("60 nya") and len(_titles(mail)) == 50
    with world.catalog.engine.connect() as db:
        assert db.scalar(select(func.count()).select_from(tables.deliveries)) == 60
    assert world.night().made == 0


def test_a_question_with_line_breaks_makes_no_header(world: World) -> None:
    world.add(q="skolskjuts\r\nBcc: -halka")
    world.june()
    world.add(q="skolskjuts\r\navgift")
    world.june()
    world.night()
    assert [(mail["To"], mail["Bcc"]) for mail in world.post.mails] == [("anna@example.se", None)]
    assert world.post.mails[0]["Subject"] == "1 ny på bevakningen: skolskjuts avgift"


# Double opt-in, and the end


def test_nobody_is_told_before_the_address_agreed(world: World) -> None:
    id = world.add(confirmed=False)
    world.june()
    world.night()
    (mail,) = world.post.mails
    assert mail["Subject"] == "Bekräfta bevakningen: skolskjuts"
    link = f"/prenumeration/bekrafta/{world.token(id)}"
    assert link in str(mail.get_body(("plain",)).get_content())  # type: ignore[union-attr]
    state = State(world.settings, world.searcher, world.catalog)
    client = TestClient(create_app(state))
    client.app.state.held = state  # type: ignore[attr-defined]
    assert 'method="post"' in client.get(link).text and world.of(id).state == "unconfirmed", "opening it does nothing"
    assert client.post(link).status_code == 200 and world.of(id).state == "active"
    world.night()
    assert len(world.post.mails) == 2, "what came since it was asked for is told then"
    end = f"/prenumeration/avsluta/{world.token(id)}"
    assert 'method="post"' in client.get(end).text and world.of(id).state == "active"
    one_click = client.post(end, data={"List-Unsubscribe": "One-Click"})
    assert one_click.status_code == 200 and world.of(id).state == "ended"
    client.post(link)
    assert world.of(id).state == "ended", "an old link does not begin it again"
    world.june()
    assert world.night().made == 0 and len(world.post.mails) == 2
    wrong = f"/prenumeration/avsluta/{'x' * 43}"
    assert (client.get(wrong).status_code, client.post(wrong).status_code) == (404, 404)


def test_one_that_is_never_confirmed_ends(world: World) -> None:
    id = world.add(confirmed=False)
    with world.catalog.engine.begin() as db:
        db.execute(update(tables.subscriptions).values(created_at=datetime.now(UTC) - timedelta(days=31)))
    world.night()
    assert world.of(id).state == "ended" and not world.post.mails


def test_the_record_has_no_secret_and_the_key_is_the_owners(world: World) -> None:
    id = world.add()
    with world.catalog.engine.connect() as db:
        assert world.token(id) not in repr(db.execute(select(tables.subscriptions)).all())
    assert (world.settings.home / "watch.key").stat().st_mode & 0o077 == 0


# A mail server that is unkind


@pytest.mark.parametrize("said", ["451 try later", "554 no"])
def test_a_mail_that_is_refused_is_tried_again(world: World, said: str) -> None:
    id = world.add()
    world.add(address="bo@example.se")
    world.june()
    world.post.rcpt = lambda address: said if address.startswith("anna") else None
    assert (world.night().refused, [mail["To"] for mail in world.post.mails]) == (1, ["bo@example.se"])
    assert said in outbox.troubles(world.catalog.engine)[id]
    world.comes("juli", JULY, date="2026-07-01")
    world.post.rcpt = lambda address: None
    for _ in range(3):
        world.night()
    told = [_titles(mail) for mail in world.post.mails if mail["To"] == "anna@example.se"]
    assert told == [["§ 1 Avgift för skolskjuts"], ["§ 1 Skolskjuts vintertid"]]


def test_an_address_that_always_refuses_is_given_up(world: World) -> None:
    id = world.add()
    world.june()
    world.post.data = lambda: "550 no such user"
    for _ in range(12):
        world.night()
    assert world.of(id).state == "ended" and "550 no such user" in (world.of(id).end_reason or "")
    assert world.post.seen == 10


def test_what_is_refused_waits_longer_each_time(world: World) -> None:
    world.add()
    world.june()
    world.post.data = lambda: "451 later"
    world.night()
    assert tell(world.settings, world.catalog, Silent(), world.searcher).refused == 0
    assert world.post.seen == 1


def test_a_server_that_is_away_costs_no_try(world: World) -> None:
    id = world.add()
    world.june()
    there = world.settings
    world.settings = replace(there, watch=replace(there.watch, smtp="smtp://127.0.0.1:1"))
    for _ in range(12):
        assert world.night().waiting == 1
    world.settings = there
    assert world.of(id).state == "active" and world.night().sent == 1


def test_a_server_that_closes_in_the_middle_is_sent_it_again_under_the_same_name(world: World) -> None:
    world.add()
    world.june()
    world.post.closes_after_data = True
    assert world.night().waiting == 1 and world.post.seen == 1
    with world.catalog.engine.connect() as db:
        named = db.execute(select(tables.messages)).one()
    world.post.closes_after_data = False
    assert world.night().sent == 1
    assert world.post.mails[0]["Message-ID"].startswith(f"<digest-{named.id}-")


def test_killed_between_taken_and_marked_the_mail_comes_twice_under_one_name(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.add()
    world.june()
    with monkeypatch.context() as broken:
        broken.setattr(watch.outbox, "sent", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            world.night()
    world.night()
    first, second = world.post.mails
    assert first["Message-ID"] == second["Message-ID"] and first.as_bytes()[:50] and world.night().sent == 0


def test_without_a_mail_server_it_waits_and_says_so(world: World) -> None:
    world.add()
    world.june()
    there = world.settings
    world.settings = replace(there, watch=Watch())
    assert "PARAGRAF_SMTP" in world.night().reasons[0]
    world.settings = there
    assert world.night().sent == 1


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
