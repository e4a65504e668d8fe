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
