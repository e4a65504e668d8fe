"""The server's log (logg): a line of JSON on stderr for each thing that happened."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any

NAME = "paragraf.server"
_log = logging.getLogger(NAME)


class _AsJson(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        told = {"at": at, "level": record.levelname.lower(), "event": record.getMessage()}
        return json.dumps(told | getattr(record, "told", {}), ensure_ascii=False)


def begin() -> None:
    """From now on the log is written; once in each process."""
    if not _log.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(_AsJson())
        _log.addHandler(handler)
        _log.setLevel(logging.INFO)
        _log.propagate = False


def info(event: str, **told: Any) -> None:
    """Something that was to be expected."""
    _log.info(event, extra={"told": told})


def error(event: str, **told: Any) -> None:
    """Something that a person should look at."""
    _log.error(event, extra={"told": told})
