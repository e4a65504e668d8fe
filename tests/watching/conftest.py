"""The home that these tests watch."""

from __future__ import annotations

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


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home with the papers of May, seen long ago, and of June."""
    settings = home(tmp_path_factory.mktemp("held"), OLD, paper("juni", JUNE))
    with Catalog(settings.catalog) as catalog, catalog.engine.begin() as db:
        for content, when in ((1, JUNE_CAME - timedelta(days=30)), (2, JUNE_CAME)):
            db.execute(update(tables.versions).where(tables.versions.c.content_id == content).values(first_seen=when))
    sync(settings, encode=TinyEncoder())
    return settings


@pytest.fixture
def world(tmp_path: Path, held: Settings) -> Iterator[World]:
    if not held.catalog.startswith("sqlite"):
        pytest.skip("the record is copied as a file")
    shutil.copytree(held.home, tmp_path, dirs_exist_ok=True)
    with mail_server() as post, hook_server() as hook:
        made = World(load({"PARAGRAF_HOME": str(tmp_path)}), post, hook)
        yield made
        made.close()
