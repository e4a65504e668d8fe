"""How a guest behaves (hyfs): pauses, limits and budgets, and the name it gives."""

from __future__ import annotations

import importlib.metadata
from dataclasses import dataclass, field

from flows.guest.pace import Pace
from index.settings import CONTACT, Network

NAME = "Paragraf"  # whose group of robots.txt is ours


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds, in real time: for a connection, of silence, and for one request from its first byte to its last."""

    connect_s: float = 15.0
    silence_s: float = 30.0
    whole_s: float = 600.0


@dataclass(frozen=True, slots=True)
class Budget:
    """The most that one host is asked for in a night (a run), robots.txt, redirects and tries included."""

    requests: int = 2_000
    size: int = 4 << 30  # bytes, as sent
    time_s: float = 10_800.0  # answers and pauses together: no host keeps a night from its end


@dataclass(frozen=True, slots=True)
class Manners:
    """The manners of a guest; seconds and bytes. docs/sources.md tells why each is as it is.

    `jitter` lengthens a pause by up to that share of it. `waits_s` are the waits before each further try. `largest` is
    of a paper and `largest_page` of a page, both unpacked. `longest_wait_s` is the longest Retry-After that is waited
    for, `longest_delay_s` the longest pause that a host can ask for, by Crawl-delay or by being slow. After `patience`
    papers in a row that a host could not give, it rests. `hosts` is the most that are asked in a run. `networks` are
    private ones that may be visited all the same.
    """

    pause_s: float = 1.0
    jitter: float = 0.5
    waits_s: tuple[float, ...] = (2.0, 10.0, 30.0)
    largest: int = 200 << 20
    largest_page: int = 20 << 20
    timeouts: Timeouts = Timeouts()
    budget: Budget = Budget()
    longest_wait_s: float = 120.0
    longest_delay_s: float = 30.0
    redirects: int = 5
    patience: int = 5
    pace: Pace = field(default_factory=Pace)
    hosts: int = 5_000
    user_agent: str = "Paragraf/{version} (reads municipal papers{contact})"
    networks: tuple[Network, ...] = ()

    def agent(self, contact: str | None) -> str:
        """Who we are, and whom to turn to.

        >>> Manners().agent("arkiv@exempel.se").partition("(")[2]
        'reads municipal papers; arkiv@exempel.se)'
        """
        if contact and not CONTACT.fullmatch(contact):
            raise ValueError(f"contact {contact!r} should be a mail address or the address of a page, in plain letters")
        version = importlib.metadata.version("paragraf")
        return self.user_agent.format(version=version, contact=f"; {contact}" if contact else "")
