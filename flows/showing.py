"""What was understood, drawn on the pages (visa): one paper as HTML or PNG, a folder as a report."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from extractors.drawing.drawers import Drawers
from extractors.drawing.marks import Mark
from extractors.model import Document, Unreadable
from extractors.sniff import is_pdf
from extractors.workers import Job, Readers, Result
from flows.failing import UsageError
from flows.progress import Progress, shown
from flows.reader import can_ocr, readers
from flows.report import views
from flows.report.render import paper_page, report_page
from flows.report.views import PaperView
from flows.sources import Trouble
from flows.sources.folder import printable, walk
from index.settings import Settings

_PAGES_IN_ONE = 60  # of a paper; with more, its pictures lie beside the page
_PAPERS_IN_ONE = 25  # of a report; with more, or more bytes, each paper has a page of its own beside it
_BYTES_IN_ONE = 15_000_000
_PNG_DPI = 144


@dataclass(frozen=True, slots=True)
class _Pictures:
    """Where pictures are kept: in the page that shows them, or as files in a folder; `home` is that page's folder."""

    home: Path
    folder: Path | None

    def keep(self, picture: bytes, number: int) -> str:
        """The address of a picture for the page: its own bytes, or those of a file that is written."""
        if self.folder is None:
            return "data:image/png;base64," + base64.b64encode(picture).decode()
        path = self.folder / f"{number}.png"
        _write(path, picture)
        return quote(path.relative_to(self.home).as_posix())


@dataclass(frozen=True, slots=True)
class Studio:
    """The processes that read papers and those that draw them."""

    readers: Readers
    drawers: Drawers


def show(
    path: Path, out: Path | None, page: str | None, settings: Settings, ocr: bool | None, quiet: bool
) -> list[Path]:
    """What the command does: a paper or a folder into `out`; the files that were written."""
    if not path.exists():
        raise UsageError(f"there is no file or folder {path}")
    asked, many = _page_numbers(page), path.is_dir()
    if many and asked:
        raise UsageError("--page is of one paper, and this is a folder: name the paper")
    target = out or Path(f"{path.resolve().stem or 'papers'}.show.html")
    _check(target, path, many)
    with _studio(settings, settings.workers if many else 1, ocr) as studio:
        if not many:
            return file(path, target, asked, studio)
        with shown(quiet) as progress:
            return [folder(path, target, studio, progress)]


def _check(out: Path, path: Path, many: bool) -> None:
    """Refuses names that say nothing of the form, and to write over the paper itself."""
    if out.suffix.lower() not in (".html", ".htm", *(() if many else (".png",))):
        forms = "NAME.html" if many else "NAME.html or NAME.png"
        raise UsageError(f"--out {out} should be {forms}")
    if out.is_dir():
        raise UsageError(f"--out {out} is a folder: write --out {out / 'report.html'}")
    if out.exists() and path.exists() and out.samefile(path):
        raise UsageError(f"--out {out} is the paper itself: choose another name")


@contextmanager
def _studio(settings: Settings, processes: int, ocr: bool | None) -> Iterator[Studio]:
    """Both kinds of processes, ended together."""
    drawn_with = can_ocr(settings) if ocr is None else ocr
    with (
        readers(settings, processes, ocr) as reading,
        Drawers(processes, settings.read_timeout, settings.read_memory, drawn_with) as drawing,
    ):
        yield Studio(reading, drawing)


def _page_numbers(asked: str | None) -> tuple[int, int] | None:
    """The first and the last page that are asked for.

    >>> _page_numbers("3"), _page_numbers("3-5"), _page_numbers(None)
    ((3, 3), (3, 5), None)
    """
    if asked is None:
        return None
    match = re.fullmatch(r"(\d{1,6})(?:-(\d{1,6}))?", asked.strip())
    if not match or not 1 <= int(match[1]) <= int(match[2] or match[1]):
        raise UsageError(f"--page {asked!r} is no page: write a number such as 3, or the first and the last, 3-5")
    return int(match[1]), int(match[2] or match[1])


def file(path: Path, out: Path, asked: tuple[int, int] | None, studio: Studio) -> list[Path]:
    """One paper drawn into `out`: an HTML page, or a PNG (one for each page, numbered, where there are several).

    What was written, in order; raises Unreadable for a paper that cannot be read.
    """
    picture = out.suffix.lower() == ".png"
    if picture and not _is_pdf(path):
        raise UsageError(f"{path} is no PDF, so it has no pages to draw: write --out {out.stem}.html")
    result = studio.readers.read(path, printable(path))
    if isinstance(result, Unreadable):
        raise result
    found, numbers = views.found_in(result), _numbers(result, asked)
    if picture:
        return list(_pictures(path, out, result, found, numbers, studio))
    pictures = _Pictures(out.parent, out.parent / f"{out.stem}_files" if len(numbers) > _PAGES_IN_ONE else None)
    paper = _paper(path, "p", path.name, result, numbers, studio, pictures)
    _write(out, paper_page(paper).encode())
    return [out]


