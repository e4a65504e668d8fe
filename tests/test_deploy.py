"""What is handed to systemd and to a container engine: as far as it can be tried without either."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml
from fastapi.routing import APIRoute

from flows.cli import app
from search_api import health

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
PACKAGES = ("extractors", "index", "flows", "search_api")
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
_SETTING = re.compile(r"\b(?:PARAGRAF|QDRANT)_[A-Z_]+\b")


def _understood(arguments: list[str]) -> None:
    """The command line takes these arguments, and ends the program where it does not. Nothing is run."""
    command: Any = typer.main.get_command(app)
    context = command.make_context("paragraf", list(arguments))
    while hasattr(command, "resolve_command"):
        _, command, arguments = command.resolve_command(context, list(arguments))
    command.make_context("paragraf", list(arguments), parent=context)


def _settings() -> set[str]:
    return set(_SETTING.findall((ROOT / "index" / "settings.py").read_text()))


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_the_command_of_a_unit_is_one_that_we_have(unit: Path) -> None:
    (line,) = re.findall(r"^ExecStart=(.*)$", unit.read_text(), re.MULTILINE)
    program, *arguments = shlex.split(line)
    assert program == "/opt/paragraf/.venv/bin/paragraf"
    _understood(arguments)


def test_a_misspelt_option_would_be_noticed() -> None:
    with pytest.raises(Exception, match="--wokers"):
        _understood(["serve", "--wokers", "2"])


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_systemd_understands_a_unit_and_finds_it_shut_in(unit: Path, tmp_path: Path) -> None:
    """Verified as written, but for the program, which is not installed there in a test."""
    tried = tmp_path / unit.name
    tried.write_text(unit.read_text().replace("/opt/paragraf/.venv/bin/paragraf", sys.executable))
    verified = subprocess.run(["systemd-analyze", "verify", str(tried)], capture_output=True, text=True)
    assert verified.returncode == 0 and not verified.stderr, verified.stderr
    asked = ["systemd-analyze", "security", "--offline=true", "--threshold=20", str(tried)]  # 2.0 of 10
    assert subprocess.run(asked, capture_output=True).returncode == 0


def _instructions() -> list[tuple[str, str]]:
    text = re.sub(r"\\\n\s*", " ", (DEPLOY / "Containerfile").read_text())
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in lines)]


def test_what_the_image_copies_is_there_and_is_all_it_needs() -> None:
    copied = {source for word, rest in _instructions() if word == "COPY" for source in rest.split()[:-1]}
    assert all((ROOT / source).exists() for source in copied)
    assert {*PACKAGES, "pyproject.toml", "constraints.txt"} <= copied


def test_the_image_runs_as_nobody_in_particular() -> None:
    users = [rest for word, rest in _instructions() if word == "USER"]
    assert users == ["paragraf"]
    (command,) = (rest for word, rest in _instructions() if word == "CMD")
    _understood(yaml.safe_load(command))


@pytest.mark.parametrize("name", ["app", "night"])
def test_the_commands_of_the_services_are_ones_that_we_have(name: str) -> None:
    _understood(COMPOSE["services"][name]["command"])


def test_every_service_leans_on_one_that_is_there_and_keeps_what_it_has_in_a_volume() -> None:
    services = COMPOSE["services"]
    for service in services.values():
        for other, how in service.get("depends_on", {}).items():
            assert other in services
            assert how["condition"] != "service_healthy" or "healthcheck" in services[other]
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert source in COMPOSE["volumes"] or (DEPLOY / source).exists()


def test_no_service_is_open_to_the_network_and_ours_are_shut_in() -> None:
    for service in COMPOSE["services"].values():
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))
    for name in ("app", "night"):
        ours = COMPOSE["services"][name]
        assert ours["read_only"] and ours["cap_drop"] == ["ALL"]


def test_every_setting_that_is_given_is_one_that_we_read() -> None:
    given = set(COMPOSE["services"]["night"]["environment"]) | set(COMPOSE["services"]["app"]["environment"])
    given |= set(re.findall(r"^([A-Z_]+)=", (DEPLOY / "paragraf.env.example").read_text(), re.MULTILINE))
    ours = {name for name in given if _SETTING.fullmatch(name)}
    assert ours and ours <= _settings()
    assert given - ours == {"POSTGRES_PASSWORD", "TORCH_INDEX", "PREFECT_API_URL"}


def test_every_value_that_compose_asks_for_stands_in_the_example() -> None:
    asked = set(re.findall(r"\$\{([A-Z_]+):\?", (DEPLOY / "compose.yaml").read_text()))
    example = set(re.findall(r"^([A-Z_]+)=", (DEPLOY / "paragraf.env.example").read_text(), re.MULTILINE))
    assert asked <= example


def test_what_is_asked_whether_the_app_is_ready_is_a_route() -> None:
    (path,) = re.findall(r"8000(/\w+)", " ".join(COMPOSE["services"]["app"]["healthcheck"]["test"]))
    assert path in {route.path for route in health.router.routes if isinstance(route, APIRoute)}


def test_prefects_server_is_of_the_version_that_we_use() -> None:
    (version,) = re.findall(r"^prefect==(.+)$", (ROOT / "constraints.txt").read_text(), re.MULTILINE)
    assert COMPOSE["services"]["prefect"]["image"].startswith(f"docker.io/prefecthq/prefect:{version}-")


def test_what_is_installed_has_every_file_of_the_packages(tmp_path: Path) -> None:
    """The image installs a wheel: a template, word list or migration that is not in it would be missed at night."""
    build = "from hatchling.build import build_wheel; import sys; print(build_wheel(sys.argv[1]))"
    made = subprocess.run([sys.executable, "-c", build, str(tmp_path)], cwd=ROOT, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    with zipfile.ZipFile(tmp_path / made.stdout.split()[-1]) as wheel:
        inside = set(wheel.namelist())
    tracked = subprocess.run(["git", "ls-files", *PACKAGES], cwd=ROOT, capture_output=True, text=True).stdout.split(
        "\n"
    )
    missing = {name for name in tracked if name and (ROOT / name).exists()} - inside
    assert not missing
