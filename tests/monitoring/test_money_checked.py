"""What of the money is not verified, against a count over the raw reports; the counting here is its own."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nap_builder.kernel.database import db, transaction
from nap_builder.monitoring.models import APPROVED, COUNTED, RETURNED, SUBMITTED, VERIFIED, Spending
from tests.builders.framework import a_line
from tests.builders.monitoring import a_period, an_update
from tests.builders.progress import carried_out
from tests.conftest import signed_in

SPENT = st.none() | st.integers(0, 5)
SAID = st.tuples(st.sampled_from([SUBMITTED, APPROVED, RETURNED, VERIFIED, VERIFIED]), st.tuples(SPENT, SPENT))
REPORTS = st.lists(st.none() | st.tuples(SAID, st.none() | SAID), min_size=3, max_size=3)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(reports=REPORTS)
def test_what_is_not_verified_is_what_the_raw_reports_say_beyond_verified_ones(app, world, reports):
    plan = raised(world, reports)
    page = signed_in(app, world.people["chair"]).get(f"/en/w/{plan}/funders")
    spent, note = told(page, "Total", "Spent")
    now, checked = counted(reports, COUNTED), counted(reports, (VERIFIED,))
    assert spent == (str(sum(now.values())) if now else "–")
    if any(now.get(line, 0) < amount for line, amount in checked.items()):
        assert note == f"verified: {sum(checked.values())}"
    else:
        more = sum(now.values()) - sum(checked.values())
        assert note == (f"{more} not verified" if more else "")


def test_verified_money_stays_so_under_an_unverified_report(app, world):
    before, last = ((VERIFIED, (400, None)), None), ((SUBMITTED, (700, 50)), None)
    plan = raised(world, [before, None, last])
    page = signed_in(app, world.people["chair"]).get(f"/en/w/{plan}/funders")
    assert told(page, "Total", "Spent") == ("750", "350 not verified")


def test_an_unverified_correction_leaves_what_was_verified_as_it_was(app, world):
    corrected = ((VERIFIED, (400, None)), (SUBMITTED, (300, None)))
    plan = raised(world, [corrected, None, None])
    page = signed_in(app, world.people["chair"]).get(f"/en/w/{plan}/funders")
    assert told(page, "Total", "Spent") == ("300", "verified: 400")


def test_what_a_file_said_before_any_report_is_not_called_unverified(app, world):
    with transaction():
        found = carried_out()
        row = found.add(world, 0, lead="INT")
        line = a_line(row, amount="1000", year=2025)
        db.session.add(Spending(budget_line_id=line.id, spent=400))
        db.session.flush()
        an_update(found.second, row, spending={line.key: {"spent": "450"}})
        plan = found.plan.slug
    page = signed_in(app, world.people["chair"]).get(f"/en/w/{plan}/funders")
    assert told(page, "Total", "Spent") == ("450", "50 not verified")


def test_the_page_of_a_funder_tells_it_line_by_line(app, world):
    plan = raised(world, [((VERIFIED, (400, None)), None), None, ((SUBMITTED, (700, 50)), None)])
    page = signed_in(app, world.people["chair"]).get(f"/en/w/{plan}/funders/FOR")
    rows = page.all("//h2[@id='lines']/following::table[1]//tbody/tr")
    assert [said_in(row, "Spent")[1] for row in rows] == ["300 not verified", "50 not verified", "350 not verified"]
    assert [said_in(row, "Planned")[1] for row in rows] == ["", "", ""]


def raised(world: Any, reports: list[Any]) -> str:
    """A plan with an activity of two budget lines and, period by period, what was reported of them. Its slug."""
    with transaction():
        raised.edition += 1
        found = carried_out(edition=raised.edition)
        row = found.add(world, 0, lead="INT")
        funder = world.institutions["FOR"].id
        lines = [a_line(row, amount="1000", year=2025, funder_id=funder) for _line in range(2)]
        third = a_period(found.plan, "2026-12-31")
        for period, report in zip((found.first, found.second, third), reports, strict=True):
            corrected = None
            for state, amounts in filter(None, report or ()):
                pairs = zip(lines, amounts, strict=True)
                spending = {line.key: {"spent": str(spent)} for line, spent in pairs if spent is not None}
                corrected = an_update(
                    period, row, state=state, spending=spending, corrects_id=corrected.id if corrected else None
                )
        return found.plan.slug


raised.edition = 1


def counted(reports: list[Any], states: tuple[str, ...]) -> dict[int, int]:
    """What each line has spent, by reports in some states alone: the last that speaks of it, as it is corrected."""
    found: dict[int, int] = {}
    for report in filter(None, reports):
        holds = [amounts for state, amounts in filter(None, report) if state in states]
        found |= {line: spent for line, spent in enumerate(holds[-1] if holds else ()) if spent is not None}
    return found


def told(page: Any, name: str, label: str) -> tuple[str, str]:
    """The amount and the note in a row of the first table."""
    rows = page.all("//h2[@id='funders']/following::table[1]//tbody/tr")
    return said_in(next(row for row in rows if " ".join(row[0].text_content().split()) == name), label)


def said_in(row: Any, label: str) -> tuple[str, str]:
    """The amount and the note in the cell with a label."""
    cell = row.xpath(f"./td[@data-label='{label}']/div")[0]
    return " ".join(cell.xpath("string(./text()[1])").split()), " ".join(cell.xpath("string(./div)").split())
