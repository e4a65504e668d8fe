"""What a new version decides otherwise is kept and told; what only looks otherwise is no change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from extractors import read
from extractors.model import Document
from index.asking.filters import FilterError, Filters
from index.catalog import Catalog, Listed
from index.changes import record
from index.changes.differences import Difference, differences
from index.removals import meant
from index.removals.remove import remove
from index.sync import sync
from tests.held import empty, keep, sha
from tests.serving import served
from tests.states import holding
from tests.tiny import TinyEncoder

HEAD = "Ale kommun\nSocialnämnden\nSammanträdesprotokoll 2031-05-04\n\n"
GRANT = "§ 7 Bidrag till Lägerföreningen\nBeslut\nSocialnämnden beviljar Lägerföreningen 40 000 kronor.\n\n"
MOTION = "§ 8 Motion om hundrastgård\nBeslut\nSocialnämnden avslår motionen.\n\n"
TAXES = "§ 9 Taxa för upplåtelser\nBeslut\nSocialnämnden antar taxan att gälla från och med årsskiftet.\n"
OLD = HEAD + GRANT + MOTION + TAXES
NEW = OLD.replace("40 000", "45 000").replace("avslår motionen", "bifaller motionen")


def _read(text: str, **told: str) -> Document:
    return replace(read(text.encode()), **told)  # type: ignore[arg-type]


def _brief(found: list[Difference]) -> list[tuple[str | None, str, str]]:
    return [(each.number, each.what, each.state) for each in found]


SAME = (
    (OLD.replace("att gälla från", "att gälla\nfrån"), "a line that is broken elsewhere"),
    (OLD.replace("upplåtelser\n", "upplåtelser\nProtokollet justeras digitalt.\n"), "words beside the decisions"),
    (OLD.replace("årsskiftet", "års-\nskiftet"), "a hyphen"),
)


@pytest.mark.parametrize(("text", "why"), SAME)
def test_what_only_looks_otherwise_is_no_change(text: str, why: str) -> None:
    assert differences(_read(OLD), _read(text)) == [], why


def test_the_order_of_items_is_no_change() -> None:
    old = _read(OLD)
    assert differences(old, replace(old, items=old.items[::-1])) == []


OTHERWISE = (
    (OLD.replace("40 000", "45 000"), [("7", "decision", "changed")]),
    (OLD.replace("avslår motionen", "bifaller motionen"), [("8", "decision", "changed")]),
    (HEAD + GRANT + TAXES, [("8", "decision", "removed")]),
    (OLD + "\n§ 10 Sammanträdestider\nBeslut\nSocialnämnden fastställer tiderna.\n", [("10", "decision", "added")]),
)


@pytest.mark.parametrize(("text", "expected"), OTHERWISE)
def test_what_is_decided_otherwise(text: str, expected: list[tuple[str | None, str, str]]) -> None:
    assert _brief(differences(_read(OLD), _read(text))) == expected


def test_a_sum_tells_what_it_was_and_is() -> None:
    (found,) = differences(_read(OLD), _read(OLD.replace("40 000", "45 000")))
    assert found.before and found.after and (found.title, found.item_index) == ("Bidrag till Lägerföreningen", 0)
    assert (found.before["kronor"], found.after["kronor"], found.outcome) == (["40000"], ["45000"], "granted")


def test_a_better_reader_is_no_change() -> None:
    old, new = _read(OLD, reader="of yesterday"), _read(OLD.replace("40 000", "45 000"))
    missed = replace(old, items=(old.items[0], replace(old.items[1], decisions=()), old.items[2]))
    assert _brief(differences(missed, new)) == [("7", "decision", "changed")], "what was missed stands in both texts"


def test_what_ocr_misread_is_no_change() -> None:
    old, noisy = _read(OLD), _read(OLD.replace("antar taxan", "antar taxam").replace("40 000", "48 000"))
    noisy = replace(noisy, pages=tuple(replace(page, ocr=True) for page in noisy.pages))
    assert _brief(differences(old, noisy)) == [("7", "decision", "changed")], "a figure is no noise"


def test_kept_with_the_version_and_gone_with_a_removal(tmp_path: Path) -> None:
    settings = empty(tmp_path)
    keep(settings, "minutes.txt", OLD.encode(), NEW.encode())
    keep(settings, "minutes.txt", NEW.encode())
    with Catalog(settings.catalog) as catalog:
        found = record.newest(catalog.engine)
        assert [(each.number, each.state, each.versions) for each in found] == [
            ("8", "changed", (1, 2)), ("7", "changed", (1, 2)),
        ]  # fmt: skip
        assert [dict(record.texts(each))["after"] for each in found] == [
            "Socialnämnden bifaller motionen.", "Socialnämnden beviljar Lägerföreningen 45 000 kronor.",
        ]  # fmt: skip
        assert not record.newest(catalog.engine, Filters(municipality=("Mora",)))
        assert [each.number for each in record.newest(catalog.engine, Filters(outcome=("granted",)))] == ["7"]
        with pytest.raises(FilterError, match="changes have no party"):
            record.newest(catalog.engine, Filters(party=("S",)))
        now = datetime.now(UTC)
        assert record.count_since(catalog.engine, now - timedelta(hours=1)) == {"documents": 1, "changes": 2}
        assert record.count_since(catalog.engine, now + timedelta(hours=1)) == {"documents": 0, "changes": 0}
        remove(settings, catalog, meant.document(catalog, sha(OLD.encode())), "sekretess", encode=TinyEncoder())
        assert record.newest(catalog.engine) == [], "one of the two versions is gone, and what it said with it"


def test_told_over_http_in_a_feed_and_on_the_page(tmp_path: Path) -> None:
    state = holding(tmp_path, indexed=False)
    keep(state.settings, "minutes.txt", OLD.encode(), NEW.encode())
    sync(state.settings, encode=TinyEncoder())
    with served(state) as client:
        first = client.get("/api/v1/changes", params={"limit": 1}).json()
        assert [(c["item"], c["before"]["outcome"], c["after"]["outcome"]) for c in first["changes"]] == [
            ("8", "rejected", "approved")
        ]
        second = client.get("/api/v1/changes", params={"limit": 1, "cursor": first["next"]}).json()
        assert ([c["item"] for c in second["changes"]], second["next"]) == (["7"], None)
        followed = client.get("/api/v1/changes", params={"since": second["changes"][0]["id"]}).json()
        assert [c["item"] for c in followed["changes"]] == ["8"]
        assert client.get("/api/v1/changes", params={"municipality": "Ankeborg"}).status_code == 400
        feed = client.get("/flode/andringar.atom", params={"municipality": "Ale", "outcome": "granted"})
        assert feed.text.count("<entry>") == 1 and "Ändrat beslut: § 7" in feed.text
        assert (
            "Före: Socialnämnden beviljar Lägerföreningen 40 000" in feed.text
            and "/andringar?fran=1&amp;till=2" in feed.text
        )
        assert client.get("/flode/andringar.atom", params={"q": "hund"}).status_code == 400
        assert "2 ändrade beslut" in client.get("/dokument/1").text
        assert client.get("/api/v1/status").json()["changes"] == 2
    with Catalog(state.settings.catalog) as catalog:
        run = catalog.start_run("ingest")
        listed = Listed("board", "minutes.txt", "https://www.example.se/minutes.txt")
        again = replace(read(NEW.encode()), reader="a better one")
        catalog.save(listed, sha(NEW.encode()), again, run)
        assert len(record.newest(catalog.engine)) == 2, "a paper that is read again changes nothing"
