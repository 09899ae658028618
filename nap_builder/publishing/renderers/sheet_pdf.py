"""A sheet as a PDF: a short document about a plan, such as a report card, in the same child process as a plan."""

from collections.abc import Mapping
from typing import Any

from nap_builder.publishing.renderers.pdf import Limits, rendered


def render_sheet_pdf(sheet: Mapping[str, Any]) -> bytes:
    """The PDF of a sheet, which `render_sheet` describes. The same sheet gives the same bytes. Raises RenderFailed."""
    return rendered({"sheet": sheet}, Limits())
