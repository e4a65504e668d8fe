"""What is new is told once and not lost, whatever the mail server does, and nobody is told who did not ask."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select, update

from extractors.model import Document
from flows import delivery
from flows.progress import Silent
from flows.watch import tell
from index.settings import Watch
from index.sync import sync
from index.watching import outbox, subscriptions, tables
from search_api.app import create_app
from search_api.state import State
from tests.tiny import TinyEncoder, paper, save
from tests.watching.world import JULY, JUNE, OLD, World


def _titles(mail: EmailMessage) -> list[str]:
    body = mail.get_body(("plain",))
    assert body is not None
    return [line.strip() for line in re.findall(r"^§ \d+ .*$", str(body.get_content()), re.MULTILINE)]


def _with_its_year(made: Document) -> Document:
    """The paper with its § numbered as "1/26"."""
    return replace(made, items=(replace(made.items[0], number="1/26"),))


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
        _with_its_year(paper("utdrag av annan", JUNE, kind="protocol_extract")),
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


def test_the_subject_is_read_as_it_was_written(world: World) -> None:
    """Python's own folding loses blanks between words that are encoded."""
    search = {"q": "trygghet för äldre", "municipality": ["1489"], "outcome": ["rejected"], "from": "2025-04"}
    world.add(confirmed=False, **search)
    world.night()
    told = "Bekräfta bevakningen: trygghet för äldre · Alingsås · Avslag · från april 2025"
    assert [mail["Subject"] for mail in world.post.mails] == [told]


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


def test_a_search_that_means_nothing_any_more_keeps_none_of_the_others(world: World) -> None:
    world.add(body=["Skolnämnden"])
    world.add(address="bo@example.se")
    world.june()
    done = world.night()
    assert done.sent == 1 and "no body in the index is called 'Skolnämnden'" in done.reasons[0]


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
        broken.setattr(delivery.outbox, "sent", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
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
