"""What an update says, and what is wrong with it before it may be sent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from nap_builder.kernel.clock import today
from nap_builder.kernel.errors import MalformedForm
from nap_builder.kernel.languages import _, _l
from nap_builder.monitoring.milestone_moves import Fault, fault_of
from nap_builder.monitoring.models import DRAFT, ProgressUpdate
from nap_builder.monitoring.progress.cells import cell_faults
from nap_builder.monitoring.progress.names import LEFT
from nap_builder.monitoring.queries.before import Before, Told
from nap_builder.monitoring.queries.due import Due
from nap_builder.monitoring.queries.looks import point_of
from nap_builder.plans.models.measures import Indicator

PARTS = ("value", "numerator", "denominator")
WHOLE = frozenset({"people", "women_and_girls", "organisations", "sites", "documents", "events", "cases"})
NO_FIGURE = _l("Write the figure. If there is none this time, say why under “Source, note, or no figure”.")


@dataclass(frozen=True)
class Content:
    """What is reported: the columns of an update that say something, as nap-plan/1 writes figures and amounts."""

    status: str | None = None
    said: Mapping[str, str] | None = None
    figures: Mapping[str, Told] = field(default_factory=dict)
    milestones: Mapping[str, Told] = field(default_factory=dict)
    spending: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def columns(self) -> dict[str, Any]:
        """It by the columns of an update; what is empty is nothing."""
        said = {"said": self.said, "figures": self.figures, "milestones": self.milestones, "spending": self.spending}
        return {"status": self.status, **{name: dict(value) if value else None for name, value in said.items()}}


def written_in(update: ProgressUpdate) -> Content:
    """What an update says."""
    return Content(update.status, update.said, update.figures or {}, update.milestones or {}, update.spending or {})


def unchanged(before: Before) -> Content:
    """What an update says where nothing changed: what was said last, and 0 where figures are added up."""
    return Content(before.status, None, before.repeated(), before.milestones(), before.spending())


def may_be_unchanged(before: Before) -> bool:
    """Whether one press may say that nothing changed; a draft that says something else would be lost by it."""
    update = before.due.update
    if not before.may_stay:
        return False
    return update is None or update.state != DRAFT or _says_no_more(written_in(update), unchanged(before))


def _says_no_more(written: Content, last: Content) -> bool:
    parts = ((getattr(written, name), getattr(last, name)) for name in ("figures", "milestones", "spending"))
    same = all(told.get(key) == value for now, told in parts for key, value in now.items())
    return same and not written.said and written.status in (None, last.status)


def field_of(kind: str, key: str, part: str) -> str:
    """What the field of a form is called that says a part of a figure, milestone or budget line."""
    return f"{kind}-{key}-{part}"


def only_what_is_due(due: Due, content: Content) -> None:
    """Refuses what was not asked for, such as a figure of another ministry's indicator. Raises MalformedForm."""
    asked = ((content.figures, due.indicators), (content.milestones, due.milestones), (content.spending, due.lines))
    if any(set(told) - {row.key for row in rows} for told, rows in asked):
        raise MalformedForm
    if content.status is not None and due.kind != "activity":
        raise MalformedForm


def faults_of(due: Due, content: Content) -> list[Fault]:
    """What stands against sending it: pairs of a form's field and a sentence. A draft may have any of these."""
    return [*faults_of_status(due, content), *_of_figures(due, content), *_of_milestones(due, content)]


def faults_of_status(due: Due, content: Content) -> Iterator[Fault]:
    """What stands against sending it in how it is said to go, and why."""
    if due.kind != "activity":
        return
    if content.status is None:
        yield "status", _("Choose how it is going.")
    if content.status in LEFT and not content.said:
        yield "said", _("Say why it is dropped or carried over. This is published.")


def _of_figures(due: Due, content: Content) -> Iterator[Fault]:
    before = Before(due)
    for indicator in due.indicators:
        told = content.figures.get(indicator.key)
        first = field_of("figure", indicator.key, before.parts(indicator)[0])
        if not says_something(told):
            yield first, str(NO_FIGURE)
        elif told is not None:
            yield from _of_figure(before, indicator, told, first)


def says_something(told: Told | None) -> bool:
    """Whether a figure has a number, words, or a reason why there is none."""
    return bool(told) and any(name in (told or {}) for name in (*PARTS, "text", "missing"))


def _of_figure(before: Before, indicator: Indicator, told: Told, first: str) -> Iterator[Fault]:
    numbers = {name: Decimal(told[name]) for name in PARTS if name in told}
    if "missing" in told and numbers:
        yield first, _("Write a figure, or say why there is none: not both.")
        return
    if not before.may_be_negative(indicator):
        for name, value in numbers.items():
            if value < 0:
                yield field_of("figure", indicator.key, name), _("Write a number that is not below zero.")
    if _is_counted(indicator) and "value" in numbers and numbers["value"] % 1:
        yield first, _("This counts whole things. Write a whole number.")
    yield from _of_fraction(indicator, numbers)
    for fault in cell_faults(before.measure(indicator), point_of(told, before.due)):
        yield first, fault.sentence


def _is_counted(indicator: Indicator) -> bool:
    return indicator.kind == "number" and indicator.counts in WHOLE and indicator.total != "average"


def _of_fraction(indicator: Indicator, numbers: Mapping[str, Decimal]) -> Iterator[Fault]:
    part, whole = numbers.get("numerator"), numbers.get("denominator")
    if whole is None and part is None:
        return
    if part is None or (whole is None and indicator.kind != "sites_meeting"):
        lacking = "numerator" if part is None else "denominator"
        yield field_of("figure", indicator.key, lacking), _("Give both: the number, and out of how many.")
    elif whole == 0:
        yield field_of("figure", indicator.key, "denominator"), _("Nothing can be divided by nought.")
    elif whole is not None and indicator.kind != "ratio" and part > whole:
        yield field_of("figure", indicator.key, "numerator"), _("This is more than the whole it is a part of.")


def _of_milestones(due: Due, content: Content) -> Iterator[Fault]:
    now = today(due.plan.timezone)
    for row in due.milestones:
        if told := content.milestones.get(row.key):
            before, met_on = due.before.milestone(row).state, told.get("met_on")
            day = date.fromisoformat(met_on) if met_on else None
            if fault := fault_of(before, told.get("state"), told.get("reason"), day, now):
                part, sentence = fault
                yield field_of("milestone", row.key, part), sentence
