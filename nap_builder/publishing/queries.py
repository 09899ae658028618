"""What is published, and which documents have been issued."""

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.database import db, one
from nap_builder.kernel.errors import Missing
from nap_builder.plans.models.framework import EFFECTIVE_LEAD, Activity, Objective, Output
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.models.versions import PlanVersion
from nap_builder.plans.queries import plan as plans
from nap_builder.plans.queries.framework import readable
from nap_builder.plans.queries.versions import version_at
from nap_builder.publishing.edition import PDF, Which, which_of
from nap_builder.publishing.models import IssuedDocument, Publication
from nap_builder.publishing.policy import Opened
from nap_builder.taskforce.models import Institution


def publications(plan: Plan) -> list[Publication]:
    """Every publication of a plan's versions, newest first, withdrawn ones too."""
    query = select(Publication).join(Publication.version).options(joinedload(Publication.version))
    return list(db.session.scalars(query.where(PlanVersion.plan_id == plan.id).order_by(Publication.id.desc())))


def is_published(version: PlanVersion) -> bool:
    """Whether the public may read a version now."""
    query = select(Publication.id).where(Publication.version_id == version.id, Publication.withdrawn_at.is_(None))
    return db.session.scalar(query.limit(1)) is not None


def published_version(plan: Plan) -> PlanVersion | None:
    """The newest version of a plan that the public may read."""
    query = (
        select(PlanVersion)
        .join(Publication, Publication.version_id == PlanVersion.id)
        .where(PlanVersion.plan_id == plan.id, Publication.withdrawn_at.is_(None))
        .options(joinedload(PlanVersion.plan))
    )
    return db.session.scalar(query.order_by(PlanVersion.number.desc()).limit(1))


def standing_version() -> PlanVersion | None:
    """The version that public pages show: the newest published one of the plan that stands."""
    for plan in plans.plans():
        if (version := published_version(plan)) is not None:
            return version
    return None


def other_published(standing: PlanVersion | None) -> list[PlanVersion]:
    """Of every other plan than the one that stands the newest version that the public may read."""
    others = [plan for plan in plans.plans() if standing is None or plan.id != standing.plan_id]
    return [version for plan in others if (version := published_version(plan)) is not None]


def opened(slug: str, number: int) -> Opened:
    """The version of a plan with this number, and whether it is public. Raises Missing."""
    version = version_at(slug, number)
    return Opened(version, is_published(version))


def opened_plan(slug: str) -> Opened:
    """The newest published version of a plan. Raises Missing when none is published."""
    version = published_version(plans.plan_at(slug))
    if version is None:
        raise Missing
    return Opened(version, published=True)


def publication_at(slug: str, key: str) -> Publication:
    """The publication of a plan's version with this key. Raises Missing."""
    query = (
        select(Publication).join(Publication.version).join(PlanVersion.plan).options(joinedload(Publication.version))
    )
    return one(query.where(Plan.slug == slug, Publication.key == key))


def issued(version: PlanVersion, *, kind: str, profile: str, language: str) -> IssuedDocument | None:
    """The document of a version that was issued in a language, if it was."""
    query = select(IssuedDocument).where(
        IssuedDocument.version_id == version.id,
        IssuedDocument.kind == kind,
        IssuedDocument.profile == profile,
        IssuedDocument.language == language,
    )
    return db.session.scalar(query)


def issued_of(versions: list[PlanVersion]) -> dict[int, list[IssuedDocument]]:
    """The public PDFs of the whole plan that were issued of each version, by version row id."""
    return _public(versions, IssuedDocument.kind == PDF)


def editions_of(versions: list[PlanVersion]) -> dict[int, list[IssuedDocument]]:
    """The public PDFs of its other editions, by version row id."""
    return _public(versions, IssuedDocument.kind != PDF)


def open_editions(version: PlanVersion) -> list[IssuedDocument]:
    """Those that everybody may read who may read the version: a redline tells of the earlier one too."""
    return [one for one in editions_of([version])[version.id] if _is_open(version.plan, which_of(one.kind))]


def _is_open(plan: Plan, which: Which) -> bool:
    return which.against is None or is_published(version_at(plan.slug, which.against))


def _public(versions: list[PlanVersion], kind: ColumnElement[bool]) -> dict[int, list[IssuedDocument]]:
    ids = [version.id for version in versions]
    query = select(IssuedDocument).where(IssuedDocument.version_id.in_(ids), IssuedDocument.profile == "public", kind)
    found: dict[int, list[IssuedDocument]] = {version: [] for version in ids}
    for document in db.session.scalars(query.order_by(IssuedDocument.kind, IssuedDocument.language)):
        found[document.version_id].append(document)
    return found


def restricted_activities(plan: Plan, who: Actor, lead: Institution | None = None) -> int:
    """How many restricted activities of a plan, or of those that one institution leads, a person may know of."""
    query = (
        select(func.count())
        .select_from(Activity)
        .outerjoin(Objective, Objective.id == Activity.objective_id)
        .outerjoin(Output, Output.id == Activity.output_id)
        .where(
            Activity.plan_id == plan.id,
            Activity.archived_at.is_(None),
            Activity.restricted.is_(True),
            readable(who, plan.id),
        )
    )
    if lead is not None:
        query = query.where(EFFECTIVE_LEAD.in_([lead.id]))
    return db.session.scalar(query) or 0
