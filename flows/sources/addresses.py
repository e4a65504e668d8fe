"""A list of addresses (adresser) as a source: each is one paper, and its own key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from extractors.model import Municipality
from flows.guest import Guest
from flows.sources import Fetched, Trouble
from index.listed import Listed


@dataclass(frozen=True)
class Addresses:
    """Addresses given one by one, and in files that have one on each line (`#` begins a remark)."""

    name: str
    urls: tuple[str, ...] = ()
    file: Path | None = None
    municipality: Municipality | None = None
    body: str | None = None
    kind: str = "urls"
    guest: Guest = field(default_factory=Guest)
    whole: bool = True  # what is not in the list is gone

    @property
    def location(self) -> str:
        return str(self.file.absolute()) if self.file else f"{len(self.urls)} addresses"

    def listing(self) -> Iterator[Listed | Trouble]:
        urls = list(self.urls)
        if self.file:
            try:
                urls += addresses(self.file.read_text(encoding="utf-8"))
            except (OSError, UnicodeError) as error:
                yield Trouble(str(self.file), f"cannot be read: {getattr(error, 'strerror', None) or error}")
        for url in dict.fromkeys(urls):
            if is_address(url):
                yield Listed(self.name, url, url, municipality=self.municipality, body=self.body)
            else:
                yield Trouble(url, "not an http or https address")

    def fetch(self, listed: Listed, stamp: str | None) -> Fetched:
        return self.guest.fetch(listed.url, stamp)

    def covers(self, key: str) -> bool:
        return self.whole


def addresses(text: str) -> list[str]:
    """The addresses of a list, one on each line.

    >>> addresses("# Lomma\\nhttps://lomma.example/a.pdf  # kallelse\\n\\n")
    ['https://lomma.example/a.pdf']
    """
    lines = (line.split(" #")[0].strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def is_address(text: str) -> bool:
    """
    >>> is_address("https://lomma.example/a.pdf"), is_address("ftp://lomma.example/"), is_address("protokoll.pdf")
    (True, False, False)
    """
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
