"""The parts of an item (§) under headings of their own: Beslut, Yrkanden, Reservation..."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors import captions, lines
from extractors.captions import EDGE, HIGHER, Caption
from extractors.lexicon import load
from extractors.model import Section, Stretch

_BODY = (
    r"(?P<body>[\w ,&-]{0,60}"
    r"(?i:nämnden(?: för [\w ,&-]{3,60}?)?|styrelsen|fullmäktige|utskottet|utskott|beredningen|direktionen|rådet|juryn"
    r"|delegationen))"
)
_THUS = r"(?: (?:därför|följande|således|därmed|enhälligt|i ärendet|för egen del|att|besluta)){0,4}"
_UP = r"(?: (?:att )?föreslå (?:[\w-]+ ){0,3}[\w-]+?)?"
_DECIDES = (
    re.compile(  # Samhällsbyggnadsnämnden beslutar att · Nämndens beslut blir således · ... beslutar föreslå nämnden
        rf"{_BODY}(?: (?:beslutar|beslutade){_UP}{_THUS}| fattar{_THUS} beslut|s beslut(?: (?:blir|lyder|är))?{_THUS})"
    )
)
_PROPOSES = rf"{_BODY.replace('body', 'by')} (?:föreslår|hemställer|rekommenderar|tillstyrker)\b[\w ,&-]{{3,120}}"
_LEADS = re.compile(rf"(?:{_DECIDES.pattern}|{_PROPOSES})$")  # Kommunstyrelsen föreslår kommunfullmäktige besluta
_UPWARDS = re.compile(  # Nämnden föreslår fullmäktige besluta · Utskottet beslutar föreslå nämnden
    rf"{_BODY.replace('body', 'by')} (?:föreslår(?: att)? {_BODY.replace('body', 'to')}"
    rf"(?: att)? beslutar?(?: att| följande)?"
    rf"|beslutar(?: att)? föreslå {_BODY.replace('body', 'above')}(?: att| besluta(?: att)?)?)"
)
_GENITIVE = re.compile(r"^[\w &,-]+?s förslag\b")
_ASKED = re.compile(r"\([A-ZÅÄÖa-zåäö]{1,6}\)[^.\n]{0,80}(?::|\b(?:yrkar|yrkade|föreslår|tillstyrker|avstyrker)\b)")
_ASKS_FIRST = re.compile(  # Rut Sand (M) yrkar, med instämmande av Bo Al (V), bifall
    r"[A-ZÅÄÖ][\wåäöé-]+ [^.:]{0,160}?\([A-ZÅÄÖa-zåäö]{1,6}\)[^.:]{0,160}?\b(?:yrkar|yrkade|tillstyrker|avstyrker)\b"
)
_OPEN = re.compile(r"[,–]$|(?<!:)-$")  # a line that goes on, not "80 000:-"


def name_of(line: str) -> str | None:
    """The name of the section whose heading this line is.

    >>> name_of("**Kommunstyrelsens arbetsutskotts beslut**"), name_of("Förslag till beslut:"), name_of("Beslutet")
    ('decision', 'proposal', 'decision')
    """
    found = captions.alone(line)
    return found.name if found else None


def find(stretch: Stretch) -> Iterator[Section]:
    """The sections of an item's text, in order; each reaches to the next, and its heading is its beginning.

    >>> text = "Bidrag\\nSammanfattning\\nKören söker.\\nBeslut\\nBidraget beviljas.\\nReservation: Ingen."
    >>> [(s.name, s.heading) for s in find(Stretch(text))]
    [('summary', 'Sammanfattning'), ('decision', 'Beslut'), ('reservation', 'Reservation')]
    """
    starts = list(_starts(stretch))
    stops = [*(start for start, _ in starts[1:]), len(stretch.text)]
    for (start, caption), stop in zip(starts, stops, strict=False):
        text = stretch.text[start:stop].rstrip()
        yield Section(stretch.at(start, start + len(text)), _by_content(caption, text), caption.heading)


def _by_content(caption: Caption, text: str) -> str:
    """The section's name; under "Förslag" stand yrkanden where members ask there."""
    if caption.name == "proposal" and caption.heading.lower() == "förslag" and _ASKED.search(text):
        return "motions_made"
    if caption.name == "proposal" and caption.heading.lower() == "förslag till beslut":
        below = text[len(caption.heading) :].lstrip(" :*_\n\t").partition("\n\n")[0]
        if _ASKS_FIRST.match(" ".join(below.split())):
            return "motions_made"
    return caption.name


def _starts(stretch: Stretch) -> Iterator[tuple[int, Caption]]:
    """Where each section starts, and its heading."""
    current, filled = None, False
    for match in re.finditer(r"[^\n]+", stretch.text):
        line = match[0]
        if not line.strip():
            continue
        whole = captions.alone(line) or _over_two_lines(line, stretch.text[match.end() + 1 :])
        beside = None if whole else captions.inline(line) or _running_on(line, stretch.text, match.start(), current)
        found = whole or beside or _deciding(line, stretch, current, filled)
        if found is None or _continues(stretch, match.start(), line):
            filled = filled or current is not None
            continue
        led = line.rstrip(" \t*_").endswith(":") and bool(_LEADS.match(found.heading))
        placed = _in_place(found, stretch, current, filled, led)
        if placed is None:  # a sub-heading of the section it stands in
            continue
        yield match.start() + len(line) - len(line.lstrip()), replace(found, name=placed)
        current, filled = placed, beside is not None


