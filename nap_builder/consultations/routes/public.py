"""The doors for everybody: which consultations there are, one of them, and how to comment safely."""

from typing import Any

from flask import current_app, request

from nap_builder.consultations.draft import parts
from nap_builder.consultations.names import AGES, KINDS, ROUNDS, SEXES, TRAITS, WITH_WHOM
from nap_builder.consultations.participants import MEMBERS
from nap_builder.consultations.policy import Asked
from nap_builder.consultations.queries import public as queries
from nap_builder.consultations.queries.records import sees_where
from nap_builder.consultations.queries.talk import talks
from nap_builder.consultations.routes.blueprint import PUBLIC, rooms
from nap_builder.consultations.routes.sheet import words
from nap_builder.consultations.window import STATE_KINDS, STATES, state_of
from nap_builder.kernel import uploads
from nap_builder.kernel.access import can, requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.traceless import traceless
from nap_builder.kernel.web import page
from nap_builder.plans.queries.versions import PUBLIC as PUBLIC_PROFILE
from nap_builder.plans.queries.versions import frozen_document


@rooms.get(PUBLIC)
@traceless
@requires("accounts.doors")
def announced() -> str:
    """The consultations that the reader may know of: open ones first."""
    found = queries.announced(actor())
    return page(
        "consultations/announced.html",
        found=[asked.consultation for asked in found],
        readable={asked.consultation.id for asked in found if can(queries.READ, asked)},
        counts=queries.counts([asked.consultation for asked in found]),
        sees_where=sees_where,
        kinds=KINDS,
        states=STATES,
        state_kinds=STATE_KINDS,
        state_of=state_of,
    )


@rooms.get(f"{PUBLIC}/<key:key>")
@traceless
@requires("consultations.draft.read", on=queries.asked_at)
def asked(asked: Asked) -> str:
    """One consultation: what it is, when it closes, the parts of its draft, and other ways to take part."""
    consultation = asked.consultation
    return page(
        "consultations/asked.html",
        plan=asked.plan,
        consultation=consultation,
        counts=queries.counts([consultation]).get(consultation.id, (0, 0)),
        documents=queries.public_documents(consultation),
        sees_where=sees_where(consultation),
        kinds=KINDS,
        rounds=ROUNDS,
        with_whom=WITH_WHOM,
        members=MEMBERS,
        counted_as={**SEXES, **AGES, **TRAITS},
        **_draft(asked),
        **words(asked),
    )


def _draft(asked: Asked) -> dict[str, Any]:
    """The version that people are asked about, its parts, and how many comments each has; nothing for an event."""
    if asked.consultation.opened_at is None:
        return {"version": None}
    version = queries.version_of(asked.consultation)
    found = parts(frozen_document(version, PUBLIC_PROFILE))
    said = talks(asked.consultation, [line for part in found for line in part.lines])
    counted = {part.number: sum(len(said[line.ref].shown) for line in part.lines if line.ref) for part in found}
    return {"version": version, "parts": found, "counted": counted}


@rooms.get(f"{PUBLIC}/<key:key>/document/<key:document>")
@traceless
@requires("consultations.draft.read", on=queries.asked_at)
def public_document(asked: Asked, document: str) -> Any:
    """A paper of a consultation, as a file to save."""
    found = queries.public_document_at(asked.consultation, document)
    return uploads.served(found.stored_as, f"{asked.consultation.code}-{found.key[:8]}")


@rooms.get("/help/comment-safely")
@traceless
@requires("accounts.doors")
def safely() -> str:
    """What is kept of a comment, what we cannot promise, and three ways to comment, the safest first."""
    return page("consultations/safely.html", onion=current_app.config["NAP"].onion_url)


@rooms.get("/leave")
@traceless
@requires("accounts.doors")
def leave() -> Any:
    """Asks the browser to forget what it keeps of this site. What its list of visited pages says stays.

    A page of another site, which could so sign somebody out by a picture, does not get that asked.
    """
    own = request.headers.get("Sec-Fetch-Site", "none") in ("none", "same-origin")
    asking = own and request.headers.get("Sec-Fetch-Dest", "document") == "document"
    return page("consultations/left.html"), 200, {"Clear-Site-Data": '"cache", "cookies", "storage"'} if asking else {}
