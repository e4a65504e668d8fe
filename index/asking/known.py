"""What an index has names of, so that a question can name it too (kända namn): bodies, and people in public office."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from weakref import WeakKeyDictionary

from index.vectors import LEADS, Vectors

_BODIES, _PEOPLE = 10_000, 500_000  # the most that are known


@dataclass(frozen=True)
class Known:
    """The bodies and the people of an index, as it compares them (points.key)."""

    bodies: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()

    @cached_property
    def called(self) -> dict[str, tuple[str, ...]]:
        """What bodies are called in a question, in small letters, and which are meant by it."""
        from index.asking.bodies import forms

        called: defaultdict[str, list[str]] = defaultdict(list)
        for body in sorted(self.bodies):
            for form in forms(body):
                called[form].append(body)
        return {form: tuple(bodies) for form, bodies in called.items()}


NOTHING = Known()
_KNOWN: WeakKeyDictionary[Vectors, Known] = WeakKeyDictionary()


def known(store: Vectors) -> Known:
    """What an index knows, looked up once per generation."""
    found = _KNOWN.get(store)
    if found is None:
        bodies = store.facet("body_key", LEADS, _BODIES)
        people = store.facet("people", LEADS, _PEOPLE)
        found = Known(frozenset(str(name) for name, _ in bodies), frozenset(str(name) for name, _ in people))
        _KNOWN[store] = found
    return found
