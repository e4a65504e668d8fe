"""The pages of a paper over HTTP: one § beside its source, pages as pictures, versions; strange input harms nobody."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup, escape
from PIL import Image

from extractors.model import Amount, Document, Page, Party, Person, Proposal, Span
from index.archive import Archive
from index.catalog import Catalog
from index.papers import Told
from index.pictures import PictureError, Pictures
from index.queries import Searcher
from index.reading_view.changes import words
from index.reading_view.finds import KINDS, Numbered, finds
from index.sync import sync
from search_api.app import create_app
from search_api.pages import links
from search_api.pages.words import Words
from search_api.papers.difference import marked
from search_api.papers.reading import Shown, reading
from search_api.papers.unread import unread
from search_api.state import State
from tests.held import MINUTES, MOTION, NEWER, NUMBER, empty, keep, sha
from tests.papers import pdf
from tests.tiny import TinyEncoder

BARE = r"<style|style=|<script(?![^>]*\ssrc=)|\son\w+=|src=.?data:|javascript:"
BROKEN = pdf(("Kommunstyrelsen", "Protokoll 2026-03-02", "§ 1 Val", "Beslut", "Anna Ek väljs."))


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> State:
    home = empty(tmp_path_factory.mktemp("home"))
    keep(home, "juni.pdf", MINUTES, NEWER)
    keep(home, "motion.txt", MOTION, url="/srv/hemligt/motion.txt")
    keep(home, "bild.png", b"\x89PNG and nothing else", url="javascript:alert(1)")
    keep(home, "trasig.pdf", BROKEN)
    path = Archive(home.archive).path(sha(BROKEN))
    assert path
    path.write_bytes(b"%PDF-1.7 nothing")
    sync(home, encode=TinyEncoder())
    return State(home, Searcher(home, encode=TinyEncoder()), Catalog(home.catalog))


@pytest.fixture(scope="module")
def client(state: State) -> Iterator[TestClient]:
    with TestClient(create_app(state), raise_server_exceptions=True) as made:
        yield made


def _plain(page: str) -> str:
    """The words of a page, without its tags."""
    return " ".join(Markup(re.sub(r"<(script|style|svg).*?</\1>", "", page, flags=re.DOTALL)).striptags().split())


def test_a_paper_tells_what_it_is_and_where_that_was_found(client: TestClient) -> None:
    page = client.get("/dokument/1")
    assert page.status_code == 200
    told = _plain(page.text)
    assert "Alingsås (enligt handlingen)" in told and "15 juni 2026" in told
    assert "§ 114 Bidrag till Sundby IF" in told and "Motion om &lt;cykelväg&gt; &amp; bro" in page.text
    assert f'href="/dokument/{sha(NEWER)}/1"' in page.text
    assert 'href="https://www.example.se/juni.pdf"' in page.text
    assert f'href="/dokument/{sha(MINUTES)}"' in page.text and "/dokument/1/andringar" in page.text
    assert 'href="/arende/1489/KS%202026/12"' in page.text
    assert not re.search(BARE, page.text)


def test_an_old_version_says_so_and_keeps_its_address(client: TestClient) -> None:
    page = client.get(f"/dokument/{sha(MINUTES)}")
    assert "Detta är version 1 av 2" in page.text and 'href="/dokument/1"' in page.text
    assert "Detta är version" not in client.get(f"/dokument/{sha(NEWER)}").text


def test_what_is_no_address_on_the_web_is_not_shown(client: TestClient) -> None:
    for address in ("2", "3", "2/0"):
        page = client.get(f"/dokument/{address}").text
        assert "hemligt" not in page and "javascript:" not in page


def test_a_paper_that_could_not_be_read_says_why(client: TestClient) -> None:
    page = client.get("/dokument/3")
    assert page.status_code == 200 and "Handlingen kunde inte läsas" in page.text and "PNG" in page.text
    leads = client.get("/dokument/3/0", follow_redirects=False)
    assert leads.status_code == 307 and leads.headers["location"] == "/dokument/3"


def test_an_item_stands_beside_its_source(client: TestClient) -> None:
    page = client.get(f"/dokument/{sha(MINUTES)}/0")
    assert page.status_code == 200
    told = _plain(page.text)
    assert "Beslut: Beviljad Bidraget på 40 000 kr beviljas." in told
    assert "Förslag: Anna Ek (S)" in told
    assert "Kommunstyrelsen i Alingsås, protokoll 2026-06-15, § 114." in told
    assert NUMBER not in page.text and "•••" in page.text
    assert not re.search(BARE, page.text)
    ids = re.findall(r'\bid="([^"]+)"', page.text)
    assert len(ids) == len(set(ids)), "each id once"
    led = set(re.findall(r'href="#([^"]+)"', page.text)) - {"main"}
    assert led <= set(ids), "each link on the page leads somewhere"
    there = {name for name in ids if name.startswith("plats-")}
    assert there and {f"fynd-{name[6:]}" for name in there} <= set(ids), "from the page back to the text"
    assert re.search(rf'<img src="/dokument/{sha(MINUTES)}/sida/1.png', page.text)


def test_the_neighbours_of_an_item(client: TestClient) -> None:
    first, last = (client.get(f"/dokument/1/{at}?q=bidrag&year=2026").text for at in (0, 1))
    next_page = f"/dokument/{sha(NEWER)}/1?par=115&amp;q=bidrag&amp;year=2026"
    assert f'<a rel="next" href="{next_page}">' in first
    assert '<a rel="prev"' in last and "§ 114 Bidrag till Sundby IF" in _plain(last)


def test_what_a_search_led_to_has_its_words_marked_and_the_next_hit(client: TestClient, state: State) -> None:
    page = client.get("/dokument/1/0", params={"q": "bidragen", "kind": "protocol"})
    assert re.search(r'<mark id="ord-1">Bidrag</mark>', page.text)
    assert "Sökorden står på" in page.text and "Träff 1 av" in page.text
    assert 'href="/?q=bidragen&amp;kind=protocol"' in page.text
    assert 'value="bidragen"' in page.text
    assert "<mark" not in client.get("/dokument/1/0").text


def test_hits_can_be_walked_from_one_to_the_next(client: TestClient) -> None:
    at, seen = f"/dokument/{sha(NEWER)}/0?q=alings%C3%A5s+motion+bidrag+hundar", list[str]()
    first = client.get(at).text
    back = re.search(r'<nav class="hits-nav".*?<a rel="prev" href="([^"]+)"', first, re.DOTALL)
    while back:
        at = back[1].replace("&amp;", "&")
        back = re.search(
            r'<nav class="hits-nav".*?<a rel="prev" href="([^"]+)".*?</nav>', client.get(at).text, re.DOTALL
        )
    for _ in range(10):
        page = client.get(at).text
        seen.append(at.partition("?")[0])
        nav = re.search(r'<nav class="hits-nav".*?</nav>', page, re.DOTALL)
        assert nav and f"Träff {len(seen)} " in nav[0]
        following = re.search(r'<a rel="next" href="([^"]+)"', nav[0])
        if not following:
            break
        at = following[1].replace("&amp;", "&")
    assert len(seen) == len(set(seen)) >= 3


def test_the_hits_of_the_search_page_lead_on_in_its_order(client: TestClient) -> None:
    asked = {"municipality": "1489", "sort": "oldest"}
    answer = client.get("/", params=asked).text
    led = [each.replace("&amp;", "&") for each in re.findall(r'<h2><a href="(/dokument/[^"]+)"', answer)]
    assert len(led) == 3 and all("sort=oldest&nr=" in each for each in led)
    for at, each in enumerate(led, 1):
        page = client.get(each).text
        assert f"Träff {at} av 3" in page and ("Nästa träff" in page) == (at < 3)
        assert 'href="/?municipality=1489&amp;sort=oldest"' in page


def test_filters_alone_lead_on_too(client: TestClient) -> None:
    answer = client.get("/", params={"kind": "protocol"}).text
    led = re.findall(r'<h2><a href="(/dokument/[^"]+)"', answer)
    page = client.get(led[0].replace("&amp;", "&")).text
    assert "Träff 1 av" in page and "<mark" not in page


@pytest.mark.parametrize("question", ['"', "år:x", "§", "kind:nothing", "<script>", "a" * 3000, "ÅÄÖ " * 200])
def test_a_strange_question_harms_no_item(client: TestClient, question: str) -> None:
    page = client.get("/dokument/1/0", params={"q": question, "kind": "nothing", "sort": "bäst", "nr": "99999999"})
    assert page.status_code == 200 and "Bidraget på 45 000 kr beviljas." in _plain(page.text)
    assert "<script>" not in page.text


def test_without_an_index_an_item_is_still_read(tmp_path: Path) -> None:
    home = empty(tmp_path)
    keep(home, "motion.txt", MOTION)
    with TestClient(create_app(State(home, Searcher(home), Catalog(home.catalog)))) as client:
        page = client.get("/dokument/1/0", params={"q": "hundar"})
    assert page.status_code == 200 and ">Hundar</mark>" in page.text


def test_a_paper_that_is_no_pdf_says_that_it_has_no_pages(client: TestClient) -> None:
    page = client.get("/dokument/2/0")
    assert "Handlingen är ingen PDF" in page.text and "<img" not in page.text
    assert client.get("/dokument/2/sida/1.png").status_code == 404


def test_a_page_that_cannot_be_drawn_says_so(client: TestClient) -> None:
    page = client.get("/dokument/4/0")
    assert page.status_code == 200 and "Sidan kunde inte ritas" in page.text
    assert "Anna Ek väljs" in _plain(page.text)
    picture = client.get("/api/v1/documents/4/pages/1.png")
    assert picture.status_code == 404 and picture.headers["content-type"] == "application/problem+json"
    assert "Traceback" not in picture.text and "/" not in picture.json()["detail"].replace("page 1", "")


def test_a_paper_of_one_page_has_no_link_that_leads_nowhere(tmp_path: Path) -> None:
    home = empty(tmp_path)
    keep(home, "val.pdf", BROKEN)
    with TestClient(create_app(State(home, Searcher(home), Catalog(home.catalog)))) as client:
        page = client.get("/dokument/1/0").text
    assert "<svg" in page
    led = set(re.findall(r'href="#([^"]+)"', page)) - {"main"}
    assert led and led <= set(re.findall(r'\bid="([^"]+)"', page))


def test_a_picture_that_takes_its_time_comes_after_the_text(
    client: TestClient, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = PictureError("busy", "later")
    monkeypatch.setattr(Pictures, "pages", lambda self, stored, numbers, **_: dict.fromkeys(numbers, busy))
    page = client.get("/dokument/1/0").text
    assert f'<img src="/dokument/{sha(NEWER)}/sida/1.png' in page and "<svg" not in page
    assert "Beslut: Beviljad" in _plain(page) and 'href="#plats-' not in page


@pytest.mark.parametrize(
    "way", ["/dokument/{}/sida/{}.png?bredd={}&fynd={}", "/api/v1/documents/{}/pages/{}.png?width={}&find={}"]
)
def test_a_picture_is_kept_by_who_has_it(client: TestClient, way: str) -> None:
    plain = way.rpartition("&")[0]
    first = client.get(plain.format(1, 1, 320))
    assert first.status_code == 200 and first.headers["content-type"] == "image/png"
    assert Image.open(io.BytesIO(first.content)).width == 320
    again = client.get(plain.format(1, 1, 320), headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304 and not again.content
    assert client.get(plain.format(1, 1, 900)).headers["etag"] != first.headers["etag"]
    assert Image.open(io.BytesIO(client.get(plain.format(1, 1, 12345)).content)).width == 900
    framed = client.get(way.format(1, 1, 320, 4))
    assert (
        framed.status_code == 200
        and framed.content != first.content
        and framed.headers["etag"] != first.headers["etag"]
    )
    assert client.get(way.format(1, 1, 320, 999)).status_code == 404


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/dokument/99", 404), ("/dokument/x", 404), ("/dokument/1/99", 404), ("/dokument/1/sida/9.png", 404),
        ("/dokument/..%2F..%2Fetc%2Fpasswd", 404), ("/dokument/1/sida/..%2F1.png", 404), ("/dokument/1/-1", 404),
        ("/dokument/1/99999999999999999999", 404), ("/dokument/2/andringar?fran=7&till=9", 404),
        ("/api/v1/documents/99/pages/1.png", 404), ("/api/v1/documents/1/pages/0.png", 422),
        ("/dokument/3/andringar", 404), ("/dokument/3/sida/1.png", 404), ("/dokument/1/0?sida=99&fynd=999", 200),
    ],
)  # fmt: skip
def test_an_address_of_nothing(client: TestClient, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_an_address_of_an_older_reading_leads_to_where_it_stands_now(client: TestClient, state: State) -> None:
    """Places and numbers are those of one reading; the § number and a find's words are told beside them."""
    stored = state.catalog.document(1)
    assert stored
    read = stored.document
    first, last = read.items[0].number, len(read.items) - 1
    led = client.get(f"/dokument/1/{last}?par={first}&q=bidrag", follow_redirects=False)
    assert (led.status_code, led.headers["location"]) == (307, f"/dokument/{sha(NEWER)}/0?par={first}&q=bidrag")
    assert client.get(f"/dokument/1/99?par={first}/26").url.path == f"/dokument/{sha(NEWER)}/0"
    gone = client.get("/dokument/1/0?par=999")
    assert gone.status_code == 404 and "§ 999" in gone.text and f'href="/dokument/{sha(NEWER)}"' in gone.text
    place = client.get("/dokument/1/99")
    assert place.status_code == 404 and f'href="/dokument/{sha(NEWER)}"' in place.text
    find = next(find for find in finds(read) if find.kind == "decisions")
    words = " ".join(read.text[find.span.start : find.span.end].split())
    moved = client.get("/dokument/1/0", params={"fynd": 9999, "ord": words})
    assert "Fyndet finns inte" not in moved.text and 'class="k-' in moved.text
    assert "Fyndet finns inte kvar här" in client.get("/dokument/1/0?fynd=9999").text


