"""The home that these tests watch."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from index import tables
from index.catalog import Catalog
from index.settings import Settings, load
from index.sync import sync
from tests.receivers import hook_server, mail_server
from tests.tiny import TinyEncoder, home, paper
from tests.watching.world import JUNE, JUNE_CAME, OLD, World


def _made(folder: Path) -> Settings:
    """A home with the papers of May, seen long ago, and of June."""
    settings = home(folder, OLD, paper("juni", JUNE))
    with Catalog(settings.catalog) as catalog, catalog.engine.begin() as db:
        for content, when in ((1, JUNE_CAME - timedelta(days=30)), (2, JUNE_CAME)):
            db.execute(update(tables.versions).where(tables.versions.c.content_id == content).values(first_seen=when))
    sync(settings, encode=TinyEncoder())
    return settings


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in SQLite, to be copied."""
    return _made(tmp_path_factory.mktemp("held")).home


@pytest.fixture
def world(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[World]:
    if os.environ.get("PARAGRAF_TEST_CATALOG"):  # a database on a server is not copied as a file
        settings = _made(tmp_path)
    else:
        shutil.copytree(request.getfixturevalue("held"), tmp_path, dirs_exist_ok=True)
        settings = load({"PARAGRAF_HOME": str(tmp_path)})
    with mail_server() as post, hook_server() as hook:
        made = World(settings, post, hook)
        yield made
        made.close()
