"""The scorer itself: what counts as right, which papers are scored on what, and where a find stands."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extractors.model import (
    Amount,
    CaseNumber,
    Date,
    Decision,
    Document,
    Item,
    Organisation,
    Page,
    Person,
    Reservation,
    Section,
    Span,
)  # fmt: skip
from tests.score import __main__ as command
from tests.score import finds, first, labels, quality, sets, spans

PAPER = """Sundby kommun
Kommunstyrelsen
Sammanträdesprotokoll 2031-03-04

§ 7 Bidrag till Sundby IF
KS 2031/12
Beslut
Kommunstyrelsen beslutar:
1. Sundby IF beviljas 40 000 kronor per år.
2. Redovisningen läggs till handlingarna.

Reservation
Anna Ek (S) reserverar sig mot beslutet.
"""


def at(words: str) -> Span:
    start = PAPER.index(words)
    return Span(start, start + len(words), 1)


GRANT, NOTED = "Sundby IF beviljas 40 000 kronor per år.", "Redovisningen läggs till handlingarna."
READ = Document(  # what a reader that makes no mistake would find
    "0", "sundby.txt", "protocol_extract", PAPER, (Page(1, 0, len(PAPER)),),
    body="Kommunstyrelsen", date="2031-03-04", title="Kommunstyrelsen 2031-03-04",
    items=(
        Item(
            Span(PAPER.index("§ 7"), len(PAPER), 1), "7", "Bidrag till Sundby IF", "KS 2031/12",
            (
                Section(at("Beslut\nKommunstyrelsen beslutar:"), "decision", "Beslut"),
                Section(at("Reservation"), "reservation", "Reservation"),
            ),
            (Decision(at(GRANT), GRANT, "granted", None), Decision(at(NOTED), NOTED, "noted", None)),
            reservations=(Reservation(at("Anna Ek (S)"), ("S",)),),
        ),
    ),
    case_numbers=(CaseNumber(at("KS 2031/12"), "KS 2031/12", "KS 2031/12"),),
    amounts=(Amount(at("40 000 kronor"), Decimal(40000), "40 000 kronor", "year"),),
    people=(Person(at("Anna Ek"), "Anna Ek", "S"),),
    dates=(Date(at("2031-03-04"), "2031-03-04", "2031-03-04", "meeting"),),
    organisations=(
        Organisation(at("Kommunstyrelsen"), "Kommunstyrelsen", "body"),
        Organisation(at("Sundby IF"), "Sundby IF", "association"),
    ),
)  # fmt: skip
MARKED: dict[str, Any] = {
    "file": "sundby.txt",
    "kind": "protocol_extract",
    "municipality": None,
    "body": "Kommunstyrelsen",
    "date": "2031-03-04",
    "title": "Kommunstyrelsen 2031-03-04",
    "items": [
        {
            "number": "7",
            "title": "Bidrag till Sundby IF",
            "case_number": "KS 2031/12",
            "decisions": [
                {"text": "Sundby IF beviljas 40 000 kronor per år", "outcome": "granted"},
                {"text": "Redovisningen läggs till handlingarna.", "outcome": "noted"},
            ],
            "votes": [],
            "reservations": ["S"],
        }
    ],
    "case_numbers": ["KS 2031/12"],
    "amounts": [{"text": "40 000 kronor", "kronor": 40000}],
    "people": [{"name": "Anna Ek", "party": "S"}],
}
SPAN = {"find": "amounts", "text": "40 000 kronor", "page": 1, "before": "Sundby IF beviljas"}
Folder = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """A folder with that one paper, marked with these changes, and a reader that reads it right."""
    monkeypatch.setattr(sets, "read", lambda path: READ)

    def make(**changes: Any) -> Path:
        path = tmp_path / "batch"
        for name, file, text in (
            ("papers", "sundby.txt", PAPER),
            ("marked", "sundby.json", json.dumps(MARKED | changes, ensure_ascii=False)),
        ):
            (path / name).mkdir(parents=True, exist_ok=True)
            (path / name / file).write_text(text, "utf-8")
        return path

    return make


def judged(path: Path) -> finds.Judged:
    return finds.judge(sets.folder(path, path))


def test_all_that_is_marked_and_found_is_right(folder: Folder) -> None:
    got = judged(folder())
    assert got.errors == {}
    assert got.row("decisions") == [2, 2, 2]
    assert got.figures()["all of the guideline"] == 1
    assert "sections" not in got.counts  # the paper is not marked for them
    assert "all" not in got.figures()


@pytest.mark.parametrize(
    ("field", "value", "find", "row"),
    [
        ("amounts", [], "amounts", [0, 1, 0]),  # what is found besides is wrong
        ("amounts", [{"kronor": 40000}, {"kronor": 40000}], "amounts", [1, 1, 2]),  # once found, twice marked
        ("people", [{"name": "Anna Ek", "party": "M"}], "people", [0, 1, 1]),
        ("date", None, "date", [0, 1, 1]),
        ("amounts", [{"kronor": 40000, "per": "year"}], "amounts with per", [1, 1, 1]),
        ("amounts", [{"kronor": 40000, "per": "month"}], "amounts with per", [0, 1, 1]),
        ("organisations", [{"name": "Kommunstyrelsen", "kind": "company"}], "organisations", [1, 2, 1]),
        ("organisations", [{"name": "Kommunstyrelsen", "kind": "company"}], "organisations with kind", [0, 2, 1]),
        ("officials", [], "officials", [0, 0, 0]),  # Anna Ek is a politician
        ("dates", [{"value": "2031-03-04", "text": "2031-03-04", "role": "meeting"}], "dates with role", [1, 1, 1]),
        ("spans", [SPAN, SPAN | {"page": 2}], "spans", [1, 2, 2]),  # recall only
    ],
)
def test_counting(folder: Folder, field: str, value: Any, find: str, row: list[int]) -> None:
    assert judged(folder(**{field: value})).row(find) == row


@pytest.mark.parametrize(
    ("field", "value", "find", "row"),
    [
        ("sections", [{"name": "decision", "heading": "Beslut:"}], "sections", [1, 2, 1]),
        ("proposals", [{"text": "Bidraget avslås", "by": ["S"]}], "proposals", [0, 0, 1]),
        ("reservations", ["M", "S"], "reservations", [1, 1, 2]),
        ("votes", [{"yes": 3, "no": 2, "abstain": 0}], "votes", [0, 0, 1]),
        ("votes", [{"yes": 3, "no": 2, "abstain": 0, "yes_means": None}], "yes_means", [0, 0, 1]),
    ],
)
def test_counting_in_items(folder: Folder, field: str, value: Any, find: str, row: list[int]) -> None:
    item = MARKED["items"][0] | {field: value}
    assert judged(folder(items=[item])).row(find) == row


@pytest.mark.parametrize(
    ("changes", "there"),
    [
        ({}, True),
        ({"text": "40 000\nkronor"}, True),  # white space is the copyist's
        ({"before": ""}, True),
        ({"before": "avslås"}, False),
        ({"page": 2}, False),
        ({"text": "40 000 kronor per år"}, False),
        ({"find": "people"}, False),
        ({"find": "sections", "text": "Beslut", "before": "KS 2031/12"}, True),  # its heading is marked
        ({"find": "decisions", "text": "Redovisningen läggs till handlingarna.", "before": "per år. 2."}, True),
        (
            {"find": "decisions", "text": "Redovisningen läggs till handlingarna.", "before": "per år."},
            True,
        ),  # no number
    ],
)
def test_spans(changes: dict[str, Any], there: bool) -> None:
    assert spans.stands(SPAN | changes, READ) is there


def test_the_weakest_paper_is_named(folder: Folder) -> None:
    got = judged(folder(date=None))
    assert got.weakest("date") == ("sundby.txt", 0.0)
    assert got.weakest("items") is None
    assert "date 0.00" in finds.weak_papers(got)


def test_a_folder_can_be_scored_but_is_never_the_accepted_state(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    before = command.ACCEPTED.read_bytes()
    assert command.main(["finds", "--set", str(folder(date=None)), "--show", "--groups", "--accept", "--gate"]) == 0
    out = capsys.readouterr().out
    assert "is never accepted" in out
    assert "error sundby.txt: date missed: null" in out
    assert "| find | protocol_extract (1) |" in out
    assert command.ACCEPTED.read_bytes() == before


def test_a_folder_without_marks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="known sets"):
        sets.load(tmp_path, str(tmp_path / "nothing"))


@pytest.mark.parametrize("again", ["same name", "another name, the same paper"])
def test_a_batch_has_one_first_reading(folder: Folder, tmp_path: Path, again: str) -> None:
    file = tmp_path / first.FILE
    file.parent.mkdir(parents=True)
    file.write_text("[]", "utf-8")
    batch = folder(date=None)
    first.add(tmp_path, sets.folder(batch, tmp_path), "the one of today")
    kept = json.loads(file.read_text("utf-8"))
    assert [(one["batch"], one["figures"]["date"], one["figures"]["items"]) for one in kept] == [("batch", 0.0, 1.0)]
    if again != "same name":
        batch = batch.rename(tmp_path / "other")
    with pytest.raises(first.ScoredBefore, match="batch"):
        first.add(tmp_path, sets.folder(batch, tmp_path), "another")
    assert json.loads(file.read_text("utf-8")) == kept
    assert "| date | 0.000 |" in first.table(tmp_path)


def test_first_readings_are_of_the_papers_that_are_here() -> None:
    kept = json.loads((command.REPOSITORY / first.FILE).read_text("utf-8"))
    here = {file.name.partition("-")[0] for file in (command.REPOSITORY / "tests/layouts/papers").iterdir()}
    assert here <= {one["batch"] for one in kept}


def test_every_blank_of_the_page_on_quality_is_filled() -> None:
    template = quality.TEMPLATE.read_text("utf-8")
    blanks = [line for line in template.splitlines() if "{{" in line]
    assert blanks
    for line in blanks:
        match = quality._BLANK.fullmatch(line)
        assert match and match[1] in quality.BLANKS and match[2] in (None, *sets.NAMED), line


def test_the_page_on_quality_has_the_words_of_its_template() -> None:
    page = (command.REPOSITORY / quality.FILE).read_text("utf-8")
    for words in quality._BLANK.sub("{{}}", quality.TEMPLATE.read_text("utf-8")).split("{{}}"):
        assert words in page, "run python -m tests.score quality"


@pytest.mark.parametrize(
    ("quote", "decisions", "right"),
    [
        ("Taxan antas.", ["Taxan antas."], True),
        ("Taxan antas.", ["Taxan antas. Nämnden får höja den en gång."], True),  # a quote may be cut
        ("Taxan antas och gäller från den 1 mars.", ["Taxan antas"], False),
        ("1. Taxan antas. 2. Avgiften höjs.", ["Taxan antas.", "Avgiften höjs."], True),
        ("1. Taxan ses över till sidan 5. 2. Avgiften höjs.", ["Taxan ses över till sidan 5.", "Avgiften höjs."], True),
        ("1. Taxan antas. 2. Avgiften höjs.", ["Taxan antas."], False),
        ("Förslag till beslut i kommunfullmäktige\nTaxan antas.", ["Taxan antas."], True),  # the lead-in is left out
        ("Nämnden fick ärendet för beredning.", ["Taxan antas."], False),
        ("Taxan antas.", [], False),
    ],
)
def test_quotes_of_decisions(quote: str, decisions: list[str], right: bool) -> None:
    assert labels.decided(quote, decisions) is right
