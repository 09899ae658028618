"""Every total of a page of progress equals a count over the raw facts, whoever reads; the counting here is its own."""

import csv
import io
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from nap_builder.kernel.database import transaction
from nap_builder.monitoring.models import SUBMITTED, VERIFIED
from tests.builders.framework import a_line
from tests.builders.monitoring import an_update
from tests.builders.progress import carried_out
from tests.client import Client
from tests.conftest import signed_in

LAST_DAYS = {None: None, "2024-06": date(2024, 6, 30), "2025": date(2025, 12, 31), "2027-Q1": date(2027, 3, 31)}
JUDGED = date(2025, 12, 31)
SAID = ("not_started", "on_track", "at_risk", "late", "blocked", "completed", "dropped", "carried_over")
OVER = ("completed", "dropped", "carried_over")
WORDS = {
    "completed": "Finished",
    "on_track": "On track",
    "at_risk": "At risk",
    "late": "Late",
    "blocked": "Blocked",
    "not_started": "Not started",
    "dropped": "Dropped",
    "carried_over": "Carried over",
}
CITED = ("S/RES/1325 (2000)", "CEDAW")
RATE = 2
FUNDERS = {
    "FOR": "Ministry of Foreign Affairs",
    "JUS": "Ministry of Justice",
    "A friendly State": "A friendly State",
    None: "Source not said",
}


@dataclass(frozen=True)
class Fact:
    """One activity with all that was reported on it."""

    place: int
    lead: str | None
    restricted: bool
    ends: str | None
    mandates: tuple[str, ...]
    said: tuple[str | None, str | None]
    checked: tuple[bool, bool]
    money: tuple[int, str, str | None, str, int, int] | None

    def status(self, *, public: bool) -> str:
        """How it stands at the end of 2025."""
        told = [one for one, checked in zip(self.said, self.checked, strict=True) if one and (checked or not public)]
        last = told[-1] if told and self.lead else None
        if last in OVER:
            return str(last)
        day = LAST_DAYS[self.ends]
        if day is not None and day < JUDGED:
            return "late"
        return last or "not_started"

    def spending(self, *, public: bool) -> tuple[int, int] | None:
        """What was paid out and spent, in the currency of its line; it was said with the second report."""
        if self.money is None or self.lead is None or self.said[1] is None or (public and not self.checked[1]):
            return None
        return self.money[4], self.money[5]


AMOUNTS = st.integers(min_value=1, max_value=999)
MONEY = st.none() | st.tuples(
    AMOUNTS,
    st.sampled_from(["USD", "EUR", "CHF"]),
    st.sampled_from([None, "FOR", "JUS", "A friendly State"]),
    st.sampled_from(["secured", "pledged", "gap"]),
    AMOUNTS,
    AMOUNTS,
)
FACTS = st.builds(
    Fact,
    st.integers(0, 1),
    st.sampled_from([None, "DEF", "INT", "INT"]),
    st.booleans(),
    st.sampled_from(list(LAST_DAYS)),
    st.sets(st.sampled_from(CITED)).map(lambda cited: tuple(sorted(cited))),
    st.tuples(st.none() | st.sampled_from(SAID), st.none() | st.sampled_from(SAID)),
    st.tuples(st.booleans(), st.booleans()),
    MONEY,
)


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(facts=st.lists(FACTS, min_size=3, max_size=9))
@example(facts=[Fact(0, None, True, None, (), (None, None), (False, False), None)] * 3)
def test_every_total_is_that_of_the_raw_rows(app, world, facts):
    plan = raised(world, facts)
    for who in ("chair", "auditor"):
        seen = [fact for fact in facts if who == "chair" or not fact.restricted]
        client = signed_in(app, world.people[who])
        holds_on_the_dashboard(client.get(f"/en/w/{plan}/monitoring"), seen, public=False)
        holds_in_the_file(client.get(f"/en/w/{plan}/monitoring.csv").answer.data, seen)
        holds_on_the_timeline(client, plan, seen)
        holds_on_the_scoreboard(client.get(f"/en/w/{plan}/scoreboard"), seen)
        holds_across(client, plan, seen)
        holds_for_funders(client, plan, seen)


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(facts=st.lists(FACTS, min_size=3, max_size=9))
def test_every_public_total_is_that_of_what_is_verified_and_open(app, world, facts):
    raised(world, facts, published=True)
    seen = [fact for fact in facts if not fact.restricted]
    holds_on_the_dashboard(Client(app).get("/en/progress"), seen, public=True)
    shown = Client(app).get("/en/progress/timeline")
    assert len(shown.all("//main//tbody/tr")) == len(seen)


