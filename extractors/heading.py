"""The heading of a paper that is no minutes (rubrik), on one line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors import bodies, case_numbers, head_lines, sections
from extractors.lexicon import load
from extractors.model import Stretch
from extractors.segment import is_furniture
from extractors.text import Text

_MARKS = " \t*_#|>"
_LONGEST = 300  # characters
_LINES = 60  # of a paper in which its heading stands
# Lines of a paper's head that are not its heading.
_LABELLED = re.compile(
    r"""(?:datum|handläggare|telefon|tel|fax|växel|mobil|e-post|epost|direktnr|diarien\w*|dnr|ärendenr|ärendenummer|beteckning|referens|till|från|
        besöksadress|postadress|adress|webb|org\.?\s?nr|handling|sida|kopia|fotograf|foto|bild|text|publicera[dt]\w*|uppdatera[dt]\w*|senast|dela|
        lyssna|skriv\sut|meny|sök|hoppa|start|hem|bilaga|bilagor|upprättad|dokument\w*|utskrift\w*|ansvarig|
        beslutsdatum|missiv|version|avsändare|mottagare|yttrande|tjänsteställe|förvaltning|enhet|avdelning|kund|uppdrag\w*|giltig\w*|gäller\sför|beslutande\s\w+|typ\sav\s\w+)\b\s*(?::|$|nr\b|\d|\d{4})""",
    re.VERBOSE | re.IGNORECASE,
)
_KIND_ONLY = re.compile(
    r"(?:tjänsteutlåtande|tjänsteskrivelse|tjänsteyttrande|motion|riktlinjer?|taxa|policy|reglemente|interpellation(?:ssvar)?|nyheter|nyhet|aktuellt|pressmeddelande|utlåtande|remissvar|skrivelse|yttrande|kallelse|"
    r"handling \d{4} nr \d+.*|interpellationssvar handling .*|start|startsida|dela|innehåll|bilaga ?\w?|till|"
    r"handläggare|"
    r"kommun|rapport|revisionsrapport|granskningsrapport|revisionsskrivelse|"
    r"initiativärende|ärende(?:nr)?:? ?[\d.]*|initiativ i .*|"
    r"(?:motion|interpellation|skrivelse|enkel fråga|medborgarförslag) (?:till|i) (?:[\w-]+ )?"
    r"(?:kommun|stads)?fullmäktige\w*"
    r"(?: i [\w åäö-]+? (?:kommun|stad)| i [\w-]+)?|(?:interpellation|enkel fråga|fråga) (?:enligt|ställd) .*|"
    r"till (?:\w+ )?(?:kommun)?fullmäktige(?: i [A-ZÅÄÖ][\w-]+(?: kommun| stad)?)?|"
    r"ink(?:om(?:men)?|\.)? ?[\d .-]*)",
    re.IGNORECASE,
)
_KIND = re.compile(
    r"(?:tjänsteutlåtande|tjänsteskrivelse|tjänsteyttrande|motion|interpellation|enkel fråga|fråga|yttrande|remissvar)",
    re.IGNORECASE,
)
_GAP = re.compile(r"(?<=\S)(?: {2,}|\t)(?=\S)")
_CONTACT = re.compile(
    r"@|www\.|\b\d{3} ?\d{2} [A-ZÅÄÖ]|\b0\d{1,3}[- ]?\d{2,}|^\W*[\d .:()/-]+$|^(?:[\w.-]+\.)+se$|"
    r"min(?:uters?)? läsning|"
    r"^\d{4}-\d\d-\d\d|^(?:\d{1,2} [a-zå]+ \d{4} )?av [A-ZÅÄÖ][\w -]+\([A-ZÅÄÖ]+\)$"
)
_PLACE = re.compile(r"^(?:[A-ZÅÄÖ][\w-]+ ){1,2}(?:kommun|stad) (?=\w)")
_JUNK = re.compile(
    r"^(?:[A-ZÅÄÖ][\w-]+ ){1,2}(?:kommun|stad)(?=$| +[A-ZÅÄÖ]{2})|\s(?:[Ss]ida?\.? ?)?\d+ ?(?:\(\d+\)|/ ?\d+|av \d+)?$"
)  # the municipality and the page in a running head
_NAME = re.compile(
    r"(?:[A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäö]+)? ){1,3}[A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäö]+)?"
)  # who wrote it
_TO = re.compile(
    r"\s+Till (?:[A-ZÅÄÖ]\w+ )?(?:kommun)?(?:fullmäktige|styrelsen)$|"
    r"^(?:Tjänsteskrivelse|Tjänsteutlåtande|Missiv)\s*[-–:]\s*(?=\w)"
)
_KIND_LAST = re.compile(
    r" +(?:TJÄNSTESKRIVELSE|TJÄNSTEUTLÅTANDE|TJÄNSTEYTTRANDE|Tjänsteskrivelse|Tjänsteutlåtande|YTTRANDE|MOTION)$"
)
_SENT_TO = re.compile(r"(?:Till|Ställd till)\b.{3,90}\([A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,5}\)$")  # whom a question is put to
_DAY = re.compile(r"^(?:[A-ZÅÄÖ]\w+,? )?(?:den )?\d{1,2} [a-zå]+ \d{4}$")
_DEPARTMENT = re.compile(
    r"(?:[\w-]+ ){0,4}\w*(?:förvaltning(?:en)?|kontoret|avdelning(?:en)?|enhet(?:en)?|sektorn?|staben|revisionen)"
    r"(?: [\w& -]+)?$",
    re.IGNORECASE,
)
# Where a sentence begins in the middle of a line without a sign: a small word, a capital, a small word.
_SECTOR = re.compile(  # a department that is called by its field alone: Samhällsbyggnad, Barn och utbildning
    r"(?:(?:sektor(?:n)? (?:för )?|verksamhetsområde )?(?:samhällsbyggnad"
    r"|stadsbyggnad|stadsmiljö|(?:barn|kultur|bildning|skola) och \w+"
    r"|vård och omsorg|miljö och bygg\w*|kommunledning|social omsorg|utbildning|samhälle|serviceområde"
    r"|kansli|ekonomi))",
    re.IGNORECASE,
)
_RUN_ON = re.compile(r"(?<= )([a-zåäö]{3,}|[\wåäö]+\))\ (?=[A-ZÅÄÖ](?:[a-zåäö]*[a-rt-zåäö])? [a-zåäö\d])")


def find(text: Text) -> str | None:
    """The heading: the first line that is no label, body, date or address, with the lines that it goes on over.

    >>> find(Text("Till\\nTekniska nämnden\\n2026-05-04\\n\\nNy cykelbana vid\\nån\\n\\nSammanfattning", (), "text"))
    'Ny cykelbana vid ån'
    """
    if (title := _from_page(text)) is not None:
        return title
    rows: list[str] = []
    name = None
    for line, gap in _after_kind(list(_lines(text.text))):
        if not rows and name and sections.name_of(line):
            return name  # it looked like somebody's name, but the sections begin below it
        if not rows:
            name = line if _NAME.fullmatch(line) else None if _is_head(line) else name
            if not _is_head(line):
                rows.append(line)
            continue
        if _ends(rows, line, gap):
            break
        rows.append(line)
    return _tidy(rows) if rows else None


def summons(text: Text) -> str | None:
    """The line that calls a summons so ("Kallelse till kommunfullmäktige")."""
    return next(
        (line for line, _ in _lines(text.text) if re.match(r"Kallelse (?:till|för|-|–) ?\w+", line, re.IGNORECASE)),
        None,
    )


def _from_page(text: Text) -> str | None:
    """The title of an HTML page, without the name of its site, where the text has it as a line too."""
    title = (text.meta.get("title") or "").strip()
    if text.format != "html" or not title:
        return None
    short = re.split(r" [-–—|] (?=[^-–—|]*$)", title)[0].strip()
    return short or title


def _after_kind(lines: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """The lines from the one below "Motion" or "Tjänsteskrivelse", where that could be the heading; else all.

    What stands above may be a party's motto or the head of a form, whose words no list knows.
    """
    for at, ((line, _), (after, _)) in enumerate(pairwise(lines)):
        if _KIND.fullmatch(line) and not _is_head(after):
            return lines[at + 1 :]
    return lines


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """The first lines with words, and whether a blank line stands before each."""
    gap, count = False, 0
    for raw in text.split("\n"):
        line = " ".join(_without_labelled(raw).strip(_MARKS).split())
        if line:
            count += 1
            yield line, gap
        if count > _LINES:
            return
        gap = not line


def _without_labelled(line: str) -> str:
    """A line without the cells beside its first that are fields of a form: "Kansliet    Dnr: 7"."""
    _, *cells = _GAP.split(line)
    return "" if cells and any(_LABELLED.match(cell) for cell in cells) else line


def _is_head(line: str) -> bool:
    """Whether a line belongs to the head of the paper and is not its heading."""
    if _DAY.fullmatch(line):
        return True
    for number in list(case_numbers.find(Stretch(line)))[::-1]:
        line = line[: number.span.start] + " " + line[number.span.end :]
    line = _KIND_LAST.sub("", " ".join(_JUNK.sub(" ", line).split()))
    if _SENT_TO.fullmatch(line):
        return True
    if re.fullmatch(rf"{_NAME.pattern}, [a-zåäö-]+", line):
        return True
    if len(line) < 4 or is_furniture(line) or bodies.named(line) or _KIND_ONLY.fullmatch(_PLACE.sub("", line)):
        return True
    if _LABELLED.match(line) or _CONTACT.search(line) or sections.name_of(line) or _DEPARTMENT.fullmatch(line):
        return True
    if _SECTOR.fullmatch(line):
        return True
    if re.fullmatch(r"(?:[A-ZÅÄÖ][\w-]+ ){1,2}(?i:kommun|stad)", line) or re.fullmatch(r"<!--.*-->", line):
        return True
    if _NAME.fullmatch(line):
        return True
    return len(re.findall(r"\w{3,}", head_lines.labels().sub(" ", line))) == 0


def _ends(rows: Sequence[str], line: str, gap: bool) -> bool:
    """Whether the heading, as read so far, ends before this line."""
    last = rows[-1]
    if len(rows) >= 6 or sections.name_of(line) or is_furniture(line) or _LABELLED.match(line) or len(line) > 160:
        return True
    goes_on = last.split()[-1].lower() in load("heads")["goes_on"] or last.endswith((",", "-", "–"))
    if gap:
        return not (goes_on and not last.endswith(("-", "–")))
    if goes_on:
        return False
    if last.endswith((".", "?", "!", ":")) or re.match(r"[-–•] ?\S", line):
        return True
    return not (line[0].islower() or len(last) + len(line.split()[0]) > 58) or _is_sentence(line)


def _is_sentence(line: str) -> bool:
    return len(line) > 75 and line[0].isupper() and len(line.split()) > 9


def _tidy(rows: Sequence[str]) -> str:
    title = ""
    for row in rows:
        joined = re.search(r"[a-zåäö]-$", title) and row[0].islower() and not row.startswith(("och ", "eller "))
        title = title[:-1] + row if joined else f"{title} {row}"
    title = _TO.sub("", title.strip()).strip()
    if len(title) > 110 and re.search(r"\.(?: |$)", title[60:]):  # the text began on the heading's own line
        cuts = (cut for cut in _RUN_ON.finditer(title, 60) if cut[1] not in load("heads")["goes_on"])
        title = title[: next((cut.end() - 1 for cut in cuts), len(title))]
    return title[:_LONGEST].strip(" *_#|")
