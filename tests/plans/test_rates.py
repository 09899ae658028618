"""Rates of exchange: without one, no money in another currency enters a sum."""

import pytest
from sqlalchemy import select

from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction
from nap_builder.plans.models.plan import Plan
from tests.builders.framework import a_line

COSTS = "/en/w/nap-2/costs"
EURO = {"currency": "eur", "rate": "1.083457", "on": "2026-09-30", "source-en": "Central bank"}


def rates():
    database.session.expire_all()
    return database.session.scalar(select(Plan)).rates


@pytest.fixture
def chair(as_role, world):
    with transaction():
        a_line(world.activities[0], amount="100")
        a_line(world.activities[1], amount="7", currency="EUR")
    return as_role("chair")


def words(page):
    return page.words.replace("\xa0", " ")


def test_money_is_counted_once_a_rate_is_stated_and_stands_apart_once_it_is_removed(chair, world):
    assert "Not in any sum: 7 EUR" in words(chair.get(COSTS))
    stated = chair.get("/en/w/nap-2/rates/new?currency=EUR").submit(**EURO).follow()
    assert "The plan costs 107.58 USD" in words(stated)
    assert "Not in any sum" not in stated.words
    assert "Counted as 7.58 USD" in words(chair.get(f"/en/w/nap-2/activity/{world.activities[1].key}"))
    assert "7.58" in chair.get("/en/w/nap-2/matrix").words
    assert rates() == [
        {"currency": "EUR", "rate": "1.083457", "on": "2026-09-30", "source": {"en": "Central bank"}},
    ]
    removed = stated.submit("remove").follow()
    assert "Not in any sum: 7 EUR" in words(removed)
    assert "The plan costs 100 USD" in words(removed)
    assert rates() is None


def test_a_rate_is_changed_and_a_stale_change_is_shown(chair):
    chair.get("/en/w/nap-2/rates/new").submit(**EURO)
    first, second = chair.get("/en/w/nap-2/rates/EUR"), chair.get("/en/w/nap-2/rates/EUR")
    first.submit(rate="2").follow()
    assert "1.083457" not in rates()[0]["rate"]
    conflict = second.submit(expect=409, rate="3")
    both = [part.text_content() for part in conflict.all("//div[@class='two-texts']//p")]
    assert both == ["2", "3"]
    assert rates()[0]["rate"] == "2"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"rate": "0"}, "above nought"),
        ({"rate": "-1"}, "not below zero"),
        ({"rate": "1.1234567"}, "at most 6 digits"),
        ({"rate": "1,5,0"}, "Write a number"),
        ({"rate": ""}, "Write the rate"),
        ({"currency": "USD"}, "own currency"),
        ({"currency": "QQQ"}, "There is no currency QQQ"),
        ({"currency": ""}, "three letters"),
        ({"on": "2026-02-30"}, "date"),
        ({"on": ""}, "Choose the day"),
        ({"source-en": "a\x07b"}, "cannot be printed"),
    ],
)
def test_what_cannot_be_a_rate_is_refused(chair, changed, said):
    page = chair.get("/en/w/nap-2/rates/new").submit(expect=422, **{**EURO, **changed})
    assert said in page.words
    assert rates() is None


def test_a_currency_has_one_rate(chair):
    chair.get("/en/w/nap-2/rates/new").submit(**EURO)
    page = chair.get("/en/w/nap-2/rates/new").submit(expect=422, **EURO)
    assert "stated already" in page.words


def test_the_plan_s_currency_does_not_change_under_stated_rates(chair):
    chair.get("/en/w/nap-2/rates/new").submit(**EURO)
    page = chair.get("/en/w/nap-2/settings").submit("facts", expect=422, currency="XOF")
    assert "Remove them first" in page.words


def test_a_currency_without_a_rate_has_no_page(chair):
    for currency in ("CHF", "USD", "eur"):
        chair.get(f"/en/w/nap-2/rates/{currency}", expect=404)


def test_a_ministry_reads_the_rates_and_writes_none(chair, as_role):
    chair.get("/en/w/nap-2/rates/new").submit(**EURO)
    page = as_role("focal_point").get(COSTS)
    assert "30 September 2026" in page.words
    assert not page.all("//main//form")
    as_role("focal_point").get("/en/w/nap-2/rates/EUR", expect=403)


def test_spaces_alone_are_no_rate(as_role, world):
    as_role("secretariat").get("/en/w/nap-2/rates/new").submit(expect=422, **{**EURO, "rate": " "})
