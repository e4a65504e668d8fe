"""Addresses that may be asked, and where a redirect leads (adresser)."""

from __future__ import annotations

import re
import string
from urllib.parse import quote_from_bytes

import httpx

from extractors.model import Unreadable

_LOGINS = re.compile(  # a whole part of a path or of a host's name, for a paper may be about them
    r"log-?(?:in|on)|sign-?in|logga-?in|inloggning|wp-login|saml2?|adfs|wsfed|oauth2?|openid(?:-connect)?|sso|idp|sts"
    r"|auth|authorize|shibboleth|bankid",
    re.IGNORECASE,
)
_HOST = re.compile(rb"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+")  # a name as DNS has it, or an address
_LONGEST = 4000  # characters
_ORDINARY = {None, 80, 443}
_FIRST_FREE_PORT = 1024  # below are mail, file shares and other things that must not be spoken to by HTTP


def checked(text: str | httpx.URL) -> httpx.URL:
    """An address as it is asked, without its fragment; Unreadable where nobody should ask it.

    >>> str(checked("https://åby.example/möte 1.pdf#sida"))
    'https://xn--by-xia.example/m%C3%B6te%201.pdf'
    """
    try:
        url = httpx.URL(text).copy_with(fragment=None)
        host = url.raw_host if url.host else b""  # asked for both ways: an odd xn--... is an error in the second only
    except (httpx.InvalidURL, ValueError, TypeError, UnicodeError) as error:
        raise Unreadable("fetch", f"not an address that can be asked ({error}): mend it in the source") from None
    if url.scheme not in ("http", "https") or not _HOST.fullmatch(host):
        raise Unreadable("fetch", "not an http or https address: mend it in the source")
    if url.port not in _ORDINARY and (url.port or 0) < _FIRST_FREE_PORT:
        raise Unreadable("fetch", f"port {url.port} is not one of the web: mend the address in the source")
    if url.userinfo:
        raise Unreadable("fetch", "an address with a user or password in it is not asked: give it without")
    if len(str(url)) > _LONGEST:
        raise Unreadable("fetch", f"an address of more than {_LONGEST} characters is not asked")
    return url


def location(headers: httpx.Headers) -> str | None:
    """Where a redirect leads, as it was written: what is no UTF-8 stays the bytes that it is.

    >>> location(httpx.Headers([(b"Location", "/möte".encode("latin-1"))]))
    '/m%F6te'
    """
    told = next((value for name, value in headers.raw if name.lower() == b"location"), None)
    if told is None:
        return None
    try:
        return told.decode()
    except UnicodeDecodeError:
        return quote_from_bytes(told, safe=string.punctuation)


def moved(url: httpx.URL, location: str) -> httpx.URL:
    """Where a redirect leads, if a guest may follow it.

    >>> str(moved(httpx.URL("https://a.example/b/c"), "http://a.example/d"))  # what came by TLS goes on by TLS
    'https://a.example/d'
    """
    try:
        there = checked(url.join(location))
    except Unreadable as unreadable:
        raise Unreadable("fetch", f"the server sends us on to {unreadable.reason}") from None
    except (httpx.InvalidURL, ValueError, TypeError, UnicodeError):
        raise Unreadable("fetch", "the server sends us on to what is no address: look at it in a browser") from None
    if _asks_for_login(there) and not _asks_for_login(url):
        reason = f"the server asks for a login ({there.host}): the paper is not public there"
        raise Unreadable("fetch", reason, {"status": "401"})
    if url.scheme == "https" and there.scheme == "http":
        if there.port not in _ORDINARY:
            raise Unreadable("fetch", "the server sends us from https to http, which is not followed")
        there = there.copy_with(scheme="https", port=None)
    return there


def _asks_for_login(url: httpx.URL) -> bool:
    """
    >>> paths = ("/Account/Login.aspx?x", "/motion-om-bankid.pdf", "/adfs/ls/")
    >>> [_asks_for_login(httpx.URL("https://a.example" + path)) for path in paths]
    [True, False, True]
    """
    parts = [*(part.partition(".")[0] for part in url.path.split("/")), *url.host.split(".")]
    return any(_LOGINS.fullmatch(part) for part in parts)
