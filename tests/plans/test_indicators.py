"""Indicators and their figures."""

from decimal import Decimal

from sqlalchemy import select

from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.models.measures import Figure, Indicator
from tests.builders.framework import a_figure, an_indicator

HOME = "/en/w/nap-2"


def an_indicator_of(world, **given):
    with transaction():
        return an_indicator(
            database.session.get(Activity, world.activities[0].id), code="1.a", title="Women officers", **given
        )


def test_an_indicator_is_added_from_its_row(as_role, world):
    official = as_role("official")
    page = official.get(f"{HOME}/indicators/add?under=activity:{world.activities[0].key}")
    assert page.all("//input[@name='code' and @value='1.1.1.1']")
    refused = page.submit(expect=422, **{"title-en": "Officers", "disaggregation": "Sex\nage"})
    assert "small letters" in refused.words
    refused = page.submit(expect=422, **{"title-en": "Officers", "scale-0-value": "1", "once": "a second key"})
    assert "Give each step a figure" in refused.words
    page.submit(
        **{
            "title-en": "Officers",
            "disaggregation": "sex\nage",
            "kind": "scale",
            "scale-0-value": "1",
            "scale-0-label-en": "Low",
            "scale-1-value": "2",
            "scale-1-label-en": "High",
            "once": "a third key",
        }
    ).follow()
    saved = database.session.scalar(select(Indicator))
    assert saved.disaggregation == ["sex", "age"]
    assert saved.scale == [{"value": "1", "label": {"en": "Low"}}, {"value": "2", "label": {"en": "High"}}]
    edit = official.get(f"{HOME}/indicator/{saved.key}/edit")
    assert edit.all("//input[@name='scale-1-label-en' and @value='High']")
    edit.submit(level="outcome").follow()
    official.get(f"{HOME}/indicators/add?under=activity:{world.activities[1].key}", expect=403)


def test_the_list_can_be_cut_to_what_lacks_a_figure(as_role, world):
    indicator = an_indicator_of(world)
    chair = as_role("chair")
    assert "No baseline · No target" in chair.get(f"{HOME}/indicators").words
    with transaction():
        figure = a_figure(database.session.get(Indicator, indicator.id))
    assert "No year of the baseline" in chair.get(f"{HOME}/indicators?lacks=baseline").words
    with transaction():
        database.session.get_one(Figure, figure.id).year = 2025
    assert "No baseline" not in chair.get(f"{HOME}/indicators?level=activity").text.split("<table")[1]
    assert "No indicator to show" in chair.get(f"{HOME}/indicators?lacks=baseline").words
    assert "Women officers" in chair.get(f"{HOME}/indicators?lacks=target").words
    assert "No indicator to show" in chair.get(f"{HOME}/indicators?level=pillar").words


def test_a_date_of_the_first_measurement_stands_for_a_baseline(as_role, world):
    indicator = an_indicator_of(world)
    with transaction():
        database.session.get_one(Indicator, indicator.id).baseline_due = "2027-Q3"
    page = as_role("chair").get(f"{HOME}/indicators")
    assert "No baseline" not in page.words
    assert "Due by" in page.words
    assert "No indicator to show" in page.client.get(f"{HOME}/indicators?lacks=baseline").words


def test_figures_are_written_with_their_breakdown(as_role, world):
    indicator = an_indicator_of(world)
    chair = as_role("chair")
    page = chair.get(f"{HOME}/indicator/{indicator.key}/baseline/0")
    cells = {"cells-0-of": "sex=women", "cells-0-value": "8", "cells-1-of": "sex=men", "cells-1-missing": "suppressed"}
    shown = page.submit(value="12", year="2026", **cells).follow()
    assert "Withheld to protect people" in shown.words
    saved = database.session.scalar(select(Figure))
    assert saved.value == Decimal(12)
    assert saved.cells == [{"of": {"sex": "women"}, "value": "8"}, {"of": {"sex": "men"}, "missing": "suppressed"}]
    edit = chair.get(f"{HOME}/indicator/{indicator.key}/baseline/0")
    assert edit.all("//input[@name='cells-0-of' and @value='sex=women']")
    stale = edit.submit(value="13")
    conflict = edit.submit(value="14", expect=409, once="a second key")
    assert "13" in conflict.words
    stale.follow().submit("baseline/0/remove").follow()
    assert database.session.scalar(select(Figure)) is None


def test_cells_may_not_pass_the_whole(as_role, world):
    indicator = an_indicator_of(world)
    page = as_role("chair").get(f"{HOME}/indicator/{indicator.key}/baseline/0")
    cells = {"cells-0-of": "sex=women", "cells-0-value": "8", "cells-1-of": "sex=men", "cells-1-value": "8"}
    assert "add up to more than the whole" in page.submit(expect=422, value="12", **cells).words
    twice = {**cells, "cells-1-of": "sex=women"}
    assert "same category" in page.submit(expect=422, value="20", once="a second key", **twice).words
    odd = {"cells-0-of": "women", "cells-0-value": "8"}
    assert "row 1" in page.submit(expect=422, value="20", once="a third key", **odd).words
    empty = {"cells-0-of": "sex=women"}
    assert "Give a figure, or say why" in page.submit(expect=422, value="20", once="a fourth key", **empty).words


def test_a_share_may_have_cells_above_it(as_role, world):
    indicator = an_indicator_of(world, kind="percent")
    page = as_role("chair").get(f"{HOME}/indicator/{indicator.key}/target/0")
    page.submit(value="12", by="2030", **{"cells-0-of": "rank=officers", "cells-0-value": "40"}).follow()
    second = as_role("chair").get(f"{HOME}/indicator/{indicator.key}/target/1")
    assert "nought" in second.submit(expect=422, numerator="1", denominator="0").words
    assert "Give a figure" in second.submit(expect=422, once="a second key").words
    second.submit(numerator="1", denominator="3", by="2031", once="a third key").follow()
    assert database.session.scalars(select(Figure.position).order_by(Figure.position)).all() == [0, 1]


def test_an_indicator_of_a_restricted_activity_is_hidden_with_it(as_role, world):
    indicator = an_indicator_of(world)
    with transaction():
        database.session.get(Activity, world.activities[0].id).restricted = True
    as_role("auditor").get(f"{HOME}/indicator/{indicator.key}", expect=404)
    assert "Women officers" not in as_role("auditor").get(f"{HOME}/indicators").words
    assert "Women officers" in as_role("official").get(f"{HOME}/indicators").words


def test_an_indicator_is_archived_and_restored(as_role, world):
    indicator = an_indicator_of(world)
    chair = as_role("chair")
    chair.get(f"{HOME}/archive/indicator/{indicator.key}").submit().follow()
    chair.get(f"{HOME}/indicator/{indicator.key}", expect=404)
    chair.get(f"{HOME}/framework").submit("restore/indicator").follow()
    chair.get(f"{HOME}/indicator/{indicator.key}")


def test_a_number_with_letters_keeps_its_order_on_arabic_pages(as_role, world):
    with transaction():
        an_indicator(world.objective, code="1.1.a")
    page = as_role("chair").get("/ar/w/nap-2/indicators")
    assert page.all("//main//bdi[text()='1.1.a']")


def test_a_number_is_written_from_left_to_right_on_an_arabic_page(as_role, world):
    row = an_indicator_of(world)
    page = as_role("official").get(f"/ar/w/nap-2/indicator/{row.key}/edit")
    assert page.all("//input[@name='code' and @dir='ltr']")
