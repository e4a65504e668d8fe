"""A home that visits towns of ours: its sources.toml and municipality files, and what it is told of our network."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.towns import Town
from tests.towns import urls as plain_list
from tests.towns.files import slug

PLAIN = "urls"  # a town that is no platform's: its addresses stand in the file of sources


def visits(home: Path) -> dict[str, str]:
    """The environment of a rehearsal: pauses are written down and not slept, and 127.x.y.z may be visited."""
    return {"PARAGRAF_PRIVATE_NETWORKS": "127.0.0.0/8", "PARAGRAF_SIMULATED_TIME": str(home / "waits.jsonl")}


def furnish(home: Path, towns: list[Town]) -> Path:
    """Writes what the night reads; the file of sources."""
    (home / "municipalities").mkdir(parents=True, exist_ok=True)
    ours = [town for town in towns if town.platform != PLAIN]
    lines = ['contact = "arkiv@exempel.se"']
    if ours:
        lines.append(f"municipalities = {json.dumps([town.code for town in ours])}")
    for town in towns:
        if town.platform == PLAIN:
            told = f'{{ code = "{town.code}", name = "{town.name}" }}'
            lines += ["", "[[source]]", f'name = "{source(town)}"', 'kind = "urls"', f"municipality = {told}"]
            lines += [f"urls = {json.dumps(plain_list.where(town)['urls'])}"]
    for town in ours:
        path = home / "municipalities" / f"{town.code}-{slug(town.name)}.toml"
        path.write_text(_municipality(town), encoding="utf-8")
    (home / "sources.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return home / "sources.toml"


def source(town: Town) -> str:
    """What the town's source is called in the record."""
    return f"{town.name}, {town.platform}"


def _municipality(town: Town) -> str:
    from importlib import import_module

    where: dict[str, Any] = import_module(f"tests.towns.{town.platform}").where(town)
    return (
        f'code = "{town.code}"\nname = "{town.name}"\n\n[[source]]\nplatform = "{town.platform}"\n'
        f"where = {_toml(where)}\n"
    )


def _toml(value: Any) -> str:
    """
    >>> _toml({"site": "http://a", "bodies": {"kf": "Kommunfullmäktige"}, "pages": ["b"], "all": True})
    '{ "site" = "http://a", "bodies" = { "kf" = "Kommunfullmäktige" }, "pages" = ["b"], "all" = true }'
    """
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_toml(name)} = {_toml(each)}" for name, each in value.items()) + " }"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value, ensure_ascii=False)
