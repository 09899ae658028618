"""Who may publish, and who may read what is published."""

from dataclasses import dataclass

from nap_builder.kernel.access import POLICY, Rule
from nap_builder.kernel.actor import EVERYONE, Actor, Role
from nap_builder.kernel.languages import _l
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.models.versions import PlanVersion
from nap_builder.plans.policy import DRAFTERS, MINISTRIES
from nap_builder.taskforce.models import Institution


@dataclass(frozen=True)
class Opened:
    """A version, and whether the public may read it now."""

    version: PlanVersion
    published: bool

    @property
    def plan(self) -> Plan:
        """The plan that the version is of."""
        return self.version.plan


@dataclass(frozen=True)
class PaperFor:
    """A letter or paper of a plan that is meant for one institution."""

    plan: Plan
    institution: Institution


def open_to_reader(who: Actor, subject: Opened | None) -> bool:
    """A published version is open to all; another to those who may read the working plan."""
    return subject is None or subject.published or POLICY["plans.draft.read"].allows(who, subject.plan)


def meant_for_own(who: Actor, subject: Plan | PaperFor) -> bool:
    """Whether the paper is for the person's institution, or for none in particular."""
    return subject.institution.id in who.institutions if isinstance(subject, PaperFor) else bool(who.institutions)


POLICY.declare(
    Rule(
        "publishing.plan.read",
        row="A01",
        y=EVERYONE,
        when=open_to_reader,
        hidden=True,
        says=_l("Read the published plan and its PDF"),
    ),
    Rule(
        "publishing.paper.read",
        row="A35",
        y=DRAFTERS | {Role.AUDITOR},
        o=MINISTRIES,
        own=meant_for_own,
        says=_l("Take the letters and papers of a plan"),
    ),
    Rule(
        "publishing.file.verify",
        row="A43",
        y=EVERYONE,
        says=_l("Ask whether a file was issued here"),
    ),
    Rule("publishing.version.publish", row="A29", f={Role.CHAIR}, says=_l("Publish or withdraw a version")),
)
