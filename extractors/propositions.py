"""What a yes stands for (voteringsproposition): "Ja-röst för bifall till förslaget", "den som vill avslå röstar ja"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_YES = re.compile(
    r"(?<![\w-])[\"”“'»]?ja[\"”“'«]?(?:[ ]?[-–]?[ ]?(?:röst(?:er(?:na)?|en)?|proposition(?:en)?))?(?![\wåäö]|-\w)",
    re.IGNORECASE,
)
_FOR = re.compile(  # what stands between a yes and what it is for
    r"""(?:,[^,.\n]{1,30},)?\s*(?:(?:avges\s|ges\s|gäller\s|avser\s)?(?:för(?!\s*[\d(])|innebär|betyder|till)\s
        |=\s?|(?:är|var)\s(?:för\s)?|(?:gäller|avser|bifaller)\s|[ ][–-][ ]|:\s*)\s*(?![\d(–-])""",
    re.VERBOSE | re.IGNORECASE,
)
_WISH = (
    r"(?:vill|önskar|avser\satt|ämnar|stödj?er|bifaller|biträder|är\sför|röstar\s(?:för|på)|ansluter\ssig\still|samtycker\still"
    r"|instämmer\si|ställer\ssig\sbakom|godkänner|förordar|ska|skall)"
)
_WHO = r"(?:den|de|alla|var\soch\sen|ledam[oö]t\w*)\ssom"
_BY_WHOM = re.compile(
    rf"\b{_WHO}\s(?:{_WISH}\s+)?(?P<means>\S.*?)\s*,?\s(?:ska\s|skall\s|kan\s)?röstar?\s(?:för\s)?$",
    re.IGNORECASE | re.DOTALL,
)
_VOTES_YES = re.compile(rf"\b{_WHO}\sröstar\s$", re.IGNORECASE)
_THEN = re.compile(rf"\s(?:{_WISH}\s)?", re.IGNORECASE)
_LINE = re.compile(r"(?:^|\n)[ \t•*–-]*(?P<means>[^\n:=]{6,200}?)\s*[=:][ \t]*$")
_STOP = re.compile(  # where the words end that say what a yes stands for
    r"""(?P<bracket>\([^()]*\))
      | [\s,.;–-]*(?:och\s|samt\s|medan\s|men\s|mot\s)?(?:(?:en|ett|de|den|\d{1,3})\s)?["”“'»]?nej(?![\wåäö])
      | [,;]?\s*(?:och\s|samt\s|medan\s|men\s)?(?:den|de|var\soch\sen)\ssom\b
      | [.]?(?:[”“"]|\s*\Z|\s*\n\s*\n)
      | (?<!m\.fl)(?<!\bnr)(?<!\bkl)[.]\s+["”“]?(?-i:[A-ZÅÄÖ\d])
      | [;)]""",
    re.VERBOSE | re.IGNORECASE,
)
_NO_MEANING = re.compile(r"^(?:\w+\s){0,3}(?:röst|st\b)|^(?:avges|avgavs|avger|nej\b|ja\b)", re.IGNORECASE)
_LONGEST = 400  # characters of what a yes stands for


@dataclass(frozen=True, slots=True)
class Proposition:
    """What a yes stands for, as printed, and where that is told."""

    start: int
    end: int
    means: str


def find(text: str) -> Iterator[Proposition]:
    """Every telling of what a yes stands for, in order.

    >>> [p.means for p in find("Ja-röst för att motionen avslås. Nej-röst för bifall. Med 7 ja-röster ...")]
    ['att motionen avslås']
    >>> [p.means for p in find("Den som stödjer Bo Eks (M) förslag röstar ja, den som stödjer motionen röstar nej.")]
    ['Bo Eks (M) förslag']
    >>> [p.means for p in find("Bifall till motionen = ja\\nAvslag = nej")]
    ['Bifall till motionen']
    """
    done = 0
    for yes in _YES.finditer(text):
        if yes.start() < done:
            continue
        span = _before(text, yes, done) or _after(text, yes)
        means = " ".join(text[slice(*span)].split()).strip(" .,:;") if span else ""
        if span and len(means) > 2 and not _NO_MEANING.search(means):
            done = max(yes.end(), span[1])
            yield Proposition(min(yes.start(), span[0]), done, means)


def _before(text: str, yes: re.Match[str], done: int) -> tuple[int, int] | None:
    """ "den som vill avslå röstar ja", "Bifall = ja"."""
    begin = max(done, yes.start() - _LONGEST)
    above = text[begin : yes.start()]
    sentence = max(above.rfind(end) for end in (". ", ".\n", ":", "\n\n", "röstar nej"))
    if match := _BY_WHOM.search(above, sentence + 1):
        return begin + match.start("means"), begin + match.end("means")
    if (match := _LINE.search(above)) and re.match(r"[ \t.]*(?:\n|$)", text[yes.end() :][:20]):
        return begin + match.start("means"), begin + match.end("means")
    return None


def _after(text: str, yes: re.Match[str]) -> tuple[int, int] | None:
    """ "ja-röst för bifall", "den som röstar ja bifaller förslaget"."""
    lead = _THEN if _VOTES_YES.search(text, max(0, yes.start() - 40), yes.start()) else _FOR
    match = lead.match(text, yes.end())
    if match is None:
        return None
    end = match.end() + _LONGEST
    stops = (stop.start() for stop in _STOP.finditer(text, match.end(), end) if not stop["bracket"])
    return match.end(), next(stops, min(end, len(text)))
