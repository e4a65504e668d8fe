"""Whether what came is the paper that was asked for (handling): told by its bytes, whatever its name and type say."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from extractors.model import Unreadable
from extractors.sniff import is_html, is_pdf

_END = 4096  # bytes before the end of a PDF in which it says that it ends; some have a signature or blanks after
_PASSWORD = re.compile(rb"<input[^>]{1,300}type\s*=\s*[\"']?password", re.IGNORECASE)
_PAPERS = (".pdf", ".docx", ".doc", ".odt", ".rtf", ".xlsx", ".zip")


def is_whole(data: bytes) -> bool:
    """Whether these bytes end as what they begin as; what has no end to look for is whole.

    >>> is_whole(b"%PDF-1.7 ... %%EOF"), is_whole(b"%PDF-1.7 ..."), is_whole(b""), is_whole(b"PK\\x03\\x04...")
    (True, False, False, False)
    """
    if not data.strip(b"\0 \t\r\n\f"):
        return False
    if is_pdf(data):
        return b"%%EOF" in data[-_END:]
    if data.startswith(b"PK\x03\x04"):
        return b"PK\x05\x06" in data[-(1 << 16) :]
    return True


def check(data: bytes, url: str, only: tuple[str, ...] = ()) -> None:
    """Raises Unreadable where a web page came and a paper was asked for, or nothing at all."""
    if not data.strip(b"\0 \t\r\n\f"):
        raise Unreadable("fetch", "the server sent an empty file: tell its owner")
    if not is_html(data) or is_pdf(data) or data.startswith(b"PK"):
        return
    if (only and "html" not in only) or names_a_paper(url):
        if _PASSWORD.search(data):
            raise Unreadable(
                "fetch", "the server sent a login page where a paper was asked for: it is not public there"
            )
        raise Unreadable("fetch", "the server sent a web page where a paper was asked for: an error page, most likely")


def names_a_paper(url: str) -> bool:
    """Whether an address ends as that of a file does.

    >>> names_a_paper("https://a.example/x/Protokoll.PDF;jsessionid=7?v=2"), names_a_paper("https://a.example/protokoll")
    (True, False)
    """
    return unquote(urlsplit(url).path.partition(";")[0]).lower().endswith(_PAPERS)
