"""Feeds (flöden): any search and any case as Atom, without an account. A § keeps its id whatever the index does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from urllib.parse import quote, urlsplit

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy import select

from index import sentences, tables
from index.asking.filters import FilterError, municipality_name
from index.cases.chain import follow
from index.cases.model import Stop
from index.cases.records import in_parts
from index.changes import record
from index.changes.record import Changed
from index.watching.known import Known, key, known
from index.watching.news import News, newest
from search_api.atom import Entry, Feed, answer
from search_api.pages import links, told
from search_api.pages.asking import Asking
from search_api.pages.render import language
from search_api.pages.words import Words
from search_api.state import State, TheState

router = APIRouter(prefix="/flode")

_ENTRIES = 50


@router.get("/sok.atom")
def of_search(request: Request, state: TheState) -> Response:
    """What a search finds, seen last first; it takes the parameters of the search page."""
    asking, today = Asking.of(request.query_params), date.today()
    told_in, base = language(request), base_address(request, state)
    query = asking.query(today)

    def make() -> Feed:
        t = Words(told_in)
        news = newest(state.searcher, state.catalog.engine, query, _ENTRIES)
        what = asking.text or ", ".join(told.values(*one, t) for one in asking.filters.items())
        return Feed(
            key(f"search {sorted(asking.pairs())}"),
            t("feed.search", what=what or t("feed.everything")),
            told_in,
            base + links.address("/flode/sok.atom", asking.pairs()),
            base + links.address("/", asking.pairs()),
            [_entry(base, each, t) for each in news],
        )

    return answer(request, make, state.searcher.generation(), state.catalog.revision(), told_in, base, today)


@router.get("/andringar.atom")
def of_changes(request: Request, state: TheState) -> Response:
    """What newer versions of papers decide otherwise; it takes the search page's filters of paper and outcome."""
    asking, base, told_in = Asking.of(request.query_params), base_address(request, state), language(request)
    if asking.text:
        raise FilterError("changes are filtered and not searched: leave out q")
    found = record.newest(state.catalog.engine, asking.query().filters, _ENTRIES)

    def make() -> Feed:
        t = Words(told_in)
        what = ", ".join(told.values(*one, t) for one in asking.filters.items())
        return Feed(
            key(f"changes {sorted(asking.pairs())}"),
            t("feed.changes", what=what or t("feed.everything_changed")),
            told_in,
            base + links.address("/flode/andringar.atom", asking.pairs()),
            base + links.address("/", asking.pairs()),
            [_change(base, each, t) for each in found],
        )

    return answer(request, make, state.catalog.revision(), told_in, base)


@router.get("/arende/{municipality}/{number:path}")
def of_case(request: Request, state: TheState, municipality: str, number: str) -> Response:
    """The §§ of a case, seen last first."""
    told_in, base = language(request), base_address(request, state)

    def make() -> Feed:
        case, t = follow(state.catalog.engine, municipality, number.removesuffix(".atom")), Words(told_in)
        entries = [_stop(base, stop, seen, t) for stop, seen in _seen(state, case.stops)]
        return Feed(
            key(f"case {case.municipality_code} {case.case_number}"),
            t("feed.case", what=f"{case.case_number} {case.title or ''}".strip(), where=case.municipality),
            told_in,
            f"{base}/flode/arende/{quote(case.municipality_code)}/{quote(case.case_number)}.atom",
            base + links.case(case.municipality_code, case.case_number),
            sorted(entries, key=lambda entry: entry.updated, reverse=True)[:_ENTRIES],
        )

    return answer(request, make, state.catalog.revision(), told_in, base)


def base_address(request: Request, state: State) -> str:
    """Where the pages are seen from outside: PARAGRAF_BASE_URL, else as this request came."""
    return state.settings.watch.base_url or str(request.base_url).rstrip("/")


def _entry(base: str, news: News, t: Words) -> Entry:
    hit = news.hit
    where = hit.municipality["name"] if hit.municipality else None
    outcome = t.label("outcome", hit.outcome) if hit.outcome else None
    return Entry(
        news.key,
        _title(hit.item, hit.title, (hit.body, where, t.day(hit.date) if hit.date else None), t),
        news.first_seen,
        base + links.document(hit.document, news.item, number=hit.item),
        _address(hit.url),
        " – ".join(part for part in (outcome, hit.snippet) if part),
        tuple(part for part in (where, hit.kind, hit.outcome) if part),
    )


def _change(base: str, change: Changed, t: Words) -> Entry:
    where = municipality_name(change.municipality_code) if change.municipality_code else None
    about = (change.body, where, t.day(change.date) if change.date else None)
    versions = f"fran={change.versions[0]}&till={change.versions[1]}"
    said = [f"{t(f'feed.{name}')}: {text}" for name, text in record.texts(change)]
    return Entry(
        key(f"change {change.id} {change.document_id} {versions} {change.found_at.isoformat()}"),
        f"{sentences.change(change.what, change.state, t.language)}: {_title(change.number, change.title, about, t)}",
        change.found_at,
        f"{base}/dokument/{change.document_id}/andringar?{versions}",
        _address(change.url),
        "\n".join(said),
        tuple(part for part in (where, change.kind, change.outcome, change.state) if part),
    )


def _stop(base: str, stop: Stop, seen: Known, t: Words) -> Entry:
    first = stop.sources[0]
    said = [f"{t.label('outcome', each.outcome)}: {each.text}" for each in stop.decisions]
    return Entry(
        seen.key,
        _title(stop.number, stop.title, (stop.body, t.day(stop.date) if stop.date else None), t),
        seen.first_seen,
        base + links.document(first.document, first.item_index, number=stop.number),
        _address(first.url),
        "\n".join(said) or t.label("kind", stop.kind or "other"),
        tuple(dict.fromkeys(each.outcome for each in stop.decisions)),
    )


def _title(number: str | None, title: str | None, about: tuple[str | None, ...], t: Words) -> str:
    named = f"§ {number} {title or ''}".strip() if number else title or t("all.untitled")
    rest = ", ".join(part for part in about if part)
    return f"{named} ({rest})" if rest else named


def _address(url: str) -> str | None:
    """The municipality's own copy, where it has an address on the web."""
    return url if urlsplit(url).scheme in ("http", "https") else None


def _seen(state: State, stops: Sequence[Stop]) -> Iterator[tuple[Stop, Known]]:
    """Each stop, and what it is known by: as the first of its papers is."""
    papers = {source.document for stop in stops for source in stop.sources}
    with state.catalog.engine.connect() as db:
        ids = select(tables.contents.c.sha256, tables.documents.c.id).join_from(tables.documents, tables.contents)
        listed: dict[str, list[int]] = {}
        for part in in_parts(papers):
            for sha256, document in db.execute(ids.where(tables.contents.c.sha256.in_(part))):
                listed.setdefault(sha256, []).append(document)
        found = [
            {"id": (at, document), "document": document, "sha256": source.document, "item_index": source.item_index}
            for at, stop in enumerate(stops)
            for source in stop.sources
            for document in listed.get(source.document, ())
        ]
        told = known(db, found)
    for at, stop in enumerate(stops):
        if seen := [one for (of, _), one in told.items() if of == at]:
            yield stop, min(seen, key=lambda one: one.first_seen)
