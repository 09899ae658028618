"""The description of the open data in OpenAPI 3.1, put together from the lists that the program itself uses."""

import json
from functools import cache
from typing import Any

from nap_builder.api.answers import MOST, USUAL
from nap_builder.api.schemas import COMPONENTS, PLAN_FORMAT
from nap_builder.kernel.open_data import PROBLEM
from nap_builder.kernel.open_data import ROOT as OPEN_DATA
from nap_builder.plans.schema import SCHEMA
from nap_builder.reports.names import KINDS

VERSION = "1.0.0"
ROOT = f"{OPEN_DATA}/v1"
Data = dict[str, Any]
CODE = r"^[^\s/\\?#%<>\"']{1,32}$"
SLUG = "^[A-Za-z0-9][A-Za-z0-9-]{0,63}$"
PARTS: dict[str, Data] = {
    "slug": {"schema": {"type": "string", "pattern": SLUG}, "description": "The short name of a plan."},
    "number": {
        "schema": {"type": "integer", "minimum": 0, "maximum": 999_999_999},
        "description": "The number of a version.",
    },
    "code": {"schema": {"type": "string", "pattern": CODE}, "description": "The code of an indicator."},
    "key": {"schema": {"type": "string", "pattern": SLUG}, "description": "The key of a consultation."},
    "ends": {"schema": {"type": "string", "format": "date"}, "description": "The last day of a reporting period."},
    "kind": {"schema": {"enum": list(KINDS)}, "description": "The kind of a report."},
}
XML = "application/xml"
PAGING = ("page", "per_page")
# Each address: what it is for, the shape of its answer, and whether that is one item of a list.
PATHS: dict[str, tuple[str, str, bool]] = {
    "": ("What there is, and where", "Start", False),
    "/openapi.json": ("This description", "Description", False),
    "/plans": ("The plans with a published version, the one that stands first", "Plan", True),
    "/plans/{slug}": ("One plan", "Plan", False),
    "/plans/{slug}/versions": ("The published versions of a plan, the newest first", "Version", True),
    "/plans/{slug}/versions/{number}": ("One published version", "Version", False),
    "/plans/{slug}/versions/{number}/nap-plan.json": (
        "The frozen bytes of a version in nap-plan/1",
        PLAN_FORMAT,
        False,
    ),
    "/plans/{slug}/indicators": ("The indicators of a plan and how they stand", "Indicator", True),
    "/plans/{slug}/indicators/{code}": ("One indicator", "Indicator", False),
    "/plans/{slug}/indicators/{code}/values": ("The published figures of one indicator", "Value", True),
    "/plans/{slug}/values": ("The published figures of all indicators of a plan", "Value", True),
    "/plans/{slug}/iati.xml": ("The results framework as IATI 2.03, where the State publishes it", XML, False),
    "/plans/{slug}/milestones": ("The milestones of a plan and whether they are met", "Milestone", True),
    "/consultations": ("The consultations that everybody may know of", "Consultation", True),
    "/consultations/{key}": ("One consultation", "Consultation", False),
    "/reports": ("The published reports, those of the newest period first", "Report", True),
    "/reports/{ends}/{kind}": ("One published report", "Report", False),
}
ABOUT = (
    "What the public pages show of national action plans on women, peace and security, as data. Everything is "
    "read-only and needs no token. Texts are objects of one string per language tag (BCP 47), or, where a plan says "
    "so, one string in its first language; figures are decimal strings; moments are in UTC. What is not published is "
    "not here, and small numbers of people are null. Ask again with If-None-Match to learn whether anything changed."
)


def document(server: str) -> Data:
    """The description, for an installation at an address."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "NAP Builder: open data",
            "version": VERSION,
            "description": ABOUT,
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": [{"url": server}],
        "security": [],
        "paths": {f"{ROOT}{path}": _path(path) for path in PATHS},
        "components": {"schemas": {**COMPONENTS, **_plan_format()}},
    }


def _path(path: str) -> Data:
    says, shape, many = PATHS[path]
    parts = [name for name in PARTS if f"{{{name}}}" in path]
    name = path.strip("/").replace("/", "-").replace("{", "").replace("}", "").replace(".", "-") or "start"
    get: Data = {"operationId": name, "summary": says, "responses": _answers(shape, parts, many=many)}
    if parameters := [_part(one) for one in parts] + [_paging(one) for one in PAGING if many]:
        get["parameters"] = parameters
    return {"get": get}


def _part(name: str) -> Data:
    return {"name": name, "in": "path", "required": True, **PARTS[name]}


def _paging(name: str) -> Data:
    whole: Data = {"type": "integer", "minimum": 1}
    if name == "per_page":
        whole |= {"maximum": MOST, "default": USUAL}
    else:
        whole |= {"maximum": 100_000, "default": 1}
    return {"name": name, "in": "query", "required": False, "schema": whole}


def _answers(shape: str, parts: list[str], *, many: bool) -> Data:
    schema = _list_of(shape) if many else {"$ref": f"#/components/schemas/{shape}"}
    content: Data = {XML: {}} if shape == XML else {"application/json": {"schema": schema}}
    headers: Data = {"ETag": {"schema": {"type": "string"}, "required": True}}
    if many:
        headers["Link"] = {
            "schema": {"type": "string"},
            "required": True,
            "description": "The first, last, next and previous page (RFC 8288).",
        }
    found = {"description": "It", "headers": headers, "content": content}
    answers: Data = {"200": found, "304": {"description": "Nothing changed since the ETag that was named"}}
    if many:
        answers["400"] = _fault("A question that cannot be read")
    if many or parts:
        answers["404"] = _fault("There is no such thing, or it is not public")
    return answers


def _fault(says: str) -> Data:
    return {"description": says, "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}}


def _list_of(shape: str) -> Data:
    whole = {"type": "integer", "minimum": 0}
    return {
        "type": "object",
        "required": ["items", "page", "pages", "total"],
        "additionalProperties": False,
        "properties": {
            "items": {"type": "array", "items": {"$ref": f"#/components/schemas/{shape}"}},
            **dict.fromkeys(("page", "pages", "total"), whole),
        },
    }


@cache
def _plan_format() -> Data:
    """The schema of nap-plan/1, its definitions put beside the others under its own name."""
    said = json.dumps(SCHEMA).replace('"#/$defs/', f'"#/components/schemas/{PLAN_FORMAT}.')
    whole = json.loads(said)
    inner = {f"{PLAN_FORMAT}.{name}": shape for name, shape in whole.pop("$defs").items()}
    return {PLAN_FORMAT: {name: value for name, value in whole.items() if name not in ("$id", "$schema")}, **inner}
