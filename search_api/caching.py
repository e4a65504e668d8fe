"""Answers that are kept by who asks, for as long as the index and the record stay as they are (cache)."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import Any

import orjson
from fastapi import Request, Response

from search_api import VERSION


def answered(request: Request, make: Callable[[], Any], *of: object) -> Response:
    """What `make` gives, as JSON with an ETag; 304 and no work where the one who asks has it already.

    `of` is all that the answer hangs on besides the address: a generation, a revision, a day. Browsers and proxies may
    keep an answer but ask each time whether it still holds, so that what is removed here is not shown elsewhere.
    """
    tag = _tag(VERSION, request.url.path, request.scope["query_string"], *of)
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if _has(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    return Response(orjson.dumps(make()), headers=headers, media_type="application/json")


def _tag(*of: object) -> str:
    """A weak one, since an answer may be packed or not."""
    return f'W/"{blake2b(repr(of).encode(), digest_size=12).hexdigest()}"'


def _has(told: str, tag: str) -> bool:
    """Whether an If-None-Match names the tag."""
    return told.strip() == "*" or tag.removeprefix("W/") in (one.strip().removeprefix("W/") for one in told.split(","))
