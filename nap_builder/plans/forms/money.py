"""The forms of money: a budget line, a unit cost of the State's table, a rate of exchange."""

from typing import Any

from wtforms import BooleanField, DateField, IntegerField, ValidationError
from wtforms.validators import InputRequired, NumberRange, Optional

from nap_builder.kernel.fields import CurrencyField, ExactField, Form, WordsField
from nap_builder.kernel.languages import _, _l
from nap_builder.plans.forms.pieces import InstitutionField, OneOf, RowForm
from nap_builder.plans.names import FUNDINGS, MONEY_KINDS

MONEY = ("amount", "low", "high", "quantity", "times", "unit_cost")
TEXTS = ("unit", "source", "beneficiary", "conditions", "basis")


YEARS = NumberRange(1990, 2100, _l("Write a year from 1990 to 2100."))
LONGEST_NAME = 300


class BudgetLineForm(RowForm):
    """Money for an activity: an amount, or a range, or so many times the cost of one."""

    amount = ExactField(_l("Amount"))
    low = ExactField(_l("At least"))
    high = ExactField(_l("At most"))
    quantity = ExactField(_l("How many"), places=6)
    unit = WordsField(_l("Of what"), description=_l("Such as a training day."))
    times = ExactField(_l("How many times"), places=6, description=_l("Empty means once."))
    rate_id = OneOf(
        _l("From the table of unit costs"),
        nothing=_l("None: I write the cost of one myself"),
        description=_l("Leave the cost of one empty to take what the table says today. The line keeps it."),
    )
    unit_cost = ExactField(_l("Cost of one"))
    currency = CurrencyField(
        _l("Currency"), description=_l("Three capital letters; empty means the plan’s own, or that of the table.")
    )
    year = IntegerField(
        _l("Year"),
        validators=[Optional(), YEARS],
        description=_l("The year in which the budget year begins."),
    )
    funding = OneOf(_l("Funding"), FUNDINGS, default="unknown")
    kind = OneOf(_l("Kind of money"), MONEY_KINDS, nothing=_l("Not said"))
    funder_id = InstitutionField(_l("Who pays"), nothing=_l("Not said"))
    source = WordsField(_l("Source, in words"))
    beneficiary = WordsField(_l("Who receives it"))
    conditions = WordsField(_l("Conditions"))
    for_womens_organisations = BooleanField(_l("For women’s organisations"))
    basis = WordsField(_l("How it was worked out"))

    def validate_amount(self, field: Any) -> None:
        """Refuses a line without money, and one that says its money twice."""
        ways = ((self.amount,), (self.low, self.high), (self.quantity, self.unit_cost, self.rate_id))
        said = [way for way in ways if any(one.raw_data and one.raw_data[0].strip() for one in way)]
        if len(said) != 1:
            raise ValidationError(_("Give an amount, or a range, or how many and the cost of one: one of the three."))

    def validate_high(self, field: Any) -> None:
        """Refuses half a range, and one that ends below its start."""
        low, high = self.low.data, self.high.data
        if (low is None) != (high is None):
            raise ValidationError(_("Give both ends of the range."))
        if low is not None and high is not None and high < low:
            raise ValidationError(_("This is below the start of the range."))

    def validate_unit_cost(self, field: Any) -> None:
        """Refuses a quantity without the cost of one, and the other way round."""
        if (self.quantity.data is None) != (field.data is None and not self.rate_id.data):
            raise ValidationError(_("Give both: how many, and the cost of one."))

    def values(self) -> dict[str, Any]:
        """What the form says, by the line's columns."""
        return {
            **{name: self[name].data for name in (*MONEY, "year")},
            **self.words(*TEXTS, "kind", "currency"),
            "funding": self.funding.data or "unknown",
            "funder_id": self.funder_id.whole,
            "rate_id": self.rate_id.whole,
            "for_womens_organisations": bool(self.for_womens_organisations.data),
        }


class UnitCostForm(Form):
    """What one of something costs the State."""

    title = WordsField(_l("What it is"), required=True, longest=LONGEST_NAME, description=_l("Such as a trainer."))
    unit = WordsField(_l("For what unit"), required=True, longest=LONGEST_NAME, description=_l("Such as: day."))
    amount = ExactField(_l("Cost of one"), validators=[InputRequired(_l("Write what one costs."))])
    currency = CurrencyField(_l("Currency"), validators=[InputRequired(_l("Write the currency's three letters."))])
    valid_from = IntegerField(_l("Valid from the year"), validators=[InputRequired(_l("Write a year.")), YEARS])
    basis = WordsField(_l("Where it comes from"), description=_l("Such as the circular or the market survey."))

    def values(self) -> dict[str, Any]:
        """What the form says, by the columns of a unit cost."""
        return {field.short_name: field.data for field in self.visible()}


class RateForm(Form):
    """At how much of the plan's currency one of another counts."""

    rate = ExactField(_l("One of it counts as"), places=6, validators=[InputRequired(_l("Write the rate."))])
    on = DateField(_l("Rate of the day"), validators=[InputRequired(_l("Choose the day of the rate."))])
    source = WordsField(_l("Source"), longest=LONGEST_NAME, description=_l("Such as the central bank."))

    def values(self) -> dict[str, Any]:
        """What the form says of the rate."""
        return {"rate": self.rate.data, "on": self.on.data, "source": self.source.data}

    def validate_rate(self, field: Any) -> None:
        """Refuses nought, at which money would vanish."""
        if field.data is not None and not field.data:
            raise ValidationError(_("Write a rate above nought."))


class NewRateForm(RateForm):
    """A rate of exchange with the currency it is for."""

    currency = CurrencyField(_l("Currency"), validators=[InputRequired(_l("Write the currency's three letters."))])
