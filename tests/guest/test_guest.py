"""A guest's papers and pages, with each fault that sites have, asserted from the site's own log."""

from __future__ import annotations

import gzip
import re
import threading
from collections.abc import Callable

import pytest

from extractors.model import Unreadable
from flows.guest import Guest
from flows.sources import Fetched
from tests.guest.site import (
    HASTY,
    PDF,
    Site,
    breaks_off,
    budget,
    drips,
    hang_up,
    manners,
    ok,
    silent,
    site,
    status,
)

NOT_FOUND = "the server answered 404 Not Found"
WAITS = [2.0, 10.0, 30.0]


def refused(do: Callable[[], object]) -> tuple[str, str]:
    """The stage and the reason."""
    with pytest.raises(Unreadable) as raised:
        do()
    return raised.value.stage, raised.value.reason


# Papers


def test_a_paper_is_fetched_once_and_then_asked_about(town: Site, guest: Guest) -> None:
    town.answers["/a.pdf"] = [
        ok(ETag='"v1"'),
        lambda handler: handler.answer(304 if handler.headers["If-None-Match"] == '"v1"' else 200),
    ]
    first = guest.fetch(f"{town.url}/a.pdf")
    assert first == Fetched(PDF, 'etag "v1"')
    assert guest.fetch(f"{town.url}/a.pdf", first.stamp) == Fetched(None, 'etag "v1"')
    assert {asked.method for asked in town.log} == {"GET"}
    assert town.log[1].headers["Accept-Encoding"] == "identity", "only plain bytes can be gone on with"
    assert all(asked.headers["User-Agent"].startswith("Paragraf/") for asked in town.log)
    assert all("arkiv@exempel.se" in asked.headers["User-Agent"] for asked in town.log)


@pytest.mark.parametrize("sign", ['"' + "x" * 600 + '"', '"\xe5"'])
def test_a_sign_that_cannot_be_given_back_is_none(town: Site, guest: Guest, sign: str) -> None:
    town.answers["/a.pdf"] = ok(ETag=sign)
    assert guest.fetch(f"{town.url}/a.pdf") == Fetched(PDF, None)


@pytest.mark.parametrize(
    ("faults", "waits"),
    [
        ([503], [1.0, 2.0]),
        ([500, 502, 504], [1.0, *WAITS]),
        ([429], [1.0, 2.0]),
        ([status(503, Retry_After="60")], [1.0, 60.0]),
        ([status(429, Retry_After="0")], [1.0, 2.0]),
        ([hang_up, hang_up], [1.0, 2.0, 10.0]),
        ([breaks_off(3000)], [1.0, 2.0]),
        ([PDF[:5000]], [1.0, 1.0]),
        ([b""], [1.0, 1.0]),
    ],
)
def test_what_passes_is_asked_again(town: Site, guest: Guest, faults: list[object], waits: list[float]) -> None:
    town.answers["/a.pdf"] = [*faults, PDF]
    assert guest.fetch(f"{town.url}/a.pdf").data == PDF
    assert town.pauses == waits, "robots.txt, a pause, and then a longer wait before each try"
    assert town.overlaps == 0


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (404, NOT_FOUND),
        (410, "410 Gone"),
        (403, "403 Forbidden"),
        (401, "login"),
        (501, "501 Not Implemented"),
        (799, "answered 799:|answered 799$"),
        (206, "answered 206"),
        (304, "answered 304"),
        (status(301), "does not say where to"),
        ("/login?next=/a.pdf", "asks for a login"),
        ("https://login.example/x", "asks for a login"),
        ("file:///etc/passwd", "not an http or https address"),
        ("http://10.1.2.3/secret", "10.1.2.3, an address of a private network"),
        ("http://[::ffff:10.1.2.3]/", "private network"),
        ("http://169.254.169.254/latest/meta-data", "private network"),
        ("http://anna:hemligt@127.0.0.1/", "user or password"),
        ("http://127.0.0.1:25/", "port 25 is not one of the web"),
        ("http://exa mple/", "not an http or https address"),
        (b"<!doctype html><title>Fel</title>Sidan finns inte", "a web page where a paper was asked for"),
        (b"<html><form><input name=a type='password'></form>", "a login page where a paper was asked for"),
    ],
)
def test_what_does_not_pass_is_not_asked_again(town: Site, guest: Guest, given: object, reason: str) -> None:
    town.answers["/a.pdf"] = given
    stage, said = refused(lambda: guest.fetch(f"{town.url}/a.pdf"))
    assert stage == "fetch"
    assert re.search(reason, said), said
    assert town.paths == ["/a.pdf"]
    assert "hemligt" not in said


