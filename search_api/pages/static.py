"""The page's own files (stil, skript): each under an address that changes with its contents, so that it may be kept."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

router = APIRouter()

_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
_KEPT = "public, max-age=31536000, immutable"


def address(name: str) -> str:
    """Where a file lies: /static/5f3c0a1b2c3d/paragraf.css."""
    return f"/static/{_files()[name][0]}/{name}"


@router.get("/static/{digest}/{name}")
def static(digest: str, name: str) -> Response:
    """A file of search_api/static; an address of an earlier version leads to the one of now, and is not kept."""
    if name not in _files():
        raise HTTPException(404, f"there is no file {name!r}")
    now, content, kind = _files()[name]
    return Response(content, media_type=kind, headers={"Cache-Control": _KEPT if digest == now else "no-cache"})


@cache
def _files() -> dict[str, tuple[str, bytes, str]]:
    """By name: a hash of the contents, the contents, and of which type they are."""
    held = {}
    for file in (files("search_api") / "static").iterdir():
        kind = _TYPES.get(file.name[file.name.rfind(".") :])
        if kind:
            content = file.read_bytes()
            held[file.name] = (sha256(content).hexdigest()[:12], content, kind)
    return held
