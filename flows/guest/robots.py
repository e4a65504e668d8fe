"""robots.txt (RFC 9309): what a host lets us ask, read once per run before anything else is asked of it."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable

import httpx
from protego import Protego

from extractors.model import Unreadable
from flows.guest.hosts import Host, Hosts
from flows.guest.manners import NAME

LARGEST = 512 << 10  # bytes; RFC 9309 asks for 500 KiB at least, and what comes after is not read
_ALL = Protego.parse("")

Read = Callable[[httpx.URL], str | None]


class Robots:
    """The rules of every place (scheme, name and port), fetched when it is first asked.

    `read` fetches one: its text, None where there is none (4xx: everything is allowed), or Unreadable.
    """

    def __init__(self, hosts: Hosts, read: Read, longest_delay_s: float) -> None:
        self._hosts, self._read, self._longest_delay_s = hosts, read, longest_delay_s
        self._known: dict[str, Protego | Unreadable] = {}
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._lock = threading.Lock()

    def check(self, url: httpx.URL) -> None:
        """Raises Unreadable where robots.txt forbids an address, or is not to be had."""
        place = f"{url.scheme}://{url.netloc.decode('ascii')}"
        with self._lock:
            lock = self._locks[place]
        with lock:
            if place not in self._known:
                self._known[place] = self._fetched(place, self._hosts.of(url))
        rules = self._known[place]
        if isinstance(rules, Unreadable):
            raise Unreadable(rules.stage, rules.reason)
        if not rules.can_fetch(str(url), NAME):
            raise Unreadable("fetch", f"{url.host}'s robots.txt forbids this address: ask its owner for leave")

    def _fetched(self, place: str, host: Host) -> Protego | Unreadable:
        try:
            text = self._read(httpx.URL(f"{place}/robots.txt"))
        except Unreadable as unreadable:
            return Unreadable(
                unreadable.stage, f"{unreadable.reason} (asking for robots.txt, so nothing else is asked)"
            )
        rules = Protego.parse(text) if text else _ALL
        host.delay_s = max(host.delay_s, min(self._delay(rules), self._longest_delay_s))
        return rules

    def _delay(self, rules: Protego) -> float:
        """Seconds between two requests, by Crawl-delay or Request-rate."""
        rate = rules.request_rate(NAME)
        every = min(rate.seconds, 1e6) / rate.requests if rate else 0.0  # a number of any length may stand there
        return max(rules.crawl_delay(NAME) or 0.0, every)
