"""Asking for the PDFs of a version and of its editions, which are made in the background."""

from collections.abc import Sequence
from typing import Any

from flask import url_for

from nap_builder.kernel.actor import actor
from nap_builder.kernel.jobs import Job, enqueue
from nap_builder.kernel.languages import tag
from nap_builder.plans.models.versions import PlanVersion
from nap_builder.plans.queries.versions import PUBLIC
from nap_builder.publishing.edition import FOR_PARLIAMENT, Which
from nap_builder.publishing.jobs import issue_editions, issue_pdf


def ask_for_pdf(version: PlanVersion, languages: list[str], profile: str = PUBLIC) -> Job:
    """Queues the PDF of a version in each language for who acts now, within the open transaction."""
    href = url_for("publishing.versions", slug=version.plan.slug, _anchor=f"v-{version.number}")
    given = {"slug": version.plan.slug, "number": version.number, "languages": languages, "profile": profile}
    return enqueue(issue_pdf, person_id=actor().id, plan_slug=version.plan.slug, language=tag(), href=href, **given)


def ask_for_editions(version: PlanVersion, editions: Sequence[Which], languages: Sequence[str]) -> Job:
    """Queues public editions of a version in each language for who acts now, within the open transaction."""
    href = url_for("publishing.editions", slug=version.plan.slug, number=version.number)
    given: dict[str, Any] = {"slug": version.plan.slug, "number": version.number, "languages": list(languages)}
    given["editions"] = [one.name for one in editions]
    return enqueue(
        issue_editions, person_id=actor().id, plan_slug=version.plan.slug, language=tag(), href=href, **given
    )


def ask_for_all(version: PlanVersion) -> None:
    """Queues what parliament and the public are given of a version, in each language of its plan."""
    ask_for_pdf(version, list(version.plan.languages))
    ask_for_editions(version, FOR_PARLIAMENT, version.plan.languages)
