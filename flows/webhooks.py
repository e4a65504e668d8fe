"""Webhooks: JSON to somebody's address, signed, never for longer than a moment, and never into our own network.

The way there is the one of visits (flows/guest/network.py). A redirect is not followed.
"""

from __future__ import annotations

import time

import httpx

from flows.guest.network import DeadlineError, InnerAddressError, Transport, within
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
    way = Transport(None if private else ())
    try:
        there = httpx.URL(url).copy_with(userinfo=b"")
        with (
            httpx.Client(transport=way, trust_env=False, timeout=timeout) as client,
            within(timeout),
            client.stream("POST", there, content=body, headers=headers, follow_redirects=False) as answer,
        ):
            if not answer.is_success:
                raise HookError(f"it answered {answer.status_code}")
    except InnerAddressError as error:
        raise HookError(f"{error} (PARAGRAF_PRIVATE_WEBHOOKS=on allows it)") from error
    except (DeadlineError, httpx.TimeoutException) as error:
        raise HookError(f"no answer within {timeout:.0f} s") from error
    except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as error:
        raise HookError(f"{type(error).__name__}: {error}") from error
