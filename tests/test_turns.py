"""Turns: never more inside than may be, in the order they came, and an error lets the next one in."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from index.turns import Turns


@pytest.mark.parametrize("at_once", [1, 3])
def test_no_more_than_may_be_are_inside(at_once: int) -> None:
    turns, inside, most = Turns(at_once), list[int](), list[int]()

    def work(n: int) -> None:
        with turns:
            inside.append(n)
            most.append(len(inside))
            time.sleep(0.001)
            inside.remove(n)
            if n % 5 == 0:
                raise ValueError(n)

    with ThreadPoolExecutor(12) as pool:
        done = [pool.submit(work, n) for n in range(60)]
    assert sum(future.exception() is not None for future in done) == 12
    assert max(most) == at_once and not inside


def test_who_came_first_goes_first() -> None:
    turns, went = Turns(1), list[int]()

    def work(n: int) -> None:
        with turns:
            went.append(n)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    with turns:
        for thread in threads:
            thread.start()
            time.sleep(0.01)
    for thread in threads:
        thread.join()
    assert went == list(range(8))
