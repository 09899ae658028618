"""Which indicators have reached their targets by verified values alone."""

from datetime import date
from decimal import Decimal

import pytest

from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.database import db, transaction
from nap_builder.monitoring.models import VERIFIED, IndicatorValue
from nap_builder.monitoring.progress.thresholds import Thresholds
from nap_builder.monitoring.queries.record import record_of
from nap_builder.monitoring.queries.standings import Moment
from nap_builder.monitoring.queries.watched import indicators_of
from tests.builders.framework import a_figure, an_indicator
from tests.builders.monitoring import an_update
from tests.builders.progress import Carried, two_years


@pytest.fixture
def carried(world) -> Carried:
    """A plan with two years of reports."""
    with transaction():
        return two_years(world)


def is_verified(carried):
    """Whether the indicator Z counts as verified."""
    now = Moment(record_of(carried.plan), date(2026, 1, 31))
    found = {one.indicator.code: one for one in indicators_of(carried.plan, INSTALLATION, now, Thresholds())}
    return found["Z"].verified


@pytest.mark.parametrize(("quality", "met"), [("verified", True), ("provisional", False)])
def test_an_indicator_is_verified_when_all_its_series_are(world, carried, quality, met):
    with transaction():
        share = an_indicator(carried.objectives[1], code="Z")
        a_figure(share, part="target", value="50", by="2028")
        place = {"indicator_id": share.id, "period_ends": date(2025, 12, 31), "value": Decimal(60)}
        db.session.add(IndicatorValue(**place, position=0, series="Army", quality="verified"))
        db.session.add(IndicatorValue(**place, position=1, series="Police", quality=quality))

    assert is_verified(carried) is met


@pytest.mark.parametrize("corrected", [False, True])
def test_a_correction_that_nobody_checked_is_not_verified(world, carried, corrected):
    with transaction():
        share = an_indicator(carried.objectives[1], code="Z")
        a_figure(share, part="target", value="50", by="2028")
        given = {"institution_id": world.institutions["DEF"].id, "figures": {share.key: {"value": "60"}}}
        told = an_update(carried.second, share, state=VERIFIED, **given)
        if corrected:
            an_update(carried.second, share, corrects_id=told.id, **given)

    assert is_verified(carried) is not corrected
