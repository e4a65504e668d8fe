"""The marks use only the words that their README knows, and tell of papers that are there."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).parent.parent
MARKED = REPOSITORY / "tests" / "marked"
README = (MARKED / "README.md").read_text("utf-8")
PAPERS = sorted(MARKED.glob("*.json"))


def _words(field: str) -> set[str]:
    """The words in code that stand in the README's row of that field."""
    row = next(line for line in README.splitlines() if line.startswith(f"| `{field}`"))
    return set(re.findall(r"`(\w+)`", row))


ROLES, PERIODS, DAYS, KINDS = (_words(field) for field in ("role", "per", "dates", "organisations"))
SECTIONS = set(re.findall(r"`(\w+)`", README.partition("Section names:")[2].partition("###")[0]))
LISTS = {"decisions", "proposals", "votes", "reservations", "sections", "case_numbers", "amounts", "people",
         "officials", "dates", "organisations", "tables"}  # fmt: skip


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_marks_use_known_words(path: Path) -> None:
    marked: dict[str, Any] = json.loads(path.read_text("utf-8"))
    assert (REPOSITORY / marked["file"]).is_file()
    assert {section["name"] for item in marked["items"] for section in item["sections"]} <= SECTIONS
    assert {amount["role"] for amount in marked["amounts"]} <= ROLES | {None}
    assert {amount["per"] for amount in marked["amounts"]} <= PERIODS | {None}
    assert {date["role"] for date in marked["dates"]} <= DAYS
    assert all(re.fullmatch(r"\d{4}-\d\d(-\d\d)?", date["value"]) for date in marked["dates"])
    assert {one["kind"] for one in marked["organisations"]} <= KINDS
    assert {span["find"] for span in marked["spans"]} <= LISTS


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_a_list_of_voters_gives_the_totals(path: Path) -> None:
    votes = [vote for item in json.loads(path.read_text("utf-8"))["items"] for vote in item["votes"]]
    for vote in (vote for vote in votes if vote["voters"]):
        answers = [voter["vote"] for voter in vote["voters"]]
        assert [answers.count(word) for word in ("yes", "no", "abstain")] == [vote[w] for w in ("yes", "no", "abstain")]
