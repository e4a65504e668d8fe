"""Hits as a person reads them on a terminal (träffar): what each is, where it stands, and why it was found."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.text import Text

from flows import thin

_GOOD = ("approved", "granted")
_RELATIONS = {"copy": "the same §", "stage": "the same case", "similar": "another case"}
_NAMES = {"min_kronor": "at least {} kronor", "max_kronor": "at most {} kronor", "from": "from {}", "to": "to {}"}


def show(out: Console, found: dict[str, Any], offset: int, short: Any) -> None:
    """How the question was understood, the hits with their snippets, how many match, and why they are few."""
    read_as, hits = found.get("read_as") or {}, found["hits"]
    if told := understood(read_as):
        out.print(Text(f"understood as: {told}", "dim"))
    for note in read_as.get("notes") or ():
        out.print(Text(f"note: {note}", "dim"))
    for rank, hit in enumerate(hits, offset + 1):
        _show_hit(out, rank, hit, read_as, short)
    if not hits:
        out.print("Nothing found.")
    elif "total" in found:
        out.print(Text(_summed(found["total"], hits, read_as), "dim"))
    if explained := found.get("explained"):
        for line in thin.lines(explained, none=not hits):
            out.print(Text(line, "" if line.startswith("did you mean") else "dim"))
    elif not hits:
        out.print("Try fewer words or filters; `paragraf status` tells what is held.")


def understood(read_as: dict[str, Any]) -> str:
    """What the question became, in plain words.

    >>> understood({"text": "motioner i Ystad om skolskjutsar", "words": ["motion", "skolskjut"],
    ...             "filters": {"municipality": ["1286"]}, "raised": {"kind": ["motion"]}})
    'words motioner, skolskjutsar; municipality Ystad; motion first'
    """
    parts = [_listed("case number", read_as.get("cases")), _listed("words", _as_written(read_as))]
    parts += [filter_in_words(name, value) for name, value in (read_as.get("filters") or {}).items()]
    raised = [_plain(name, value) for name, value in (read_as.get("raised") or {}).items()]
    return "; ".join(part for part in (*parts, f"{', '.join(raised)} first" if raised else "") if part)


def _as_written(read_as: dict[str, Any]) -> list[str]:
    """The question's words as they were asked, and not their stems."""
    from index import words

    stems = set(read_as.get("words") or ())
    asked = (word.strip(".,;:!?\"'()«»”") for word in str(read_as.get("text") or "").split())
    return list(dict.fromkeys(word for word in asked if any(known.stem in stems for known in words.words(word))))


def _listed(name: str, values: Any) -> str:
    return f"{name} {', '.join(map(str, values))}" if values else ""


def filter_in_words(name: str, value: Any) -> str:
    """A filter as it is read aloud: "municipality Ystad", "at least 500 kronor"."""
    return _NAMES[name].format(_plain(name, value)) if name in _NAMES else f"{name} {_plain(name, value)}"


def _plain(name: str, value: Any) -> str:
    from index.asking.filters import municipality_name

    values = value if isinstance(value, (list, tuple)) else [value]
    told = [(name == "municipality" and municipality_name(str(each))) or each for each in values]
    return ", ".join(f"{each:,.0f}".replace(",", " ") if isinstance(each, float) else str(each) for each in told)


def _show_hit(out: Console, rank: int, hit: dict[str, Any], read_as: dict[str, Any], short: Any) -> None:
    """A hit: its §, what it is, the snippet with its marks, why it was found, and where it stands."""
    title = " ".join(str(hit.get("title") or "(no title)").split())
    _put(out, Text(f"§ {hit['item']}  {title}" if hit.get("item") else title, "bold"), str(rank))
    _put(out, _about(hit))
    _put(out, _marked(hit))
    if why := found_by(hit, read_as):
        _put(out, Text(f"found by {why}", "dim"))
    if not out.is_terminal and (said := (hit.get("why") or {}).get("sentence")):
        _put(out, Text(f"meaning: {said['text']}", "dim"))
    for paper in hit.get("also") or ():
        _put(out, Text(f"also in {paper['kind'].replace('_', ' ')}: {short(paper['url'])}", "dim"))
    for member in hit.get("members") or ():
        _put(out, Text(f"also {_in_brief(member)}", "dim"))
    page = f", page {hit['page']}" if hit.get("page") else ""
    out.print(Text(f"    {short(hit.get('url') or hit.get('source') or '')}{page}", "dim"), soft_wrap=True)
    out.print()


