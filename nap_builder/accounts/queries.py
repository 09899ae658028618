"""What can be asked about people and their sessions."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, column, func, or_, select, table
from sqlalchemy.orm import lazyload

from nap_builder.accounts.events import DISABLED
from nap_builder.accounts.models import (
    FailedTry,
    HandOver,
    OneTimeLink,
    Person,
    RememberedDevice,
    RoleGrant,
    SignIn,
)
from nap_builder.kernel.access import POLICY
from nap_builder.kernel.actor import Actor, Role
from nap_builder.kernel.audit import AuditEntry
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import Words, db, one
from nap_builder.kernel.languages import words_in

LONGEST_SESSION = timedelta(hours=12)
KEPT_FAILURES = timedelta(days=1)

# The rooms above own these tables; here only names and ids are read from them.
institutions = table("institution", column("id"), column("code"), column("name", Words), column("short", Words))
plans = table("plan", column("id"), column("slug"))


def acting(token_digest: str) -> Actor | None:
    """Who holds a session, in one statement; None where it has ended, is too old, or the account is closed."""
    rows = db.session.execute(
        _actors()
        .add_columns(SignIn.confirmed_at)
        .join(SignIn, SignIn.person_id == Person.id)
        .where(
            SignIn.token_digest == token_digest,
            SignIn.ended_at.is_(None),
            SignIn.started_at > now() - LONGEST_SESSION,
            Person.active,
        )
    ).all()
    return _actor(rows, rows[0].confirmed_at) if rows else None


def actor_of(person: Person) -> Actor:
    """A person as the access table sees them, without a session (commands, tests)."""
    return _actor(db.session.execute(_actors().where(Person.id == person.id)).all(), None)


def _actors() -> Select[Any]:
    return (
        select(
            Person.id,
            Person.name,
            Person.email,
            Person.language,
            RoleGrant.role,
            RoleGrant.institution_id,
            RoleGrant.plan_id,
            institutions.c.name.label("institution"),
        )
        .select_from(Person)
        .outerjoin(RoleGrant, RoleGrant.person_id == Person.id)
        .outerjoin(institutions, institutions.c.id == RoleGrant.institution_id)
        .order_by(RoleGrant.id)
    )


def _actor(rows: Iterable[Row[Any]], confirmed_at: datetime | None) -> Actor:
    """Rights add up over all grants; somebody without any has the public's."""
    rows = list(rows)
    everywhere = {row.role for row in rows if row.plan_id is None}
    place = next((row.institution for row in rows if row.institution), None)
    return Actor(
        id=rows[0].id,
        name=rows[0].name or rows[0].email,
        roles=frozenset(Role(row.role) for row in rows if row.role) or frozenset({Role.PUBLIC}),
        institutions=frozenset(row.institution_id for row in rows if row.institution_id is not None),
        institution_name=words_in(place),
        confirmed_at=confirmed_at,
        language=rows[0].language,
        offices=frozenset((Role(row.role), row.institution_id) for row in rows if row.institution_id is not None),
        bound=frozenset((Role(row.role), row.plan_id) for row in rows if row.role and row.role not in everywhere),
    )


def person_at(key: str) -> Person:
    """The person with this key. Raises Missing."""
    return one(select(Person).where(Person.key == key))


def person_by_id(person_id: int | None) -> Person:
    """The person in this row. Raises Missing."""
    return one(select(Person).where(Person.id == person_id))


def person_called(email: str) -> Person | None:
    """The person with an e-mail address, however it is written.

    One statement, whether or not there is one: roles come when they are asked for, so the time tells nothing.
    """
    query = select(Person).where(Person.email == normal_email(email))
    return db.session.scalar(query.options(lazyload(Person.grants)))


def person_half_way(uniquifier: str) -> Person | None:
    """Whoever gave the password and now owes a code; None once the account has changed since."""
    return db.session.scalar(select(Person).where(Person.fs_uniquifier == uniquifier, Person.active))


