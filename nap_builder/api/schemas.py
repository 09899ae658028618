"""The shapes of the open data, as JSON Schema. What a list of the program may hold is drawn from that list."""

from collections.abc import Iterable
from typing import Any

from nap_builder.consultations.names import KINDS as CONSULTATION_KINDS
from nap_builder.consultations.names import ROUNDS
from nap_builder.consultations.window import STATES
from nap_builder.monitoring.progress.names import ACTIVITY_STATUSES, STATUSES
from nap_builder.plans.names import MISSING
from nap_builder.reports.names import KINDS as REPORT_KINDS

PLAN_FORMAT = "nap-plan-1"
Shape = dict[str, Any]
TEXT: Shape = {"type": "object", "additionalProperties": {"type": "string"}}
STRING: Shape = {"type": "string"}
ADDRESS: Shape = {"type": "string", "format": "uri"}
DAY: Shape = {"type": "string", "format": "date"}
MOMENT: Shape = {"type": "string", "format": "date-time"}
COUNT: Shape = {"type": "integer", "minimum": 0}
HASH: Shape = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
FIGURE: Shape = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
PAGES: Shape = {"type": "object", "additionalProperties": ADDRESS, "description": "A page by language."}


def _object(**members: Shape) -> Shape:
    return {
        "type": "object",
        "required": list(members),
        "additionalProperties": False,
        "properties": members,
    }


def _or_null(shape: Shape) -> Shape:
    return {"anyOf": [shape, {"type": "null"}]}


def _one_of(names: Iterable[str]) -> Shape:
    return {"enum": list(names)}


def _many(shape: Shape) -> Shape:
    return {"type": "array", "items": shape}


def _format(name: str) -> Shape:
    return {"$ref": f"#/components/schemas/{PLAN_FORMAT}.{name}"}


def _numbers(names: Iterable[str] | None = None) -> Shape:
    if names is None:
        return {"type": "object", "additionalProperties": COUNT}
    return {"type": "object", "additionalProperties": False, "properties": dict.fromkeys(names, COUNT)}


DOCUMENT = _object(kind=_one_of(["pdf"]), language=STRING, size=COUNT, pages=COUNT, sha256=HASH, href=ADDRESS)
CELL = _object(
    of={"type": "object", "additionalProperties": STRING},
    value=_or_null(FIGURE),
    missing=_or_null(_one_of(MISSING)),
)
STANDING = _object(name=STRING, status=_one_of(STATUSES), period_ends=_or_null(DAY), value=_or_null(FIGURE))
REPORT_FIGURES = _object(
    activities=_numbers(ACTIVITY_STATUSES),
    total=COUNT,
    good=COUNT,
    good_before=_or_null(COUNT),
    groups=_numbers(),
    objectives=_object(met=COUNT, all=COUNT),
    indicators=_numbers(STATUSES),
)

COMPONENTS: dict[str, Shape] = {
    "Problem": {
        "type": "object",
        "required": ["type", "title", "status"],
        "properties": {"type": STRING, "title": STRING, "status": {"type": "integer"}, "detail": STRING},
    },
    "Start": _object(plans=ADDRESS, consultations=ADDRESS, reports=ADDRESS, openapi=ADDRESS),
    "Description": {"type": "object", "required": ["openapi", "info", "paths"]},
    "Plan": _object(
        slug=STRING,
        title=TEXT,
        country=STRING,
        starts=_format("when"),
        ends=_format("when"),
        languages=_many(STRING),
        version=COUNT,
        links=_object(
            self=ADDRESS,
            versions=ADDRESS,
            nap_plan=ADDRESS,
            indicators=ADDRESS,
            values=ADDRESS,
            milestones=ADDRESS,
            pages=PAGES,
        ),
    ),
    "Version": _object(
        plan=STRING,
        number=COUNT,
        frozen_at=MOMENT,
        published_at=MOMENT,
        sha256=HASH,
        documents=_many(DOCUMENT),
        links=_object(self=ADDRESS, nap_plan=ADDRESS, pages=PAGES),
    ),
    "Indicator": _object(
        code=STRING,
        under=STRING,
        stated=_format("indicator"),
        judged_on=_or_null(DAY),
        series=_many(STANDING),
        links=_object(self=ADDRESS, values=ADDRESS),
    ),
    "Value": _object(
        indicator=STRING,
        series=STRING,
        period_starts=_or_null(DAY),
        period_ends=DAY,
        value=_or_null(FIGURE),
        numerator=_or_null(FIGURE),
        denominator=_or_null(FIGURE),
        text=_or_null(TEXT),
        missing=_or_null(_one_of(MISSING)),
        counted=_or_null(FIGURE),
        expected=_or_null(FIGURE),
        quality=_one_of(["verified", "provisional", "estimate"]),
        corrects={"type": "boolean"},
        source=_or_null(TEXT),
        note=_or_null(TEXT),
        cells=_many(CELL),
    ),
    "Milestone": _object(
        code=STRING,
        under=STRING,
        stated=_format("milestone"),
        progress=_or_null(_object(met={"type": "boolean"}, days_late=COUNT)),
    ),
    "Consultation": _object(
        key=STRING,
        plan=STRING,
        title=TEXT,
        kind=_one_of(CONSULTATION_KINDS),
        state=_one_of(STATES),
        starts=_or_null(DAY),
        ends=_or_null(DAY),
        place=_or_null(TEXT),
        contributions=COUNT,
        answered=COUNT,
        round=_or_null(_one_of(ROUNDS)),
        with_whom=_many(STRING),
        version=_or_null(COUNT),
        participants={"type": "object", "additionalProperties": _or_null(COUNT)},
        summary=_or_null(TEXT),
        agenda=_or_null(TEXT),
        links=_object(self=ADDRESS, pages=PAGES),
    ),
    "Report": _object(
        plan=STRING,
        kind=_one_of(REPORT_KINDS),
        period_starts=DAY,
        period_ends=DAY,
        judged_on=DAY,
        published_at=MOMENT,
        languages=_many(STRING),
        figures=REPORT_FIGURES,
        links=_object(self=ADDRESS, pages=PAGES),
    ),
}
