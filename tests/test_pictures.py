"""Pages as pictures: what is masked is black, what was found has its place, and nothing that goes wrong goes far."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from extractors.drawing.wish import Rect
from index.archive import Archive
from index.catalog import Catalog, Stored
from index.pictures import PageDrawn, PictureError, Pictures
from index.pictures.store import Store
from index.reading_view.finds import finds
from index.settings import Settings
from tests.held import MINUTES, MOTION, empty, keep, sha
from tests.papers import HEIGHT, pdf


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return empty(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def pictures(home: Settings) -> Iterator[Pictures]:
    made = Pictures(home)
    yield made
    made.close()


def _stored(home: Settings, key: str, data: bytes) -> Stored:
    document_id = keep(home, key, data)
    with Catalog(home.catalog) as catalog:
        stored = catalog.document(document_id)
    assert stored
    return stored


@pytest.fixture(scope="module")
def minutes(home: Settings) -> Stored:
    return _stored(home, "juni.pdf", MINUTES)


def test_a_page_is_drawn_with_the_place_of_every_find(pictures: Pictures, minutes: Stored) -> None:
    page, png = pictures.png(minutes, 1)
    assert Image.open(io.BytesIO(png)).width == 900
    there = {find.number for find in finds(minutes.document) if find.span.page == 1}
    assert there and set(page.finds) == there
    [decision] = [find for find in finds(minutes.document) if find.kind == "decisions" and find.span.page == 1]
    [place] = page.finds[decision.number]
    row = HEIGHT - (HEIGHT - 200 - 14 * 11)  # the twelfth line, from above
    assert place.top < row < place.bottom + 1 and place.left == pytest.approx(70, abs=3)
    assert set(page.items) == {0}


def test_a_personnummer_is_black(pictures: Pictures, minutes: Stored) -> None:
    page, png = pictures.png(minutes, 2, 1400)
    picture, scale = Image.open(io.BytesIO(png)).convert("L"), 1400 / page.width
    row = round((200 - 4) * scale)
    dark = "".join(" #"[picture.getpixel((x, row)) < 40] for x in range(picture.width))  # type: ignore[operator]
    assert max(map(len, dark.split())) > 30 * scale, "six figures of eleven points, and nothing white between them"
    assert "•••" in minutes.document.text


def test_a_page_is_drawn_once(tmp_path: Path) -> None:
    home = empty(tmp_path)
    stored = _stored(home, "juni.pdf", MINUTES)
    made = Pictures(home)
    first = made.png(stored, 1)
    Archive(home.archive).remove(stored.sha256)
    again = made.png(stored, 1)
    assert again[1] == first[1]
    assert again[0].tag == first[0].tag == made.tag(stored, 1)
    assert again[0].finds.keys() == first[0].finds.keys()
    with pytest.raises(PictureError) as gone:
        made.png(stored, 2)
    assert gone.value.code == "no_original"
    made.forget(stored.sha256)
    with pytest.raises(PictureError) as forgotten:
        made.png(stored, 1)
    assert forgotten.value.code == "no_original"
    made.close()


def _picture_alone(canvas: Canvas) -> None:
    canvas.drawInlineImage(Image.new("RGB", (40, 40), "gray"), 100, 300, 200, 200)


@pytest.mark.parametrize(
    ("key", "data", "number", "code"),
    [
        ("motion.txt", MOTION, 1, "not_pdf"),
        ("juni.pdf", MINUTES, 3, "no_page"),
        ("juni.pdf", MINUTES, 0, "no_page"),
        ("scan.pdf", pdf(("Kommunstyrelsen", "Protokoll", "§ 1 Val", "Beslut", "Anna Ek väljs."), _picture_alone), 2,
         "unread"),
    ],
)  # fmt: skip
def test_a_page_without_a_picture_says_why(
    home: Settings, pictures: Pictures, key: str, data: bytes, number: int, code: str
) -> None:
    with pytest.raises(PictureError) as error:
        pictures.png(_stored(home, key, data), number)
    assert error.value.code == code


def test_a_damaged_original_is_told_of_and_not_tried_again_and_again(tmp_path: Path) -> None:
    home = empty(tmp_path)
    stored = _stored(home, "juni.pdf", MINUTES)
    path = Archive(home.archive).path(stored.sha256)
    assert path
    path.write_bytes(b"%PDF-1.7\nnothing more")
    made = Pictures(home)
    for _ in range(2):
        with pytest.raises(PictureError) as error:
            made.png(stored, 1)
        assert error.value.code == "broken"
        path.unlink(missing_ok=True)  # the second time nobody looks
    made.close()


def test_who_will_not_wait_finds_it_drawn_later(tmp_path: Path) -> None:
    home = empty(tmp_path)
    stored = _stored(home, "juni.pdf", MINUTES)
    made = Pictures(home)
    told = made.pages(stored, [1, 2], wait_s=0.0)
    assert {each.code for each in told.values() if isinstance(each, PictureError)} == {"busy"}
    for _ in range(100):
        told = made.pages(stored, [1, 2], wait_s=0.2)
        if all(isinstance(each, PageDrawn) for each in told.values()):
            break
    assert all(isinstance(each, PageDrawn) for each in told.values())
    made.close()


def test_a_width_that_nobody_offers(pictures: Pictures, minutes: Stored) -> None:
    with pytest.raises(ValueError, match="320"):
        pictures.png(minutes, 1, 901)


def test_places_survive_being_kept() -> None:
    page = PageDrawn(2, 595.3, 841.9, "ab", {7: (Rect(1.0, 2.0, 3.5, 4.0),)}, {0: ()})
    assert PageDrawn.unpacked(2, "ab", page.packed()) == page


NAME = f"{sha(b'')}/{'a' * 31}"


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 400)), max_size=30))
def test_the_store_keeps_its_limit(tmp_path_factory: pytest.TempPathFactory, asked: list[tuple[int, int]]) -> None:
    store = Store(tmp_path_factory.mktemp("store"), 1000)
    for number, size in asked:
        store.put(f"{NAME}{number}.png", b"x" * size)
        assert sum(path.stat().st_size for path in store.folder.glob("*/*")) <= 1000
    assert not list(store.folder.glob("*/*.unfinished"))


def test_the_store_lets_go_of_what_was_not_asked_for_longest(tmp_path: Path) -> None:
    store = Store(tmp_path, 1000)
    for number in range(3):
        store.put(f"{NAME}{number}.png", b"x" * 300)
        os.utime(tmp_path / f"{NAME}{number}.png", (number, number))
    assert store.get(f"{NAME}0.png")  # and so it stays
    store.put(f"{NAME}3.png", b"x" * 300)
    assert [store.has(f"{NAME}{number}.png") for number in range(4)] == [True, False, False, True]


@pytest.mark.parametrize("name", ["../../etc/passwd", f"{NAME}0.png/../x", f"{NAME}0.svg", "", f"{NAME}0.png\n"])
def test_no_name_leads_out_of_the_store(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="no name"):
        Store(tmp_path, 10).get(name)


def test_a_full_disk_harms_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    store = Store(tmp_path / "file", 10)
    store.put(f"{NAME}0.png", b"x")
    assert store.get(f"{NAME}0.png") is None


def test_a_page_under_way_is_not_drawn_twice(tmp_path: Path) -> None:
    home = empty(tmp_path)
    stored = _stored(home, "juni.pdf", MINUTES)
    made = Pictures(home)
    assert isinstance(made.pages(stored, [1, 2], wait_s=0.0)[1], PictureError)
    began = made._submit
    made._submit = None  # type: ignore[method-assign, assignment] # who began anew would fail
    assert isinstance(made.pages(stored, [1], wait_s=30)[1], PageDrawn)
    made._submit = began  # type: ignore[method-assign]
    made.close()
