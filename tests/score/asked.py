"""What is asked of each figure, and the mark of those that fall short."""

from __future__ import annotations

SHORT = "✗"

FINDS = {
    # 15 of the 16 papers of the gold: one names its municipality in a picture only
    **dict.fromkeys(("kind", "municipality", "body", "date"), 15 / 16),
    "items": 0.99,
    "item titles": 0.97,
    "item case numbers": 0.97,
    "decisions": 0.95,
    "decisions with outcome": 0.92,
    "case_numbers": 0.98,
    "amounts": 0.97,
    "people": 0.97,
    "votes": 1.0,
    "reservations": 0.95,
}
LABELS = {"§": 1.0, "case numbers": 1.0, "decisions": 0.95, "votes": 0.98, "votes that their voters add up to": 0.98}

# nDCG@10 of hybrid on the gold questions, per type; of each leg on the other tasks
SEARCH = {
    "paraphrase": 0.55, "keyword": 0.75, "fact": 0.96, "filter": 0.85, "case": 1.0, "similar": 0.82, "all": 0.74,
}  # fmt: skip
TASKS = {"dense": {"SweFAQ": 0.62}, "hybrid": {"SweFAQ": 0.72, "held-out motions": 0.85}}


def cell(figure: float, asked: float | None) -> str:
    """What is asked, as a table shows it.

    >>> cell(0.96, 0.95), cell(0.94, 15 / 16), cell(0.9374, 15 / 16), cell(0.5, None)
    ('0.95', '0.9375', '0.9375 ✗', '')
    """
    return "" if asked is None else f"{asked:.4g}" + (f" {SHORT}" if figure < asked else "")
