"""The points of a section (punkter, att-satser, stycken): where each stands, and the lead-in above it.

A lead-in ("Kommunfullmäktige beslutar:", "Förslag till beslut i kommunfullmäktige") says who decides what follows and
is no part of it. A list that completes a sentence ("med följande ändringar: ...") stays in that sentence's point.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.model import Span, Stretch
from extractors.outcomes import outcome


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


_MARK = re.compile(
    r"""[ \t]*(?:
    (?P<bullet>[-–—](?=[^\d–-])|[•*·▪◦●○■\uf0b7\uf0a7](?!\*)|o(?=\s))[ \t]*(?=\S)   # - att, but not "2028\\n–2029"
    | \(?(?P<number>\d{1,2})[.)](?=\s)[ \t]*                     # 1. or 1)
    | \(?(?P<letter>[a-zåäö])[.)](?=\s)[ \t]*                    # a) or a.
    )""",
    re.VERBOSE,
)
_ATT = re.compile(r"[ \t]*(?:(?:samt|och)\s+)?att\s+(?=\S)", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]{2}")
_LONG = 400  # characters: no lead-in is longer
_NARROW = 70  # characters: where no line is longer, lines are not broken to fit a page
_RULE = re.compile(r"[\s_*=#.\-–—]*$")
_DRESS = re.compile(r"^[#*_>\s]+|[*_\s]+$")
_END = re.compile(r"[.!?…](?:[”\"')\]]|\s*\))?$")
_BODY = (
    r"(?:kommun|region|stads)?(?:fullmäktige|styrelsen?)"
    r"|(?:[\wåäö-]+\s)?(?:och\s[\wåäö-]+)?nämnden(?:\sför\s[\w &-]+?)?|nämnden"
    r"|[\wåäö-]*utskottet|[\wåäö-]*beredningen|[\wåäö-]*delegationen|direktionen|presidiet|rådet|valberedningen"
)
_SPEAKS = re.compile(
    rf"(?:[\w,-]+\s){{0,6}}?(?:{_BODY})s?(?:\s[\w,-]+){{0,2}}?\s"
    r"(?:beslutar|beslutade|föreslår|godkänner|antar|fastställer|uppdrar|ger|noterar|avslår|bifaller|tillstyrker|avstyrker"
    r"|överlämnar|lägger|ställer sig|återremitterar|bordlägger|beviljar|utser|väljer|anser|antecknar|tar del)\b",
    re.IGNORECASE,
)
_LEAD_END = re.compile(
    r"""(?:^|\b)(?:
    beslut(?:ar|ade|at|a|et|en)?                                    # Kommunfullmäktige beslutar
      (?:\s(?:att|följande|enligt\sföljande|därefter|således|härefter|därför|dessutom|även|vidare|för\segen\sdel|i\särendet
          |att\sföreslå\s[\w\s,&-]+?|för\sdet\segna\sansvarsområdet))*
    | (?:föreslår?|hemställ(?:er|a)|rekommenderar?)\s(?:hos\s|till\s|att\s|för\s)*   # föreslår kommunstyrelsen att
      (?:[\w-]+\s){0,3}?[\w-]*(?:fullmäktige|styrelsen|nämnden|utskottet|direktionen)(?:\satt)?
    | för\segen\sdel
    | egna?\sbeslut
    )$""",
    re.VERBOSE | re.IGNORECASE,
)
_LAST_WORD = re.compile(  # how a lead-in without a colon can end; quick to see
    r"(?:beslut\w*|att|följande|därefter|således|härefter|därför|dessutom|även|vidare|del|ärendet|förslag|fullmäktige|styrelsen"
    r"|nämnden|utskottet|direktionen|ansvarsområdet|\bförslag\b.*)$",
    re.IGNORECASE,
)
_COLON_LEAD = re.compile(
    r"^(?:enligt|på\sförslag\sav|efter\sförslag|i\senlighet\smed|med\sbifall|bifall\still|med\sanledning|mot\sbakgrund|med\savslag|med\sändring)\b"
    r"|\b(?:besluta[rd]?e?|beslut)\s(?:\w+\s)?(?:enligt|i\senlighet\smed)\b(?!.*\b(?:godkänns|antas|fastställs|avslås)\b)",
    re.IGNORECASE,
)
_HEADING_LEAD = re.compile(
    r"""^(?!enligt|på\s|i\senlighet)(?:[\w\s,&-]{0,60}s\s)?förslag
        (?:\still\sbeslut(?:\s(?:i|till|för|hos|av)\s[\w\s,&-]{3,70})?
         |\s(?:i|till)\s(?:[\w-]+\s){0,3}?[\w-]*(?:fullmäktige|styrelsen|nämnden|utskottet|direktionen))?$
    | ^(?:[\w\s,&-]{0,60}\s)?beslut\sför\segen\sdel$""",
    re.VERBOSE | re.IGNORECASE,
)
_ASIDE = re.compile(
    r"[^.]{0,120}\b(?:delta[r]?|deltog) (?:inte|ej|icke)\b|[^.]{0,120}\banmäler jäv|[^.]{0,200}\breserverar sig\b",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"(?:[A-ZÅÄÖ][\wåäöé-]+\s){2,4}\([A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,4}\)$")  # a motion's last line
_OWN = re.compile(
    r"(?:avgift|skäl|motiv|beslutet|handling|upplysning|villkor|(?:denna )?paragraf|protokollet|[\w-]+\s?$)",
    re.IGNORECASE,
)
_VERDICT = re.compile(  # what became of a list above: "Informationen antecknas."
    r"(?:Information|Rapport|Redovisning|Meddeland|Delgivning|Anmälning|Skrivelse|Protokoll)\w*\s(?:[\w-]+\s){0,4}?"
    r"(?:antecknas|noteras|godkänns|läggs till handlingarna)\b[^.]{0,60}\.?$"
)
_UNFINISHED = re.compile(r"\b(?:följande|enligt nedan|nedanstående|ska vara|att)\b[^.:]{0,60}:\s")
_FINITE_ATT = re.compile(r"\b(?:beslutar|beslutade|föreslår|hemställer)(?:\s[\w-]+){0,4}\satt\s+\S", re.IGNORECASE)


def fold(text: str) -> str:
    """Words with single spaces between them, without Markdown's stars.

    >>> fold("**godkänna** \\n nämndens  budget")
    'godkänna nämndens budget'
    """
    return " ".join(re.sub(r"\*\*|__", "", text).split())


def parts(stretch: Stretch, *names: str) -> Iterator[Stretch]:
    """The item's sections of these names, without their headings, in the order they stand."""
    for section in stretch.item.sections if stretch.item else ():
        if section.name in names:
            start = max(0, section.span.start - stretch.start)
            end = section.span.end - stretch.start
            yield _without_heading(stretch.part(start, end, section), section.heading)


