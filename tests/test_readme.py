"""The README says what is true: its commands, options and files are there."""

import re
from pathlib import Path
from typing import Any

import pytest
import typer

from flows.cli import app

REPOSITORY = Path(__file__).parent.parent
README = (REPOSITORY / "README.md").read_text("utf-8")
COMMANDS: Any = typer.main.get_command(app)
SAID = sorted(set(re.findall(r"paragraf ([a-z]+)((?: [^`\n#]*)?)", README)))


@pytest.mark.parametrize(("name", "rest"), SAID)
def test_commands_and_options_are_there(name: str, rest: str) -> None:
    known = {option for parameter in COMMANDS.commands[name].params for option in parameter.opts}
    assert set(re.findall(r"--[a-z-]+", rest)) <= known | {"--help"}


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:docs|tests|examples)/[\w./-]*)`", README))))
def test_files_are_there(path: str) -> None:
    assert (REPOSITORY / path).exists()


@pytest.mark.parametrize("target", sorted(set(re.findall(r"^make (\w+)", README, re.MULTILINE))))
def test_make_targets_are_there(target: str) -> None:
    assert re.search(rf"^{target}:", (REPOSITORY / "Makefile").read_text("utf-8"), re.MULTILINE)


def test_every_setting_of_the_readme_is_read() -> None:
    settings = (REPOSITORY / "index" / "settings.py").read_text("utf-8")
    for name in re.findall(r"^\| `(PARAGRAF_\w+)`", README, re.MULTILINE):
        assert name in settings