def normal_email(email: str) -> str:
    """An e-mail address as it is kept."""
    return email.strip().lower()


def link_at(token_digest: str) -> OneTimeLink | None:
    """A one-time link that still works."""
    found = db.session.scalar(select(OneTimeLink).where(OneTimeLink.token_digest == token_digest))
    works = found is not None and found.used_at is None and found.expires_at > now() and found.person.active
    return found if works else None


def device_is_remembered(person: Person, token_digest: str) -> bool:
    """Whether the person need not type a code on this device."""
    return (
        db.session.scalar(
            select(RememberedDevice.id).where(
                RememberedDevice.token_digest == token_digest,
                RememberedDevice.person_id == person.id,
                RememberedDevice.expires_at > now(),
            )
        )
        is not None
    )


def seconds_to_wait(account: str, source: str, *, known: bool) -> int:
    """How long a try must wait; 0 when it may go on. Arguments are keyed digests, never an address itself.

    After five failures from one place for one account the wait doubles from half a minute to a quarter of an hour.
    Storms on one account from everywhere, or from one address on many accounts, only slow down; a device that
    signed in to this account before (`known`) is judged by its own failures alone.
    """
    same = (FailedTry.account_digest == account) & (FailedTry.address_digest == source)
    waits = [_wait(same, timedelta(minutes=15), allowed=5, first=30, most=900)]
    if not known:
        waits.append(_wait(FailedTry.account_digest == account, timedelta(hours=1), allowed=50, first=60, most=60))
        waits.append(_wait(FailedTry.address_digest == source, timedelta(minutes=15), allowed=100, first=10, most=10))
    return max(waits)


def _wait(which: Any, window: timedelta, *, allowed: int, first: int, most: int) -> int:
    count, last = db.session.execute(
        select(func.count(FailedTry.id), func.max(FailedTry.at)).where(which, FailedTry.at > now() - window)
    ).one()
    if count < allowed:
        return 0
    seconds = min(first * 2 ** min(count - allowed, 10), most)
    return max(0, seconds - int((now() - last).total_seconds()))


def failures_elsewhere(account: str, source: str) -> int:
    """How many tries for an account failed within a day from other places than this one."""
    return (
        db.session.scalar(
            select(func.count(FailedTry.id)).where(
                FailedTry.account_digest == account,
                FailedTry.address_digest != source,
                FailedTry.at > now() - KEPT_FAILURES,
            )
        )
        or 0
    )


def people_for(who: Actor, *, everybody: bool) -> list[Person]:
    """People in order of name: all, or those who act for the actor's own institutions."""
    query = select(Person).order_by(func.lower(Person.name), Person.email)
    if not everybody:
        own = select(RoleGrant.person_id).where(RoleGrant.institution_id.in_(POLICY["accounts.people.read"].reach(who)))
        query = query.where(Person.id.in_(own))
    return list(db.session.scalars(query))


def successors(who: Actor, person: Person) -> list[Person]:
    """Who may take a person's duties over: everybody with an open account but that person and who acts."""
    return [one for one in people_for(who, everybody=True) if one.active and one.id not in (person.id, who.id)]


def hand_over_at(key: str) -> HandOver:
    """The hand-over with this key. Raises Missing."""
    return one(select(HandOver).where(HandOver.key == key))


def hand_overs_of(person: Person) -> list[HandOver]:
    """The hand-overs from and to a person, newest first."""
    ours = (HandOver.person_id == person.id) | (HandOver.successor_id == person.id)
    return list(db.session.scalars(select(HandOver).where(ours).order_by(HandOver.id.desc())))


def acted_for(places: Collection[int]) -> set[int]:
    """The row ids of people who act for institutions, or did until they handed that duty over."""
    now_there = select(RoleGrant.person_id).where(RoleGrant.institution_id.in_(places))
    handed = db.session.execute(select(HandOver.person_id, HandOver.duties)).all()
    before = {row.person_id for row in handed if any(duty["institution_id"] in places for duty in row.duties)}
    return {*db.session.scalars(now_there), *before}


