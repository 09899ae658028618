"""The State's table of unit costs, and what budget lines take from it."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction
from nap_builder.plans.models.measures import BudgetLine
from nap_builder.plans.models.money import UnitCost
from nap_builder.plans.services import unit_costs as services
from tests.builders.framework import a_unit_cost

TABLE = "/en/unit-costs"
TRAINER = {"title-en": "Trainer", "unit-en": "day", "amount": "250", "currency": "usd", "valid_from": "2027"}


def line():
    database.session.expire_all()
    return database.session.scalar(select(BudgetLine))


def money_page(client, world):
    return client.get(f"/en/w/nap-2/activity/{world.activities[0].key}/money")


@pytest.fixture
def trainer(world):
    with transaction():
        return a_unit_cost()


def revalued(row, amount):
    with transaction():
        now = database.session.get(UnitCost, row.id)
        values = {"title": now.title, "unit": now.unit, "amount": Decimal(amount), "currency": now.currency}
        services.change_unit_cost(INSTALLATION, now, values, seen=now.row_version)


def test_a_unit_cost_is_added_changed_archived_and_restored(as_role):
    chair = as_role("chair")
    chair.get(f"{TABLE}/new").submit(**TRAINER).follow()
    row = database.session.scalar(select(UnitCost))
    shown = chair.get(f"{TABLE}/{row.key}").submit(amount="280.50", valid_from="2028").follow()
    assert "Trainer, per day" in shown.words
    assert "280.50 USD" in shown.words.replace("\xa0", " ")
    shown.submit("archive").follow().submit("restore").follow()
    database.session.expire_all()
    assert database.session.scalar(select(UnitCost)).archived_at is None


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"amount": "-1"}, "not below zero"),
        ({"amount": "1234567890123456"}, "up to 15 digits"),
        ({"amount": "1.000,50"}, "Write a number"),
        ({"amount": ""}, "Write what one costs"),
        ({"currency": "ZZZ"}, "There is no currency ZZZ"),
        ({"currency": "XTS"}, "There is no currency XTS"),
        ({"currency": "dollar"}, "three capital letters"),
        ({"valid_from": "27"}, "Write a year from 1990 to 2100"),
        ({"title-en": " "}, "at least one language"),
        ({"unit-en": "x" * 301}, "too long"),
    ],
)
def test_what_cannot_be_a_unit_cost_is_refused_beside_its_field(as_role, changed, words):
    page = as_role("secretariat").get(f"{TABLE}/new").submit(expect=422, **{**TRAINER, **changed})
    assert words in page.words
    assert database.session.scalar(select(UnitCost)) is None


def test_the_same_unit_cost_is_not_added_twice(as_role, trainer):
    page = as_role("chair").get(f"{TABLE}/new").submit(expect=422, **{**TRAINER, "title-en": " trainer"})
    assert "The table has this already" in page.words


def test_an_archived_one_does_not_come_back_beside_another_of_its_name(as_role, trainer):
    chair = as_role("chair")
    page = chair.get(TABLE).submit("archive").follow()
    with transaction():
        a_unit_cost()
    assert "The table has this already" in page.submit("restore", expect=409).words


def test_two_who_change_the_same_unit_cost_both_keep_their_text(as_role, trainer):
    chair = as_role("chair")
    first, second = chair.get(f"{TABLE}/{trainer.key}"), chair.get(f"{TABLE}/{trainer.key}")
    first.submit(amount="260")
    assert "260" in second.submit(expect=409, amount="270").words


def test_a_line_takes_unit_cost_currency_and_unit_from_the_table(as_role, world):
    with transaction():
        euro = a_unit_cost(title="Interpreter", amount="300", currency="EUR")
    money_page(as_role("chair"), world).submit(quantity="4", rate_id=str(euro.id)).follow()
    took = line()
    assert (took.unit_cost, took.currency, took.unit, took.rate_id) == (300, "EUR", {"en": "day"}, euro.id)
    assert took.basis["en"].startswith("From the table of unit costs: Interpreter, per day, 300")
    assert set(took.basis) == {"en", "fr", "ar"}


def test_a_change_of_the_table_changes_no_line_and_is_shown(as_role, world, trainer):
    chair = as_role("chair")
    money_page(chair, world).submit(quantity="4", rate_id=str(trainer.id)).follow()
    revalued(trainer, "280")
    assert line().unit_cost == 250
    assert "Older unit cost" in chair.get(f"/en/w/nap-2/activity/{world.activities[0].key}").words
    assert "1.1.1 Recruit women officers" in chair.get("/en/w/nap-2/costs").words.split("older unit cost")[-1]
    edit = chair.get(f"/en/w/nap-2/activity/{world.activities[0].key}/money/{line().key}")
    assert "The table says something else today" in edit.words
    edit.submit(year="2028").follow()
    assert (line().unit_cost, line().year) == (250, 2028)
    again = chair.get(f"/en/w/nap-2/activity/{world.activities[0].key}/money/{line().key}")
    again.submit(unit_cost="").follow()
    assert line().unit_cost == 280
    assert line().basis["en"].count("From the table") == 2


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"unit_cost": "251"}, "The table says 250"),
        ({"currency": "EUR"}, "The table says this in USD"),
        ({"quantity": ""}, "Give both"),
        ({"amount": "5"}, "one of the three"),
        ({"rate_id": "77"}, "Choose one of the list"),
        ({"rate_id": "x" * 40}, "Choose one of the list"),
        ({"quantity": "999999999999999"}, "more than 15 digits"),
    ],
)
def test_what_does_not_fit_the_table_is_refused(as_role, world, trainer, given, words):
    values = {"quantity": "2", "rate_id": str(trainer.id), **given}
    page = money_page(as_role("chair"), world).submit(expect=422, **values)
    assert words in page.words.replace("\xa0", " ")
    assert line() is None


def test_a_product_that_no_file_could_hold_is_refused(as_role, world):
    most = "999999999999999"
    page = money_page(as_role("chair"), world).submit(expect=422, quantity=most, times=most, unit_cost=most)
    assert "more than 15 digits" in page.words


def test_an_archived_unit_cost_is_offered_only_to_the_line_that_took_it(as_role, world, trainer):
    chair = as_role("chair")
    money_page(chair, world).submit(quantity="1", rate_id=str(trainer.id)).follow()
    chair.get(TABLE).submit("archive")
    assert not money_page(chair, world).all("//select[@name='rate_id']")
    edit = chair.get(f"/en/w/nap-2/activity/{world.activities[0].key}/money/{line().key}")
    assert "archived" in edit.words
    edit.submit(year="2029").follow()
    assert line().rate_id == trainer.id


def test_staff_read_the_table_and_only_drafters_write_it(as_role, trainer):
    page = as_role("focal_point").get(TABLE)
    assert "Trainer, per day" in page.words
    assert not page.all("//main//form")
    as_role("focal_point").get(f"{TABLE}/new", expect=403)


def test_a_note_of_the_trail_names_the_unit_cost(as_role, world, trainer):
    chair = as_role("chair")
    shown = money_page(chair, world).submit(quantity="1", rate_id=str(trainer.id)).follow()
    assert "From the table of unit costs" in shown.words.split("History")[1]
    assert "Trainer" in shown.words.split("History")[1]