def _over_two_lines(line: str, after: str) -> Caption | None:
    """A heading in a narrow margin: "Direktionens" and "beslut" on the next line."""
    first, second = line.strip(EDGE), after.partition("\n")[0].strip(EDGE)
    if not first.endswith("s") or len(first) > 60 or not second[:1].islower() or len(second) > 30:
        return None
    found = captions.alone(f"{first} {second}")
    return found if found and found.body and found.name in ("decision", "proposal") else None


def _running_on(line: str, text: str, start: int, current: str | None) -> Caption | None:
    """A heading that runs on into its paragraph; in a list of documents it is the name of one."""
    if (start > 1 and text[start - 2 : start] != "\n\n") or current in ("basis", "attachments", "voters"):
        return None
    return captions.run_on(line.strip())


def _in_place(found: Caption, stretch: Stretch, current: str | None, filled: bool, led: bool) -> str | None:
    """The section's name where it stands; None where the heading only divides the section that it stands in."""
    name, own = found.name, stretch.body
    if name == "proposal" and current == "decision" and (not filled or _upwards(found, own)):
        return None  # under Beslut: "Förslag till beslut i kommunfullmäktige" is what this body decided to propose
    if name == "proposal" and _own_proposal(found, stretch):
        return "decision"
    if led and current in ("decision", "proposal") and (name == current or not filled):
        return current
    if name == current and not filled:
        return None
    if name == "decision" and found.body and own and not _same(found.body, own):
        return "earlier"
    if name == "earlier" and found.body and _same(found.body, own):
        return "today"
    return name


def _upwards(found: Caption, own: str | None) -> bool:
    """Whether a heading of proposals names another body than this one as the one that is to decide."""
    to = HIGHER.search(found.heading.lower())
    return to is not None and not _same((to["long"] or "") + to["short"], own)


def _own_proposal(found: Caption, stretch: Stretch) -> bool:
    """Whether a section of proposals is the body's own to another body, and so what it decided.

    "Kommunstyrelsens förslag till kommunfullmäktige" in the board's own minutes; without a name before it only where
    no heading Beslut stands in the item.
    """
    if not stretch.body:
        return False
    upwards = _upwards(found, stretch.body)
    if found.body or _GENITIVE.match(found.heading):
        own = bool(found.body) and _same(str(found.body), stretch.body)
        return own and (upwards or not _decided(stretch))
    return upwards and not _decided(stretch)


def _decided(stretch: Stretch) -> bool:
    """Whether the item has a heading Beslut."""
    return any(name_of(row) == "decision" for row in stretch.text.split("\n"))


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


def _deciding(line: str, stretch: Stretch, current: str | None, filled: bool) -> Caption | None:
    """The heading that a lead-in alone on its line is: "Nämnden beslutar" where the item has no heading Beslut.

    With a colon it is one also below a heading ("Beslut", then "Kommunstyrelsen beslutar:").
    """
    printed = line.strip(EDGE)
    if not stretch.body or not printed[:1].isupper() or len(printed) > 160:
        return None
    if own := _proposing(printed, stretch, current, filled):
        return own
    if current in ("decision", "proposal") and line.rstrip(" \t*_").endswith(":") and _LEADS.match(printed):
        return Caption(current, printed)
    match = _DECIDES.fullmatch(printed)
    if match is None or not _same(match["body"].lower(), stretch.body) or current == "decision":
        return None
    if current == "proposal" and not filled:
        return None
    return None if _decided(stretch) else Caption("decision", printed, match["body"].lower())


def _proposing(printed: str, stretch: Stretch, current: str | None, filled: bool) -> Caption | None:
    """The heading that "Kommunstyrelsen föreslår kommunfullmäktige besluta" is in the board's own minutes.

    What stands below it the board decided, where the item has no heading Beslut; also below somebody else's proposal.
    """
    match = _UPWARDS.fullmatch(printed)
    if match is None or current == "decision" or (current == "proposal" and not filled) or _decided(stretch):
        return None
    if not _same(match["by"].lower(), stretch.body) or _same((match["to"] or match["above"]).lower(), stretch.body):
        return None
    return Caption("decision", printed, match["by"].lower())


def _inside_sentence(before: str, line: str, after: str, width: int) -> bool:
    """Whether a line goes on with the one before, and ends a sentence or is gone on with itself."""
    if not lines.runs_on(before, line, width):
        return False
    return line.rstrip().endswith(".") or lines.runs_on(line, after, width)


def _continues(stretch: Stretch, start: int, line: str) -> bool:
    """Whether the line before stops in the middle of a sentence, so that this line goes on with it."""
    text = stretch.text
    if line.lstrip().startswith(("#", "*")) or start < 2 or text[start - 2] == "\n":
        return False
    before = text[max(0, start - 400) : start].rstrip("\n").rsplit("\n", 1)[-1].rstrip()
    last = before.split()[-1].lower() if before else ""
    after = text[start + len(line) + 1 : start + len(line) + 200].split("\n", 1)[0]
    if _OPEN.search(before) or _inside_sentence(before, line, after, stretch.width):
        return True
    return len(before) > 40 and last in load("heads")["goes_on"]
