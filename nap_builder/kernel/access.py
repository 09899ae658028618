"""The one table of who may do what, and the gate that every view stands behind."""

import inspect
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import wraps
from typing import Any

from flask import Flask

from nap_builder.kernel.actor import Actor, Role, actor
from nap_builder.kernel.clock import now
from nap_builder.kernel.errors import Missing, NeedsFreshSignIn, NeedsSignIn, NotAllowed
from nap_builder.kernel.languages import LazyString, _

Condition = Callable[[Actor, Any], bool]
FRESH_FOR = timedelta(minutes=10)


@dataclass(frozen=True)
class Rule:
    """One action, read aloud: these roles always (`y`), these for their own institution (`o`), these for
    their own items (`s`), these after a fresh sign-in (`f`), these one half of what takes two people, after a fresh
    sign-in too (`two`, in the table 2), and all only `when` a condition holds.

    `row` is the line of the access table that the rule comes from. `own` decides for `o` and `s`.
    `hidden` answers 404, since even the existence of the subject is not public. `anywhere` lets a role that is
    bound to a plan count where no plan is in hand, as on the list of plans.
    """

    action: str
    row: str
    says: LazyString
    y: Collection[Role] = frozenset()
    o: Collection[Role] = frozenset()
    s: Collection[Role] = frozenset()
    f: Collection[Role] = frozenset()
    two: Collection[Role] = frozenset()
    own: Condition | None = None
    when: Condition | None = None
    hidden: bool = False
    anywhere: bool = False

    def __post_init__(self) -> None:
        if (self.o or self.s) and self.own is None:
            raise ValueError(f"{self.action}: a rule for one's own needs `own`")

    def mark(self, role: Role) -> str:
        """The sign of the access table for a role: y, o, s, f, 2 or -."""
        signs = {"y": self.y, "o": self.o, "s": self.s, "f": self.f, "2": self.two}
        return next((sign for sign, roles in signs.items() if role in roles), "-")

    def concerns(self, roles: Collection[Role]) -> bool:
        """Whether any of the roles has the action under some condition."""
        return any(self.mark(role) != "-" for role in roles)

    def allows(self, who: Actor, subject: Any) -> bool:
        """Whether the actor has the action on the subject, leaving aside how fresh the sign-in is."""
        if self.when is not None and not self.when(who, subject):
            return False
        counting = self._counting(who, subject)
        if any(self.mark(role) in "yf2" for role in counting):
            return True
        as_owner = replace(who, institutions=self._own(who, counting))
        return any(self.mark(role) in "os" for role in counting) and bool(self.own and self.own(as_owner, subject))

    def reach(self, who: Actor) -> frozenset[int]:
        """The institutions (row ids) for which the actor has the action as one's own, by the roles that give it."""
        return self._own(who, who.roles)

    def reach_in(self, who: Actor, plan_id: int | None) -> frozenset[int] | None:
        """The same by the roles that count for a plan (row id): none may be among them; None for the whole plan."""
        counting = who.roles_for(plan_id)
        return None if any(self.mark(role) in "yf2" for role in counting) else self._own(who, counting)

    def _own(self, who: Actor, roles: Collection[Role]) -> frozenset[int]:
        giving = [role for role in roles if self.mark(role) in "os"]
        return who.speaks_for(giving) if giving else frozenset()

    def wants_fresh(self, who: Actor, subject: Any) -> bool:
        """Whether only roles that need a fresh sign-in give this actor the action."""
        marks = {self.mark(role) for role in self._counting(who, subject)} - {"-"}
        return bool(marks) and marks <= {"f", "2"}

    def _counting(self, who: Actor, subject: Any) -> Collection[Role]:
        return who.roles if subject is None and self.anywhere else who.roles_for(plan_id_of(subject))


def plan_id_of(subject: Any) -> int | None:
    """The row id of the plan that a subject is, belongs to, or hangs on; None where there is none."""
    if getattr(subject, "__tablename__", "") == "plan":
        return int(subject.id)
    if getattr(subject, "plan_id", None) is not None:
        return int(subject.plan_id)
    inner = next((found for name in ("plan", "activity", "version") if (found := getattr(subject, name, None))), None)
    return None if inner is None else plan_id_of(inner)


@dataclass
class Policy:
    """All rules, by action. Filled by each feature's `policy.py`."""

    rules: dict[str, Rule] = field(default_factory=dict)

    def declare(self, *rules: Rule) -> None:
        """Adds rules. An action is declared once."""
        for rule in rules:
            if self.rules.setdefault(rule.action, rule) is not rule:
                raise ValueError(f"{rule.action} is declared twice")

    def __getitem__(self, action: str) -> Rule:
        return self.rules[action]


POLICY = Policy()


def can(action: str, subject: Any = None) -> bool:
    """Whether who acts now may do this; what buttons and menus ask. An unknown action raises KeyError."""
    return POLICY[action].allows(actor(), subject)


def demand(action: str, subject: Any = None) -> None:
    """Lets pass or raises NeedsSignIn, NeedsFreshSignIn, Missing (where existence is secret) or NotAllowed."""
    rule, who = POLICY[action], actor()
    if not rule.allows(who, subject):
        _refuse(rule, who, subject)
    if rule.wants_fresh(who, subject) and not fresh(who):
        raise NeedsFreshSignIn


def fresh(who: Actor) -> bool:
    """Whether the person gave the password within the last ten minutes."""
    return who.confirmed_at is not None and now() - who.confirmed_at < FRESH_FOR


def _refuse(rule: Rule, who: Actor, subject: Any = None) -> None:
    if not who.signed_in and not (rule.hidden and rule.concerns(who.roles)):
        raise NeedsSignIn
    if rule.hidden:
        raise Missing
    if subject is not None and rule.concerns(who.roles) and rule.when is not None and not rule.when(who, subject):
        raise NotAllowed(
            _("Your role includes this, but not now: the plan is adopted, or its state stands against it.")
        )
    raise NotAllowed


def requires(action: str, on: Callable[..., Any] | None = None) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Marks a view with its action. `on` loads the subject from the address parts it names.

    Roles are judged before anything is loaded, so an address tells nothing to those it is not for; then the
    subject is loaded, conditions are judged, and the view gets the subject first and the parts left over.
    """

    def mark(view: Callable[..., Any]) -> Callable[..., Any]:
        names = tuple(inspect.signature(on).parameters) if on else ()

        @wraps(view)
        def gate(**parts: Any) -> Any:
            rule, who = POLICY[action], actor()
            if not rule.concerns(who.roles):
                _refuse(rule, who)
            if on is None:
                demand(action)
                return view(**parts)
            subject = on(**{name: parts.pop(name) for name in names if name in parts})
            demand(action, subject)
            return view(subject, **parts)

        gate.action = action  # type: ignore[attr-defined]
        return gate

    return mark


def refuse_unguarded(app: Flask) -> None:
    """Stops the start when a view names no action, or one that the table does not know."""
    for endpoint, view in app.view_functions.items():
        named = getattr(view, "action", None)
        if named is None:
            raise RuntimeError(f"the view {endpoint} names no action")
        if named not in POLICY.rules:
            raise RuntimeError(f"the view {endpoint} names the unknown action {named}")
