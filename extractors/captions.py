"""Headings of the parts of a § (underrubriker): which part a line is the heading of, by the words of the lexicon."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extractors.lexicon import load

EDGE = " \t*_#|>:.…"
_DAY = re.compile(r"\s*,?\s*(?:den )?(?:\d{4}-?\d\d-?\d\d|\d{1,2} [a-zå]+ \d{4})$")
_BRACKETS = re.compile(r"\s*\([^()]{1,60}\)$")
_PARTIES = "|".join(name.lower() for called in load("parties")["national"].values() for name in called)
_OWNER = re.compile(  # whose: a body, an office, a party, in the genitive
    r"(?:nämnden|nämnd|styrelsen|fullmäktige|utskottet|utskott|beredningen|förvaltningen|kontoret|presidiet|rådet|ordföranden"
    r"|delegationen|direktionen|kommunen|nämnderna|\w*chefen|\w*direktören|\w*handläggaren|sekreteraren|revisionen|revisorerna"
    rf"|majoriteten|oppositionen|alliansen|\w*partiet|{_PARTIES})s$|^nämnden (?:för|i) [\w ,&-]{{3,60}}s$"
)
HIGHER = re.compile(
    r"förslag (?:till|på) (?:beslut (?:i|till|för) (?P<long>[\wåäö, -]*?)?|(?:[\wåäö-]+s )?)"
    r"(?P<short>(?:[\wåäö]+- och )?[\wåäö-]*(?:fullmäktige|styrelsen|nämnden|utskottet))(?:s beslut)?$"
)
_RESERVES = re.compile(r"Reservation(?:er)?(?: mot beslutet)?(?: till förmån för [\w ]{3,40})?(?: (?:av|från))?")
_GAP = re.compile(r"(\S(?: ?\S){4,44})(?: {2,}|\t)(?=[A-ZÅÄÖ•–0-9-])")
_BESIDE = frozenset(("summary", "background", "basis", "earlier", "motions_made", "procedure", "voting"))  # in a column
_DIVIDED = frozenset(("voting", "voters", "procedure", "motions_made", "reservation", "statement", "note"))
_RUN_ON = re.compile(r"(?P<head>[A-ZÅÄÖ][\w/-]*(?: [a-zåäö/-]+){0,6}) (?=[A-ZÅÄÖ][\w-]* )")
_NO_RUN_ON = frozenset(  # too often the beginning of a name
    ("basis", "attachments", "presence", "today", "voters", "appeal", "adjusted", "abstention", "consequences")
)
_DASH = re.compile(r" [-–—] (?=[\w ]{3,60}$)")
_LONGEST = 90  # a heading is shorter than this, characters


@dataclass(frozen=True, slots=True)
class Caption:
    """A heading: the part's name, the heading as printed, and the body before it in the genitive, in small letters."""

    name: str
    heading: str
    body: str | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    """The lexicon's headings: name by heading, and the names that also stand on the line of their text."""

    names: dict[str, str]
    inline: frozenset[str]
    last: frozenset[str]  # the last word of each heading, by which most lines are told to be none


def alone(line: str) -> Caption | None:
    """The heading that a line is and nothing else.

    >>> [found.name for line in ("**Nämndens beslut**", "Omröstning – återremiss") if (found := alone(line))]
    ['decision', 'voting']
    """
    printed = line.strip(EDGE)
    if not printed or len(printed) > _LONGEST or not (printed[0].isupper() or line.lstrip().startswith(("#", "*"))):
        return None
    folded = _folded(printed)
    if folded.rpartition(" ")[2].rpartition("/")[2] in words().last or "förslag" in folded:
        body, rest = _genitive(folded)
        if name := _name(folded) or _name(rest):
            return Caption(name, printed, body)
        if HIGHER.fullmatch(folded) or HIGHER.fullmatch(rest):
            return Caption("proposal", printed, body)
    dash = _DASH.search(printed)
    divided = _name(_folded(printed[: dash.start()])) if dash else None
    return Caption(divided, printed) if divided in _DIVIDED and divided else None


