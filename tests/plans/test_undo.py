"""Every act on rows and paragraphs can be taken back by who did it, for a while, until somebody else goes on."""

import inspect
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from sqlalchemy import func, select

from nap_builder.kernel import clock
from nap_builder.kernel.audit import AuditEntry, first_fault, sentence_of
from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction
from nap_builder.plans.document import plan_document
from nap_builder.plans.models.framework import Involvement
from nap_builder.plans.models.narrative import ParagraphText
from nap_builder.plans.models.plan import FormerCode
from nap_builder.plans.models.undo import Undo
from nap_builder.plans.queries import measures as figures
from nap_builder.plans.queries.framework import lines_of
from nap_builder.plans.services import framework, measures, money, narrative, rows, sections, undoing
from nap_builder.plans.services.standing import standing
from tests.builders.framework import a_figure, a_line, a_pillar, an_activity, an_indicator, an_objective, an_output

TITLE = {"en": "Other words"}
SERVICES = (framework, measures, money, narrative, rows, sections)


class Here:
    """A plan with a row of every kind, as it stands in the open transaction; and who acts."""

    def __init__(self, world, who="secretariat"):
        self.world = world
        self.by = actor_of(world.people[who])

    def __getattr__(self, name):
        row = getattr(self.world, name)
        return database.session.get_one(type(row), row.id)

    @property
    def first(self):
        return self.activity(0)

    def activity(self, number):
        row = self.world.activities[number]
        return database.session.get_one(type(row), row.id)

    def words(self, number=0):
        row = self.world.paragraphs[number]
        return database.session.get_one(type(row), row.id)

    def body(self, code):
        return self.world.institutions[code].id


def actor_of(person):
    from nap_builder.accounts.services.sessions import actor_for

    return actor_for(person)
