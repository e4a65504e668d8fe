"""Text layers that cannot be believed: a broken font map, lost å, ä and ö, letters that are no language."""

from __future__ import annotations

import re

_LEAST = 200  # letters; less text than this proves nothing
_WORD = re.compile(r"[^\W\d_]+")
_STRANGE = re.compile("[\ue000-\uf8ff\ufffd\x00-\x08\x0e-\x1f\x80-\x9f]|\\(cid:\\d+\\)")
_BULLETS = re.compile("^[\ue000-\uf8ff](?=\\s)", re.MULTILINE)
_SWEDISH = frozenset(
    {"och", "att", "det", "som", "en", "av", "för", "i", "på", "är", "med", "till", "den", "har", "de"}
)
_SWEDISH |= frozenset({"inte", "om", "ett", "ska", "kommunen", "från", "eller", "vid", "under", "samt"})
_OTHER = frozenset({"the", "of", "and", "to", "in", "is", "for", "on", "that", "with", "as", "are", "be", "this", "by"})
_OTHER |= frozenset({"der", "die", "und", "das", "ist", "nicht", "la", "le", "de", "et"})
_VOWELS = "aeiouyåäöéü"
_MOJIBAKE = re.compile("Ã[¥¤¶…„–\u00a5\u00a4\u00b6\u0085\u0084\u0096]")


def why(text: str) -> str | None:
    """Why a page's text layer is not to be believed, None if it is fine or too short to tell.

    >>> why("Kommunfullm ktige beslutar att godk nna f rslaget och att ge n mnden i uppdrag att se " * 5)
    'the text layer has lost its å, ä and ö'
    """
    words = _WORD.findall(text.casefold())
    letters = "".join(words)
    count = len(letters)
    strange = len(_STRANGE.findall(_BULLETS.sub("", text)))
    if strange > 20 and strange > 0.05 * (count + strange):
        return "the text layer's font map is broken, its letters cannot be read"
    if count < _LEAST:
        return None
    if len(_MOJIBAKE.findall(text)) > 0.01 * count:
        return "the text layer has lost its å, ä and ö"
    return _implausible(words, letters)


def _implausible(words: list[str], letters: str) -> str | None:
    """Swedish without its own letters, or words of no language at all."""
    known = sum(word in _SWEDISH for word in words)
    if known > 0.08 * len(words) and sum(map(letters.count, "åäö")) < 0.006 * len(letters):
        return "the text layer has lost its å, ä and ö"
    vowels = sum(map(letters.count, _VOWELS)) / len(letters)
    foreign = sum(word in _OTHER for word in words)
    if len(words) >= 80 and known + foreign < 0.01 * len(words) and not 0.28 < vowels < 0.55:
        return "the text layer's font map is broken, its letters cannot be read"
    return None
