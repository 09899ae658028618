"""One source for page, table, chart, file: what was reported, and nothing else."""

import csv
import io
from datetime import date
from typing import Any

import pytest

from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db, transaction
from nap_builder.monitoring.charts import progress_chart, value_in_words
from nap_builder.monitoring.models import VERIFIED, IndicatorValue, ProgressUpdate
from nap_builder.monitoring.queries.figures import sheet_of
from nap_builder.monitoring.queries.periods import periods
from nap_builder.plans.models.measures import Indicator
from nap_builder.plans.models.plan import FormerCode
from nap_builder.plans.names import MISSING
from tests.builders.framework import a_figure, an_indicator
from tests.builders.monitoring import a_period, an_update, in_execution

YEARS = ("2023", "2024", "2025")
BY_SEX = [{"of": {"sex": "women"}, "value": "4"}, {"of": {"sex": "men"}, "value": "16"}]
CROSSED = [
    {"of": {"rank": "officer", "sex": "women"}, "value": "1"},
    {"of": {"rank": "officer", "sex": "men"}, "value": "9"},
    {"of": {"rank": "soldier", "sex": "women"}, "value": "3"},
    {"of": {"rank": "soldier", "sex": "men"}, "value": "7"},
]
SCALE = [{"value": "1", "label": {"en": "Begun"}}, {"value": "2", "label": {"en": "Half done"}}]
# Of each kind: what the indicator says, what is reported for three years, what the page says for the last.
KINDS: dict[str, tuple[dict[str, Any], list[dict[str, Any]], str]] = {
    "number": ({}, [{"value": "7"}, {"missing": "not_collected"}, {"value": "12"}], "12"),
    "summed": ({"kind": "number", "total": "sum"}, [{"value": "7"}, {"value": "3"}, {"value": "5"}], "25"),
    "percent": (
        {},
        [{"numerator": "1", "denominator": "3"}, {"value": "40"}, {"numerator": "3", "denominator": "8"}],
        "37.5% (3 of 8)",
    ),
    "ratio": (
        {},
        [{"value": "0.5"}, {"value": "0.6"}, {"numerator": "133", "denominator": "212"}],
        "133 of 212 (0.63)",
    ),
    "money": ({"total": "sum"}, [{"value": "1000"}, {"value": "2000.50"}, {"value": "3000"}], "6,010.5"),
    "index": ({"direction": "decrease"}, [{"value": "3.4"}, {"value": "3.1"}, {"value": "2.9"}], "2.9"),
    "yes_no": ({}, [{"value": "0"}, {"value": "0"}, {"value": "1"}], "Yes"),
    "scale": ({"scale": SCALE}, [{"value": "1"}, {"value": "1"}, {"value": "2"}], "Half done"),
    "sites_meeting": (
        {},
        [{"numerator": "1", "denominator": "8"}, {"missing": "not_available"}, {"numerator": "4", "denominator": "8"}],
        "50% (4 of 8)",
    ),
    "qualitative": (
        {},
        [{"text": {"en": "Some"}}, {"text": {"en": "More"}}, {"text": {"en": "All doors"}}],
        "All doors",
    ),
}


@pytest.fixture
def plan(world):
    """The plan, carried out; three years of periods, published."""
    with transaction():
        in_execution(world.plan)
        world.plan.starts, world.plan.ends = date(2023, 1, 1), date(2027, 12, 31)
        for year in YEARS:
            a_period(world.plan, f"{year}-12-31", state="closed", published_at=now())
    return world.plan


@pytest.fixture
def reports(world, plan):
    """A function that reports values for the years from the first on, on an indicator of the first activity."""

    def report(
        code: str, told: list[dict[str, Any]], *, state: str = VERIFIED, place: int = 0, **given: Any
    ) -> Indicator:
        activity = world.activities[place]
        with transaction():
            indicator = an_indicator(activity, code=code, title=f"Measure {code}", **given)
            a_figure(indicator, value="10", year=2022) if given.get("total") == "sum" else None
            for period, said in zip(periods(plan), told, strict=False):
                an_update(period, activity, state=state, figures={indicator.key: said})
        return indicator

    return report


