"""Every platform against a town of ours, served as the platform would: what is listed, fetched, and told when odd."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from flows.guest import Guest
from index.listed import Listed, Meeting
from tests.towns import Meeting as Held
from tests.towns import Paper, Town
from tests.towns.files import published
from tests.towns.server import Towns, served
from tests.visiting import ALE, parts, source, visitor

OF_MEETINGS = ("meetingsplus", "ciceron", "html", "sitevision", "netpublicator", "evolution", "insyn")
OURS = (*OF_MEETINGS, "sitemap", "feed")
CALLED = {("sitevision", "Kallelse")}  # a link that says no more than what its column does
TODAY = date(2026, 6, 20)
BODIES = ("Kommunfullmäktige", "Kommunstyrelsen", "Barn- och utbildningsnämnden")
TITLES = {
    "protocol": "Protokoll {body} {day}",
    "protocol_extract": "Protokollsutdrag {body} {day} § {number}",
    "agenda": "Kallelse {body} {day}",
    "statement": "Tjänsteutlåtande {number} om gång- och cykelväg",
    "motion": "Motion {number} om badplats",
}


def town(platform: str, seed: int) -> Town:
    """A town by chance, the same for a seed: meetings of three years, some without papers, one cancelled."""
    chance = random.Random(f"{platform} {seed}")
    meetings = []
    for number, day in enumerate(sorted(chance.sample(range(-900, 30), chance.randint(3, 12)))):
        body = chance.choice(BODIES)
        held = Held(f"m{number}", body, (TODAY + timedelta(days=day)).isoformat(), "held" if day < 0 else "planned")
        kinds = chance.sample(sorted(TITLES), chance.randint(0, 5)) if day < 0 else ["agenda"]
        held.papers = [_paper(platform, held, number, kind, chance) for kind in kinds]
        meetings.append(held)
    meetings.append(Held("cancelled", BODIES[0], "2026-03-02", "cancelled"))
    twice = Held("twice", BODIES[1], "2026-05-11")
    for number, kind in enumerate(("statement", "statement", "protocol")):
        twice.papers.append(replace(_paper(platform, twice, 90, kind, chance), key=f"twice/{number}", published=True))
        twice.papers[-1] = replace(twice.papers[-1], data=twice.papers[-1].data.replace(b"twice", b"twice%d" % number))
    return Town(str(1400 + seed), "Granby", platform, [*meetings, twice])


def _paper(platform: str, held: Held, number: int, kind: str, chance: random.Random) -> Paper:
    title = TITLES[kind].format(body=held.body, day=held.date, number=number)
    data = f"%PDF-1.7\n% {held.key} {title}\n%%EOF\n".encode()
    if platform in ("feed", "html", "sitemap") and chance.random() < 0.4:
        data = (
            f"<!DOCTYPE html><html><body><h1>{held.key} {title}</h1><p>§ 1 Val av justerare</p></body></html>".encode()
        )
    uploaded = f"{held.date}T{chance.randint(10, 20)}:00:00"
    return Paper(f"{held.key}/{kind}", kind, title, data, uploaded, chance.random() < 0.8)


@pytest.fixture(scope="module")
def towns() -> Iterator[Towns]:
    with served(*(town(platform, seed) for platform in OURS for seed in range(1, 4))) as all_of_them:
        yield all_of_them


@pytest.fixture
def guest() -> Iterator[Guest]:
    with visitor(TODAY) as made:
        yield made


def all_of(towns: Towns, platform: str) -> list[Town]:
    return [town for town in towns.towns if town.platform == platform]


@pytest.mark.parametrize("platform", OURS)
def test_every_published_paper_is_listed_once_and_fetched(towns: Towns, guest: Guest, platform: str) -> None:
    for town in all_of(towns, platform):
        visited = source(town, guest)
        papers, meetings, troubles = parts(visited)
        assert troubles == []
        fetched = {listed.key: visited.fetch(listed, None).data for listed in papers}
        expected = {_core(paper.data): (held, paper) for held in town.meetings for paper in published(held)}
        assert Counter(_core(data) for data in fetched.values()) == Counter(dict.fromkeys(expected, 1))
        by_key = {meeting.key: meeting for meeting in meetings}
        for listed in papers:
            held, paper = expected[_core(fetched[listed.key])]
            assert listed.title == paper.title or platform == "sitemap" or (platform, listed.title) in CALLED
            assert listed.municipality == ALE
            assert listed.kind == paper.kind
            if listed.date is None and platform == "sitevision":
                assert paper.kind in ("motion", "statement")  # in a folder of a year nothing tells of which meeting
            elif platform in OF_MEETINGS:
                assert (listed.body, listed.date) == (held.body, held.date)
                assert listed.meeting and by_key[listed.meeting].date == held.date
                assert by_key[listed.meeting].body == held.body


def _core(data: bytes | None) -> bytes:
    """A paper's bytes without what a page adds at each answer."""
    return (data or b"").partition(b"<input")[0].replace(b"</body></html>", b"")


@pytest.mark.parametrize("platform", [name for name in OF_MEETINGS if name != "sitevision"])  # its folders have none
def test_every_meeting_is_told_with_its_state(towns: Towns, guest: Guest, platform: str) -> None:
    for town in all_of(towns, platform):
        _, meetings, _ = parts(source(town, guest))
        told = Counter((meeting.body, meeting.date, meeting.state) for meeting in meetings)
        assert told == Counter((held.body, held.date, held.state) for held in town.meetings)
        order = [found.key if isinstance(found, Meeting) else found.meeting for found in source(town, guest).listing()]  # type: ignore[union-attr]
        firsts = {key: order.index(key) for key in order}
        told_first = {found.key for found in source(town, guest).listing() if isinstance(found, Meeting)}
        assert set(firsts) == told_first  # no paper lies under a meeting that was not told


@pytest.mark.parametrize("platform", OURS)
def test_the_same_listing_twice(towns: Towns, guest: Guest, platform: str) -> None:
    for town in all_of(towns, platform):
        first, second = (list(source(town, guest).listing()) for _ in range(2))
        assert [replace(one, url="") for one in first] == [replace(one, url="") for one in second]  # type: ignore[type-var]
        keys = [one.key for one in first if isinstance(one, Listed)]
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize("platform", OURS)
def test_another_night_fetches_what_changed_and_no_more(towns: Towns, guest: Guest, platform: str) -> None:
    changed = 0
    for town in all_of(towns, platform):
        visited = source(town, guest)
        stamps = {listed.key: visited.fetch(listed, None).stamp for listed in parts(visited)[0]}
        held = next(held for held in town.meetings if held.key == "twice")
        before = held.papers[-1]
        data = before.data.replace(b"%%EOF", b"% again\n%%EOF").replace(b"</h1>", b" again</h1>")
        held.papers[-1] = replace(before, data=data, uploaded="2026-06-19T10:00:00")
        guest.clock.day = TODAY + timedelta(days=15)  # type: ignore[attr-defined]
        again = parts(visited)[0]
        assert {listed.key for listed in again} == set(stamps)
        fresh = [found for listed in again if (found := visited.fetch(listed, stamps[listed.key])).data is not None]
        assert [_core(found.data) for found in fresh] == [_core(data)]
        changed += 1
        held.papers[-1] = before
        guest.clock.day = TODAY  # type: ignore[attr-defined]
    assert changed == 3
