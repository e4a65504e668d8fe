"""Papers of our own for the tables of tests: a § or another paper as the finders get it."""

from __future__ import annotations

from extractors import sections
from extractors.model import Item, Span, Stretch


def paragraph(
    text: str, body: str | None = "Kommunstyrelsen", kind: str = "protocol", number: str | None = "1"
) -> Stretch:
    """A § (paragraf) of minutes, or a paper of another kind, cut into its sections."""
    parts = tuple(sections.find(Stretch(text, body=body, kind=kind)))
    item = Item(Span(0, len(text), 1), number, None, sections=parts)
    return Stretch(text, item=item, body=body, kind=kind)