def with_an_account(role: Role) -> set[int]:
    """The row ids of the institutions for which somebody who can sign in holds a role: no invitation is waiting."""
    query = select(RoleGrant.institution_id).join(Person, Person.id == RoleGrant.person_id)
    query = query.where(RoleGrant.role == role, RoleGrant.institution_id.is_not(None))
    query = query.where(Person.active, Person.password.is_not(None))
    return {row for row in db.session.scalars(query) if row}


def holding(role: Role, plan_id: int) -> list[str]:
    """The names of those who can sign in and hold a role for a plan (row id), in their order."""
    query = select(Person.name).join(RoleGrant, RoleGrant.person_id == Person.id).distinct().order_by(Person.name)
    query = query.where(RoleGrant.role == role.value, or_(RoleGrant.plan_id.is_(None), RoleGrant.plan_id == plan_id))
    return list(db.session.scalars(query.where(Person.active, Person.password.is_not(None))))


def institution_codes() -> dict[int, str]:
    """The codes of institutions by their row ids."""
    return {row.id: row.code for row in db.session.execute(select(institutions.c.id, institutions.c.code))}


def plan_slugs() -> dict[int, str]:
    """The slugs of plans by their row ids."""
    return {row.id: row.slug for row in db.session.execute(select(plans.c.id, plans.c.slug))}


def institution_names(only: Collection[int] | None = None) -> dict[int, str]:
    """Row ids and names of institutions in the reader's language, in order of name; some, or all."""
    query = select(institutions.c.id, institutions.c.name)
    if only is not None:
        query = query.where(institutions.c.id.in_(only))
    named = {row.id: words_in(row.name) for row in db.session.execute(query)}
    return dict(sorted(named.items(), key=lambda pair: pair[1].casefold()))


def institution_with_code(code: str) -> int:
    """The row id of an institution. Raises Missing."""
    return one(select(institutions.c.id).where(institutions.c.code == code))


def plan_with_slug(slug: str) -> int:
    """The row id of a plan. Raises Missing."""
    return one(select(plans.c.id).where(plans.c.slug == slug))


def others_holding(role: Role, person: Person) -> int:
    """How many other open accounts hold a role."""
    query = select(func.count(func.distinct(Person.id))).join(RoleGrant, RoleGrant.person_id == Person.id)
    return db.session.scalar(query.where(RoleGrant.role == role.value, Person.active, Person.id != person.id)) or 0


def guardians() -> list[Person]:
    """The chair and the administrators, who are told when power changes hands."""
    roles = (Role.CHAIR.value, Role.ADMINISTRATOR.value)
    held = select(RoleGrant.person_id).where(RoleGrant.role.in_(roles))
    return list(db.session.scalars(select(Person).where(Person.active, Person.id.in_(held))))


def closed_since(person: Person, moment: datetime) -> bool:
    """Whether somebody closed a person's account by an act of its own after a moment."""
    acts = select(AuditEntry.number).where(AuditEntry.word == DISABLED.word, AuditEntry.subject_key == person.key)
    return db.session.scalar(acts.where(AuditEntry.at > moment).limit(1)) is not None


def link_waits(person: Person) -> datetime | None:
    """Until when a link of this person works, if one does."""
    return db.session.scalar(
        select(func.max(OneTimeLink.expires_at)).where(
            OneTimeLink.person_id == person.id, OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > now()
        )
    )


def link_made_lately(person: Person) -> bool:
    """Whether a link for this person was made within five minutes and waits to be used."""
    lately = now() - timedelta(minutes=5)
    query = select(OneTimeLink.id).where(OneTimeLink.person_id == person.id, OneTimeLink.used_at.is_(None))
    return db.session.scalar(query.where(OneTimeLink.made_at > lately, OneTimeLink.expires_at > now())) is not None
