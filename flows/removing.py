"""The commands that remove (ta bort): paragraf remove document, passage, person; what they would hide is told first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from flows.failing import UsageError, told
from flows.options import Json

if TYPE_CHECKING:
    from index.removals.meant import Meant
    from index.settings import Settings

_SHOWN = 20  # papers that are told one by one

app = typer.Typer(
    help="Remove a document, a passage or a person: at once, everywhere, and for good.",
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    epilog='Examples:\n\n    paragraf remove document https://kommun.example/protokoll.pdf --reason "skyddad adress"'
    '\n\n    paragraf remove passage 114 --page 3 --from "Sökanden uppger" --to "sedan dess" --reason "sekretess"'
    '\n\n    paragraf remove person "Namn Efternamn" --municipality Ale --reason "begärd radering"'
    "\n\n    paragraf remove --list",
)

Reason = Annotated[str, typer.Option("--reason", help="Why, for the log; without what is removed.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


@app.callback(invoke_without_command=True)
@told
def remove(
    context: typer.Context,
    list_all: Annotated[bool, typer.Option("--list", help="The log: what was removed when and why, not what.")] = False,
    as_json: Json = False,
) -> None:
    """Remove a document, a passage or a person: at once, everywhere, and for good. See docs/privacy.md."""
    if context.invoked_subcommand:
        return
    if not list_all:
        raise UsageError("say what to remove: document, passage or person; --list shows what was")
    from index.catalog import Catalog
    from index.removals import record

    with Catalog(_settings().catalog) as catalog:
        found = record.listed(catalog.engine)
    if as_json:
        from flows.questions import print_json

        print_json([each.to_json() for each in found])
        return
    for each in found:
        where = f" in {each.municipality_code}" if each.municipality_code else ""
        print(f"{each.id:>4}  {each.made_at:%Y-%m-%d}  {each.kind}{where}  {each.state}  {each.reason}")


@app.command()
@told
def document(
    named: Annotated[str, typer.Argument(metavar="SOURCE|SHA256|NUMBER", help="Its address, bytes or number.")],
    reason: Reason = "",
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Remove a document with all its versions, or, by sha256, certain bytes wherever they are listed."""
    from index.removals import meant

    _remove(lambda catalog: meant.document(catalog, named), reason, yes, as_json)


@app.command()
@told
def passage(
    named: Annotated[str, typer.Argument(metavar="DOCUMENT", help="A document that has it, as for `document`.")],
    text: Annotated[str | None, typer.Option("--text", help="The words of the passage.")] = None,
    page: Annotated[int | None, typer.Option("--page", help="Instead: the page it stands on.", min=1)] = None,
    start: Annotated[str, typer.Option("--from", help="With --page: its first words.")] = "",
    end: Annotated[str, typer.Option("--to", help="With --page: its last words.")] = "",
    reason: Reason = "",
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Remove a passage from every paper that has it, now and later; its originals go too."""
    from index.removals import meant

    if (text is None) == (page is None):
        raise UsageError("say which passage: --text WORDS, or --page N with --from WORDS and --to WORDS")
    _remove(lambda catalog: meant.passage(catalog, named, text, page, start, end), reason, yes, as_json)


@app.command()
@told
def person(
    name: Annotated[str, typer.Argument(metavar="NAME", help="First name and surname.")],
    municipality: Annotated[
        str | None, typer.Option("--municipality", help="Only from the papers of this one: code or name.")
    ] = None,
    also: Annotated[
        list[str] | None, typer.Option("--also", help="The same person written otherwise; may be repeated.")
    ] = None,
    in_office: Annotated[
        bool, typer.Option("--in-office", help="Also if papers name the person as a politician or official.")
    ] = False,
    reason: Reason = "",
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Remove a person from every paper, now and later; originals that name the person go too."""
    from index.removals import meant

    _remove(lambda catalog: meant.person(catalog, name, municipality, also or (), in_office), reason, yes, as_json)


def _remove(find: object, reason: str, yes: bool, as_json: bool) -> None:
    from flows.progress import Lines
    from index.catalog import Catalog
    from index.removals import remove as removing

    settings = _settings()
    if not reason.strip():
        raise UsageError('say why, for the log: --reason "..."')
    with Catalog(settings.catalog) as catalog:
        meant = find(catalog)  # type: ignore[operator]
        _ask(meant, yes)
        done = removing.remove(settings, catalog, meant, reason, Lines().say)
    if as_json:
        from flows.questions import print_json

        print_json(done.to_json())
        return
    print(f"removal {done.id}: {done.documents} documents, {done.kind}; {done.state}")
    if done.state != "done":
        print("it is shown nowhere; a file of the record still has it, and the next run or removal finishes that")


def _ask(meant: Meant, yes: bool) -> None:
    """Tells what would be hidden, on stderr, and asks."""
    said = [f"{len(meant.papers)} documents, {meant.places} places; {_WHAT[meant.kind]}"]
    said += [f"  {paper.told}" for paper in meant.papers[:_SHOWN]]
    said += [f"  and {len(meant.papers) - _SHOWN} more"] if len(meant.papers) > _SHOWN else []
    for line in said:
        typer.echo(line, err=True)
    if not yes and not typer.confirm("Remove this for good?", err=True):
        raise UsageError("nothing was removed")


_WHAT = {
    "document": "they go with their originals, and the same bytes or words are never taken again",
    "passage": "it is masked there and wherever it comes again; originals that have it are not kept",
    "person": "the name is masked there and wherever it comes again; originals that have it are not kept",
}


def _settings() -> Settings:
    from index import settings

    return settings.load()
