"""Names of people (personnamn): where a name begins that ends before a given place, or ends that begins there."""

from __future__ import annotations

import re

from extractors import lexicon

_WORDS = lexicon.load("roles")
_PARTICLES = frozenset(_WORDS["particles"])
_FIRST = frozenset(_WORDS["first_names"])
_HEADINGS = (heading for section in lexicon.load("sections").values() for heading in section["headings"])
_NOT = frozenset(_WORDS["not_names"]) | {word.capitalize() for heading in _HEADINGS for word in heading.split()}
_SURNAME_ENDS = tuple(_WORDS["surname_ends"])
_NOT_ENDS = tuple(_WORDS["not_name_ends"])

_TOKEN = re.compile(r"\S+")
_CAPITAL = re.compile(r"[A-ZÅÄÖÉÈÜØÆÁÍÓÚÇŠŽČĆŁ][\w’'´]*(?:-[A-ZÅÄÖÉÜØ]?[\w’'´]+)*|[A-ZÅÄÖ]\.(?:-?[A-ZÅÄÖ]\.)?")
_CAPITALS_AT_END = re.compile(r"(?:^|(?<=\s))(?:[A-ZÅÄÖ]\S*\s*)+$")
GROUP_BEFORE = re.compile(r"(?:m\.?\s?fl\.?|med fler[ae]|båda|bägge|samtliga|alla|gruppen|partiet|ledamöterna),?\s*$")
_MORE = re.compile(r"\s*,?\s*(?:m\.?\s?fl\.?|med fler[ae]s?)\s*$")


def before(text: str, end: int) -> tuple[int, int] | None:
    """The span of the name that ends just before `end`, None where no name does.

    >>> text = "yrkar Birgit\\nvon Essen m.fl. (S)"
    >>> text[slice(*before(text, text.index("(S)")))]
    'Birgit\\nvon Essen'
    >>> before("enligt lagen (S)", 13) is None
    True
    """
    more = _MORE.search(text, max(0, end - 20), end)
    end = more.start() if more else end
    tokens = list(_TOKEN.finditer(text, max(0, end - 90), end))
    if not tokens or "\n\n" in text[tokens[-1].end() : end]:
        return None
    taken = _last_words(text, tokens)
    return (taken[0].start(), taken[-1].end()) if _is_name([match[0] for match in taken]) else None


def last_word(text: str, end: int) -> tuple[int, int] | None:
    """The span of the one word before `end`, if it could be a surname.

    >>> last_word("vice ordförande Wallin (M)", 22)
    (16, 22)
    """
    tokens = list(_TOKEN.finditer(text, max(0, end - 40), end))
    if not tokens or not _may_be_in_name(tokens[-1][0]) or is_heading(tokens[-1][0]):
        return None
    return tokens[-1].span()


def after(text: str, start: int) -> tuple[int, int] | None:
    """The span of the name that begins at `start`, on one line.

    >>> text = "stadsdirektör Eva-Lena Ek informerar"
    >>> text[slice(*after(text, 14))]
    'Eva-Lena Ek'
    """
    taken: list[re.Match[str]] = []
    line_end = text.find("\n", start)
    for token in _TOKEN.finditer(text, start, min(start + 60, line_end if line_end >= 0 else len(text))):
        if taken and text[taken[-1].end() : token.start()] != " ":
            break
        word = _CAPITAL.match(token[0])
        if (word and word.end() == len(token[0])) or (token[0] in _PARTICLES and taken):
            taken.append(token)
        elif word and re.fullmatch(r"[.,;:)!?]+", token[0][word.end() :]):
            return _span(
                text, [*taken, token], taken[0].start() if taken else token.start(), token.start() + word.end()
            )
        else:
            break
    while taken and (taken[-1][0] in _PARTICLES):
        taken.pop()
    return _span(text, taken, taken[0].start(), taken[-1].end()) if taken else None


def has_first_name(name: str) -> bool:
    """Whether a known first name begins it.

    >>> has_first_name("Eva-Lena Ek"), has_first_name("Barn Unga")
    (True, False)
    """
    word = name.split()[0]
    return word in _FIRST or word.split("-")[0] in _FIRST


def is_likely(name: str) -> bool:
    """Whether a known first name begins it, or it ends as Swedish surnames do.

    >>> is_likely("Urd Ek"), is_likely("Urd Almstedt"), is_likely("Vuxen Missbruk")
    (False, True, False)
    """
    last = name.split()[-1].rpartition("-")[2]
    return has_first_name(name) or (len(last) > 5 and last.endswith(_SURNAME_ENDS))


