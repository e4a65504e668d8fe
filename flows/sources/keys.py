"""Keys of papers whose site gives them none (nyckel): their address, without what changes from night to night."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;]*", re.IGNORECASE)
_CHANGING = re.compile(  # parameters that are of the visit and not of the paper
    r"(?:jsessionid|phpsessid|aspsessionid\w*|session[_-]?id|sessid|sid|utm_\w+|fbclid|gclid|timestamp|ts|nocache|_)$",
    re.IGNORECASE,
)
_STAMPED = re.compile(
    r"(?P<node>/download/18\.[0-9a-f.]+)/(?P<stamp>\d{12,14})(?P<rest>/)", re.IGNORECASE
)  # SiteVision


def key_of(url: str) -> str:
    """The address of a paper without session, time stamp and fragment; its host in small letters, any scheme.

    >>> key_of("https://Kommun.example/visa;jsessionid=A1?id=7&utm_source=x#sida")
    'kommun.example/visa?id=7'
    >>> key_of("https://kommun.example/download/18.5ba7/1708594001234/Protokoll.pdf")
    'kommun.example/download/18.5ba7/Protokoll.pdf'
    """
    parts = urlsplit(url)
    path = unquote(_STAMPED.sub(r"\g<node>\g<rest>", _SESSION.sub("", parts.path)))
    query = [
        (name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not _CHANGING.match(name)
    ]
    return urlunsplit(("", parts.netloc.lower(), path, urlencode(query), "")).removeprefix("//")


def stamp_of(url: str) -> str | None:
    """The time stamp that an address itself carries, which changes when its paper is uploaded again.

    >>> stamp_of("https://kommun.example/download/18.5ba7/1708594001234/Protokoll.pdf")
    '1708594001234'
    """
    match = _STAMPED.search(urlsplit(url).path)
    return match["stamp"] if match else None
