"""What a link to a paper is called (länktext, filnamn): its words without the rest, and the day in them."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from extractors import dates, kinds

_SIZE = re.compile(
    r"""\s*(?:[([,|–-]\s*)?(?:pdf|docx?|html?)?(?:-?(?:fil|dokument))?[\s,:]*\d+(?:[.,]\d+)?\s?(?:[kmg]b|bytes?)[\s,.]*
        (?:pdf|docx?)?[)\]]?\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
_AFTER = re.compile(
    r"\s*(?:[([]\s*(?:pdf|docx?|nytt fönster|öppnas i nytt fönster|länk till annan webbplats)[^)\]]{0,60}[)\]]"
    r"|[,.]\s*(?:pdf|öppnas i nytt fönster)\.?)\s*$",
    re.IGNORECASE,
)
_FILE = re.compile(r"(?:\.(?:signerad|pub|pdf|docx?|odt|rtf|html?))+$", re.IGNORECASE)
_BUTTON = re.compile(
    r"(?:öppna|ladda ner|ladda ned|hämta|visa|läs|open|download)\b|\W*(?:pdf|länk|här)\W*$", re.IGNORECASE
)
_SAYS = 5  # words that say more than what a click does
_OTHER_DAY = re.compile(  # days that a title may tell beside that of the meeting
    r"(?:juster\w*|anslag\w*|publicera\w*|uppdatera\w*|revidera\w*|signera\w*|skapa[dt]|upprätta[dt]|flytta[dt]|ersätter)"
    r"\W{1,3}(?:(?:från|den|möte\w*)\W)*$",
    re.IGNORECASE,
)
_COPY = re.compile(r"[\[(]\d{1,2}[\])]")  # Protokoll 260204[1].pdf
_SIGNS = re.compile(r"[_+\[\](){}]|(?<=[^\W\d])-(?=\d)|(?<=\d)-(?=[^\W\d])|(?<=\d\d)T(?=\d\d:)")


def tidy(text: str) -> str:
    """A link's words without its file's ending, its size and what a browser does with it.

    >>> tidy(" Protokoll  KF 2026-02-04.pdf (1,2 MB) "), tidy("Kallelse (pdf, öppnas i nytt fönster)")
    ('Protokoll KF 2026-02-04', 'Kallelse')
    """
    text = " ".join(text.replace("\u00ad", "").split())
    before = None
    while text != before:
        before = text
        text = _FILE.sub("", _AFTER.sub("", _SIZE.sub("", text))).strip()
    return text


def is_button(text: str) -> bool:
    """Whether a link's words tell what a click does, and not what is behind it.

    >>> is_button("Öppna protokoll"), is_button("Protokoll"), is_button("Läs 2026-02-04")
    (True, False, False)
    """
    text = text.strip()
    return not text or (_BUTTON.match(text) is not None and len(text.split()) < _SAYS and day(text) is None)


def day(text: str) -> str | None:
    """The day of the meeting that a title, the name of a file or a slug tells, as YYYY-MM-DD.

    >>> [day(title) for title in ("Protokoll KF 260204", "20240221_protokoll_kf.pub.pdf", "protokoll-27-januari-2026")]
    ['2026-02-04', '2024-02-21', '2026-01-27']
    >>> day("Justerat 2026-03-04: protokoll 2026-02-25"), day("Protokoll-skapad-2026-02-20")
    ('2026-02-25', None)
    """
    plain = " ".join(_SIGNS.sub(" ", _COPY.sub(" ", _FILE.sub("", text))).split())
    return next((day for start, _, day in dates.whole(plain) if not _OTHER_DAY.search(plain[:start][-30:])), None)


def words(url: str) -> str:
    """The last part of an address as words, for one whose link says nothing.

    >>> words("https://moten.example/kf/protokoll-kf-2026-02-25.pdf?v=2")
    'protokoll kf 2026-02-25'
    """
    last = unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2]
    return " ".join(re.sub(r"[_+]|(?<=[^\W\d])-|-(?=[^\W\d])", " ", _FILE.sub("", last)).split())


def kind(*texts: str) -> str | None:
    """The kind that the first of these texts tells that tells one."""
    return next((found for text in texts if (found := kinds.of_title(text))), None)
