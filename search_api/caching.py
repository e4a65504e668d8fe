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
    tag = tag_of(request, *of)
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if has(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(orjson.dumps(make()), headers=headers, media_type="application/json")


def tag_of(request: Request, *of: object) -> str:
    """The ETag of an answer that hangs on its address and on `of`: a weak one, since an answer may be packed or not."""
    told = (VERSION, request.url.path, request.scope["query_string"], *of)
    return f'W/"{blake2b(repr(told).encode(), digest_size=12).hexdigest()}"'


def has(request: Request, tag: str) -> bool:
    """Whether the one who asks has the answer with this tag (If-None-Match)."""
    told = request.headers.get("if-none-match", "")
    return told.strip() == "*" or tag.removeprefix("W/") in (one.strip().removeprefix("W/") for one in told.split(","))
