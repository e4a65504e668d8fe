"""Running heads, feet, page numbers and signature strips (sidhuvud, sidfot), taken off by place and by repetition."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise

from extractors.one_page import first_line, head, head_and_foot
from extractors.sheet import Line, Sheet

_TOP, _FOOT = 0.22, 0.84  # heads lie above and feet below these parts of the page's height
_OFTEN = 0.25  # a head or foot stands on at least this part of the pages, and on two at least
_STEADY = 2.0  # points; a foot that is a sentence stands at one height
_LONGEST = 140  # characters; a longer line is running text

_PAGE_NUMBER = re.compile(
    r"""\b(?:sid(?:a|an|nr)?|page|s)\.?[ ]?\d{1,4}(?:[ ]?(?:av|of|/|\()[ ]?\d{1,4}\)?)?(?!\w)   # Sida 2 av 30, sid 4
        | (?<![\w/.-])\d{1,4}[ ]?\([ ]?\d{1,4}[ ]?\)                                         # 12 (41)
        | ^[-–]?[ ]?\d{1,4}[ ]?[-–]?$ | ^\d{1,4}[ ]?(?:/|av)[ ]?\d{1,4}$                     # 7, - 7 -, 7/41
        | (?<=[ ]{2})\d{1,4}[ ]?/[ ]?\d{1,4}$
        | ^\d{1,4}(?=[ ]{2}\D) | (?<=\D[ ]{2})\d{1,4}$                                      # 7  Kommunstyrelsen
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LONE_PAGE_NUMBER = re.compile(
    r"(?:sid(?:a|an)?\.? ?|page ?)?[-–]? ?(\d{1,4})(?: ?(?:\(|/|av|of) ?\d{1,4} ?\)?)? ?[-–]?", re.IGNORECASE
)
_COUNTED_PAGE_NUMBER = re.compile(
    r"(?:sid|page)(?:a|an)?\.? ?\d{1,4}(?: ?(?:av|/|\() ?\d{1,4}\)?)?|\d{1,4} ?\(\d{1,4}\)", re.I
)

# Furniture by its words alone, wherever it stands and even if it stands once.
_STRIP = re.compile(
    r"""(?:justerandes?|ordförandes?|sekreterares?)[ ]*(?:sign(?:atur(?:er)?|\.)?)?\b[\s._:]*utdragsbestyrkande.*
      | (?:(?:justera(?:nde|re|rna)|ordförande|sekreterare)n?s?[ ]*sign(?:atur(?:er)?|\.)?[ ._:]*)+
      | utdrags[ -]?bestyrkande(?:[ ]*(?:sign(?:atur)?|datum).*)?[ ._:]*
      | (?:detta[ ])?dokument(?:et)?[ ](?:är|har)[ ](?:signerat|undertecknats)[ ](?:digitalt|elektroniskt).*
      | (?:document|dokument|transaktions?|transaction|signerings?)[- ]?(?:id|nyckel|referens)[: ]+[\w-]{8,}.*
      | (?:comfact[ ]signature|penneo|scrive|visma[ ](?:addo|sign)|signport|egreement)\b.*
    """,
    re.VERBOSE | re.IGNORECASE,
)
# What says, after a page break, that a § goes on: "forts. KF § 39", "§ 152 forts.", "Forts. från föregående sida".
_GOES_ON = re.compile(
    r"""\W*forts(?:ättning|\.)?(?:[ ]av)?[ ]*
        (?:(?:[A-ZÅÄÖ]\w{0,9}[ ])?§{1,2}[ ]?\d+(?:[ ][a-z])?|(?:från|på)[ ]\w+[ ]sida)?\W*
      | \W*(?:[A-ZÅÄÖ]\w{0,9}[ ])?§[ ]?\d+(?:[ ][a-z])?,?[ ]*\(?forts(?:ättning|\.)?\W*""",
    re.VERBOSE | re.IGNORECASE,
)
# Words of a running head in text whose pages have no places: they count when the line comes again and again.
_HEAD_WORDS = re.compile(
    r"sammanträdes?(?:protokoll|datum)|\bprotokoll(?: ?\(?nr\b.*|\b)(?!sutdrag)|utdragsbestyrk|justerande|\bsida\b",
    re.I,
)
_NEVER = re.compile(
    r"""(?:[a-zåäö]{1,6}[ ])?§ | forts | \d+[.)][ ] | [•▪–-][ ]
      | (?:(?:\w+s[ ])?(?:förslag[ ]till[ ])?(?:beslut|ställningstagande)|beslutar|ärende(?:beskrivning|t)?
        |sammanfattning|bakgrund|beslutsunderlag|underlag|handling(?:ar)?|yrkanden?|propositionsordning|beslutsgång
        |(?:huvud)?votering|omröstning|reservation(?:er)?|protokollsanteckning(?:ar)?|särskil[td]a?[ ]yttranden?
        |tidigare[ ]behandling|beredning|expedier\w*|jäv|överläggning|voteringslista|bilag(?:a|or)\b.{0,4}
        |närvaro(?:lista)?|innehåll(?:sförteckning)?|protokollsutdrag[ ]skickas.*|(?:beslutet[ ])?skickas[ ]till
        |kopia[ ]till|delges|barnkonsekvens\w*|ekonomi\w*)[ :]*$
      | [^.]{0,80}\b(?:beslut(?:ar|ade)|föreslår)\b | att[ ]   # a lead-in, an att-sats
    """,
    re.VERBOSE | re.IGNORECASE,
)
_GAP = re.compile(r" {2,}|\t")


