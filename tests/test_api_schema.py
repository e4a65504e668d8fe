"""The API holds to its own schema: schemathesis asks every route what the schema allows, and what it does not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.python import asgi
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from search_api.app import create_app
from search_api.state import State
from tests.serving import held
from tests.tiny import of_case, paper

# Not `positive_data_acceptance`: a municipality, a body or a cursor may be any text for the schema, and most are none
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance,
    response_headers_conformance, negative_data_rejection, unsupported_method,
]  # fmt: skip
EXAMPLES = 6  # of each route, of what the schema allows and of what it does not
PAPERS = (
    paper("juni", "Avgift för skolskjuts\nNämnden höjer avgifterna.", "Cykelväg\nEn cykelväg byggs."),
    of_case("motion", "Motion om hundrastgård\nHundar ska få springa lösa.", "KS 2026/126", kind="motion"),
)


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> State:
    return held(tmp_path_factory.mktemp("home"), *PAPERS)


@pytest.fixture(scope="module")
def asking(state: State) -> Iterator[Any]:
    """A session with an application that runs for as long as the module's tests."""
    with asgi.get_client(create_app(state)) as client:
        yield client


@pytest.fixture(scope="module")
def api_schema(state: State) -> Any:
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", create_app(state))


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_routes_hold_to_the_schema(api_schema: Any, asking: Any, mode: GenerationMode) -> None:
    asked = set()
    for result in api_schema.get_all_operations():
        operation = result.ok()
        asked.add(operation.path)
        if mode is GenerationMode.NEGATIVE and not list(operation.iter_parameters()):
            continue  # there is nothing to get wrong

        @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy(generation_mode=mode))
        def hold(case: Any) -> None:
            response = case.call(session=asking)
            too_long = response.status_code == 414  # a refusal that schemathesis does not count as one
            checks = [check for check in CHECKS if not (too_long and check is negative_data_rejection)]
            case.validate_response(response, checks=checks)

        hold()
    assert {"/api/v1/search", "/api/v1/documents/{id}", "/api/v1/items/{id}", "/health"} <= asked