def raised(world: Any, facts: list[Fact], **given: Any) -> str:
    """Builds a plan with these facts; the newest edition stands first. Its slug."""
    rates = [{"currency": "EUR", "rate": str(RATE), "on": "2024-01-01"}]
    with transaction():
        raised.edition += 1
        found = carried_out(rates=rates, edition=raised.edition, **given)
        for fact in facts:
            row = found.add(
                world,
                fact.place,
                lead=fact.lead,
                restricted=fact.restricted,
                starts="2024",
                ends=fact.ends,
                mandates=list(fact.mandates),
            )
            spending = None
            if fact.money:
                amount, currency, funder, funding, paid, spent = fact.money
                body = world.institutions.get(funder)
                who = {"funder_id": body.id} if body else {"source": {"en": funder} if funder else None}
                line = a_line(row, amount=str(amount), currency=currency, funding=funding, year=2025, **who)
                spending = {line.key: {"disbursed": str(paid), "spent": str(spent)}}
            for place, period in enumerate((found.first, found.second)):
                if fact.lead and fact.said[place]:
                    state = VERIFIED if fact.checked[place] else SUBMITTED
                    told = {"status": fact.said[place], "spending": spending if place else None}
                    an_update(period, row, state=state, **told)
        return found.plan.slug


raised.edition = 1


def holds_on_the_dashboard(page: Any, seen: list[Fact], *, public: bool) -> None:
    """The bar with its legend, and the table of pillars."""
    counts = Counter(WORDS[fact.status(public=public)] for fact in seen)
    if not seen and not public:
        assert "Nothing to follow yet" in page.words
        return
    legend = page.all("//section[@aria-labelledby='status']//ul[contains(@class,'legend')]/li")
    shown = dict(reversed(text(item).split(" ", 1)) for item in legend)
    assert {name: int(count) for name, count in shown.items() if count != "0"} == dict(counts)
    good = counts["Finished"] + counts["On track"]
    whole = f"{good} of {len(seen)} activit" if seen else "The plan has no activity yet"
    assert text(page.all("//h2[@id='status']")[0]).startswith(whole)
    for place, title in enumerate(("1 Protection", "2 Rest")):
        own = [fact.status(public=public) for fact in seen if fact.place == place]
        whole = f"{sum(status in ('completed', 'on_track') for status in own)} of {len(own)}" if own else "–"
        assert row_of(page, title)[2:4] == [whole, str(own.count("late"))]


def holds_in_the_file(data: bytes, seen: list[Fact]) -> None:
    """The CSV, row by row."""
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert Counter(row["status"] for row in rows) == Counter(fact.status(public=False) for fact in seen)
    assert Counter(row["lead"] for row in rows) == Counter(fact.lead or "" for fact in seen)


def holds_on_the_timeline(client: Client, plan: str, seen: list[Fact]) -> None:
    """All rows, and those of one status."""
    whole = client.get(f"/en/w/{plan}/timeline")
    assert len(whole.all("//main//tbody/tr")) == len(seen)
    late = client.get(f"/en/w/{plan}/timeline?status=late")
    assert len(late.all("//main//tbody/tr")) == sum(fact.status(public=False) == "late" for fact in seen)


