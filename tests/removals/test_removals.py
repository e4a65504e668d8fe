"""What is removed is gone from everything at once, stays away, and is known again without being kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from extractors import read
from index import backend
from index.archive import Archive
from index.catalog import Catalog, Listed
from index.queries import Query, Searcher
from index.removals import meant, record
from index.removals.record import RemovalError
from index.removals.remove import finish
from index.settings import Settings
from index.tables import readings
from tests.held import MOTION, keep, sha
from tests.removals.home import ALE, gone, held, in_files
from tests.tiny import TinyEncoder


def test_a_document_is_gone_from_every_file_and_every_answer(settings: Settings, tmp_path: Path) -> None:
    reader = Searcher(settings, encode=TinyEncoder())
    assert reader.search(Query("Lillgatan")).total
    with Catalog(settings.catalog) as catalog:
        found = meant.document(catalog, "https://www.example.se/ale.txt")
        assert [paper.told for paper in found.papers] == [
            "Ale, Socialnämnden, 2031-05-04, Socialnämnden 2031-05-04, https://www.example.se/ale.txt"
        ]
        with catalog.engine.connect() as db:
            packed = db.scalar(select(readings.c.document).where(readings.c.content_id == 1))
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "2031-05-05.html").write_text(f'<a href="/dokument/{sha(ALE)}">Protokoll</a>')
    (reports / "2031-05-06.html").write_text(f'<a href="/dokument/{sha(MOTION)}">Motion</a>')
    assert packed and [file for file, data in held(tmp_path) if packed[:300] in data]
    done = gone(settings, found)
    assert (done.state, done.documents) == ("done", 1)
    assert reader.search(Query("Lillgatan")).total == 0, "a reader that was open goes on with what is left"
    assert reader.search(Query("hundrastgård")).total
    reader.close()
    assert in_files(tmp_path, "Lillgatan", "ale.txt") == []
    assert not [file for file, data in held(tmp_path) if packed[:300] in data], "as it was packed"
    assert [page.name for page in reports.iterdir()] == ["2031-05-06.html"]
    assert len(list((tmp_path / "vectors" / "generations").iterdir())) == 1
    assert not Archive(settings.archive).has(sha(ALE)) and Archive(settings.archive).has(sha(MOTION))


def test_the_same_words_never_come_back(settings: Settings, tmp_path: Path) -> None:
    with Catalog(settings.catalog) as catalog:
        gone(settings, meant.document(catalog, sha(ALE)[:12]))
        run = catalog.start_run("ingest")
        for data in (ALE, ALE + b"\n\n"):  # the same bytes; other bytes that say the same
            paper = read(data, "https://www.example.se/ale.txt")
            saved = catalog.save(Listed("board", "ale.txt", "https://www.example.se/ale.txt"), sha(data), paper, run)
            assert (saved.status, saved.keeps_original) == ("removed", False)
            assert not catalog.may_keep(sha(data)) and catalog.content_read(sha(data), "any reader")
        known = catalog.known("board", "ale.txt")
        assert known and known.removed and known.sha256 is None
        other = read(ALE.replace(b"Tindra", b"Den"), "https://www.example.se/ale.txt")
        saved = catalog.save(Listed("board", "ale.txt", "https://www.example.se/ale.txt"), other.id, other, run)
        assert saved.status == "read", "a version with other words is another matter"
        assert catalog.document(known.document_id)
    assert b"ale.txt" not in (tmp_path / record.FILE).read_bytes()


def test_a_person_is_masked_in_every_field_and_kept_in_none(settings: Settings, tmp_path: Path) -> None:
    with Catalog(settings.catalog) as catalog:
        page = tmp_path / "reports" / "2031-05-05.html"
        page.parent.mkdir()
        page.write_text("<p>Svar till Tindra Kvastfors</p>")
        done = gone(settings, meant.person(catalog, "Tindra Kvastfors"))
        assert (done.state, done.documents, done.places) == ("done", 2, 8)
        assert page.read_text() == "<p>Svar till •••••• •••••••••</p>"
        document = next(stored.document for stored in catalog.documents())
        assert len(document.text) == len(read(ALE).text)
        decision = document.items[0].decisions[0]
        assert decision.text == "Socialnämnden beviljar •••••• ••••••••• ansökan om 45 000 kronor."
        assert document.text[decision.span.start : decision.span.end] == decision.text
        assert "Kontakt: ••••••••••••••••@post.example" in document.text
    assert in_files(tmp_path, "Kvastfors", "Tindra") == []
    assert not Archive(settings.archive).has(sha(ALE)) and Archive(settings.archive).has(sha(MOTION))


def test_a_person_is_removed_from_the_papers_of_one_municipality(settings: Settings, tmp_path: Path) -> None:
    with Catalog(settings.catalog) as catalog:
        assert gone(settings, meant.person(catalog, "Tindra Kvastfors", "Ale")).documents == 1
        texts = [stored.document.text for stored in catalog.documents([1, 2])]
    assert ["Tindra" in text for text in texts] == [False, True]


FORMS = (
    "Tindra Kvastfors", "TINDRA\nKVASTFORS", "Kvastfors Tindra", "tindra-kvastfors", "Tindra Kvast-\nfors",
    "Tindra Kvastfors’ sak", "Tindra Kvastforss dotter",
)  # fmt: skip


def test_what_comes_later_is_masked_too(settings: Settings, tmp_path: Path) -> None:
    with Catalog(settings.catalog) as catalog:
        gone(settings, meant.person(catalog, "Tindra Kvastfors"))
        for n, text in enumerate(FORMS):
            head = "Ale kommun\nKommunstyrelsen\nProtokoll 2031-06-01\n\n§ 1 Val\nBeslut\n"
            keep(settings, f"new{n}.txt", f"{head}Till ombud nummer {n} väljs {text}.\n".encode())
            document = [stored.document for stored in catalog.documents()][-1]
            key = f"tindra-kvastfors-{n}.pdf"
            listed = Listed("board", key, f"https://www.example.se/{key}", text)
            saved = catalog.save(listed, document.id, None, catalog.start_run("ingest"))
            stored = catalog.document(saved.document_id)
            assert stored and not saved.keeps_original
            told = json.dumps([document.text, stored.listed.url, stored.listed.title, stored.listed.key]).casefold()
            assert "kvastf" not in told and "tindra" not in told, text
            assert catalog.known("board", key), "it is known again by its key all the same"


def test_a_passage_goes_with_what_was_found_in_it(settings: Settings, tmp_path: Path) -> None:
    with Catalog(settings.catalog) as catalog:
        found = meant.passage(catalog, "ale.txt", None, 1, "beviljar Tindra", "45 000 kronor.")
        assert [paper.places for paper in found.papers] == [1, 1]
        gone(settings, found)
        document = next(stored.document for stored in catalog.documents())
        assert document.items[0].decisions[0].text.startswith("Socialnämnden •••••••• ••••••")
        assert not document.amounts and document.body == "Socialnämnden"
        assert "sedan en olycka" in document.text
    assert in_files(tmp_path, "45 000") == []


def test_who_acts_in_public_is_removed_only_on_purpose(settings: Settings, tmp_path: Path) -> None:
    with Catalog(settings.catalog) as catalog:
        with pytest.raises(RemovalError, match=r"in office .*S"):
            meant.person(catalog, "Anna Ek")
        assert gone(settings, meant.person(catalog, "Anna Ek", in_office=True)).documents == 1
        document = next(stored.document for stored in catalog.documents())
        assert not [person for person in document.people if "Ek" in person.name]
    assert in_files(tmp_path, "Anna Ek") == []


WRONG: tuple[tuple[Callable[[Catalog], meant.Meant], str], ...] = (
    (lambda c: meant.document(c, "nowhere.pdf"), "address, number or sha256"),
    (lambda c: meant.person(c, "Tindra"), "first name and a surname"),
    (lambda c: meant.person(c, "Tindra Kvastfors", "Ankeborg"), "no municipality is called"),
    (lambda c: meant.passage(c, "ale.txt", "Beslut"), "at least 12 letters"),
    (lambda c: meant.passage(c, "ale.txt", "något helt annat än så"), "does not have these words"),
    (lambda c: meant.passage(c, "ale.txt", None, 9, "a", "b"), "no page 9: the paper has 1"),
    (lambda c: meant.passage(c, "ale.txt", None, 1, "Sökanden", "b"), "does not have 'Sökanden'"),
)


def test_bad_input_is_told_what_to_do(settings: Settings) -> None:
    with Catalog(settings.catalog) as catalog:
        for wrong, why in WRONG:
            with pytest.raises((RemovalError, ValueError), match=why):
                wrong(catalog)


def test_a_removal_outlives_a_record_that_is_put_back(settings: Settings, tmp_path: Path) -> None:
    before = (tmp_path / "catalog.sqlite").read_bytes()
    with Catalog(settings.catalog) as catalog:
        gone(settings, meant.person(catalog, "Tindra Kvastfors"))
    for file in tmp_path.glob("catalog.sqlite*"):
        file.unlink()
    (tmp_path / "catalog.sqlite").write_bytes(before)
    with Catalog(settings.catalog) as catalog:
        assert [each.kind for each in finish(settings, catalog, encode=TinyEncoder())] == ["person"]
        assert finish(settings, catalog, encode=TinyEncoder()) == []
        assert [each.state for each in record.listed(catalog.engine)] == ["done"]
    assert in_files(tmp_path, "Kvastfors") == []
    assert (tmp_path / record.FILE).stat().st_mode & 0o077 == 0
    assert backend.of(settings).held()
