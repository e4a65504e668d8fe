"""`paragraf show`: pages with what was understood drawn on them, a report on a folder, and mistakes told in a line."""

from __future__ import annotations

import base64
import html
import io
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner, Result

from extractors.drawing.drawers import Drawers
from extractors.drawing.wish import Drawn
from extractors.workers import Readers
from flows import showing
from flows.cli import app
from flows.progress import Silent
from tests.papers import pdf, word

PROTOCOL = Path("examples/papers/mora/2025-03-18-kommunstyrelsen-protokoll.pdf").absolute()
ODD = """Björkviks kommun
Kommunstyrelsen
Sammanträdesprotokoll 2031-05-04

§ 7 Bidrag till <script>alert("kör")</script> & "vänner"
Dnr KS 2031/7
Beslut
Kommunstyrelsen beviljar 5 000 kronor till Anna Ek (S), 811228-9874, för <b onclick='x()'>kören</b>.
"""
_VOID = {"meta", "img", "br", "input", "link", "hr", "rect"}


class Page(HTMLParser):
    """A page taken apart: its elements with their attributes, its words; what is left open or closed twice."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.wrong: list[str] = []
        self.feed(text)
        self.wrong += [name for name in self.open if name not in ("html", "body")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if len(dict(attrs)) != len(attrs):
            self.wrong.append(f"{tag} has an attribute twice")
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.wrong.append(f"</{tag}> within {self.open[-1:]}")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def values(self, *names: str) -> list[str]:
        return [
            value for _, attributes in self.elements for name, value in attributes.items() if name in names and value
        ]


def check(path: Path) -> Page:
    """A page that is whole, runs nothing, and asks nothing of other hosts."""
    page = Page(path.read_text("utf-8"))
    assert page.wrong == []
    assert not {"script", "iframe", "object", "link", "base", "form"} & {tag for tag, _ in page.elements}
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    for address in page.values("src", "href"):
        assert re.match(r"data:image/png;base64,|#|[^:/]+(?:/[^:/]+)*$", address), address
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    assert {address[1:] for address in page.values("href") if address.startswith("#")} <= set(ids)
    return page


def run(*arguments: str | Path) -> Result:
    return CliRunner(env={"TERMINAL_WIDTH": "200", "NO_COLOR": "1"}).invoke(app, [*map(str, arguments), "-q"])


@pytest.fixture(scope="module")
def studio() -> Iterator[showing.Studio]:
    with Readers(processes=1, ocr=False) as reading, Drawers(processes=1, ocr=False) as drawing:
        yield showing.Studio(reading, drawing)


def test_a_paper_as_html(tmp_path: Path) -> None:
    done = run("show", PROTOCOL, "--out", tmp_path / "mora.html")
    assert (done.exit_code, done.stdout) == (0, f"{tmp_path}/mora.html\n"), done.stderr
    page = check(tmp_path / "mora.html")
    for told in ("Mora (2062)", "2025-03-18", "§ 43: Svar på motion om låsbart cykelgarage vid resecentrum",
                 "case number KS 2024/512", "person Karin Hedlund (MP)", "6 yes, 7 no, 0 abstain"):  # fmt: skip
        assert told in page.text, told
    pictures = [value for value in page.values("src") if value.startswith("data:")]
    assert len(pictures) == 5
    assert Image.open(io.BytesIO(base64.b64decode(pictures[2].partition(",")[2]))).width > 800
    assert page.values("viewbox")[0] == "0 0 595.3 841.9"
    shown = " ".join(page.values("class"))
    assert all(kind in shown for kind in ("decisions", "votes", "left_out", "outside", "extents", "people"))


def test_a_page_as_picture(tmp_path: Path) -> None:
    done = run("show", PROTOCOL, "--page", "3", "--out", tmp_path / "sida.png")
    assert done.stdout == f"{tmp_path}/sida.png\n", done.stderr
    picture = Image.open(tmp_path / "sida.png")
    assert (picture.format, picture.width > 1400) == ("PNG", True)


def test_several_pages_are_numbered_pictures(tmp_path: Path) -> None:
    done = run("show", PROTOCOL, "--page", "2-3", "--out", tmp_path / "sida.png")
    assert done.stdout.splitlines() == [f"{tmp_path}/sida-2.png", f"{tmp_path}/sida-3.png"], done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["sida-2.png", "sida-3.png"]


def test_without_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "motion.docx").write_bytes(word("# Motion om bänkar", "Vi yrkar att kommunen ställer ut fem bänkar."))
    assert run("show", "motion.docx").stdout == "motion.show.html\n"
    assert "proposal" in check(tmp_path / "motion.show.html").text


def test_nothing_of_a_paper_is_taken_for_html(tmp_path: Path) -> None:
    """Words, titles and names that look like HTML are shown as they are; a personnummer is not."""
    (tmp_path / '<i>&"x.txt').write_text(ODD, "utf-8")
    (tmp_path / "b.pdf").write_bytes(pdf(ODD.splitlines()))
    done = run("show", tmp_path, "--out", tmp_path / "r.html")
    assert done.exit_code == 0, done.stderr
    page = check(tmp_path / "r.html")
    assert '§ 7: Bidrag till <script>alert("kör")</script> & "vänner"' in page.text
    assert '<i>&"x.txt' in page.text
    assert "sum 5 000 kr (grant)" in page.text
    source = html.unescape((tmp_path / "r.html").read_text("utf-8"))
    assert "••••••-••••" in source
    assert "9874" not in re.sub(r"base64,[\w+/=]+", "", source)
    marks = {attributes["class"]: attributes["title"] for tag, attributes in page.elements if tag == "mark"}
    assert marks["people"] == "person: Anna Ek (S)"
    assert marks["decisions"] == "decision: granted, Kommunstyrelsen"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    papers = tmp_path / "papers"
    (papers / "2031").mkdir(parents=True)
    (papers / "2031" / "å protokoll.txt").write_text(ODD, "utf-8")
    (papers / "trasig.pdf").write_bytes(PROTOCOL.read_bytes()[:3000])
    (papers / "hemlig.pdf").write_bytes(pdf(["Hemligt."], encrypt="hemligt"))
    (papers / "bra.pdf").write_bytes(pdf(ODD.splitlines(), ["§ 8 Övrigt", "Inget."], head="Björkviks kommun {n} (2)"))
    return papers


def test_a_folder_with_papers_that_cannot_be_read(folder: Path, tmp_path: Path, studio: showing.Studio) -> None:
    assert showing.folder(folder, tmp_path / "r.html", studio, Silent()) == tmp_path / "r.html"
    page = check(tmp_path / "r.html")
    assert "4 papers, 2 read, 2 could not be read . 3 §§ with 2 decisions." in page.text
    assert "No decision was found in § 8." in page.text
    assert "hemlig.pdf read: the PDF is encrypted and asks for a password" in page.text
    assert "trasig.pdf read: the PDF is truncated or damaged" in page.text
    assert "2031/å protokoll.txt" in page.text
    assert len([value for value in page.values("src") if value.startswith("data:")]) == 2
    assert not (tmp_path / "r_files").exists()


def test_a_large_folder_has_a_page_for_each_paper(
    folder: Path, tmp_path: Path, studio: showing.Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(showing, "_PAPERS_IN_ONE", 3)
    monkeypatch.setattr(showing, "_PAGES_IN_ONE", 1)
    showing.folder(folder, tmp_path / "en rapport.html", studio, Silent())
    page = check(tmp_path / "en rapport.html")
    assert "legend" not in {tag for tag, _ in page.elements}
    addresses = [address for address in page.values("href") if not address.startswith("#")]
    assert addresses == ["en%20rapport_files/0001-protokoll.html", "en%20rapport_files/0002-bra.html"]
    beside = tmp_path / "en rapport_files"
    paper = check(beside / "0002-bra.html")
    assert "../en%20rapport.html" in paper.values("href")
    assert paper.values("src") == ["0002-bra/1.png", "0002-bra/2.png"]
    assert Image.open(beside / "0002-bra" / "2.png").width > 800


def test_a_report_among_its_papers_is_no_paper(folder: Path, studio: showing.Studio) -> None:
    for _ in range(2):
        showing.folder(folder, folder / "r.html", studio, Silent())
        assert "4 papers, 2 read" in check(folder / "r.html").text


def test_a_long_paper_has_its_pictures_beside_it(
    tmp_path: Path, studio: showing.Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(showing, "_PAGES_IN_ONE", 1)
    showing.file(PROTOCOL, tmp_path / "p.html", (2, 3), studio)
    assert check(tmp_path / "p.html").values("src") == ["p_files/2.png", "p_files/3.png"]
    assert (tmp_path / "p_files" / "3.png").exists()


def test_a_page_that_cannot_be_drawn_is_shown_as_text(
    tmp_path: Path, studio: showing.Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = [Drawn(number, 0, 0, b"", trouble="process: not finished after 3 s") for number in range(1, 6)]
    monkeypatch.setattr(studio.drawers, "draw", lambda *_, **__: iter(lost))
    showing.file(PROTOCOL, tmp_path / "p.html", None, studio)
    page = check(tmp_path / "p.html")
    assert page.text.count("This page could not be drawn: process: not finished after 3 s") == 5
    assert ("mark", {"class": "case_numbers", "title": "case number: KS 2024/512"}) in page.elements


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["none.pdf"], 2, "there is no file or folder none.pdf"),
        (["empty"], 2, "there are no papers in empty: name a folder with PDF, HTML, DOCX or text in it"),
        (["papers", "--page", "1"], 2, "--page is of one paper, and this is a folder: name the paper"),
        (["papers", "--out", "r.png"], 2, "--out r.png should be NAME.html"),
        (["papers/bra.pdf", "--page", "3"], 2, "there is no page 3: the paper has 2 pages"),
        (["papers/bra.pdf", "--page", "2-9"], 2, "there is no page 9: the paper has 2 pages"),
        (["papers/bra.pdf", "--page", "0"], 2, "--page '0' is no page: write a number such as 3"),
        (["papers/bra.pdf", "--page", "två"], 2, "--page 'två' is no page"),
        (["papers/bra.pdf", "--page", "5-2"], 2, "--page '5-2' is no page"),
        (["papers/bra.pdf", "--out", "bra.docx"], 2, "--out bra.docx should be NAME.html or NAME.png"),
        (["papers/bra.pdf", "--out", "odd.html"], 2, "--out odd.html is a folder: write --out odd.html/report.html"),
        (["page.html", "--out", "page.html"], 2, "--out page.html is the paper itself: choose another name"),
        (["page.html", "--out", "page.png"], 2, "page.html is no PDF, so it has no pages to draw: write --out page"),
        (["papers/hemlig.pdf"], 1, "the PDF is encrypted and asks for a password"),
        (["papers/trasig.pdf"], 1, "the PDF is truncated or damaged: fetch it again"),
        (["papers/bra.pdf", "--out", "page.html/x.html"], 1, "page.html"),
    ],
)
def test_mistakes_are_told_in_a_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int, message: str
) -> None:
    monkeypatch.chdir(folder.parent)
    (folder.parent / "empty").mkdir()
    (folder.parent / "odd.html").mkdir()
    (folder.parent / "page.html").write_text("<!doctype html><title>Nytt</title><p>" + "Ord om beslut. " * 80)
    before = sorted(folder.parent.rglob("*"))
    done = run("show", *arguments)
    assert (done.exit_code, done.stdout) == (code, ""), done.stderr
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(folder.parent.rglob("*")) == before


def test_pdfs_are_drawn_in_other_processes_only(tmp_path: Path) -> None:
    code = "import sys; from flows.cli import app\n"
    code += "app(['show', *sys.argv[1:]], standalone_mode=False); print(*sys.modules, file=sys.stderr)\n"
    command = [sys.executable, "-c", code, str(PROTOCOL), "--page", "1", "--out", str(tmp_path / "p.png")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert not {"pypdfium2", "PIL", "lxml", "sqlalchemy", "torch", "spacy"} & set(done.stderr.split())
