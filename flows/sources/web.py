"""Fetching as a guest (hämta): one request at a time per host with a pause, conditional, with limits and back-off."""

from __future__ import annotations

import importlib.metadata
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx

from extractors.model import Unreadable
from flows.sources import Fetched

USER_AGENT = "Paragraf/{version} (reads municipal papers{contact})"
LARGEST = 200 << 20  # bytes
TIMEOUT_S = 30.0  # of silence
WHOLE_S = 600.0  # for one paper
PAUSE_S = 1.0  # between two requests to a host
WAITS_S = (2.0, 10.0, 30.0)  # before another try
LONGEST_WAIT_S = 120.0
_PASSING = {408, 425, 429, 500, 502, 503, 504}  # what may be well again in a moment


@dataclass
class Web:
    """A guest's way to the web, shared by all sources so that no host is asked by two at a time."""

    contact: str | None = None
    pause_s: float = PAUSE_S
    waits_s: tuple[float, ...] = WAITS_S
    largest: int = LARGEST
    whole_s: float = WHOLE_S
    _locks: defaultdict[str, threading.Lock] = field(default_factory=lambda: defaultdict(threading.Lock))
    _asked: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        headers = {"User-Agent": agent(self.contact)}
        self.client = httpx.Client(headers=headers, timeout=TIMEOUT_S, follow_redirects=True, max_redirects=5)

    def close(self) -> None:
        self.client.close()

    def fetch(self, url: str, stamp: str | None = None) -> Fetched:
        """The bytes at an address, or None if they are still those of the stamp."""
        host = urlsplit(url).netloc.casefold()
        for wait in (*self.waits_s, None):
            with self._locks[host]:
                self._keep_distance(host)
                try:
                    return self._ask(url, stamp)
                except _PassingError as passing:
                    if wait is None:
                        raise Unreadable("fetch", f"{passing.reason} ({len(self.waits_s) + 1} tries)") from None
                    time.sleep(min(max(wait, passing.after), LONGEST_WAIT_S))
                finally:
                    self._asked[host] = time.monotonic()
        raise AssertionError("the last wait is None")

    def _keep_distance(self, host: str) -> None:
        due = self._asked.get(host, -self.pause_s) + self.pause_s
        time.sleep(max(0.0, due - time.monotonic()))

    def _ask(self, url: str, stamp: str | None) -> Fetched:
        try:
            with self.client.stream("GET", url, headers=_conditions(stamp)) as answer:
                if answer.status_code == httpx.codes.NOT_MODIFIED:
                    return Fetched(None, stamp)
                if answer.status_code in _PASSING:
                    raise _PassingError(_status(answer), _retry_after(answer))
                if answer.status_code != httpx.codes.OK:
                    raise Unreadable("fetch", _status(answer))
                return Fetched(self._body(answer), _stamp(answer))
        except httpx.TimeoutException:
            raise _PassingError("the server did not answer in time") from None
        except httpx.TransportError as error:
            raise _PassingError(f"no connection: {error or type(error).__name__}") from None
        except (httpx.InvalidURL, httpx.TooManyRedirects, httpx.DecodingError, ValueError) as error:
            raise Unreadable("fetch", f"cannot be fetched: {error}") from None

    def _body(self, answer: httpx.Response) -> bytes:
        body, until = bytearray(), time.monotonic() + self.whole_s
        for part in answer.iter_bytes():
            body += part
            if len(body) > self.largest:
                raise Unreadable("fetch", f"larger than {self.largest >> 20} MB, the most that is fetched")
            if time.monotonic() > until:
                raise Unreadable("fetch", f"not fetched whole after {self.whole_s:g} s: the next run tries again")
        return bytes(body)


def agent(contact: str | None) -> str:
    """Who we are, and whom to turn to.

    >>> agent("arkiv@exempel.se").partition("(")[2]
    'reads municipal papers; arkiv@exempel.se)'
    """
    version = importlib.metadata.version("paragraf")
    return USER_AGENT.format(version=version, contact=f"; {contact}" if contact else "")


@dataclass
class _PassingError(Exception):
    """Something that may pass: worth another try, after so many seconds at least."""

    reason: str
    after: float = 0.0


def _status(answer: httpx.Response) -> str:
    return f"the server answered {answer.status_code} {answer.reason_phrase}".rstrip()


def _retry_after(answer: httpx.Response) -> float:
    """Seconds that the server asks us to wait: a number of them, or a time of day."""
    value = answer.headers.get("Retry-After", "")
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, TypeError):
        return 0.0


def _stamp(answer: httpx.Response) -> str | None:
    """What a later request gives back: "etag ..." or "modified ...".

    >>> _stamp(httpx.Response(200, headers={"ETag": '"a1"', "Last-Modified": "Mon, 15 Jun 2026 10:00:00 GMT"}))
    'etag "a1"'
    """
    for name, header in _STAMPS.items():
        if value := answer.headers.get(header[0]):
            return f"{name} {value}"
    return None


_STAMPS = {"etag": ("ETag", "If-None-Match"), "modified": ("Last-Modified", "If-Modified-Since")}


def _conditions(stamp: str | None) -> dict[str, str]:
    """
    >>> _conditions('etag "a1"'), _conditions(None)
    ({'If-None-Match': '"a1"'}, {})
    """
    name, _, value = (stamp or "").partition(" ")
    return {_STAMPS[name][1]: value} if name in _STAMPS and value else {}
