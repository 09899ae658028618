"""What the installation itself needs of those who run it."""

from collections.abc import Iterator

from sqlalchemy import func, select

from nap_builder.accounts.models import Person
from nap_builder.home.queries.need import LATE, WAIT, Need, Wait
from nap_builder.kernel.actor import Actor, Role
from nap_builder.kernel.backup_record import is_due, last_backup
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db
from nap_builder.kernel.languages import _, _n, day
from nap_builder.plans.policy import DRAFTERS

RUNNERS = frozenset({Role.CHAIR, Role.ADMINISTRATOR})


def of_the_installation(who: Actor) -> Iterator[Need]:
    """A backup that is due, and people who have not come yet."""
    if who.roles & (DRAFTERS | RUNNERS):
        yield from _backup(who)
    if who.roles & RUNNERS:
        yield from _people()


def _backup(who: Actor) -> Iterator[Need]:
    last = last_backup()
    if not is_due(last):
        return
    if last is None:
        said, why = _("Never made"), _("Without one, a broken disk loses everything.")
    else:
        age = (now() - last.made_at).days
        said = _n("%(num)s day old", "%(num)s days old", age)
        why = _("The last one is of %(day)s.", day=day(last.made_at.date()))
    if who.roles & RUNNERS:
        yield Need(_("Make a backup"), LATE, said, why, "oversight.settings", {"_anchor": "backups"}, Wait.OVERDUE)
    else:
        yield Need(_("Ask the chair or an administrator for a backup"), LATE, said, why, wait=Wait.OVERDUE)


def _people() -> Iterator[Need]:
    count = db.session.scalar(select(func.count()).select_from(Person).where(Person.active, Person.password.is_(None)))
    if count:
        said = _n("%(num)s person", "%(num)s people", count)
        why = _("They have not chosen a password yet. What they are to do waits until then.")
        yield Need(_("Ask who has not come yet"), WAIT, said, why, "accounts.people")
