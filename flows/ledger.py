"""The books on a terminal (böckerna): a table of years, and below each what is not here and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.table import Table
from rich.text import Text

from flows.display import console
from index.books import Account, model

SHOWN = 20  # papers of an account that are told one by one
_SIGNS = {
    model.HELD: "+", model.LACKS: "x", model.OVERDUE: "!", model.DUE: ".", model.PLANNED: "o", model.CANCELLED: "-",
    model.UNKNOWN: "?",
}  # fmt: skip
_TOLD = {
    model.HELD: "protocol held", model.LACKS: "protocol listed and not here", model.OVERDUE: "protocol overdue",
    model.DUE: "protocol may take its time", model.PLANNED: "planned", model.CANCELLED: "cancelled",
    model.UNKNOWN: "unknown whether it took place",
}  # fmt: skip


def show_books(accounts: Sequence[Account]) -> None:
    """Every account: how many meetings came to what, how many papers, what was expected, what lacks."""
    out = console()
    if not accounts:
        out.print("The books are empty: no source has listed anything of this. Begin with: paragraf nightly")
        return
    table = Table(box=None, pad_edge=False)
    for name in ("source", "body", "year", "meetings", "papers"):
        table.add_column(name, overflow="fold")
    for account in accounts:
        place = " · ".join(filter(None, (account.municipality, account.body))) or "-"
        table.add_row(account.source, place, str(account.year or "-"), _meetings(account), _papers(account))
    out.print(table)
    for account in accounts:
        for line in _lines(account):
            out.print(Text(line), soft_wrap=True)
    out.print(Text("; ".join(f"{sign} {_TOLD[outcome]}" for outcome, sign in _SIGNS.items()), "dim"), soft_wrap=True)


def _meetings(account: Account) -> str:
    told = " ".join(f"{number}{_SIGNS[outcome]}" for outcome, number in account.outcomes.items())
    return told if account.tells_meetings else f"{told} (the source lists none)".strip()


def _papers(account: Account) -> str:
    return ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in account.counts.items() if number)


def _lines(account: Account) -> Iterator[str]:
    """What is not as it should be: protocols overdue, papers that lack, expectations."""
    lacking = account.lacking
    overdue = [meeting.date for meeting in account.meetings if meeting.outcome == model.OVERDUE]
    missed = [one for one in account.expected if one.state in ("below", "above")]
    if not (lacking or overdue or missed):
        return
    yield f"{account.source}, {account.body or 'body not told'} {account.year or ''}:".replace(" :", ":")
    if overdue:
        yield f"    protocol overdue: {', '.join(overdue)}"
    for one in missed:
        (least, most), (low, high) = one.got, one.expected
        yield f"    {one.what.replace('_', ' ')}: {least} to {most}, expected {low} to {high}"
    for paper in lacking[:SHOWN]:
        yield f"    {paper.state}: {paper.name}" + (f" ({paper.reason})" if paper.reason else "")
    if len(lacking) > SHOWN:
        yield f"    and {len(lacking) - SHOWN} more; --json lists all"
