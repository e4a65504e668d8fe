"""Generations of the embedded index (generationer): folders that are whole and never change.

    vectors/CURRENT          the name of the generation that readers open
    vectors/generations/7    a whole one; the last two stay
    vectors/generations/8.part   one in the making, or what a killed sync left
    vectors/lock             held by the one sync that runs
    vectors/urgent           held by who must be next, as a removal: a sync that runs gives way

The pointer moves in one rename, so a reader sees the old generation or the new one and nothing between.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

KEPT = 2
_NEVER_CHANGED = "items"  # a folder of files that are written anew and not over (items/gather.py): half of an index


class BusyError(RuntimeError):
    """Another sync runs."""


@contextlib.contextmanager
def lock(root: Path, wait: bool = True, urgent: bool = False) -> Iterator[None]:
    """Only one sync at a time; the lock falls with the process that holds it. Raises BusyError if it is not to wait.

    Who is `urgent` comes before all who wait, and who has the lock is asked to give way (`is_wanted`).
    """
    root.mkdir(parents=True, exist_ok=True)
    with (root / "lock").open("w") as file, (root / "urgent").open("w") as first:
        if wait:
            fcntl.flock(first, fcntl.LOCK_EX if urgent else fcntl.LOCK_SH)
        if not urgent:
            fcntl.flock(first, fcntl.LOCK_UN)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError as error:
            raise BusyError(f"another sync of {root} runs") from error
        yield


def is_wanted(root: Path) -> bool:
    """Whether somebody urgent waits for the lock."""
    with (root / "urgent").open("w") as first:
        try:
            fcntl.flock(first, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


def current(root: Path) -> Path | None:
    """The folder of the generation to read, None if there is none."""
    try:
        name = (root / "CURRENT").read_text().strip()
    except FileNotFoundError:
        return None
    return folder(root, name) if name else None


def folder(root: Path, name: str) -> Path:
    """The folder of a generation by name."""
    return root / "generations" / name


def begin(root: Path, copy: bool = True) -> Path:
    """The path of the next generation while it is in the making; with a copy of the current one in it, if asked.

    Hold the lock. Without a copy the folder is yet to be made.
    """
    clean(root)
    all_of_them = root / "generations"
    all_of_them.mkdir(parents=True, exist_ok=True)
    numbers = [int(path.name) for path in all_of_them.iterdir() if path.name.isdigit()]
    part = all_of_them / f"{max(numbers, default=0) + 1}.part"
    now = current(root)
    if copy and now is not None:
        _copy(now, part)
    return part


def finish(root: Path, part: Path) -> Path:
    """Makes a generation that is whole and closed the current one, and lets go of those too old."""
    _settle(part)
    whole = part.with_suffix("")
    part.rename(whole)
    _settle_folder(whole.parent)
    pointer = root / "CURRENT.new"
    with pointer.open("w") as file:
        file.write(whole.name)
        file.flush()
        os.fsync(file.fileno())
    pointer.replace(root / "CURRENT")
    _settle_folder(root)
    clean(root)
    return whole


def clean(root: Path, kept: int = KEPT) -> None:
    """Removes what killed syncs left, and every generation but the last ones, of which so many stay. Hold the lock.

    A folder goes by another name first: whoever opens it meanwhile gets all of it or an error, never a part.
    """
    now = current(root)
    all_of_them = root / "generations"
    if not all_of_them.exists():
        return
    whole = sorted((path for path in all_of_them.iterdir() if path.name.isdigit()), key=lambda path: int(path.name))
    older = [path for path in whole if now is not None and int(path.name) < int(now.name)]
    stay = {now, *older[max(0, len(older) - kept + 1) :]}
    for path in [path for path in all_of_them.iterdir() if path not in stay]:
        gone = path.with_name(f"{path.name.removesuffix('.gone')}.gone")
        if gone != path:
            shutil.rmtree(gone, ignore_errors=True)  # of an earlier try
            path.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)


def _copy(source: Path, target: Path) -> None:
    """A copy that keeps holes: a plain one of a 37 MB index took 192 MB. What is never changed is shared."""
    target.mkdir()
    for path in source.iterdir():
        if path.name == _NEVER_CHANGED:
            shutil.copytree(path, target / path.name, copy_function=_shared)
        else:
            _copy_whole(path, target / path.name)


def _shared(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # not every file system can
        shutil.copy2(source, target)


def _copy_whole(source: Path, target: Path) -> None:
    tool = shutil.which("cp")
    sparse = ["--sparse=always", "--reflink=auto"]
    if tool and subprocess.run([tool, "-a", *sparse, str(source), str(target)], capture_output=True).returncode == 0:
        return
    if source.is_file():
        shutil.copy2(source, target)
        return
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)


def _settle(folder: Path) -> None:
    """Everything in the folder is on the disk."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
    _settle_folder(folder)


def _settle_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
