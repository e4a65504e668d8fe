"""One host as people mean it (värd): its turn, its pauses, what was asked of it tonight, and whether it rests."""

from __future__ import annotations

import random
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from extractors.model import WAITS, Unreadable
from flows.guest import network
from flows.guest.clock import Clock, SimulatedClock
from flows.guest.manners import Manners

_MOST_COOKIES = 50
_DRAINED = 64 << 10  # bytes


def host_name(url: httpx.URL) -> str:
    """The host that a person would say: https and http, all ports, with and without www are one.

    >>> host_name(httpx.URL("https://www.Åby.example:8443/a")), host_name(httpx.URL("http://xn--by-xia.example./"))
    ('xn--by-xia.example', 'xn--by-xia.example')
    """
    return url.raw_host.decode("ascii").lower().rstrip(".").removeprefix("www.")


class Machine:
    """An address that answered: hosts that share one, as those of a vendor often do, are asked one at a time too."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.failures = 0  # papers in a row that none of its hosts could give


class Host:
    """What a run knows of one host. Whoever asks it takes a turn; it is the turn that waits."""

    def __init__(self, name: str, agent: str, manners: Manners, clock: Clock, machines: Machines) -> None:
        self.name, self.manners, self.clock = name, manners, clock
        self.delay_s = 0.0  # what its robots.txt asks for
        self.requests = 0
        self.size = 0  # bytes, as sent
        self.time_s = 0.0  # of answers and pauses
        self.rests: str | None = None
        self.failures = 0  # papers in a row that it could not give
        self._turn = threading.Lock()
        self._machines, self._machine = machines, Machine()
        self._ended = self._due = -float("inf")  # when its last answer did, and before when it is not asked
        self._slow_s = 0.0  # how long it took to begin its last answer
        self._transport = network.Transport(
            manners.networks, machines.tls, public=not isinstance(clock, SimulatedClock)
        )
        times = manners.timeouts
        self._client = httpx.Client(
            headers={"User-Agent": agent, "Accept-Language": "sv, en;q=0.5"},
            timeout=httpx.Timeout(times.silence_s, connect=times.connect_s),
            transport=self._transport,
            trust_env=False,
        )

    def close(self) -> None:
        self._client.close()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Nobody else asks it in here, and it has had its pause. Raises Unreadable("waits") where it rests."""
        with self._turn:
            self.check_rest()
            due = max(self._due, self._ended + self._pause())
            pause = max(0.0, due - self.clock.monotonic(self.name)) if self.requests else 0.0
            self.clock.sleep(pause, self.name)
            self.time_s += pause
            self.requests += 1
            with self._machine.lock:
                began = time.monotonic()
                try:
                    yield
                finally:
                    self.time_s += time.monotonic() - began
                    self._ended = self.clock.monotonic(self.name)

    def _pause(self) -> float:
        """Seconds from an answer to the next request: longer for a host that has trouble to answer."""
        slow = min(self._slow_s, self.manners.longest_delay_s)
        return max(self.manners.pause_s, self.delay_s, slow) * (1 + self.manners.jitter * random.random())

    def wait(self, seconds: float) -> None:
        """Nobody asks it before so many seconds have passed."""
        self._due = max(self._due, self.clock.monotonic(self.name) + seconds)

    def gave(self) -> None:
        """It answered as it should."""
        self.failures = self._machine.failures = 0

    def failed(self, reason: str, status: int) -> Unreadable:
        """A paper was not to be had though it was tried for; what to raise."""
        self.failures += 1
        self._machine.failures += 1
        if status == httpx.codes.TOO_MANY_REQUESTS or self.failures >= self.manners.patience:
            return self.rest(reason)
        return Unreadable("fetch", reason, {"status": str(status)} if status else {})

    def rest(self, reason: str) -> Unreadable:
        """Nothing more is asked of it in this run; what to raise."""
        self.rests = self.rests or reason
        return Unreadable(WAITS, f"{reason}: {self.name} is left alone until the next night")

    def check_rest(self) -> None:
        """Raises Unreadable("waits") where nothing more is asked of it in this run."""
        budget = self.manners.budget
        if self.rests is None and self.requests >= budget.requests:
            self.rests = f"{budget.requests} requests were made, the most in a night"
        if self.rests is None and self.size >= budget.size:
            self.rests = f"{budget.size >> 20} MB were taken, the most in a night"
        if self.rests is None and self.time_s >= budget.time_s:
            self.rests = f"its answers and pauses took {budget.time_s:.0f} s, the most in a night"
        if self.rests is None and self._machine.failures >= 2 * self.manners.patience:
            self.rests = "the machine that it stands on gave nothing to others either"
        if self.rests is not None:
            raise self.rest(self.rests)

    def send(
        self,
        method: str,
        url: httpx.URL,
        headers: dict[str, str],
        json: object = None,
        form: dict[str, str] | None = None,
    ) -> httpx.Response:
        """One request, answered as far as its headers. For use in a turn."""
        if len(self._client.cookies.jar) > _MOST_COOKIES:
            self._client.cookies.clear()
        body = {"json": json} if json is not None else {"data": form} if form is not None else {}
        request = self._client.build_request(method, url, headers=headers, **body)
        began = time.monotonic()
        try:
            answer = self._client.send(request, stream=True, follow_redirects=False)
        finally:
            self._slow_s = time.monotonic() - began
        self._machine = self._machines.of(answer)
        return answer

    def count(self, size: int) -> None:
        """So many bytes came."""
        self.size += size

    def drain(self, answer: httpx.Response) -> None:
        """The body of an answer of which only the head matters, if it is short, so that the connection can stay."""
        left = _DRAINED
        for part in answer.iter_raw():
            self.count(len(part))
            left -= len(part)
            if left < 0:
                return

    def hang_up(self) -> None:
        """Ends its connections."""
        self._transport.hang_up()


class Machines:
    """What all hosts of a run have in common: trust in certificates, and the machines."""

    def __init__(self) -> None:
        self.tls = httpx.create_ssl_context()
        self._known: defaultdict[str, Machine] = defaultdict(Machine)
        self._lock = threading.Lock()

    def of(self, answer: httpx.Response) -> Machine:
        stream = answer.extensions.get("network_stream")
        told = stream.get_extra_info("server_addr") if stream is not None else None
        with self._lock:
            return self._known[str(told[0])] if told else Machine()


class Hosts:
    """Every host of a run, made when first asked."""

    def __init__(self, agent: str, manners: Manners, clock: Clock) -> None:
        self._agent, self._manners, self._clock = agent, manners, clock
        self._hosts: dict[str, Host] = {}
        self._lock = threading.Lock()
        self._machines: Machines | None = None

    def of(self, url: httpx.URL) -> Host:
        """Raises Unreadable("waits") for one host too many: a site may send us to new names without end."""
        name = host_name(url)
        with self._lock:
            if name not in self._hosts:
                if len(self._hosts) >= self._manners.hosts:
                    raise Unreadable(WAITS, f"{len(self._hosts)} hosts were asked, the most in a night")
                self._machines = self._machines or Machines()
                self._hosts[name] = Host(name, self._agent, self._manners, self._clock, self._machines)
            return self._hosts[name]

    def __iter__(self) -> Iterator[Host]:
        with self._lock:
            return iter(list(self._hosts.values()))
