"""The command line (kommandoraden): `paragraf ingest`, `search`, `read` ... Each imports what it needs, and no more.

stdout carries the answer alone; what happens on the way is told on stderr.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows import holding, keeping, questions, removing, sourcing, watching
from flows.failing import FAILED, UsageError, told
from flows.options import Json

if TYPE_CHECKING:
    from flows.tally import Outcome
    from index.settings import Settings

app = typer.Typer(
    name="paragraf",
    help="Reads what Sweden's municipalities decide, and finds it again: by meaning, by word, word for word.",
    epilog='First `paragraf ingest FOLDER`, then `paragraf search "skolskjuts"`. COMMAND --help shows examples.',
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)


def example(*lines: str) -> str:
    """Examples at the foot of a command's help.

    >>> example("paragraf status", "paragraf status --json")
    'Examples:\\n\\n    paragraf status\\n\\n    paragraf status --json'
    """
    return "Examples:\n\n" + "\n\n".join(f"    {line}" for line in lines)


Strict = Annotated[bool, typer.Option("--strict", help="Exit 1 also when a paper could not be read.")]
Ocr = Annotated[
    bool | None, typer.Option("--ocr/--no-ocr", help="Read scanned pages with Tesseract; else as PARAGRAF_OCR says.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")]


@app.callback(invoke_without_command=True)
def paragraf(version: Annotated[bool, typer.Option("--version", help="Say which version this is.")] = False) -> None:
    if version:
        from importlib.metadata import version as of

        print(f"paragraf {of('paragraf')}")
        raise typer.Exit


@app.command(
    epilog=example(
        "paragraf ingest ~/Downloads/protokoll",
        "paragraf ingest 2026-06-15.pdf https://kommun.example/protokoll.pdf",
        "paragraf ingest --strict --json papers/ > outcome.json",
    )
)
@told
def ingest(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders, http(s) addresses.")],
    strict: Strict = False,
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Read papers into the record and the index.

    PDF, HTML, DOCX, Markdown and text, whatever the names end in. Run again, it reads only what is new. Every paper is
    accounted for: read, unchanged, new version, or could not be read and why.
    """
    for path in paths:
        if not _is_there(path):
            raise UsageError(f"there is no file or folder {path}")
    with _working(quiet):
        from flows import ingest as flows

        outcome = flows.ingest(paths)
    _told_outcome(outcome, strict, as_json)


@app.command(
    epilog=example(
        "paragraf nightly",
        "paragraf nightly --sources sources.toml",
        'paragraf nightly --serve --cron "0 2 * * *"',
    )
)
@told
def nightly(
    sources: Annotated[Path | None, typer.Option("--sources", help="Instead of PARAGRAF_HOME/sources.toml.")] = None,
    serve: Annotated[bool, typer.Option("--serve", help="Stay, and run on a schedule in Swedish time.")] = False,
    cron: Annotated[str, typer.Option("--cron", help="The schedule: minute hour day month weekday.")] = "0 2 * * *",
    every: Annotated[float | None, typer.Option("--every", hidden=True, help="Seconds between runs.")] = None,
    strict: Strict = False,
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Visit the configured sources once, or every night with --serve.

    The sources (folders, lists of addresses) stand in sources.toml under PARAGRAF_HOME; the README shows one. A source
    that fails does not stop the others.
    """
    from flows.sources import config

    file = sources.absolute() if sources else config.default(_settings())
    config.load(file)  # what is wrong is told before anything is started
    cron = config.checked_cron(cron)
    with _working(quiet or serve):
        from flows import nightly as flows

        if serve:
            flows.serve(str(file), cron, every)
            return
        outcome = flows.nightly(str(file))
    _told_outcome(outcome, strict, as_json)


@app.command(
    epilog=example(
        "paragraf rebuild --read",
        "paragraf rebuild --index",
        "paragraf rebuild --index --to http://localhost:6333",
    )
)
@told
def rebuild(
    read: Annotated[bool, typer.Option("--read", help="Read again what is worth another try.")] = False,
    index: Annotated[bool, typer.Option("--index", help="Make the whole index anew from the record.")] = False,
    to: Annotated[str | None, typer.Option("--to", help="With --index: move it to the Qdrant server there.")] = None,
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Read or index again what is archived. Stopped half-way, it goes on where it was.

    Read again is what an older version of Paragraf read, what could not be read because the process broke off (it
    died, hung, or ran out of memory), and, once Tesseract is installed, papers with scanned pages.
    """
    if not (read or index):
        raise UsageError("say what to rebuild: --read, --index, or both")
    if to is not None:
        if not index:
            raise UsageError("--to moves the index: paragraf rebuild --index --to URL")
        from index.settings import server

        server(to)  # what is wrong with it is told before anything is started
    with _working(quiet):
        from flows import rebuild as flows

        outcome = flows.rebuild(read, index, to)
    _told_outcome(outcome, False, as_json)


@app.command(
    epilog=example(
        "paragraf read protokoll.pdf",
        "paragraf read protokoll.pdf --json | jq '.items[].decisions[].text'",
    )
)
@told
def read(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="One paper.")],
    as_json: Json = False,
    ocr: Ocr = None,
) -> None:
    """Show what one paper says: its §§ with decisions, votes, sums and people, from the text alone."""
    from extractors.model import Unreadable
    from flows.reader import readers
    from flows.sources.folder import read_file

    settings = _settings()
    data = read_file(file)
    with readers(settings, 1, ocr) as processes:
        document = processes.read(data, str(file))
    if isinstance(document, Unreadable):
        raise document
    if as_json:
        from extractors.json import to_json

        questions.print_json(to_json(document))
    else:
        from flows.display import show_lines
        from flows.paper import lines

        show_lines(lines(document))