def test_each_find_has_an_address_that_outlives_the_reading(client: TestClient, state: State) -> None:
    stored = state.catalog.document(1)
    assert stored
    find = next(find for find in finds(stored.document) if find.kind == "decisions")
    words = stored.document.text[find.span.start : find.span.end]
    address = links.find(stored.sha256, 0, find.number, " ".join(words.split()), stored.document.items[0].number)
    assert f'href="{escape(address)}"' in client.get("/dokument/1/0").text
    assert client.get(address, follow_redirects=False).status_code == 200
    older = address.replace(f"fynd={find.number}&", f"fynd={find.number + 3}&")
    assert client.get(older, follow_redirects=False).headers["location"].endswith(f"#fynd-{find.number}")


def test_a_hit_that_only_resembles_the_question_is_not_counted(client: TestClient) -> None:
    found = client.get("/api/v1/search", params={"q": "bidrag segelflygning"}).json()
    assert found["total"] == 0 and found["hits"][0]["related"], "a hit without all the words"
    page = client.get(
        f"/dokument/{found['hits'][0]['document']}/{found['hits'][0]['item_index']}?q=bidrag+segelflygning"
    )
    assert "Träff 1 ·" in _plain(page.text)


def test_versions_are_compared(client: TestClient) -> None:
    page = client.get("/dokument/1/andringar").text
    assert "<del>40 " in page and "<ins>45 " in page
    told = _plain(page)
    assert "Ändrat beslut: Avslag → Bifall" in told and "Motionen avslås. bifalls." in told
    assert f'href="/dokument/{sha(MINUTES)}/1"' in page and not re.search(BARE, page)
    same = client.get("/dokument/1/andringar?fran=2&till=2").text
    assert "Texten är densamma" in same and "2 paragrafer är oförändrade" in same
    assert "Texten är densamma" in client.get("/dokument/2/andringar").text