def test_silence_is_waited_for_and_asked_again(town: Site) -> None:
    guest = Guest(clock=town.clock, manners=manners(timeouts=HASTY))
    town.answers["/a.pdf"] = [silent(1.0), PDF]
    assert guest.fetch(f"{town.url}/a.pdf").data == PDF
    assert town.pauses[-1] >= 2.0


def test_what_drips_is_cut_and_not_asked_again(town: Site) -> None:
    guest = Guest(clock=town.clock, manners=manners(timeouts=HASTY))
    town.answers["/a.pdf"] = drips
    assert "not fetched whole after 1 s" in refused(lambda: guest.fetch(f"{town.url}/a.pdf"))[1]
    assert len(town.paths) == 1


@pytest.mark.parametrize("given", [503, hang_up, b"", breaks_off(100)])
def test_what_never_passes_says_so(town: Site, guest: Guest, given: object) -> None:
    town.answers["/a.pdf"] = given
    stage, reason = refused(lambda: guest.fetch(f"{town.url}/a.pdf"))
    assert stage == "fetch"
    assert "(4 tries)" in reason or "empty" in reason
    assert len(town.paths) == (2 if given == b"" else 4)


def test_a_pdf_without_its_end_that_stays_so_is_taken_as_it_is(town: Site, guest: Guest) -> None:
    town.answers["/a.pdf"] = PDF[:5000]
    assert guest.fetch(f"{town.url}/a.pdf").data == PDF[:5000]
    assert len(town.paths) == 2


def test_a_wrong_content_type_says_nothing(town: Site, guest: Guest) -> None:
    town.answers["/a.pdf"] = ok(Content_Type="text/html; charset=utf-8")
    town.answers["/page"] = ok(b"<html><body>Protokoll", Content_Type="application/pdf")
    assert guest.fetch(f"{town.url}/a.pdf").data == PDF
    assert guest.fetch(f"{town.url}/page").data == b"<html><body>Protokoll"
    assert "web page" in refused(lambda: guest.fetch(f"{town.url}/page", only=("pdf",)))[1]


# Limits


def test_a_paper_too_large_is_left(town: Site) -> None:
    guest = Guest(clock=town.clock, manners=manners(largest=5000))
    assert "larger than" in refused(lambda: guest.fetch(f"{town.url}/a.pdf"))[1]
    assert len(town.paths) == 1


@pytest.mark.parametrize("packed", [gzip.compress(b"\0" * (50 << 20)), gzip.compress(b"\0" * 600_000) * 100])
def test_a_small_answer_that_unpacks_to_a_large_one_is_left(town: Site, packed: bytes) -> None:
    guest = Guest(clock=town.clock, manners=manners(largest_page=1 << 20))
    town.answers["/list"] = ok(packed, Content_Encoding="gzip")
    assert "larger than 1 MB" in refused(lambda: guest.page(f"{town.url}/list"))[1]


def test_a_budget_ends_the_night_of_a_host_and_of_no_other(town: Site) -> None:
    guest = Guest(clock=town.clock, manners=manners(budget=budget(requests=4)))
    for n in range(3):
        guest.fetch(f"{town.url}/{n}.pdf")
    stage, reason = refused(lambda: guest.fetch(f"{town.url}/3.pdf"))
    assert (stage, len(town.log)) == ("waits", 4)
    assert "4 requests" in reason
    with site("127.0.0.2") as other:
        assert guest.fetch(f"{other.url}/a.pdf").data == PDF


