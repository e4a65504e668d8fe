"""The heads of §§ among all lines that look like one: by evidence around each, and by numbers that rise.

Contents pages, notices, references in running text and attached rules have lines of the same look. A head is told by
what follows it (a case number, a heading, a section such as Beslut) and by its place in the likeliest chain of numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extractors import case_numbers, layouts, sections
from extractors.lexicon import load
from extractors.model import Stretch

# "§ 54", "§54", "Kf § 54", "§ 93 a", "§ 63/20", "§§ 12-14", "## **§ 78**"; then the rest of the line.
_HEAD = re.compile(
    r"""^(?P<lead>[#*_>|\ \t]*)
        (?:(?P<prefix>[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,11}(?:-?\ ?(?:AU|au|PU|pu)(?![a-zåäö]))?)\ {0,3})?
        §{1,2}\ {0,4}
        (?P<number>(?P<first>\d{1,4})(?P<letter>\ ?[a-h](?![\wåäö])|[A-H](?![\wåäö]))?
           (?:\ ?[-–]\ ?(?:§\ ?)?(?P<last>\d{1,4})(?![\d-]))?(?:/(?:20)?\d\d(?!\d))?)
        (?![\d])(?P<rest>[^\n]*)$""",
    re.VERBOSE | re.MULTILINE,
)
# "KSAU 130/2014" and "Paragraf 12": only where a paper has no head with a § sign.
_BARE = re.compile(
    r"""^(?P<lead>[#*_>|\ \t]*)
        (?:(?P<prefix>[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,9})[ ]
           (?P<number>(?P<first>\d{1,4})(?P<letter>(?!))?(?P<last>(?!))?/(?:20)?\d\d)
         |Paragraf\ (?P<number2>(?P<first2>\d{1,4})))
        (?P<rest>[^\n]*)$""",
    re.VERBOSE | re.MULTILINE,
)
# "12 § Bidrag": in the same case; in papers with heads of the first form, it is the paragraph of a law.
_AFTER = re.compile(
    r"^(?P<lead>[#*_>|\ \t]*)(?P<prefix>(?!))?(?P<number>(?P<first>\d{1,4})(?P<letter>\ ?[a-h](?!\w))?"
    r"(?P<last>(?!))?)\ ?§(?![\w§])(?P<rest>[^\n]*)$",
    re.MULTILINE,
)
# "3 Kulturpris 2026" and "4. Nästa möte": only in minutes that have no § at all, and a blank line before each.
_PLAIN = re.compile(
    r"(?:^|(?<=\n\n))(?P<lead>[#*_>|\ \t]*)(?P<prefix>(?!))?"
    r"(?P<number>(?P<first>\d{1,2})(?P<letter>(?!))?(?P<last>(?!))?)"
    r"(?:[.)]\ ?|\ +)(?P<rest>[A-ZÅÄÖ][^\n]{2,110}[^.\n:;,])$",
    re.MULTILINE,
)
_MINUTES = re.compile(r"^\W*(?:minnesanteckning\w*|\w*protokoll)\b(?!sutdrag)", re.MULTILINE | re.IGNORECASE)
_DECIDED = re.compile(r"^\W*beslut\b[^\n.]{0,30}(?::|$)", re.MULTILINE | re.IGNORECASE)
_LEADERS = re.compile(r"\.{4,}|(?:\. ){4,}|…{2,}|_{4,}")
_NEAR = 12  # lines in which what follows a head is looked for
_WINDOW = (
    400  # how far back a chain may reach, in possible heads: enough for any minutes, and linear in very long files
)


@dataclass(frozen=True, slots=True)
class Head:
    """A line that may be the head of a §: where it stands, its number as printed, and what else the line says."""

    start: int
    end: int
    number: str
    key: tuple[int, str]
    last: int
    lead: str
    prefix: str
    rest: str


def find(text: str, bold: Sequence[tuple[int, int]] = ()) -> list[Head]:
    """The heads of the §§ of minutes, in order.

    >>> body = "§ 1\\nVal\\nBeslut\\nX väljs.\\n§ 2\\nBidrag\\nBeslut\\nAvslås.\\n"
    >>> [(h.number, h.start) for h in find("§ 1 Val\\n§ 2 Bidrag\\n\\n" + body)]
    [('1', 20), ('2', 44)]
    """
    possible = (
        _possible(text, _HEAD) or _possible(text, _AFTER) or _possible(text, _BARE) or _numbered(text)
    )  # the first form that a paper has
    if not possible:
        return []
    ruled = layouts.choose([text[h.start : h.end] for h in possible])
    if ruled:
        possible = [h for h in possible if ruled.head.search(text[h.start : h.end])]
    spans = [_after(text, possible, i) for i in range(len(possible))]
    contents = _contents(text, possible, spans)
    kept = [i for i in range(len(possible)) if i not in contents]
    scores = {i: _score(text, possible[i], spans[i], bold) for i in kept}
    return _chain([(possible[i], scores[i]) for i in kept if scores[i] > 0])


@cache
def _not_prefixes() -> frozenset[str]:
    return frozenset(load("heads")["not_prefixes"])


@cache
def labels() -> re.Pattern[str]:
    """The words before a case number in a head ("Dnr")."""
    words = sorted(load("heads")["labels"], key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?![\wåäö])\.?:?", re.IGNORECASE)


def _possible(text: str, pattern: re.Pattern[str]) -> list[Head]:
    """Every line of the right look that its own words do not rule out."""
    found = []
    for match in pattern.finditer(text):
        parts = match.groupdict()
        number, first = parts["number"] or parts["number2"], parts["first"] or parts["first2"]
        prefix, rest = parts["prefix"] or "", parts["rest"].strip(" \t*_|#")
        if prefix.lower() in _not_prefixes() or not _may_follow(rest):
            continue
        key = (int(first), (parts["letter"] or "").strip().lower())
        last = int(parts["last"]) if parts["last"] and int(parts["last"]) > key[0] else key[0]
        found.append(Head(match.start(), match.end(), " ".join(number.split()), key, last, parts["lead"], prefix, rest))
    return found


def _numbered(text: str) -> list[Head]:
    """The heads of minutes without §: whole numbers from 1 on, with a Beslut below one at least.

    >>> minutes = "Protokoll\\n\\n1 Mötet öppnas\\n\\n2. Pris\\n\\nBeslut: Eva får det.\\n\\n3 Nästa möte\\n"
    >>> [(head.number, head.rest) for head in find(minutes)]
    [('1', 'Mötet öppnas'), ('2', 'Pris'), ('3', 'Nästa möte')]
    """
    if not _MINUTES.search(text[:1_000]) or not _DECIDED.search(text):
        return []
    found: list[Head] = []
    for head in _possible(text, _PLAIN):
        if head.key[0] == len(found) + 1:
            found.append(head)
    decided = [match.start() for match in _DECIDED.finditer(text)]
    return found if len(found) > 2 and decided and decided[-1] > found[0].start else []


def _may_follow(rest: str) -> bool:
    """Whether a head's line may go on like this: a heading, a case number or a label, not the middle of a sentence."""
    if not rest:
        return True
    if re.match(r"[;)\]!?]|\.(?! [A-ZÅÄÖ])|(?:och|samt|,) ?§|forts|\(forts|[-–] ?§?\d", rest, re.IGNORECASE):
        return False
    rest = rest.lstrip(",:-–. ")
    return not rest or not rest[0].islower() or bool(labels().match(rest))


def _after(text: str, heads: Sequence[Head], i: int) -> list[str]:
    """The lines with words between a head and the next one, at most _NEAR."""
    stop = heads[i + 1].start if i + 1 < len(heads) else len(text)
    stop = min(stop, heads[i].end + 2500)
    return [line for line in text[heads[i].end : stop].split("\n") if line.strip()][:_NEAR]


def _contents(text: str, heads: Sequence[Head], spans: Sequence[list[str]]) -> set[int]:
    """Those that stand in a list of contents: close together, and again elsewhere, or with dots to a page number."""
    thin = [_thin(heads[i], spans[i]) for i in range(len(heads))]
    full: dict[tuple[int, str], int] = {}
    for head, is_thin in zip(heads, thin, strict=True):
        full[head.key] = full.get(head.key, 0) + (not is_thin)
    found: set[int] = set()
    run: list[int] = []
    for i in [*range(len(heads)), None]:
        if i is not None and thin[i] and (not run or heads[i].key >= heads[run[-1]].key):
            run.append(i)
            continue
        found.update(_listed(text, heads, spans, run, i, full))
        run = [i] if i is not None and thin[i] else []
    return found


def _listed(
    text: str,
    heads: Sequence[Head],
    spans: Sequence[list[str]],
    run: list[int],
    after: int | None,
    full: dict[tuple[int, str], int],
) -> list[int]:
    """The run, and the one after it where the list ends with it, if the run is a list of contents."""
    if not run:
        return []
    dotted = [i for i in run if _LEADERS.search(heads[i].rest + "".join(spans[i][:4]))]
    again = [i for i in run if full.get(heads[i].key)]
    seen = {heads[i].key for i in run}
    announced = any(_is_contents_heading(line) for line in text[: heads[run[0]].start].rstrip().split("\n")[-3:])
    rises = after is not None and heads[after].key > heads[run[-1]].key
    ends_with = rises and after is not None and any(h.key == heads[after].key for h in heads[after + 1 :])
    repeated = any(h.key in seen for h in heads[run[-1] + 1 :])
    if len(dotted) * 2 >= len(run) or announced or len(again) >= max(1, 0.3 * len(run)) or (ends_with and repeated):
        return [*run, after] if ends_with and after is not None else run
    return []


def _is_contents_heading(line: str) -> bool:
    return line.strip(" \t*_#:").lower() in load("heads")["contents"]


def _thin(head: Head, after: list[str]) -> bool:
    """Whether so little stands between this head and the next that it may be a line of a list."""
    if any(_LEADERS.search(line) for line in [head.rest, *after[:4]]):
        return True
    return len(after) <= 6 and not any(sections.name_of(line) for line in after) and not _has_sentence(after)


def _has_sentence(lines: Sequence[str]) -> bool:
    return any(len(line) > 25 and line.rstrip().endswith(".") for line in lines)


def _score(text: str, head: Head, after: list[str], bold: Sequence[tuple[int, int]]) -> int:
    """How much speaks for a head; 0 or less is none."""
    before = text[max(0, head.start - 300) : head.start]
    line = before.rstrip("\n").rsplit("\n", 1)[-1].strip()
    near = "\n".join([head.rest, *after[:4]])
    score = 1
    score += 3 * any(sections.name_of(row) for row in after)
    score += 2 * any(True for _ in case_numbers.find(Stretch(near)))
    score += 2 * ("#" in head.lead or "**" in head.lead or _is_bold(head, bold))
    score += bool(labels().match(head.rest)) + bool(head.prefix) + (not head.rest)
    score += before.endswith("\n\n") or not line
    score -= 4 * _goes_on(line, before)
    return score


def _is_bold(head: Head, bold: Sequence[tuple[int, int]]) -> bool:
    return any(start <= head.start < end for start, end in bold)


def _goes_on(line: str, before: str) -> bool:
    """Whether the line before stops in the middle of a sentence."""
    if before.endswith("\n\n") or not line:
        return False
    words = line.split()
    return line[-1] in ",(" or (len(line) > 50 and words[-1].lower() in load("heads")["goes_on"])


def _chain(scored: Sequence[tuple[Head, int]]) -> list[Head]:
    """The chain of rising numbers with most evidence; the next number at once counts for it, a leap against it."""
    best: list[tuple[int, int]] = []  # (evidence of the best chain that ends here, index of the one before)
    for i, (head, score) in enumerate(scored):
        choice = (0, -1)
        for j in range(max(0, i - _WINDOW), i):
            earlier = scored[j][0]
            if (earlier.last, earlier.key[1]) < head.key or (earlier.last < head.key[0]):
                step = head.key[0] - earlier.last
                value = best[j][0] + (2 if step <= 1 else 0 if step <= 25 else -4)
                if value > choice[0]:
                    choice = (value, j)
        best.append((choice[0] + score, choice[1]))
    at = max(range(len(best)), key=lambda i: best[i][0], default=-1)
    chain = []
    while at >= 0:
        chain.append(scored[at][0])
        at = best[at][1]
    return chain[::-1]
