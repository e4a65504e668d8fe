"""Whatever a server sends, a guest has a paper or says why not: nothing else comes of it, and in good time."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.model import Unreadable
from flows.guest import Guest, urls
from flows.guest.hosts import host_name
from tests.guest.site import Handler, Site, budget, manners

_HOSTS = ["a.example", "xn--a", "xn--", "[::1]", "[", "]", "127.0.0.1", "0x7f.1", "::ffff:10.0.0.1", "a" * 70, "login"]
_PARTS = ["http", "https", ":", "//", "/", "@", "%", "%zz", "?", "#", "\\", "..", "\r\n", " ", "å", "\u202e", "\x00"]
_PORTS = [":80", ":99999", ":-1", ":443", "javascript:", "data:", "."]
_ADDRESSES = st.lists(st.sampled_from(_HOSTS + _PARTS + _PORTS), max_size=8).map("".join)


@settings(max_examples=400, deadline=None)
@given(_ADDRESSES)
def test_any_text_is_an_address_or_not(text: str) -> None:
    here = httpx.URL("https://a.example/x/y")
    for understood in (urls.checked, lambda text: urls.moved(here, text)):
        try:
            url = understood(text)
        except Unreadable:
            continue
        assert url.scheme in ("http", "https") and not url.userinfo
        assert httpx.Request("GET", url) and host_name(url)


_LINES = [
    b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 206 Partial\r\n", b"HTTP/1.1 302 Found\r\n", b"HTTP/1.1 304 \r\n",
    b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 101 Switching\r\n", b"HTTP/1.1 999 \xff\r\n", b"HTTP/2 200\r\n",
    b"Content-Length: 5\r\n", b"Content-Length: -1\r\n", b"Content-Length: 99999999999999999999\r\n",
    b"Transfer-Encoding: chunked\r\n", b"Content-Encoding: gzip\r\n", b"Content-Encoding: gzip, gzip\r\n",
    b"Location: //\r\n", b"Location: \xe5\r\n", b"Location: /b\r\n", b"Location: https://xn--a/\r\n", b"Location:\r\n",
    b"Retry-After: -1\r\n", b"Retry-After: Sat, 99 Foo 99999 25:00:00\r\n", b"Set-Cookie: =;;;\x00\r\n",
    b"Set-Cookie: a=b; Expires=Sat, 99 Foo 99999; Domain=.; Path\r\n", b"ETag: \xff\r\n", b"ETag: \"a\"\r\n",
    b"Content-Range: bytes 9-1/0\r\n", b"Content-Type: text/html; charset=\xff\r\n", b"X: " + b"y" * 200_000 + b"\r\n",
    b"\r\n", b"\n", b"5\r\nhello\r\n", b"0\r\n\r\n", b"ffffffffffffffff\r\n", b"\x1f\x8b\x08", b"%PDF-1.4", b"<html>",
]  # fmt: skip


@pytest.fixture
def patient(town: Site) -> Iterator[Guest]:
    """Who has had enough of no host, so that each answer is really asked for."""
    endless = manners(waits_s=(), patience=1 << 30, budget=budget(requests=1 << 30))
    with Guest(clock=town.clock, manners=endless) as guest:
        yield guest


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(_LINES), max_size=10).map(b"".join))
def test_any_bytes_are_an_answer_or_a_reason(town: Site, patient: Guest, said: bytes) -> None:
    def say(handler: Handler) -> None:
        handler.close_connection = True
        handler.wfile.write(said)

    town.answers |= {"/a": say, "/b": say}
    for ask in (patient.fetch, patient.page):
        try:
            ask(f"{town.url}/a")
        except Unreadable as unreadable:
            assert unreadable.stage == "fetch"
            assert unreadable.reason.isprintable()