def test_in_english(client: TestClient) -> None:
    page = client.get("/dokument/1/0", params={"lang": "en"})
    assert "Decision: Granted" in _plain(page.text) and "The pages as they look" in page.text
    client.cookies.clear()


TEXTS = st.text(alphabet="ab <>&\"'\n§å", max_size=60)
PLACES = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 60), st.integers(1, 30)), max_size=10)


class _Checked(HTMLParser):
    """Reads HTML, and holds it to closing what it opens; `words` is its text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words, self.opened, self.ids = "", list[str](), list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in {"p", "h2", "span", "mark", "a", "div", "table", "tbody", "tr", "td"}, tag
        assert not (tag == "a" and "a" in self.opened), "no link inside a link"
        told = dict(attrs)
        assert told.keys() <= {"class", "id", "href", "title", "data-find", "colspan"}
        self.ids += [told["id"]] if told.get("id") else []  # type: ignore[list-item]
        self.opened.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.opened.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


@settings(max_examples=200, deadline=None)
@given(TEXTS, PLACES, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=3), st.integers(0, 60))
def test_whatever_is_found_the_text_is_the_text(
    text: str, places: list[tuple[str, int, int]], asked: list[tuple[int, int]], leaf: int
) -> None:
    made = {
        "amounts": lambda span: Amount(span, 5, "<5>"),  # type: ignore[arg-type]
        "people": lambda span: Person(span, "<b>", 'a"b'),
        "parties": lambda span: Party(span, "<i>", "'"),
        "proposals": lambda span: Proposal(span, "x", ("<u>", '"')),
    }
    held = [(kind if kind in made else "people", Span(start, start + size, 1)) for kind, start, size in places]
    found = [Numbered(n, kind, made[kind](span)) for n, (kind, span) in enumerate(held, 1)]
    document = Document("0" * 64, "x", "other", text, (Page(1, 0, len(text)),))
    shown = Shown(found, {1, 2, 3}, asked, {min(leaf, len(text)): 7}, {7}, 2)
    told = reading(document, 0, len(text), shown, Words("sv"))
    checked = _Checked()
    checked.feed(str(told))
    checked.close()
    assert not checked.opened and len(checked.ids) == len(set(checked.ids))
    tags = re.sub(r'<(a|span) class="(tag|leaf)".*?</\1> ', "", str(told), flags=re.DOTALL)
    assert "".join(Markup(tags).striptags().split()) == "".join(text.split())


def test_a_cross_stands_under_no_column_that_it_may_not_be_of() -> None:
    text = "Ledamot  Ja  Nej\nAnna Ek (S)  X\nBo Alm (M)  X\nSumma  1  1\n"
    document = Document("0" * 64, "x", "other", text, (Page(1, 0, len(text)),))
    told = str(reading(document, 0, len(text), Shown([]), Words("sv")))
    assert told.count("<table>") == 1 and told.count('<p class="row">') == 2
    assert '<td class="short">Anna Ek (S)</td><td class="short">X</td>' in told and "colspan" not in told


@settings(max_examples=100)
@given(TEXTS, TEXTS)
def test_a_difference_is_escaped(old: str, new: str) -> None:
    told = re.sub(r"</?(ins|del)>|<span class=\"gap\">.*?</span>", "", str(marked(words(old, new))))
    assert "<" not in told and ">" not in told


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("minutes that do not tell the day of the meeting", "vilken dag sammanträdet var"),
        ("body: the text says Nämnden <x>, the source Styrelsen", "olika organ: Nämnden <x> i handlingen, Styrelsen"),
        ("§ 92: the § tells 20-26, the list of voters 26-20", "§ 92: texten anger 20-26"),
        ("§ 4: 41 votes told, 40 people named (yes)", "40 namn står i listan"),
        ("page 3 is damaged: fetch the PDF again from its source", "Sida 3 är skadad"),
        (
            "page 12 cannot be read as it is, it has no text layer (a scan): install Tesseract",
            "Sida 12 är en inskannad",
        ),
        ("page 2 cannot be read as it is, its letters cannot be read: ...", "Texten på sida 2"),
        ("something quite new {x}", "Läsaren meddelar: something quite new {x}"),
    ],
)
def test_what_could_not_be_read_is_told_in_plain_words(reason: str, told: str) -> None:
    [sentence] = unread([Told("text", reason, None), Told("text", reason, 4)], Words("sv"))
    assert told in sentence


def test_every_kind_of_find_has_a_name_and_a_colour() -> None:
    style = Path("search_api/static/papers.css").read_text(encoding="utf-8")
    for kind in KINDS:
        assert Words("sv")(f"find.{kind}") and Words("sv")(f"find.{kind}_many")
        assert f".k-{kind}" in style and f"#visa-{kind}:" in style


def test_finds_of_a_paper_can_be_told(state: State) -> None:
    stored = state.catalog.document(1, 1)
    assert stored and {"decisions", "case_numbers", "amounts"} <= {find.kind for find in finds(stored.document)}
