"""HTML -> the lines of its main text, and what the page says of itself (title, published, site, address).

trafilatura tells which blocks are the main text; they are then taken from the page as it stands, from the heading above
them to the last of them, so that date line, headings, lists and tables between them stay. Nothing here sees a clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from extractors.model import Unreadable
from extractors.sheet import Line, Sheet
from extractors.sniff import decode

_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt"}
    | {"fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li"}
    | {
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    }
)
_HIDDEN = frozenset(
    {"script", "style", "noscript", "template", "svg", "nav", "button", "select", "option", "iframe", "object", "head"}
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ERROR = re.compile(
    r"""\b(?:40[0134]|410|50[0234])\b | not[ ]found | forbidden | access[ ]denied | unauthori[sz]ed | server[ ]error
      | bad[ ](?:request|gateway) | (?:service|temporarily|page)[ ](?:is[ ])?unavailable | an?[ ]error | error[ ]\d+
      | ^error\b | maintenance | captcha | are[ ]you[ ](?:a[ ])?(?:human|robot)
      | (?:sidan|dokumentet|filen|handlingen|objektet)\b.{0,40}\b(?:inte|saknas|borttagen) | hittades[ ]inte
      | hittar[ ]inte | kunde[ ]inte[ ](?:hittas|visas) | åtkomst[ ]nekad | saknar[ ]behörighet | otillåten
      | (?:ett|internt|tekniskt)[ ](?:\w+[ ])?fel\b | felmeddelande | ^fel\b | driftst(?:opp|örning)
      | underhåll[ ]pågår | sessionen[ ]har""",
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)
_LOGIN = re.compile(r"\blogga?[ ]?in\b|\binloggning|\bsign[ ]?in\b|\blog[ ]?(?:in|on)\b|\bbankid\b", re.IGNORECASE)
_PASSWORD = re.compile(r"<input\b[^>]*\btype\s*=\s*[\"']?password", re.IGNORECASE)
_SHORT = 800  # characters; an error or login page says less than this
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_PUBLISHED = (
    "article:published_time",
    "datepublished",
    "dcterms.issued",
    "dc.date.issued",
    "dc.date",
    "date",
    "pubdate",
)
_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified")


@dataclass(slots=True)
class _Block:
    """A block of the page: its text, its tag, and how much of it is links."""

    text: str
    tag: str
    links: float


def read(data: bytes) -> tuple[list[Sheet], dict[str, str]]:
    """One sheet with the main text, and the page's own data; Unreadable for error and login pages."""
    import lxml.html

    source = decode(data)
    try:
        root = lxml.html.fromstring(re.sub(r"\A\s*<\?xml[^>]*\?>|\0", "", source))
    except (ValueError, lxml.etree.LxmlError) as error:
        raise Unreadable("read", "the HTML page is damaged: fetch it again from its source") from error
    meta = _meta(root)
    blocks = list(_blocks(root))
    main = _main(source, blocks)
    _refuse_error(source, meta, main)
    lines = [Line(text, bold=block.tag in _HEADINGS) for block in main for text in ("", *block.text.split("\n"))]
    return [Sheet(1, lines[1:])], meta


def _refuse_error(source: str, meta: dict[str, str], main: list[_Block]) -> None:
    """An error or login page that was saved in a paper's place: few words, and those of an error or a login."""
    text = "\n".join(block.text for block in main)
    if len(text) >= _SHORT:
        return
    name = meta.get("title", text[:80]).strip() or "no title"
    first = "\n".join([meta.get("title", ""), *(block.text for block in main[:3])])
    if _PASSWORD.search(source) or (_LOGIN.search(meta.get("title", "")) and len(text) < _SHORT / 2):
        raise Unreadable("fetch", f'a login page ("{name}") was saved in the paper\'s place: fetch it where it is open')
    if _ERROR.search(first):
        raise Unreadable("fetch", f'an error page ("{name}") was saved in the paper\'s place: fetch it again')
    if not text.strip():
        raise Unreadable("read", f'the HTML page ("{name}") has no text of its own: fetch the paper it links to')


def _main(source: str, blocks: list[_Block]) -> list[_Block]:
    """The blocks of the main text; all blocks where trafilatura finds none."""
    wanted = {_key(text) for text in _extracted(source)}
    hits = [at for at, block in enumerate(blocks) if _key(block.text) in wanted]
    if not hits:
        return [block for block in blocks if block.links < 0.6]
    first = _start(blocks, hits)
    chosen = set(hits)
    return [
        block for at, block in enumerate(blocks[: hits[-1] + 1]) if at >= first and (at in chosen or block.links < 0.5)
    ]


_LETTERHEAD = re.compile(  # what a paper says above its heading
    r"^(?:sammanträdesdatum|datum|(?:sammanträdes)?protokoll(?:sutdrag)?|dnr|diarienummer|tjänsteskrivelse|tjänsteutlåtande)\b"
    r"|^[^.]{0,60}(?:nämnden|styrelsen|fullmäktige|utskottet)$",
    re.IGNORECASE,
)


def _start(blocks: list[_Block], hits: list[int]) -> int:
    """The page's own heading: the first found one, else the nearest within a screen above the first found block."""
    headings = [at for at in hits if blocks[at].tag == "h1"]
    if headings:
        head = [at for at in hits if headings[0] - 8 <= at < headings[0] and _LETTERHEAD.search(blocks[at].text)]
        return min([*head, headings[0]])
    above = range(hits[0], max(-1, hits[0] - 15), -1)
    return next((at for at in above if blocks[at].tag == "h1"), hits[0])


