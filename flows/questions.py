"""The commands that ask (frågor): search, similar, export. Filters are the same everywhere."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows import options
from flows.failing import AnswerError, UsageError
from flows.options import FORMATS, SORTS, Json, filters, one_of

if TYPE_CHECKING:
    from index.asking.filters import Filters
    from index.settings import Settings

Limit = Annotated[int, typer.Option("--limit", "-n", help="At most so many hits.", min=1, max=1000)]


def search(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="Words, a question, a case number.")] = "",
    municipality: options.Municipality = None,
    kind: options.Kind = None,
    body: options.Body = None,
    party: options.Party = None,
    person: options.Person = None,
    outcome: options.Outcome = None,
    year: options.Year = None,
    date_from: options.From = None,
    date_to: options.To = None,
    min_kronor: options.MinKronor = None,
    max_kronor: options.MaxKronor = None,
    case: options.Case = None,
    withdrawn: options.Withdrawn = None,
    limit: Limit = 10,
    offset: Annotated[int, typer.Option("--offset", help="Leave out the first hits.", min=0)] = 0,
    sort: Annotated[
        str, typer.Option("--sort", help=f"{', '.join(SORTS)}.", callback=one_of(lambda: SORTS))
    ] = "relevance",
    fold: Annotated[
        str | None, typer.Option("--fold", help="Put what belongs together under one hit: case, duplicates.")
    ] = None,
    without: Annotated[
        list[str] | None, typer.Option("--without", help="Do not read this out of the query: year, municipality ...")
    ] = None,
    forgive: Annotated[bool, typer.Option("--forgive-letters", help="Let a be å or ä, and o be ö.")] = False,
    batch: Annotated[
        Path | None, typer.Option("--batch", help="A query per line: {id, query or like, filters}.")
    ] = None,
    use_filters: Annotated[bool, typer.Option("--use-filters", help="Take the filters of the batch file.")] = False,
    as_json: Json = False,
) -> None:
    """Find §§ by word and by meaning.

    A § matches when it has every word, in any inflection or as part of a compound; those that are found by meaning
    alone are marked as related. A case number, § or person in the query is used as what it is. In quotes, "words
    in a row" are found as they are written; avhopp* finds words that begin so, and -word leaves out what it would find.
    """
    asked = filters(
        municipality=municipality, kind=kind, body=body, party=party, person=person, outcome=outcome, year=year,
        date_from=date_from, date_to=date_to, min_kronor=min_kronor, max_kronor=max_kronor, case=case,
        withdrawn=withdrawn,
    )  # fmt: skip
    if batch:
        _search_batch(batch, limit, use_filters)
        return
    if not (query.strip() or asked):
        raise UsageError('say what to search for: paragraf search "skolskjuts", or a filter such as --outcome rejected')
    from index.queries import Filters, Query
    from index.queries import search as find

    hits = find(
        _settings(),
        Query(
            query, Filters(**asked), limit, offset, sort, fold=fold, forgive=forgive, without=tuple(without or ()),
            today=date.today(),
        ),
    )  # fmt: skip
    _show(hits.to_json(), as_json, offset)


def similar(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="A paper as listed: path, address or sha256.")],
    item: Annotated[str | None, typer.Option("--item", help="The § (a paper without §§ has none).")] = None,
    elsewhere: Annotated[bool, typer.Option("--elsewhere", help="Other municipalities first.")] = False,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            help="similar (other cases), stage (of this case), copy (of this §).",
            callback=one_of(_only),
        ),
    ] = None,
    limit: Limit = 10,
    as_json: Json = False,
) -> None:
    """Find the same matter elsewhere: who else has decided this, how, and for how much.

    Other stages of the same case, and copies of the same §, are told apart from other cases.
    """
    from flows.batch import as_listed
    from index.queries import RELATIONS
    from index.queries import similar as find

    settings = _settings()
    found = find(settings, as_listed(settings, source), item, limit, elsewhere=elsewhere, only=only or RELATIONS)
    _show(found.to_json(), as_json)


def export(
    query: Annotated[str, typer.Argument(metavar="[QUERY]", help="A search: what it finds, else all there is.")] = "",
    municipality: options.Municipality = None,
    kind: options.Kind = None,
    body: options.Body = None,
    party: options.Party = None,
    person: options.Person = None,
    outcome: options.Outcome = None,
    year: options.Year = None,
    date_from: options.From = None,
    date_to: options.To = None,
    min_kronor: options.MinKronor = None,
    max_kronor: options.MaxKronor = None,
    case: options.Case = None,
    withdrawn: options.Withdrawn = None,
    format: Annotated[
        str, typer.Option("--format", help=f"{', '.join(FORMATS)}.", callback=one_of(lambda: FORMATS))
    ] = "csv",
    what: Annotated[
        str, typer.Option("--what", help="Rows of: decisions, documents, items, amounts ...", callback=one_of(_rows))
    ] = "decisions",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file instead of stdout.")] = None,
    bom: Annotated[bool, typer.Option("--bom", help="CSV that Excel opens rightly by itself.")] = False,
    dictionary: Annotated[bool, typer.Option("--dictionary", help="What every column means, as rows.")] = False,
) -> None:
    """Take away what is held, or what a search finds, as a table: sorted, each row with its source, page and quote."""
    from index.catalog import Catalog
    from index.dictionary import COLUMNS, entries
    from index.export import Filters, columns, rows
    from index.rowfiles import write

    if output is None and format in ("xlsx", "parquet") and sys.stdout.isatty():
        raise UsageError(f"{format} is no text for a terminal: name a file with -o")
    asked = filters(
        municipality=municipality, kind=kind, body=body, party=party, person=person, outcome=outcome, year=year,
        date_from=date_from, date_to=date_to, min_kronor=min_kronor, max_kronor=max_kronor, case=case,
        withdrawn=withdrawn,
    )  # fmt: skip
    out = output.absolute() if output else sys.stdout.buffer
    if dictionary:
        write((entry._asdict() for entry in entries()), COLUMNS, format, out, bom)
        return
    settings, chosen = _settings(), Filters(**asked)
    with Catalog(settings.catalog) as catalog:
        among = _found(settings, query, chosen) if query.strip() else None
        written = write(rows(catalog.engine, what, chosen, among), columns(what), format, out, bom)
    print(f"{written} rows", file=sys.stderr)


def _found(settings: Settings, query: str, chosen: Filters) -> Iterator[dict[str, Any]]:
    """The items that a search finds."""
    from index.found import FIELDS
    from index.queries import Query, Searcher

    searcher = Searcher(settings)
    yield from searcher.matching(Query(query, chosen, today=date.today()), FIELDS)
    searcher.close()


def _search_batch(file: Path, limit: int, use_filters: bool) -> None:
    """An answer per line as soon as it is there."""
    from flows.batch import answers, questions

    wrong = 0
    for answer in answers(_settings(), questions(file), limit, use_filters, date.today()):
        print(json.dumps(answer, ensure_ascii=False), flush=True)
        wrong += "error" in answer
    if wrong:
        raise AnswerError(f'{wrong} of the lines could not be answered; each says why as "error"')


def _only() -> tuple[str, ...]:
    from index.queries import RELATIONS

    return RELATIONS


def _rows() -> tuple[str, ...]:
    from index.export import KINDS

    return KINDS


def print_json(value: Any) -> None:
    """An answer as JSON on stdout."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _settings() -> Settings:
    from index import settings

    return settings.load()


def _show(hits: dict[str, Any], as_json: bool, offset: int = 0) -> None:
    if as_json:
        print_json(hits)
        return
    from flows.display import show_hits

    show_hits(hits, offset)
