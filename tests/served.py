"""A Qdrant server in this process's memory, for tests: qdrant-client's local mode, one call at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from qdrant_client import QdrantClient

from index.connection import Connection
from index.settings import Server, Settings

URL = "http://memory:6333"


class KilledError(Exception):
    """The process was killed before this call, or after it."""


class Served:
    """Stands for a QdrantClient. The local mode takes one thread at a time; `dies_at` is the number of a last call."""

    def __init__(self) -> None:
        self._client, self._lock = QdrantClient(":memory:"), threading.RLock()
        self.init_options = self._client.init_options
        self.calls, self.dies_at, self.done_first = 0, 0, False

    def __getattr__(self, name: str) -> Any:
        method: Callable[..., Any] = getattr(self._client, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            with self._lock:
                self.calls += 1
                dies = self.calls == self.dies_at
                if dies and not self.done_first:
                    raise KilledError
                answer = method(*args, **kwargs)
                if dies:
                    raise KilledError
                return answer

        return call


def serve(monkeypatch: pytest.MonkeyPatch) -> Served:
    """From now on every server that the settings name is this one."""
    served = Served()
    connection = Connection(served, URL)  # type: ignore[arg-type]
    monkeypatch.setattr("index.collections.connect", lambda server: connection)
    monkeypatch.setattr("index.collections._FRESH_S", 0.0)
    return served


def on_server(settings: Settings, **how: Any) -> Settings:
    """The same settings with a server."""
    return replace(settings, server=Server(URL, **how))
