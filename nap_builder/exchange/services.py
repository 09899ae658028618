"""Taking a plan in from a file, and writing one out."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nap_builder.exchange import events
from nap_builder.exchange.acts import EXCEPTED, with_acts_of
from nap_builder.exchange.bodies import write_institutions, write_plan, write_task_force
from nap_builder.exchange.consultations_kept import hidden_in, promised_in, with_promises_of, without_hidden
from nap_builder.exchange.fault import Fault, Refused
from nap_builder.exchange.incoming import Incoming, read
from nap_builder.exchange.keeping import outside, with_the_rest
from nap_builder.exchange.merging import Merge, merged
from nap_builder.exchange.outlook import Preview
from nap_builder.exchange.parts import PartsWriter
from nap_builder.exchange.plan_json import working_document
from nap_builder.exchange.queries import codes_of, known_institutions, reported_in
from nap_builder.exchange.reach import (
    as_seen_by,
    closed_to,
    without_kept_back,
)
from nap_builder.exchange.refusals import refuse_codes_twice, refuse_others, refuse_part
from nap_builder.exchange.reports_kept import with_reports_of
from nap_builder.exchange.tidy.package import archive
from nap_builder.exchange.workbook.scope import leading
from nap_builder.exchange.workbook.writing import Order, workbook
from nap_builder.exchange.writing import Difference, Writer, difference, standing_rows
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import Act, record
from nap_builder.kernel.database import db
from nap_builder.kernel.errors import DomainError, Duplicate, Missing, WrongState
from nap_builder.kernel.languages import _
from nap_builder.plans.canonical import canonical_bytes, canonical_document
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.profiles import public_profile
from nap_builder.plans.queries.plan import plan_or_none
from nap_builder.plans.queries.versions import version_at
from nap_builder.plans.rows import Ident
from nap_builder.plans.services.touch import changed

__all__ = [
    "ChangedSince",
    "Done",
    "Incoming",
    "Preview",
    "apply",
    "institutions_leading",
    "moment_of",
    "plan_file",
    "plan_tables",
    "plan_workbook",
    "preview",
    "read",
    "unchanged_since_listed",
    "working_document",
]

Only = frozenset[int] | None
PUBLIC = "public"


class ChangedSince(DomainError):
    """The plan is not as it was when the changes of an import were listed."""

    status = 409


@dataclass(frozen=True)
class Done:
    """An import that took place."""

    plan: Plan
    preview: Preview


def preview(incoming: Incoming, plan: Plan | None, *, only: Only = None) -> Preview:
    """What taking a file in would do to a plan; None: it would start one. What the file lacks is listed as removed.

    Raises WrongState for a plan that is not in drafting, Duplicate for a new plan whose short name is taken, and
    Refused when the file cannot be brought together with the plan, or changes what is not of the institutions `only`.
    """
    incoming, merge = _merged(incoming, plan, remove=False, only=only)
    seen = Preview(merge, known_institutions(), incoming.notes)
    refuse_others(merge, seen, only)
    return seen


def apply(
    actor: Actor,
    incoming: Incoming,
    *,
    plan: Plan | None = None,
    remove: bool = False,
    only: Only = None,
    act: Act | None = None,
    **said: Any,
) -> Done:
    """Takes a file in over a plan in drafting, or starts a plan with it. Afterwards the plan says what the file says.

    With `remove`, rows that the file lacks are archived, and progress it does not say goes; their history stays.
    With `only` (row ids of institutions) a change of anything but the activities these lead, and of what hangs on
    them, is refused. Where the plan does not come from a file, `act` is remembered in place of the import; its sentence
    may use `added`, `changed`, `removed` and what is `said`. Raises what `preview` raises.
    """
    incoming, merge = _merged(incoming, plan, remove=remove, only=only)
    seen = Preview(merge, known_institutions(), incoming.notes)
    refuse_others(merge, seen, only)
    bodies = write_institutions(merge.document["institutions"])
    ids = {code: body.id for code, body in bodies.items()}
    written = write_plan(
        plan, merge.document["plan"], ids, untouched=() if incoming.acts or plan is None else (EXCEPTED,)
    )
    write_task_force(written, merge.document, bodies, remove=remove)
    found = _write_rows(actor, written, merge, ids)
    changed(written)
    _record(act or (events.STARTED if plan is None else events.IMPORTED), actor, written, found, said)
    db.session.expire_all()
    return Done(written, seen)


def moment_of(plan: Plan | None) -> str:
    """The moment of a plan's last change as a form carries it; empty where there is no plan yet."""
    return plan.changed_at.isoformat() if plan else ""


def unchanged_since_listed(plan: Plan, moment: str | None) -> None:
    """Refuses an import when the plan was changed since its changes were listed. Raises ChangedSince."""
    if moment != moment_of(plan):
        raise ChangedSince


