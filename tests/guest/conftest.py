"""A site and a guest who visits it, whose pauses are simulated."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from flows.guest import Guest
from tests.guest.site import Site, manners, site


@pytest.fixture
def town() -> Iterator[Site]:
    with site() as made:
        yield made


@pytest.fixture
def guest(town: Site) -> Iterator[Guest]:
    made = Guest("arkiv@exempel.se", clock=town.clock, manners=manners())
    yield made
    made.close()
