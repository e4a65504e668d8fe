"""Errors as problem details (RFC 9457), in the error's own words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.types import Scope

from index.catalog import CatalogError
from index.embed import ModelError
from index.form import FormError
from index.queries import FilterError, NoIndexError, NotFoundError
from index.rowfiles import TooManyRowsError
from index.vectors import ServerError

MEDIA_TYPE = "application/problem+json"
_MOST = 2_000  # characters of a detail

# Each type of problem: its title, and what to do about it. /docs shows the table; the names stay.
TYPES: dict[str, tuple[str, str]] = {
    "bad-value": ("A value that means nothing", "The detail lists the values that do, or shows how to write them."),
    "bad-cursor": ("A cursor that cannot be used", "Ask again without it; cursors are taken from `next`, unchanged."),
    "bad-input": ("Input that is not understood", "`errors` tells what is wrong, and in which parameter."),
    "not-found": ("Not found", "The address, or what it names, is not here."),
    "bad-method": ("Method not allowed", "The header Allow lists the methods that are."),
    "too-large": ("Too large a body", "Send less."),
    "too-long": ("Too long an address", "Send fewer or shorter values."),
    "too-many": ("Too many requests", "Wait for as many seconds as Retry-After says."),
    "too-many-rows": ("More rows than a file may have", "Filter more, or take years one by one."),
    "unavailable": ("Not available now", "The detail tells what the one who runs the server should do."),
    "internal": ("Something broke", "Tell the one who runs the server the id of the request."),
}
_BY_STATUS = {400: "bad-value", 404: "not-found", 405: "bad-method", 422: "bad-input", 503: "unavailable"}

# What an error is over HTTP, the narrowest first
STATUS: dict[type[Exception], tuple[str, int]] = {
    FilterError: ("bad-value", 400),
    TooManyRowsError: ("too-many-rows", 413),
    NoIndexError: ("unavailable", 503),
    ModelError: ("unavailable", 503),
    FormError: ("unavailable", 503),
    ServerError: ("unavailable", 503),
    CatalogError: ("unavailable", 503),
    NotFoundError: ("not-found", 404),
}


@dataclass(eq=False)
class Problem(Exception):  # noqa: N818 - what is told, and not only what is raised
    """Something wrong, of one of the types above; a route may raise it. `more` is told beside the usual."""

    name: str
    status: int
    detail: str
    more: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def response(self, scope: Scope) -> Response:
        """As an answer to a request."""
        title = TYPES[self.name][0] if self.name in TYPES else HTTPStatus(self.status).phrase
        told = {
            "type": f"/docs#{self.name}" if self.name in TYPES else "about:blank",
            "title": title,
            "status": self.status,
            "detail": self.detail[:_MOST],
            "request_id": scope.get("state", {}).get("request_id"),
        }
        headers = {"Cache-Control": "no-store", **self.headers}
        return JSONResponse(told | dict(self.more), self.status, headers, MEDIA_TYPE)


# How a problem is told in another way than as problem details, if it is
Otherwise = Callable[[Request, Problem], Response | None]


def handle(app: FastAPI, otherwise: Otherwise | None = None) -> None:
    """Lets the application tell all errors so, or `otherwise`: as a page."""
    for error, told in STATUS.items():
        app.add_exception_handler(error, _telling(partial(_of_ours, told), otherwise))
    app.add_exception_handler(Problem, _telling(lambda error: error, otherwise))
    app.add_exception_handler(HTTPException, _telling(_of_http, otherwise))
    app.add_exception_handler(RequestValidationError, _telling(_of_input, otherwise))
    app.add_exception_handler(OperationalError, _telling(_of_record, otherwise))


def _telling(
    problem: Callable[[Any], Problem], otherwise: Otherwise | None
) -> Callable[[Request, Exception], Response]:
    def handler(request: Request, error: Exception) -> Response:
        told = problem(error)
        return (otherwise and otherwise(request, told)) or told.response(request.scope)

    return handler


def _of_ours(told: tuple[str, int], error: Exception) -> Problem:
    return Problem(*told, str(error))


def _of_http(error: HTTPException) -> Problem:
    """What routing itself refuses: an unknown address, a method that is not there."""
    said = "there is nothing at this address" if error.status_code == 404 else str(error.detail)
    name = _BY_STATUS.get(error.status_code, "")
    return Problem(name, error.status_code, said, headers=error.headers or {})


def _of_input(error: RequestValidationError) -> Problem:
    """Every parameter that was refused, without repeating what it held."""
    errors = [{"at": ".".join(map(str, one["loc"]))[:100], "detail": str(one["msg"])} for one in error.errors()]
    said = "; ".join(f"{one['at']}: {one['detail']}" for one in errors)
    return Problem("bad-input", 422, said, {"errors": errors[:20]})


def _of_record(error: OperationalError) -> Problem:
    return Problem("unavailable", 503, "the record does not answer; the logs of its database tell why")