def rows_of(answer: Any) -> list[dict[str, str]]:
    """A file as its rows."""
    text = answer.get_data(as_text=True)
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_the_table_and_the_file_say_the_raw_rows(as_role, reports, kind):
    given, told, last = KINDS[kind]
    indicator = reports("A1", told, **{"kind": kind, **given})

    page = as_role("secretariat").get("/en/w/nap-2/figures/A1")
    in_file = rows_of(as_role("secretariat").get("/en/w/nap-2/figures/A1.csv").answer)
    raw = db.session.query(IndicatorValue).filter_by(indicator_id=indicator.id).order_by("period_ends").all()

    assert last in page.words
    assert [row["period_ends"] for row in in_file] == [str(row.period_ends) for row in raw]
    assert [row["value"] for row in in_file] == [recomputed(kind, row) for row in raw]
    assert table_of(page, "Figures by period") == list(reversed(YEARS))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "qualitative"])
def test_the_chart_is_drawn_from_the_points_of_the_table(app, world, reports, kind):
    given, told, _last = KINDS[kind]
    reports("A1", told, **{"kind": kind, **given})

    with app.test_request_context():
        row = sheet_of(world.plan, INSTALLATION).named("A1")
        chart = progress_chart(row.measure, [run.series for run in row.runs])
        drawn = [values[1] for values in chart.numbers.rows] if chart else []
        points = [value_in_words(row.measure, point.counted) or missing(point) for point in row.worst.points]

    assert drawn == points


def missing(point: Any) -> str:
    """Why there is no value."""
    return str(MISSING[point.told.missing])


def recomputed(kind: str, row: IndicatorValue) -> str:
    """The number of a raw row, worked out anew; to six places."""
    share = {"percent": 100, "sites_meeting": 100, "ratio": 1}.get(kind)
    value = row.value
    if share and row.denominator:
        value = row.numerator * share / row.denominator
    return "" if value is None else f"{round(value, 6).normalize():f}"


def table_of(page: Any, caption: str) -> list[str]:
    """The heads of the rows of a table."""
    return [
        " ".join(cell.text_content().split())
        for cell in page.all(f"//table[caption[contains(., '{caption}')]]//tbody/tr/td[1]")
    ]


def test_parts_are_shown_by_sex_by_region_and_by_rank_and_sex(as_role, world, reports):
    with transaction():
        world.plan.regions = [{"code": "N", "name": {"en": "North"}}, {"code": "S", "name": {"en": "South"}}]
    by_region = [{"of": {"region": "N"}, "value": "15"}, {"of": {"region": "S"}, "missing": "not_collected"}]
    reports("A1", [{"value": "20", "cells": [*BY_SEX, *by_region, *CROSSED]}], counts="people")

    page = as_role("secretariat").get("/en/w/nap-2/figures/A1")

    assert part_rows(page, "Sex") == [["Women", "4"], ["Men", "16"], ["Together", "20"]]
    assert part_rows(page, "Region") == [["North", "15"], ["South", "Not collected"]]
    assert part_rows(page, "Rank · Sex") == [
        ["officer", "1", "9", "10", "10%"],
        ["soldier", "3", "7", "10", "30%"],
        ["Together", "4", "16", "20", "20%"],
    ]
    assert "women 4, men 16" in page.words


def test_parts_stand_in_the_file_as_on_the_page(as_role, reports):
    reports("A1", [{"value": "20", "cells": CROSSED}])

    rows = rows_of(as_role("secretariat").get("/en/w/nap-2/figures/A1.csv").answer)

    parts = [(row["rank"], row["sex"], row["value"]) for row in rows if row["row"] == "part"]
    assert parts == [(cell["of"]["rank"], cell["of"]["sex"], cell["value"]) for cell in CROSSED]


def test_rates_by_sex_are_neither_added_nor_drawn(as_role, reports):
    rates = [
        {"of": {"rank": "officer", "sex": "women"}, "value": "60"},
        {"of": {"rank": "officer", "sex": "men"}, "value": "70"},
    ]
    reports("A1", [{"numerator": "13", "denominator": "20", "cells": rates}], kind="percent")

    page = as_role("secretariat").get("/en/w/nap-2/figures/A1")

    assert part_rows(page, "Rank · Sex") == [["officer", "60", "70"]]
    assert not page.all("//ul[@class='chart-bars']")


