"""The parts of an item (§) under headings of their own: Beslut, Yrkanden, Reservation..."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from extractors.lexicon import load
from extractors.model import Section, Stretch

_EDGE = " \t*_#|>:.…"
_DAY = re.compile(r"\s*,?\s*(?:den )?(?:\d{4}-?\d\d-?\d\d|\d{1,2} [a-zå]+ \d{4})$")
_BODY = re.compile(
    r"(?:nämnden|nämnd|styrelsen|fullmäktige|utskottet|utskott|beredningen|förvaltningen|kontoret|presidiet|rådet|ordföranden|"
    r"delegationen|direktionen|kommunen|nämnderna)s$"
)
_HIGHER = re.compile(
    r"förslag (?:till|på) (?:beslut (?:i|till|för) (?P<long>[\wåäö, -]*?)?|(?:[\wåäö-]+s )?)"
    r"(?P<short>[\wåäö-]*(?:fullmäktige|styrelsen|nämnden|utskottet))(?:s beslut)?$"
)
_RESERVES = re.compile(r"Reservation(?:er)?(?: mot beslutet)?(?: till förmån för [\w ]{3,40})?(?: (?:av|från))?")
_DECIDES = re.compile(  # Samhällsbyggnadsnämnden beslutar att
    r"(?P<body>[\w ,&-]{0,60}"
    r"(?:nämnden|styrelsen|fullmäktige|utskottet|beredningen|direktionen|rådet|juryn|delegationen))"
    r" beslut(?:ar|ade)(?: (?:därför|följande|således|enhälligt|att)){0,2}"
)
_GAP = re.compile(r"(\S(?: ?\S){4,44})(?: {2,}|\t)(?=[A-ZÅÄÖ•–0-9-])")
_BESIDE = frozenset(("summary", "background", "basis", "earlier", "motions_made", "procedure", "voting"))  # in a column
_LONGEST = 90  # a heading is shorter than this, characters


@dataclass(frozen=True, slots=True)
class _Words:
    """The lexicon's headings: name by heading, and the names that also stand on the line of their text."""

    names: dict[str, str]
    inline: frozenset[str]
    last: frozenset[str]  # the last word of each heading, by which most lines are told to be none


def name_of(line: str) -> str | None:
    """The name of the section whose heading this line is.

    >>> name_of("**Kommunstyrelsens arbetsutskotts beslut**"), name_of("Förslag till beslut:"), name_of("Beslutet")
    ('decision', 'proposal', 'decision')
    """
    found = _heading(line)
    return found[0] if found else None


def find(stretch: Stretch) -> Iterator[Section]:
    """The sections of an item's text, in order; each reaches to the next, and its heading is its beginning.

    >>> text = "Bidrag\\nSammanfattning\\nKören söker.\\nBeslut\\nBidraget beviljas.\\nReservation: Ingen."
    >>> [(s.name, s.heading) for s in find(Stretch(text))]
    [('summary', 'Sammanfattning'), ('decision', 'Beslut'), ('reservation', 'Reservation')]
    """
    starts = list(_starts(stretch))
    stops = [*(start for start, _, _ in starts[1:]), len(stretch.text)]
    for (start, name, heading), stop in zip(starts, stops, strict=False):
        yield Section(stretch.at(start, start + len(stretch.text[start:stop].rstrip())), name, heading)


def _starts(stretch: Stretch) -> Iterator[tuple[int, str, str]]:
    """Where each section starts, its name and its heading as printed."""
    current, filled = None, False
    for match in re.finditer(r"[^\n]+", stretch.text):
        line = match[0]
        if not line.strip():
            continue
        found = _heading(line) or _inline(line) or _deciding(line, stretch, current, filled)
        if found is None or _continues(stretch.text, match.start(), line):
            filled = filled or current is not None
            continue
        name, heading, body = found
        placed = _in_place(name, heading, body, stretch.body, current, filled)
        if placed is None:  # a sub-heading of the section it stands in
            continue
        yield match.start() + len(line) - len(line.lstrip()), placed, heading
        current, filled = placed, _inline(line) is not None and _heading(line) is None


def _in_place(
    name: str, heading: str, body: str | None, own: str | None, current: str | None, filled: bool
) -> str | None:
    """The section's name where it stands; None where the heading only divides the section that it stands in."""
    higher = _HIGHER.search(heading.lower())
    if (
        name == "proposal"
        and current == "decision"
        and (not filled or (higher and not _same((higher["long"] or "") + higher["short"], own)))
    ):
        return None  # under Beslut: "Förslag till beslut i kommunfullmäktige" is what this body decided to propose
    if name == current and not filled:
        return None
    if name == "decision" and body and own and not _same(body, own):
        return "earlier"
    if name == "earlier" and body and _same(body, own):
        return "today"
    return name


