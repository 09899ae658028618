"""The list of every file that was handed out. A row is added and never changed; what stands follows from the list."""

from collections.abc import Iterable

from sqlalchemy import select

from nap_builder.kernel.database import db
from nap_builder.plans.canonical import digest
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.models.versions import PlanVersion
from nap_builder.publishing.edition import PDF
from nap_builder.publishing.models import IssuedFile

PLAN_PDF, PLAN_DOCX, REPORT, HEARD = "plan_pdf", "plan_docx", "report", "heard"
PLAN_TEXT, PLAN_PHONE, PLAN_TABLES, PLAN_WORKBOOK = "plan_text", "plan_phone", "plan_tables", "plan_workbook"


def remember_version(
    content: bytes, kind: str, version: PlanVersion, *, profile: str, language: str, name: str = PDF
) -> None:
    """Notes a file made of a version, within the open transaction. The same bytes are noted once.

    `name` tells a redline or an extract from others of its version (`edition.Which`).
    """
    slot = f"{kind}/{version.key}/{profile}/{language}" + (f"/{name}" if ":" in name else "")
    _remember(
        content, IssuedFile(kind=kind, slot=slot, plan=version.plan, number=version.number, profile=profile), language
    )


def remember_paper(content: bytes, kind: str, plan: Plan, about: str, *, language: str) -> None:
    """Notes a paper that is of no version; `about` tells it from others of its kind, such as a report’s key."""
    slot = f"{kind}/{about}/{language}"
    _remember(content, IssuedFile(kind=kind, slot=slot, plan=plan, profile="public"), language)


def _remember(content: bytes, file: IssuedFile, language: str) -> None:
    file.sha256, file.size, file.language = digest(content), len(content), language
    if by_sha256(file.sha256) is None:
        db.session.add(file)
        db.session.flush()


def by_sha256(sha256: str) -> IssuedFile | None:
    """The file with this digest, if it was handed out."""
    return db.session.scalar(select(IssuedFile).where(IssuedFile.sha256 == sha256))


def sizes_of(versions: Iterable[PlanVersion]) -> dict[tuple[str, int, str, str], int]:
    """How large the public files of versions were when they were made last, in bytes.

    By key of the version's plan, its number, the kind of file and the language; a file that nobody has asked for yet is
    not among them.
    """
    keys = {(version.plan_id, version.number): version.plan.key for version in versions}
    query = select(IssuedFile).where(
        IssuedFile.plan_id.in_({plan for plan, _number in keys}),
        IssuedFile.number.in_({number for _plan, number in keys}),
        IssuedFile.profile == "public",
        IssuedFile.size.is_not(None),
    )
    return {
        (keys[file.plan_id, file.number], file.number, file.kind, file.language): file.size
        for file in db.session.scalars(query.order_by(IssuedFile.id))
        if file.size is not None and file.number is not None and (file.plan_id, file.number) in keys
    }


def newest_like(file: IssuedFile) -> IssuedFile:
    """The file that stands in the place of this one: itself, or the one that was made last."""
    query = select(IssuedFile).where(IssuedFile.slot == file.slot).order_by(IssuedFile.id.desc()).limit(1)
    return db.session.scalars(query).one()
