"""A server's own sign of a paper's bytes (stämpel), kept between nights: "etag ..." or "modified ..."."""

from __future__ import annotations

import httpx

_STAMPS = {"etag": ("ETag", "If-None-Match"), "modified": ("Last-Modified", "If-Modified-Since")}
_LONGEST = 500  # characters


def stamp_of(headers: httpx.Headers) -> str | None:
    """What a later request gives back.

    >>> stamp_of(httpx.Headers({"ETag": '"a1"', "Last-Modified": "Mon, 15 Jun 2026 10:00:00 GMT"}))
    'etag "a1"'
    """
    for name, (header, _) in _STAMPS.items():
        value = headers.get(header, "")
        if value and len(value) <= _LONGEST and value.isascii() and value.isprintable():
            return f"{name} {value}"
    return None


def conditions(stamp: str | None) -> dict[str, str]:
    """
    >>> conditions('etag "a1"'), conditions(None)
    ({'If-None-Match': '"a1"'}, {})
    """
    name, _, value = (stamp or "").partition(" ")
    return {_STAMPS[name][1]: value} if name in _STAMPS and value else {}
