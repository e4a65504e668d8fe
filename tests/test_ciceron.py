"""Answers of a diary that we wrote: what is told where they are not what they were."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from flows.sources.visited import Visited
from tests.visiting import HOST, Book, parts, visited


def ciceron(answers: Mapping[str, Any], **where: Any) -> Visited:
    """A diary that answers each method with this, or with what it gives for the params."""

    def post(method: str, asked: dict[str, Any]) -> str:
        said = answers.get(method, {"result": "ok"})
        said = said(asked) if callable(said) else said
        return said if isinstance(said, str) else json.dumps({"session_id": "s1"} | said)

    return visited("ciceron", Book({}, post), site=HOST, **where)


ITEMS = {"result": {"results": [{"id": 0, "title": "Kommunfullmäktige 2026-02-04"}]}}
ONE = {"Search": {"result": '{"hits": 1}'}, "ReadItems": ITEMS}
DOCUMENT = {"name": "Protokoll KF 260204", "id": 7, "filename": "a.pdf", "filename_b64": "5OU="}


@pytest.mark.parametrize(
    ("answers", "where", "reason"),
    [
        ({"Search": "<html><h1>Underhåll pågår</h1>"}, {}, "Search: expected JSON, found '<html>"),
        ({"Search": {"error": {"message": "Okänd doktyp"}}}, {}, "Search: the server says 'Okänd doktyp'"),
        ({"Search": {"result": {"antal": 3}}}, {}, "Search: expected hits, found"),
        ({"Search": {"result": '{"hits": 0}'}}, {}, "expected meetings of any body, found no meeting in any diary"),
        (ONE | {"Search": {"result": '{"hits": 9}'}}, {}, "it told of 9 meetings and gave 1"),
        (ONE, {"bodies": {"KF": "Kommunfullmäktige"}}, "found meetings of Kommunfullmäktige only"),
        (ONE | {"ReadItems": {"result": [{"id": 0, "title": "Möte"}]}}, {}, "expected a body and a day, found 'Möte'"),
        (ONE | {"ReadObjectDetails": {"result": {"value": "{}"}}}, {}, "expected documents, found '{}'"),
        (
            ONE | {"ReadObjectDetails": {"result": {"documents": [DOCUMENT | {"filename_b64": None}]}}}, {},
            "expected filename_b64 of a document, found none for 'a.pdf'",
        ),
        (ONE | {"ReadObjectDetails": {"result": None}}, {}, "expected an object, found 'None'"),
        ({"ReadDiaries": {"result": {"diaries": [{"namn": "d"}]}}}, {"diaries": []}, "expected the codes of diaries"),
    ],
)  # fmt: skip
def test_a_diary_that_answers_otherwise_is_told(answers: dict[str, Any], where: dict[str, Any], reason: str) -> None:
    documents = {"ReadObjectDetails": {"result": {"value": {"documents": [DOCUMENT]}}}}
    papers, _, troubles = parts(ciceron(documents | answers, **{"diaries": ["KS"]} | where))
    assert any(reason in one.reason for one in troubles), troubles
    assert len(papers) == ("gave 1" in reason)


@pytest.mark.parametrize(
    "diaries",
    [
        {"result": {"result": '{"diaries": [{"id": 3, "diary": "KS", "name": "Kommunstyrelsen"}]}'}},
        {"result": [{"code": "KS"}]},
        {"result": {"diaries": ["KS"]}},
    ],
)
def test_diaries_as_they_may_be_told(diaries: dict[str, Any]) -> None:
    asked: list[str] = []

    def search(call: dict[str, Any]) -> dict[str, Any]:
        asked.append(json.loads(call["params"]["param"])["diary"])
        return {"result": '{"hits": 0}'}

    list(ciceron({"ReadDiaries": diaries, "Search": search}).listing())
    list(ciceron({"ReadDiaries": {"error": {"message": "Method not found"}}, "Search": search}).listing())
    assert asked == ["KS", ""]


def test_a_document_goes_back_as_its_name_came() -> None:
    told = ONE | {"ReadObjectDetails": {"result": {"value": json.dumps({"documents": [DOCUMENT]})}}}
    (paper,), (meeting,), troubles = parts(ciceron(told, diaries=["KS"]))
    assert (paper.url, paper.key) == (f"{HOST}/download/document?filename=5OU%3D&id=7", "document/7")
    assert (paper.kind, paper.date, paper.body) == ("protocol", "2026-02-04", "Kommunfullmäktige")
    assert (meeting.key, paper.meeting, troubles) == ("KS/Kommunfullmäktige 2026-02-04", meeting.key, [])
