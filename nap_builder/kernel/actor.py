"""Who acts: a person as the access table sees them, or the installation itself."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from flask import g, has_request_context


class Role(StrEnum):
    """The roles of the access table. A person may hold several; rights add up."""

    PUBLIC = "public"
    CONTRIBUTOR = "contributor"
    PARLIAMENTARIAN = "parliamentarian"
    OFFICIAL = "official"
    FOCAL_POINT = "focal_point"
    SECRETARIAT = "secretariat"
    CHAIR = "chair"
    STEWARD = "steward"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


STAFF = frozenset({Role.OFFICIAL, Role.FOCAL_POINT, Role.SECRETARIAT, Role.CHAIR, Role.AUDITOR})
EVERYONE = frozenset(Role)


@dataclass(frozen=True)
class Actor:
    """One who acts. `institutions` are the row ids of the institutions the person speaks for.

    `bound` holds the roles that the person has for certain plans only, as pairs of role and row id of the plan;
    `offices` each role that is held for an institution, with that institution's row id.
    """

    id: int | None
    name: str
    roles: frozenset[Role]
    institutions: frozenset[int] = frozenset()
    institution_name: str = ""
    confirmed_at: datetime | None = None
    language: str = "en"
    bound: frozenset[tuple[Role, int]] = frozenset()
    offices: frozenset[tuple[Role, int]] = frozenset()

    @property
    def signed_in(self) -> bool:
        """Whether this is a person with an account."""
        return self.id is not None

    def speaks_for(self, roles: Collection[Role]) -> frozenset[int]:
        """The institutions (row ids) that the person speaks for in one of these roles, not in others held beside."""
        if not self.offices:
            return self.institutions
        return frozenset(institution for role, institution in self.offices if role in roles)

    def roles_for(self, plan_id: int | None) -> frozenset[Role]:
        """The roles that count for a plan (or, with None, for the installation as a whole); the public's if none."""
        limited = {role for role, _plan in self.bound}
        here = (self.roles - limited) | {role for role, plan in self.bound if plan == plan_id}
        return frozenset(here) or frozenset({Role.PUBLIC})


NOBODY = Actor(id=None, name="", roles=frozenset({Role.PUBLIC}))
INSTALLATION = Actor(id=None, name="nap", roles=frozenset())


def actor() -> Actor:
    """Who acts in this request; the installation itself outside one (commands and jobs)."""
    if not has_request_context():
        return INSTALLATION
    found: Actor = g.get("actor", NOBODY)
    return found
