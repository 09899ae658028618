"""What became of the money, by the one arithmetic of money."""

from decimal import Decimal

import pytest

from nap_builder.monitoring.progress.spending import execution_of, outlay_of, use_of
from nap_builder.plans.money import Reckoning

IN_SLE = Reckoning("SLE", [{"currency": "USD", "rate": "20"}])


def outlay(line, **said):
    return outlay_of(IN_SLE, line, {stage: Decimal(amount) for stage, amount in said.items()})


def line(amount, **more):
    return {"amount": str(amount), **more}


def test_spent_is_held_against_what_was_approved():
    found = execution_of([outlay(line(200), approved=100, spent=40), outlay(line(300))])
    assert (found.base, found.low, found.high) == ("approved", 40, 40)
    assert found.sentence == "40% of the approved money is spent."


def test_without_an_approval_it_is_held_against_the_plan():
    found = execution_of([outlay(line(200), approved=100, spent=40), outlay(line(200), spent=10)])
    assert (found.base, found.low) == ("planned", Decimal("12.5"))


def test_overspending_is_not_cut():
    assert execution_of([outlay(line(100), approved=100, spent=130)]).low == 130


def test_a_planned_range_gives_a_range():
    found = execution_of([outlay({"low": "100", "high": "200"}, spent=50)])
    assert (found.low, found.high) == (25, 50)
    assert "25 to 50%" in found.sentence


def test_another_currency_counts_at_its_stated_rate():
    use = use_of([outlay(line(10, currency="USD"), approved=10, spent=5), outlay(line(100), approved=100, spent=50)])
    assert use.costs["approved"].total.low == 300
    assert use.execution.low == 50


def test_a_currency_without_a_rate_stands_apart():
    use = use_of([outlay(line(10, currency="EUR"), approved=10, spent=9), outlay(line(100), approved=100, spent=50)])
    assert use.costs["spent"].apart["EUR"].low == 9
    assert (use.execution.low, use.execution.apart) == (50, ("EUR",))
    assert "EUR" in use.execution.sentence


@pytest.mark.parametrize(
    "outlays",
    [
        [],
        [outlay(line(100), approved=50)],
        [outlay(line(10, currency="EUR"), spent=5)],
        [outlay(line(0), spent=5)],
    ],
)
def test_where_nothing_can_be_compared_there_is_no_rate(outlays):
    found = execution_of(outlays)
    assert (found.low, found.high) == (None, None)
    assert "no execution rate" in found.sentence


def test_a_stage_that_nobody_says_is_absent_and_nought_is_not():
    use = use_of([outlay(line(100), spent=0)])
    assert set(use.costs) == {"planned", "spent"}
    assert use.execution.low == 0


def test_a_line_by_quantity_keeps_its_currency():
    by_unit = {"quantity": "3", "unit_cost": "100", "currency": "USD"}
    assert execution_of([outlay(by_unit, spent=150)]).low == 50


def test_a_year_without_reported_spending_is_not_compared():
    found = execution_of(
        [outlay(line(100, year=2024), approved=100, spent=80), outlay(line(100, year=2025), approved=100)]
    )
    assert (found.low, found.years) == (80, (2024,))
    assert found.sentence == (
        "80% of the approved money is spent. Only fiscal years with reported spending are compared, beginning in: 2024."
    )


def test_what_is_not_verified_is_told_apart():
    mine = outlay(line(100), approved=100, spent=40)
    other = outlay_of(IN_SLE, line(100), {"approved": Decimal(100), "spent": Decimal(999)}, {})
    use = use_of([mine, other])
    assert use.unverified["spent"].total.low == 999
    assert use.execution.sentence == (
        "519.5% of the approved money is spent. That is more than was approved. By verified reports alone it is 20%."
    )


def reported(line, now, verified):
    """What became of a line: what is spent by all reports, and by verified ones alone."""
    return outlay_of(IN_SLE, line, {"spent": Decimal(now)}, {"spent": Decimal(verified)})


def test_only_what_came_on_top_of_verified_money_is_not_verified():
    use = use_of([reported(line(100), 70, 40), reported(line(10, currency="USD"), 9, 7)])
    assert use.costs["spent"].total.low == 250
    assert use.unverified["spent"].total.low == 30 + 2 * 20
    assert use.execution.verified == (60, 60)


def test_money_confirmed_unchanged_stays_verified():
    use = use_of([reported(line(100), 40, 40)])
    assert (use.unverified, use.checked, use.execution.verified) == ({}, {}, None)


def test_where_less_is_said_than_was_verified_the_verified_sum_is_told():
    use = use_of([reported(line(100), 70, 40), reported(line(100), 10, 30)])
    assert "spent" not in use.unverified
    assert use.checked["spent"].total.low == 70


def test_what_came_on_top_without_a_rate_stands_apart():
    use = use_of([reported(line(100, currency="EUR"), 9, 4)])
    assert use.unverified["spent"].apart["EUR"].low == 5
