"""The environment variables, in one place (inställningar)."""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

_BYTES = re.compile(r"(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>[kmgt]?)i?b?", re.IGNORECASE)  # 2G, 1500 MB, 800000000
_UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40}
_ADDRESS = "an address such as http://localhost:6333"  # of a Qdrant server
_URL = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
PRECISIONS = ("fp32", "fp16", "int8")
BACKENDS = ("torch", "onnx")
_ORIGIN = re.compile(r"\*|https?://[a-z0-9.-]+(:\d{1,5})?", re.ASCII)  # as browsers send it
_RATE = re.compile(r"([1-9]\d{0,6})/([1-9]\d{0,4})", re.ASCII)
_COLLECTION = re.compile(r"[A-Za-z0-9_-]{1,100}")
MAIL = re.compile(r"[^\s@<>,;:\"()\\\[\]]{1,64}@[^\s@<>,;:\"()\\\[\]]{1,190}")
CONTACT = re.compile(r"[!-'*-~]+(?: [!-'*-~]+)*")  # printable ASCII without parentheses: it stands in a header's
_SHORTEST_TOKEN = 16
_SMALLEST_MEMORY = 256 << 20  # a reader with its PDF engine and lexicon does not fit in less


Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class SettingError(ValueError):
    """An environment variable with a value that means nothing: which one, and what it may be."""


@dataclass(frozen=True, slots=True)
class Server:
    """A Qdrant server, and how collections are made there: docs/search.md tells what each setting costs and gains.

    `collection` is an alias, `timeout` is in seconds, `hnsw_m` 0 is a scan without a graph.
    """

    url: str
    api_key: str | None = field(default=None, repr=False)
    collection: str = "paragraf"
    timeout: float = 30.0
    shards: int = 1
    replicas: int = 1
    hnsw_m: int = 16
    quantised: bool = True
    on_disk: bool = False


@dataclass(frozen=True, slots=True)
class Rate:
    """How many requests a client may make in so many seconds."""

    number: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Web:
    """How the web server answers strangers: docs/api.md tells what each setting is for.

    `cors` are the origins whose pages may ask the API. `shared` is a folder that the processes of one server have in
    common, made by `paragraf serve`. `log_questions` lets what was asked for stand in the logs.
    `export_rows` is how many rows a file may have.
    """

    cors: tuple[str, ...] = ()
    rate: Rate | None = Rate(600, 60)
    shared: Path | None = None
    log_questions: bool = False
    export_rows: int = 1_000_000


@dataclass(frozen=True, slots=True)
class Drawing:
    """How pages are drawn as pictures for the web: each server process draws in so many processes of its own.

    `timeout` is in seconds, for some pages of one paper (a scan takes a few seconds a page), `memory` in bytes of each
    process, `disk` in bytes of all pictures that are kept.
    """

    processes: int = 2  # a PDF that hangs holds up one of them only
    timeout: float = 30.0
    memory: int = 1 << 30
    disk: int = 512 << 20


@dataclass(frozen=True, slots=True)
class Watch:
    """How watched searches are told of: docs/watch.md tells what each setting is for.

    `token` is what who writes over HTTP must show. `private_webhooks` lets webhooks go to addresses of an own network.
    `report_to` are those who get the morning report.
    """

    smtp: str | None = field(default=None, repr=False)
    mail_from: str | None = None
    base_url: str | None = None
    token: str | None = field(default=None, repr=False)
    private_webhooks: bool = False
    report_to: tuple[str, ...] = ()

    @property
    def mails(self) -> bool:
        """Whether mails can be sent."""
        return bool(self.smtp and self.mail_from and self.base_url)


