"""Head and foot of a paper of one page: nothing comes again there, so place, type and words must tell together.

In doubt a line stays: a heading that is lost is worse than a foot that is read.
"""

from __future__ import annotations

import re
from statistics import median

from extractors.sheet import Line, Sheet

_HEAD, _FOOT = 0.14, 0.9  # a head lies above and a foot below these parts of the page's height
_APART = 1.8  # white above a foot, in heights of its line; paragraphs are closer
_SMALL = 0.92  # part of the body's type size; feet are set smaller
_MOST = 5  # lines of a foot
_GAP = re.compile(r" {2,}|\t")
_SIDE = r"(?:sid(?:a|an|nr)?\.?|page)"
_PAGE_NUMBER = rf"{_SIDE}?[ ]?\d{{1,4}}[ ]?(?:\([ ]?\d{{1,4}}[ ]?\)|(?:/|av|of)[ ]?\d{{1,4}})|{_SIDE}[ ]?\d{{1,4}}"
_COUNTED = re.compile(_PAGE_NUMBER, re.IGNORECASE)
# What a cell of a running head says: page, date, municipality, kind of paper, body.
_CELL = re.compile(
    rf"""{_PAGE_NUMBER} | \d{{4}}-\d\d-\d\d | (?:sammanträdes)?datum:?(?:[ ]\d{{4}}-\d\d-\d\d)?
      | [a-zåäöé]+(?:[ -][a-zåäöé]+)?[ ](?:kommun|stad) | region[ ][a-zåäöé]+(?:[ ][a-zåäöé]+)?
      | (?:sammanträdes)?protokoll(?:sutdrag)? | utdrag[ ]ur[ ]protokoll | kallelse(?:[ ]och[ ]föredragningslista)?
      | (?:tjänste|ordförande)?(?:skrivelse|utlåtande) | motion | interpellation | medborgarförslag | yttrande
      | (?-i:[A-ZÅÄÖ-]{{5,}}(?:[ ][A-ZÅÄÖ-]{{5,}})?)
      | (?:\w+(?:s|-)?[ ](?:och[ ])?){{0,4}}\w*(?:nämnden?|styrelsen|fullmäktige|utskott(?:et)?|beredning(?:en)?)
    """,
    re.VERBOSE | re.IGNORECASE,
)
# At the right, under the page number.
_DAY = re.compile(r"(?:(?:sammanträdes)?datum:? )?\d{4}-\d\d-\d\d", re.IGNORECASE)
_SIGN = re.compile(r"sign(?:atur(?:er)?|\.)?[ ._:]*", re.IGNORECASE)
# No foot, or one that says what the paper is: a footnote, who it is sent to, a politician who signs, a case number.
_TOLD = re.compile(
    r"""[\d*†¹²³§•–] | (?:beslut|expedi|skickas|kopia|delges|sändlista|bilag|reserv|att[ ])
      | .*(?:\b(?:dnr|diarie|ärendenr|ärendenummer) | (?-i:\([A-ZÅÄÖ]{1,4}\)))
    """,
    re.VERBOSE | re.IGNORECASE,
)


def head_and_foot(sheet: Sheet) -> list[Line]:
    """The lines of a lone page that are plainly its running head and its running foot."""
    return [*head(sheet), *_foot(sheet)]


def head(sheet: Sheet) -> list[Line]:
    """Rows of page number, kind, municipality, body and date from the upper edge on, as long as nothing else comes.

    The first must bear the page number among others; a name alone on its line may be a heading.
    """
    found: list[Line] = []
    for line in sorted(sheet.lines, key=lambda line: line.top):
        cells = _GAP.split(line.text)
        for at in (0, -1) if len(cells) > 1 else ():
            cells[at] += f" ({cells[at]})" * (cells[at] == str(sheet.number))
        wide = len(cells) > 1 and (bool(found) or any(map(_COUNTED.fullmatch, cells)))
        wide = wide or (bool(found) and line.left > 0.5 * sheet.width and _DAY.fullmatch(line.text) is not None)
        if line.bottom > _HEAD * sheet.height or not wide or not all(map(_CELL.fullmatch, cells)):
            break
        found.append(line)
    return found


def first_line(sheet: Sheet) -> list[Line]:
    """The first line of a text without places, if it is plainly a head: municipality, kind, body, date in a row.

    Two cells will do on a page further on, where one of them is the page's number.
    """
    line = next((line for line in sheet.lines if line.text), Line(""))
    cells = _GAP.split(line.text)
    numbered = sheet.number > 1 and len(cells) > 1 and any(map(_COUNTED.fullmatch, cells))
    return [line] if (len(cells) > 2 or numbered) and all(map(_CELL.fullmatch, cells)) else []


def _foot(sheet: Sheet) -> list[Line]:
    """Lines in the lower margin, in smaller type than the text and set apart from it by white."""
    lines = sorted(sheet.lines, key=lambda line: line.top)
    foot = [line for line in lines if line.top > _FOOT * sheet.height and not _COUNTED.fullmatch(line.text)]
    body = [line for line in lines if line.top <= _FOOT * sheet.height]
    if not foot or len(body) < 3 or len(foot) > _MOST:
        return []
    if foot[0].top - max(line.bottom for line in body) < _APART * foot[0].size:
        return []
    usual = median(line.size for line in body)
    if any(line.size > _SMALL * usual or _TOLD.match(line.text) for line in foot):
        return [line for line in foot if _SIGN.fullmatch(line.text)]
    return foot
