"""The form of an activity: what is asked most first, the rest after it."""

from typing import Any

from wtforms import BooleanField

from nap_builder.kernel.fields import WhenField, WordsField
from nap_builder.kernel.languages import _l
from nap_builder.plans.forms.pieces import (
    WHEN_HINT,
    CodeField,
    InstitutionField,
    InstitutionsField,
    LinesField,
    Offered,
    OneOf,
    RowForm,
    SeveralOf,
)
from nap_builder.plans.names import COSTINGS, GENDER_MARKERS, REACHES, STRATEGIES, TIMINGS, TOPICS

TEXTS = ("title", "description", "expected_result", "partners", "time_as_stated", "costing_note")
PLAIN = ("code", "starts", "ends", "costing", "strategies", "reach", "topics", "mandates")


class ActivityForm(RowForm):
    """Everything that a plan says of an activity, but its money, indicators and milestones."""

    title = WordsField(
        _l("What will be done"), required=True, description=_l("Start with a verb. One activity, one line.")
    )
    lead_id = InstitutionField(
        _l("Lead ministry"),
        nothing=_l("Nobody of its own"),
        description=_l("Without a lead of its own, the nearest row above leads."),
    )
    supporting = InstitutionsField(_l("With"))
    co_leads = InstitutionsField(_l("Leads together with"))
    starts = WhenField(_l("From"), description=WHEN_HINT)
    ends = WhenField(_l("To"), description=_l("As precise as it is known."))
    costing = OneOf(_l("Cost"), COSTINGS, nothing=_l("Not said"))
    code = CodeField()
    description = WordsField(_l("Description"))
    expected_result = WordsField(_l("Expected result"))
    partners = WordsField(_l("Partners, in words"), description=_l("Those who are not institutions of this plan."))
    timing = OneOf(_l("Timing"), TIMINGS, default="dated")
    time_as_stated = WordsField(_l("Time, as the plan says it"))
    costing_note = WordsField(_l("Note on the cost"))
    restricted = BooleanField(
        _l("Restricted"), description=_l("Only the secretariat, the chair and the lead ministry can read it.")
    )
    gender_marker = OneOf(_l("Gender marker"), GENDER_MARKERS, nothing=_l("Not said"))
    regions = SeveralOf(_l("Regions"))
    regions_named = LinesField(_l("Regions"), description=_l("One on a line."))
    new = OneOf(_l("New work"), {"True": _l("New work"), "False": _l("Already under way")}, nothing=_l("Not said"))
    strategies = SeveralOf(_l("Strategies"), STRATEGIES)
    reach = OneOf(_l("Reach"), REACHES, nothing=_l("Not said"))
    topics = SeveralOf(_l("Topics"), TOPICS)
    mandates = LinesField(_l("Obligations it answers"), description=_l("One on a line, such as S/RES/1325 OP8."))

    def _speak(self) -> None:
        super()._speak()
        offers: Offered = self.given.get("offers") or Offered()
        self.regions.choices = list(offers.regions)
        del self["regions_named" if offers.regions else "regions"]
        if not offers.restricts:
            del self.restricted

    def values(self) -> dict[str, Any]:
        """What the form says, by the activity's columns; without what this person may not set."""
        return {
            **self.words(*TEXTS, *PLAIN),
            **self.led(),
            "timing": self.timing.data or "dated",
            "gender_marker": self.gender_marker.whole,
            "regions": self["regions" if "regions" in self else "regions_named"].data or None,
            "new": {"True": True, "False": False}.get(self.new.data or ""),
            **({"restricted": self.restricted.data} if "restricted" in self else {}),
        }