@dataclass(frozen=True, slots=True)
class Visits:
    """How other people's servers are visited: docs/sources.md tells what each setting is for.

    `networks` are private ones whose servers may be visited. `simulated_time` is a file for the waits of a rehearsal,
    in which no pause is slept. `ask_all` asks for all papers and meetings, however old, that are asked for seldom.
    """

    contact: str | None = None
    networks: tuple[Network, ...] = ()
    simulated_time: Path | None = None
    ask_all: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are kept and how much a reader may take. `read_timeout` is in seconds, `read_memory` in bytes.

    `dimension`, `precision`, `backend` and `batch` are of the model; `rerank` is how many hits the reranker reads.
    `ocr` off leaves pages without a text layer to another time: they are listed, and `rebuild --read` reads them.
    """

    home: Path
    catalog: str
    archive: str
    model: str | None = None
    dimension: int | None = None
    precision: str = "fp32"
    backend: str = "torch"
    batch: int = 32
    reranker: str | None = None
    rerank: int = 30
    server: Server | None = None
    workers: int = 2
    read_timeout: float = 300.0
    read_memory: int = 2 << 30
    ocr: bool = True
    web: Web = Web()
    watch: Watch = Watch()
    visits: Visits = Visits()
    drawing: Drawing = Drawing()

    @property
    def vectors(self) -> Path:
        """The folder of the embedded index and its generations."""
        return self.home / "vectors"


def load(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings that the environment tells, the rest by default.

    >>> load({"PARAGRAF_HOME": "/srv/paragraf", "PARAGRAF_READ_MEMORY": "1.5 GB"}).read_memory
    1610612736
    >>> load({"PARAGRAF_HOME": "/srv/paragraf"}).catalog
    'sqlite:////srv/paragraf/catalog.sqlite'
    """
    env = {name: value.strip() for name, value in (os.environ if environment is None else environment).items()}
    home = Path(env.get("PARAGRAF_HOME") or _default_home()).expanduser().absolute()
    return Settings(
        home=home,
        catalog=_url(env, "PARAGRAF_CATALOG", "an SQLAlchemy URL such as postgresql+psycopg://user@host/name")
        or f"sqlite:///{home / 'catalog.sqlite'}",
        archive=env.get("PARAGRAF_ARCHIVE") or str(home / "originals"),
        model=env.get("PARAGRAF_MODEL") or None,
        dimension=_number(env, "PARAGRAF_DIMENSION", 65_536),
        precision=_one_of(env, "PARAGRAF_PRECISION", PRECISIONS),
        backend=_one_of(env, "PARAGRAF_BACKEND", BACKENDS),
        batch=_number(env, "PARAGRAF_BATCH", 65_536) or 32,
        reranker=env.get("PARAGRAF_RERANKER") or None,
        rerank=_number(env, "PARAGRAF_RERANK", 50) or 30,  # of the 50 items that every search ranks first
        server=server(url, env) if (url := _url(env, "QDRANT_URL", _ADDRESS)) else None,
        workers=_number(env, "PARAGRAF_WORKERS", 1024) or _cores(),
        read_timeout=_seconds(env, "PARAGRAF_READ_TIMEOUT", 300.0),
        read_memory=_memory(env, "PARAGRAF_READ_MEMORY", 2 << 30),
        ocr=_switch(env, "PARAGRAF_OCR", True),
        web=_web(env),
        watch=_watch(env),
        visits=_visits(env),
        drawing=_drawing(env),
    )


def server(url: str, environment: Mapping[str, str] | None = None) -> Server:
    """The Qdrant server at an address, the rest as the environment tells.

    >>> server("http://localhost:6333", {"QDRANT_SHARDS": "3"}).shards
    3
    """
    env = {name: value.strip() for name, value in (os.environ if environment is None else environment).items()}
    collection = env.get("QDRANT_COLLECTION") or "paragraf"
    if not _COLLECTION.fullmatch(collection):
        raise SettingError(f"QDRANT_COLLECTION={collection!r} should be letters a to z, figures, hyphens and _")
    return Server(
        url=_url({"the server": url}, "the server", _ADDRESS) or url,
        api_key=env.get("QDRANT_API_KEY") or None,
        collection=collection,
        timeout=_seconds(env, "QDRANT_TIMEOUT", 30.0),
        shards=_number(env, "QDRANT_SHARDS", 1024) or 1,
        replicas=_number(env, "QDRANT_REPLICAS", 1024) or 1,
        hnsw_m=16 if (m := _number(env, "QDRANT_HNSW_M", 128, least=0)) is None else m,
        quantised=_switch(env, "QDRANT_QUANTISED", True),
        on_disk=_switch(env, "QDRANT_ON_DISK", False),
    )


def _web(env: Mapping[str, str]) -> Web:
    shared = env.get("PARAGRAF_SHARED")
    return Web(
        cors=_origins(env, "PARAGRAF_CORS"),
        rate=_rate(env, "PARAGRAF_RATE_LIMIT", Rate(600, 60)),
        shared=Path(shared).absolute() if shared else None,
        log_questions=_switch(env, "PARAGRAF_LOG_QUESTIONS", False),
        export_rows=_number(env, "PARAGRAF_EXPORT_ROWS", 1_000_000_000) or 1_000_000,
    )


def _drawing(env: Mapping[str, str]) -> Drawing:
    return Drawing(
        processes=_number(env, "PARAGRAF_PICTURE_PROCESSES", 64) or 2,
        timeout=_seconds(env, "PARAGRAF_PICTURE_TIMEOUT", 30.0),
        memory=_memory(env, "PARAGRAF_PICTURE_MEMORY", 1 << 30),
        disk=_memory(env, "PARAGRAF_PICTURE_DISK", 512 << 20, least=1 << 20),
    )


