"""OCR (optical character recognition) of scanned pages with Tesseract's Swedish, where it is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from typing import Any

from extractors.sheet import Line

_DPI = 300
_SECONDS = 90  # for one page
_SURE = 35  # Tesseract's confidence in a word, of 100; below it is a speck or a stamp
_LARGEST = 40_000_000  # pixels drawn for one page
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
        )
    except (subprocess.SubprocessError, OSError):
        return None
    return list(_read(done.stdout.decode("utf-8", "replace"), scale))


def _picture(page: Any, scale: float) -> bytes:
    """The page drawn in greys, as PGM."""
    bitmap = page.render(scale=scale, grayscale=True)
    rows = bytes(bitmap.buffer)
    width, height, stride = bitmap.width, bitmap.height, bitmap.stride
    bitmap.close()
    body = rows if stride == width else b"".join(rows[y * stride : y * stride + width] for y in range(height))
    return b"P5 %d %d 255\n" % (width, height) + body


def _read(table: str, scale: float) -> Iterator[Line]:
    """Tesseract's table of words -> lines in points; a wide gap is two spaces, as in a PDF's own text."""
    line: Line | None = None
    key: tuple[str, ...] = ()
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < 12 or cells[0] != "5" or float(cells[10]) < _SURE or not cells[11].strip():
            continue
        left, top, width, height = (int(cell) / scale for cell in cells[6:10])
        if line is None or tuple(cells[1:5]) != key:
            if line is not None:
                yield line
            key = tuple(cells[1:5])
            line = Line(cells[11], left, top, left + width, top + height, height)
            continue
        line.text += ("  " if left - line.right > 2 * line.size else " ") + cells[11]
        line.right, line.top, line.bottom = left + width, min(line.top, top), max(line.bottom, top + height)
        line.size = line.bottom - line.top
    if line is not None:
        yield line
