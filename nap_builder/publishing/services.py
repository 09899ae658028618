"""Publishing versions, and issuing documents of them: made once, kept, and served again byte for byte."""

import hashlib
import io
import json
import logging
from dataclasses import replace
from typing import Any

import pikepdf

from nap_builder import __version__
from nap_builder.kernel import signing, storage
from nap_builder.kernel.actor import INSTALLATION, Actor
from nap_builder.kernel.addresses import public_address
from nap_builder.kernel.audit import first_about, record
from nap_builder.kernel.clock import day_of, now
from nap_builder.kernel.database import db, transaction, unchanged_since
from nap_builder.kernel.errors import DomainError, WrongState
from nap_builder.kernel.languages import _, country_name, words_in
from nap_builder.plans.canonical import canonical_document, digest
from nap_builder.plans.document import plan_document
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.models.versions import PlanVersion, VersionRecord
from nap_builder.plans.profiles import public_profile, with_numbers
from nap_builder.plans.queries.photographs import told_of
from nap_builder.plans.queries.versions import PUBLIC, WORKING, frozen_document, last_frozen, record_of, version_at
from nap_builder.publishing import queries
from nap_builder.publishing.compose.plan import compose
from nap_builder.publishing.edition import WHOLE, Edition, Which
from nap_builder.publishing.events import DOCUMENT_ISSUED, VERSION_PUBLISHED, VERSION_WITHDRAWN
from nap_builder.publishing.file_checks import faults_of
from nap_builder.publishing.heard import digest_of, heard_now, heard_with
from nap_builder.publishing.ledger import PLAN_PDF, remember_version
from nap_builder.publishing.models import IssuedDocument, Publication
from nap_builder.publishing.photographs import pictured, still_there
from nap_builder.publishing.renderers.letters import missing_in
from nap_builder.publishing.renderers.pdf import RenderFailed, render_pdf
from nap_builder.publishing.renderers.written import WRITTEN
from nap_builder.publishing.wearing import worn_on
from nap_builder.taskforce.queries import installation

log = logging.getLogger(__name__)


def publish(by: Actor, version: PlanVersion) -> Publication:
    """Opens a version to the public, with what was heard until now. Raises WrongState when it is open already."""
    if queries.is_published(version):
        raise WrongState(_("This version is published already."))
    heard = heard_now(version.plan, frozen_document(version, PUBLIC))
    publication = Publication(version=version, heard=heard)
    db.session.add(publication)
    db.session.flush()
    record(VERSION_PUBLISHED, by, publication, plan=version.plan.slug, number=version.number)
    return publication


def withdraw(by: Actor, publication: Publication, *, seen: int | None) -> None:
    """Closes a published version to the public; it stays frozen. Raises StaleEdit, WrongState."""
    unchanged_since(publication, seen)
    if publication.withdrawn_at is not None:
        raise WrongState(_("This version is withdrawn already."))
    publication.withdrawn_at = now()
    version = publication.version
    record(VERSION_WITHDRAWN, by, publication, plan=version.plan.slug, number=version.number)


def issue(by: Actor, version: PlanVersion, *, profile: str, language: str, which: Which = WHOLE) -> IssuedDocument:
    """The PDF of a version in an edition and a language: the one that was issued, or a new one that is kept then.

    Renders outside any transaction and opens its own to keep the result; asked twice at once, one file stays.
    Where a signing service is set, the file bears its signature, which is made last. Raises DomainError in plain words
    when no PDF or no signature can be made; what was issued before is untouched.
    """
    if (document := _kept(version, profile, language, which)) is not None:
        return document
    slug, number = version.plan.slug, version.number
    edition = _edition(version, profile, language, which)
    content = signing.signed_pdf(_render(frozen_document(version, profile), edition))
    name = f"documents/{slug}/{number}/{profile}-{language}-{digest(content)[:16]}.pdf"
    storage.put(name, content)
    with transaction():
        version = version_at(slug, number)
        if (document := _kept(version, profile, language, which)) is not None:
            return document
        if _has_all_its_pictures(edition):
            return _keep(by, version, content, which, profile=profile, language=language, stored_as=name)
    storage.delete(name)
    return issue(by, version_at(slug, number), profile=profile, language=language, which=which)


