"""The points of a section (punkter, att-satser, stycken): where each stands, and the lead-in above it.

A lead-in ("Kommunfullmäktige beslutar:", "Förslag till beslut i kommunfullmäktige") says who decides what follows and
is no part of it. A list that completes a sentence ("med följande ändringar: ...") stays in that sentence's point.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.leads import DRESS, END, LONGEST, VERB_ONLY, fold, inline_lead, is_lead
from extractors.lines import is_full
from extractors.model import Section, Span, Stretch
from extractors.outcomes import outcome
from extractors.signatures import is_signature


@dataclass(frozen=True, slots=True)
class Point:
    """One point: its words (white space folded, no number or bullet), where they stand, and the lead-in above them."""

    span: Span
    text: str
    lead: str = ""
    marked: bool = False


@dataclass(slots=True)
class _Open:
    """A point that is still growing, as offsets into the stretch."""

    start: int
    end: int
    marker: str  # "1" for numbers, "a" for letters, "att", the bullet itself, or "" for a paragraph
    number: int = 0
    outer: int = 0  # the number of the numbered lead-in that it stands under
    inner: str | None = None  # marker of the list that completes this point's sentence


_BODY = (
    r"(?:kommun|region|stads)?(?:fullmäktige|styrelsen?)"
    r"|(?:[\wåäö-]+\s)?(?:och\s[\wåäö-]+)?nämnden(?:\sför\s[\w &-]+?)?|nämnden"
    r"|[\wåäö-]*utskottet|[\wåäö-]*beredningen|[\wåäö-]*delegationen|direktionen|presidiet|rådet|valberedningen"
    r"|[\wåäö-]*förvaltningen|[\wåäö-]*kontoret"
)
_DECIDED = re.compile(rf"(?:{_BODY})\s(?:beslutade|beslöt|föreslog)\b", re.IGNORECASE)
_MARK = re.compile(
    r"""[ \t]*(?:
    (?P<bullet>[-–—](?=[^\d–-])|[•*·▪◦●○■\uf0b7\uf0a7](?!\*)|o(?=\s))[ \t]*(?=\S)   # - att, but not "2028\\n–2029"
    | \(?(?P<number>\d{1,2})(?:[.)](?=\s)|[.)]?(?=\t|\ {2,}(?:[A-ZÅÄÖ]|att\ )))[ \t]*   # 1. or 1), or alone in its cell
    | \(?(?P<letter>[a-zåäö])[.)](?=\s)[ \t]*                    # a) or a.
    )""",
    re.VERBOSE,
)
_ATT = re.compile(r"[ \t]*(?:(?:samt|och)\s+)?att\s+(?=\S)", re.IGNORECASE)
_FIRST = re.compile(r"1[.)] (?=\S)")
_NEXT_NUMBER = re.compile(r"(?<=[.;:!)])[ \n](?P<number>\d{1,2})[.)] (?=[A-ZÅÄÖ]|att )")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_NARROW = 70  # characters: where no line is longer, lines are not broken to fit a page
_RULE = re.compile(r"[\s_*=#.\-–—]*$")
_SPEAKS = re.compile(
    rf"(?:[\w,-]+\s){{0,6}}?(?:{_BODY})s?(?:\s[\w,-]+){{0,2}}?\s"
    r"(?:beslutar|beslutade|föreslår|godkänner|antar|fastställer|uppdrar|ger|noterar|avslår|bifaller|tillstyrker|avstyrker"
    r"|överlämnar|lägger|ställer sig|återremitterar|bordlägger|beviljar|utser|väljer|anser|antecknar|tar del)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"[^.]{0,120}\b(?:delta[r]?|deltog) (?:inte|ej|icke)\b|[^.]{0,120}\banmäler jäv|[^.]{0,200}\breserverar sig\b",
    re.IGNORECASE,
)
_MEMBER = re.compile(  # Rut Sand (M) biträder yrkandet
    r"(?:[A-ZÅÄÖ][\w-]+\s){1,4}\([A-ZÅÄÖa-zåäö-]{1,6}\)\s(?:[\w,()-]+\s){0,12}?"
    r"(?:yrkar|yrkade|föreslår|föreslog|instämmer|instämde|biträder|biträdde|tillstyrker|avstyrker|ställer\ssig|ansluter\ssig)\b"
)
_GOVERNS = re.compile(  # what an att on the next line belongs to
    r"(?:\b(?:för|om|på|av|genom|i|med|till|efter|utan|än|så|vid|under|åt|sätt|uppdrag(?:et)?|förutsättning(?:en)?|möjlighet(?:en|er)?"
    r"|syfte|risk(?:en|er)?|rätt(?:en)?|ansvar(?:et)?|skyldighet(?:en)?|behov(?:et)?|krav(?:et)?|förslag(?:et)?|viktigt|angeläget|möjligt"
    r"|nödvändigt|lämpligt|bra|visar|anser|konstaterar|innebär|framgår|gäller|menar|ser|vill|avser|kommer|beslutar?|beslutade)"
    r"|\b(?:uppdra|uppdrar|uppmana|bemyndiga|föreslå|föreslår|rekommendera|anmoda|ålägga|hemställa|förelägga|begära|medge|meddela)"
    r"\b(?:(?!\batt\b).)*)$",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"(?:avgift|skäl|motiv|beslutet|handling|upplysning|villkor|(?:denna )?paragraf|protokollet|[\w-]+\s?$)",
    re.IGNORECASE,
)
_VERDICT = re.compile(  # what became of a list above: "Informationen antecknas."
    r"(?:Information|Rapport|Redovisning|Meddeland|Delgivning|Anmälning|Skrivelse|Protokoll)\w*\s(?:[\w-]+\s){0,4}?"
    r"(?:antecknas|noteras|godkänns|läggs till handlingarna)\b[^.]{0,60}\.?$"
)
_UNFINISHED = re.compile(r"\b(?:följande|enligt nedan|nedanstående|ska vara|att)\b[^.:]{0,60}:\s")


def parts(stretch: Stretch, *names: str) -> Iterator[Stretch]:
    """The item's sections of these names, without their headings, in the order they stand."""
    for section in stretch.item.sections if stretch.item else ():
        if section.name in names:
            yield within(stretch, section)


