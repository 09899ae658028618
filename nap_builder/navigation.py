"""Menus, cut to what a person may do: each entry carries its action, so none leads to a refusal."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, g, request, url_for

from nap_builder.consultations.queries.public import any_announced
from nap_builder.kernel.access import can
from nap_builder.kernel.actor import actor
from nap_builder.kernel.languages import LazyString, _l
from nap_builder.monitoring.queries.published import published_period
from nap_builder.plans.policy import MINISTRIES
from nap_builder.reports.queries.reports import any_published
from nap_builder.taskforce import queries as taskforce
from nap_builder.taskforce.colours import sheet
from nap_builder.taskforce.identity import chosen, crest_mark, fingerprint, shades
from nap_builder.taskforce.models import Installation


@dataclass(frozen=True)
class Entry:
    """A menu entry: where it leads and the action it needs. `within` are endpoints that belong to it."""

    label: LazyString
    endpoint: str
    action: str
    within: tuple[str, ...] = ()


READINESS = (
    *("readiness.ready", "readiness.check", "readiness.except", "readiness.count", "readiness.gate"),
    *("readiness.pass", "readiness.overlap"),
)
HELP = Entry(_l("Help"), "home.help", "accounts.doors")
MAIN = (
    Entry(_l("Home"), "home.home", "home.read"),
    Entry(
        _l("Plans"),
        "plans.overview",
        "plans.draft.read",
        (
            *("plans.", "home.workspace", "home.task", "home.save_task", "taskforce.", "meetings.", "commitments."),
            *(
                "monitoring.",
                "consultations.",
                "reports.",
                "support.",
                "exchange.",
                "publishing.",
                "parliament.",
                "starting.",
                "adoption.",
                *READINESS,
            ),
        ),
    ),
    Entry(_l("People"), "accounts.people", "accounts.people.read"),
    Entry(_l("Audit trail"), "oversight.audit", "oversight.audit.read"),
    Entry(
        _l("Settings"),
        "oversight.settings",
        "oversight.settings.read",
        ("readiness.threshold", "readiness.save_threshold", "identity."),
    ),
    HELP,
)
OWN = Entry(_l("My commitments"), "home.my", "home.read")
THE_PLAN = Entry(
    _l("The plan"),
    "home.front",
    "accounts.doors",
    ("publishing.published", "publishing.activity", "publishing.verify", "feed."),
)
PROGRESS = Entry(_l("Progress"), "monitoring.progress", "accounts.doors", ("monitoring.",))
CONSULTATION = Entry(_l("Consultation"), "consultations.announced", "accounts.doors", ("consultations.",))
PARLIAMENT = Entry(
    _l("Parliament"),
    "parliament.parliament",
    "publishing.plan.read",
    ("parliament.tabled",),
)
REPORTS = Entry(_l("Reports"), "reports.published", "accounts.doors", ("reports.",))
OVERVIEW = (
    *("home.task", "home.save_task", "plans.settings", "plans.save_settings", "plans.following"),
    *(
        "plans.save_following",
        "plans.mechanism",
        "plans.save_mechanism",
        "plans.undo",
        "publishing.paper",
        "exchange.",
        "starting.",
    ),
)
TASK_FORCE = (
    *("plans.task_force", "plans.edit_task_force", "plans.save_task_force", "plans.list_inst", "plans.ministry"),
    *("plans.add_machinery", "plans.save_new_machinery", "plans.edit_machinery", "plans.save_machinery", "support."),
)
MATRIX = (
    *("plans.activity", "plans.edit_activity", "plans.save_activity", "plans.add_row", "plans.edit_row"),
    *("plans.save_row", "plans.save_new_row", "plans.save_held_row", "plans.add_money", "plans.edit_money"),
    *("plans.save_money", "plans.save_new_money", "plans.framework", "plans.unled", "plans.move", "plans.save_move"),
    *("plans.archive", "plans.save_archive", "plans.bulk_", "plans.save_bulk_", "plans.mandates", "plans.add_mandate"),
)
MEASURES = (
    *("plans.indicator", "plans.add_indicator", "plans.edit_indicator", "plans.save_indicator", "plans.figure"),
    *("plans.save_new_indicator", "plans.save_figure", "plans.milestone", "plans.add_milestone"),
    *("plans.edit_milestone", "plans.save_milestone", "plans.save_new_milestone", "plans.standard_indicators"),
)
COSTS = ("plans.new_rate", "plans.add_rate", "plans.edit_rate", "plans.save_rate")
TEXT = (
    *("plans.section", "plans.edit_section", "plans.save_section", "plans.new_section", "plans.add_section"),
    *("plans.new_photograph", "plans.add_photograph", "plans.edit_photograph", "plans.save_photograph"),
    *("plans.confirm_archive_section", "plans.add_paragraph", "plans.write_paragraph", "plans.paragraph_history"),
    *("plans.preview", "plans.split", "plans.confirm_erase_photograph"),
)
HOUSE = (
    *("parliament.save_rhythm", "parliament.add", "parliament.save_new", "parliament.entry", "parliament.edit"),
    *("parliament.correct", "parliament.withdraw", "parliament.restore", "parliament.keep", "parliament.reopen"),
    *("parliament.pack", "parliament.make_pack"),
)
HEARD = ("consultations.", "publishing.heard_", "publishing.make_heard_pdf")
WORKSPACE = (
    Entry(_l("Overview"), "home.workspace", "plans.draft.read", OVERVIEW),
    Entry(_l("Text"), "plans.sections", "plans.draft.read", TEXT),
    Entry(_l("Results matrix"), "plans.matrix", "plans.draft.read", MATRIX),
    Entry(_l("Commitments"), "commitments.board", "plans.draft.read", ("commitments.",)),
    Entry(_l("Indicators"), "plans.indicators", "plans.draft.read", MEASURES),
    Entry(_l("Costs"), "plans.costs", "plans.draft.read", COSTS),
    Entry(_l("Task force"), "plans.task_force", "plans.draft.read", TASK_FORCE),
    Entry(_l("Meetings"), "meetings.meetings", "plans.draft.read", ("meetings.",)),
    Entry(_l("Consultation"), "consultations.consultations", "consultations.record.read", HEARD),
    Entry(_l("Readiness"), "readiness.ready", "plans.draft.read", READINESS),
    Entry(_l("Progress"), "monitoring.dashboard", "plans.draft.read", ("monitoring.",)),
    Entry(_l("Reports"), "reports.all_reports", "plans.draft.read", ("reports.",)),
    Entry(_l("Parliament"), "parliament.record", "plans.draft.read", HOUSE),
    Entry(
        _l("Versions"),
        "publishing.versions",
        "plans.draft.read",
        ("publishing.freeze", "publishing.draft", "publishing.editions", "publishing.make_edition", "adoption."),
    ),
)


def prepare(app: Flask) -> None:
    """Gives every page its menus and the State's name."""

    @app.context_processor
    def shared() -> dict[str, Any]:
        state = taskforce.installation()
        return {
            "navigation": [_link(entry) for entry in _main() if can(entry.action)],
            "state_name": state.state_name if state else None,
            "service_name": state.service_name if state else None,
            "crest_href": _crest(state),
            "theme_href": _theme(state),
            "demo": app.config["NAP"].demo,
        }

    @app.template_global()
    def workspace_navigation(plan: Any) -> list[dict[str, Any]]:
        return [_link(entry, slug=plan.slug) for entry in WORKSPACE if can(entry.action, plan)]


