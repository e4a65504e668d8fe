"""Readers for tests, chosen by import path: the bytes say what happens to the process that reads them."""

from __future__ import annotations

import hashlib
import os
import signal
import time

from extractors.model import Document, Page, Unreadable


def read(data: bytes, source: str = "", *, ocr: bool = True) -> Document:
    """b"crash", b"hang", b"spin", b"swell", b"exit", b"bug", b"refuse", b"print": what it says. All else is text."""
    _ODD.get(data.split(b" ")[0], lambda: None)()
    text = data.decode() + ("" if ocr else " (without OCR)")
    return Document(hashlib.sha256(data).hexdigest(), source, "other", text, (Page(1, 0, len(text)),))


def slow(data: bytes, source: str = "", *, ocr: bool = True) -> Document:
    """As read(), a while later."""
    time.sleep(0.05)
    return read(data, source, ocr=ocr)


def real(data: bytes, source: str = "", *, ocr: bool = True) -> Document:
    """The true reader, but a paper that holds CRASH-ME or HANG-ME does."""
    import extractors

    for mark in (b"crash", b"hang"):
        if b"%s-ME" % mark.upper() in data:
            _ODD[mark]()
    return extractors.read(data, source, ocr=ocr)


def _swell() -> None:
    hoard = []
    while True:
        hoard.append(bytearray(16 << 20))


def _spin() -> None:
    """A C function that never lets go of the interpreter lock, as a hopeless regular expression does."""
    import re

    re.match(r"(a+)+$", "a" * 60 + "b")


def _bug() -> None:
    raise KeyError("nyckel")


def _refuse() -> None:
    raise Unreadable(stage="format", reason="not a paper at all", details={"found": "soup"})


_ODD = {
    b"crash": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    b"hang": lambda: time.sleep(3600),
    b"spin": _spin,
    b"swell": _swell,
    b"exit": lambda: os._exit(3),
    b"bug": _bug,
    b"refuse": _refuse,
    b"print": lambda: print("noise on stdout", flush=True),
}


def slowly(data: bytes, source: str = "", *, ocr: bool = True) -> Document:
    """The true reader, in no hurry: there is time to kill it."""
    time.sleep(0.03)
    return real(data, source, ocr=ocr)
