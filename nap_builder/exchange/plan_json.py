"""The working plan as nap-plan/1 with its progress: what is said by monitoring and by consultations is added."""

from typing import Any

from nap_builder.consultations.models.contributions import Contribution
from nap_builder.consultations.models.records import Consultation
from nap_builder.monitoring.models import ActivityProgress, IndicatorValue, MilestoneProgress, Spending
from nap_builder.plans.document import Reading
from nap_builder.plans.models.plan import Commitment, Plan
from nap_builder.plans.tables import KINDS, MERGED, ONE, Kind

SPENDING = Kind("spending", Spending, ("budget_line",), style=MERGED, shape_name="budget_line")
PROGRESS = (
    Kind("consultation", Consultation, member="consultations"),
    Kind("contribution", Contribution, ("consultation",), "contributions"),
    Kind("commitment", Commitment, ("activity", "objective"), "commitment", ONE, "activity.commitment"),
    Kind("value", IndicatorValue, ("indicator",), "values"),
    Kind("activity_progress", ActivityProgress, ("activity",), style=MERGED, shape_name="activity"),
    Kind("milestone_progress", MilestoneProgress, ("milestone",), style=MERGED, shape_name="milestone"),
    SPENDING,
)
ALL_KINDS = (*KINDS, *PROGRESS)
KEYED = tuple(kind for kind in ALL_KINDS if kind.style != MERGED and kind.keyed)
PARTS = tuple(kind for kind in ALL_KINDS if kind not in KEYED)


def working_document(plan: Plan) -> dict[str, Any]:
    """All that nap-plan/1 can say of a plan as it stands: with keys, progress and consultations."""
    reading = Reading(plan)
    reading.take(*ALL_KINDS)
    return reading.document()
