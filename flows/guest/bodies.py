"""The body of an answer (innehåll): unpacked within limits, and gone on with where it broke off."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable

import httpx

from extractors.model import Unreadable
from flows.guest.failures import PassingError

_RANGE = re.compile(r"bytes (\d{1,15})-\d+/(?:\d+|\*)", re.ASCII)
_ETAG = re.compile(r'"[!#-~]{1,200}"', re.ASCII)


class Body:
    """The bytes of one paper or page, over as many answers as it takes.

    `largest` counts them unpacked; what is more is an error, or is left with `cut`.
    """

    def __init__(self, largest: int, cut: bool = False) -> None:
        self._data = io.BytesIO()  # whose bytes are handed over without a copy
        self.largest, self.cut = largest, cut
        self._etag: str | None = None  # a strong one, of what is in `data`

    @property
    def data(self) -> bytes:
        return self._data.getvalue()

    @property
    def size(self) -> int:
        return self._data.tell()

    def conditions(self) -> dict[str, str]:
        """Headers that ask for the rest, where what is here is surely the beginning of it."""
        if self.size and self._etag:
            return {"Range": f"bytes={self.size}-", "If-Range": self._etag}
        return {}

    def take(self, answer: httpx.Response, count: Callable[[int], None]) -> None:
        """All of an answer's body; `count` is told of the bytes sent. PassingError where it is not what was meant."""
        if not (answer.status_code == httpx.codes.PARTIAL_CONTENT and self._goes_on(answer)):
            self.restart()
            if answer.status_code == httpx.codes.PARTIAL_CONTENT:
                raise PassingError("the server sent another part than the one asked for")
        coding = _coding(answer)
        self._etag = _strong_etag(answer) if not coding else None
        unpack = _Unpacking() if coding else None
        for part in answer.iter_raw():
            count(len(part))
            self._data.write(unpack(part, self.largest + 1 - self.size) if unpack else part)
            if self.size > self.largest:
                if self.cut:
                    return
                raise Unreadable("fetch", f"larger than {self.largest >> 20} MB, the most that is fetched")
        if unpack and not unpack.whole:
            raise PassingError("what the server sent is cut short")

    def restart(self) -> None:
        """What is here is thrown away."""
        self._data = io.BytesIO()
        self._etag = None

    def _goes_on(self, answer: httpx.Response) -> bool:
        told = _RANGE.fullmatch(answer.headers.get("Content-Range", ""))
        return (
            told is not None
            and int(told[1]) == self.size > 0
            and _strong_etag(answer) in (None, self._etag)
            and not _coding(answer)
        )


def _strong_etag(answer: httpx.Response) -> str | None:
    """The sign of these very bytes, if the server gives one.

    >>> [_strong_etag(httpx.Response(200, headers={"ETag": etag})) for etag in ('"a1"', 'W/"a1"', 'a1')]
    ['"a1"', None, None]
    """
    etag = str(answer.headers.get("ETag", ""))
    return etag if _ETAG.fullmatch(etag) else None


def _coding(answer: httpx.Response) -> str:
    """ "gzip" or "deflate", "" where nothing is packed. One packed twice is nobody's paper."""
    coding = str(answer.headers.get("Content-Encoding", "")).strip().lower()
    if coding in ("", "identity"):
        return ""
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise Unreadable("fetch", "the server packed its answer in a way that was not asked for: tell its owner")
    return coding


class _Unpacking:
    """gzip and deflate, never more at a time than there is room for: a small answer may be a large bomb."""

    def __init__(self) -> None:
        self._zip = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)  # tells gzip from zlib by itself
        self._begun = False

    @property
    def whole(self) -> bool:
        return self._zip.eof or not self._begun

    def __call__(self, part: bytes, room: int) -> bytes:
        try:
            if not self._begun and part:
                self._begun = True
                if part[0] not in (0x1F, 0x78):  # deflate as some servers mean it, without its header
                    self._zip = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
            out = b""
            while part and len(out) < room:
                if self._zip.eof:  # gzip may be several, one after another
                    self._zip = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
                out += self._zip.decompress(part, room - len(out))
                part = self._zip.unconsumed_tail or self._zip.unused_data
            return out
        except zlib.error:
            raise PassingError("what the server sent cannot be unpacked") from None
