"""Webhooks: JSON to somebody's address, signed, never for longer than a moment, and never into our own network (SSRF).

The name is looked up once and the connection goes to the address that was checked, so that a name which changes its
mind in between changes nothing. A redirect is not followed.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import time
from urllib.parse import urlsplit

import httpx

from index.watching.digests import signature

_TIMEOUT_S = 10.0  # for all of it, name to answer


class HookError(RuntimeError):
    """The receiver did not take it, and why."""


def post(url: str, body: bytes, name: str, secret: str, private: bool = False, timeout: float = _TIMEOUT_S) -> None:
    """Sends the body; the receiver took it (2xx) when this returns. `private` allows addresses of an own network."""
    moment = str(int(time.time()))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Paragraf",
        "X-Paragraf-Delivery": name,
        "X-Paragraf-Timestamp": moment,
        "X-Paragraf-Signature": signature(secret, moment, body),
    }
    try:
        asyncio.run(asyncio.wait_for(_post(url, body, headers, private), timeout))
    except TimeoutError as error:
        raise HookError(f"no answer within {timeout:.0f} s") from error
    except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as error:
        raise HookError(f"{type(error).__name__}: {error}") from error


async def _post(url: str, body: bytes, headers: dict[str, str], private: bool) -> None:
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(each[4][0]) for each in found]
    if not private and (inner := [each for each in addresses if not _is_public(each)]):
        raise HookError(
            f"{host} is {inner[0]}, an address of a private network (PARAGRAF_PRIVATE_WEBHOOKS=on allows it)"
        )
    chosen = addresses[0]
    there = parts._replace(netloc=f"[{chosen}]:{port}" if ":" in chosen else f"{chosen}:{port}").geturl()
    headers |= {"Host": parts.netloc.rpartition("@")[2]}
    async with (
        httpx.AsyncClient(follow_redirects=False, trust_env=False, timeout=None) as client,
        client.stream("POST", there, content=body, headers=headers, extensions={"sni_hostname": host}) as answer,
    ):
        if not answer.is_success:
            raise HookError(f"it answered {answer.status_code}")


def _is_public(address: str) -> bool:
    """Whether an address is one that everybody can reach.

    >>> [_is_public(each) for each in ("8.8.8.8", "127.0.0.1", "10.0.0.7", "169.254.169.254", "::1", "::ffff:10.0.0.7")]
    [True, False, False, False, False, False]
    """
    told = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(told, "ipv4_mapped", None)
    told = mapped or told
    return told.is_global and not told.is_multicast
