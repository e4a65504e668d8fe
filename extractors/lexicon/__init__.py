"""The words the program looks for, as data: one TOML file per matter, read once."""

from __future__ import annotations

import tomllib
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
