"""The guest itself (gästen): pages and papers, asked for with manners. Thread-safe; one is shared by a whole run."""

from __future__ import annotations

from dataclasses import replace
from typing import Self

import httpx

from extractors.model import WAITS, Unreadable
from flows.guest import papers, urls
from flows.guest.asking import Answer, Question, ask
from flows.guest.bodies import Body
from flows.guest.clock import Clock, RealClock, SimulatedClock
from flows.guest.hosts import Hosts, host_name
from flows.guest.manners import Manners
from flows.guest.pace import Pace
from flows.guest.pages import Page, decode
from flows.guest.robots import LARGEST as LARGEST_ROBOTS
from flows.guest.robots import Robots
from flows.guest.stamps import conditions, stamp_of
from flows.sources import Fetched
from index.settings import Visits

_PAGES = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.9,*/*;q=0.5"}
_PACKED = {"Accept-Encoding": "gzip, deflate"}
_PLAIN = {"Accept-Encoding": "identity"}  # a paper is packed already, and only plain bytes can be gone on with


class Guest:
    """A guest's way to the web. `contact` is a mail address or a page, for whoever wonders who asks.

    Every way in raises Unreadable: "fetch" with what happened and what to do, "waits" where nothing more is asked of a
    host in this run (its budget, its Retry-After, its robots.txt), so that the paper waits for the next.
    """

    def __init__(
        self, contact: str | None = None, *, clock: Clock | None = None, manners: Manners | None = None
    ) -> None:
        self.manners = manners or Manners()
        self.clock = clock or RealClock()
        self._hosts = Hosts(self.manners.agent(contact), self.manners, self.clock)
        self._robots = Robots(self._hosts, self._rules, self.manners.longest_delay_s)

    @classmethod
    def of(cls, visits: Visits, contact: str | None = None, manners: Manners | None = None) -> Self:
        """As the settings tell; a contact and manners of the sources' own come before theirs."""
        manners = replace(manners or Manners(), networks=visits.networks)
        if visits.ask_all:
            manners = replace(manners, pace=Pace(rest=0))
        clock = SimulatedClock(visits.simulated_time) if visits.simulated_time else None
        return cls(contact or visits.contact, clock=clock, manners=manners)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the connections."""
        for host in self._hosts:
            host.close()

    @property
    def requests(self) -> int:
        """How many requests were made of all hosts, further tries, redirects and robots.txt included."""
        return sum(host.requests for host in self._hosts)

    def page(self, url: str, *, params: dict[str, str] | None = None) -> Page:
        """A page that lists papers; `params` are added to those of the address."""
        there = urls.checked(url)
        if params:
            there = there.copy_merge_params(params)
        return self._page(Question(there, Body(self.manners.largest_page), _PAGES | _PACKED))

    def post(self, url: str, json: object = None, *, form: dict[str, str] | None = None) -> Page:
        """The answer to JSON, or to a form, sent by POST, for platforms that list so."""
        headers = ({"Accept": "application/json"} if form is None else _PAGES) | _PACKED
        return self._page(Question(urls.checked(url), Body(self.manners.largest_page), headers, json, form))

    def fetch(self, url: str, stamp: str | None = None, *, only: tuple[str, ...] = ()) -> Fetched:
        """The bytes of a paper, None if they are still those of the stamp.

        `only` tells the formats that it may have where the address does not ("pdf", "docx", "html").
        """
        there = urls.checked(url)
        data, answer = self._paper(there, stamp)
        if data is not None and not papers.is_whole(data):
            again, answer = self._paper(there, None)
            if again is None or not (papers.is_whole(again) or again == data):
                raise Unreadable(
                    "fetch", "what the server sends is cut short, and each time elsewhere: the next run tries"
                )
            data = again  # the same once more: it is not the way here that cut it
        if data is not None:
            papers.check(data, url, only)
        return Fetched(data, stamp if data is None else stamp_of(answer.headers))

    def _page(self, question: Question) -> Page:
        answer = self._ask(question)
        data = question.body.data
        text = decode(data, answer.headers.get("Content-Type", ""))
        return Page(str(answer.url), text, data, answer.headers, self.clock.now(host_name(answer.url)))

    def _paper(self, url: httpx.URL, stamp: str | None) -> tuple[bytes | None, Answer]:
        question = Question(url, Body(self.manners.largest), _PLAIN | conditions(stamp))
        answer = self._ask(question)
        return (None if answer.status == httpx.codes.NOT_MODIFIED else question.body.data), answer

    def _ask(self, question: Question) -> Answer:
        return ask(self._hosts, question, self.manners, self.clock, lambda _, there: self._robots.check(there))

    def _rules(self, url: httpx.URL) -> str | None:
        """A robots.txt, None where there is none."""
        question = Question(url, Body(LARGEST_ROBOTS, cut=True), _PACKED)
        try:
            ask(self._hosts, question, self.manners, self.clock, _may_be_robots)
        except _NoRules:
            return None
        except Unreadable as unreadable:
            status = unreadable.details.get("status", "")
            if status.startswith(("3", "4")):  # nothing to be found, or only a login
                return None
            if status.startswith("5"):
                raise Unreadable(WAITS, unreadable.reason) from None
            raise
        return question.body.data.decode("utf-8", "replace").removeprefix("\ufeff")


class _NoRules(Exception):  # noqa: N818 - it is no error that a host has no rules
    """A robots.txt leads to somewhere else entirely, as on sites that send everything they do not know to a login."""


def _may_be_robots(first: httpx.URL, there: httpx.URL) -> None:
    """Another host's rules are not known yet while one's own are looked for: only its robots.txt may be asked."""
    if there.path != "/robots.txt" and host_name(there) != host_name(first):
        raise _NoRules
