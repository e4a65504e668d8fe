"""Which contents are worth reading again (att läsa om): read by an older reader, broken off, or scans left unread."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, or_

from extractors.model import BROKEN_OFF, NO_OCR
from index import tables

Condition = ColumnElement[bool]


def of_another_reader(reader: str) -> Condition:
    """Another reader tried it last."""
    return (tables.contents.c.tried != reader) & has_original()


def broken_off(reader: str) -> Condition:
    """This reader tried it last, in a process that died, hung or ran out of memory."""
    return ~of_another_reader(reader) & _has_issue(BROKEN_OFF)


def without_ocr(reader: str) -> Condition:
    """This reader read it last, and it has pages without a text layer that Tesseract was not there for."""
    return ~of_another_reader(reader) & _has_issue(NO_OCR)


def stale(reader: str, ocr: bool) -> Condition:
    """All of that that has an original; scans only with `ocr`, when Tesseract is there now."""
    worth = or_(of_another_reader(reader), _has_issue(BROKEN_OFF), *([_has_issue(NO_OCR)] if ocr else []))
    return worth & has_original()


def has_original() -> Condition:
    """Nothing is removed of it, so that the archive has its bytes."""
    return tables.contents.c.removed_places == 0


def _has_issue(stage: str) -> Condition:
    issues = tables.issues.c
    return exists().where(issues.content_id == tables.contents.c.id, issues.stage == stage)
