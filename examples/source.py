"""The source of a sample paper: its head, and its body as blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

FOOT = "Påhittat exempel: personer, ärenden och beslut är uppdiktade."


@dataclass(frozen=True)
class Block:
    """A piece of the body: item, heading, title, paragraph, table, columns or page."""

    name: str
    text: str = ""
    case: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Source:
    """A parsed source."""

    head: dict[str, str]
    blocks: tuple[Block, ...] = field(default=())

    @property
    def file(self) -> str:
        return self.head["file"]

    @classmethod
    def parse(cls, text: str) -> Source:
        """Read the head and the blocks of a source file."""
        top, _, body = text.partition("\n\n")
        head = {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in top.splitlines())}
        return cls(head, tuple(_blocks(body)))


def _blocks(body: str) -> Iterator[Block]:
    for chunk in body.strip("\n").split("\n\n"):
        lines = chunk.split("\n")
        while lines:
            line = lines.pop(0)
            if line.startswith("§ "):
                title, _, case = line[2:].partition(" | ")
                yield Block("item", title.strip(), case.strip())
            elif line.startswith("== "):
                yield Block("heading", line[3:].strip())
            elif line.startswith("# "):
                yield Block("title", line[2:].strip())
            elif line.startswith("[["):
                yield Block(line.strip("[] "))
            elif line.startswith("|"):
                rows = [line, *(lines.pop(0) for _ in range(_leading_rows(lines)))]
                yield Block(
                    "table", rows=tuple(tuple(cell.strip() for cell in row.strip("|").split("|")) for row in rows)
                )
            else:
                yield Block("paragraph", line)


def _leading_rows(lines: list[str]) -> int:
    return next((n for n, line in enumerate(lines) if not line.startswith("|")), len(lines))