def _crest(state: Installation | None) -> str | None:
    return url_for("identity.crest", mark=crest_mark(state)) if state and state.crest else None


def _theme(state: Installation | None) -> str | None:
    colours = shades(chosen(state))
    return url_for("identity.theme", mark=fingerprint(sheet(colours))) if colours else None


def _main() -> tuple[Entry, ...]:
    """The main menu: those who may not read drafts find the published plan where others find the plans, and those
    who speak for an institution what it is asked for.
    """
    if not actor().signed_in:
        return (THE_PLAN, *_published(), HELP)
    if actor().roles & MINISTRIES:
        return (MAIN[0], OWN, *MAIN[1:])
    return MAIN if can("plans.draft.read") else (MAIN[0], THE_PLAN, *_published(), *MAIN[1:])


def _published() -> tuple[Entry, ...]:
    """The ways to consultations, progress and reports, once there are some or on their own; parliament’s always."""
    here = request.endpoint or ""
    asked = (CONSULTATION,) if here.startswith(CONSULTATION.within) or any_announced(actor()) else ()
    period = published_period()
    progress = (PROGRESS,) if period or here.startswith(PROGRESS.within) else ()
    reports = (REPORTS,) if here.startswith(REPORTS.within) or (period and any_published(period.plan_id)) else ()
    return (*asked, *progress, *reports, PARLIAMENT)


def _link(entry: Entry, **parts: Any) -> dict[str, Any]:
    here = request.endpoint or ""
    current = here == entry.endpoint or here.startswith(entry.within)
    return {"label": entry.label, "href": url_for(entry.endpoint, **parts), "current": current and "error" not in g}
