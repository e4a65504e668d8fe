"""What is noted about a question (anmärkning): a sentence, and its name and values for who says it otherwise."""

from __future__ import annotations

from typing import Any, Self


class Note(str):
    """A note: the sentence itself, with a `name` and `values`.

    >>> note = Note.of("forgiven", "{what} was read as {other}", what="sjalv", other="själv")
    >>> note, note.to_json()
    ('sjalv was read as själv', {'name': 'forgiven', 'what': 'sjalv', 'other': 'själv'})
    """

    name: str
    values: dict[str, str]

    @classmethod
    def of(cls, name: str, sentence: str, **values: object) -> Self:
        """A note of one kind; the values are filled in."""
        made = cls(sentence.format(**values))
        made.name, made.values = name, {key: str(value) for key, value in values.items()}
        return made

    def to_json(self) -> dict[str, Any]:
        """The name and the values."""
        return {"name": self.name, **self.values}
