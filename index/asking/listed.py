"""Leaving out what is withdrawn (tillbakadraget): what its source no longer lists is in no answer unless asked for."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from index.vectors import LEADS, LISTED, OneOf, Vectors, Where

_ANY: WeakKeyDictionary[Vectors, bool] = WeakKeyDictionary()


def still_listed(store: Vectors, withdrawn: bool | None = None) -> Where:
    """The condition that leaves out what is withdrawn; none where that is wanted too, or where there is nothing."""
    if withdrawn or not _any(store):
        return ()
    return (LISTED,)


def narrows(where: Where) -> bool:
    """Whether conditions ask for anything besides."""
    return any(condition != LISTED for condition in where)


def _any(store: Vectors) -> bool:
    """Whether an index has anything withdrawn, asked once of each: a search without a condition is quicker."""
    known = _ANY.get(store)
    if known is None:
        known = _ANY[store] = bool(store.count((*LEADS, OneOf("withdrawn", (1,)))))
    return known
