"""A personnummer wherever a source can put one: in no output, no file of the record or the index, and no message."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from docx import Document as WordDocument

from extractors.model import Unreadable
from flows.progress import Lines
from flows.tally import Tally
from index import export
from index.catalog import Catalog, Listed
from index.queries import Query, Searcher
from index.sync import sync
from index.watching import news
from search_api.state import State
from tests.held import empty, keep
from tests.papers import word
from tests.removals.home import held
from tests.serving import served
from tests.tiny import TinyEncoder

NUMBER = "811228-9874"  # of nobody: the one of the specification
SEEN = ("811228-9874", "811228–9874", "8112289874", "19811228")
PAGE = f"""<html lang="sv"><head><title>Ansökan {NUMBER}</title><meta name="description" content="Rör {NUMBER}">
<meta property="article:published_time" content="2031-05-04"></head><body><main><h1>Ansökan {NUMBER} om bidrag</h1>
<p>Ale kommun beslutar i ärendet {NUMBER} att bevilja 4 000 kronor. Sökanden har lämnat underlag.</p></main></body>
</html>"""
KEY = f"ansokan-{NUMBER}.html"


def _word(folder: Path) -> bytes:
    """A DOCX whose properties have it as well as its text."""
    file = folder / "own.docx"
    file.write_bytes(
        word("# Ansökan om bidrag", f"Ale kommun beviljar sökanden {NUMBER} bidrag.", head=f"Rör {NUMBER}")
    )
    document = WordDocument(str(file))
    document.core_properties.title = f"Ansökan {NUMBER}"
    document.core_properties.subject = NUMBER
    document.save(str(file))
    data = file.read_bytes()
    file.unlink()
    return data


def test_in_no_file_and_no_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = empty(tmp_path)
    keep(settings, KEY, PAGE.encode())
    keep(settings, "word.docx", _word(tmp_path), url=f"https://www.example.se/word.docx?id={NUMBER}")
    keep(settings, f"broken {NUMBER}.pdf", b"%PDF-1.4 no more")
    with Catalog(settings.catalog) as catalog:
        run = catalog.start_run("ingest")
        why = Unreadable("fetch", f"the host has no {KEY}", {"at": NUMBER})
        titled = Listed("board", f"gone-{NUMBER}", f"https://www.example.se/{NUMBER}", f"Beslut om {NUMBER}")
        catalog.save(titled, None, why, run, reader="reader-1")
        catalog.add_issue("board", "list", f"{KEY}: no such page", run)
        catalog.list_all("board", [titled], [], run)
        assert catalog.known("board", titled.key), "it is known again, by a hash"
        tally = Tally(papers=1, unreadable=[(titled.url, str(why))])
        catalog.finish_run(run, tally.to_json())
        sync(settings, encode=TinyEncoder())
        told = [*export.rows(catalog.engine, "documents"), *export.rows(catalog.engine, "decisions")]
        searcher = Searcher(settings, encode=TinyEncoder())
        hits = searcher.search(Query("bidrag", facets=True))
        new = news.newest(searcher, catalog.engine, Query("bidrag"), 10)
        assert hits.total and told and new
        told += [hits.to_json(), catalog.status().to_json(), [str(each) for each in new]]
        with served(State(settings, searcher, catalog)) as client:
            answers = [
                client.get(address).text
                for address in (
                    "/api/v1/documents", "/api/v1/documents/1?text=true", "/api/v1/documents/1/items/1", "/dokument/1",
                    "/dokument/2", "/dokument/3", "/kallor", "/?q=bidrag", "/flode/sok.atom?q=bidrag", "/api/v1/status",
                    "/api/v1/sources", "/api/v1/suggestions?q=an", "/api/v1/exports/documents.csv",
                )
            ]  # fmt: skip
    said = json.dumps([told, answers], default=str, ensure_ascii=False)
    assert [form for form in SEEN if form in said] == []
    assert said.count("••••••-••••") > 20
    kept = [file for file, data in held(tmp_path) for form in SEEN if form.encode() in data]
    assert [file for file in kept if "originals" not in file.parts] == [], "only the originals have it"
    Lines().say(f"{KEY}: could not be read")
    assert NUMBER not in "".join(capsys.readouterr())


def test_a_run_tells_of_a_file_without_its_number() -> None:
    from flows.saving import _count
    from index.catalog import Paper, Saved

    tally = Tally(papers=1)
    paper = Paper(Listed("in", "x", f"/srv/{NUMBER}.pdf"), None, Unreadable("fetch", f"no {NUMBER}.pdf"))
    _count(None, tally, paper, Saved(1, None, "unreadable"))  # type: ignore[arg-type]
    assert tally.reasons == {"/srv/••••••-••••.pdf": "fetch: no ••••••-••••.pdf"}