def take_off(sheets: list[Sheet]) -> tuple[str, ...]:
    """Takes the furniture off the sheets' lines, in place; what was taken, each different line once, page 1 first.

    The head of the first page stays, without the page's number; so does one that comes again from the fourth page on (a
    paper within papers), where it first stands: there it is a heading, and its date and case number have a place.
    """
    if not sheets:
        return ()
    found = _by_place(sheets) if sheets[0].height else _by_words(sheets)
    taken = dict.fromkeys(line for sheet in sheets for line in sheet.furniture)
    seen: dict[str, int] = {}
    leading = _leading(sheets[0], found[0])
    often = Counter(_key(line.text) for lines in found for line in lines)
    for sheet, lines in zip(sheets, found, strict=True):
        gone = {id(line) for line in sheet.lines if "forts" in line.text.lower() and _GOES_ON.fullmatch(line.text)}
        for line in lines:
            if name := _named(line.text):
                taken.setdefault(name)
            if (often[_key(line.text)] > 1 or sheet is sheets[0]) and _stays(line, sheet, seen, leading):
                line.text = _last_cell(line.text, {str(sheet.number)}) or line.text
            else:
                gone.add(id(line))
            seen[_key(line.text)] = sheet.number
        sheet.furniture += [name for line in lines if (name := _named(line.text))]
        sheet.lines = [line for line in sheet.lines if id(line) not in gone]
    return tuple(taken)


def _stays(line: Line, sheet: Sheet, seen: dict[str, int], leading: set[int]) -> bool:
    """Whether this is the first of a run of heads, on a page where it interrupts nothing."""
    if _key(line.text) in ("", "#", "#/#") or _STRIP.fullmatch(line.text):
        return False
    first = sheet.number - seen.get(_key(line.text), -9) > 3
    if not sheet.height:
        return first and id(line) in leading
    return first and line.top < 0.5 * sheet.height and (sheet.number == 1 or sheet.number > 3)


def _leading(sheet: Sheet, found: list[Line]) -> set[int]:
    """The furniture with which a text without places begins; a few foreign lines between do not matter, a § does."""
    marks = {id(line) for line in found}
    leading: set[int] = set()
    foreign = 0
    for line in sheet.lines:
        if id(line) in marks:
            leading.add(id(line))
        elif line.text:
            foreign += 1
        if foreign > 4 or "§" in line.text:
            break
    return leading


def _named(text: str) -> str:
    """A line of furniture as it is told: without its page number; nothing where it was only that."""
    return _GAP.sub(" ", _PAGE_NUMBER.sub("", text)).strip(" -–|")


@lru_cache(8192)
def _key(text: str) -> str:
    """A line as it is counted: without its page number, its case and its blanks; a counted page number is "#/#"."""
    if _COUNTED_PAGE_NUMBER.fullmatch(text):
        return "#/#"
    return " ".join(_PAGE_NUMBER.sub("#", text).casefold().split())


def _by_place(sheets: list[Sheet]) -> list[list[Line]]:
    """The furniture of every sheet: peeled from the upper and lower edge as long as lines come again elsewhere."""
    edges = [_edges(sheet) for sheet in sheets]
    again = _again(edges)
    numbered = _numbering(sheets, edges)
    found: list[list[Line]] = []
    for sheet, (top, foot) in zip(sheets, edges, strict=True):
        lines = [*_peel(top, "t", again, sheet, numbered), *_peel(foot, "f", again, sheet, numbered)]
        strips = [line for line in sheet.lines if _is_strip(line, sheet)]
        lone = head_and_foot(sheet) if len(sheets) == 1 else head(sheet) if sheet is not sheets[0] else []
        kept = {id(line): line for line in (*lines, *strips, *lone)}
        found.append([line for line in sheet.lines if id(line) in kept])
    return found


