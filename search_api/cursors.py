"""Where a list goes on (markör): an opaque word that is given with a page and handed back for the next one.

It holds no secret and opens nothing that an offset would not, so a checksum is enough: it tells a cursor that was cut,
changed or taken from another list.
"""

from __future__ import annotations

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import blake2b
from typing import Any

from search_api.problems import Problem

LONGEST = 500  # characters
_SUM = 6  # bytes


def made(of: str, *values: str | int | None) -> str:
    """A cursor into one list; `of` tells it from all others: the question, the filters, the order.

    >>> opened("a list", made("a list", 20, "år"))
    [20, 'år']
    """
    told = json.dumps(values, separators=(",", ":")).encode()
    return urlsafe_b64encode(_sum(of, told) + told).decode().rstrip("=")


def opened(of: str, cursor: str) -> list[Any]:
    """What a cursor holds. Raises a Problem for one that is broken or of another list."""
    try:
        whole = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
    except (binascii.Error, UnicodeEncodeError, ValueError):
        whole = b""
    told = whole[_SUM:]
    if not told or whole[:_SUM] != _sum(of, told):
        said = "this is no cursor of this list: it is cut or changed, or the question is another one"
        raise Problem("bad-cursor", 400, said)
    values: list[Any] = json.loads(told)
    return values


def _sum(of: str, told: bytes) -> bytes:
    return blake2b(told, digest_size=_SUM, key=blake2b(of.encode(), digest_size=32).digest()).digest()
