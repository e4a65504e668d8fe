"""A home with papers of people who may be removed; each test has a copy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from index.settings import Settings, load
from index.sync import sync
from tests.held import MINUTES, MOTION, empty, keep
from tests.removals.home import ALE, ELSEWHERE
from tests.tiny import TinyEncoder


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with all of them and its index; each test has a copy."""
    folder = tmp_path_factory.mktemp("filled")
    settings = empty(folder)
    for key, data in {"ale.txt": ALE, "other.txt": ELSEWHERE, "minutes.pdf": MINUTES, "motion.txt": MOTION}.items():
        keep(settings, key, data)
    sync(settings, encode=TinyEncoder())
    return folder


@pytest.fixture
def settings(filled: Path, tmp_path: Path) -> Settings:
    shutil.copytree(filled, tmp_path, dirs_exist_ok=True)
    return load({"PARAGRAF_HOME": str(tmp_path)})
