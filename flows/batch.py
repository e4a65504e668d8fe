"""Many questions at once (frågor i en fil): a JSON object per line in, a JSON object per line out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flows.failing import UsageError


def questions(file: Path) -> Iterator[dict[str, Any]]:
    """Every question of a file, with its id; what is wrong with a line is told with its number."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeError) as error:
        raise UsageError(f"{file} cannot be read: {getattr(error, 'strerror', None) or error}") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _question(f"{file}, line {number}", line)


def _question(place: str, line: str) -> dict[str, Any]:
    try:
        question = json.loads(line)
    except ValueError as error:
        raise UsageError(f"{place} is no JSON: {error}") from None
    if not isinstance(question, dict) or "id" not in question:
        raise UsageError(f"{place} has no id")
    if not (question.get("query") or question.get("like") or question.get("filters")):
        raise UsageError(f"{place} has neither query nor like")
    return question
