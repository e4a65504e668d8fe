"""How right we are: `python -m tests.score [coverage|finds|search] [--set SET] [--accept] [--gate] [--show]`.

Coverage is whether every paper was read. Finds are judged by papers marked by hand (`../shared/gold/documents`, our own
in `tests/marked`, or any folder with `marked/*.json` and `papers/`), search by questions with their answers. Every
error that was not there in the accepted state (`tests/accepted.json`) is printed as a loss, every one that is gone as a
gain. `--accept` makes the present state the accepted one; `--gate` fails when a figure fell below it.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from pathlib import Path
from typing import Any

from tests.score import sets

REPOSITORY = Path(__file__).parent.parent.parent
ACCEPTED = REPOSITORY / "tests" / "accepted.json"
_TOLERANCE = {"coverage": 0.0, "finds": 0.002, "search": 0.005}  # below the accepted figure, before --gate says no


def main(arguments: list[str] | None = None) -> int:
    options = _options(arguments)
    accepted: dict[str, Any] = json.loads(ACCEPTED.read_text("utf-8")) if ACCEPTED.exists() else {}
    fell: list[str] = []
    for part in _parts(options):
        module = importlib.import_module(f"tests.score.{part}")
        report = module.run(REPOSITORY, options.set)
        print(module.table(report))
        if options.groups and part == "finds":
            print(module.groups(report))
        key = f"{part}:{report['set']}"
        before = {} if report.get("own") else accepted.get(key, {})
        fell += _compare(key, report, before, _TOLERANCE[part], options.show)
        if options.accept and report.get("own"):
            print("a folder's figures are never accepted: only those of the sets that are always there")
        elif options.accept:
            accepted[key] = {"figures": report["figures"], "errors": sorted(report["errors"])}
    if options.accept:
        ACCEPTED.write_text(json.dumps(accepted, indent=1, ensure_ascii=False, sort_keys=True) + "\n", "utf-8")
        print(f"accepted: {ACCEPTED.relative_to(REPOSITORY)}")
    for line in fell:
        print(f"fell: {line}", file=sys.stderr)
    return 1 if fell and options.gate else 0


def _parts(options: argparse.Namespace) -> list[str]:
    """The parts that were asked for; only the finds can be judged by layouts or a folder."""
    if options.part:
        return [options.part]
    return ["coverage", "finds", "search"] if options.set in (None, "gold", "marked") else ["finds"]


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.score", description=__doc__.splitlines()[0])
    parser.add_argument("part", nargs="?", choices=["coverage", "finds", "search"], help="only this part")
    where = f"one of {', '.join(sets.NAMED)} (gold: ../shared, the default where it is), or a folder of marked papers"
    parser.add_argument("--set", help=where)
    parser.add_argument("--accept", action="store_true", help="make this the accepted state")
    parser.add_argument("--gate", action="store_true", help="exit 1 when a figure is below the accepted state")
    parser.add_argument("--show", action="store_true", help="print every error, not only what changed")
    parser.add_argument("--groups", action="store_true", help="the finds by kind of paper and by layout too")
    return parser.parse_args(arguments)


def _compare(key: str, report: dict[str, Any], accepted: dict[str, Any], tolerance: float, show: bool) -> list[str]:
    """Print gains and losses against the accepted state; give the figures that fell."""
    errors: dict[str, str] = report["errors"]  # id -> words; only ids are kept, so that no marked text is copied
    before = set(accepted.get("errors", ()))
    if show:
        print(*(f"  error {words}" for words in errors.values()), sep="\n")
    if accepted:
        print(*(f"  loss  {words}" for id_, words in errors.items() if id_ not in before), sep="\n", end="\n")
        print(*(f"  gain  {report['possible'].get(id_, id_)}" for id_ in sorted(before - set(errors))), sep="\n")
    fell = []
    for name, figure in accepted.get("figures", {}).items():
        now = report["figures"].get(name, 0.0)
        if now < figure - tolerance:
            fell.append(f"{key} {name}: {figure:.3f} -> {now:.3f}")
    return fell


if __name__ == "__main__":
    sys.exit(main())
