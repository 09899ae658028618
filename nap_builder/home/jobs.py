"""The letters that remind: drawn for each person from what stands on their own page."""

from typing import Any

from flask import g, url_for
from flask.globals import app_ctx
from sqlalchemy import select

from nap_builder.accounts.addresses import can_write
from nap_builder.accounts.models import NEVER, Person
from nap_builder.accounts.queries import actor_of, person_by_id
from nap_builder.home.queries.home import plan_at_work
from nap_builder.home.queries.need import Need
from nap_builder.home.queries.needs import needs_of
from nap_builder.home.services.reminders import remind, reminded, worth_a_letter
from nap_builder.kernel.database import db, transaction
from nap_builder.kernel.jobs import Step, enqueue, work
from nap_builder.kernel.languages import _l


@work("home.reminders", _l("Writing the reminders"))
def send_reminders(_step: Step) -> dict[str, Any]:
    """Queues the letters that are due. Run twice, it writes each once."""
    people = db.session.scalars(select(Person.id).where(Person.active, Person.letters != NEVER)).all()
    db.session.rollback()
    return {"letters": sum(_write_to(person_id) for person_id in people)}


def ask_for_reminders() -> None:
    """Queues that work, where letters with links can go out at all. Opens its own transaction."""
    if can_write():
        with transaction():
            enqueue(send_reminders)


def _write_to(person_id: int) -> bool:
    """Writes to one person, seeing what they would see; a letter names only pages that this person may open."""
    app = app_ctx.app
    with app.app_context(), app.test_request_context("/", base_url=app.config["NAP"].base_url):
        person = person_by_id(person_id)
        g.actor, g.lang = actor_of(person), person.language
        due = worth_a_letter(person, needs_of(g.actor, plan_at_work()), reminded(person))
        if due:
            named = [(need, _address(need)) for need in due]
            with transaction():
                pages = (url_for(name, _external=True) for name in ("home.home", "accounts.profile"))
                remind(person_by_id(person_id), named, *pages)
        return bool(due)


def _address(need: Need) -> str:
    return url_for(need.endpoint or "home.home", _external=True, **need.parts)
