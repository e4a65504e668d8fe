"""Where a guest may be led, by names, certificates and slow servers; and what holds for webhooks too."""

from __future__ import annotations

import socket
import threading
import time
from pathlib import Path

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.model import Unreadable
from flows import webhooks
from flows.guest import Budget, Guest, RealClock, SimulatedClock, network, urls
from tests.guest.site import HASTY, PDF, Handler, Site, manners, ok, site
from tests.guest.test_guest import WAITS, refused
from tests.guest.tls import certificate, over_http2


class Names:
    """A DNS of ours: what each name stands for, one answer after another, and how often it was asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.known: dict[str, list[list[str] | OSError]] = {}
        self.asked: list[str] = []
        monkeypatch.setattr(network, "resolve", self)

    def __call__(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        answers = self.known.get(host, [[host]])
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, OSError):
            raise answer
        return answer


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    return Names(monkeypatch)


# Names


@pytest.mark.parametrize(
    "inner", [["10.0.0.7"], ["8.8.8.8", "10.0.0.7"], ["::1"], ["fe80::1%eth0"], ["64:ff9b::a00:7"]]
)
def test_a_name_that_leads_inside_is_not_visited(names: Names, inner: list[str]) -> None:
    names.known["kommun.example"] = [inner]
    guest = Guest(clock=RealClock(), manners=manners(networks=()))
    stage, reason = refused(lambda: guest.fetch("http://kommun.example/a.pdf"))
    assert stage == "fetch" and "address of a private network" in reason
    assert names.asked == ["kommun.example"], "and not tried again"


def test_a_name_that_leads_to_this_machine_is_not_visited(
    town: Site, names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    public = "93.184.216.34"
    names.known["kommun.example"] = [[public]]
    monkeypatch.setattr(network, "_own_addresses", lambda: frozenset([network._meant(public)]))
    guest = Guest(clock=RealClock(), manners=manners(networks=()))
    assert (
        f"{public}, an address of a private network"
        in refused(lambda: guest.fetch("http://kommun.example:6333/a.pdf"))[1]
    )


def test_a_rehearsal_without_pauses_visits_nobody_else(names: Names) -> None:
    names.known["kommun.example"] = [["93.184.216.34"]]
    guest = Guest(clock=SimulatedClock(), manners=manners())
    assert "PARAGRAF_SIMULATED_TIME" in refused(lambda: guest.fetch("http://kommun.example/a.pdf"))[1]


def test_the_address_that_was_checked_is_the_one_that_is_asked(town: Site, names: Names) -> None:
    """A name that stands for a public address when it is checked, and for an inner one a moment later (rebinding)."""
    with site("127.0.0.2", town.clock) as inner:
        port = town.url.rsplit(":", 1)[1]
        names.known["kommun.example"] = [["127.0.0.1"], ["127.0.0.2"]]
        guest = Guest(clock=town.clock, manners=manners())
        assert guest.fetch(f"http://kommun.example:{port}/a.pdf").data == PDF
        assert names.asked == ["kommun.example"], "once per connection, and no other look-up"
        assert (len(town.log), len(inner.log)) == (2, 0)
    assert town.log[0].headers["Host"] == f"kommun.example:{port}"


def test_the_next_address_of_a_name_is_tried_where_one_does_not_answer(town: Site, names: Names) -> None:
    names.known["kommun.example"] = [["127.0.0.9", "127.0.0.1"]]
    guest = Guest(clock=town.clock, manners=manners())
    assert guest.fetch(f"http://kommun.example:{town.url.rsplit(':', 1)[1]}/a.pdf").data == PDF


@pytest.mark.parametrize(
    ("error", "reason", "waited"),
    [
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), "no such host", 0),
        (socket.gaierror(socket.EAI_AGAIN, "Temporary failure"), "could not be looked up", sum(WAITS)),
    ],
)
def test_a_name_that_is_not_known_is_not_asked_for_again_and_one_that_may_be_is(
    town: Site, names: Names, error: OSError, reason: str, waited: float
) -> None:
    names.known["kommun.example"] = [error]
    guest = Guest(clock=town.clock, manners=manners())
    assert reason in refused(lambda: guest.fetch("http://kommun.example/a.pdf"))[1]
    assert sum(town.clock.waits["kommun.example"]) == waited


def test_a_name_of_no_host_is_no_name() -> None:
    with pytest.raises(socket.gaierror):
        network.resolve("a" * 70 + ".example", 80)


def test_hosts_of_one_machine_are_asked_one_at_a_time(town: Site, names: Names) -> None:
    port = town.url.rsplit(":", 1)[1]
    hosts = [f"{name}.example" for name in ("alvby", "bergby", "dalby")]
    names.known |= {host: [["127.0.0.1"]] for host in hosts}
    guest = Guest(clock=town.clock, manners=manners())

    def slowly(handler: Handler) -> None:
        time.sleep(0.02)
        handler.answer(200, PDF)

    town.answers |= {f"/{n}.pdf": slowly for n in range(4)}
    for host in hosts:  # each has been asked once: it is known where it stands
        guest.fetch(f"http://{host}:{port}/0.pdf")
    threads = [
        threading.Thread(target=guest.fetch, args=(f"http://{host}:{port}/{n}.pdf",))
        for host in hosts
        for n in (1, 2, 3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(town.paths) == 12
    assert town.overlaps == 0


def test_a_machine_that_gives_nothing_to_any_of_its_hosts_is_left_alone(town: Site, names: Names) -> None:
    port = town.url.rsplit(":", 1)[1]
    hosts = [f"{name}.example" for name in ("alvby", "bergby", "dalby")]
    names.known |= {host: [["127.0.0.1"]] for host in hosts}
    guest = Guest(clock=town.clock, manners=manners(waits_s=(), patience=1))
    for host in hosts:  # each has been asked once: it is known where it stands
        guest.fetch(f"http://{host}:{port}/0.pdf")
    town.answers["/1.pdf"] = 500
    stages = [refused(lambda host=host: guest.fetch(f"http://{host}:{port}/1.pdf"))[1] for host in hosts]  # type: ignore[misc]
    assert ["to others" in reason for reason in stages] == [False, False, True]
    assert town.paths == ["/0.pdf"] * 3 + ["/1.pdf"] * 2


def test_new_names_without_end_come_to_an_end(town: Site, names: Names) -> None:
    port = town.url.rsplit(":", 1)[1]
    for n in range(10):
        names.known[f"{n}.example"] = [["127.0.0.1"]]
        town.answers[f"/{n}"] = f"http://{n + 1}.example:{port}/{n + 1}"
    guest = Guest(clock=town.clock, manners=manners(hosts=3, redirects=8))
    stage, reason = refused(lambda: guest.fetch(f"http://0.example:{port}/0"))
    assert stage == "waits" and "3 hosts" in reason
    assert town.paths == ["/0", "/1", "/2"]


# TLS


def test_http_2_is_spoken_where_the_server_does(town: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pem, asked = certificate(tmp_path), list[dict[str, str]]()
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    bodies = {"/a.pdf": PDF, "/b.pdf": PDF}
    with over_http2(pem, bodies, asked) as url, Guest("arkiv@exempel.se", clock=town.clock, manners=manners()) as guest:
        assert guest.fetch(f"{url}/a.pdf").data == PDF
        assert guest.fetch(f"{url}/b.pdf").data == PDF
    assert [headers[":path"] for headers in asked] == ["/robots.txt", "/a.pdf", "/b.pdf"]
    assert all(headers["user-agent"].startswith("Paragraf/") for headers in asked)
    assert all(url.endswith(headers[":authority"]) for headers in asked)


def test_what_is_left_of_an_answer_over_http_2_is_in_nobodys_way(
    town: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pem, asked = certificate(tmp_path), list[dict[str, str]]()
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    bodies = {"/large.pdf": b"%PDF-" + b"x" * 60_000, "/a.pdf": PDF}
    with over_http2(pem, bodies, asked) as url, Guest(clock=town.clock, manners=manners(largest=20_000)) as guest:
        for _ in range(3):
            assert "larger than" in refused(lambda: guest.fetch(f"{url}/large.pdf"))[1]
            assert guest.fetch(f"{url}/a.pdf").data == PDF
        assert "404" in refused(lambda: guest.fetch(f"{url}/b.pdf"))[1]
    assert town.clock.waits["127.0.0.1"] == [1.0] * 7
    by = [(headers[":path"], headers["connection"]) for headers in asked]
    assert by[0][1] == by[1][1], "one connection is used for many"
    assert by[1][1] != by[2][1], "and ended where a server would go on sending what nobody wants"


@pytest.mark.parametrize(
    ("trusted", "days", "host", "reason"),
    [(False, 1, "127.0.0.1", "self-signed"), (True, -1, "127.0.0.1", "expired"), (True, 1, "127.0.0.2", "mismatch")],
)
def test_a_wrong_certificate_is_not_asked_again(
    town: Site,
    tmp_path: Path,
    names: Names,
    monkeypatch: pytest.MonkeyPatch,
    trusted: bool,
    days: int,
    host: str,
    reason: str,
) -> None:
    pem, asked = certificate(tmp_path, days), list[dict[str, str]]()
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    names.known["127.0.0.2"] = [["127.0.0.1"]]
    with over_http2(pem, {}, asked) as url, Guest(clock=town.clock, manners=manners()) as guest:
        _, said = refused(lambda: guest.fetch(f"{url.replace('127.0.0.1', host)}/a.pdf"))
    assert "the certificate of the host is not right" in said and reason in said
    assert (asked, town.clock.waits) == ([], {})


def test_what_began_by_tls_goes_on_by_tls() -> None:
    here = httpx.URL("https://kommun.example/a")
    assert str(urls.moved(here, "http://other.example:80/b")) == "https://other.example/b"
    assert "https to http" in refused(lambda: urls.moved(here, "http://other.example:8080/b"))[1]


def test_plain_http_where_tls_was_asked_for_is_not_tried_again(town: Site, guest: Guest) -> None:
    assert "no secure connection" in refused(lambda: guest.fetch(town.url.replace("http:", "https:") + "/a.pdf"))[1]
    assert town.clock.waits == {}


# Time


def test_headers_that_drip_end_with_the_time_for_all(town: Site) -> None:
    guest = Guest(clock=town.clock, manners=manners(timeouts=HASTY))

    def drip(handler: Handler) -> None:
        handler.done()
        handler.close_connection = True
        for n in range(100):
            handler.wfile.write(b"HTTP/1.1 200 OK\r\n" if n == 0 else f"X-{n}: y\r\n".encode())
            time.sleep(0.05)

    town.answers["/a.pdf"] = drip
    began = time.monotonic()
    assert "not fetched whole after 1 s" in refused(lambda: guest.fetch(f"{town.url}/a.pdf"))[1]
    assert time.monotonic() - began < 4, "a hundred headers would take five seconds"


def test_the_time_of_a_host_is_limited(town: Site) -> None:
    def slowly(handler: Handler) -> None:
        time.sleep(0.05)
        handler.answer(200, PDF)

    town.answers["/a.pdf"] = slowly
    guest = Guest(clock=town.clock, manners=manners(budget=Budget(time_s=30.0)))
    guest.fetch(f"{town.url}/a.pdf")
    host = guest._hosts.of(httpx.URL(town.url))
    assert 1.05 <= host.time_s < 30.0, "a pause, and what the answers took"
    host.time_s = 30.0
    stage, reason = refused(lambda: guest.fetch(f"{town.url}/b.pdf"))
    assert stage == "waits" and "answers and pauses took" in reason


def test_a_host_that_is_slow_to_answer_is_given_as_long(town: Site) -> None:
    def slowly(handler: Handler) -> None:
        time.sleep(0.05)
        handler.answer(200, PDF)

    town.answers["/a.pdf"] = slowly
    guest = Guest(clock=town.clock, manners=manners(pause_s=0.0))
    guest.fetch(f"{town.url}/a.pdf")
    guest.fetch(f"{town.url}/b.pdf")
    assert town.pauses[-1] >= 0.05


def test_a_host_cannot_keep_a_night_from_its_end(town: Site) -> None:
    town.answers["/robots.txt"] = ok(b"User-agent: *\nCrawl-delay: 30")
    guest = Guest(clock=town.clock, manners=manners(budget=Budget(time_s=100.0)))
    stages = []
    for n in range(5):
        try:
            guest.fetch(f"{town.url}/{n}.pdf")
            stages.append("")
        except Unreadable as unreadable:
            stages.append(unreadable.stage)
    assert stages == [""] * 4 + ["waits"]


# Addresses


@settings(max_examples=200, deadline=None)
@given(st.ip_addresses(v=4))
def test_an_ipv6_way_to_an_address_is_as_public_as_the_address(address: object) -> None:
    number = int(address)  # type: ignore[call-overload]
    told = network.is_public(str(address))
    for way in (
        f"::ffff:{address}",
        f"64:ff9b::{number >> 16:x}:{number & 0xFFFF:x}",
        f"2002:{number >> 16:x}:{number & 0xFFFF:x}::1",
    ):
        assert network.is_public(way) == told, way


def test_webhooks_go_the_same_way(names: Names) -> None:
    names.known["receiver.example"] = [["169.254.169.254"]]
    with pytest.raises(webhooks.HookError, match="private network"):
        webhooks.post("http://receiver.example/hook", b"{}", "digest-1", "secret")
