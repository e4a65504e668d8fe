"""Downloads that break off: gone on with where that is safe, and begun anew where it is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from flows.guest import Guest
from flows.sources import Fetched
from tests.guest.site import PDF, Handler, Site, breaks_off, ok, status


def _with_ranges(etag: str, broken_at: list[int]) -> Callable[[Handler], None]:
    """A server that knows ranges, and breaks off at each of these offsets once."""

    def give(handler: Handler) -> None:
        told, same = handler.headers.get("Range"), handler.headers.get("If-Range") in (None, etag)
        start = int(told.removeprefix("bytes=").rstrip("-")) if told and same else 0
        end = broken_at.pop(0) if broken_at else len(PDF)
        where = {"Content_Range": f"bytes {start}-{len(PDF) - 1}/{len(PDF)}"} if start else {}
        handler.answer(206 if start else 200, PDF[start:end], len(PDF) - start, ETag=etag, **where)

    return give


def test_a_download_that_breaks_off_is_gone_on_with(town: Site, guest: Guest) -> None:
    town.answers["/a.pdf"] = _with_ranges('"v1"', [3000, 7000])
    assert guest.fetch(f"{town.url}/a.pdf").data == PDF
    assert [asked.headers.get("Range") for asked in town.log[1:]] == [None, "bytes=3000-", "bytes=7000-"]
    assert town.log[2].headers["If-Range"] == '"v1"'


@pytest.mark.parametrize("etag", ['W/"v1"', ""])
def test_without_a_strong_sign_it_begins_anew(town: Site, guest: Guest, etag: str) -> None:
    town.answers["/a.pdf"] = _with_ranges(etag, [3000])
    assert guest.fetch(f"{town.url}/a.pdf").data == PDF
    assert all("Range" not in asked.headers for asked in town.log)


def test_a_paper_that_changed_meanwhile_is_not_mixed(town: Site, guest: Guest) -> None:
    other = PDF.replace(b"beslutar", b"avslaar.")
    town.answers["/a.pdf"] = [breaks_off(3000, ETag='"v1"'), ok(other, ETag='"v2"')]
    assert guest.fetch(f"{town.url}/a.pdf") == Fetched(other, 'etag "v2"')


@pytest.mark.parametrize(
    "lie",
    [
        status(206, b"other%%EOF", Content_Range="bytes 0-9/10"),
        status(206, b"other%%EOF", Content_Range="bytes 3000-3009/3010", ETag='"v2"'),
        status(206, b"other%%EOF", Content_Range="bytes 3000-3009/3010", Content_Encoding="gzip"),
        status(206, b"other%%EOF"),
        416,
    ],
)
def test_another_part_than_the_one_asked_for_begins_anew(town: Site, guest: Guest, lie: object) -> None:
    town.answers["/a.pdf"] = [breaks_off(3000, ETag='"v1"'), lie, ok()]
    assert guest.fetch(f"{town.url}/a.pdf").data == PDF
    assert "Range" not in town.log[-1].headers
