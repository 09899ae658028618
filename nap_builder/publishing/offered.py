"""The files of versions beside their PDFs, as pages offer them: where each is, and its size once it was made."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask import url_for

from nap_builder.kernel.languages import LazyString, _, _l, bytes_size, language_name, tag
from nap_builder.plans.models.versions import PlanVersion
from nap_builder.publishing.ledger import PLAN_TABLES, PLAN_WORKBOOK, sizes_of
from nap_builder.publishing.renderers.written import WRITTEN

LABELS: dict[str, LazyString] = {
    "docx": _l("Word file in %(language)s"),
    "html": _l("One file for phones in %(language)s"),
    "txt": _l("Plain text in %(language)s"),
}
DATA: dict[str, tuple[str, LazyString]] = {
    "csv.zip": (PLAN_TABLES, _l("Tables (CSV) with a dictionary in %(language)s")),
    "xlsx": (PLAN_WORKBOOK, _l("Spreadsheet in %(language)s")),
}
Link = dict[str, Any]
Sizes = dict[tuple[str, int, str, str], int]


def offered(versions: Sequence[PlanVersion], language: str | None = None) -> dict[int, list[Link]]:
    """The links to the public files of each version, by its row id: in one language, or in all of its plan."""
    sizes = sizes_of(versions)
    return {version.id: list(_links(version, language, sizes)) for version in versions}


def _links(version: PlanVersion, language: str | None, sizes: Sizes) -> Iterator[Link]:
    where: dict[str, Any] = {"slug": version.plan.slug, "number": version.number}
    languages = [language] if language in version.plan.languages else version.plan.languages
    for each in languages:
        for form, label in LABELS.items():
            href = url_for("publishing.version_written", form=form, written_in=each, **where)
            yield _link(label, each, href, _size(version, WRITTEN[form].kind, each, sizes))
    known = tag() if tag() in version.plan.languages else version.plan.first_language
    for form, (kind, label) in DATA.items():
        href = url_for("tables.version_tables", form=form, written_in=known, **where)
        yield _link(label, known, href, _size(version, kind, known, sizes))
    href = url_for("tables.version_tables", form="json", **where)
    yield {"label": str(_("Data for other programs")), "href": href, "note": "JSON, nap-plan/1"}


def _link(label: LazyString, language: str, href: str, size: int | None) -> Link:
    named = str(label) % {"language": language_name(language, tag())}
    return {"label": named, "href": href, "note": bytes_size(size) if size else ""}


def _size(version: PlanVersion, kind: str, language: str, sizes: Sizes) -> int | None:
    return sizes.get((version.plan.key, version.number, kind, language))