def _without_heading(part: Stretch, heading: str) -> Stretch:
    """The part after its heading, where the section's span holds it."""
    if not heading:
        return part
    words = r"\s+".join(map(re.escape, heading.split()))
    match = re.match(rf"[#*_\s]*{words}[*_ \t]*(?:[:.](?=\s|$))?[*_ \t]*", part.text, re.IGNORECASE)
    return part.part(match.end(), len(part.text)) if match else part


def is_lead(words: str, colon: bool | None = None) -> bool:
    """Whether these words only lead in the points under them.

    >>> is_lead("Kommunfullmäktige beslutar:"), is_lead("Enligt kontorets förslag:"), is_lead("Planen antas:")
    (True, True, False)
    """
    words = _DRESS.sub("", words)
    colon = words.endswith(":") if colon is None else colon
    words = words.rstrip(": ").strip()
    if len(words) > _LONG or _END.search(words) or not (colon or _LAST_WORD.search(words)):
        return False
    if _HEADING_LEAD.match(words) or (_LEAD_END.search(words[-160:]) and (colon or len(words) < 160)):
        return not re.search(r"\b(?:ska|skall|bör|kan|som)\s(?:\w+\s)?beslut", words, re.IGNORECASE)
    if not colon or _FINITE_ATT.search(words):
        return False
    return bool(_COLON_LEAD.search(words))


def cut(stretch: Stretch, lead: str = "") -> list[Point]:
    """All points of a stretch, in order, each with the lead-in it stands under.

    >>> [(p.lead, p.text) for p in cut(Stretch("Nämnden beslutar:\\n1. Planen antas.\\n2. Avgiften höjs."))]
    [('Nämnden beslutar', 'Planen antas.'), ('Nämnden beslutar', 'Avgiften höjs.')]
    """
    return list(each(stretch, lead))


def each(stretch: Stretch, lead: str = "") -> Iterator[Point]:
    """The same one by one, read no further than somebody asks."""
    over = lead
    for open_ in _open_points(stretch):
        words = fold(stretch.text[open_.start : open_.end])
        if not _LETTERS.search(words):
            continue
        if open_.number and not open_.outer:
            lead = over  # a number of the outer list: what an earlier one led in is over
        if is_lead(words):
            over = lead if open_.number else _DRESS.sub("", words).rstrip(": ")
            lead = _DRESS.sub("", words).rstrip(": ")
            continue
        start, inline = open_.start, _inline_lead(stretch.text[open_.start : open_.end])
        if inline:
            lead = fold(stretch.text[start : start + inline]).rstrip(": ")
            start = open_.end - len(stretch.text[start + inline : open_.end].lstrip())
            words = fold(stretch.text[start : open_.end])
        yield Point(stretch.at(start, open_.end), words, lead, bool(open_.marker) or bool(inline))


