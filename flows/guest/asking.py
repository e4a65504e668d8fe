"""One question to a host (fråga): its turn, tries for what may pass, and redirects, each a question of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import httpx

from extractors.model import Unreadable
from flows.guest import failures, urls
from flows.guest.bodies import Body
from flows.guest.clock import Clock
from flows.guest.failures import PassingError
from flows.guest.hosts import Host, Hosts
from flows.guest.manners import Manners
from flows.guest.network import within

_MOVED = {301, 302, 303, 307, 308}


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask. `body` takes the answer's; `json` or `form` is sent by POST, whose redirects are not followed."""

    url: httpx.URL
    body: Body
    headers: dict[str, str] = field(default_factory=dict)
    json: object = None
    form: dict[str, str] | None = None

    @property
    def method(self) -> str:
        return "GET" if self.json is None and self.form is None else "POST"


@dataclass(frozen=True, slots=True)
class Answer:
    """200 with the body taken, or 304; `location` where a redirect was not to be followed."""

    status: int
    url: httpx.URL
    headers: httpx.Headers
    location: str | None = None


def ask(
    hosts: Hosts, question: Question, manners: Manners, clock: Clock, may: Callable[[httpx.URL, httpx.URL], None]
) -> Answer:
    """The answer, wherever redirects lead; `may(first, there)` raises Unreadable for an address not to be asked."""
    first = question.url
    for _ in range(manners.redirects + 1):
        may(first, question.url)
        answer = _try(hosts.of(question.url), question, manners, clock)
        if answer.location is None:
            return answer
        if question.method == "POST":
            raise Unreadable("fetch", "the server sends a POST on to another address: write that one in the source")
        question = replace(question, url=urls.moved(question.url, answer.location))
    reason = f"more than {manners.redirects} redirects one after another: look at it in a browser"
    raise Unreadable("fetch", reason, {"status": str(answer.status)})


def _try(host: Host, question: Question, manners: Manners, clock: Clock) -> Answer:
    """One address until it answers, or there is no use in going on. What a failure means is settled in its turn."""
    for number, wait in enumerate((*manners.waits_s, None), 1):
        with host.turn():
            try:
                answer = _once(host, question, manners, clock)
            except PassingError as passing:
                if passing.after > manners.longest_wait_s:
                    raise host.rest(f"{passing.reason} and asks for {passing.after:.0f} s of rest") from None
                if wait is None or passing.last:
                    tries = "" if number == 1 else f" ({number} tries)"
                    raise host.failed(passing.reason + tries, passing.status) from None
                host.wait(max(wait, passing.after))
            else:
                host.gave()
                return answer
    raise AssertionError("the last wait is None")


def _once(host: Host, question: Question, manners: Manners, clock: Clock) -> Answer:
    """One request and its answer, in a turn of its host."""
    with within(manners.timeouts.whole_s):
        try:
            answer = host.send(question.method, question.url, _headers(question), question.json, question.form)
            try:
                return _taken(host, question, answer, clock)
            finally:
                if not answer.is_closed:  # what is left of it must not come before the next answer
                    host.hang_up()
                answer.close()
        except (PassingError, Unreadable):
            raise
        except Exception as error:
            host.hang_up()
            raise failures.of_error(error, manners.timeouts.whole_s) from error


def _headers(question: Question) -> dict[str, str]:
    rest = question.body.conditions()
    if not rest:
        return question.headers
    return {name: value for name, value in question.headers.items() if not name.startswith("If-")} | rest


def _taken(host: Host, question: Question, answer: httpx.Response, clock: Clock) -> Answer:
    status = answer.status_code
    if status in _MOVED:
        location = urls.location(answer.headers)
        if not location:
            raise Unreadable("fetch", f"the server answered {status} and does not say where to: tell its owner")
        host.drain(answer)
        return Answer(status, question.url, answer.headers, location)
    asked = question.headers
    if status == httpx.codes.NOT_MODIFIED and ("If-None-Match" in asked or "If-Modified-Since" in asked):
        host.drain(answer)
        return Answer(status, question.url, answer.headers)
    if status == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE and question.body.size:
        question.body.restart()
        raise PassingError("the server does not have the rest of it")
    if status == httpx.codes.OK or (status == httpx.codes.PARTIAL_CONTENT and question.body.conditions()):
        question.body.take(answer, host.count)
        return Answer(httpx.codes.OK, question.url, answer.headers)
    host.drain(answer)
    raise failures.of_status(status, answer.headers, clock.now(host.name))