def plain(name: str) -> str:
    """The name on one line, as a list would have it.

    >>> plain("Birgit\\n  von Essen"), plain("Anna- Karin Ek")
    ('Birgit von Essen', 'Anna-Karin Ek')
    """
    return re.sub(r"-\s", "-", " ".join(name.split()))


def _span(text: str, tokens: list[re.Match[str]], start: int, end: int) -> tuple[int, int] | None:
    return (start, end) if _is_name(text[start:end].split()) else None


def _last_words(text: str, tokens: list[re.Match[str]]) -> list[re.Match[str]]:
    """The words at the end that can be one name, heading words before them left out."""
    taken: list[re.Match[str]] = []
    for at in range(len(tokens) - 1, -1, -1):
        word = tokens[at][0]
        gap = text[tokens[at].end() : taken[0].start()] if taken else " "
        if (taken and gap.count("\n") == 0 and len(gap) > 1) or gap.count("\n") > 1:
            break
        if "\n" in gap and not _goes_on(text, tokens, at, taken):
            break
        broken = taken and word.endswith("-") and _may_be_in_name(word[:-1])  # "Sundén- Ek"
        if not (broken or _may_be_in_name(word) or (taken and word in _PARTICLES)) or len(taken) > 5:
            break
        taken.insert(0, tokens[at])
    while taken and (taken[0][0] in _PARTICLES or _leads(taken) or _is_mark(taken)):
        taken.pop(0)
    if (
        len(taken) > 3
    ):  # a heading word that no list knows, or the name beside: begin at the last first name that is known
        first = max((at for at, match in enumerate(taken[:-1]) if has_first_name(match[0])), default=0)
        taken = taken[first:] if first != 1 else taken[first - 1 :] if has_first_name(taken[0][0]) else taken[1:]
    return taken


def _leads(taken: list[re.Match[str]]) -> bool:
    """A heading word before a name: "Ledamot Mia Ek", but Dag Ek and Maj Ek are called so."""
    return is_heading(taken[0][0]) and not (taken[0][0] in _FIRST and len(taken) == 2)


def _is_mark(taken: list[re.Match[str]]) -> bool:
    """A cross in a column of votes, a party's letter at the end of a sentence: "X Mia Ek", "V och S. Mia Ek"."""
    return re.fullmatch(r"[A-ZÅÄÖ]\.?", taken[0][0]) is not None and sum(len(match[0]) > 2 for match in taken[1:]) > 1


def _goes_on(text: str, tokens: list[re.Match[str]], at: int, taken: list[re.Match[str]]) -> bool:
    """Whether the name on this line began on the line above: in a sentence it may, in a list each line is its own."""
    if len([match for match in taken if match[0] not in _PARTICLES]) < 2:
        return True
    above = text[text.rfind("\n", 0, tokens[at].end()) + 1 : tokens[at].end()]
    in_sentence = _CAPITALS_AT_END.sub("", above).strip() != ""
    if not in_sentence:
        return False
    return not has_first_name(taken[0][0]) or f"{tokens[at][0]} {taken[0][0]} {taken[1][0]}" in text


def _may_be_in_name(word: str) -> bool:
    return _CAPITAL.fullmatch(word) is not None


def is_heading(word: str) -> bool:
    """Whether a word with a capital is a heading, a body or an abbreviation rather than a part of a name."""
    return word in _NOT or word.lower().endswith(_NOT_ENDS) or _is_short(word)


def _is_short(word: str) -> bool:
    """AB, KS, VA: an abbreviation, unless it is an initial."""
    return 1 < len(word) < 4 and word.isupper() and "." not in word


def _is_name(words: list[str]) -> bool:
    words = [word.rstrip(".,;:)!?-") if len(word) > 2 else word for word in words]
    real = [word for word in words if word not in _PARTICLES]
    known = bool(words) and words[0] in _FIRST  # Dag Ek, Maj Ek; Mia EK
    if len(real) < 2 or len(words) > 6 or any(is_heading(word) for word in words[known:] if not _is_short(word)):
        return False
    if _is_short(real[0]) or (_is_short(real[-1]) and not (known and len(real) == 2)):
        return False
    return all(_CAPITAL.fullmatch(word) for word in real) and len(real[-1]) > 1
