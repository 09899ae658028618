"""Letters that say what needs a person: one a week at most, another only for what is urgent and new."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from nap_builder.accounts.models import NEVER, WEEKLY, Person
from nap_builder.home.models import Reminder
from nap_builder.home.queries.need import Need
from nap_builder.kernel import mail
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db
from nap_builder.kernel.languages import _

A_WEEK = timedelta(days=7)


def reminded(person: Person) -> list[Reminder]:
    """The reminders of the last week, newest first."""
    lately = (Reminder.person_id == person.id, Reminder.at > now() - A_WEEK)
    return list(db.session.scalars(select(Reminder).where(*lately).order_by(Reminder.id.desc())))


def worth_a_letter(person: Person, needs: Sequence[Need], lately: Sequence[Reminder]) -> list[Need]:
    """What a letter to this person would name now; empty where none is due.

    The weekly letter names all that needs the person. Within the week after it only what is urgent and was in no
    letter yet is written, and to those who asked for that alone nothing else.
    """
    if person.letters == NEVER:
        return []
    told = {key for reminder in lately for key in reminder.needs}
    if _weekly_is_due(person, lately):
        return list(needs)
    return [need for need in needs if need.urgent and need.key not in told]


def remind(person: Person, named: Sequence[tuple[Need, str]], home: str, profile: str) -> Reminder:
    """Queues a letter to a person, within a transaction; `named` are needs with their whole addresses, and
    `home` and `profile` those of the pages beside them.

    It holds labels and counts alone: no title of a row, no name, no text of the plan, since mail is read by others.
    """
    lines = [f"- {need.label} ({need.status})\n  {address}" for need, address in named]
    text = "\n\n".join(
        [
            _("This needs you in the national action plan:"),
            "\n".join(lines),
            _("All of it stands on your own page: %(link)s", link=home),
            _("Choose in your profile how often these letters come: %(link)s", link=profile),
        ]
    )
    mail.queue(person.email, _("What needs you in the national action plan"), f"{text}\n")
    reminder = Reminder(
        person_id=person.id,
        urgent=not _weekly_is_due(person, reminded(person)),
        needs=[need.key for need, _address in named],
    )
    db.session.add(reminder)
    return reminder


def _weekly_is_due(person: Person, lately: Sequence[Reminder]) -> bool:
    return person.letters == WEEKLY and all(reminder.urgent for reminder in lately)
