"""What the rows that an import names are called."""

from nap_builder.kernel.languages import _
from nap_builder.plans.names import ROWS, named


def row_name(ref: str) -> str:
    """A row for people: Activity 1.1.2. Sections and paragraphs, whose keys nobody reads, by their kind alone."""
    kind, _colon, name = ref.partition(":")
    called = named(ROWS, kind)
    if kind in ("plan", "task_force", "section", "paragraph", "policy_review"):
        return called
    return _("%(kind)s %(code)s", kind=called, code=name)
