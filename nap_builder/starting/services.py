"""Starting a plan from a template or from an earlier plan, and making templates of plans."""

import json
from typing import Any

from nap_builder.exchange import services as exchange
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import Act, record
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db, unchanged_since
from nap_builder.kernel.errors import BadInput
from nap_builder.kernel.languages import _, words_in
from nap_builder.plans.document import institutions_said
from nap_builder.plans.events.narrative import PLAN_STARTED
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.plan import plan_or_none
from nap_builder.starting import events, queries
from nap_builder.starting.composing import Wishes, composed
from nap_builder.starting.following import Kept, as_template, succeeding
from nap_builder.starting.models import SavedTemplate
from nap_builder.starting.template import EMPTY, PlanTemplate, Row

Words = dict[str, str]


def start_from_template(by: Actor, template: PlanTemplate, wishes: Wishes) -> Plan:
    """Starts a plan from a template. Raises BadInput for a slug in use, or facts that cannot be."""
    _refuse_taken(wishes.slug)
    document = composed(template, wishes, list(institutions_said().values()))
    act = PLAN_STARTED if template.key == EMPTY else events.FROM_TEMPLATE
    plan = _take_in(by, document, act, wishes, template=words_in(template.title))
    plan.template = template.key
    return plan


def start_from_plan(by: Actor, former: Plan, wishes: Wishes, kept: Kept) -> Plan:
    """Starts the plan that follows an earlier one. Raises BadInput for a slug in use, or facts that cannot be."""
    _refuse_taken(wishes.slug)
    document = succeeding(exchange.working_document(former), wishes, kept)
    plan = _take_in(by, document, events.FROM_PLAN, wishes, former=words_in(former.title, first=former.first_language))
    plan.template = former.template
    return plan


def save_template(by: Actor, plan: Plan, key: str, title: Words, summary: Words, *, texts: bool) -> SavedTemplate:
    """Saves a plan as a template under a key that nobody used: what is public in it, without figures, money or dates.

    With `texts` the paragraphs go with it. Raises BadInput for a key in use.
    """
    if not queries.key_is_free(key):
        raise BadInput("key", _("Another template has this short name. Choose another one."))
    document = as_template(exchange.working_document(plan), key, title, summary, texts=texts)
    template = SavedTemplate(key=key, title=title, document=document)
    db.session.add(template)
    db.session.flush()
    _remember(events.TEMPLATE_SAVED, by, template)
    return template


def archive_template(by: Actor, template: SavedTemplate, *, seen: int | None) -> None:
    """Takes a template off the list; plans begun from it stay as they are. Raises StaleEdit."""
    unchanged_since(template, seen)
    template.archived_at = now()
    _remember(events.TEMPLATE_ARCHIVED, by, template)


def restore_template(by: Actor, template: SavedTemplate, *, seen: int | None) -> None:
    """Puts an archived template back on the list. Raises StaleEdit."""
    unchanged_since(template, seen)
    template.archived_at = None
    _remember(events.TEMPLATE_RESTORED, by, template)


def _refuse_taken(slug: str) -> None:
    if plan_or_none(slug) is not None:
        raise BadInput("slug", _("Another plan has this short name. Choose another one."))


def _take_in(by: Actor, document: Row, act: Act, wishes: Wishes, **said: Any) -> Plan:
    incoming = exchange.read(json.dumps(document, ensure_ascii=False).encode())
    title = words_in(wishes.facts.title, first=wishes.facts.own_language)
    return exchange.apply(by, incoming, act=act, title=title, **said).plan


def _remember(act: Act, by: Actor, template: SavedTemplate) -> None:
    record(act, by, template, title=words_in(template.title))
