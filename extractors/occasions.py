"""What a day in a paper is (tillfälle): its own, an earlier decision's or meeting's, a last day, or none of these."""

from __future__ import annotations

import re

from extractors import lexicon

_WORDS = lexicon.load("dates")
_ROLES = _WORDS["roles"]
_any = lexicon.any_of
_MINUTES = ("protocol", "protocol_extract", "agenda")
_BEFORE, _AFTER = 140, 80  # characters around a day that are read; the sentence ends earlier

_SENTENCE = re.compile(r"\n\s*\n|[.!?]\s+(?=[A-ZÅÄÖ])|:\s+(?=[A-ZÅÄÖ])|\n\s*(?:[•▪*–-]\s|\d{1,2}[.)]\s)|[•|\t]| {4,}")
_WEEKDAY = rf"(?:{_any(_WORDS['weekdays'])})(?:en)?"
_DEN = rf"(?:\s(?:vid|till)\s\w+)?(?:\s(?:kl\.?|klockan)\s[\d.:]+,?)?(?:\s{_WEEKDAY},?)?(?:\s(?:den|i))?:?\s*$"
_DEADLINE = re.compile(rf"(?<!\w)(?:{_any(_ROLES['deadline'])}){_DEN}", re.IGNORECASE)
_LAST_DAY = re.compile(
    r"\b(?:sista\s(?:\w+\s?)?(?:dag|datum)|deadline|slutdatum)(?:en|et)?\b[^.\n]{0,50}$", re.IGNORECASE
)
_RECENTLY = re.compile(
    rf"(?:{_any(_ROLES['most_recently'])})(?:d|t|de|des|ts)\s(?:\w+\s){{0,2}}$|\brevidering[^.]{{0,60}}$", re.IGNORECASE
)

_BODY = (
    r"(?:(?:fullmäktige|styrelse|nämnd|utskott|beredning|direktion)(?:en|et|n)?s?(?!\w)"
    r"|(?-i:\b(?:[KR][FS]|[A-ZÅÄÖ]{0,4}(?:N|AU|PU))\b))"
)
_DECISION = re.compile(
    rf"(?<!förslag till )(?<!underlag för )(?<!underlag till )\b(?:{_any(_ROLES['decision'])})\w*", re.IGNORECASE
)
_PAPER = re.compile(rf"(?:{_any(_ROLES['document'])})(?![\w-])", re.IGNORECASE)  # the end of tjänsteskrivelse
_ADOPTED = re.compile(
    rf"\b(?:antage[nt]|beslutad|fastställ[dt])\w* (?:av|i) (?:[\w-]+ ){{0,3}}?[\w-]*{_BODY},? (?:den )?$", re.I
)
_DONE_TO = re.compile(
    r"\w+(?:de|te|ts|gs?)\s(?:(?!enligt|i|med|till|av|från)[\w-]+\s){0,2}?\w*(?:en|et)\s(?:den\s)?$", re.IGNORECASE
)  # tillstyrkte motionen den
_BODY_BEFORE = re.compile(rf"{_BODY},?\s(?:den\s)?$", re.IGNORECASE)
_MINUTES_OF = re.compile(
    rf"{_BODY}\s\w*protokoll(?:et)?\b|protokoll(?:et)?\s(?:från|av|i)\s(?:\w+\s)?[\w-]*{_BODY}", re.IGNORECASE
)
_APART = re.compile(rf"(?<!\w)(?:{_any(_ROLES['apart'])})(?!\w)", re.IGNORECASE)
# Between a paper and its day: who wrote it, and names. "utredningen startade den" is nothing of the kind.
_BY_WHOM = re.compile(
    r"(?:[,(:]|\s|\b(?:den|och|samt|m\.?\s?fl\.?|nr(?:\s\d+)?|(?:från|av|till|i|för|över|om|gällande|angående)(?:\s[a-zåäöé-]+){0,3})(?!\w)"
    r"|(?!Den\b|I\b|Under\b)[A-ZÅÄÖ][\wåäöé.-]*|\([A-ZÅÄÖa-z-]{1,5}\))*"
)
_MINUTES_ABOVE = re.compile(r"protokoll(?!sutdrag skickas)", re.IGNORECASE)
_SECTION = re.compile(r"(?: |,\s| ,\s)?\(?§")
_BEHIND = re.compile(
    rf"(?:,?\s?§+\s?[\d–-]+,?)?,?\s(?:har\s)?(?:\w+\s){{0,3}}?(?:{_any(_ROLES['handed_in'])}|(?P<decision>{_any(_ROLES['decision'])}))",
    re.IGNORECASE,
)
_TEXT = re.compile(r"[.:]\s*\n\s*\n|\n[^\n]{200,}\n")  # between a head and a day that stands in running text


