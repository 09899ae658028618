"""Where updates are written and read: the pages that lists of them lead to."""

from typing import Any

from flask import url_for

from nap_builder.kernel.access import can
from nap_builder.monitoring.models import OPEN, ProgressUpdate
from nap_builder.monitoring.queries.due import Due, subject_of
from nap_builder.monitoring.queries.written import is_hidden


def place_of(subject: Due | ProgressUpdate) -> dict[str, Any]:
    """The parts of the address of what is due, or of what an update is about."""
    row = subject.row if isinstance(subject, Due) else subject_of(subject)
    ends = subject.period.ends.isoformat()
    return {"slug": subject.plan.slug, "ends": ends, "kind": row.__tablename__, "key": row.key}


def form_of(subject: Due | ProgressUpdate) -> str:
    """The form in which who acts now may go on writing what is due, or an update; empty where there is none.

    Who does not report for the institution may enter what it said, but never what it writes itself.
    """
    update = subject.update if isinstance(subject, Due) else subject
    if update is not None and update.is_open_correction:
        return url_for("monitoring.update", **place_of(subject)) if can("monitoring.update.correct", update) else ""
    waits = subject.waits if isinstance(subject, Due) else not subject.counts and subject.period.state == OPEN
    if waits and can("monitoring.update.write", subject):
        return url_for("monitoring.update", **place_of(subject))
    enters = waits and not (update and update.is_its_own) and can("monitoring.update.enter", subject)
    return url_for("monitoring.enter", **place_of(subject)) if enters else ""


def page_of(due: Due) -> str:
    """The page of what is due: its form while it waits for who acts now, else what counts as it is written; or none."""
    update = due.stands or due.update
    if due.waits and (form := form_of(due)):
        return form
    readable = update is not None and not is_hidden(update)
    return url_for("monitoring.one_update", slug=due.plan.slug, key=update.key) if update and readable else ""
