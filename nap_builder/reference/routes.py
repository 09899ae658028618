"""The doors of the reference data: for everybody, since nothing in it is a State's own."""

from typing import Any

from flask import Blueprint

from nap_builder.kernel.access import requires
from nap_builder.kernel.web import page, sought
from nap_builder.reference import queries
from nap_builder.reference.entries import Guidance, Term
from nap_builder.reference.names import KINDS, REPORTERS

rooms = Blueprint("reference", __name__)


@rooms.get("/help/guidance")
@requires("accounts.doors")
def guidance() -> str:
    """How each part of a plan and each kind of row is written."""
    return page("reference/guidance.html", parts=queries.parts(), kinds=queries.kinds_of_row(), kind_names=KINDS)


@rooms.get("/help/indicators")
@requires("accounts.doors")
def indicators() -> str:
    """The indicators that many States report on."""
    return _found("reference/indicators.html", queries.search_indicators(sought()))


@rooms.get("/help/mandates")
@requires("accounts.doors")
def mandates() -> str:
    """What the resolutions, conventions and recommendations ask of a State."""
    return _found("reference/mandates.html", queries.search_mandates(sought()))


@rooms.get("/help/terms")
@requires("accounts.doors")
def terms() -> str:
    """The words of the field, explained."""
    return _found("reference/terms.html", queries.search_terms(sought()))


@rooms.get("/help/background")
@requires("accounts.doors")
def background() -> str:
    """The themes and areas of the plans of action, what each sector of government does, and figures on peacekeeping."""
    return page(
        "reference/background.html",
        themes=queries.themes(),
        areas=queries.areas(),
        sectors=queries.sectors(),
        series=queries.series(),
    )


def _found(template: str, entries: list[Any]) -> str:
    return page(template, entries=entries, sought=sought(), reporters=REPORTERS)


@rooms.app_template_global()
def guide(kind: str) -> Guidance:
    """How a kind of row is written, for the page on which one is."""
    return queries.kinds_of_row()[kind]


@rooms.app_template_global()
def words_for(kind: str) -> list[Term]:
    """The words of the field that a page about a kind of row uses."""
    return queries.terms_for(kind)
