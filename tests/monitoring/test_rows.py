"""Rows of the database as the arithmetic takes them."""

from datetime import date
from decimal import Decimal

from nap_builder.monitoring.models import IndicatorValue
from nap_builder.monitoring.models import Spending as SpendingRow
from nap_builder.monitoring.progress.rows import measure_of, reported_of, stages_of
from nap_builder.plans.models.measures import Figure, Indicator


def test_an_indicator_is_taken_with_its_figures():
    scale = [{"value": "1", "label": {"en": "Poor"}}, {"value": "2", "label": {"en": "Good"}}]
    row = Indicator(kind="scale", direction="increase", total="last", scale=scale, disaggregation=["sex"])
    target = Figure(value=Decimal(2), by="2028-Q2", cells=[{"of": {"sex": "women"}, "missing": "suppressed"}])
    found = measure_of(row, Figure(value=Decimal(1), year=2026), [target])
    assert [step.value for step in found.scale] == [1, 2]
    assert (found.baseline.day, found.targets[0].day) == (date(2026, 12, 31), date(2028, 6, 30))
    assert found.targets[0].cells[0].missing == "suppressed"


def test_a_value_keeps_its_series_its_parts_and_its_place():
    row = IndicatorValue(
        period_ends=date(2027, 12, 31),
        numerator=Decimal(8),
        denominator=Decimal(20),
        cells=[{"of": {"sex": "women"}, "value": "8.5"}],
        quality="verified",
        corrects=True,
        position=4,
    )
    (found,) = reported_of([row])
    assert (found.series, found.corrects, found.position, found.quality) == ("", True, 4, "verified")
    assert found.cells[0].value == Decimal("8.5")


def test_money_of_which_nothing_was_said_has_no_stage():
    assert stages_of(None) == {}
    assert stages_of(SpendingRow(approved=Decimal(5)))["approved"] == 5
