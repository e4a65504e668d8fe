"""Files of TOML that people write (förteckningar): what is wrong in one is told with its place and what to write."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

Model = TypeVar("Model", bound=BaseModel)


class ConfigError(ValueError):
    """A file of sources that cannot be used: which one, where in it, and why."""


class Strict(BaseModel):
    """A table in such a file. A word that is not known is an error: it would be a wish that nobody follows."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)


def read(path: Path, model: type[Model], write: Mapping[str, str], context: object = None) -> Model:
    """The file as its model says. `write` has an example for each place: "source.platform": 'platform = "ciceron"'."""
    try:
        return model.model_validate(tomllib.loads(path.read_text(encoding="utf-8")), context=context)
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeError) as error:
        raise ConfigError(f"{path} is no TOML: {error}") from None
    except ValidationError as error:
        raise ConfigError(f"{path}: {told(error, write)}") from None


def told(error: ValidationError, write: Mapping[str, str] | None = None) -> str:
    """What is wrong first, where, and what to write there: "source 2, path: Field required: write path = ..."."""
    first = error.errors()[0]
    parts = [part for part in first["loc"] if not (isinstance(part, str) and "[" in part)]  # "literal['all']"
    place = ", ".join(f"{part + 1}" if isinstance(part, int) else part for part in parts)
    for table in {str(before) for before, part in pairwise(parts) if isinstance(part, int)}:
        place = place.replace(f"{table}, ", f"{table} ", 1)
    why = str(first["msg"]).removeprefix("Value error, ")
    example = (write or {}).get(".".join(part for part in parts if isinstance(part, str)))
    return "".join([f"{place}: " if place else "", why, f" -- write {example}" if example else ""])
