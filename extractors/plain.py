"""Plain text and Markdown -> sheets of lines, and what a front matter says."""

from __future__ import annotations

import html
import re

from extractors.join import tidy
from extractors.sheet import Line, Sheet

_FRONT = re.compile(r"\A\ufeff?---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_KEY = re.compile(r"([\w-]+):[ ]*(.*)")
_PAGE = re.compile(r"\f|^[ ]*<!--[ ]*(?:sida|page|sidan)[ ]+\d+[ ]*-->[ ]*$", re.MULTILINE | re.IGNORECASE)
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ ]+(.*?)[ #]*$")
_RULE = re.compile(r"^\s*(?:[-*_=]\s*){3,}$|^\s*```.*$")
_TABLE_RULE = re.compile(r"^\s*\|?[ :|-]*-[ :|-]*\|[ :|-]*$")
_MARKS = (
    (re.compile(r"<!--.*?-->", re.DOTALL), ""),
    (re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)"), ""),  # picture
    (re.compile(r"\[([^\]\n]+)\]\((?:[^()\n]|\([^)\n]*\))*\)"), r"\1"),  # link
    (re.compile(r"(?<![\\*])\*\*(?=\S)(.+?)(?<=\S)\*\*"), r"\1"),
    (re.compile(r"(?<![\\\w])__(?=\S)(.+?)(?<=\S)__(?!\w)"), r"\1"),
    (re.compile(r"(?<![\\\w*])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\\\w])_(?=[^\s_])([^_\n]+?)(?<=[^\s_])_(?!\w)"), r"\1"),
    (re.compile(r"`([^`\n]+)`"), r"\1"),
    (re.compile(r"</?(?:u|b|i|em|strong|sup|sub|span|mark|center|div|p)(?:\s[^>]*)?>", re.IGNORECASE), ""),
    (re.compile(r"^ {0,3}> ?", re.MULTILINE), ""),
    (re.compile(r"^(\s*)\* (?=\S)", re.MULTILINE), r"\1• "),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!|>~§-])"), r"\1"),
)
# Bold or italic over several lines of a paragraph
_SPREAD = re.compile(
    r"(?<![\\*\w])(\*{1,2}|_{1,2})(?=[^\s*_])((?:[^*_\n|#]{1,300}\n){1,6}[^*_\n|#]{1,300})(?<=\S)\1(?![\w*_])"
)


def sheets(text: str) -> list[Sheet]:
    """Pages are parted by form feeds where there are any."""
    pages = text.rstrip("\f\n ").split("\f")
    return [Sheet(number, [Line(line) for line in page.split("\n")]) for number, page in enumerate(pages, 1)]


def markdown(text: str) -> tuple[list[Sheet], dict[str, str]]:
    """Markdown without its marks; headings are bold lines. And the front matter's keys and values.

    >>> pages, meta = markdown("---\\nnamnd: Socialnämnden\\n---\\n## **Beslut**\\n\\n_Ärendet_ bordläggs.")
    >>> [(line.text, line.bold) for line in pages[0].lines if line.text], meta
    ([('Beslut', True), ('Ärendet bordläggs.', False)], {'namnd': 'Socialnämnden'})
    """
    meta: dict[str, str] = {}
    if match := _FRONT.match(text):
        meta = front_matter(match[1])
        text = text[match.end() :]
    pages = [page for page in _PAGE.split(text.strip()) if page.strip()] or [""]
    return [Sheet(number, _lines(page)) for number, page in enumerate(pages, 1)], meta


def front_matter(text: str) -> dict[str, str]:
    """`key: value` lines; quotes around a value go.

    >>> front_matter('datum: "2024-06-11"\\nsidor: 24')
    {'datum': '2024-06-11', 'sidor': '24'}
    """
    found = (_KEY.fullmatch(tidy(line)) for line in text.split("\n"))
    return {match[1].casefold(): match[2].strip(" \"'“”„’‘") for match in found if match}


def _lines(page: str) -> list[Line]:
    for pattern, plain in _MARKS[:1]:
        page = pattern.sub(plain, page)
    page = _SPREAD.sub(_line_by_line, page)
    lines: list[Line] = []
    for raw in re.sub(r"<br\s*/?>(?!.*\|)", "\n", page).split("\n"):
        if _RULE.match(raw) or _TABLE_RULE.match(raw):
            continue
        heading = _HEADING.match(raw)
        whole_bold = re.fullmatch(r"\s*\*\*[^*]+\*\*\s*", raw) is not None
        lines.append(Line(_bare(heading[2] if heading else raw), bold=bool(heading) or whole_bold))
    return lines


def _line_by_line(spread: re.Match[str]) -> str:
    """The same words with the mark around each line, as the lines are read one by one."""
    mark, lines = spread[1], spread[2].split("\n")
    return "\n".join(f"{mark}{line.strip()}{mark}" if line.strip() else line for line in lines)


def _bare(line: str) -> str:
    """A line without marks; a table's row becomes cells between tabs."""
    row = re.fullmatch(r"\s*\|(.*)\|\s*", line)
    if row:
        cells = (re.sub(r"<br\s*/?>", " ", cell).strip() for cell in re.split(r"(?<!\\)\|", row[1]))
        line = "\t".join(cells).strip()
    for pattern, plain in _MARKS:
        line = pattern.sub(plain, line)
    return html.unescape(line)
