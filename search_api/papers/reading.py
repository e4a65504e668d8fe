"""The text of a paper as HTML (lästext): its blocks, every find marked and named, and the words that were asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup, escape

from extractors.model import Document
from index.reading_view.blocks import Block, blocks
from index.reading_view.finds import SENTENCES, Numbered
from index.reading_view.marking import Broken, Closed, Opened, Stretch, cut
from search_api.pages.words import Words
from search_api.papers.telling import full

_SHORT = 14  # letters of a cell
_GAP = Markup("\N{EM SPACE}")
_ASKED = "asked"  # the key of a word of the question
_TAGS = {"head": "p", "heading": "h2", "paragraph": "p", "point": "p"}


@dataclass(frozen=True, slots=True)
class Shown:
    """What is marked in a text. `placed` are the finds that have a place on a picture of their page, to be led to.

    `asked` are the places of the question's words, `leaves` the numbers of the pages by where they begin, `pictured`
    those of them that have a picture. `focus` is the find that the address asks for.
    """

    finds: Sequence[Numbered]
    placed: Collection[int] = ()
    asked: Sequence[tuple[int, int]] = ()
    leaves: Mapping[int, int] | None = None
    pictured: Collection[int] = ()
    focus: int | None = None


def reading(document: Document, start: int, end: int, shown: Shown, t: Words) -> Markup:
    """document.text[start:end] as HTML; everything in it is escaped."""
    writer = _Writer(document.text, shown, t)
    return Markup("\n").join(writer.block(block) for block in blocks(document, start, end))


class _Writer:
    """Writes the blocks of one text; each find and each asked word has its id once."""

    def __init__(self, text: str, shown: Shown, t: Words) -> None:
        self._text, self._shown, self._t = text, shown, t
        self._stretches = [
            *(Stretch(find.span.start, find.span.end, find) for find in shown.finds),
            *(Stretch(start, end, _ASKED) for start, end in shown.asked),
        ]
        self._leaves = dict(shown.leaves or {})
        self._named: set[int] = set()
        self._asked = 0

    def block(self, block: Block) -> Markup:
        before = self._leaves_before(block.start)
        if block.kind == "rows":
            return before + self._table(block)
        tag = Markup(_TAGS[block.kind])
        kind = Markup(' class="{}"').format(block.kind) if block.kind in ("head", "point") else Markup()
        return before + Markup("<{}{}>{}</{}>").format(tag, kind, self._inline(block.start, block.end), tag)

    def _table(self, block: Block) -> Markup:
        """Rows with as many cells as each other are a table. Which columns the cells of a shorter row belong to is not
        known, and so it is a line of its own: a cross that stood under "Nej" must not seem to stand under "Avstår"."""
        parts: list[Markup] = []
        for count, group in groupby(block.rows, key=len):
            rows = list(group)
            if count > 1 and len(rows) > 1:
                told = Markup().join(self._row(row) for row in rows)
                parts.append(Markup('<div class="table rows"><table><tbody>{}</tbody></table></div>').format(told))
            else:
                parts += (Markup('<p class="row">{}</p>').format(_GAP.join(self._cells(row))) for row in rows)
        return Markup("\n").join(parts)

    def _row(self, row: Sequence[tuple[int, int]]) -> Markup:
        """A row of a table; what is as short as a sum stays on one line."""
        told = Markup()
        for place, cell in zip(row, self._cells(row), strict=True):
            short = Markup(' class="short"') if place[1] - place[0] <= _SHORT else Markup()
            told += Markup("<td{}>{}</td>").format(short, cell)
        return Markup("<tr>{}</tr>").format(told)

    def _cells(self, row: Sequence[tuple[int, int]]) -> list[Markup]:
        leaf = self._leaves_before(row[0][0])
        cells = [self._inline(*place) for place in row]
        return [leaf + cells[0], *cells[1:]]

    def _leaves_before(self, at: int) -> Markup:
        """The signs of the pages that begin between the last block and this one."""
        return Markup().join(self._leaf(start) for start in sorted(self._leaves) if start <= at)

    def _leaf(self, start: int) -> Markup:
        number = self._leaves.pop(start)
        told = self._t("paper.leaf", n=number)
        if number in self._shown.pictured:
            return Markup('<a class="leaf" id="text-{}" href="#sida-{}">{}</a> ').format(number, number, told)
        return Markup('<span class="leaf" id="text-{}">{}</span> ').format(number, told)

    def _inline(self, start: int, end: int) -> Markup:
        told: list[Markup] = []
        opened: list[Numbered] = []
        for part in cut(self._text, start, end, self._stretches, tuple(self._leaves)):
            if isinstance(part, Opened):
                if isinstance(part.key, Numbered):
                    opened.append(part.key)
                    told.append(self._open(part.key))
                else:
                    told.append(self._open_asked(part.first))
            elif isinstance(part, Closed):
                if isinstance(part.key, Numbered):
                    opened.pop()
                    told.append(Markup("</span>"))
                else:
                    told.append(Markup("</mark>"))
            elif isinstance(part, Broken):
                told.append(self._leaf(part.at))
            else:
                told.append(self._words(part.text, opened))
        return Markup().join(told)

    def _open(self, find: Numbered) -> Markup:
        first = find.number not in self._named
        self._named.add(find.number)
        name = Markup(' id="fynd-{}"').format(find.number) if first else Markup()
        chosen = " chosen" if find.number == self._shown.focus else ""
        words = full(find, self._t)
        sentence = find.kind in SENTENCES
        title = Markup() if sentence else Markup(' title="{}"').format(words)
        opened = Markup('<span class="find {} k-{}{}"{} data-find="{}"{}>').format(
            "sentence" if sentence else "words", find.kind, chosen, name, find.number, title
        )
        return opened + self._tag(find, words) if sentence and first else opened

    def _tag(self, find: Numbered, words: str) -> Markup:
        """The name of a sentence, which leads to its place on the picture."""
        if find.number in self._shown.placed:
            return Markup('<a class="tag" href="#plats-{}">{}</a> ').format(find.number, words)
        return Markup('<span class="tag">{}</span> ').format(words)

    def _open_asked(self, first: bool) -> Markup:
        self._asked += first
        return Markup('<mark id="ord-{}">').format(self._asked) if first else Markup("<mark>")

    def _words(self, text: str, opened: Sequence[Numbered]) -> Markup:
        """Words, which lead to their place on the picture where they are a find of their own."""
        inner = opened[-1] if opened else None
        if inner and inner.kind not in SENTENCES and inner.number in self._shown.placed and text.strip():
            return Markup('<a href="#plats-{}">{}</a>').format(inner.number, text)
        return escape(text)


def counted(finds: Iterable[Numbered], kinds: Sequence[str]) -> list[tuple[str, int]]:
    """How many finds there are of each kind that there is any of, in the order of a legend."""
    held = [find.kind for find in finds]
    return [(kind, held.count(kind)) for kind in kinds if kind in held]
