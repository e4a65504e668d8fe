"""Pages as pictures: what is masked is black, what is found is coloured, a PDF that cannot be drawn says why."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

import extractors
from extractors.drawing import glyphs, painting
from extractors.drawing.drawers import Drawers
from extractors.drawing.marks import KINDS, Mark, marks
from extractors.drawing.pages import draw
from extractors.drawing.tags import tags
from extractors.drawing.wish import Drawn, Rect, Sheet, Wish, wish_for
from extractors.model import Document, Span, Unreadable
from tests.papers import HEIGHT, pdf

PROTOCOL = Path("examples/papers/mora/2025-03-18-kommunstyrelsen-protokoll.pdf")
DPI = 144


def picture(drawn: Drawn) -> Image.Image:
    assert drawn.picture.startswith(b"\x89PNG"), drawn.trouble
    return Image.open(io.BytesIO(drawn.picture)).convert("RGB")


def one(data: bytes, document: Document, number: int = 1, painted: bool = False) -> Drawn:
    (drawn,) = draw(data, wish_for(document, marks(document), [number], painted, DPI))
    return drawn


def is_black(image: Image.Image, rect: tuple[float, ...]) -> bool:
    """Whether nothing but black is to be seen where a letter stands."""
    box = tuple(round(edge * DPI / 72) for edge in rect)
    return max(high for _, high in image.crop(box).getextrema()) < 60  # type: ignore[arg-type, misc]


def blacked_out(data: bytes, drawn: Drawn) -> str:
    """The letters of a page in whose place only black is to be seen."""
    image = picture(drawn)
    letters = glyphs.of_page(pypdfium2.PdfDocument(data)[drawn.number - 1])
    return "".join(letter.text for letter in letters if is_black(image, letter[1:5]))


def spread(canvas: object) -> None:
    """Figures that stand apart, as in a form."""
    canvas.drawString(70, HEIGHT - 200, "Sökande Bo Al, telefon 08-508 016 82")  # type: ignore[attr-defined]
    for at, figure in enumerate("811228-9874"):
        canvas.drawString(70 + 12 * at, HEIGHT - 220, figure)  # type: ignore[attr-defined]


MASKED = [
    (pdf(["Anna Ek, 811228-9874, beviljas 5 000 kr."]), "8112289874", "in a line"),
    (pdf(["Anna Ek, 19811228-9874, beviljas bidrag enligt 811-12."]), "198112289874", "with the century"),
    (pdf(["Bidrag beviljas Anna Ek, personnummer 811228-", "9874, med 5 000 kr."]), "8112289874", "broken in two"),
    (pdf(["Nämnden beslutar."], foot="Ärende 811228-9874 sida {n}"), "8112289874", "in a foot that is left out"),
    (pdf(["Bolaget 556036-0793 får 5 000 kr den 2031-05-04."]), "", "an organisation number is none"),
    (pdf(spread), "8112289874", "figures that stand apart"),
]


@pytest.mark.parametrize(("data", "figures", "why"), MASKED, ids=[why for *_, why in MASKED])
def test_a_personnummer_is_black(data: bytes, figures: str, why: str) -> None:
    drawn = one(data, extractors.read(data))
    assert re.sub(r"\D", "", blacked_out(data, drawn)) == figures, why


def test_black_also_under_paint() -> None:
    data = MASKED[0][0]
    assert re.sub(r"\D", "", blacked_out(data, one(data, extractors.read(data), painted=True))) == "8112289874"


def test_in_doubt_no_figure_shows() -> None:
    """A mask in the text whose figures are not found on the page: all figures of the page are blacked out."""
    data = pdf(["Dnr 2031/4 och 12 345 kr och annat."])
    sheet = Sheet(1, 0, "Sökande ••••••-•••• beviljas medel ur fonden.")
    (drawn,) = draw(data, Wish((sheet,), dpi=DPI))
    assert re.sub(r"\D", "", blacked_out(data, drawn)) == "2031412345"


def test_in_doubt_no_picture_shows() -> None:
    """A scan whose text has a mask, and no letters to tell where: the whole page is black."""
    scan = next(Path("examples/papers").rglob("*skannat.pdf")).read_bytes()
    (drawn,) = draw(scan, Wish((Sheet(1, 0, "Sökande ••••••-•••• beviljas.", ocr=True),), dpi=DPI), ocr=False)
    assert is_black(picture(drawn), (0, 0, drawn.width, drawn.height))


def test_a_stretch_can_be_hidden() -> None:
    data = pdf(["Nämnden beviljar Anna Ek bidrag."])
    document = extractors.read(data)
    at = document.text.index("Anna")
    (drawn,) = draw(data, replace(wish_for(document, (), [1], dpi=DPI), hidden=(Span(at, at + 7, 1),)))
    assert blacked_out(data, drawn) == "AnnaEk"


def test_every_kind_of_find_has_its_place() -> None:
    data = PROTOCOL.read_bytes()
    document = extractors.read(data)
    found = marks(document)
    drawn = draw(data, wish_for(document, found, range(1, len(document.pages) + 1)))
    seen = {mark for page in drawn for mark, _ in page.places}
    assert [mark for mark in found if mark not in seen] == []
    assert {"extents", "items", "decisions", "proposals", "votes", "people", "amounts", "dates"} <= {
        mark.kind for mark in seen
    }
    assert all(page.left_out for page in drawn)  # running heads and feet
    for page in drawn:
        for _, rects in page.places:
            for left, top, right, bottom in rects:
                assert 0 <= left < right <= page.width
                assert 0 <= top < bottom <= page.height


def test_painted_where_the_finds_are() -> None:
    data = PROTOCOL.read_bytes()
    document = extractors.read(data)
    plain, painted = one(data, document, 3), one(data, document, 3, painted=True)
    before, after = picture(plain), picture(painted)
    assert after.width > before.width  # the legend
    for mark, rects in plain.places:
        if mark.kind == "decisions":
            left, top, _, bottom = rects[0]
            at = (round((left - 2.7) * 2), round((top + bottom) / 2 * 2))
            assert before.getpixel(at) == (255, 255, 255)
            red, green, blue = after.getpixel(at)  # type: ignore[misc]
            assert green > red + 40
            assert green > blue + 40


def test_a_font_without_the_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(painting, "_FONTS", ("no-such-font.ttf",))
    painting._font.cache_clear()
    data = PROTOCOL.read_bytes()
    assert picture(one(data, extractors.read(data), 3, painted=True)).width > 1500
    assert painting._written("§ 41", painting._font(12)) == "item 41"
    painting._font.cache_clear()


def test_colours_can_be_read_on_white() -> None:
    """At least 4.5 : 1, as WCAG asks of text; tags are white on them."""
    for kind in KINDS.values():
        parts = [int(kind.colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        assert 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= 4.5, kind.name


def test_tags_do_not_lie_over_each_other() -> None:
    places = [
        (Mark("decisions", Span(at, at + 1, 1), "", "approved"), (Rect(70, 100 + at, 300, 110 + at),))
        for at in range(5)
    ]
    boxes = [tag.rect for tag in tags(places, 595)]
    assert len(boxes) == 5
    assert all(below.top >= above.bottom for above, below in pairwise(boxes))


def test_what_cannot_be_drawn_says_why() -> None:
    data = pdf(["En sida."])
    (beyond,) = draw(data, Wish((Sheet(4, 0, ""),)))
    assert (beyond.picture, beyond.trouble) == (b"", "the PDF has 1 pages")
    with pytest.raises(Unreadable, match="password"):
        draw(pdf(["Hemligt."], encrypt="hemligt"), Wish((Sheet(1, 0, ""),)))


def test_large_pages_are_drawn_small() -> None:
    def plan(canvas: object) -> None:
        canvas.setPageSize((5000, 4000))  # type: ignore[attr-defined]
        canvas.drawString(100, 100, "Detaljplan")  # type: ignore[attr-defined]

    data = pdf(plan)
    width, height = picture(one(data, extractors.read(data))).size
    assert width * height < 6_100_000
    assert width / height == pytest.approx(1.25, abs=0.01)


def test_in_processes_of_their_own() -> None:
    document = extractors.read(PROTOCOL.read_bytes())
    with Drawers(processes=2, timeout_s=60) as drawers:
        drawn = list(drawers.draw(PROTOCOL, document, marks(document)))
        assert [page.number for page in drawn] == [page.number for page in document.pages]
        assert not any(page.trouble for page in drawn)
        (lost,) = drawers.draw(Path("no-such-file.pdf"), document, (), [1])
        assert lost.trouble == "fetch: the file vanished before it was read"
