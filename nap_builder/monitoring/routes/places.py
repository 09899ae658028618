"""Where an update is written and read: the pages that lists of updates lead to."""

from typing import Any

from flask import current_app, url_for

from nap_builder.kernel.access import can
from nap_builder.monitoring.queries.due import Due

WRITE, READ = "monitoring.update", "monitoring.one_update"


def place_of(due: Due) -> str:
    """The page of what is due: its form for who may write it now, else the update as it is written; or none."""
    writes = can("monitoring.update.write", due) or can("monitoring.update.enter", due.plan)
    slug = due.plan.slug
    if due.waits and writes:
        return _address(WRITE, slug=slug, ends=due.period.ends.isoformat(), kind=due.kind, key=due.row.key)
    return _address(READ, slug=slug, key=due.update.key) if due.update else ""


def _address(endpoint: str, **parts: Any) -> str:
    return url_for(endpoint, **parts) if endpoint in current_app.view_functions else ""
