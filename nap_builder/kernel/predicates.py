"""Ways to put conditions of the access table together."""

from typing import Any

from nap_builder.kernel.access import Condition
from nap_builder.kernel.actor import Actor


def both(*conditions: Condition) -> Condition:
    """A condition that holds when all of these hold."""

    def all_hold(who: Actor, subject: Any) -> bool:
        return all(condition(who, subject) for condition in conditions)

    return all_hold