def _extracted(source: str) -> Iterator[str]:
    """What trafilatura takes for the main text, block by block."""
    import trafilatura

    found = trafilatura.bare_extraction(
        source, favor_recall=True, include_tables=True, include_comments=False, with_metadata=False, deduplicate=False
    )
    body: Any = getattr(found, "body", None)
    if body is not None:
        for element in body.iter("p", "head", "item", "cell", "quote", "code"):
            yield "".join(element.itertext())


def _key(text: str) -> str:
    """Letters and figures alone, so that spaces, bullets and marks do not matter."""
    return re.sub(r"[\W_]+", "", re.sub(r"^(?:•|\d+\.) ", "", text)).casefold()


def _blocks(root: Any) -> Iterator[_Block]:
    """The page's blocks with text, in order; a table's row is one block with tabs between its cells."""
    body = root.find("body") if root.tag == "html" else root
    yield from _walk(root if body is None else body)


def _walk(element: Any) -> Iterator[_Block]:
    if not isinstance(element.tag, str) or element.tag in _HIDDEN or _is_hidden(element):
        return
    if element.tag == "tr" and not any(cell.findall(".//table") for cell in element):
        cells = [_inline(cell) for cell in element if isinstance(cell.tag, str)]
        if any(cells):
            yield _Block("\t".join(" ".join(cell.split()) for cell in cells), "tr", _links(element))
        return
    if not any(child.tag in _BLOCKS for child in element.iterdescendants()):
        if text := _inline(element):
            yield _Block(_mark(element) + text, element.tag, _links(element))
        return
    yield from _mixed(element)


def _mixed(element: Any) -> Iterator[_Block]:
    """An element with blocks inside: loose words between them are blocks too."""
    loose: list[str] = [element.text or ""]
    for child in element:
        has_blocks = isinstance(child.tag, str) and (
            child.tag in _BLOCKS or any(deep.tag in _BLOCKS for deep in child.iterdescendants())
        )
        if has_blocks:
            yield from _flush(loose, element)
            yield from _walk(child)
        else:
            loose.append("\n" if child.tag == "br" else _inline(child))
        loose.append(child.tail or "")
    yield from _flush(loose, element)


def _flush(loose: list[str], element: Any) -> Iterator[_Block]:
    text = _lines("".join(loose))
    loose.clear()
    if text:
        yield _Block(text, element.tag, 0.0)


def _inline(element: Any) -> str:
    """The words of an element; a <br> is a line break."""
    if not isinstance(element.tag, str) or element.tag in _HIDDEN or _is_hidden(element):
        return ""
    parts = [re.sub(r"\s+", " ", element.text or "")]
    for child in element:
        parts.append("\n" if child.tag == "br" else _inline(child))
        parts.append(re.sub(r"\s+", " ", child.tail or ""))
    text = "".join(parts)
    return _lines(text) if element.tag in _BLOCKS else text


def _lines(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _mark(element: Any) -> str:
    """A list item's bullet or number."""
    if element.tag != "li":
        return ""
    parent = element.getparent()
    if parent is not None and parent.tag == "ol":
        return f"{[child for child in parent if child.tag == 'li'].index(element) + 1}. "
    return "• "


def _is_hidden(element: Any) -> bool:
    style = (element.get("style") or "").replace(" ", "")
    return element.get("hidden") is not None or "display:none" in style or element.get("role") == "navigation"


def _links(element: Any) -> float:
    """How much of an element's text stands in links."""
    whole = len("".join(element.itertext()).strip())
    linked = sum(len("".join(link.itertext()).strip()) for link in element.iter("a"))
    return linked / whole if whole else 0.0


def _meta(root: Any) -> dict[str, str]:
    """Title, published, modified, site, url and description where the page tells them."""
    named = {
        (tag.get("property") or tag.get("name") or tag.get("itemprop") or "").casefold(): (
            tag.get("content") or ""
        ).strip()
        for tag in reversed(list(root.iter("meta")))
    }
    script = " ".join(tag.text or "" for tag in root.iter("script") if tag.get("type") == "application/ld+json")
    for key in ("datePublished", "dateModified"):
        if match := re.search(rf'"{key}"\s*:\s*"([^"]+)"', script):
            named.setdefault(key.casefold(), match[1])
    heading = next((" ".join(tag.text_content().split()) for tag in root.iter("h1")), "")
    title = next((" ".join(tag.text_content().split()) for tag in root.iter("title")), "")
    address = next((tag.get("href") or "" for tag in root.iter("link") if tag.get("rel") == "canonical"), "")
    stamps = [tag.get("datetime") or "" for tag in root.iter("time")]
    meta = {
        "title": named.get("og:title") or title or heading,
        "heading": heading,
        "site": named.get("og:site_name") or named.get("application-name") or _site(title),
        "url": address or named.get("og:url", ""),
        "published": _first_date([named.get(key, "") for key in _PUBLISHED] + stamps),
        "modified": _first_date([named.get(key, "") for key in _MODIFIED]),
        "description": named.get("description") or named.get("og:description", ""),
    }
    return {key: value for key, value in meta.items() if value}


def _site(title: str) -> str:
    """The part of a title after its last dash or bar: "Äldreomsorg - Botkyrka kommun"."""
    parts = re.split(r"\s+[-–—|]\s+", title)
    return parts[-1] if len(parts) > 1 else ""


def _first_date(values: list[str]) -> str:
    return next((match[0] for value in values if (match := _DATE.search(value))), "")
