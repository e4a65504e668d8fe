"""How all tests run: how much the property tests try (`pytest --hypothesis-profile long` goes on and on), and garbage.

A process of the tests holds every module of the program and of the tests, and looking through all of that for cycles
again and again was a fifth of its time. So what the collection of the tests makes is left out, and the rest is looked
at less often.
"""

import gc
import os

from hypothesis import HealthCheck, settings

_SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)
# The same examples at every run, so that a failure is somebody's change and not somebody's luck.
settings.register_profile("quick", max_examples=12, deadline=None, derandomize=True, database=None)
settings.register_profile("long", max_examples=1_000, deadline=None, suppress_health_check=_SLOW, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

gc.disable()


def pytest_collection_finish() -> None:
    """From here on garbage is looked for, among what the tests make."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)
    gc.enable()


def pytest_unconfigure() -> None:
    """What holds things of C++ (nanobind) complains at the end of what was never let go."""
    gc.unfreeze()
