"""Asking a Qdrant server (anslutning): with patience for what passes, and in words where it does not."""

from __future__ import annotations

import os
import time
import warnings
from collections.abc import Callable
from functools import cache
from json import JSONDecodeError
from typing import ParamSpec, TypeVar

from httpx import HTTPError
from qdrant_client import QdrantClient
from qdrant_client.common.client_exceptions import ResourceExhaustedResponse
from qdrant_client.http.exceptions import ResponseHandlingException, UnexpectedResponse

from index.settings import Server
from index.vectors import GoneError, ServerError

P = ParamSpec("P")
R = TypeVar("R")

_PAUSES_S = (0.2, 1.0, 3.0)  # before it is asked again; whatever we write may be written twice
_PASSING = (429, 500, 502, 503, 504)


class Connection:
    """A client, and the address it asks. Many threads may share one."""

    def __init__(self, client: QdrantClient, url: str) -> None:
        self.client = client
        self.url = url

    @property
    def local(self) -> bool:
        """Whether it is qdrant-client's local mode, which knows neither indexes nor quantisation."""
        return self.client.init_options.get("location") == ":memory:"

    def ask(self, call: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """What a method of the client answers. Raises GoneError and ServerError."""
        for pause in (*_PAUSES_S, None):
            try:
                return call(*args, **kwargs)
            except UnexpectedResponse as error:
                if error.status_code not in _PASSING or pause is None:
                    raise self._refused(error) from error
            except (ResponseHandlingException, ResourceExhaustedResponse) as error:
                if pause is None:
                    raise self._away(error) from error
            except (
                AssertionError,
                JSONDecodeError,
            ) as error:  # the client's: an answer without a result, or a web page
                raise self._strange(str(error)) from error
            except ValueError as error:
                if self.local and "not found" in str(error):
                    raise GoneError(str(error)) from error
                raise
            time.sleep(pause)
        raise AssertionError("the last try returns or raises")

    def close(self) -> None:
        """Gives the connection back."""
        self.client.close()

    def _away(self, error: Exception) -> ServerError:
        why = error.source if isinstance(error, ResponseHandlingException) else error
        if isinstance(why, HTTPError) or not isinstance(error, ResponseHandlingException):
            return ServerError(
                f"no Qdrant server answers at {self.url} ({why or type(why).__name__}). What is in the record stays "
                "there, and the next run goes on; without QDRANT_URL the index is under PARAGRAF_HOME"
            )
        return self._strange(str(why))

    def _strange(self, why: str) -> ServerError:
        first_line = why.strip().partition("\n")[0]
        return ServerError(f"what answers at {self.url} is no Qdrant server that we understand: {first_line}")

    def _refused(self, error: UnexpectedResponse) -> ServerError | GoneError:
        try:
            why = str(error.structured()["status"]["error"])
        except (ValueError, KeyError, TypeError):
            why = f"{error.status_code} {error.reason_phrase}"
        if error.status_code == 404 and "ollection" in why:
            return GoneError(why)
        if error.status_code in (401, 403):
            return ServerError(f"the Qdrant server at {self.url} refuses us ({why}): set QDRANT_API_KEY")
        return ServerError(f"the Qdrant server at {self.url} refuses: {why}")


def connect(server: Server) -> Connection:
    """The connection of this process to a server; nothing is asked yet."""
    return _connect(server, os.getpid())  # a forked process must not share its parent's


@cache
def _connect(server: Server, _: int) -> Connection:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a key goes over http, as it does to a server on the same machine
        timeout = max(1, round(server.timeout))
        client = QdrantClient(url=server.url, api_key=server.api_key, timeout=timeout, check_compatibility=False)
    return Connection(client, server.url)