def _same(named: str, body: str | None) -> bool:
    """Whether "arbetsutskottets" and "Kommunstyrelsens arbetsutskott" can be the same body.

    >>> _same("arbetsutskottets", "Kommunstyrelsens arbetsutskott"), _same("nämndens", "Tekniska nämnden")
    (True, True)
    >>> _same("kommunstyrelsens", "Kommunstyrelsens arbetsutskott"), _same("fullmäktige", "Kommunstyrelsen")
    (False, False)
    """
    if not body:
        return True
    words, own = named.lower().strip().removesuffix("s"), body.lower()
    last = own.split()[-1]
    short = words.removesuffix("et").removesuffix("en")
    if short in ("nämnd", "utskott", "styrels", "fullmäktige"):
        return short in last or (short == "nämnd" and "nämnd" in own and "utskott" not in last)
    return own == words or own.startswith(words + " ") or last in (words, short)


def _heading(line: str) -> tuple[str, str, str | None] | None:
    """(name, heading as printed, the body before it in the genitive) of a line that is a heading and nothing else."""
    printed = line.strip(_EDGE)
    if not printed or len(printed) > _LONGEST or not (printed[0].isupper() or line.lstrip().startswith(("#", "*"))):
        return None
    undated = _DAY.sub("", printed) if printed[-1].isdigit() else printed
    folded = " ".join(undated.lower().split()).rstrip(_EDGE)
    if folded.rpartition(" ")[2] not in _words().last and "förslag" not in folded:
        return None
    body, rest = _genitive(folded)
    if folded in _words().names or rest in _words().names:
        return _words().names.get(folded) or _words().names[rest], printed, body
    return ("proposal", printed, None) if _HIGHER.fullmatch(folded) or _HIGHER.fullmatch(rest) else None


def _genitive(folded: str) -> tuple[str | None, str]:
    """("kommunstyrelsens arbetsutskotts", "beslut"): a body before a heading of the lexicon; else (None, folded)."""
    words = folded.split(" ")
    for at in range(1, min(len(words), 9)):
        body, rest = " ".join(words[:at]), " ".join(words[at:])
        if _BODY.search(body) and _joined(words[:at]) and (rest in _words().names or _HIGHER.fullmatch(rest)):
            return body, rest
    return None, folded


def _joined(words: Sequence[str]) -> bool:
    """Whether the words before the last can be parts of one name: "Kultur- och", "Kommunstyrelsens", "Tekniska"."""
    return all(
        word.endswith(("-", "-,", "s"))
        or word in ("och", "&", "samt")
        or (at == 0 and len(words) == 2 and word.endswith("a"))
        for at, word in enumerate(words[:-1])
    )


def _inline(line: str) -> tuple[str, str, str | None] | None:
    """The same for a heading with its text on the same line, after a colon ("Beslut: Bordläggs.") or a wide gap."""
    head, colon, rest = line.partition(":")
    if colon and rest.strip(_EDGE) and len(head) <= 45 and (found := _heading(head)):
        return found if found[0] in _words().inline else None
    if colon and rest.strip() and len(head) <= _LONGEST and _RESERVES.fullmatch(head.strip(_EDGE)):
        return "reservation", head.strip(_EDGE), None
    gap = _GAP.match(line) if "  " in line or "\t" in line else None
    if gap and (found := _heading(gap[1])):
        return found if found[0] in _words().inline or found[0] in _BESIDE else None
    return None


def _deciding(line: str, stretch: Stretch, current: str | None, filled: bool) -> tuple[str, str, str | None] | None:
    """The same for "Samhällsbyggnadsnämnden beslutar" on a line of its own, where the item has no heading Beslut."""
    printed = line.strip(_EDGE)
    match = _DECIDES.fullmatch(printed) if stretch.body and printed[:1].isupper() else None
    if match is None or not _same(match["body"].lower(), stretch.body) or current == "decision":
        return None
    if current == "proposal" and not filled:
        return None
    decided = any((found := _heading(row)) and found[0] == "decision" for row in stretch.text.split("\n"))
    return None if decided else ("decision", printed, match["body"].lower())


def _continues(text: str, start: int, line: str) -> bool:
    """Whether the line before stops in the middle of a sentence, so that this line goes on with it."""
    if line.lstrip().startswith(("#", "*")) or start < 2 or text[start - 2] == "\n":
        return False
    before = (
        text[:start].rstrip("\n").rsplit("\n", 1)[-1].rstrip()
        if start < 400
        else text[start - 400 : start].rstrip("\n").rsplit("\n", 1)[-1].rstrip()
    )
    last = before.split()[-1].lower() if before else ""
    return before.endswith((",", "-", "–")) or (len(before) > 40 and last in load("heads")["goes_on"])


@cache
def _words() -> _Words:
    table = load("sections")
    names = {heading: name for name, row in table.items() for heading in row["headings"]}
    inline = frozenset(name for name, row in table.items() if row.get("inline"))
    return _Words(names, inline, frozenset(heading.rpartition(" ")[2] for heading in names))