def _inline_lead(text: str) -> int:
    """How long the lead-in is that begins this text, 0 where none does: "Nämnden beslutar: Planen antas."."""
    colon = text.find(":", 0, 300)
    return colon + 1 if colon > 0 and text[colon + 1 :].strip() and is_lead(fold(text[: colon + 1])) else 0


def _open_points(stretch: Stretch) -> Iterator[_Open]:
    """The points as offsets: line by line, each either goes on with the last one or begins another."""
    last: _Open | None = None
    lines = stretch.text.split("\n")
    width = max(_NARROW, *map(len, lines))
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
        new = _begins(line, last, previous, blank, width, stretch.text)
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


def _begins(line: str, last: _Open | None, previous: str, blank: bool, width: int, text: str) -> _Open | None:
    """The point that this line begins, or None where it goes on with the last one."""
    so_far = _so_far(text, last) if last else ""
    after_lead = last is None or is_lead(so_far)
    mark = _MARK.match(line)
    if mark and (kind := _marker(mark)) and _in_order(mark, last, after_lead, previous):
        return _listed(mark, kind, last, so_far, after_lead)
    att = _ATT.match(line)
    if att and (after_lead or (last and last.marker == "att" and _att_again(previous, line, blank, width))):
        outer = (last.number if after_lead else last.outer) if last else 0
        return _Open(_att_start(line), 0, "att", outer=outer)
    if last is None or after_lead:
        return _Open(0, 0, "")
    if not _new_paragraph(line, last, so_far, previous, blank, width):
        return None
    return _Open(0, 0, "")


def _so_far(text: str, point: _Open) -> str:
    """The words of a point; of a long one its beginning and its end, which are all that matter here."""
    if point.end - point.start < 2 * _LONG:
        return fold(text[point.start : point.end])
    return fold(f"{text[point.start : point.start + _LONG]} ... {text[point.end - 80 : point.end]}")


def _marker(mark: re.Match[str]) -> str:
    return mark["bullet"] or ("1" if mark["number"] else "a")


def _in_order(mark: re.Match[str], last: _Open | None, after_lead: bool, previous: str) -> bool:
    """Whether a number or letter is the next of its list: "den\\n27. juni" is none."""
    if mark["bullet"] or last is None or after_lead:
        return True
    value = int(mark["number"]) if mark["number"] else 1
    skips = last.number < value < last.number + 20 and bool(_END.search(previous))  # a number lost, not a date
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


def _att_again(previous: str, line: str, blank: bool, width: int) -> bool:
    """Whether an att at the start of a line begins a clause of its own, not one that the last line goes on with."""
    return blank or previous.endswith((".", ",", ";", " och", " samt")) or len(previous) < 0.7 * width


def _new_paragraph(line: str, last: _Open, so_far: str, previous: str, blank: bool, width: int) -> bool:
    """Whether an unmarked line begins a paragraph of its own."""
    stripped = _DRESS.sub("", line)
    if _speaks(stripped) and (blank or _END.search(previous)):
        return True
    if _VERDICT.match(stripped) and (blank or len(previous) < 0.8 * width or _END.search(previous)):
        return True
    if _SIGNED.match(stripped) or (blank and _ASIDE.match(stripped)):
        return True
    if is_lead(stripped) and (
        blank or (not stripped[:1].islower() and (_END.search(previous) or len(previous) < 0.8 * width))
    ):
        return True
    if stripped[:1].islower() or so_far.endswith(":"):
        return False
    if last.inner is not None or (not last.marker and _UNFINISHED.search(so_far)):
        return (blank or bool(_END.search(previous))) and outcome(stripped) != "other"
    if blank:
        if last.marker and (line[:1] in " \t" or (outcome(stripped) == "other" and not _OWN.match(stripped))):
            return False  # it goes on with the point above it
        return bool(_END.search(previous) or len(previous) < 0.8 * width)
    if last.marker:
        return False
    return bool(_END.search(previous)) or len(previous) < 0.6 * width


def _speaks(line: str) -> bool:
    """Whether a line opens with a body that does something: "Nämnden antar ..."."""
    return bool(_SPEAKS.match(line))
