"""The network as strangers may make us use it: public addresses only, and never for longer than a moment (SSRF).

A name is looked up once, what it stands for is checked, and the connection goes to the very address that was checked:
a name that changes its mind in between changes nothing. Used for visits and for webhooks.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore
import httpx
import psutil

from index.settings import Network

_MOST_ADDRESSES = 4  # of a name, tried in turn
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_local = threading.local()


class InnerAddressError(Exception):
    """A name that stands for an address of a private network, or of this machine."""


class RehearsalError(Exception):
    """An address of somebody else, in a rehearsal that leaves out all pauses."""


class DeadlineError(Exception):
    """The time for all of it is over."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """What this thread asks of the network in here takes so many seconds at most, however slowly it drips."""
    _local.end = time.monotonic() + seconds
    try:
        yield
    finally:
        _local.end = None


class Transport(httpx.HTTPTransport):
    """A way for httpx to public addresses and to these networks; to all addresses where `networks` is None.

    Without `public` it leads to these networks only.
    """

    def __init__(
        self, networks: Iterable[Network] | None = (), tls: ssl.SSLContext | None = None, public: bool = True
    ) -> None:
        tls = tls or httpx.create_ssl_context()
        super().__init__(verify=tls, trust_env=False)
        # httpx has no argument for the backend of its pool; tests/guest/test_network.py would tell if this were lost.
        self._pool = httpcore.ConnectionPool(
            ssl_context=tls,
            http2=True,
            max_connections=4,
            keepalive_expiry=60.0,
            network_backend=_Backend(None if networks is None else tuple(networks), public),
        )

    def hang_up(self) -> None:
        """Ends the connections; the next request makes one of its own."""
        self._pool.close()


def resolve(host: str, port: int) -> list[str]:
    """The addresses that a name stands for, in the order of the system. Raises socket.gaierror."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError:  # a part of it has more than 63 letters
        raise socket.gaierror(socket.EAI_NONAME, "no name of a host") from None
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def is_public(address: str) -> bool:
    """Whether an address is one that everybody can reach.

    >>> [is_public(each) for each in ("8.8.8.8", "127.0.0.1", "10.0.0.7", "169.254.169.254", "::1", "::ffff:10.0.0.7")]
    [True, False, False, False, False, False]
    """
    told = _meant(address)
    return told.is_global and not told.is_multicast and not told.is_reserved


def _meant(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """An address, or the IPv4 one that an IPv6 address leads to.

    >>> [str(_meant(each)) for each in ("64:ff9b::a00:7", "2002:a00:7::1", "fe80::1%eth0")]
    ['10.0.0.7', '10.0.0.7', 'fe80::1']
    """
    told = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(told, ipaddress.IPv4Address):
        return told
    if told in _NAT64:
        return ipaddress.IPv4Address(int(told) & 0xFFFFFFFF)
    return told.ipv4_mapped or told.sixtofour or told


def _is_inner(address: str) -> bool:
    """Not public, or this machine's own: what it serves to itself alone may well listen on its public address."""
    return not is_public(address) or _meant(address) in _own_addresses()


def _own_addresses() -> frozenset[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    told = (each.address for every in psutil.net_if_addrs().values() for each in every)
    return frozenset(_meant(each) for each in told if _is_address(each))


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return True


def _checked(host: str, port: int, networks: tuple[Network, ...] | None, public: bool) -> list[str]:
    addresses = resolve(host, port)
    for address in addresses:
        if networks is None or any(_meant(address) in network for network in networks):
            continue
        if _is_inner(address):
            raise InnerAddressError(f"{host} is {address}, an address of a private network")
        if not public:
            raise RehearsalError(f"{host} is {address}, and a rehearsal without pauses visits nobody else")
    return addresses[:_MOST_ADDRESSES]


def _left(timeout: float | None) -> float | None:
    end: float | None = getattr(_local, "end", None)
    if end is None:
        return timeout
    left = end - time.monotonic()
    if left <= 0:
        raise DeadlineError
    return left if timeout is None else min(timeout, left)


@contextmanager
def _timed() -> Iterator[None]:
    """A timeout that came because the time for all was over is told as such."""
    try:
        yield
    except httpcore.TimeoutException:
        _left(None)
        raise


class _Backend(httpcore.SyncBackend):
    def __init__(self, networks: tuple[Network, ...] | None, public: bool) -> None:
        self._networks, self._public = networks, public

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        *others, last = _checked(host, port, self._networks, self._public)
        for address in others:
            try:
                return self._connect(address, port, timeout)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._connect(last, port, timeout)

    def _connect(self, address: str, port: int, timeout: float | None) -> httpcore.NetworkStream:
        with _timed():
            return _Stream(super().connect_tcp(address, port, _left(timeout)))


class _Stream(httpcore.NetworkStream):
    """A connection whose every read and write ends with the deadline of its thread."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        with _timed():
            return self._stream.read(max_bytes, _left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        with _timed():
            self._stream.write(buffer, _left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        with _timed():
            return _Stream(self._stream.start_tls(ssl_context, server_hostname, _left(timeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
