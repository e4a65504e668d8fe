"""The environment variables: defaults, and nonsense refused with its name and what it may be."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from index.settings import Server, SettingError, Settings, load

_HOME = {"PARAGRAF_HOME": "/srv/paragraf"}


def test_everything_under_home_by_default() -> None:
    settings = load(_HOME)
    assert settings.home == Path("/srv/paragraf")
    assert settings.catalog == "sqlite:////srv/paragraf/catalog.sqlite"
    assert settings.archive == "/srv/paragraf/originals"
    assert settings.vectors == Path("/srv/paragraf/vectors")
    assert (settings.model, settings.reranker, settings.server) == (None, None, None)
    assert settings.workers >= 1


def test_home_is_the_platforms_data_folder() -> None:
    assert load({}).home.name == "paragraf"


def test_a_server_is_told_in_full_and_its_key_is_never_shown() -> None:
    told = {"URL": "http://q:6333", "API_KEY": "hush", "COLLECTION": "kommuner", "TIMEOUT": "5", "SHARDS": "3"}
    told |= {"REPLICAS": "2", "HNSW_M": "0", "QUANTISED": "off", "ON_DISK": "on"}
    settings = load(_HOME | {f"QDRANT_{name}": value for name, value in told.items()})
    assert settings.server == Server("http://q:6333", "hush", "kommuner", 5.0, 3, 2, 0, False, True)
    assert "hush" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value", "field", "expected"),
    [
        ("PARAGRAF_CATALOG", "postgresql+psycopg://me@db/paragraf", "catalog", "postgresql+psycopg://me@db/paragraf"),
        ("PARAGRAF_ARCHIVE", "s3://bucket/originals", "archive", "s3://bucket/originals"),
        ("PARAGRAF_MODEL", "intfloat/multilingual-e5-small", "model", "intfloat/multilingual-e5-small"),
        ("PARAGRAF_MODEL", "", "model", None),  # set to nothing is not set
        ("PARAGRAF_DIMENSION", "128", "dimension", 128),
        ("PARAGRAF_DIMENSION", "", "dimension", None),
        ("PARAGRAF_PRECISION", "FP16", "precision", "fp16"),
        ("PARAGRAF_PRECISION", "", "precision", "fp32"),
        ("PARAGRAF_BACKEND", "onnx", "backend", "onnx"),
        ("PARAGRAF_BATCH", "256", "batch", 256),
        ("PARAGRAF_RERANKER", "", "reranker", None),
        ("PARAGRAF_RERANKER", "cross-encoder/mmarco", "reranker", "cross-encoder/mmarco"),
        ("PARAGRAF_RERANK", "50", "rerank", 50),
        ("QDRANT_URL", "http://localhost:6333", "server", Server("http://localhost:6333")),
        ("PARAGRAF_WORKERS", "4", "workers", 4),
        ("PARAGRAF_WORKERS", " 4 ", "workers", 4),
        ("PARAGRAF_READ_TIMEOUT", "2.5", "read_timeout", 2.5),
        ("PARAGRAF_READ_MEMORY", "800000000", "read_memory", 800_000_000),
        ("PARAGRAF_READ_MEMORY", "2G", "read_memory", 2 << 30),
        ("PARAGRAF_READ_MEMORY", "1500 MiB", "read_memory", 1500 << 20),
        ("PARAGRAF_OCR", "off", "ocr", False),
        ("PARAGRAF_OCR", "ON", "ocr", True),
        ("PARAGRAF_OCR", "", "ocr", True),
    ],
)
def test_told_by_the_environment(name: str, value: str, field: str, expected: object) -> None:
    assert getattr(load(_HOME | {name: value}), field) == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PARAGRAF_CATALOG", "/srv/catalog.sqlite"),  # a path is no URL
        ("QDRANT_URL", "localhost"),
        ("PARAGRAF_DIMENSION", "0"),
        ("PARAGRAF_DIMENSION", "all"),
        ("PARAGRAF_PRECISION", "float16"),
        ("PARAGRAF_BACKEND", "openvino"),
        ("PARAGRAF_BATCH", "-1"),
        ("PARAGRAF_RERANK", "1000"),  # more than any leg brings
        ("PARAGRAF_WORKERS", "0"),
        ("PARAGRAF_WORKERS", "many"),
        ("PARAGRAF_WORKERS", "²"),
        ("PARAGRAF_READ_TIMEOUT", "0"),
        ("PARAGRAF_READ_TIMEOUT", "nan"),
        ("PARAGRAF_READ_TIMEOUT", "5 minutes"),
        ("PARAGRAF_READ_MEMORY", "10 MB"),  # no reader fits in that
        ("PARAGRAF_READ_MEMORY", "much"),
        ("PARAGRAF_OCR", "no"),
        ("PARAGRAF_REPORT_TO", "arkiv@example.se, arkivet"),
    ],
)
def test_nonsense_is_refused(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=name):
        load(_HOME | {name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [("SHARDS", "0"), ("REPLICAS", "many"), ("HNSW_M", "500"), ("COLLECTION", "two words"), ("QUANTISED", "yes")],
)
def test_nonsense_of_a_server_is_refused(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=f"QDRANT_{name}"):
        load(_HOME | {"QDRANT_URL": "http://q:6333", f"QDRANT_{name}": value})


def test_settings_stay_as_they_are() -> None:
    settings = load(_HOME)
    assert isinstance(settings, Settings)
    with pytest.raises(AttributeError):
        settings.workers = 3  # type: ignore[misc]


def test_settings_import_nothing_heavy() -> None:
    program = (
        "import sys, index.settings; print([m for m in ('sqlalchemy', 'fsspec', 'platformdirs') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