@app.command(
    epilog=example(
        "paragraf show protokoll.pdf",
        "paragraf show protokoll.pdf --page 3 --out page-3.png",
        "paragraf show ~/Downloads/protokoll --out report.html --open",
    )
)
@told
def show(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="One paper, or a folder of papers.")],
    page: Annotated[str | None, typer.Option("--page", help="Only this page, or these: 3, 3-5.")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Where to: NAME.html, or NAME.png of a PDF's pages.")
    ] = None,
    open_it: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    ocr: Ocr = None,
    quiet: Quiet = False,
) -> None:
    """Draw what was understood on the pages themselves: §§, decisions, votes, sums, people, and what was left out.

    One paper becomes a page of HTML, or pictures; a folder becomes a report on all its papers, with those that could
    not be read and why. Personnummer are blacked out. Without --out it is NAME.show.html where you stand.
    """
    from flows import showing

    written = showing.show(path, out, page, _settings(), ocr, quiet)
    for each in written:
        print(each)
    if open_it:
        import webbrowser

        webbrowser.open(written[0].absolute().as_uri())


app.command(epilog=example("paragraf status", "paragraf status --books --municipality Mora"))(told(holding.status))


@app.command(epilog=example("paragraf serve", "paragraf serve --port 8080 --workers 2"))
@told
def serve(
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="Port to listen on.", min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option("--workers", help="Processes that answer.", min=1, max=64)] = 1,
) -> None:
    """Answer over HTTP: the page and the API."""
    from flows import serving

    serving.serve(host, port, workers)


app.add_typer(sourcing.app, name="source")
app.add_typer(watching.app, name="watch")
app.add_typer(removing.app, name="remove")
app.command(epilog=example("paragraf backup /mnt/backup/paragraf"))(told(keeping.backup))
app.command(epilog=example("PARAGRAF_HOME=/srv/new paragraf restore /mnt/backup/paragraf"))(told(keeping.restore))
app.command(
    epilog=example(
        'paragraf search "hjälp att lämna gäng"',
        'paragraf search "skolskjuts" --municipality Ystad --outcome rejected --year 2025',
        "paragraf search ks-2021-549",
        'paragraf search "föreningsbidrag" --party V --min-kronor 100000 --sort date --json',
        "paragraf search --batch questions.jsonl --limit 10 > answers.jsonl",
    )
)(told(questions.search))
app.command(
    epilog=example(
        "paragraf similar papers/2026-06-15.pdf --item 114",
        "paragraf similar motion.pdf --json",
    )
)(told(questions.similar))
app.command(
    epilog=example(
        "paragraf export --format csv -o decisions.csv",
        "paragraf export --what amounts --format xlsx --municipality 1489 -o sums.xlsx",
        "paragraf export --format jsonl --outcome rejected --year 2025 | head",
    )
)(told(questions.export))


def _settings() -> Settings:
    from index import settings

    return settings.load()


def _is_there(path: str) -> bool:
    from flows.sources.addresses import is_address

    return is_address(path) or Path(path).exists()


def _working(quiet: bool) -> AbstractContextManager[None]:
    from flows.running import running

    return running(_settings(), quiet)


def _told_outcome(outcome: Outcome, strict: bool, as_json: bool) -> None:
    from flows.display import show_outcome

    show_outcome(outcome)
    if as_json:
        questions.print_json(outcome.to_json())
    if outcome.failed(strict):
        raise typer.Exit(FAILED)