def test_what_adds_up_says_that_it_counts_from_the_baseline(as_role, reports):
    reports("A1", [{"value": "7"}, {"value": "3"}], total="sum")

    words = as_role("secretariat").get("/en/w/nap-2/figures/A1").words

    assert "The figure counts from the baseline: 10 on 31 December 2022" in words
    assert as_role("secretariat").get("/en/w/nap-2/figures/A1").all("//span[@class='big figures']")[0].text == "20"


def test_series_stand_apart_each_with_its_source(as_role, world, reports):
    indicator = reports("A1", [{"value": "7", "series": "Police", "source": {"en": "Police roll"}}])
    with transaction():
        an_update(
            periods(world.plan)[1],
            world.activities[0],
            state=VERIFIED,
            figures={indicator.key: {"value": "9", "series": "Courts", "source": {"en": "Court roll"}}},
        )

    page = as_role("secretariat").get("/en/w/nap-2/figures/A1")

    assert [card.text for card in page.all("//section[contains(@class, 'card-key')]/h2")] == ["Courts", "Police"]
    assert all(source in page.words for source in ("Police roll", "Court roll", "they are never joined"))


def test_a_corrected_figure_stays_readable(as_role, world, reports):
    indicator = reports("A1", [{"value": "7"}])
    first = db.session.query(ProgressUpdate).one()
    with transaction():
        an_update(first.period, world.activities[0], figures={indicator.key: {"value": "8"}}, corrects_id=first.id)

    words = as_role("secretariat").get("/en/w/nap-2/figures/A1").words

    assert "before its correction: 7" in words
    assert "Ministry of Defence corrected the figure for 2023: 8" in words
    assert "Ministry of Defence reported for 2023: 7" in words


def test_everybody_sees_verified_figures_alone(client, reports):
    reports("A1", [{"value": "7"}])
    reports("A2", [{"value": "8123"}], state="submitted", place=1)

    assert "7" in rows_of(client.get("/en/progress/indicators/A1.csv").answer)[0]["value"]
    assert rows_of(client.get("/en/progress/indicators/A2.csv").answer) == []
    assert "8,123" not in client.get("/en/progress/indicators/A2").words


def test_a_part_that_protects_people_cannot_be_reckoned_by_everybody(client, reports):
    cells = [BY_SEX[0], {"of": {"sex": "men"}, "missing": "suppressed"}]
    reports("A1", [{"value": "20", "cells": cells}])

    page = client.get("/en/progress/indicators/A1")

    assert part_rows(page, "Sex") == [["Women", "Withheld to protect people"], ["Men", "Withheld to protect people"]]


@pytest.mark.parametrize("address", ["/en/w/nap-2/figures/{}", "/en/w/nap-2/figures/{}.csv"])
def test_an_indicator_of_a_restricted_activity_is_not_there_for_others(as_role, world, reports, address):
    reports("A1", [{"value": "7"}])
    with transaction():
        world.activities[0].restricted = True

    as_role("interior").get(address.format("A1"), expect=404)
    as_role("focal_point").get(address.format("A1"))


def test_a_restricted_indicator_is_nowhere_in_public(as_role, world, reports):
    reports("A1", [{"value": "7"}])
    with transaction():
        world.activities[0].restricted = True
    defence = as_role("focal_point")

    assert "Measure A1" not in defence.get("/en/progress/indicators").words
    defence.get("/en/progress/indicators/A1", expect=404)


def test_a_former_code_leads_to_the_indicator(as_role, client, world, reports):
    indicator = reports("A1", [{"value": "7"}])
    with transaction():
        db.session.add(FormerCode(plan_id=world.plan.id, kind="indicator", code="OLD", row_key=indicator.key))

    staff = as_role("secretariat")
    assert staff.get("/en/w/nap-2/figures/OLD", expect=301).location == "/en/w/nap-2/figures/A1"
    assert staff.get("/en/w/nap-2/figures/OLD.csv", expect=301).location == "/en/w/nap-2/figures/A1.csv"
    assert client.get("/en/progress/indicators/OLD", expect=301).location == "/en/progress/indicators/A1"
    assert client.get("/en/progress/indicators/OLD.csv", expect=301).location == "/en/progress/indicators/A1.csv"