def _has_all_its_pictures(edition: Edition) -> bool:
    """Whether no photograph of an edition was deleted for good while it was made; else it is to be made anew."""
    shown = [*edition.photographs, *edition.photographs_before]
    return len(list(still_there(shown))) == len(shown)


def _kept(version: PlanVersion, profile: str, language: str, which: Which) -> IssuedDocument | None:
    document = queries.issued(version, kind=which.name, profile=profile, language=language)
    if document is None or document.heard_sha256 != digest_of(heard_with(version)):
        return None
    return document if storage.exists(document.stored_as) else None


def _keep(by: Actor, version: PlanVersion, content: bytes, which: Which, **given: str) -> IssuedDocument:
    before = queries.issued(version, kind=which.name, profile=given["profile"], language=given["language"])
    document = before or IssuedDocument(version=version, kind=which.name, **given)
    document.release, document.stored_as = __version__, given["stored_as"]
    document.sha256, document.size = hashlib.sha256(content).hexdigest(), len(content)
    document.pages = page_count(content)
    document.made_at, document.heard_sha256 = now(), digest_of(heard_with(version))
    document.faults = faults_of(content) or None
    printed = [frozen_document(version, given["profile"]), heard_with(version)]
    document.letters = missing_in(json.dumps(printed, ensure_ascii=False)) or None
    db.session.add(document)
    db.session.flush()
    said: dict[str, Any] = {"kind": "PDF", "number": version.number, "language": given["language"]}
    said["sha256"] = document.sha256
    record(DOCUMENT_ISSUED, by, document, plan=version.plan.slug, **said)
    kept = {"profile": given["profile"], "language": given["language"], "name": which.name}
    remember_version(content, PLAN_PDF if which == WHOLE else which.kind, version, **kept)
    return document


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def draft_pdf(plan: Plan, language: str, profile: str = PUBLIC, which: Which = WHOLE) -> bytes:
    """The working plan as a PDF marked DRAFT, dated by its last change, with what was heard until now: while neither
    changes, the bytes are the same.

    Raises DomainError when no PDF can be made.
    """
    document, edition = _draft(plan, language, profile)
    newest = last_frozen(plan)
    known = _of_kind(plan, document, which, profile, below=newest.number + 1 if newest else 0)
    return _render(document, replace(edition, **known))


def _draft(plan: Plan, language: str, profile: str) -> tuple[dict[str, Any], Edition]:
    """The working plan, and what is known of an edition of it."""
    document = canonical_document(plan_document(plan))
    given: dict[str, Any] = {"state_name": state_said(plan, language)}
    given["worn"] = worn_on(None)
    given["photographs"] = pictured(told_of(plan))
    given["heard"] = heard_now(plan, public_profile(with_numbers(document)))
    if profile == PUBLIC:
        document = public_profile(document)
    return document, Edition(lang=language, draft=True, dated=plan.changed_at, **given)


def plan_pdf(plan: Plan, *, number: int | None, language: str | None, profile: str, which: Which = WHOLE) -> bytes:
    """The PDF of a version of a plan, or of the working plan without a number. Raises Missing, DomainError."""
    language = language or plan.first_language
    if language not in plan.languages:
        raise DomainError(_("The plan is not written in that language."))
    if number is None:
        return draft_pdf(plan, language, profile, which)
    document = issue(INSTALLATION, version_at(plan.slug, number), profile=profile, language=language, which=which)
    return storage.get(document.stored_as)


def plan_written(plan: Plan, form: str, *, number: int | None, language: str | None, profile: str) -> bytes:
    """A version of a plan, or the working plan without a number, in a form of `WRITTEN`. Raises Missing, DomainError.

    The same plan gives the same bytes. It takes up to a few seconds for a hundred activities, in this process.
    """
    language = language or plan.first_language
    if language not in plan.languages:
        raise DomainError(_("The plan is not written in that language."))
    if number is None:
        return WRITTEN[form].render(compose(*_draft(plan, language, profile)))
    return version_written(version_at(plan.slug, number), form, profile=profile, language=language)


