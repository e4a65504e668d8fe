"""The words the program looks for, as data: one TOML file per matter, read once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The table in lexicon/<name>.toml. Callers share it, so nobody changes it.

    >>> "beslut" in load("sections")["decision"]["headings"]
    True
    """
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text("utf-8"))


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first; a blank stands for any white space, line ends too.

    >>> any_of(["kr", "miljoner kr"])
    'miljoner\\\\s+kr|kr'
    """
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))
