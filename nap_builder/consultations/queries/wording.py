"""A wording that a contribution suggests, beside the words as they stand now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nap_builder.consultations.models.contributions import Contribution
from nap_builder.consultations.queries.places import Part, living_parts, parts_of_version
from nap_builder.consultations.tongues import tongue_of_wording
from nap_builder.plans.models.narrative import Paragraph, Section
from nap_builder.plans.wording import Run, runs


@dataclass(frozen=True)
class Wording:
    """The words people read (`was`, None where no version is known), those of the working plan, and those suggested.

    All in `language`, that of the wording. `part` is where they stand now; None where that is archived.
    """

    contribution: Contribution
    language: str
    proposed: str
    was: str | None
    part: Part | None

    @property
    def row(self) -> Any:
        """The row of the working plan that would be written; None where nothing can be."""
        return None if self.part is None or isinstance(self.part.row, Section) else self.part.row

    @property
    def now(self) -> str:
        """The words as they stand."""
        return (self.part.text if self.part else {}).get(self.language, "")

    @property
    def runs(self) -> Sequence[Run]:
        """What the suggestion takes out of the words as they stand, and puts in."""
        return runs(self.now, self.proposed)

    @property
    def changed_since(self) -> bool:
        """Whether the words were changed after people read them, so that the suggestion is about others."""
        return self.was is not None and self.was.strip() != self.now.strip()

    @property
    def stands(self) -> bool:
        """Whether the plan says already what is suggested."""
        return self.now.split() == self.proposed.split()


def wording_of(contribution: Contribution) -> Wording | None:
    """What a contribution suggests for the first part that it is about; None where it suggests nothing."""
    if not contribution.proposed or not contribution.about or not contribution.shown:
        return None
    name, plan = contribution.about[0], contribution.plan
    before = parts_of_version(contribution.consultation).get(name)
    part = living_parts(plan, [name]).get(name)
    words, online = before.text if before else {}, contribution.channel == "online"
    language = tongue_of_wording(contribution.language, words, plan.first_language, online=online)
    kept = contribution.proposed.strip()
    proposed = kept if part is not None and isinstance(part.row, Paragraph) else " ".join(kept.split())
    return Wording(contribution, language, proposed, before.text.get(language, "") if before else None, part)
