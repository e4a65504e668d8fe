"""The heads of §§ among all lines that look like one: by evidence around each, and by numbers that rise.

Contents pages, notices, references in running text and attached rules have lines of the same look. A head is told by
what follows it (a case number, a heading, a section such as Beslut) and by its place in the likeliest chain of numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors import case_numbers, head_lines, layouts, sections
from extractors.head_lines import Head, labels
from extractors.lexicon import load
from extractors.model import Stretch

_LEADERS = re.compile(r"\.{4,}|(?:\. ){4,}|…{2,}|_{4,}")
_NEAR = 12  # lines in which what follows a head is looked for
_WINDOW = (
    400  # how far back a chain may reach, in possible heads: enough for any minutes, and linear in very long files
)


def find(text: str, bold: Sequence[tuple[int, int]] = (), body: str | None = None) -> list[Head]:
    """The heads of the §§ of minutes, in order.

    >>> body = "§ 1\\nVal\\nBeslut\\nX väljs.\\n§ 2\\nBidrag\\nBeslut\\nAvslås.\\n"
    >>> [(h.number, h.start) for h in find("§ 1 Val\\n§ 2 Bidrag\\n\\n" + body)]
    [('1', 20), ('2', 44)]
    """
    possible = head_lines.possible(text, body)
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
    """Whether one of the lines ends a sentence that is long enough for one, on that line or from the one before on."""
    for before, line in pairwise(["", *lines]):
        words = f"{before} {line}" if line[:1].islower() else line
        if len(words) > 25 and line.rstrip().endswith("."):
            return True
    return False


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
