"""A night at several hosts at once, with every fault at random: the manners hold in each host's own log."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from extractors.model import Unreadable
from flows.guest import Guest, SimulatedClock
from tests.guest.site import PDF, breaks_off, hang_up, manners, ok, site, status

ROBOTS = ok(b"User-agent: *\nDisallow: /internt\nCrawl-delay: 3\n")
FAULTS = [500, 503, 404, 403, hang_up, breaks_off(4000), breaks_off(4000, ETag='"v1"'), b"", PDF[:3000]]
MORE = [b"<html>Fel</html>", "/internt/x.pdf", "/flyttad.pdf", "/login", status(503, Retry_After="20"), 429]


@pytest.mark.parametrize("seed", range(3))
def test_a_night_with_manners(seed: int) -> None:
    chance, clock = random.Random(seed), SimulatedClock()
    with ExitStack() as stack:
        towns = [stack.enter_context(site(f"127.0.0.{n}", clock)) for n in range(11, 16)]
        urls = []
        for town in towns:
            town.answers["/robots.txt"] = ROBOTS
            for n in range(12):
                fault = chance.choice(FAULTS + MORE)
                town.answers[f"/{n}.pdf"] = [fault, PDF] if chance.random() < 0.5 else PDF
                urls.append(f"{town.url}/{n}.pdf")
            urls.append(f"{town.url}/internt/protokoll.pdf")
        chance.shuffle(urls)
        guest = stack.enter_context(Guest(clock=clock, manners=manners()))

        def fetch(url: str) -> str:
            try:
                return "had" if guest.fetch(url).data == PDF else "other"
            except Unreadable as unreadable:
                return unreadable.stage

        with ThreadPoolExecutor(12) as threads:
            outcome = dict(zip(urls, threads.map(fetch, urls), strict=True))
    for town in towns:
        assert town.overlaps == 0
        assert min(town.pauses) >= 3.0
        assert town.log[0].path == "/robots.txt" and len(town.paths) == len(town.log) - 1
        assert not any(path.startswith(("/internt", "/login")) for path in town.paths)
        assert outcome[f"{town.url}/internt/protokoll.pdf"] == "fetch"
        for n in range(12):
            if town.answers[f"/{n}.pdf"] is PDF:
                assert outcome[f"{town.url}/{n}.pdf"] == "had" and town.paths.count(f"/{n}.pdf") == 1
    assert "other" not in outcome.values()
    assert list(outcome.values()).count("had") > 40
