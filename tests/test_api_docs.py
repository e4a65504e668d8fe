"""The examples of docs/api.md: each curl command is asked of a server, and gets what the text says."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from search_api.problems import TYPES
from tests.serving import held, served
from tests.tiny import paper

TEXT = (Path(__file__).parent.parent / "docs" / "api.md").read_text("utf-8")
BLOCKS = [block.replace("\\\n", " ") for block in re.findall(r"```bash\n(.*?)```", TEXT, re.DOTALL)]
COMMANDS = [line for block in BLOCKS for line in block.splitlines() if "curl" in line]
_WITHIN = re.compile(r"\$\((curl [^|]*?) \| jq -r ([^)]*)\)")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    papers = (
        paper("mars", "Cykelgarage\nEtt cykelgarage byggs.", "Bidrag till föreningar\nBidragen höjs."),
        paper("Motion om cykelgarage", "Bygg ett cykelgarage.", kind="motion", date="2024-11-05"),
    )
    with served(held(tmp_path_factory.mktemp("home"), *papers)) as made:
        yield made


def _curl(client: TestClient, command: str) -> Any:
    """What curl would get, with as much of it as the examples use."""
    words = iter(shlex.split(command.replace("$PARAGRAF", ""))[1:])
    path, data, headers = "", [], {}
    for word in words:
        if word == "--data-urlencode":
            name, _, value = next(words).partition("=")
            data.append(f"{name}={quote(value)}")
        elif word == "-d":
            data.append(next(words))
        elif word == "-H":
            name, _, value = next(words).partition(": ")
            headers[name] = value
        elif word not in ("-s", "-G", "-i"):
            path = word
    return client.get(path + ("?" + "&".join(data) if data else ""), headers=headers)


def test_there_are_examples() -> None:
    assert len(COMMANDS) >= 15


def test_the_examples_get_what_the_text_says(client: TestClient) -> None:
    shell = {}
    for line in COMMANDS:
        command = line.replace("$NEXT", str(shell.get("NEXT")))
        for inner in _WITHIN.finditer(command):
            told = _curl(client, inner[1]).json()
            steps = re.findall(r"\w+", inner[2])
            for step in steps:
                told = told[int(step) if step.isdigit() else step]
            assert told, line
            if line.startswith("NEXT="):
                shell["NEXT"] = told
            command = command.replace(inner[0], told)
        if line.startswith("NEXT="):
            continue
        answer = _curl(client, command.replace("municipality=Mora", "municipality=Alingsås"))
        wrong = "kind=protokoll" in line
        assert answer.status_code == (400 if wrong else 200), (line, answer.text)
        assert ("detail" in answer.json()) == wrong, json.dumps(answer.json())[:200]
    assert "NEXT" in shell


def test_every_status_that_there_is_stands_in_the_table() -> None:
    told = set(map(int, re.findall(r"\b[45]\d\d\b", TEXT.partition("| status |")[2].partition("\n\n")[0])))
    assert told == {400, 404, 405, 413, 414, 422, 429, 503} and len(TYPES) >= len(told)
