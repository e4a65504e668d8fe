"""What went wrong (fel), in words: what may pass is worth another try, the rest is not."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpx

from extractors.model import Unreadable
from flows.guest.network import DeadlineError, InnerAddressError, RehearsalError

PASSING = {408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 527}  # what may be well again in a moment
_ADVICE = {
    401: ": it asks for a login, so the paper is not public there",
    403: ": it does not let us in; ask its owner, or take the address out of the source",
    404: ": nothing is there; the site may have changed",
    407: ": it asks for a login, so the paper is not public there",
    410: ": it was taken away",
    451: ": it may not be shown, for legal reasons",
}
_NO_SUCH_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
_BROKEN_OFF = {"UNEXPECTED_EOF_WHILE_READING"}


@dataclass
class PassingError(Exception):
    """Something that may pass: worth another try, after so many seconds at least; `status` where there was one."""

    reason: str
    after: float = 0.0
    status: int = 0
    last: bool = False  # though not now: another try would take as long


def of_status(status: int, headers: httpx.Headers, now: datetime) -> Exception:
    """What an answer that is not the thing asked for means: PassingError, or Unreadable."""
    said = f"the server answered {status}{_phrase(status)}"
    if status in PASSING:
        return PassingError(said, _retry_after(headers.get("Retry-After", ""), now), status)
    return Unreadable("fetch", said + _ADVICE.get(status, ""), {"status": str(status)})


def of_error(error: Exception, whole_s: float) -> Exception:
    """What an error of the network means: PassingError, or Unreadable. In our words: errors may quote the server."""
    if isinstance(error, InnerAddressError):
        return Unreadable("fetch", f"{error}: it is not visited (PARAGRAF_PRIVATE_NETWORKS allows a network)")
    if isinstance(error, RehearsalError):
        return Unreadable("fetch", f"{error}: unset PARAGRAF_SIMULATED_TIME")
    if isinstance(error, DeadlineError):
        return PassingError(f"not fetched whole after {whole_s:g} s: the next run tries again", last=True)
    for cause in _causes(error):
        if isinstance(cause, socket.gaierror):
            return _of_name(cause)
        if isinstance(cause, ssl.SSLError):
            return _of_tls(cause)
    if isinstance(error, httpx.TimeoutException):
        return PassingError("the server did not answer in time")
    if isinstance(error, httpx.ProtocolError):
        return PassingError("the server broke off, or does not speak HTTP as it should")
    if isinstance(error, httpx.TransportError | OSError):
        told = next((cause.strerror for cause in _causes(error) if isinstance(cause, OSError) and cause.strerror), None)
        return PassingError(f"no connection: {told or 'it broke off'}")
    return Unreadable("fetch", f"cannot be fetched: {type(error).__name__}")


def _of_name(error: socket.gaierror) -> Exception:
    if error.errno in _NO_SUCH_NAME:
        return Unreadable("fetch", "no such host: its name is not known; mend the address")
    return PassingError("no connection: the name of the host could not be looked up")


def _of_tls(error: ssl.SSLError) -> Exception:
    if isinstance(error, ssl.SSLCertVerificationError):
        reason = f"the certificate of the host is not right ({error.verify_message}): its owner must mend it"
        return Unreadable("fetch", reason)
    if isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError) or error.reason in _BROKEN_OFF:
        return PassingError("no secure connection: it broke off")
    return Unreadable("fetch", f"no secure connection ({error.reason or 'the handshake failed'}): tell its owner")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _phrase(status: int) -> str:
    """Our own words for a status, for those of a server may say anything.

    >>> _phrase(404), _phrase(799)
    (' Not Found', '')
    """
    try:
        return f" {HTTPStatus(status).phrase}"
    except ValueError:
        return ""


def _retry_after(value: str, now: datetime) -> float:
    """Seconds that the server asks us to wait: a number of them, or a time of day.

    >>> _retry_after("120", datetime.now(UTC)), _retry_after("soon", datetime.now(UTC))
    (120.0, 0.0)
    """
    if value.isascii() and value.isdigit():
        return float(value[:12])
    try:
        told = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0.0
    return max(0.0, (told.replace(tzinfo=told.tzinfo or UTC) - now).total_seconds())
