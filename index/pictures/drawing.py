"""From a paper in the record to pictures of its pages (ritning), in processes of their own and within limits."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from extractors import ocr
from extractors.drawing.drawers import Drawers
from extractors.drawing.marks import Mark
from extractors.drawing.wish import Drawn, wish_for
from extractors.model import NO_OCR, Document, Page, Unreadable
from extractors.sniff import is_pdf
from index.archive import Archive, ArchiveError
from index.catalog import Stored
from index.pictures.model import DEFAULT_WIDTH, WIDTHS, PageDrawn, PictureError
from index.pictures.store import Store
from index.reading_view.finds import finds
from index.settings import Settings

_FORM = "1"  # of what is kept; another makes all pictures anew
_MOST_AT_ONCE = 8  # pages that are drawn together
_REMEMBERED_S = 600.0  # what could not be drawn is not tried again before


_Going = Future[dict[int, PageDrawn | PictureError]]  # some pages of one paper under way


def forget(settings: Settings, sha256: str) -> None:
    """Removes the pictures of a paper from the disk, as when its original is removed; no server need run."""
    _store(settings).forget(sha256)


def _store(settings: Settings) -> Store:
    return Store(settings.home / "pictures", settings.drawing.disk)


class Pictures:
    """Pages as pictures. Safe to use from many threads; its processes start with the first page that is drawn."""

    def __init__(self, settings: Settings) -> None:
        self._settings, self._limits = settings, settings.drawing
        self._archive = Archive(settings.archive)
        self._store = _store(settings)
        self._lock = threading.Lock()
        self._turns = threading.BoundedSemaphore(self._limits.processes)
        self._drawers: Drawers | None = None
        self._under_way: dict[str, _Going] = {}
        self._failed: dict[str, tuple[float, PictureError]] = {}

    def close(self) -> None:
        """Ends the drawing processes."""
        with self._lock:
            drawers, self._drawers = self._drawers, None
        if drawers:
            drawers.__exit__(None, None, None)

    def forget(self, sha256: str) -> None:
        """Removes the pictures of a paper, as when its original is removed."""
        self._store.forget(sha256)

    def pages(
        self, stored: Stored, numbers: Iterable[int], width: int = DEFAULT_WIDTH, wait_s: float | None = None
    ) -> dict[int, PageDrawn | PictureError]:
        """Pages of a paper by number: drawn, or why not. Who waits no longer than `wait_s` finds them drawn later."""
        wanted = list(dict.fromkeys(numbers))[:_MOST_AT_ONCE]
        found = {number: self._known(stored, number, width) for number in wanted}
        if missing := [number for number in wanted if found[number] is None]:
            found |= self._drawn(stored, missing, width, self._limits.timeout if wait_s is None else wait_s)
        return {number: each for number, each in found.items() if each is not None}

    def png(self, stored: Stored, number: int, width: int = DEFAULT_WIDTH) -> tuple[PageDrawn, bytes]:
        """A page and its picture. Raises PictureError."""
        page = self.pages(stored, [number], width)[number]
        if isinstance(page, PictureError):
            raise page
        data = self._store.get(_name(stored, page.tag, width))
        if data is None:
            raise PictureError("busy", "the picture cannot be kept: is the disk full?")
        return page, data

    def drawable(self, stored: Stored) -> list[int]:
        """The pages that can have a picture: none of a paper that is no PDF or whose original is gone."""
        try:
            self._original(stored.sha256)
        except PictureError:
            return []
        return [page.number for page in stored.document.pages if not _is_unread(stored.document, page)]

    def tag(self, stored: Stored, number: int) -> str:
        """What tells the picture of a page from others, without drawing it. Raises PictureError for no page."""
        return _tag(stored, _page(stored.document, number))

    def _known(self, stored: Stored, number: int, width: int) -> PageDrawn | PictureError | None:
        """What is known of a page without drawing it."""
        if width not in WIDTHS:
            raise ValueError(f"{width} is none of the widths {', '.join(map(str, WIDTHS))}")
        try:
            page = _page(stored.document, number)
        except PictureError as error:
            return error
        if _is_unread(stored.document, page):
            return PictureError("unread", f"nothing could be read on page {number}, so nothing could be masked on it")
        tag = _tag(stored, page)
        failed = self._failed.get(tag)
        if failed and time.monotonic() - failed[0] < _REMEMBERED_S:
            return failed[1]
        told = self._store.get(_name(stored, tag))
        if told is None or not self._store.has(_name(stored, tag, width)):
            return None
        with suppress(ValueError, KeyError, TypeError):
            return PageDrawn.unpacked(number, tag, told)
        return None

    def _drawn(
        self, stored: Stored, numbers: Sequence[int], width: int, wait_s: float
    ) -> dict[int, PageDrawn | PictureError]:
        """Pages that are drawn now, as far as they are there in time; who asks for one under way waits for that."""
        until = time.monotonic() + wait_s
        with self._lock:
            waiting = {n: going for n in numbers if (going := self._under_way.get(_key(stored, n, width)))}
        told: dict[int, PageDrawn | PictureError] = {}
        if fresh := [number for number in numbers if number not in waiting]:
            try:
                waiting |= dict.fromkeys(fresh, self._begin(stored, fresh, width, wait_s))
            except PictureError as error:
                told |= dict.fromkeys(fresh, error)
        for number, going in waiting.items():
            try:
                told[number] = going.result(max(0.05, until - time.monotonic()))[number]
            except TimeoutError:
                told[number] = PictureError("busy", "drawing takes longer than usual: try again soon")
        return told

    def _begin(self, stored: Stored, numbers: Sequence[int], width: int, wait_s: float) -> _Going:
        """Lets pages be drawn when it is their turn. Raises PictureError."""
        if not self._turns.acquire(timeout=wait_s):
            raise PictureError("busy", "too many pages are drawn at once: try again soon")
        try:
            future = self._submit(stored, numbers, width)
        except BaseException:
            self._turns.release()
            raise
        going = _Going()
        with self._lock:
            self._under_way |= {_key(stored, number, width): going for number in numbers}
        future.add_done_callback(partial(self._keep, stored, numbers, width, going))
        return going

    def _submit(self, stored: Stored, numbers: Sequence[int], width: int) -> Future[list[Drawn] | Unreadable]:
        data = self._original(stored.sha256)
        document = stored.document
        wish = replace(wish_for(document, _marks(document), numbers), width=width)
        with self._lock:
            if self._drawers is None:
                can_ocr = self._settings.ocr and ocr.installed()
                limits = self._limits
                self._drawers = Drawers(limits.processes, limits.timeout, limits.memory, can_ocr)
            return self._drawers.submit(data, wish)

    def _original(self, sha256: str) -> bytes | Path:
        """The bytes of a PDF, or where they lie. Raises PictureError."""
        try:
            path = self._archive.path(sha256)
            data = path.open("rb").read(1024) if path else self._archive.get(sha256)
        except (ArchiveError, OSError) as error:
            raise PictureError("no_original", "the original is no longer in the archive") from error
        if not is_pdf(data):
            raise PictureError("not_pdf", "the paper is no PDF, so it has no pages to draw")
        return path or data

    def _keep(
        self,
        stored: Stored,
        numbers: Sequence[int],
        width: int,
        going: _Going,
        future: Future[list[Drawn] | Unreadable],
    ) -> None:
        """What was drawn goes into the store, and to who waits for it."""
        self._turns.release()
        told: dict[int, PageDrawn | PictureError]
        try:
            result = future.result()
        except Exception as error:  # the processes were ended, or do not start
            told = dict.fromkeys(numbers, PictureError("busy", f"pages cannot be drawn now: {error}"))
        else:
            if isinstance(result, Unreadable):
                result = [Drawn(number, 0, 0, b"", trouble=result.reason) for number in numbers]
            told = {drawn.number: self._kept(stored, drawn, width) for drawn in result}
        with self._lock:
            for number in numbers:
                self._under_way.pop(_key(stored, number, width), None)
        going.set_result(told)

    def _kept(self, stored: Stored, drawn: Drawn, width: int) -> PageDrawn | PictureError:
        tag = _tag(stored, _page(stored.document, drawn.number))
        if drawn.trouble:
            error = PictureError("broken", f"page {drawn.number} cannot be drawn: {drawn.trouble}")
            if len(self._failed) > 10_000:
                self._failed.clear()
            self._failed[tag] = (time.monotonic(), error)
            return error
        page = PageDrawn.of(drawn, tag)
        self._store.put(_name(stored, tag, width), drawn.picture)
        self._store.put(_name(stored, tag), page.packed())
        return page


def _marks(document: Document) -> list[Mark]:
    """What is looked for on the pages: every find and every §, each told by its number."""
    found = [Mark(find.kind, find.span, str(find.number)) for find in finds(document)]
    return found + [Mark("extents", item.span, str(at)) for at, item in enumerate(document.items)]


def _page(document: Document, number: int) -> Page:
    found = next((page for page in document.pages if page.number == number), None)
    if found is None:
        raise PictureError("no_page", f"there is no page {number}: the paper has {len(document.pages)}")
    return found


def _is_unread(document: Document, page: Page) -> bool:
    """Whether a page holds what nobody has read: a scan without OCR, letters that mean nothing."""
    told = (issue.span for issue in document.issues if issue.stage in ("text", NO_OCR))
    return not document.text[page.start : page.end].strip() or any(span and span.page == page.number for span in told)


def _tag(stored: Stored, page: Page) -> str:
    """Changes with the bytes, with who read them and how, and with the form of what is kept."""
    text = stored.document.text[page.start : page.end]
    told = f"{_FORM} {stored.sha256} {stored.document.reader} {page.number} {page.start} {page.ocr} {text}"
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:32]


def _key(stored: Stored, number: int, width: int) -> str:
    return _name(stored, _tag(stored, _page(stored.document, number)), width)


def _name(stored: Stored, tag: str, width: int | None = None) -> str:
    return f"{stored.sha256}/{tag}-{width}.png" if width else f"{stored.sha256}/{tag}.json"