def plan_file(plan: Plan, version: int | None, profile: str, *, only: Only = None) -> bytes:
    """The canonical bytes of a plan: of a frozen version as they were stored, or of the working plan as it stands.

    The working plan bears its progress and, in the profile `public`, nothing restricted; with `only` (row ids of
    institutions) nothing restricted but what is theirs, nor what only those may know who keep the record of
    consultations. No comment is in it, nor what was hidden. Raises Missing when there is no such version.
    """
    if version is not None:
        frozen = version_at(plan.slug, version)
        return frozen.public if profile == PUBLIC else frozen.working
    document = without_hidden(working_document(plan), hidden_in(plan))
    if profile == PUBLIC:
        return canonical_bytes(public_profile(canonical_document(document)))
    return canonical_bytes(document if only is None else as_seen_by(without_kept_back(document), codes_of(only)))


def plan_workbook(
    plan: Plan, version: int | None, profile: str, *, language: str, institution: str | None = None, only: Only = None
) -> bytes:
    """A plan, or a frozen version of it, as a workbook (XLSX) whose heads are in a language: what `plan_file` says.

    With the code of an `institution` it holds that one's rows, and those above them to read. Raises Missing when there
    is no such version, or the institution leads nothing in it.
    """
    document = json.loads(plan_file(plan, version, profile, only=only))
    if institution is not None and institution not in leading(document):
        raise Missing
    return workbook(document, Order(language, plan.changed_at, institution))


def plan_tables(plan: Plan, version: int | None, profile: str, *, language: str, only: Only = None) -> bytes:
    """A plan, or a frozen version of it, as an archive (ZIP) of tables (CSV) with their dictionary in a language.

    They say what `plan_file` says. Raises Missing when there is no such version.
    """
    return archive(json.loads(plan_file(plan, version, profile, only=only)), language)


def institutions_leading(plan: Plan, only: Only = None) -> list[dict[str, Any]]:
    """The institutions that lead an activity or own a section, as the format says them; of these row ids alone."""
    document = json.loads(plan_file(plan, None, "working", only=only))
    codes = set(leading(document))
    mine = None if only is None else codes_of(only)
    return [
        body for body in document["institutions"] if body["code"] in codes and (mine is None or body["code"] in mine)
    ]


def _merged(incoming: Incoming, plan: Plan | None, *, remove: bool, only: Only) -> tuple[Incoming, Merge]:
    """The file, completed where it does not say all, and what becomes of the plan with it."""
    if plan is None:
        refuse_part(incoming)
        if plan_or_none(incoming.slug) is not None:
            raise Duplicate(_("There is a plan with the short name %(slug)s already.", slug=incoming.slug))
        return incoming, merged(None, incoming, remove=remove)
    if not plan.in_drafting:
        raise WrongState(_("The plan %(slug)s is not in drafting. A file cannot be taken in over it.", slug=plan.slug))
    if incoming.slug != plan.slug:
        raise Refused(
            [
                Fault(
                    incoming.said_place(("plan", "slug")),
                    _("the file is of the plan %(other)s, not of %(slug)s", other=incoming.slug, slug=plan.slug),
                )
            ]
        )
    standing, closed = canonical_document(working_document(plan)), frozenset[Ident]()
    if only is not None:
        standing, closed = closed_to(standing, codes_of(only))
    promised = promised_in(plan)
    closed |= outside(standing, incoming) | promised.closed()
    incoming = with_the_rest(standing, incoming)
    if only is None and not incoming.acts:  # for who may change less, `_refuse_others` refuses them
        incoming = with_acts_of(standing, incoming)
    incoming = with_reports_of(standing, incoming, reported_in(plan))
    incoming = with_promises_of(standing, incoming, promised)
    merge = merged(standing, incoming, remove=remove, closed=closed)
    refuse_codes_twice(merge)
    return incoming, merge


def _write_rows(actor: Actor, plan: Plan, merge: Merge, ids: Mapping[str, int]) -> Difference:
    standing = standing_rows(plan)
    found = difference(merge, standing)
    writer = Writer(plan, merge, ids, standing)
    writer.write(found, actor.name)
    PartsWriter(merge.old, writer.rows, ids).write(found.written, found.added)
    return found


def _record(act: Act, actor: Actor, plan: Plan, found: Difference, said: Mapping[str, Any]) -> None:
    """Remembers the import as one act, with the number of rows of each kind."""
    sides = {
        "added": [*found.added, *found.restored],
        "changed": [*found.changed, *found.shifted],
        "removed": found.removed,
    }
    counts: dict[str, dict[str, int]] = {}
    for side, flats in sides.items():
        for kind, number in Counter(flat.kind for flat in flats).items():
            counts.setdefault(kind, {})[side] = number
    record(
        act,
        actor,
        plan,
        changes={kind: (None, numbers) for kind, numbers in counts.items()},
        added=len(sides["added"]),
        changed=len(sides["changed"]),
        removed=len(sides["removed"]),
        **said,
    )
