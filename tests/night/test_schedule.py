"""When the night is: at two in Sweden, once a day, also when the clocks change; and as a deployment of a work pool."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import text

from flows.nightly import TIMEZONE, nightly
from flows.sources import config
from index.catalog import Catalog
from index.database import alone
from tests.running import api


@pytest.mark.parametrize(
    ("since", "runs"),
    [
        (
            "2026-03-27",
            ["28T01:00", "29T00:00", "30T00:00"],
        ),  # summer time begins on the 29th: there is no 02:00, so it is 01:00
        ("2026-10-23", ["24T00:00", "25T00:00", "26T01:00"]),  # and ends on the 25th, when 02:30 comes twice
    ],
)
@pytest.mark.parametrize("cron", ["0 2 * * *", "30 2 * * *"])
def test_there_is_one_night_a_day_when_the_clocks_change(since: str, runs: list[str], cron: str) -> None:
    from prefect.client.schemas.schedules import CronSchedule
    from prefect.server.schemas.schedules import CronSchedule as Scheduled

    told = CronSchedule(cron=config.checked_cron(cron), timezone=TIMEZONE)
    schedule = Scheduled(cron=told.cron, timezone=told.timezone)
    start = datetime.fromisoformat(f"{since}T12:00").replace(tzinfo=UTC)
    found = [each.astimezone(UTC) for each in asyncio.run(schedule.get_dates(3, start))]
    assert len({each.date() for each in found}) == 3
    if cron.startswith("0 "):
        assert [f"{each:%dT%H:%M}" for each in found] == runs


@pytest.fixture(scope="module")
def deployment() -> dict[str, Any]:
    told = yaml.safe_load(Path("prefect.yaml").read_text(encoding="utf-8"))
    (found,) = told["deployments"]
    assert isinstance(found, dict)
    return found


def test_the_work_pool_runs_what_we_run(deployment: dict[str, Any]) -> None:
    module, _, name = deployment["entrypoint"].rpartition(".")
    assert getattr(sys.modules[module], name) is nightly
    assert deployment["schedules"] == [{"cron": "0 2 * * *", "timezone": TIMEZONE}]
    assert list(deployment["parameters"]) == list(nightly.parameters.properties)


def test_it_is_deployed(deployment: dict[str, Any], tmp_path: Path) -> None:
    from prefect.client.orchestration import SyncPrefectClient, get_client
    from prefect.client.schemas.actions import WorkPoolCreate

    deploy = [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all"]
    environment = {**os.environ, "PREFECT_API_URL": api(), "PREFECT_HOME": str(tmp_path), "PYTHONPATH": str(Path.cwd())}
    from prefect.settings import PREFECT_API_URL, temporary_settings

    with temporary_settings({PREFECT_API_URL: api()}), get_client(sync_client=True) as client:
        assert isinstance(client, SyncPrefectClient)
        client.create_work_pool(WorkPoolCreate(name=deployment["work_pool"]["name"], type="process"), overwrite=True)
        done = subprocess.run(deploy, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        assert done.returncode == 0, done.stdout + done.stderr
        found = client.read_deployment_by_name("nightly/nightly")
    assert (found.entrypoint, found.work_pool_name) == (deployment["entrypoint"], "paragraf")
    (scheduled,) = found.schedules
    assert scheduled.active


def test_two_machines_with_one_record_take_turns(tmp_path: Path) -> None:
    url = os.environ.get("PARAGRAF_TEST_CATALOG") or f"sqlite:///{tmp_path}/catalog.sqlite"
    import threading

    told, order = threading.Event(), []
    with Catalog(url) as one, Catalog(url) as other:

        def second() -> None:
            with alone(other.engine, told.set):
                order.append("second")

        with alone(one.engine, lambda: order.append("waited")):
            thread = threading.Thread(target=second)
            thread.start()
            assert told.wait(20), "who waits is told so"
            order.append("first")
        thread.join(20)
        with other.engine.connect() as db:
            assert db.scalar(text("SELECT 1")) == 1
    assert order == ["first", "second"]
