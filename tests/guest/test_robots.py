"""robots.txt: what is forbidden is never asked, and what is not known yet neither."""

from __future__ import annotations

import threading

import pytest

from extractors.model import Unreadable
from flows.guest import Guest
from tests.guest.site import PDF, Site, hang_up, manners, ok, site, status
from tests.guest.test_guest import refused

OTHERS = b"User-agent: *\nDisallow: /\n\n"
OURS = OTHERS + b"User-agent: Paragraf\nDisallow: /internt\nAllow: /internt/protokoll\nCrawl-delay: 7\n"


def test_the_group_of_our_name_counts(town: Site, guest: Guest) -> None:
    town.answers["/robots.txt"] = ok(OURS)
    assert guest.fetch(f"{town.url}/a.pdf").data == PDF
    assert guest.fetch(f"{town.url}/internt/protokoll/a.pdf").data == PDF
    stage, reason = refused(lambda: guest.fetch(f"{town.url}/internt/a.pdf"))
    assert (stage, "robots.txt forbids" in reason) == ("fetch", True)
    assert [asked.path for asked in town.log] == ["/robots.txt", "/a.pdf", "/internt/protokoll/a.pdf"]
    assert town.pauses == [7.0, 7.0], "its Crawl-delay is kept"


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /", "/a.pdf", False),
        ("User-agent: *\nDisallow:", "/a.pdf", True),
        ("User-agent: paragraf\nDisallow: /", "/a.pdf", False),
        ("User-agent: GPTBot\nDisallow: /", "/a.pdf", True),
        ("User-agent: GPTBot\nUser-agent: *\nDisallow: /", "/a.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf?v=1", True),
        ("User-agent: *\nDisallow: /möten", "/m%C3%B6ten/1", False),
        ("User-agent: *\nDisallow: /m%c3%b6ten", "/möten/1", False),
        ("User-agent: *\nDisallow: /a", "/A.pdf", True),
        ("\ufeffUser-agent: *\r\nDisallow: /a # inte", "/a.pdf", False),
        ("User-agent: *\rDisallow: /a", "/a.pdf", False),
        ("<!doctype html><title>Disallow: /</title>", "/a.pdf", True),
        ("User-agent: *\nCrawl-delay: -5\nCrawl-delay: nan\nDisallow: /b", "/a.pdf", True),
    ],
)
def test_the_rules(town: Site, guest: Guest, rules: str, path: str, allowed: bool) -> None:
    town.answers["/robots.txt"] = ok(rules.encode())
    if allowed:
        assert guest.fetch(town.url + path).data == PDF
    else:
        assert "robots.txt" in refused(lambda: guest.fetch(town.url + path))[1]
    assert bool(town.paths) == allowed


@pytest.mark.parametrize("given", [404, 410, 403, 401, "/login", "https://login.example/x", "/robots.txt"])
def test_a_host_without_rules_may_be_asked(town: Site, guest: Guest, given: object) -> None:
    town.answers["/robots.txt"] = given
    assert guest.fetch(f"{town.url}/a.pdf").data == PDF


@pytest.mark.parametrize(
    ("given", "stage"),
    [
        (500, "waits"),
        (503, "waits"),
        (429, "waits"),
        (hang_up, "fetch"),
        (status(503, Retry_After="99999"), "waits"),
        ("http://10.0.0.1/robots.txt", "fetch"),
    ],
)
def test_a_host_whose_rules_are_not_to_be_had_is_asked_nothing(
    town: Site, guest: Guest, given: object, stage: str
) -> None:
    town.answers["/robots.txt"] = given
    for path in ("/a.pdf", "/b.pdf"):
        told, reason = refused(lambda path=path: guest.fetch(town.url + path))  # type: ignore[misc]
        assert told == stage, reason
    assert "robots.txt" in reason or "left alone" in reason
    assert town.paths == []
    assert len(town.log) <= 4


def test_rules_are_fetched_once_however_many_ask(town: Site, guest: Guest) -> None:
    threads = [threading.Thread(target=guest.fetch, args=(f"{town.url}/{n}.pdf",)) for n in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [asked.path for asked in town.log].count("/robots.txt") == 1


def test_a_redirect_to_a_forbidden_address_is_not_followed(town: Site, guest: Guest) -> None:
    with site("127.0.0.2") as other:
        town.answers["/a.pdf"] = f"{other.url}/internt/a.pdf"
        other.answers["/robots.txt"] = ok(OURS)
        assert "robots.txt forbids" in refused(lambda: guest.fetch(f"{town.url}/a.pdf"))[1]
        assert other.paths == []


def test_rules_that_moved_are_read_where_they_are(town: Site, guest: Guest) -> None:
    with site("127.0.0.2") as other:
        town.answers["/robots.txt"] = f"{other.url}/robots.txt"
        other.answers["/robots.txt"] = ok(OURS)
        assert "robots.txt forbids" in refused(lambda: guest.fetch(f"{town.url}/internt/a.pdf"))[1]
        town.answers["/robots.txt"] = 404
        assert guest.fetch(f"{town.url}/a.pdf").data == PDF


def test_rules_that_lead_to_a_page_of_another_host_are_none(town: Site, guest: Guest) -> None:
    with site("127.0.0.2") as other:
        town.answers["/robots.txt"] = f"{other.url}/start"
        assert guest.fetch(f"{town.url}/a.pdf").data == PDF
        assert other.log == []


def test_a_long_robots_txt_is_read_as_far_as_it_must_be(town: Site, guest: Guest) -> None:
    town.answers["/robots.txt"] = ok(b"User-agent: *\nDisallow: /internt\n" + b"# mycket\n" * 200_000)
    assert guest.fetch(f"{town.url}/a.pdf").data == PDF
    with pytest.raises(Unreadable):
        guest.fetch(f"{town.url}/internt/a.pdf")


def test_a_crawl_delay_is_kept_up_to_a_limit(town: Site) -> None:
    guest = Guest(clock=town.clock, manners=manners(longest_delay_s=20.0))
    town.answers["/robots.txt"] = ok(b"User-agent: *\nRequest-rate: 1/" + b"9" * 4000)
    guest.fetch(f"{town.url}/a.pdf")
    guest.fetch(f"{town.url}/b.pdf")
    assert town.pauses == [20.0, 20.0]
