"""An adopted plan opened again for a change, and closed again without one."""

import json
from dataclasses import replace
from typing import Any

from nap_builder.adoption import events, queries
from nap_builder.adoption.models import OF_ADOPTION, WITHDRAWN, Amendment
from nap_builder.exchange import services as exchange
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import record
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db
from nap_builder.kernel.errors import WrongState
from nap_builder.kernel.languages import _, words_in
from nap_builder.plans.document import institutions_said
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.versions import WORKING, frozen_document, version_at
from nap_builder.plans.services.lifecycle import move
from nap_builder.plans.services.photographs import stand_as_in
from nap_builder.plans.services.touch import changed


def begin(by: Actor, plan: Plan, reason: dict[str, str]) -> Amendment:
    """Opens the text of an adopted plan again. The version that stands adopted stays so, and public if it is.

    The record of the adoption is put aside, so that no text in between bears it. Raises WrongState.
    """
    move(by, plan, "amend")
    version = version_at(plan.slug, plan.adopted_number or 0)
    signed = plan.signatures or []
    amendment = Amendment(
        plan=plan,
        version=version,
        reason=reason,
        begun_by=by.name,
        aside={
            "adoption": plan.adoption or {},
            "signatures": [row for row in signed if row["of"] == OF_ADOPTION],
        },
    )
    plan.adoption = None
    plan.signatures = [row for row in signed if row["of"] != OF_ADOPTION] or None
    db.session.add(amendment)
    db.session.flush()
    changed(plan)
    record(events.AMENDMENT_BEGUN, by, amendment, number=version.number, reason=words_in(reason))
    return amendment


def adopted_text(plan: Plan) -> exchange.Incoming:
    """The version that stands adopted, as a file to be taken in; institutions as they are called today.

    Takes seconds for a large plan: call it before the transaction. Raises WrongState where nothing is being amended.
    """
    amendment = _open(plan)
    document = frozen_document(amendment.version, WORKING)
    document["institutions"] = _as_they_are(document["institutions"])
    return replace(exchange.read(json.dumps(document, ensure_ascii=False).encode()), acts=True)


def abandon(by: Actor, plan: Plan, text: exchange.Incoming) -> None:
    """Gives up an amendment: the plan says again exactly what it said, rows added meanwhile are archived.

    `text` is what `adopted_text` gave. How the plan goes (progress, consultations) stays. A proposal to adopt the
    amendment is withdrawn. Raises WrongState where nothing is being amended.
    """
    amendment = _open(plan)
    number, proposal = amendment.version.number, queries.open_adoption(plan)
    if proposal is not None:
        proposal.state, proposal.settled_at = WITHDRAWN, now()
    amendment.ended_at = now()
    db.session.flush()
    exchange.apply(by, text, plan=plan, remove=True, act=events.AMENDMENT_ABANDONED, number=number)
    stand_as_in(by, amendment.version)
    move(by, plan, "abandon")


def _as_they_are(bodies: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Institutions as the installation knows them now, each with those that it is part of."""
    here = {body["code"]: body for body in institutions_said().values()}
    known = {body["code"]: here.get(body["code"], body) for body in bodies}
    waiting = list(known.values())
    while waiting:
        above = here.get(waiting.pop().get("part_of", ""))
        if above is not None and above["code"] not in known:
            known[above["code"]] = above
            waiting.append(above)
    return list(known.values())


def _open(plan: Plan) -> Amendment:
    amendment = queries.open_amendment(plan)
    if amendment is None:
        raise WrongState(_("No amendment of this plan is being written."))
    return amendment