def _put(out: Console, text: Text, mark: str = "") -> None:
    """Text that keeps to its own column beside a mark, however many lines it takes."""
    for line in text.wrap(out, max(20, out.width - 4)):
        line.rstrip()
        out.print(Text.assemble((f"{mark:>2}  ", "bold"), line), soft_wrap=True)
        mark = ""


def _about(hit: dict[str, Any]) -> Text:
    """What a hit is, on a line: place, body, day, kind, case; outcome; sums; whether by meaning alone."""
    about = (_place(hit), hit.get("body"), hit.get("date"), hit.get("kind"), hit.get("case_number"))
    line = Text(" · ".join(part for part in about if part))
    if hit.get("outcome"):
        line.append(f"  {hit['outcome']}", "green" if hit["outcome"] in _GOOD else "yellow")
    if hit.get("kronor"):
        line.append(f"  {_sums(hit['kronor'])}")
    if hit.get("relation") in _RELATIONS:
        line.append(f"  {_RELATIONS[hit['relation']]}", "magenta")
    elif hit.get("related"):
        line.append("  related", "magenta")
    return line


def _sums(kronor: list[float]) -> str:
    """The sums of an item, the smallest and the largest.

    >>> _sums([250000.0]), _sums([100.5, 2000.0, 4500000.0])
    ('250 000 kr', '100,50 to 4 500 000 kr (3 sums)')
    """
    ends = [f"{each:,.2f}".replace(",", " ").replace(".", ",").removesuffix(",00") for each in (kronor[0], kronor[-1])]
    return f"{ends[0]} kr" if len(kronor) == 1 else f"{ends[0]} to {ends[1]} kr ({len(kronor)} sums)"


def found_by(hit: dict[str, Any], read_as: dict[str, Any]) -> str:
    """Why a hit was found: the case asked for, words as they stand in it, meaning, and what raised it.

    >>> found_by({"snippet": "Nya cyklar", "marks": [(4, 10)], "why": {"legs": {"words": 3.1, "meaning": 0.4}}}, {})
    'words: cyklar · meaning'
    >>> found_by({"snippet": "", "why": {"legs": {"meaning": 0.4}, "raised": {"kind": ["motion"], "year": [2024]}}}, {})
    'meaning · raised as motion, 2024'
    """
    cases = [case for case in read_as.get("cases") or () if not hit.get("related") or case == hit.get("case_number")]
    seen = dict.fromkeys(hit["snippet"][start:end].lower() for start, end in hit.get("marks") or ())
    parts = [f"case number {', '.join(cases)}" if cases else "", f"words: {', '.join(seen)}" if seen else ""]
    why = hit.get("why") or {}
    parts.append("meaning" if "meaning" in (why.get("legs") or ()) else "")
    raised = [str(value) for values in (why.get("raised") or {}).values() for value in values]
    parts.append(f"raised as {', '.join(raised)}" if raised else "")
    return " · ".join(part for part in parts if part)


def _in_brief(member: dict[str, Any]) -> str:
    """A folded hit on one line.

    >>> _in_brief({"item": "12", "body": "Kulturnämnden", "date": "2026-03-04", "kind": "protocol", "title": "Bad"})
    '§ 12 · Kulturnämnden · 2026-03-04 · protocol · Bad'
    """
    item = f"§ {member['item']}" if member.get("item") else None
    return " · ".join(part for part in (item, *(member.get(n) for n in ("body", "date", "kind", "title"))) if part)


def _place(hit: dict[str, Any]) -> str | None:
    place = hit.get("municipality")
    return place.get("name") if isinstance(place, dict) else place


def _marked(hit: dict[str, Any]) -> Text:
    """The snippet with the words that were asked for made visible, and the sentence that carries the meaning."""
    text = Text(hit["snippet"])
    if said := (hit.get("why") or {}).get("sentence"):
        text.stylize("underline", said["start"], said["end"])
    for start, end in hit.get("marks") or ():
        text.stylize("bold cyan", start, end)
    return text


def _summed(total: int, hits: list[dict[str, Any]], read_as: dict[str, Any]) -> str:
    """How many match, and what "related" means, once.

    >>> _summed(0, [{"related": True}] * 3, {"words": ["tåg"]}), _summed(1, [{"related": False}], {})
    ('0 §§ have every word · 3 related by meaning are shown', '1 § matches')
    """
    related = sum(bool(hit.get("related")) for hit in hits)
    by_word = bool(read_as.get("words"))
    verb = ("has every word" if total == 1 else "have every word") if by_word else "matches" if total == 1 else "match"
    told = f"{total} {'§' if total == 1 else '§§'} {verb}"
    return f"{told} · {related} related by meaning {'is' if related == 1 else 'are'} shown" if related else told
