"""A page that lists papers (sida): its text, decoded as its server or itself says."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE | re.ASCII)
_IN_HEAD = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{1,40})",
    re.IGNORECASE,
)
_TEXT = re.compile(r"utf-(?:8|16|16-[bl]e)|iso8859-\d+|cp125\d|cp(?:437|850|865)|mac-roman")  # Python has odder ones


@dataclass(frozen=True, slots=True)
class Page:
    """An answer: `url` is where it came from in the end, `headers` are found in any case, `moment` when it came."""

    url: str
    text: str
    data: bytes
    headers: Mapping[str, str]
    moment: datetime


def decode(data: bytes, content_type: str) -> str:
    """A page's text: by its mark, the header, its own head, or as UTF-8, or as Windows-1252.

    >>> decode('<meta charset="iso-8859-1"><p>Åmål – möte'.encode("cp1252"), "text/html")
    '<meta charset="iso-8859-1"><p>Åmål – möte'
    """
    for mark, name in _MARKS.items():
        if data.startswith(mark):
            return data.decode(name, "replace")
    told = _CHARSET.search(content_type)
    head = _IN_HEAD.search(data[:4096])
    names = [told[1] if told else "", (head[1] or head[2]).decode("ascii", "replace") if head else "", "utf-8"]
    for name in names:
        encoding = _known(name)
        if encoding is not None:
            try:
                return data.decode(encoding)
            except UnicodeError:
                continue
    return data.decode("cp1252", "replace")


def _known(name: str) -> str | None:
    """Python's name of an encoding of the web; Latin-1 and ASCII are Windows-1252 there.

    >>> [_known(name) for name in ("latin1", "UTF8", "zlib", "no-such")]
    ['cp1252', 'utf-8', None, None]
    """
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    if found in ("iso8859-1", "ascii"):
        return "cp1252"
    return found if _TEXT.fullmatch(found) else None
