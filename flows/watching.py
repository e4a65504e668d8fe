"""The commands that watch (bevaka): paragraf watch add, list, remove, send."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from flows import options
from flows.failing import AnswerError, UsageError, told
from flows.options import Json, filters, one_of

if TYPE_CHECKING:
    from index.settings import Settings

app = typer.Typer(
    help="Watch a search: tell somebody of what is new, by e-mail or webhook, after every night.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    epilog='Examples:\n\n    paragraf watch add "skolskjuts" --municipality Ystad --mail anna@example.se\n\n'
    "    paragraf watch add --outcome rejected --webhook https://example.se/hook\n\n    paragraf watch list",
)


@app.command()
@told
def add(
    query: Annotated[str, typer.Argument(metavar="[QUERY]", help="Words, a question, a case number.")] = "",
    mail: Annotated[str | None, typer.Option("--mail", help="The e-mail address that is told.")] = None,
    webhook: Annotated[str | None, typer.Option("--webhook", help="The http(s) address that is told, as JSON.")] = None,
    language: Annotated[
        str, typer.Option("--language", help="Of the mails: sv, en.", callback=one_of(lambda: ("sv", "en")))
    ] = "sv",
    confirmed: Annotated[
        bool, typer.Option("--confirmed", help="The address has agreed: no mail asks it to confirm.")
    ] = False,
    municipality: options.Municipality = None,
    kind: options.Kind = None,
    body: options.Body = None,
    party: options.Party = None,
    person: options.Person = None,
    outcome: options.Outcome = None,
    year: options.Year = None,
    date_from: options.From = None,
    date_to: options.To = None,
    min_kronor: options.MinKronor = None,
    max_kronor: options.MaxKronor = None,
    case: options.Case = None,
) -> None:
    """Watch a search for an e-mail address, which is asked to confirm it, or for a webhook."""
    from index.asking.filters import Filters
    from index.asking.query import Query
    from index.catalog import Catalog
    from index.watching import subscriptions
    from index.watching.searches import in_words, kept

    if (mail is None) == (webhook is None):
        raise UsageError("say who is told: --mail ADDRESS or --webhook URL")
    asked = filters(
        municipality=municipality, kind=kind, body=body, party=party, person=person, outcome=outcome, year=year,
        date_from=date_from, date_to=date_to, min_kronor=min_kronor, max_kronor=max_kronor, case=case,
    )  # fmt: skip
    settings = _settings()
    search = kept(Query(query, Filters(**asked)))
    with Catalog(settings.catalog) as catalog:
        channel, address = ("mail", mail) if mail is not None else ("webhook", webhook or "")
        made = subscriptions.add(settings, catalog.engine, channel, address, search, language, confirmed)
    print(f"{made.id}  {made.state}  {in_words(search)}")
    if webhook:
        print(f"signed with {subscriptions.Secrets(settings.home).signing(made.id, made.created_at)}")
    elif not confirmed:
        print("`paragraf watch send` asks the address to confirm; so do `paragraf serve` and the next night")


@app.command("list")
@told
def list_all(as_json: Json = False) -> None:
    """Everything that is watched, and what waits to be sent."""
    from index.catalog import Catalog
    from index.watching import outbox, subscriptions
    from index.watching.searches import in_words

    with Catalog(_settings().catalog) as catalog:
        troubles = outbox.troubles(catalog.engine)
        found = subscriptions.listed(catalog.engine)
    if as_json:
        from flows.questions import print_json

        print_json([
            {
                "id": each.id, "state": each.state, "channel": each.channel, "address": each.address,
                "search": each.search, "created_at": each.created_at.isoformat(), "end_reason": each.end_reason,
                "trouble": troubles.get(each.id),
            }
            for each in found
        ])  # fmt: skip
        return
    for each in found:
        why = each.end_reason or troubles.get(each.id)
        rest = f"  ({why})" if why else ""
        print(f"{each.id:>4}  {each.state:<11}  {each.address}  {in_words(each.search)}{rest}")


@app.command()
@told
def remove(id: Annotated[int, typer.Argument(metavar="ID", help="As `paragraf watch list` shows it.", min=1)]) -> None:
    """End a subscription: nothing more is sent."""
    from index.catalog import Catalog
    from index.watching import subscriptions

    with Catalog(_settings().catalog) as catalog:
        if not subscriptions.end(catalog.engine, id, "it was removed"):
            raise UsageError(f"there is no subscription {id} that goes on; `paragraf watch list` shows them")


@app.command()
@told
def send() -> None:
    """Tell of what is new now, as the night does after its sync; and what could not be sent before."""
    from flows.bench import one_at_a_time
    from flows.progress import Lines
    from flows.watch import tell
    from index.catalog import Catalog

    settings, progress = _settings(), Lines()
    with one_at_a_time(settings.home, progress), Catalog(settings.catalog) as catalog:
        done = tell(settings, catalog, progress)
    print(f"{done.sent} sent, {done.refused} refused, {done.waiting} waiting")
    if done.refused or done.waiting:
        raise AnswerError("not everything was sent; the next run tries again")


def _settings() -> Settings:
    from index import settings

    return settings.load()
