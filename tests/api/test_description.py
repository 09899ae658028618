"""What the description of the open data says is so: it is asked for by a program that believes it (schemathesis)."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from nap_builder.api import openapi
from tests.api.conftest import Published

pytestmark = pytest.mark.sqlite_only("the shape of an answer is made of what both databases answer alike")
DESCRIPTION = f"{openapi.ROOT}/openapi.json"
TRIES = settings(
    max_examples=12,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def test_every_address_of_the_data_is_described(app: Flask):
    rules = [rule.rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("api.")]
    assert {re.sub(r"<(?:[^>]*:)?(\w+)>", r"{\1}", rule) for rule in rules} == {
        f"{openapi.ROOT}{path}" for path in openapi.PATHS
    }


def test_the_description_is_valid(app: Flask):
    schemathesis.openapi.from_wsgi(DESCRIPTION, app).validate()


def test_every_answer_is_as_it_is_described(app: Flask, published: Published, switched_on: None):
    real = published.parts
    described = schemathesis.openapi.from_wsgi(DESCRIPTION, app)
    statuses: dict[str, set[int]] = {}
    for found in described.get_all_operations():
        one = found.ok()
        statuses[one.path] = set(asked(one, real))
    assert {path: seen for path, seen in statuses.items() if 200 not in seen} == {}
    assert {400, 404} <= statuses[f"{openapi.ROOT}/plans"]
    assert set(statuses) == {f"{openapi.ROOT}{path}" for path in openapi.PATHS} - {DESCRIPTION}


def asked(one: Any, real: dict[str, Any]) -> Iterator[int]:
    """Asks for one address of what is there, and then in many ways that it should take or not; what came of it."""
    seen: list[int] = []

    def ask(case: Any) -> None:
        answer = case.call(headers={"Accept-Encoding": "identity"})  # what asks here without a network unpacks nothing
        seen.append(answer.status_code)
        case.validate_response(answer)

    @TRIES
    @given(case=one.as_strategy(generation_mode=GenerationMode.POSITIVE))
    def ask_for_what_is_there(case: Any) -> None:
        ask(with_parts(case, real))

    @TRIES
    @given(case=st.one_of(*(one.as_strategy(generation_mode=mode) for mode in GenerationMode)))
    def ask_for_anything(case: Any) -> None:
        ask(case)

    ask_for_what_is_there()
    ask_for_anything()
    return iter(seen)


def with_parts(case: Any, real: dict[str, Any]) -> Any:
    """A question about what is there; of its pages the first, as a list of one has no other."""
    case.path_parameters = {name: real[name] for name in case.path_parameters or {}}
    case.query = {name: value for name, value in (case.query or {}).items() if name != "page"}
    return case
