"""OCR (optical character recognition) of scanned pages with Tesseract's Swedish, where it is installed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache, partial
from itertools import groupby
from typing import Any

from extractors.lifeline import die_with_parent
from extractors.sheet import Line

_DPI = 300
_SECONDS = 90  # for one page
_SURE = 40  # Tesseract's mean confidence in a line's words, of 100
_SPECK = 30  # confidence under which a word at the edge of a line is a logo or a stamp
_LARGEST = 40_000_000  # pixels drawn for one page
_MENDED = (
    (re.compile(r"^8 ?8 ?(?=\d{1,3}[-–]\d)"), "§§ "),
    (re.compile(r"^\$ ?(?=\d)"), "§ "),
    (re.compile(r"^8 (?=\d{1,3}(?: +[A-ZÅÄÖ]|$))"), "§ "),
    (re.compile(r"(?<=kap\. )8 (?=\d)"), "§ "),
    (re.compile(r"^(?:eo|[eo¢«»*·]) +(?=[A-ZÅÄÖ])"), "• "),
)
HOW = "install tesseract with Swedish (apt-get install tesseract-ocr tesseract-ocr-swe) and read it again"


@cache
def installed() -> bool:
    """Whether Tesseract and its Swedish are there."""
    program = shutil.which("tesseract")
    if program is None:
        return False
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=30, check=False)
    return "swe" in listed.stdout.split() + listed.stderr.split()


def lines(page: Any) -> list[Line] | None:
    """The lines of a PDFium page, read from its picture; None if Tesseract failed or took too long."""
    table, scale = _table(page)
    return None if table is None else list(_read(table, scale))


def words(page: Any) -> list[tuple[str, float, float, float, float]]:
    """All that Tesseract takes for a word on a PDFium page, with left, top, right and bottom in points; [] if it fails.

    They are the words of `lines`, and those that it leaves out as too unsure.
    """
    table, scale = _table(page)
    found: list[tuple[str, float, float, float, float]] = []
    for cells in _words(table or ""):
        left, top, width, height = (int(cell) / scale for cell in cells[6:10])
        found.append((cells[11].strip(), left, top, left + width, top + height))
    return found


def _table(page: Any) -> tuple[str | None, float]:
    """What Tesseract finds on a page, None if it failed; and how many pixels of its picture are a point."""
    width, height = page.get_size()
    scale = min(_DPI / 72, (_LARGEST / max(width * height, 1)) ** 0.5)
    command = ["tesseract", "stdin", "stdout", "-l", "swe", "--dpi", str(round(72 * scale)), "tsv"]
    try:
        done = subprocess.run(
            command,
            input=_picture(page, scale),
            capture_output=True,
            timeout=_SECONDS,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            preexec_fn=partial(die_with_parent, os.getpid()),  # a worker that is killed has no time to end it
        )
    except (subprocess.SubprocessError, OSError):
        return None, scale
    return done.stdout.decode("utf-8", "replace"), scale


def _picture(page: Any, scale: float) -> bytes:
    """The page drawn in greys, as PGM."""
    bitmap = page.render(scale=scale, grayscale=True)
    rows = bytes(bitmap.buffer)
    width, height, stride = bitmap.width, bitmap.height, bitmap.stride
    bitmap.close()
    body = rows if stride == width else b"".join(rows[y * stride : y * stride + width] for y in range(height))
    return b"P5 %d %d 255\n" % (width, height) + body


def _read(table: str, scale: float) -> Iterator[Line]:
    """Words in Tesseract's table -> lines in points; unsure lines are logos and stamps."""
    for _, group in groupby(_words(table), key=lambda cells: cells[1:5]):
        line = _trimmed(list(group))
        if line and sum(float(cells[10]) for cells in line) / len(line) >= _SURE:
            yield _line(line, scale)


def _words(table: str) -> list[list[str]]:
    """The rows of Tesseract's table that are words, as cells."""
    rows = [row.split("\t") for row in table.splitlines()[1:]]
    return [cells for cells in rows if len(cells) > 11 and cells[0] == "5" and cells[11].strip()]


def _trimmed(words: list[list[str]]) -> list[list[str]]:
    """A line without the specks before and after it; inside a sentence an unsure word is better than none."""
    sure = [at for at, cells in enumerate(words) if float(cells[10]) >= _SPECK]
    return words[sure[0] : sure[-1] + 1] if sure else []


def _line(words: list[list[str]], scale: float) -> Line:
    """One line of words; a wide gap is two spaces, as in a PDF's own text."""
    boxes = [tuple(int(cell) / scale for cell in cells[6:10]) for cells in words]
    left, top, _, _ = boxes[0]
    size = max(height for *_, height in boxes)
    text = words[0][11]
    for before, box, cells in zip(boxes, boxes[1:], words[1:], strict=False):
        text += ("  " if box[0] - before[0] - before[2] > 1.5 * size else " ") + cells[11]
    sure = tuple(round(float(cells[10]) / 100, 2) for cells in words)
    return Line(mended(text), left, top, boxes[-1][0] + boxes[-1][2], top + size, size, sure=sure)


def mended(text: str) -> str:
    """A line with the signs that Tesseract's Swedish does not know: § (read as 8) and bullets (read as e or o).

    >>> [mended(line) for line in ("8 93 Anmälda ärenden", "enligt 4 kap. 8 20", "e  Antalet kontor", "8 620 kr")]
    ['§ 93 Anmälda ärenden', 'enligt 4 kap. § 20', '• Antalet kontor', '8 620 kr']
    """
    for pattern, sign in _MENDED:
        text = pattern.sub(sign, text)
    return text