def within(stretch: Stretch, section: Section) -> Stretch:
    """A section of the item, without its heading."""
    start, end = max(0, section.span.start - stretch.start), section.span.end - stretch.start
    return _without_heading(stretch.part(start, end, section), section.heading)


def _without_heading(part: Stretch, heading: str) -> Stretch:
    """The part after its heading, where the section's span holds it."""
    if not heading:
        return part
    words = r"\s+".join(map(re.escape, heading.split()))
    match = re.match(rf"[#*_\s]*{words}[*_ \t]*(?:[:.](?=\s|$))?[*_ \t]*", part.text, re.IGNORECASE)
    return part.part(match.end(), len(part.text)) if match else part


def cut(stretch: Stretch, lead: str = "") -> list[Point]:
    """All points of a stretch, in order, each with the lead-in it stands under.

    >>> [(p.lead, p.text) for p in cut(Stretch("Nämnden beslutar:\\n1. Planen antas.\\n2. Avgiften höjs."))]
    [('Nämnden beslutar', 'Planen antas.'), ('Nämnden beslutar', 'Avgiften höjs.')]
    """
    return list(each(stretch, lead))


def each(stretch: Stretch, lead: str = "") -> Iterator[Point]:
    """The same one by one, read no further than somebody asks."""
    over, above = lead, ""  # above: the lead-in that stands right above, with no point between
    for open_ in _open_points(stretch):
        words = fold(stretch.text[open_.start : open_.end])
        if not _LETTERS.search(words):
            continue
        if above and (VERB_ONLY.match(words.rstrip(": ")) or (words[:1].islower() and is_lead(words))):
            words = f"{above} {words}"
        if open_.number and not open_.outer:
            lead = over  # a number of the outer list: what an earlier one led in is over
        if is_lead(words):
            over = lead if open_.number else DRESS.sub("", words).rstrip(": ")
            above = lead = DRESS.sub("", words).rstrip(": ")
            continue
        above = ""
        start, leading = open_.start, inline_lead(stretch.text[open_.start : open_.end])
        if leading:
            lead = fold(stretch.text[start : start + leading]).rstrip(": ")
            start = open_.end - len(stretch.text[start + leading : open_.end].lstrip())
            words = fold(stretch.text[start : open_.end])
        for begin, end in _numbered_inside(stretch.text, start, open_.end, 0 if leading else open_.number):
            yield Point(
                stretch.at(begin, end), fold(stretch.text[begin:end]), lead, bool(open_.marker) or bool(leading)
            )


