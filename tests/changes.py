"""Changes to the characters of a text that change nothing it says, as word processors and converters make them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from random import Random

ODD_SPACES = "\u00a0\u202f\u2009\u2007"
_LIGATURES = (("ffi", "ﬃ"), ("ffl", "ﬄ"), ("ff", "ﬀ"), ("fi", "ﬁ"), ("fl", "ﬂ"))
_WORD = re.compile(r"[a-zåäöé]{5,}")
_BETWEEN = re.compile(r"(?<=[^\s]) (?=[^\s])")

Change = Callable[[str, Random], bytes]


def odd_spaces(text: str, chance: Random) -> bytes:
    """Spaces that do not break a line, or are thin, in sums, numbers, names and anywhere else."""
    return _BETWEEN.sub(lambda _: chance.choice(" " * 3 + ODD_SPACES), text).encode()


def soft_hyphens(text: str, chance: Random) -> bytes:
    """Hyphens that are shown at a line's end only, in the middle of long words."""

    def hyphened(word: re.Match[str]) -> str:
        at = chance.randrange(2, len(word[0]) - 1)
        return word[0][:at] + "\u00ad" * chance.randrange(2) + word[0][at:]

    return _WORD.sub(hyphened, text).encode()


def letters_in_pieces(text: str, chance: Random) -> bytes:
    """å as a and a ring."""
    return unicodedata.normalize("NFD", text).encode()


def ligatures(text: str, chance: Random) -> bytes:
    """fi and fl as one sign."""
    for letters, sign in _LIGATURES:
        text = text.replace(letters, sign)
    return text.encode()


def windows(text: str, chance: Random) -> bytes:
    """Windows' line ends and byte order mark."""
    return text.replace("\n", "\r\n").encode("utf-8-sig")


def windows_1252(text: str, chance: Random) -> bytes:
    """Windows' older letters."""
    return text.replace("\n", "\r\n").encode("cp1252")


def utf_16(text: str, chance: Random) -> bytes:
    return text.encode("utf-16")


def trailing_blanks(text: str, chance: Random) -> bytes:
    rows = (row + " " * chance.choice((0, 0, 1, 4)) + "\t" * chance.choice((0, 0, 0, 1)) for row in text.split("\n"))
    return ("\n" * chance.randrange(3) + "\n".join(rows) + "\n\n").encode()


def hidden_characters(text: str, chance: Random) -> bytes:
    """Joiners and marks of no width."""
    return _BETWEEN.sub(lambda _: chance.choice(("", "", "\u200b", "\u2060", "\ufeff")) + " ", text).encode()


def typographic(text: str, chance: Random) -> bytes:
    """Quotes and dashes as Word sets them: in spans of figures, in double names, as bullets."""
    text = re.sub(r"(?<=\w)-(?=\w)", "\u2011", text) if chance.randrange(2) else text
    text = re.sub(r"(?<=\d)[-\u2011](?=\d[\d ]* (?:kr|kronor|tkr|mnkr)\b)", "–", text)
    text = re.sub(r"^• ", chance.choice(("– ", "- ", "\uf0b7 ", "•\t", "▪ ")), text, flags=re.MULTILINE)
    return text.replace('"', "”").replace("'", "’").encode()


ALL = (
    odd_spaces, soft_hyphens, letters_in_pieces, ligatures, windows, windows_1252, utf_16, trailing_blanks,
    hidden_characters, typographic,
)  # fmt: skip