def _watch(env: Mapping[str, str]) -> Watch:
    smtp = _url(env, "PARAGRAF_SMTP", "smtp://user:password@host:587?starttls or smtps://host:465")
    if smtp and not smtp.lower().startswith(("smtp://", "smtps://")):
        raise SettingError("PARAGRAF_SMTP should begin with smtp:// or smtps://")
    base = _url(env, "PARAGRAF_BASE_URL", "where the pages are seen from outside: https://paragraf.example.se")
    sender = env.get("PARAGRAF_MAIL_FROM") or None
    if sender and not MAIL.fullmatch(sender):
        raise SettingError(f"PARAGRAF_MAIL_FROM={sender!r} should be an address such as paragraf@example.se")
    if (token := env.get("PARAGRAF_TOKEN")) and len(token) < _SHORTEST_TOKEN:
        raise SettingError(
            f"PARAGRAF_TOKEN should have at least {_SHORTEST_TOKEN} characters, so that nobody guesses it"
        )
    report_to = tuple(re.split(r"[\s,;]+", env["PARAGRAF_REPORT_TO"])) if env.get("PARAGRAF_REPORT_TO") else ()
    if wrong := next((each for each in report_to if not MAIL.fullmatch(each)), None):
        raise SettingError(f"PARAGRAF_REPORT_TO: {wrong!r} should be an address such as arkiv@example.se")
    private = _switch(env, "PARAGRAF_PRIVATE_WEBHOOKS", False)
    return Watch(smtp, sender, base.rstrip("/") if base else None, token or None, private, report_to)


def _visits(env: Mapping[str, str]) -> Visits:
    contact = env.get("PARAGRAF_CONTACT") or None
    if contact and not CONTACT.fullmatch(contact):
        raise SettingError(f"PARAGRAF_CONTACT={contact!r} should be a mail address or a page, without å, ä, ö or ( )")
    log = env.get("PARAGRAF_SIMULATED_TIME")
    networks, ask_all = _networks(env, "PARAGRAF_PRIVATE_NETWORKS"), _switch(env, "PARAGRAF_ASK_ALL", False)
    return Visits(contact, networks, Path(log).absolute() if log else None, ask_all)


def _networks(env: Mapping[str, str], name: str) -> tuple[Network, ...]:
    """Networks with blanks or commas between."""
    try:
        return tuple(ipaddress.ip_network(each) for each in re.split(r"[\s,]+", env[name])) if env.get(name) else ()
    except ValueError as error:
        raise SettingError(f"{name}: {error}; it should be networks such as 10.1.0.0/16") from None


def _default_home() -> str:
    from platformdirs import user_data_dir  # 50 ms that a set PARAGRAF_HOME need not pay

    return user_data_dir("paragraf")


def _url(env: Mapping[str, str], name: str, what: str) -> str | None:
    value = env.get(name)
    if value and not _URL.match(value):
        raise SettingError(f"{name}={value!r} is no address; it should be {what}")
    return value or None


def _cores() -> int:
    """As many as there are cores for us, at most 8."""
    return min(8, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


def _number(env: Mapping[str, str], name: str, most: int, least: int = 1) -> int | None:
    value = env.get(name)
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
        raise SettingError(f"{name}={value!r} should be a whole number from {least} to {most}")
    return int(value)


def _one_of(env: Mapping[str, str], name: str, known: tuple[str, ...]) -> str:
    """One of the known values, in any case; the first of them by default."""
    value = (env.get(name) or known[0]).lower()
    if value not in known:
        raise SettingError(f"{name}={env[name]!r} should be {' or '.join(known)}")
    return value


def _seconds(env: Mapping[str, str], name: str, default: float) -> float:
    value = env.get(name)
    if not value:
        return default
    if not re.fullmatch(r"\d+(\.\d+)?", value, re.ASCII) or not 0 < float(value) <= 86_400:
        raise SettingError(f"{name}={value!r} should be a number of seconds, above 0 and at most 86400")
    return float(value)


def _origins(env: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Origins with blanks or commas between, or "*" for all."""
    origins = tuple(re.split(r"[\s,]+", env[name])) if env.get(name) else ()
    for origin in origins:
        if not _ORIGIN.fullmatch(origin):
            raise SettingError(f"{name}: {origin!r} should be an origin such as https://www.example.se, or *")
    return origins


def _rate(env: Mapping[str, str], name: str, default: Rate) -> Rate | None:
    value = env.get(name)
    if not value:
        return default
    if value.lower() == "off":
        return None
    match = _RATE.fullmatch(value)
    if not match:
        raise SettingError(f"{name}={value!r} should be requests/seconds such as 600/60, or off")
    return Rate(int(match[1]), int(match[2]))


def _memory(env: Mapping[str, str], name: str, default: int, least: int = _SMALLEST_MEMORY) -> int:
    value = env.get(name)
    if not value:
        return default
    match = _BYTES.fullmatch(value)
    size = int(float(match["number"]) * _UNITS[match["unit"].lower()]) if match else 0
    if size < least:
        raise SettingError(f"{name}={value!r} should be a size of at least {least >> 20} MB, such as 2G or 1500 MB")
    return size


def _switch(env: Mapping[str, str], name: str, default: bool) -> bool:
    value = env.get(name)
    if not value:
        return default
    if value.lower() not in ("on", "off"):
        raise SettingError(f"{name}={value!r} should be on or off")
    return value.lower() == "on"