def test_a_budget_counts_bytes(town: Site) -> None:
    guest = Guest(clock=town.clock, manners=manners(budget=budget(size=2 * len(PDF))))
    stages = []
    for n in range(4):
        try:
            guest.fetch(f"{town.url}/{n}.pdf")
        except Unreadable as unreadable:
            stages.append(unreadable.stage)
    assert (len(town.paths), stages) == (2, ["waits", "waits"])


# Rest


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        (status(503, Retry_After="3600"), 1),
        (status(429, Retry_After="Fri, 31 Dec 2100 23:59:59 GMT"), 1),
        (status(429, Retry_After="9" * 400), 1),
        (429, 4),
    ],
)
def test_a_host_that_has_had_enough_is_left_alone(town: Site, guest: Guest, given: object, asked: int) -> None:
    town.answers["/a.pdf"] = given
    assert refused(lambda: guest.fetch(f"{town.url}/a.pdf"))[0] == "waits"
    assert refused(lambda: guest.fetch(f"{town.url}/b.pdf"))[0] == "waits"
    assert len(town.paths) == asked


def test_a_host_that_fails_again_and_again_is_left_alone(town: Site) -> None:
    guest = Guest(clock=town.clock, manners=manners(patience=2, waits_s=(1.0,)))
    for n in range(3):
        town.answers[f"/{n}.pdf"] = 503
    stages = [refused(lambda n=n: guest.fetch(f"{town.url}/{n}.pdf"))[0] for n in range(3)]  # type: ignore[misc]
    assert stages == ["fetch", "waits", "waits"]
    assert len(town.paths) == 4


def test_a_host_that_fails_now_and_then_is_not(town: Site) -> None:
    guest = Guest(clock=town.clock, manners=manners(patience=2, waits_s=()))
    town.answers["/bad.pdf"] = 503
    for n in range(3):
        assert refused(lambda: guest.fetch(f"{town.url}/bad.pdf"))[0] == "fetch"
        guest.fetch(f"{town.url}/{n}.pdf")


# One at a time


