"""The API told to people (dokumentation): /docs, made of the schema, so that it tells of every route what is true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from search_api.pages.render import render
from search_api.problems import TYPES

router = APIRouter()

_LIMITS = {
    "minimum": "≥ {}", "maximum": "≤ {}", "maxLength": "≤ {} characters", "maxItems": "≤ {} values", "default": "= {}",
}  # fmt: skip
_SILENT: tuple[Any, ...] = (None, "", [], False)  # defaults that go without saying


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value is, in words; `model` is the name of the model that it is, or is made of."""

    said: str
    model: str | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """A parameter, or a field of a model."""

    name: str
    kind: Kind
    limits: str
    description: str
    required: bool


@dataclass(frozen=True, slots=True)
class Route:
    """A route: what it is for, what it takes, what it answers with."""

    method: str
    path: str
    about: list[str]
    values: list[Value]
    answers: Kind | None


@router.get("/docs", response_class=HTMLResponse)
def docs(request: Request) -> HTMLResponse:
    """The API: every route, parameter, model and problem."""
    schema = request.app.openapi()
    told = list(models(schema))
    return render(
        request, "docs.html", groups=groups(schema), models=told, problems=TYPES, version=schema["info"]["version"]
    )


def groups(schema: dict[str, Any]) -> dict[str, list[Route]]:
    """The routes by what they are of."""
    found: dict[str, list[Route]] = {}
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            group = next(iter(operation.get("tags", ())), "more")
            found.setdefault(group, []).append(_route(method, path, operation))
    return found


def models(schema: dict[str, Any]) -> Iterator[tuple[str, str, list[Value]]]:
    """The models of answers: name, what each is, its fields."""
    for name, model in sorted(schema["components"]["schemas"].items()):
        needed = model.get("required", ())
        fields = [_value(field, told, field in needed) for field, told in model.get("properties", {}).items()]
        yield name, model.get("description", ""), fields


def kind(schema: dict[str, Any]) -> Kind:
    """What a value of a schema is.

    >>> kind({"type": "array", "items": {"$ref": "#/components/schemas/Hit"}})
    Kind(said='list of Hit', model='Hit')
    >>> kind({"anyOf": [{"type": "string"}, {"type": "null"}]}).said, kind({"enum": ["a", "b"]}).said
    ('string or null', 'a, b')
    """
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return Kind(name, name)
    if "enum" in schema:
        return Kind(", ".join(map(str, schema["enum"])))
    if "anyOf" in schema:
        several = [kind(one) for one in schema["anyOf"]]
        return Kind(" or ".join(one.said for one in several), next((one.model for one in several if one.model), None))
    if schema.get("type") == "array":
        inner = kind(schema.get("items", {}))
        return Kind(f"list of {inner.said}", inner.model)
    return Kind(str(schema.get("type", "any")))


def _route(method: str, path: str, operation: dict[str, Any]) -> Route:
    about = [part.replace("\n", " ").strip() for part in operation.get("description", "").split("\n\n")]
    values = [
        _value(told["name"], told["schema"] | {"description": told.get("description", "")}, told.get("required", False))
        for told in operation.get("parameters", ())
    ]
    answer = operation["responses"].get("200", {}).get("content", {}).get("application/json", {}).get("schema")
    return Route(method.upper(), path, about, values, kind(answer) if answer else None)


def _value(name: str, schema: dict[str, Any], required: bool) -> Value:
    parts = [schema, *(one for one in schema.get("anyOf", ()) if one.get("type") != "null")]
    told = {key: part[key] for part in parts for key in _LIMITS if key in part and part[key] not in _SILENT}
    limits = ", ".join(form.format(told[key]) for key, form in _LIMITS.items() if key in told)
    return Value(name, kind(schema), limits, str(schema.get("description", "")), required)