def version_written(version: PlanVersion, form: str, *, profile: str, language: str) -> bytes:
    """A version in a form of `WRITTEN`, made when it is first asked for and kept.

    The same release gives the same bytes. Opens a transaction of its own the first time.
    """
    heard = (digest_of(heard_with(version)) or "")[:16]
    name = f"documents/{version.plan.slug}/{version.number}/{profile}-{language}-{__version__}{heard}.{form}"
    if not storage.exists(name):
        document = frozen_document(version, profile)
        edition = _edition(version, profile, language)
        content = WRITTEN[form].render(compose(document, edition))
        with transaction():  # first, so that no file is handed out that is not noted
            if not _has_all_its_pictures(edition):
                raise WrongState(_("A photograph was deleted just now. Ask for the file again."))
            remember_version(content, WRITTEN[form].kind, version, profile=profile, language=language)
        storage.put(name, content)
    return storage.get(name)


def draft_name(plan: Plan, language: str) -> str:
    """Where the last good draft PDF of a plan is kept."""
    return f"drafts/{plan.key}/{language}.pdf"


def keep_draft(plan: Plan, language: str) -> None:
    """Makes the draft PDF anew and keeps it in place of the last one; a failure leaves the last one."""
    content = draft_pdf(plan, language)
    storage.put(draft_name(plan, language), content)


def _edition(version: PlanVersion, profile: str, language: str, which: Which = WHOLE) -> Edition:
    document = frozen_document(version, profile)
    return Edition(
        **_of_kind(version.plan, document, which, profile, below=version.number),
        lang=language,
        draft=False,
        dated=version.frozen_at,
        state_name=state_said(version.plan, language),
        sha256=version.working_sha256 if profile == WORKING else version.public_sha256,
        record=record_said(record_of(version), profile),
        heard=heard_with(version),
        worn=worn_on(version),
        photographs=pictured(version.photographs or ()),
        trail=trail_of(version),
        verify_at=public_address(language, "verify"),
    )


def _of_kind(plan: Plan, document: dict[str, Any], which: Which, profile: str, *, below: int) -> dict[str, Any]:
    """What an edition knows of its kind; a redline is against a number `below`. Raises DomainError."""
    if not which.consistent:
        raise DomainError(
            _("Only a redline and a correction slip need an earlier version, only an extract an institution.")
        )
    known: dict[str, Any] = {"kind": which.kind, "institution": which.institution}
    if which.against is not None:
        if which.against >= below:
            raise DomainError(_("A version is compared with an earlier one."))
        before = version_at(plan.slug, which.against)
        known["before"] = frozen_document(before, profile)
        known["photographs_before"] = pictured(before.photographs or ())
    if which.institution and which.institution not in {row["code"] for row in document["institutions"]}:
        raise DomainError(_("The plan names no institution %(code)s.", code=which.institution))
    return known


def trail_of(version: PlanVersion) -> tuple[int, str] | None:
    """Where the audit trail ended when a version was frozen: the number and hash of the entry that says so."""
    entry = first_about(version.key)
    return (entry.number, entry.hash) if entry else None


def record_said(record: VersionRecord | None, profile: str) -> dict[str, Any] | None:
    """The record of a version as its documents print it; of the public profile, without what is restricted."""
    if record is None:
        return None
    return {
        "gate": record.gate,
        "day": day_of(record.passed_at, record.version.plan.timezone).isoformat(),
        "by": "" if record.passed_by == INSTALLATION.name else record.passed_by,
        "reason": record.reason,
        "skipped": record.skipped,
        "checks": record.checks if profile == WORKING else record.public_checks,
    }


def state_said(plan: Plan, language: str) -> str | None:
    """The State's name for the cover: as the installation says it, else the country's usual name."""
    state = installation()
    return words_in(state.state_name, language) if state else country_name(plan.country, language)


def _render(document: dict[str, Any], edition: Edition) -> bytes:
    db.session.rollback()
    try:
        return render_pdf(document, edition)
    except RenderFailed as failure:
        log.warning("no PDF: %s", failure.detail[-2000:])
        raise DomainError(failure.reason) from failure