def _again(edges: list[tuple[list[Line], list[Line]]]) -> dict[str, bool]:
    """What comes again at an edge ("t" or "f" and the line's key), and whether surely: not on two pages of many only.

    A sentence must stand at the very same height.
    """
    on: dict[str, list[int]] = {}
    tops: dict[str, list[float]] = {}
    for number, (top, foot) in enumerate(edges):
        lines = {"t" + _key(line.text): line for line in top} | {"f" + _key(line.text): line for line in foot}
        for key, line in lines.items():
            on.setdefault(key, []).append(number)
            tops.setdefault(key, []).append(line.top)
    return {
        key: len(numbers) > 2 or len(numbers) == len(edges)
        for key, numbers in on.items()
        if _comes_again(numbers, len(edges)) and (not key.endswith((".", "!")) or _is_fixed(tops[key], len(edges)))
    }


def _is_fixed(tops: list[float], pages: int) -> bool:
    """Whether a line stands at one height, on most pages."""
    return len(tops) > 0.6 * pages and max(tops) - min(tops) < _STEADY


def _edges(sheet: Sheet) -> tuple[list[Line], list[Line]]:
    """The lines near the upper edge from above, and those near the lower edge from below."""
    top = [line for line in sheet.lines if line.bottom < _TOP * sheet.height]
    foot = [line for line in sheet.lines if line.top > _FOOT * sheet.height]
    return sorted(top, key=lambda line: line.top), sorted(foot, key=lambda line: -line.bottom)


def _peel(lines: list[Line], edge: str, again: dict[str, bool], sheet: Sheet, numbered: set[int]) -> list[Line]:
    """Furniture from the edge inwards; a few foreign lines on the way (a logo's words) do not stop it."""
    found: list[Line] = []
    foreign = 0
    for line in lines:
        surely = again.get(edge + _key(line.text))
        repeated = (surely if foreign else surely is not None) and _may_repeat(line.text)
        if repeated or _is_page_number(line.text, sheet.number, numbered):
            found.append(line)
        elif _NEVER.match(line.text) and _in_row(line, lines, edge, again):
            continue
        elif _NEVER.match(line.text) or foreign == 1 or len(line.text) > 60:
            break
        else:
            foreign += 1
    return found


def _in_row(line: Line, lines: list[Line], edge: str, again: dict[str, bool]) -> bool:
    """Whether a heading stands in one row with furniture, so that more furniture may come below it."""
    row = (other for other in lines if other is not line and abs(other.top - line.top) < 4)
    return any(edge + _key(other.text) in again for other in row)


def _comes_again(numbers: list[int], pages: int) -> bool:
    """Whether a line stands at an edge on enough pages, or on a run of three or more (papers bundled in one file)."""
    if len(numbers) >= max(2, _OFTEN * pages):
        return True
    neighbours = sum(b - a == 1 for a, b in pairwise(numbers))
    return len(numbers) >= 3 and neighbours >= 0.6 * (len(numbers) - 1)


def _may_repeat(text: str) -> bool:
    """Whether a line that comes again can be furniture: no heading of an item or section, no figures, nothing begun."""
    if _ISO.fullmatch(text):
        return True
    if len(text) > _LONGEST or text.endswith((",", ";", ":")) or _NEVER.match(text):
        return False
    return any(map(str.isalpha, text))


_ISO = re.compile(r"\d{4}-\d\d-\d\d")


def _numbering(sheets: list[Sheet], edges: list[tuple[list[Line], list[Line]]]) -> set[int]:
    """By how much the printed page numbers differ from the sheets' own; more than one where papers are bundled."""
    shifts: Counter[int] = Counter()
    for sheet, (top, foot) in zip(sheets, edges, strict=True):
        for line in (*top[:4], *foot[:4]):
            if match := _LONE_PAGE_NUMBER.fullmatch(line.text):
                shifts[int(match[1]) - sheet.number] += 1
    return {shift for shift, count in shifts.items() if count > 1} | {0}


def _is_page_number(text: str, number: int, shifts: set[int]) -> bool:
    if _COUNTED_PAGE_NUMBER.fullmatch(text):
        return True
    match = _LONE_PAGE_NUMBER.fullmatch(text)
    return bool(match and int(match[1]) - number in shifts)


def _is_strip(line: Line, sheet: Sheet) -> bool:
    """A signature strip by its words, or text turned upright in the margin."""
    if _STRIP.fullmatch(line.text):
        return True
    upright = line.bottom - line.top > 8 * max(line.right - line.left, 2) and len(line.text) > 8
    return upright and (line.right < 0.08 * sheet.width or line.left > 0.92 * sheet.width)


