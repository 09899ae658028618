"""What the State wears on what is printed: of a version, what it wore when that was frozen."""

from nap_builder.plans.models.versions import PlanVersion
from nap_builder.taskforce.identity import chosen, worn
from nap_builder.taskforce.queries import installation


def worn_on(version: PlanVersion | None) -> dict[str, str]:
    """What is worn on what is printed of a version, as `Edition.worn` has it; of the plan as it stands without one.

    A version from before that was kept wears what the State wears now.
    """
    return worn(chosen(installation()) if version is None or version.worn is None else version.worn)