def test_a_host_is_asked_by_one_at_a_time_with_a_pause(town: Site, guest: Guest) -> None:
    threads = [threading.Thread(target=guest.fetch, args=(f"{town.url}/{n}.pdf",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(town.paths) == 8
    assert town.overlaps == 0
    assert town.log[0].path == "/robots.txt"
    assert town.pauses == [1.0] * 8
    assert town.clock.waits == {"127.0.0.1": [1.0] * 8}


def test_two_ports_of_a_name_are_one_host(town: Site) -> None:
    with site(clock=town.clock) as other:
        guest = Guest(clock=town.clock, manners=manners())
        guest.fetch(f"{town.url}/a.pdf")
        guest.fetch(f"{other.url}/a.pdf")
        assert [asked.path for asked in other.log] == ["/robots.txt", "/a.pdf"], "a port has rules of its own"
    assert town.clock.waits["127.0.0.1"] == [1.0] * 3, "and the same pause"


def test_a_pause_is_longer_by_chance(town: Site) -> None:
    guest = Guest(clock=town.clock, manners=manners(jitter=0.5))
    for n in range(6):
        guest.fetch(f"{town.url}/{n}.pdf")
    assert all(1.0 <= pause <= 1.5 for pause in town.pauses)
    assert len(set(town.pauses)) > 1


# Redirects


def test_a_moved_paper_is_followed_with_the_same_manners(town: Site, guest: Guest) -> None:
    with site("127.0.0.2") as other:
        town.answers["/old.pdf"] = f"{other.url}/new.pdf"
        assert guest.fetch(f"{town.url}/old.pdf").data == PDF
        assert [asked.path for asked in other.log] == ["/robots.txt", "/new.pdf"]


def test_redirects_in_a_circle_end(town: Site, guest: Guest) -> None:
    town.answers |= {"/a.pdf": "/b.pdf", "/b.pdf": "/a.pdf"}
    assert "redirects one after another" in refused(lambda: guest.fetch(f"{town.url}/a.pdf"))[1]
    assert len(town.paths) == 6
    assert town.pauses == [1.0] * 6


def test_cookies_stay_with_their_host(town: Site, guest: Guest) -> None:
    with site("127.0.0.2") as other:
        town.answers["/a.pdf"] = status(302, Set_Cookie="session=1; Domain=127.0.0.1; Path=/", Location="/b.pdf")
        town.answers["/b.pdf"] = f"{other.url}/c.pdf"
        guest.fetch(f"{town.url}/a.pdf")
        guest.fetch(f"{town.url}/d.pdf")
        assert [asked.headers.get("Cookie") for asked in town.log[2:]] == ["session=1"] * 2
        assert all("Cookie" not in asked.headers for asked in other.log)


def test_a_site_that_gives_cookies_without_end_gets_few_back(town: Site, guest: Guest) -> None:
    for n in range(60):
        town.answers[f"/{n}.pdf"] = ok(Set_Cookie=f"c{n}=1; Path=/")
        guest.fetch(f"{town.url}/{n}.pdf")
    assert max(len(asked.headers.get("Cookie", "").split(";")) for asked in town.log) == 50


def test_a_paper_about_logins_is_no_login(town: Site, guest: Guest) -> None:
    town.answers |= {"/7": "/motion-om-bankid.pdf", "/login/a.pdf": "/login/b.pdf"}
    assert guest.fetch(f"{town.url}/7").data == PDF
    assert guest.fetch(f"{town.url}/login/a.pdf").data == PDF, "it stood behind such a path before"


# Pages


def test_a_page_is_decoded_as_it_says(town: Site, guest: Guest) -> None:
    town.answers["/moved"] = "/list?a=1"
    text = "<meta charset='iso-8859-1'><a href='x'>Sammanträden på Åland</a>"
    town.answers["/list?a=1"] = ok(text.encode("latin-1"), X_Kind="list")
    page = guest.page(f"{town.url}/moved")
    assert (page.text, page.url) == (text, f"{town.url}/list?a=1")
    assert page.headers["x-kind"] == "list"
    guest.page(f"{town.url}/list?a=1", params={"q": "på & av"})
    assert town.log[-1].path == "/list?a=1&q=p%C3%A5+%26+av"


def test_a_packed_page_is_unpacked(town: Site, guest: Guest) -> None:
    town.answers["/list"] = [ok(gzip.compress(b"<p>hej")[:-6], Content_Encoding="gzip")] * 1 + [
        ok(gzip.compress(b"<p>hej"), Content_Encoding="gzip")
    ]
    assert guest.page(f"{town.url}/list").text == "<p>hej"
    assert len(town.paths) == 2


def test_json_is_sent_by_post(town: Site, guest: Guest) -> None:
    town.answers["/json"] = b'{"result": []}'
    assert guest.post(f"{town.url}/json", {"method": "Search", "session_id": None}).text == '{"result": []}'
    asked = town.log[-1]
    assert (asked.method, asked.body) == ("POST", b'{"method":"Search","session_id":null}')
    town.answers["/json"] = "/elsewhere"
    assert "POST on to another address" in refused(lambda: guest.post(f"{town.url}/json", {}))[1]


# Addresses


@pytest.mark.parametrize(
    "url",
    ["ftp://a.example/x", "http://", "http://anna@a.example/", "https://a.example/\r\nX: y", "http://[::1", "a" * 5000],
)
def test_what_is_no_address_is_not_asked(guest: Guest, url: str) -> None:
    assert refused(lambda: guest.fetch(url))[0] == "fetch"


def test_a_host_that_is_not_there_says_so(town: Site, guest: Guest) -> None:
    _, reason = refused(lambda: guest.fetch("http://127.0.0.3:65534/paper"))
    assert "no connection" in reason and "(4 tries)" in reason
    assert sum(town.clock.waits["127.0.0.3"]) == sum(WAITS)
    refused(lambda: guest.fetch("http://127.0.0.3:65534/other"))
    assert sum(town.clock.waits["127.0.0.3"]) == sum(WAITS), "and is not asked again"
