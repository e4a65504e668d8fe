"""Whether a body that a reference tells is the body of a meeting (organ)."""

from __future__ import annotations

from index.asking.bodies import forms
from index.points import key

_ENDINGS = (
    ("nämnden", "nämnd"), ("styrelsen", "styrelse"), ("utskottet", "utskott"), ("beredningen", "beredning"),
    ("direktionen", "direktion"),
)  # fmt: skip


def is_meant(told: str | None, body: str | None, own: str | None, unit: str | None = None) -> bool:
    """Whether `told` means `body`, in a paper of `own`; one that tells none means its own.

    `unit` is the unit of the case number at that place: a registry has the letters of its body.

    >>> is_meant("KSAU", "Kommunstyrelsens arbetsutskott", "Kommunstyrelsen"), is_meant("KS", "Kommunfullmäktige", None)
    (True, False)
    >>> is_meant("arbetsutskottet", "Socialnämndens arbetsutskott", "Kommunstyrelsen")
    False
    >>> is_meant("omsorgsnämndens", "Vård- och omsorgsnämnden", None), is_meant(None, "Socialnämnden", "Socialnämnden")
    (True, True)
    """
    if body is None:
        return False
    there, here = key(body), key(own or "")
    if told is None:
        return there == here
    if told.isupper() or (len(told) <= 5 and " " not in told):
        return told.upper() in forms(there) or told.upper() == unit
    name = _indefinite(key(told).removesuffix("s"))
    if name in ("arbetsutskott", "utskott") and here:
        board = here.partition("s arbetsutskott")[0]
        return there.endswith(name) and there.startswith(board)
    return _indefinite(there).endswith(name)


def _indefinite(name: str) -> str:
    for definite, indefinite in _ENDINGS:
        if name.endswith(definite):
            return name.removesuffix(definite) + indefinite
    return name