def _numbered_inside(text: str, start: int, end: int, number: int) -> Iterator[tuple[int, int]]:
    """The points of text[start:end] where the next numbers follow on the same line: "... antas. 2. Avgiften"."""
    first = _FIRST.match(text, start, end) if not number else None
    at, number = (first.end(), 1) if first else (start, number)
    for match in _NEXT_NUMBER.finditer(text, at, end):
        if number and int(match["number"]) == number + 1:
            yield at, match.start()
            at, number = match.end(), number + 1
    yield (at, end) if number > 1 or not first else (start, end)


def _open_points(stretch: Stretch) -> Iterator[_Open]:
    """The points as offsets: line by line, each either goes on with the last one or begins another."""
    last: _Open | None = None
    lines = stretch.text.split("\n")
    width = stretch.width or max(_NARROW, *map(len, lines))
    blank, previous, at = True, "", 0
    for line in lines:
        start, at = at, at + len(line) + 1
        if not line.strip():
            blank = True
            continue
        if _RULE.match(line):
            if last and len(line.strip()) > 4 and not is_lead(fold(stretch.text[last.start : last.end])):
                break  # a line across the page ends what was decided
            blank, previous = True, ""
            continue
        full = not blank and previous[-1:] != ":" and is_full(previous, line, stretch.width)
        new = _begins(line, last, previous, blank, width, stretch.text, full)
        if new:
            new.start = start + (new.start or len(line) - len(line.lstrip()))
            if last:
                yield last
        last = new or last
        if last:
            last.end = start + len(line.rstrip())
        blank, previous = False, line.strip()
    if last:
        yield last


def _begins(
    line: str, last: _Open | None, previous: str, blank: bool, width: int, text: str, full: bool
) -> _Open | None:
    """The point that this line begins, or None where it goes on with the last one.

    `full`: the line before had no room for this one's first word, so that it need not be a lead-in where it ends.
    """
    so_far = _so_far(text, last) if last else ""
    after_lead = last is None or is_lead(so_far)
    mark = _MARK.match(line)
    if mark and (kind := _marker(mark)) and _in_order(mark, last, after_lead, previous):
        return _listed(mark, kind, last, so_far, after_lead)
    att = _ATT.match(line)
    if full and after_lead and not att:
        return None
    if att and (after_lead or (last and last.marker == "att" and _att_again(so_far, previous, blank, width))):
        outer = (last.number if after_lead else last.outer) if last else 0
        return _Open(_att_start(line), 0, "att", outer=outer)
    if last is None or after_lead:
        return _Open(0, 0, "")
    if (full and not END.search(previous)) or not _new_paragraph(line, last, so_far, previous, blank, width):
        return None
    return _Open(0, 0, "")


def _so_far(text: str, point: _Open) -> str:
    """The words of a point; of a long one its beginning and its end, which are all that matter here."""
    if point.end - point.start < 2 * LONGEST:
        return fold(text[point.start : point.end])
    return fold(f"{text[point.start : point.start + LONGEST]} ... {text[point.end - 80 : point.end]}")


def _marker(mark: re.Match[str]) -> str:
    return mark["bullet"] or ("1" if mark["number"] else "a")


