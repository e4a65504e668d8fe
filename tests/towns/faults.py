"""What goes wrong on the servers of towns (fel): for a paper or a whole town, and what the record must say of it."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.towns import Answer, Request

Play = Callable[[Request, Answer, int], Answer]  # the request, the true answer, and which time it is, from 1

_LOGIN = b'<!doctype html><html><body><form><input type="password" name="losen"></form>Logga in</body></html>'
_ERROR = b"<!doctype html><html><head><title>404</title></head><body><h1>Sidan finns inte</h1></body></html>"
_HTML = {"Content-Type": "text/html; charset=utf-8"}


@dataclass(frozen=True)
class Reply(Answer):
    """An answer that is sent oddly: broken off after so many bytes, or in chunks with so many seconds between."""

    cut_after: int | None = None
    slowly_s: float = 0.0


@dataclass(frozen=True)
class Fault:
    """One fault. `reason` is a pattern of what the record says of the paper, or the source; "" where all is well.

    For a town: `robots` its robots.txt or `robots_status` in its place, `base` another address, `path` where `play`
    counts. `waits` where nothing is wrong with the papers, and the next night asks.
    """

    name: str
    play: Play | None = None
    reason: str = ""
    waits: bool = False
    robots: str = ""
    robots_status: int = 0
    base: str = ""
    path: str = ""


def _once(wrong: Callable[[Answer], Answer]) -> Play:
    """Only the first time; then it is well."""
    return lambda request, answer, times: wrong(answer) if times == 1 else answer


def _always(status: int, body: bytes = b"", **headers: str) -> Play:
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda request, answer, times: Answer(status, body, {**_HTML, **told})


def _login(request: Request, answer: Answer, times: int) -> Answer:
    if "inloggning" in request.target:
        return Answer(200, _LOGIN, _HTML)
    return Answer(302, b"", {"Location": f"{request.target}{'&' if '?' in request.target else '?'}inloggning=1"})


def _slow(request: Request, answer: Answer, times: int) -> Answer:
    return Reply(answer.status, answer.body, answer.headers, slowly_s=0.002)


def _wrong_type(request: Request, answer: Answer, times: int) -> Answer:
    return replace(answer, headers={**answer.headers, "Content-Type": "text/html"})


def _bomb(request: Request, answer: Answer, times: int) -> Answer:
    return Answer(200, BOMB, {"Content-Type": "application/pdf", "Content-Encoding": "gzip"})


BOMB = gzip.compress(bytes(32 << 20)) * 8  # 256 MB of nothing in 260 kB

# Faults of one paper. Those without a reason pass: the paper is had all the same, in the same night.
OF_PAPERS = [
    Fault("404", _always(404), reason="the server answered 404 Not Found"),
    Fault("410", _always(410), reason="the server answered 410 Gone"),
    Fault("error page with status 200", _always(200, _ERROR), reason="a web page where a paper was asked for"),
    Fault("redirect to a login", _login, reason="a login page where a paper was asked for"),
    Fault(
        "redirect to an inner address",
        _always(302, Location="http://10.0.0.7/hemligt.pdf"),
        reason="an address of a private network",
    ),
    Fault("gzip bomb", _bomb, reason="larger than 200 MB"),
    Fault("empty file", _always(200, b"", Content_Type="application/pdf"), reason="the server sent an empty file"),
    Fault("500 that passes", _once(lambda answer: Answer(500, b"fel", _HTML))),
    Fault("503 with Retry-After", _once(lambda answer: Answer(503, b"", {"Retry-After": "20"}))),
    Fault("429 with Retry-After", _once(lambda answer: Answer(429, b"", {"Retry-After": "7"}))),
    Fault(
        "broken in the middle",
        _once(lambda answer: Reply(answer.status, answer.body, answer.headers, cut_after=len(answer.body) // 2)),
    ),
    Fault("a cut PDF", _once(lambda answer: replace(answer, body=answer.body[: len(answer.body) // 2]))),
    Fault("slow, in chunks", _slow),
    Fault("wrong content type", _wrong_type),
]

# Faults of a whole town. Its papers are not had; what is known of them stays.
OF_TOWNS = [
    Fault("connection refused", base="http://{host}:{closed}", reason="no connection"),
    Fault("no such host", base="http://kommun-{code}.invalid", reason="no such host|could not be looked up"),
    Fault("robots.txt forbids all", robots="User-agent: *\nDisallow: /\n", reason="robots.txt forbids"),
    Fault("no robots.txt to be had", robots_status=503, reason="asking for robots.txt", waits=True),
    Fault("asks for a long rest", _always(503, Retry_After="7200"), reason="7200 s of rest", waits=True),
]


def of(name: str) -> Fault:
    """A fault by its name."""
    return next(fault for fault in (*OF_PAPERS, *OF_TOWNS) if fault.name == name)
