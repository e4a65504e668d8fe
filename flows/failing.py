"""What is told when something goes wrong: one line with what to do, and an exit code; PARAGRAF_DEBUG=1 shows where."""

from __future__ import annotations

import errno
import functools
import os
import sys
from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

FAILED, MISUSED, INTERRUPTED = 1, 2, 130
_OURS = (  # errors whose message is made for people; by name, so that none of their modules is imported for it
    "AnswerError", "ArchiveError", "BackupError", "BusyError", "CatalogError", "ConfigError", "EngineError",
    "FormError", "ModelError", "NoIndexError", "NotFoundError", "RemovalError", "ServerError", "SettingError",
    "SubscriptionError", "SyncError", "TooManyRowsError", "Unreadable",
)  # fmt: skip
_MISUSE = (
    "ConfigError", "FilterError", "NoIndexError", "NotFoundError", "QueryError", "SettingError", "SubscriptionError",
    "UsageError",
)  # fmt: skip


def told(command: Callable[P, R]) -> Callable[P, R]:
    """A command whose errors end in a sentence and an exit code."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except BrokenPipeError:  # the reader of our answer has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise SystemExit(0) from None
        except KeyboardInterrupt:
            fail("interrupted; run it again and it goes on where it was", INTERRUPTED)
        except Exception as error:
            if os.environ.get("PARAGRAF_DEBUG") or type(error).__module__.split(".")[0] in ("typer", "click"):
                raise
            fail(*explain(error))
        raise AssertionError("fail() does not return")

    return run


def fail(message: str, code: int = FAILED) -> None:
    """Ends the command: a line on stderr, and its exit code."""
    print(f"paragraf: {message}", file=sys.stderr, flush=True)
    raise SystemExit(code)


class AnswerError(RuntimeError):
    """Some of what was asked for could not be answered."""


class UsageError(ValueError):
    """Something asked for that cannot be: what, and what can."""


def explain(error: BaseException) -> tuple[str, int]:
    """The sentence and the exit code for an error.

    >>> explain(OSError(28, "No space left on device"))
    ('the disk is full: make room and run it again, it goes on where it was', 1)
    >>> explain(UsageError("no paper has § 9; it has § 1, § 2"))
    ('no paper has § 9; it has § 1, § 2', 2)
    """
    name = type(error).__name__
    if is_full(error):
        return "the disk is full: make room and run it again, it goes on where it was", FAILED
    if name in _MISUSE:
        return str(error), MISUSED
    if name in _OURS:
        return str(error), FAILED
    if away := _is_away(error):
        return f"{away} does not answer any more ({_one_line(error)}): run it again, it goes on where it was", FAILED
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}", FAILED
    return f"{_one_line(error)} (PARAGRAF_DEBUG=1 shows where)", FAILED


def is_full(error: BaseException | None) -> bool:
    """Whether an error, or what it came from, says that the disk is full.

    >>> is_full(OSError(28, "No space left on device")), is_full(OSError(13, "Permission denied"))
    (True, False)
    """
    while error is not None:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            return True
        if "database or disk is full" in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def _is_away(error: BaseException) -> str | None:
    """Which of the servers that we lean on is gone, if that is what an error says. Those we visit are never raised."""
    module, name = type(error).__module__.partition(".")[0], type(error).__name__
    if module in ("httpx", "prefect"):
        return "Prefect's server"
    return (
        "the catalog's database" if module == "sqlalchemy" and name in ("OperationalError", "InterfaceError") else None
    )


def _one_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines() or ["no reason given"]
    return f"{type(error).__name__}: {lines[0][:300]}"