def holds_on_the_scoreboard(page: Any, seen: list[Fact]) -> None:
    """What each institution leads, finished, is late with, and reported."""
    for code, name in (("DEF", "Ministry of Defence"), ("INT", "Ministry of the Interior")):
        own = [fact for fact in seen if fact.lead == code]
        if own:
            statuses = [fact.status(public=False) for fact in own]
            asked = sum(1 + (fact.said[0] not in OVER or fact.said[1] is not None) for fact in own)
            sent = sum(said is not None for fact in own for said in fact.said)
            figures = [str(len(own)), str(statuses.count("completed")), str(statuses.count("late"))]
            assert row_of(page, name)[2:6] == [*figures, f"{sent} of {asked}"]


def holds_across(client: Client, plan: str, seen: list[Fact]) -> None:
    """By theme and by mandate."""
    themes = client.get(f"/en/w/{plan}/progress-by/themes")
    if not seen:
        assert themes.all("//main//tbody/tr") == []
        return
    own = sum(fact.place == 0 for fact in seen)
    assert row_of(themes, "Protection")[2].endswith(f" of {own}" if own else "–")
    mandates = client.get(f"/en/w/{plan}/progress-by/mandates")
    for cited in CITED:
        own = [fact.status(public=False) for fact in seen if cited in fact.mandates]
        if own:
            assert row_of(mandates, cited)[2].endswith(f" of {len(own)}")
            assert row_of(mandates, cited)[3] == str(own.count("late"))


def holds_for_funders(client: Client, plan: str, seen: list[Fact]) -> None:
    """What each funder promised, and what of that was paid out and spent; and all of them together."""
    page = client.get(f"/en/w/{plan}/funders")
    costed = [fact for fact in seen if fact.money]
    for code, name in FUNDERS.items():
        own = [fact for fact in costed if fact.money and fact.money[2] == code]
        if own:
            assert amounts_of(page, "funders", name) == counted(own)
        if own and code in ("FOR", "JUS"):
            one_page = client.get(f"/en/w/{plan}/funders/{code}")
            lines = one_page.all("//h2[@id='lines']/following::table[1]//tbody/tr")
            assert len(lines) == len(own) + 1
            assert amounts_of(one_page, "by-year", "Total") == counted(own)
    if costed:
        assert amounts_of(page, "funders", "Total") == counted(costed)


def counted(facts: list[Fact]) -> list[str]:
    """What some promised, paid out and spent."""
    promised = [fact.money[0:2] for fact in facts if fact.money and fact.money[3] in ("secured", "pledged")]
    told = [(fact.spending(public=False), fact.money[1]) for fact in facts if fact.money]
    paid = [(one[0], currency) for one, currency in told if one]
    spent = [(one[1], currency) for one, currency in told if one]
    return [added(promised), added(paid), added(spent)]


def amounts_of(page: Any, anchor: str, name: str) -> list[str]:
    """What is promised, disbursed and spent in the row of a table that bears a name, without the notes."""
    rows = page.all(f"//h2[@id='{anchor}']/following::table[1]//tbody/tr")
    row = next(row for row in rows if text(row.xpath("./*[1]")[0]) == name)
    cells = {cell.get("data-label"): " ".join(cell.xpath("string(./div/text()[1])").split()) for cell in row}
    return [cells["Promised"], cells["Disbursed"], cells["Spent"]]


def added(amounts: list[tuple[int, str]]) -> str:
    """Amounts in dollars, euros counted at the stated rate, francs apart."""
    rates = {"USD": 1, "EUR": RATE}
    counted = sum(amount * rates[currency] for amount, currency in amounts if currency in rates)
    francs = sum(amount for amount, currency in amounts if currency == "CHF")
    own = f"{counted:,}" if any(currency in rates for _amount, currency in amounts) else ""
    return " + ".join(part for part in (own, f"{francs:,} CHF" if francs else "") if part) or "–"


def row_of(page: Any, words: str) -> list[str]:
    """The cells of the row that begins so."""
    rows = page.all("//main//tbody/tr[./*[1]]")
    return next(
        [text(cell) for cell in row.xpath("./*")] for row in rows if text(row.xpath("./*[1]")[0]).startswith(words)
    )


def text(element: Any) -> str:
    """The words of an element, white space folded."""
    return " ".join(element.text_content().split())