def role(text: str, place: tuple[int, int], value: str, own: str | None, kind: str | None) -> str:
    """The role of the day `value` that stands at text[place]; `own` is the day of the paper, `kind` what it is.

    >>> told = "Svar senast 2031-05-30. Enligt tjänsteskrivelse 2031-02-14 och nämndens beslut 2031-03-04 § 9"
    >>> days = ("2031-05-30", "2031-02-14", "2031-03-04")
    >>> [role(told, (told.index(day), told.index(day) + 10), day, "2031-04-01", "protocol") for day in days]
    ['deadline', 'mentioned', 'decision']
    """
    start, end = place
    if value == own:
        adopted = kind not in _MINUTES and _ADOPTED.search(_sentence(text, start)) is not None
        return "meeting" if kind in _MINUTES else "decision" if adopted else "document"
    if is_deadline(text, start):
        return "deadline"
    if len(value) < 10 or (own and value > own):  # what is still to come has not been decided
        return "mentioned"
    before, after = _sentence(text, start), text[end : end + _AFTER]
    decided = _SECTION.match(after) or (
        _decided(before, after) if before.strip() else _below_minutes(text, start, after)
    )
    return "decision" if decided else "mentioned"


def _below_minutes(text: str, start: int, after: str) -> bool:
    """Whether a day with which a line or a cell begins stands in the head of minutes bundled with the paper."""
    above = text[max(0, start - _BEFORE) : start]
    if _decides(after):
        return True
    papers, minutes = list(_PAPER.finditer(above)), list(_MINUTES_ABOVE.finditer(above))
    if not minutes or (papers and papers[-1].end() > minutes[-1].end()):
        return False
    return not _TEXT.search(above, minutes[-1].end())


def is_deadline(text: str, start: int) -> bool:
    """Whether the words before text[start:] say that the day there is a last one: senast, före, till och med."""
    before = _sentence(text, start)
    if match := _DEADLINE.search(before):
        return not _RECENTLY.search(before, 0, match.start())
    return _LAST_DAY.search(before) is not None


def _sentence(text: str, start: int) -> str:
    """What stands before text[start:] in its sentence or its entry of a list."""
    before = text[max(0, start - _BEFORE) : start]
    breaks = list(_SENTENCE.finditer(before))
    return before[breaks[-1].end() :] if breaks else before


def _decided(before: str, after: str) -> bool:
    """Whether the day is that of a decision or a meeting."""
    acts, papers = list(_DECISION.finditer(before)), list(_PAPER.finditer(before))
    if papers and "protokoll" in papers[-1][0].lower() and _MINUTES_OF.search(before):
        return True
    if acts and (not papers or papers[-1].end() <= acts[-1].end() or _DONE_TO.match(before, acts[-1].start())):
        return not _APART.search(before, acts[-1].end())
    if papers and not after.lower().startswith((" beslut", " beslöt")) and _BY_WHOM.fullmatch(before, papers[-1].end()):
        return False
    return _decides(after) or (not papers and _BODY_BEFORE.search(before) is not None)


def _decides(after: str) -> bool:
    behind = _BEHIND.match(after)
    return behind is not None and behind["decision"] is not None
