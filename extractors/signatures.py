"""Signatures (underskrifter) below the last words of a motion or statement: who, which party, where and when."""

from __future__ import annotations

import re

from extractors.lexicon import load
from extractors.named import NAME

_PARTIES = [name for called in load("parties")["national"].values() for name in called if len(name) > 9]
_SIGNED = re.compile(  # a motion's last lines: who, which party, where and when
    rf"(?:(?:{NAME}\s*\([A-ZÅÄÖ][A-Za-zÅÄÖåäö]{{0,4}}\)(?:,\s*|\s+(?:och|samt)\s+|\s*))+"
    r"|[A-ZÅÄÖ][a-zåäö]+(?:\skommun)?,?\s(?:den\s)?(?:\d{1,2}\s[a-z]+\s(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d))$"
)
_AFTER = re.compile(
    r"(?<=\.)\s(?:[A-ZÅÄÖ][a-zåäö]+(?:\skommun)?\s(?:den\s)?(?:\d{1,2}\s[a-z]+\s(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)(?!\d).{0,200}"
    rf"|(?:{NAME}\s*\([A-ZÅÄÖ][A-Za-zÅÄÖåäö]{{0,4}}\)(?:,\s*|\s+(?:och|samt)\s+|\s*))+)$",
    re.DOTALL,
)
_UNDER = re.compile(  # the same below a full stop only: a name alone, a party, an office
    rf"(?:(?!\S+(?:,|$)){NAME}(?:,\s(?:ordförande|gruppledare|ledamot|\w+(?:direktör|chef)))?"
    rf"|(?:För\s)?(?:{'|'.join(_PARTIES)})(?:\s(?:i\s)?[\w ]{{2,30}})?"
    r"|[A-ZÅÄÖ][\w&, -]{2,40}(?:förvaltningen|kontoret))$"
)


def is_signature(line: str, after_stop: bool) -> bool:
    """Whether a line only signs; a bare name, party or office does so only after a full stop.

    >>> is_signature("Anna Ek (S), Bo Al (V)", False), is_signature("Anna Ek", True), is_signature("Anna Ek", False)
    (True, True, False)
    """
    return bool(_SIGNED.match(line) or (after_stop and _UNDER.match(line)))


def unsigned(text: str) -> str:
    """The text without signatures that follow its last full stop on the same line.

    >>> unsigned("Bron rivs. Granby den 4 maj 2031 Rut Sand"), unsigned("Bron rivs. Rut Sand (M) Bo Al (V)")
    ('Bron rivs.', 'Bron rivs.')
    """
    match = _AFTER.search(text)
    return text[: match.start()] if match else text
