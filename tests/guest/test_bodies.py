"""What an answer holds, however it is packed, split and encoded; and what it is by its bytes."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.model import Unreadable
from flows.guest import pages, papers
from flows.guest.bodies import Body
from flows.guest.failures import PassingError


def raw(data: bytes) -> bytes:
    """Deflate without its header, as some servers mean it."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def answer(data: bytes, size: int, **headers: str) -> httpx.Response:
    parts: Iterator[bytes] = (data[at : at + size] for at in range(0, len(data), size))
    return httpx.Response(
        200, headers={name.replace("_", "-"): value for name, value in headers.items()}, content=parts
    )


@settings(max_examples=150, deadline=None)
@given(
    data=st.binary(min_size=1, max_size=3000),
    packing=st.sampled_from([("gzip", gzip.compress), ("deflate", zlib.compress), ("deflate", raw), ("", bytes)]),
    size=st.integers(1, 500),
    twice=st.booleans(),
)
def test_a_body_is_unpacked_however_it_comes(data: bytes, packing: tuple[str, object], size: int, twice: bool) -> None:
    coding, pack = packing
    assert callable(pack)
    packed, whole = pack(data), data
    if twice and coding == "gzip":  # members one after another are one file
        packed, whole = packed + pack(data[::-1]), data + data[::-1]
    body, counted = Body(10_000), list[int]()
    body.take(answer(packed, size, **({"Content_Encoding": coding} if coding else {})), counted.append)
    assert (body.data, sum(counted)) == (whole, len(packed))


@pytest.mark.parametrize(
    ("data", "coding", "error"),
    [
        (gzip.compress(b"x" * 100)[:-3], "gzip", PassingError),
        (b"\x1f\x8b" + b"?" * 50, "gzip", PassingError),
        (gzip.compress(gzip.compress(b"x")), "gzip, gzip", Unreadable),
        (b"x", "br", Unreadable),
        (gzip.compress(b"x" * 1_000_001), "gzip", Unreadable),
        (b"x" * 1_000_001, "", Unreadable),
    ],
)
def test_a_body_that_is_not_what_it_says(data: bytes, coding: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        Body(1_000_000).take(answer(data, 4096, Content_Encoding=coding), lambda size: None)


def test_a_bomb_is_never_unpacked_further_than_the_limit() -> None:
    body = Body(1000)
    with pytest.raises(Unreadable):
        body.take(answer(gzip.compress(b"\0" * 10_000_000), 65536, Content_Encoding="gzip"), lambda size: None)
    assert body.size == 1001


SAID = "Sammanträde på Åland – § 7"


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (SAID.encode(), "text/html"),
        (SAID.encode(), "text/html; charset=utf-8"),
        (SAID.encode("cp1252"), "text/html; charset=ISO-8859-1"),
        (SAID.encode("cp1252"), "text/html"),
        (SAID.encode("cp1252"), "text/html; charset=utf-8"),
        (SAID.encode(), "text/html; charset=hex"),
        (SAID.encode(), "text/html; charset=no-such"),
        (SAID.encode("utf-8-sig"), "text/html; charset=iso-8859-1"),
        (SAID.encode("utf-16"), "text/html"),
    ],
)
def test_a_page_is_read_whatever_is_said_of_it(data: bytes, content_type: str) -> None:
    assert pages.decode(data, content_type) == SAID


def test_a_pages_own_word_counts_where_the_server_says_nothing() -> None:
    told = f'<?xml version="1.0" encoding="iso-8859-15"?><rss>{SAID.replace("–", "€")}</rss>'
    assert pages.decode(told.encode("iso-8859-15"), "application/rss+xml") == told


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300), st.text(max_size=60))
def test_any_bytes_are_some_page(data: bytes, content_type: str) -> None:
    assert isinstance(pages.decode(data, content_type), str)
    papers.is_whole(data)


@pytest.mark.parametrize(
    ("data", "url", "only", "fine"),
    [
        (b"%PDF-1.4 %%EOF", "https://a.example/x.pdf", (), True),
        (b"<!DOCTYPE html><p>404", "https://a.example/x.pdf", (), False),
        (b"<!DOCTYPE html><p>404", "https://a.example/x.PDF?session=1", (), False),
        (b"<!DOCTYPE html><p>Protokoll", "https://a.example/protokoll", (), True),
        (b"<!DOCTYPE html><p>Protokoll", "https://a.example/protokoll", ("pdf",), False),
        (b"<!DOCTYPE html><p>Protokoll", "https://a.example/protokoll", ("pdf", "html"), True),
        (b"\xef\xbb\xbf \n<html>", "https://a.example/x.docx", (), False),
        (b"Protokoll i text", "https://a.example/x.pdf", (), True),
        (b" \n\0", "https://a.example/x", (), False),
    ],
)
def test_what_came_is_looked_at(data: bytes, url: str, only: tuple[str, ...], fine: bool) -> None:
    if fine:
        papers.check(data, url, only)
    else:
        with pytest.raises(Unreadable):
            papers.check(data, url, only)
