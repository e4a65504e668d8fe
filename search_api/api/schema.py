"""The OpenAPI schema (schema): what FastAPI makes of the routes, and the problems that every route may tell."""

from __future__ import annotations

import threading
from typing import Any

from fastapi import FastAPI

from search_api.api.answers import ProblemDetails
from search_api.problems import MEDIA_TYPE

_AT = "#/components/schemas/"
_SAID = {
    "400": "A value that means nothing.",
    "404": "It is not here.",
    "422": "Input that is not understood.",
    "429": "Too many requests.",
    "503": "There is no index or record to ask.",
    "default": "Something wrong.",
}
_NOT_OURS = ("HTTPValidationError", "ValidationError")  # what FastAPI would answer


def tell(app: FastAPI) -> None:
    """Lets the application's schema tell of problems; it is made once, whichever threads ask first."""
    made, lock, known = app.openapi, threading.Lock(), list[dict[str, Any]]()

    def openapi() -> dict[str, Any]:
        with lock:
            if not known:
                known.append(_with_problems(made()))
            return known[0]

    app.openapi = openapi  # type: ignore[method-assign]


def _with_problems(found: dict[str, Any]) -> dict[str, Any]:
    problem = ProblemDetails.model_json_schema(ref_template=f"{_AT}{{model}}")
    schemas: dict[str, Any] = found.setdefault("components", {}).setdefault("schemas", {})
    schemas.update(problem.pop("$defs", {}) | {"ProblemDetails": problem})
    for name in _NOT_OURS:
        schemas.pop(name, None)
    for operations in found["paths"].values():
        for operation in operations.values():
            told = operation["responses"]
            for status, said in _SAID.items():
                ours = told.get(status, {}).get("description") if status != "422" else None
                told[status] = _problem(ours or said)
    return found


def _problem(said: str) -> dict[str, Any]:
    return {"description": said, "content": {MEDIA_TYPE: {"schema": {"$ref": f"{_AT}ProblemDetails"}}}}
