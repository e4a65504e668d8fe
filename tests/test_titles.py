"""What links to papers are called: the day, the kind and the key that are made of it."""

from __future__ import annotations

import pytest

from flows.sources import keys, titles


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("Protokoll KF 260204", "2026-02-04"),
        ("20240221_protokoll_kf.pub.pdf", "2024-02-21"),
        ("KF Protokoll 260204[1].signerad.pub.pdf", "2026-02-04"),
        ("protokoll-kommunfullmaktige-27-januari-2026", "2026-01-27"),
        ("Protokoll 2026-02-25, justerat 2026-03-04", "2026-02-25"),
        ("Justerat den 2026-03-04: protokoll från 2026-02-25", "2026-02-25"),
        ("Kommunstyrelsen 10-11 juni 2025", "2025-06-10"),  # of two days the first
        ("protokoll-skapad-von-2026-02-20-092808", "2026-02-20"),  # nothing tells that "skapad" is of the day
        ("Protokoll 4 februari", None),  # a year is not guessed
        ("Dnr 2026-00412", None),
        ("Protokoll § 12-14 2026", None),
    ],
)
def test_the_day_in_a_title(title: str, day: str | None) -> None:
    assert titles.day(title) == day


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Kommunfullmäktiges protokoll 2026-05-04 §§ 45-90", "protocol"),
        ("protokol kf", "protocol"),
        ("Protokoll KF, §§ 22-23", "protocol_extract"),
        ("Omedelbart justerat protokoll", "protocol_extract"),
        ("Protokollsanteckning (SD)", "other"),
        ("Bevis om anslag: protokoll KS", "other"),
        ("Svar på motion om gång- och cykelväg", "statement"),
        ("svar-pa-motion-om-cykelvag".replace("-", " "), "statement"),
        ("Motion och idrott i skolan", None),
        ("Handlingar KF", None),
        ("Närvaro och omröstning", "other"),
    ],
)
def test_the_kind_in_a_title(title: str, kind: str | None) -> None:
    assert titles.kind(title) == kind


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/p.pdf", "http://A.example/p.pdf#sida=3"),
        ("https://a.example/p;jsessionid=1?x=1", "https://a.example/p;jsessionid=2?x=1"),
        ("https://a.example/Bilaga%20%C3%A4.pdf", "https://a.example/Bilaga ä.pdf"),
        ("https://a.example/p?x=1&ts=17", "https://a.example/p?x=1&ts=18"),
        (
            "https://a.example/download/18.a1b/1708594001234/P.pdf",
            "https://a.example/download/18.a1b/1718594001234/P.pdf",
        ),
    ],
)
def test_one_paper_has_one_key(one: str, other: str) -> None:
    assert keys.key_of(one) == keys.key_of(other)


def test_other_papers_have_other_keys() -> None:
    urls = [
        f"https://a.example/{path}" for path in ("p?id=1", "p?id=2", "P?id=1", "p?v=1", "p", "p?tsid=1", "p?tsid=2")
    ]
    assert len({keys.key_of(url) for url in urls}) == len(urls)
