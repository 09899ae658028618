"""What is reported, in words."""

from datetime import date
from decimal import Decimal

import pytest

from nap_builder.monitoring import said
from nap_builder.monitoring.models import StatusRule
from nap_builder.monitoring.progress.rows import told_of
from nap_builder.monitoring.queries.record import Said
from nap_builder.plans.models.measures import BudgetLine, Indicator
from nap_builder.plans.models.plan import Plan

ENDS = date(2027, 12, 31)


@pytest.mark.parametrize(
    ("kind", "told", "words"),
    [
        ("number", {"value": "1200"}, "1,200"),
        ("percent", {"value": "41.5"}, "41.5%"),
        ("percent", {"numerator": "8", "denominator": "20"}, "8 of 20"),
        ("ratio", {"value": "0.0045"}, "0.0045"),
        ("yes_no", {"value": "1"}, "Yes"),
        ("qualitative", {"text": {"en": "A law is drafted"}}, "A law is drafted"),
        ("number", {"missing": "suppressed"}, "Withheld to protect people"),
        ("number", {}, ""),
    ],
)
def test_a_value_is_said_in_its_manner_and_whole(english, kind, told, words):
    assert said.value(Indicator(kind=kind, direction="increase", total="last"), told_of(told, ENDS)) == words


def test_the_parts_of_a_value_are_named(english):
    cells = [{"of": {"sex": "women"}, "value": "4"}, {"of": {"sex": "men"}, "missing": "not_collected"}]
    assert said.parts(told_of({"value": "10", "cells": cells}, ENDS)) == "Women: 4, Men: Not collected"
    assert said.parts(None) == ""


def test_a_milestone_is_said_with_its_day_or_its_reason(english):
    assert said.milestone(Said("completed", date(2027, 5, 1))) == "Completed. 1 May 2027"
    assert said.milestone(Said("dropped", None, {"en": "No money"})) == "Dropped. No money"
    assert said.milestone(Said()) == said.milestone(None) == ""


def test_amounts_stand_in_the_currency_of_their_line(english):
    told = {"spent": Decimal("1000.5"), "approved": Decimal(2000)}
    words = said.amounts(BudgetLine(currency=None), told, Plan(currency="EUR"))
    assert words.replace("\xa0", " ") == "Approved: 2,000 EUR, Spent: 1,000.50 EUR"
    assert said.amounts(BudgetLine(currency="USD"), None, Plan(currency="EUR")) == ""


def test_the_rule_is_said_with_its_numbers(english):
    words = " ".join(said.rule(StatusRule(on_track=80, at_risk=50, late_days=30, jump=40, stale_years=5)))
    for number in ("80%", "50%", "30 days", "40%", "5 years"):
        assert number in words
