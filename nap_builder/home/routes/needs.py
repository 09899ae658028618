"""A need as pages show it."""

from typing import Any

from flask import url_for

from nap_builder.home.queries.need import Need


def shown(need: Need) -> dict[str, Any]:
    """A need as the list of tasks takes it."""
    href = url_for(need.endpoint, **need.parts) if need.endpoint else ""
    return {"label": need.label, "href": href, "kind": need.kind, "status": need.status, "hint": need.hint}
