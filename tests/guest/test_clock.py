"""Time as a guest keeps it, and the settings of a rehearsal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.guest import Guest, SimulatedClock
from flows.sources import config
from flows.sources.addresses import Addresses
from flows.sources.written import ConfigError
from index.settings import SettingError, Visits, load
from tests.guest.site import PDF, Site, ok

NIGHT = """
from flows.guest import Guest
from index.settings import load
import sys
guest = Guest.of(load().visits)
for url in sys.argv[1:]:
    guest.fetch(url)
"""


def test_each_host_has_a_time_of_its_own() -> None:
    clock = SimulatedClock()
    clock.sleep(3600.0, "a.example")
    clock.sleep(-5.0, "a.example")
    assert (clock.monotonic("a.example"), clock.monotonic("b.example")) == (3600.0, 0.0)
    assert clock.now("a.example") - clock.now("b.example") > timedelta(minutes=59)
    assert abs(clock.now("b.example") - datetime.now(UTC)) < timedelta(minutes=1)
    assert clock.waits == {"a.example": [3600.0]}


def test_a_rehearsal_in_a_process_of_its_own_tells_its_waits(town: Site, tmp_path: Path) -> None:
    town.answers["/robots.txt"] = ok(b"User-agent: *\nCrawl-delay: 30\n")
    log = tmp_path / "waits.jsonl"
    told = {
        "PARAGRAF_SIMULATED_TIME": str(log),
        "PARAGRAF_PRIVATE_NETWORKS": "127.0.0.0/8, ::1/128",
        "PARAGRAF_CONTACT": "arkiv@exempel.se",
    }
    subprocess.run(
        [sys.executable, "-c", NIGHT, f"{town.url}/1.pdf", f"{town.url}/2.pdf"], env=os.environ | told, check=True
    )
    waits = [json.loads(line) for line in log.read_text().splitlines()]
    assert [wait["host"] for wait in waits] == ["127.0.0.1"] * 2
    assert all(30 <= wait["waited_s"] <= 45 for wait in waits)
    assert "arkiv@exempel.se" in town.log[0].headers["User-Agent"]


def test_a_file_of_waits_has_every_line_whole(tmp_path: Path) -> None:
    clock = SimulatedClock(tmp_path / "waits.jsonl")

    def wait() -> None:
        for _ in range(50):
            clock.sleep(1.0, "a")

    threads = [threading.Thread(target=wait) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([json.loads(line) for line in (tmp_path / "waits.jsonl").read_text().splitlines()]) == 200
    assert clock.monotonic("a") == 200.0


@pytest.mark.parametrize(
    "wrong",
    [
        {"PARAGRAF_CONTACT": "a@b.se\r\nX-Evil: 1"},
        {"PARAGRAF_CONTACT": "Arkivet på kommunen"},
        {"PARAGRAF_CONTACT": "a) evil (b"},
        {"PARAGRAF_PRIVATE_NETWORKS": "10.0.0.0/33"},
        {"PARAGRAF_PRIVATE_NETWORKS": "intranet"},
    ],
)
def test_a_setting_of_visits_that_means_nothing_is_told(tmp_path: Path, wrong: dict[str, str]) -> None:
    with pytest.raises(SettingError, match=next(iter(wrong))):
        load({"PARAGRAF_HOME": str(tmp_path)} | wrong)


def test_a_file_of_sources_tells_whom_to_turn_to(town: Site, tmp_path: Path) -> None:
    source = '[[source]]\nname = "board"\nkind = "urls"\nurls = ["https://www.example.se/a.pdf"]\n'
    (tmp_path / "sources.toml").write_text('contact = "arkiv@exempel.se"\n' + source)
    settings = load({"PARAGRAF_HOME": str(tmp_path), "PARAGRAF_PRIVATE_NETWORKS": "127.0.0.0/8"})
    (board,) = config.load(tmp_path / "sources.toml", settings.visits)
    assert isinstance(board, Addresses)
    assert board.guest.fetch(f"{town.url}/a.pdf").data == PDF
    assert "arkiv@exempel.se" in town.log[0].headers["User-Agent"]
    (tmp_path / "sources.toml").write_text('contact = "Åsa"\n' + source)
    with pytest.raises(ConfigError, match="contact 'Åsa' should be"):
        config.load(tmp_path / "sources.toml")


def test_the_sources_of_a_run_share_one_guest(tmp_path: Path) -> None:
    source = '[[source]]\nname = "{}"\nkind = "urls"\nurls = ["https://www.example.se/a.pdf"]\n'
    (tmp_path / "sources.toml").write_text(source.format("a") + source.format("b"))
    guests = {id(source.guest) for source in config.load(tmp_path / "sources.toml") if isinstance(source, Addresses)}
    assert len(guests) == 1


def test_without_settings_nothing_is_simulated() -> None:
    assert not isinstance(Guest.of(Visits()).clock, SimulatedClock)