def _in_order(mark: re.Match[str], last: _Open | None, after_lead: bool, previous: str) -> bool:
    """Whether a number or letter is the next of its list: "den\\n27. juni" is none."""
    if mark["bullet"] or last is None or after_lead:
        return True
    value = int(mark["number"]) if mark["number"] else 1
    skips = last.number < value < last.number + 20 and bool(END.search(previous))  # a number lost, not a date
    if last.outer and value == last.outer + 1:
        return True
    again = value == 1 and (last.number == 0 or bool(re.search(r"[.:;!]$", previous)))
    return bool(mark["letter"]) or again or value == last.number + 1 or skips or bool(last.inner)


def _listed(mark: re.Match[str], kind: str, last: _Open | None, so_far: str, after_lead: bool) -> _Open | None:
    """The point that a bullet or number begins; None where the list completes the sentence of the last point."""
    number = int(mark["number"] or 0)
    new = _Open(mark.end(), 0, kind, number)
    if last is None or after_lead:
        new.outer = last.number if last and kind != last.marker else 0
        return new
    if last.outer and number == last.outer + 1:
        return new
    new.outer = last.outer
    if (last.inner is None and so_far.endswith(":")) or (last.marker and kind != last.marker and last.inner is None):
        if last.marker == "1" and number == last.number + 1:
            return new
        last.inner = kind
        return None
    if last.inner is not None:
        outer_again = kind == last.marker and (kind != last.inner or (number > 1 and number == last.number + 1))
        return new if outer_again else None
    return new


def _att_start(line: str) -> int:
    """Where the att-sats begins: after a leading "samt" or "och"."""
    match = re.match(r"[ \t]*(?:(?:samt|och)\s+)?", line, re.IGNORECASE)
    return match.end() if match else 0


def _att_again(so_far: str, previous: str, blank: bool, width: int) -> bool:
    """Whether an att at the start of a line begins a clause of its own, not one that the last line goes on with."""
    if blank or previous.endswith((".", ",", ";", " och", " samt")) or len(previous) < 0.7 * width:
        return True
    return not _GOVERNS.search(so_far)


def _new_paragraph(line: str, last: _Open, so_far: str, previous: str, blank: bool, width: int) -> bool:
    """Whether an unmarked line begins a paragraph of its own."""
    stripped = DRESS.sub("", line)
    if _speaks(stripped) and (blank or END.search(previous)):
        return True
    if len(previous) < 0.7 * width and stripped[:1].isupper() and _DECIDED.match(stripped):
        return True  # the history of the matter, below a point without a full stop
    if _VERDICT.match(stripped) and (blank or len(previous) < 0.8 * width or END.search(previous)):
        return True
    ended = bool(END.search(so_far))
    if not so_far.endswith(":") and is_signature(stripped, ended):
        return ended or outcome(so_far) != "elected"  # "Till ombud väljs" goes on with the names
    if (blank or END.search(previous)) and (_ASIDE.match(stripped) or _MEMBER.match(stripped)):
        return True
    if is_lead(stripped) and (
        blank or (not stripped[:1].islower() and (END.search(previous) or len(previous) < 0.8 * width))
    ):
        return True
    if stripped[:1].islower() or so_far.endswith(":"):
        return False
    if last.inner is not None or (not last.marker and _UNFINISHED.search(so_far)):
        return (blank or bool(END.search(previous))) and outcome(stripped) != "other"
    if blank:
        sentence = last.marker == "att" and END.search(previous)  # an att-sats is a sentence: what follows is another
        if last.marker and (
            line[:1] in " \t" or (not sentence and outcome(stripped) == "other" and not _OWN.match(stripped))
        ):
            return False  # it goes on with the point above it
        return bool(END.search(previous) or len(previous) < 0.8 * width)
    if last.marker:
        return False
    return bool(END.search(previous)) or len(previous) < 0.6 * width


def _speaks(line: str) -> bool:
    """Whether a line opens with a body that does something: "Nämnden antar ..."."""
    return bool(_SPEAKS.match(line))
