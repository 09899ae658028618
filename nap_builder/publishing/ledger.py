"""The list of every file that was handed out. A row is added and never changed; what stands follows from the list."""

from sqlalchemy import select

from nap_builder.kernel.database import db
from nap_builder.plans.canonical import digest
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.models.versions import PlanVersion
from nap_builder.publishing.models import IssuedFile

PLAN_PDF, PLAN_DOCX, REPORT, HEARD = "plan_pdf", "plan_docx", "report", "heard"


def remember_version(content: bytes, kind: str, version: PlanVersion, *, profile: str, language: str) -> None:
    """Notes a file made of a version, within the open transaction. The same bytes are noted once."""
    slot = f"{kind}/{version.key}/{profile}/{language}"
    _remember(
        content, IssuedFile(kind=kind, slot=slot, plan=version.plan, number=version.number, profile=profile), language
    )


def remember_paper(content: bytes, kind: str, plan: Plan, about: str, *, language: str) -> None:
    """Notes a paper that is of no version; `about` tells it from others of its kind, such as a report’s key."""
    slot = f"{kind}/{about}/{language}"
    _remember(content, IssuedFile(kind=kind, slot=slot, plan=plan, profile="public"), language)


def _remember(content: bytes, file: IssuedFile, language: str) -> None:
    file.sha256, file.language = digest(content), language
    if by_sha256(file.sha256) is None:
        db.session.add(file)
        db.session.flush()


def by_sha256(sha256: str) -> IssuedFile | None:
    """The file with this digest, if it was handed out."""
    return db.session.scalar(select(IssuedFile).where(IssuedFile.sha256 == sha256))


def newest_like(file: IssuedFile) -> IssuedFile:
    """The file that stands in the place of this one: itself, or the one that was made last."""
    query = select(IssuedFile).where(IssuedFile.slot == file.slot).order_by(IssuedFile.id.desc()).limit(1)
    return db.session.scalars(query).one()
