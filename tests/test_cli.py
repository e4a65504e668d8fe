"""The command line: answers on stdout alone, errors in one line that says what to do, and nothing imported in vain."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from flows.cli import app
from flows.ingest import ingest
from tests.running import at_home, protocol, write_papers

COMMANDS = ("ingest", "nightly", "rebuild", "read", "show", "search", "similar", "status", "export", "serve")


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_papers(tmp_path_factory.mktemp("papers"), 6)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, papers: Path) -> Iterator[Path]:
    """A home with six papers, in which the commands of this file are run."""
    home = tmp_path_factory.mktemp("home")
    with at_home(home):
        ingest([str(papers)])
        yield home


def run(*arguments: str) -> Result:
    return CliRunner(env={"TERMINAL_WIDTH": "200", "NO_COLOR": "1"}).invoke(app, list(arguments))


def answer(*arguments: str) -> dict[str, object]:
    done = run(*arguments)
    assert done.exit_code == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("command", COMMANDS)
def test_help_teaches_by_example(command: str) -> None:
    done = run(command, "--help")
    assert done.exit_code == 0
    assert f"paragraf {command}" in done.stdout.partition("Examples:")[2]


def test_version() -> None:
    assert re.fullmatch(r"paragraf \d+\.\d+\.\d+\n", run("--version").stdout)


def test_search_prints_the_promised_json(home: Path, papers: Path) -> None:
    found = answer("search", "läger för unga KS 2031/5", "--json", "--limit", "3")
    assert {"read_as", "hits", "total", "facets"} <= set(found)
    hit = found["hits"][0]  # type: ignore[index]
    assert {"id", "document", "source", "url", "item", "span", "page", "kind", "municipality", "body", "date"} <= set(
        hit
    )
    assert {"title", "case_number", "outcome", "snippet", "score", "related", "why"} <= set(hit)
    assert (hit["url"], hit["item"], hit["case_number"]) == (str(papers / "005.txt"), "5", "KS 2031/5")


def test_search_is_readable_by_people(home: Path, papers: Path) -> None:
    done = run("search", "lägerverksamhet", "--limit", "2", "--sort", "newest")
    assert done.exit_code == 0
    assert "Bidrag till förening nummer" in done.stdout
    assert "6 §§ have every word" in done.stdout
    assert "understood as: words lägerverksamhet" in done.stdout
    assert "found by words: lägerverksamhet" in done.stdout
    assert "\x1b[" not in done.stdout  # no colour where nobody sees it


def test_filters_are_options(home: Path) -> None:
    found = answer(
        "search", "bidrag", "--min-kronor", "10000", "--outcome", "granted", "--body", "Kommunstyrelsen", "--json"
    )
    assert found["total"] == 2
    assert answer("search", "--year", "2031", "--from", "2031-02", "--json")["total"]


def test_batch_answers_line_by_line(home: Path, papers: Path, tmp_path: Path) -> None:
    questions = [
        {"id": "a", "query": "läger för unga", "filters": {"min_kronor": 9000}, "like": None},
        {"id": "b", "query": "", "like": {"file": f"{papers.name}/002.txt", "item": "2"}},
        {"id": "c", "query": "KS 2031/3"},
    ]
    (tmp_path / "questions.jsonl").write_text("\n".join(map(json.dumps, questions)))
    done = run("search", "--batch", str(tmp_path / "questions.jsonl"), "--limit", "2")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(a["id"], len(a["hits"])) for a in answers] == [("a", 2), ("b", 2), ("c", 2)]
    assert all(set(a) == {"id", "read_as", "hits"} for a in answers)
    assert str(papers / "002.txt") not in [hit["url"] for hit in answers[1]["hits"]]
    assert answers[2]["hits"][0]["case_number"] == "KS 2031/3"
    assert [hit["related"] for hit in answers[2]["hits"]] == [False, True]
    filtered = run("search", "--batch", str(tmp_path / "questions.jsonl"), "--limit", "5", "--use-filters")
    assert len(json.loads(filtered.stdout.splitlines()[0])["hits"]) < 5


def test_a_bad_line_stops_no_other(home: Path, papers: Path, tmp_path: Path) -> None:
    lines = [
        "{no json", '{"query": "läger"}', '{"id": 3}', '{"id": 4, "query": "läger", "filters": {"kind": "protokoll"}}',
        '{"id": 5, "like": {"item": "1"}}', '{"id": 6, "like": {"file": "no.pdf"}}', '{"id": 7, "query": ["läger"]}',
        '{"id": 8, "query": "läger\u2028för unga"}', f'{{"id": 9, "like": {{"file": "{papers}/001.txt", "item": 1}}}}',
    ]  # fmt: skip
    (tmp_path / "questions.jsonl").write_text("\n".join(lines), encoding="utf-8")
    done = run("search", "--batch", str(tmp_path / "questions.jsonl"), "--use-filters")
    answers = [json.loads(line) for line in done.stdout.split("\n") if line]
    assert [(a["id"], "error" in a) for a in answers] == [
        (None, True), (None, True), (3, True), (4, True), (5, True), (6, True), (7, True), (8, False), (9, False)
    ]  # fmt: skip
    assert "line 1 is no JSON" in answers[0]["error"]
    assert "protocol_extract" in answers[3]["error"]
    assert (done.exit_code, done.stderr.strip()) == (
        1, 'paragraf: 7 of the lines could not be answered; each says why as "error"'
    )  # fmt: skip


def test_similar_to_the_start_of_a_sha256(home: Path, papers: Path) -> None:
    sha256 = hashlib.sha256((papers / "002.txt").read_bytes()).hexdigest()
    hits = answer("similar", sha256[:10], "--json")
    assert hits["hits"] == answer("similar", str(papers / "002.txt"), "--json")["hits"]
    assert str(papers / "002.txt") in str(hits["read_as"])


def test_a_server_that_is_away_is_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QDRANT_URL", "http://127.0.0.1:9")
    monkeypatch.setattr("index.connection._PAUSES_S", (0.01,))
    done = run("search", "bidrag", "--json")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "no Qdrant server answers at http://127.0.0.1:9" in done.stderr
    status = answer("status", "--json")
    assert status["documents"] and "no Qdrant server answers" in status["index"]["error"]  # type: ignore[index]


def test_similar_finds_others(home: Path, papers: Path) -> None:
    hits = answer("similar", str(papers / "001.txt"), "--item", "1", "--json")["hits"]
    assert str(papers / "001.txt") not in [hit["url"] for hit in hits]  # type: ignore[attr-defined]


def test_read_needs_no_home(papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARAGRAF_HOME", str(tmp_path / "none"))
    document = answer("read", str(papers / "002.txt"), "--json")
    assert document["items"][0]["decisions"][0]["outcome"] == "granted"  # type: ignore[index]
    assert "granted" in run("read", str(papers / "002.txt")).stdout
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("setting", "option", "ocr"),
    [("off", (), False), ("on", (), True), ("off", ("--ocr",), True), ("on", ("--no-ocr",), False)],
)
def test_scans_are_read_or_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str, option: tuple[str, ...], ocr: bool
) -> None:
    monkeypatch.setenv("PARAGRAF_OCR", setting)
    monkeypatch.setenv("PARAGRAF_READER", "tests.odd_readers:read")
    (tmp_path / "scan.txt").write_text("en skannad sida")
    text = answer("read", str(tmp_path / "scan.txt"), "--json", *option)["text"]
    assert text == "en skannad sida" + ("" if ocr else " (without OCR)")


def test_status_counts(home: Path) -> None:
    held = answer("status", "--json")
    assert (held["documents"], held["unreadable"], held["stale"]) == (6, 0, 0)
    assert held["index"]["level"] is True  # type: ignore[index]
    assert "6  documents (papers)" in run("status").stdout


def test_status_of_nothing_makes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARAGRAF_HOME", str(tmp_path / "none"))
    assert "paragraf ingest" in run("status").stdout
    assert not (tmp_path / "none").exists()


def test_status_counts_a_catalog_that_is_kept_elsewhere(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARAGRAF_HOME", str(tmp_path / "none"))
    monkeypatch.setenv("PARAGRAF_CATALOG", f"sqlite:///{home}/catalog.sqlite")
    assert answer("status", "--json")["documents"] == 6


def test_export_is_the_same_each_time(home: Path, tmp_path: Path) -> None:
    first, second = (run("export", "--format", "csv", "--year", "2031") for _ in range(2))
    assert first.stdout_bytes == second.stdout_bytes
    assert len(first.stdout.splitlines()) == 7
    assert run("export", "--what", "amounts", "--format", "xlsx", "-o", str(tmp_path / "a.xlsx")).exit_code == 0
    assert (tmp_path / "a.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["ingest", "no-such-folder"], 2, "there is no file or folder no-such-folder"),
        (["read", "no-such-file.pdf"], 1, "fetch: the file vanished"),
        (["search", ""], 2, "say what to search for"),
        (["search", "x", "--kind", "soup"], 2, "'soup' is not known. Known are: protocol, protocol_extract, motion"),
        (["search", "x", "--outcome", "maybe"], 2, "Known are: approved, recommended, rejected"),
        (["search", "x", "--sort", "best"], 2, "Known are: relevance, newest, oldest"),
        (["search", "x", "--from", "last week"], 2, "'last week' is no date. Write 2026-06-15"),
        (["search", "x", "--municipality", "Atlantis"], 2, "Atlantis"),
        (["search", "--batch", "none.jsonl"], 2, "none.jsonl cannot be read: No such file"),
        (["similar", "no-such-paper.pdf"], 2, "'no-such-paper.pdf' is not in the index"),
        (["export", "--format", "doc"], 2, "Known are: csv, jsonl, xlsx, parquet"),
        (["export", "--what", "soup"], 2, "Known are: documents, items, decisions"),
        (["rebuild"], 2, "say what to rebuild"),
        (["nightly", "--sources", "none.toml"], 2, "there is no .*none.toml"),
    ],
)
def test_mistakes_are_told_in_a_line(home: Path, arguments: list[str], code: int, message: str) -> None:
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (code, "")
    told = " ".join(re.sub(r"[│╭╮╰╯─]", " ", done.stderr).split())
    assert re.search(message, told), told
    assert "Traceback" not in done.stderr


def test_an_unknown_setting_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARAGRAF_WORKERS", "many")
    done = run("status")
    assert done.exit_code == 2
    assert "PARAGRAF_WORKERS='many' should be a whole number" in done.stderr


def test_a_reader_that_has_seen_enough_ends_it_quietly(home: Path) -> None:
    command = f"{sys.executable} -c 'from flows.cli import app; app()' export --format jsonl --what people | head -c 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True)
    assert "Traceback" not in done.stderr


HEAVY = ("torch", "spacy", "prefect", "pandas", "trafilatura", "pdfplumber", "docx", "fastapi", "alembic", "scipy")


@pytest.mark.parametrize(
    "arguments", [["search", "bidrag till läger", "--json"], ["status", "--json"], ["--help"], ["export"]]
)
def test_nothing_is_imported_in_vain(home: Path, arguments: list[str]) -> None:
    code = (
        "import sys; from flows.cli import app\n"
        "try: app(sys.argv[1:], standalone_mode=False)\n"
        "finally: print(*sorted(name for name in sys.modules if '.' not in name), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    assert not set(HEAVY) & set(done.stderr.split())


def test_reading_imports_in_its_own_process_only(papers: Path) -> None:
    code = "import sys; from flows.cli import app\nfrom extractors.model import Unreadable\n"
    code += "app(['read', sys.argv[1], '--json'], standalone_mode=False); print(*sys.modules, file=sys.stderr)\n"
    paper = str(papers / "001.txt")
    done = subprocess.run([sys.executable, "-c", code, paper], capture_output=True, text=True, check=True)
    assert not {"pypdfium2", "lxml", "dateparser", "sqlalchemy", "torch", "spacy"} & set(done.stderr.split())
    assert json.loads(done.stdout)["text"].startswith(protocol(1)[:15])
