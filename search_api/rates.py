"""How often a client asks (takt): counted without keeping who that is.

Each client has a moment until which it has asked ahead (the generic cell rate algorithm). The moments of all clients
stand in one table of fixed size, in memory that the processes of a server share; a client's place in it is a keyed hash
of its address, so no address is kept. Two clients seldom have the same place, and then share a limit.
"""

from __future__ import annotations

import fcntl
import mmap
import os
import struct
import time
from dataclasses import dataclass
from hashlib import blake2b
from ipaddress import AddressValueError, IPv6Address
from math import ceil
from pathlib import Path

from index.settings import Rate

_PLACES, _MOMENT, _KEY = 1 << 18, struct.Struct("d"), 16
_SIZE = _KEY + _PLACES * _MOMENT.size


@dataclass(frozen=True, slots=True)
class Left:
    """What a client has left: requests now, seconds until all of them, and, where it has none, seconds to wait."""

    requests: int
    whole_in: int
    wait: int = 0


class Rates:
    """The table of clients; `file` is shared with other processes, and made by the first of them."""

    def __init__(self, rate: Rate, file: Path | None = None) -> None:
        self._window, self._each = float(rate.seconds), rate.seconds / rate.number
        self._table = _shared(file) if file else mmap.mmap(-1, _SIZE)
        if not file:
            self._table[:_KEY] = os.urandom(_KEY)
        self._key = bytes(self._table[:_KEY])

    def take(self, client: str, now: float | None = None) -> Left:
        """One request of a client. Processes that do this at the very same moment may count two requests as one."""
        now = time.monotonic() if now is None else now
        place = self._place(client)
        ahead = max(_MOMENT.unpack_from(self._table, place)[0], now) - now
        if ahead + self._each > self._window + 1e-9:
            return Left(0, ceil(ahead), max(1, ceil(ahead + self._each - self._window)))
        ahead += self._each
        _MOMENT.pack_into(self._table, place, now + ahead)
        return Left(int((self._window - ahead) / self._each + 1e-9), ceil(ahead))

    def _place(self, client: str) -> int:
        number = int.from_bytes(blake2b(_of(client).encode(), digest_size=8, key=self._key).digest(), "big")
        return _KEY + number % _PLACES * _MOMENT.size


def _of(client: str) -> str:
    """Who is one client: an address, of IPv6 the network of 64 bits that one subscriber has.

    >>> _of("192.0.2.7"), _of("2001:db8::1") == _of("2001:db8::ffff:2")
    ('192.0.2.7', True)
    """
    if ":" not in client:
        return client
    try:
        return IPv6Address(client).packed[:8].hex()
    except AddressValueError:
        return client


def _shared(file: Path) -> mmap.mmap:
    with file.open("a+b") as table:
        fcntl.flock(table, fcntl.LOCK_EX)
        if not file.stat().st_size:
            table.write(os.urandom(_KEY))
            table.flush()
            table.truncate(_SIZE)
        fcntl.flock(table, fcntl.LOCK_UN)  # the mapping keeps the file open, and would keep the lock
        return mmap.mmap(table.fileno(), _SIZE)