def _by_words(sheets: list[Sheet]) -> list[list[Line]]:
    """Furniture of text without places: lines that come again at page breaks, or bear a running head's words."""
    keys = [[_key(line.text) for line in sheet.lines] for sheet in sheets]
    counts = Counter(key for page in keys for key in page if key)
    whole = len(sheets) if len(sheets) > 1 else 3  # a head of both of two pages is one, too
    strong = {key for key, count in counts.items() if (count >= min(whole, 3) or key == "#/#") and _is_strong(key)}
    strong |= {key for key, count in counts.items() if count > 1 and _STRIP.fullmatch(key)}
    lead = first_line(sheets[0])
    if lead and counts[_key(lead[0].text)] == 1:
        strong.add(_key(lead[0].text))
    strong |= {_key(line.text) for sheet in sheets[1:] for line in first_line(sheet) if "#" in _key(line.text)}
    breaks = max([len(sheets), *(counts[key] for key in strong)])
    sides = _sides(keys, counts, strong, max(3, 0.15 * breaks))
    lone = _lone_numbers(sheets, keys, strong | set(sides), breaks)
    return [_found(sheet, page, strong, sides, lone) for sheet, page in zip(sheets, keys, strict=True)]


def _lone_numbers(sheets: list[Sheet], keys: list[list[str]], known: set[str], breaks: int) -> set[int]:
    """The lines (by id) that are page numbers and nothing else: beside furniture on most pages, and rising."""
    found: list[tuple[int, int]] = []
    for sheet, page in zip(sheets, keys, strict=True):
        solid = [(line, key) for line, key in zip(sheet.lines, page, strict=True) if key]
        for at, (line, key) in enumerate(solid):
            beside = {solid[near][1] for near in (at - 1, at + 1) if 0 <= near < len(solid)}
            if key == "#" and line.text.isdigit() and len(line.text) < 4 and beside & known:
                found.append((int(line.text), id(line)))
    numbers = [number for number, _ in found]
    rising = all(a < b for a, b in pairwise(numbers))
    return {mark for _, mark in found} if rising and len(found) >= max(3, 0.5 * breaks) else set()


def _is_strong(key: str) -> bool:
    if key == "#" or len(key) > _LONGEST or _NEVER.match(key) or key.endswith("."):
        return False
    return key == "#/#" or bool(_HEAD_WORDS.search(key))


def _sides(keys: list[list[str]], counts: Counter[str], strong: set[str], least: float) -> dict[str, tuple[bool, bool]]:
    """Lines that come again beside strong furniture, with the sides on which it stands: before them, after them.

    In rounds, so that a head of several lines is found from its strong line on; a page's edge is as good as one.
    """
    sides: dict[str, tuple[bool, bool]] = {}
    for _ in range(4):
        known = strong | set(sides)
        before, after = _neighbours(keys, known)
        for key, count in counts.items():
            if key in known or key == "#" or count < least:
                continue
            enough = max(least, 0.45 * count)  # the body's name may stand among those who get the extract, too
            side = (before[key] >= enough, after[key] >= enough)
            if key.endswith("."):
                side = (min(before[key], after[key]) >= count - 1,) * 2  # a sentence: furniture on both sides of it
            if any(side) and _may_repeat(key):
                sides[key] = side
    return sides


def _neighbours(keys: list[list[str]], known: set[str]) -> tuple[Counter[str], Counter[str]]:
    """How often each line has furniture (or a page's edge) before it, and after it; blank lines do not count."""
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    edge = len(keys) > 1
    for page in keys:
        solid = [key for key in page if key]
        for at, key in enumerate(solid):
            before[key] += solid[at - 1] in known if at else edge
            after[key] += solid[at + 1] in known if at + 1 < len(solid) else edge
    return before, after


def _found(
    sheet: Sheet, page: list[str], strong: set[str], sides: dict[str, tuple[bool, bool]], lone: set[int]
) -> list[Line]:
    """The furniture of one sheet; where it shares a line with text (a head beside a roster) it is cut off the line."""
    solid = [(line, key) for line, key in zip(sheet.lines, page, strict=True) if key]
    known = strong | set(sides)
    found: list[Line] = []
    for at, (line, key) in enumerate(solid):
        near = (at == 0 or solid[at - 1][1] in known, at + 1 == len(solid) or solid[at + 1][1] in known)
        beside = any(side and there for side, there in zip(sides.get(key, (False, False)), near, strict=True))
        if key in strong or beside or id(line) in lone or _STRIP.fullmatch(line.text):
            found.append(line)
        elif cut := _last_cell(line.text, known):
            line.text = cut
    return found


def _last_cell(text: str, known: set[str]) -> str | None:
    """A line without its last cell where that is furniture; None where it is not."""
    cells = re.split(r" {2,}", text)
    if len(cells) > 1 and ({cells[-1], _key(cells[-1])} & known or _COUNTED_PAGE_NUMBER.fullmatch(cells[-1])):
        return text[: len(text) - len(cells[-1])].rstrip()
    return None