def _numbers(document: Document, asked: tuple[int, int] | None) -> list[int]:
    first, last = asked or (1, len(document.pages))
    if last > len(document.pages):
        count = len(document.pages)
        raise UsageError(f"there is no page {last}: the paper has {count} page{'s' * (count != 1)}")
    return list(range(first, last + 1))


def _pictures(
    path: Path, out: Path, document: Document, found: Sequence[Mark], numbers: Sequence[int], studio: Studio
) -> Iterator[Path]:
    """Each page as a PNG."""
    wide = len(str(numbers[-1]))
    for drawn in studio.drawers.draw(path, document, found, numbers, painted=True, dpi=_PNG_DPI):
        if drawn.trouble:
            raise Unreadable("draw", f"page {drawn.number} cannot be drawn: {drawn.trouble}")
        here = out if len(numbers) == 1 else out.with_stem(f"{out.stem}-{drawn.number:0{wide}}")
        _write(here, drawn.picture)
        yield here


def folder(path: Path, out: Path, studio: Studio, progress: Progress) -> Path:
    """A report on all papers of a folder; large ones have a page per paper beside it, in a folder of its name."""
    beside = out.parent / f"{out.stem}_files"
    found = list(walk(path))
    troubles = [(each.place, each.reason) for each in found if isinstance(each, Trouble)]
    papers = [each for each in found if not (isinstance(each, Trouble) or _is_ours(each, out, beside))]
    if not papers:
        what = f" ({troubles[0][1]})" if troubles else ""
        raise UsageError(f"there are no papers in {path}{what}: name a folder with PDF, HTML, DOCX or text in it")
    progress.start("papers", len(papers))
    apart = len(papers) > _PAPERS_IN_ONE or sum(map(_size, papers)) > _BYTES_IN_ONE
    shown: dict[int, PaperView] = {}
    jobs: Iterator[Job] = ((str(number), each, printable(each)) for number, each in enumerate(papers))
    for key, result in studio.readers.read_all(jobs):
        number = int(key)
        shown[number] = _of_folder(papers[number], path, number, result, studio, beside, apart, out.name)
        progress.step()
    views_in_order = [shown[number] for number in sorted(shown)]
    _write(out, report_page(f"What was read in {printable(path)}", views_in_order, troubles).encode())
    return out


def _is_ours(path: Path, out: Path, beside: Path) -> bool:
    """Whether a file is of the last report, which may lie among the papers."""
    here = path.absolute()
    return here == out.absolute() or here.is_relative_to(beside.absolute())


def _of_folder(
    path: Path, root: Path, number: int, result: Result, studio: Studio, beside: Path, apart: bool, report: str
) -> PaperView:
    """One paper of a report: in full, or, where they are apart, written to a page of its own and without its pages."""
    name = printable(path.relative_to(root))
    numbers = [page.number for page in result.pages] if isinstance(result, Document) else []
    own = beside / f"{number + 1:04}-{_plain(path.stem)}"
    pictures = _Pictures(beside if apart else beside.parent, own if len(numbers) > _PAGES_IN_ONE else None)
    paper = _paper(path, f"p{number + 1}", name, result, numbers, studio, pictures)
    if apart and paper.document:
        page = own.with_name(own.name + ".html")
        _write(page, paper_page(paper, quote(f"../{report}")).encode())
        paper.pages, paper.href = [], quote(f"{beside.name}/{page.name}")
    return paper


def _paper(
    path: Path, anchor: str, name: str, result: Result, numbers: Sequence[int], studio: Studio, pictures: _Pictures
) -> PaperView:
    """A paper with its pages."""
    found = views.found_in(result)
    paper = views.paper(name, anchor, result, found)
    if isinstance(result, Unreadable):
        return paper
    if not _is_pdf(path):
        paper.pages = [views.text_page(paper, number, found) for number in numbers]
        return paper
    for drawn in studio.drawers.draw(path, result, found, numbers):
        if drawn.trouble:
            paper.pages.append(views.text_page(paper, drawn.number, found, drawn.trouble))
        else:
            paper.pages.append(views.drawn_page(paper, drawn, pictures.keep(drawn.picture, drawn.number)))
    return paper


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _is_pdf(path: Path) -> bool:
    try:
        with path.open("rb") as opened:
            return is_pdf(opened.read(1024))
    except OSError:
        return False


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _plain(name: str) -> str:
    """A name that any file system and address takes.

    >>> _plain("§ 12 Möte/kväll")
    '12-M-te-kv-ll'
    """
    return re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")[:60] or "paper"
