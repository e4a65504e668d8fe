"""Counts and times of requests for Prometheus (mått). Processes that share a folder are counted together.

prometheus_client looks for PROMETHEUS_MULTIPROC_DIR when it is imported; `paragraf serve` sets it before that.
"""

from __future__ import annotations

import os

from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

CONTENT_TYPE = CONTENT_TYPE_LATEST
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)

_REQUESTS = Counter("paragraf_http_requests", "Requests that were answered.", ("method", "route", "status"))
_SECONDS = Histogram(
    "paragraf_http_request_seconds", "From a request to the end of its answer.", ("method", "route"), buckets=_BUCKETS
)


def observe(method: str, route: str, status: int, seconds: float) -> None:
    """A request was answered."""
    _REQUESTS.labels(method, route, status).inc()
    _SECONDS.labels(method, route).observe(seconds)


def exposition() -> bytes:
    """Everything counted, in Prometheus' text format."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)
