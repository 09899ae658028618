"""The doors of what was heard and what was done, for everybody."""

from typing import Any

from flask import Response, g, request, url_for

from nap_builder.consultations import heard_words as said
from nap_builder.consultations.models.records import Consultation
from nap_builder.consultations.queries import matrix as queries
from nap_builder.consultations.queries.responses import answering_plan, answering_plans, public_consultation_at
from nap_builder.consultations.queries.stages import public_stages
from nap_builder.consultations.routes.blueprint import PUBLIC, rooms
from nap_builder.consultations.routes.heard import MATRIX_WORDS, STAGE_WORDS, wanted_matrix
from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.csv_files import csv_file
from nap_builder.kernel.web import page
from nap_builder.plans.models.plan import Plan

ALL = f"{PUBLIC}/responses"
ONE = f"{PUBLIC}/<key:key>/responses"


@rooms.get(ALL)
@requires("accounts.doors")
def all_responses() -> str:
    """What was heard and done in all public consultations of a plan: the one that is asked for, or the newest."""
    plans = answering_plans()
    plan = answering_plan(plans, request.args.get("plan", ""))
    if plan is None:
        return page("consultations/heard/no_responses.html")
    others = [(one, url_for("consultations.all_responses", plan=one.slug)) for one in plans if one is not plan]
    return _page(plan, None, others)


@rooms.get(f"{ALL}.csv")
@requires("accounts.doors")
def all_responses_file() -> Any:
    """The same as a CSV file, with all columns."""
    plan = answering_plan(answering_plans(), request.args.get("plan", ""))
    lines = queries.public_matrix(plan) if plan else []
    return _file(f"{plan.slug if plan else 'plan'}-responses.csv", lines)


@rooms.get(ONE)
@requires("consultations.responses.read", on=public_consultation_at)
def responses(consultation: Consultation) -> str:
    """What was heard in one public consultation, and what was done."""
    return _page(consultation.plan, consultation, [])


@rooms.get(f"{ONE}.csv")
@requires("consultations.responses.read", on=public_consultation_at)
def responses_file(consultation: Consultation) -> Response:
    """The same as a CSV file, with all columns."""
    lines = [line for line in queries.public_matrix(consultation.plan) if line.source.key == consultation.key]
    return _file(f"{consultation.plan.slug}-{consultation.code}-responses.csv", lines)


def _page(plan: Plan, consultation: Consultation | None, others: list[tuple[Plan, str]]) -> str:
    g.personal = actor().signed_in
    form, wanted = wanted_matrix()
    lines = queries.public_matrix(plan)
    if consultation is not None:
        lines = [line for line in lines if line.source.key == consultation.key]
    given = {"key": consultation.key} if consultation else {"plan": plan.slug}
    endpoint = "consultations.responses" if consultation else "consultations.all_responses"
    return page(
        "consultations/heard/responses.html",
        plan=plan,
        consultation=consultation,
        lines=[line for line in lines if wanted.takes(line)],
        sums=queries.sums(lines),
        stage_lines=[] if consultation else public_stages(plan),
        others=others,
        form=form,
        here=url_for(endpoint, **given),  # type: ignore[arg-type]
        file=url_for(f"{endpoint}_file", **given),  # type: ignore[arg-type]
        decisions=said.decisions(),
        **MATRIX_WORDS,
        **STAGE_WORDS,
    )


def _file(name: str, lines: list[queries.Line]) -> Response:
    return csv_file(name, *said.table(lines, staff=False))
