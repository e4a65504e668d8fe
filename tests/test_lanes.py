"""Who may visit now: each host once at a time, so many at once, in order; and whoever waits is told of the end."""

from __future__ import annotations

import threading
import time

import pytest

from flows.lanes import Lanes, StoppedError


def visit_all(visits: list[str], most: int) -> list[tuple[str, int, str]]:
    """Every visit in a thread of its own; what happened, in order: "begins" or "ends", which, and its host."""
    happened: list[tuple[str, int, str]] = []

    def visit(number: int, host: str) -> None:
        with lanes.turn(number, host):
            happened.append(("begins", number, host))
            time.sleep(0.01)
            happened.append(("ends", number, host))

    with Lanes(most) as lanes:
        threads = [threading.Thread(target=visit, args=each) for each in enumerate(visits)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return happened


def test_a_host_is_visited_by_one_at_a_time_and_so_many_at_once() -> None:
    under_way: set[str] = set()
    most = 0
    for what, _, host in visit_all(["a", "a", "b", "a", "c", "d", "a", "b"], 3):
        if what == "begins":
            assert host not in under_way
            under_way.add(host)
        else:
            under_way.remove(host)
        most = max(most, len(under_way))
    assert most == 3


def test_many_visits_to_one_host_leave_the_places_to_others() -> None:
    happened = visit_all(["slow"] * 8 + ["other"], 2)
    ends = [number for what, number, _ in happened if what == "ends"]
    assert ends.index(8) < 6, "the other host does not wait until the first has been visited eight times"
    assert [number for number in ends if number != 8] == list(range(8)), "in the order of the sources"


def test_whoever_waits_at_the_end_is_told() -> None:
    told = threading.Event()

    def wait() -> None:
        with pytest.raises(StoppedError), lanes.turn(2, "a"):
            raise AssertionError("nothing is begun any more")
        told.set()

    with Lanes() as lanes, lanes.turn(1, "a"):
        thread = threading.Thread(target=wait)
        thread.start()
        time.sleep(0.05)
        lanes.__exit__(None, None, None)
        assert told.wait(5)
    thread.join()