@pytest.mark.parametrize("query", ["?status=behind", "?level=pillar", "?institution=INT", "?status=absurd&page=-3"])
def test_filters_leave_out_what_does_not_pass(as_role, reports, query):
    reports("A1", [{"value": "7"}])

    assert "Measure A1" not in as_role("secretariat").get(f"/en/w/nap-2/figures{query}").words


@pytest.mark.parametrize("query", ["", "?institution=DEF", "?level=activity&status=no_data", "?page=99"])
def test_filters_keep_what_passes(as_role, reports, query):
    reports("A1", [{"value": "7"}])

    assert "Measure A1" in as_role("secretariat").get(f"/en/w/nap-2/figures{query}").words


def test_the_number_of_statements_does_not_grow(as_role, world, reports):
    reports("A1", [{"value": "7"}])
    small = len(as_role("secretariat").get("/en/w/nap-2/figures").watch.statements)
    with transaction():
        for place in range(30):
            an_indicator(world.activities[place % 2], code=f"B{place}")

    assert len(as_role("secretariat").get("/en/w/nap-2/figures").watch.statements) == small


def test_an_indicator_without_figures_says_so(as_role, client, world, plan):
    with transaction():
        an_indicator(world.activities[0], code="A1")

    assert "No figure is reported yet." in as_role("secretariat").get("/en/w/nap-2/figures/A1").words
    assert "No value has been reported yet." in client.get("/en/progress/indicators/A1").words


def test_nothing_is_public_before_it_is_published(client, world):
    assert "No progress is published yet" in client.get("/en/progress/indicators").words
    assert "No progress is published yet" in client.get("/en/progress/indicators/A1").words
    assert rows_of(client.get("/en/progress/indicators.csv").answer) == []
    assert rows_of(client.get("/en/progress/indicators/A1.csv").answer) == []


def test_no_draft_of_an_amendment_is_public(client, world, reports):
    reports("A1", [{"value": "7"}])
    with transaction():
        world.plan.state, world.plan.adopted_number = "drafting", 1

    assert "The plan is being amended" in client.get("/en/progress/indicators/A1").words
    assert rows_of(client.get("/en/progress/indicators/A1.csv").answer) == []


@pytest.mark.parametrize(
    "address", ["progress/indicators/NONE", "progress/indicators/NONE.csv", "w/nap-2/figures/NONE"]
)
def test_a_code_that_never_was_is_not_there(as_role, plan, address):
    as_role("secretariat").get(f"/en/{address}", expect=404)


def test_a_text_runs_nothing_in_a_spreadsheet(as_role, reports):
    reports("A1", [{"value": "7", "source": {"en": "=1+1"}}])

    assert rows_of(as_role("secretariat").get("/en/w/nap-2/figures/A1.csv").answer)[0]["source"] == "'=1+1"


def part_rows(page: Any, caption: str) -> list[list[str]]:
    """The rows of a table of parts, in words."""
    rows = page.all(f"//table[caption[starts-with(., '{caption}')]]/tbody/tr")
    return [[" ".join(cell.text_content().split()) for cell in row] for row in rows]


def test_a_series_without_a_name_that_says_nothing_is_not_shown(as_role, reports):
    reports(
        "A1", [{"missing": "not_collected"}, {"value": "7", "series": "Police"}, {"value": "9", "series": "Courts"}]
    )

    page = as_role("secretariat").get("/en/w/nap-2/figures/A1")

    assert ("Without a name" in page.words, "Courts" in page.words) == (False, True)


def test_a_ratio_is_watched_with_its_two_numbers(as_role, reports):
    reports("A1", [{"numerator": "133", "denominator": "212"}], kind="ratio")

    assert "133 of 212 (0.63)" in as_role("secretariat").get("/en/w/nap-2/monitoring").words
