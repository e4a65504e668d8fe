"""Errors as problem details (RFC 9457), in the error's own words."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from index.embed import ModelError
from index.form import FormError
from index.queries import FilterError, NoIndexError, NotFoundError
from index.vectors import ServerError

MEDIA_TYPE = "application/problem+json"

# What an error is over HTTP, the narrowest first
STATUS: dict[type[Exception], int] = {
    FilterError: 400,
    NoIndexError: 503,
    ModelError: 503,
    FormError: 503,
    ServerError: 503,
    NotFoundError: 404,
}


def handle(app: FastAPI) -> None:
    """Lets the application tell our errors so."""
    for error, status in STATUS.items():
        app.add_exception_handler(error, _told(status))


def _told(status: int) -> Callable[[Request, Exception], JSONResponse]:
    def handler(request: Request, error: Exception) -> JSONResponse:
        problem = {"type": "about:blank", "status": status, "detail": str(error)}
        return JSONResponse(problem, status, media_type=MEDIA_TYPE)

    return handler