def inline(line: str) -> Caption | None:
    """A heading with its text on the same line, after a colon ("Beslut: Bordläggs.") or a wide gap."""
    head, colon, rest = line.partition(":")
    if colon and rest.strip(EDGE) and len(head) <= 45 and (found := alone(head)):
        return found if found.name in words().inline else None
    if colon and rest.strip() and len(head) <= _LONGEST and _RESERVES.fullmatch(head.strip(EDGE)):
        return Caption("reservation", head.strip(EDGE))
    gap = _GAP.match(line) if "  " in line or "\t" in line else None
    if gap and (found := alone(gap[1])):
        return found if found.name in words().inline or found.name in _BESIDE else None
    return None


def run_on(paragraph: str) -> Caption | None:
    """A heading that runs on into its paragraph, as text copied out of a page has it.

    >>> found = run_on("Yrkanden Rut Sand (M) och Bo Al (V) yrkar bifall till förslaget.")
    >>> (found.name, found.heading) if found else None
    ('motions_made', 'Yrkanden')
    >>> run_on("Information Granby 2031"), run_on("Beslutet Nämnden fattade gäller.")
    (None, None)
    """
    match = _RUN_ON.match(paragraph)
    found = alone(match["head"]) if match else None
    if match is None or found is None or found.name in _NO_RUN_ON:
        return None
    rest = paragraph[match.end() :].rstrip()
    if found.name == "recipients":
        return None if rest.endswith(".") else found
    return found if len(rest.split()) > 4 and (rest[-1] in ".:?!" or len(rest) > 160) else None


@cache
def words() -> _Words:
    """The lexicon's headings, loaded once."""
    table = load("sections")
    names = {heading: name for name, row in table.items() for heading in row["headings"]}
    inline = frozenset(name for name, row in table.items() if row.get("inline"))
    return _Words(names, inline, frozenset(heading.rpartition(" ")[2] for heading in names))


def _folded(printed: str) -> str:
    """The heading in small letters, without a day or brackets behind it."""
    bare = _DAY.sub("", printed) if printed[-1].isdigit() else printed
    bare = _BRACKETS.sub("", bare) if bare.endswith(")") else bare
    return " ".join(bare.lower().split()).rstrip(EDGE)


def _name(folded: str) -> str | None:
    """The name of a heading; of two joined ones ("Förslag/yrkanden", "Bakgrund och bedömning") the first's.

    >>> _name("förslag/yrkanden"), _name("reservation/särskilt yttrande"), _name("beslut och avtal")
    ('motions_made', 'reservation', None)
    """
    names = words().names
    if folded in names:
        return names[folded]
    for sign in ("/", " och ", " samt ", " & "):
        both = [names.get(part.strip()) for part in folded.split(sign)]
        if len(both) == 2 and all(both):
            return "motions_made" if "motions_made" in both else both[0]
    return None


def _genitive(folded: str) -> tuple[str | None, str]:
    """("kommunstyrelsens arbetsutskotts", "beslut"): a body before a heading of the lexicon; else (None, folded)."""
    parts = folded.split(" ")
    for at in range(1, min(len(parts), 9)):
        body, rest = " ".join(parts[:at]), " ".join(parts[at:])
        if _OWNER.search(body) and _joined(parts[:at]) and (_name(rest) or HIGHER.fullmatch(rest)):
            return body, rest
    return None, folded


def _joined(parts: Sequence[str]) -> bool:
    """Whether the words before the last can be parts of one name: "Kultur- och", "Kommunstyrelsens", "Tekniska"."""
    if parts[:2] in (["nämnden", "för"], ["nämnden", "i"]):
        return True
    return all(
        word.endswith(("-", "-,", "s"))
        or word in ("och", "&", "samt")
        or (at == 0 and len(parts) == 2 and word.endswith("a"))
        for at, word in enumerate(parts[:-1])
    )
