"""The printed reports: as many pages as they promise, whatever is in them, tagged, and the same bytes twice."""

import io
import json
from concurrent.futures import ThreadPoolExecutor

import pikepdf
import pytest

from nap_builder.kernel import storage
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction
from nap_builder.monitoring.assessments.models import Assessment
from nap_builder.monitoring.models import VERIFIED
from nap_builder.publishing.renderers.sheet_pdf import render_sheet_pdf
from nap_builder.reports.places import places_of
from nap_builder.reports.sheets import make_pdf, pdf_name, sheet_of
from tests.builders.framework import a_figure, a_line, an_activity, an_indicator, an_objective
from tests.builders.identity import WORN
from tests.builders.monitoring import an_update
from tests.builders.progress import carried_out, two_years
from tests.builders.reports import a_report
from tests.builders.standards import broken_rules

pytestmark = pytest.mark.sqlite_only(
    "the print is made of the facts of a report, which test_facts.py asks of both databases"
)
PAGES = {"card": 2, "facts": 1}
LONG = {
    "en": "The Ministry of Foreign Affairs and the Ministry of the Interior have not yet agreed who pays for it. ",
    "ar": "لم تتفق وزارة الخارجية ووزارة الداخلية بعد على الجهة التي تتحمل تكاليف هذا النشاط في جميع المحافظات. ",
}


def full(world, objectives=8):
    """A plan with so many objectives, each with a long title, much money and many late activities."""
    plan = carried_out(languages=["en", "ar"])
    title = {language: (text * 3)[:300] for language, text in LONG.items()}
    plan.plan.title, plan.second.published_at = title, now()
    for place in range(objectives - 2):
        plan.objectives.append(an_objective(plan.pillars[place % 2], code=f"{place % 2 + 1}.{place + 2}"))
    for number, objective in enumerate(plan.objectives):
        objective.title = title
        for place in range(12):
            lead = world.institutions["INT"].id
            given = {"starts": "2024", "ends": "2024" if place % 2 else "2025", "lead_id": lead}
            activity = an_activity(objective, code=f"{objective.code}.{place + 1}", **given)
            activity.title = title
            status = "completed" if place % 3 else "blocked"
            line = a_line(activity, amount="123456789.55", year=2025)
            spending = {line.key: dict.fromkeys(("approved", "committed", "disbursed", "spent"), "98765432.10")}
            an_update(plan.second, activity, state=VERIFIED, status=status, said=title, spending=spending)
        indicator = an_indicator(objective, code=f"I{number}", title=title["en"], kind="number")
        a_figure(indicator, value="10", year=2023)
        a_figure(indicator, part="target", value="50", by="2028")
        an_update(plan.second, indicator, state=VERIFIED, institution_id=lead, figures={indicator.key: {"value": "12"}})
        for body in world.institutions.values():
            place = {"plan": plan.plan, "period": plan.second, "objective": objective, "institution": body}
            database.session.add(Assessment(**place, judgement="worse", said=title, author="Amina"))
    return plan


def fullest(world):
    """A plan with as many objectives as the card holds."""
    return full(world, 12)


def empty(_world):
    """A plan without a single activity."""
    return carried_out(languages=["en", "ar"])


def drawn(world, build, kind):
    """The sheets of a report on such a plan, every place filled to its limit where it is full."""
    with transaction():
        report = a_report(build(world).second, kind)
        if build in (full, fullest):
            places = {place.name: place.longest for place in places_of(kind, report.facts["said"]["en"])}
            report.texts = {
                name: {language: (text * 80)[:longest] for language, text in LONG.items()}
                for name, longest in places.items()
            }
    sheets = {language: json.loads(json.dumps(sheet_of(report, language))) for language in ("en", "ar")}
    return {language: {**sheet, "worn": WORN} for language, sheet in sheets.items()}


def printed(sheets):
    with ThreadPoolExecutor(2) as pool:
        return dict(zip(sheets, pool.map(render_sheet_pdf, sheets.values()), strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("build", [full, fullest, empty])
@pytest.mark.parametrize("kind", PAGES)
def test_short_documents_have_the_pages_they_promise_and_keep_the_standards(world, build, kind):
    for language, pdf in printed(drawn(world, build, kind)).items():
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            assert (language, len(opened.pages)) == (language, PAGES[kind])
        assert broken_rules(pdf) == []


@pytest.mark.slow
def test_a_progress_report_is_whole_tagged_and_the_same_twice(world):
    sheet = drawn(world, two_years, "progress")["en"]
    first, again = (render_sheet_pdf(sheet) for _once in range(2))
    assert first == again
    assert broken_rules(first) == []
    with pikepdf.open(io.BytesIO(first)) as opened:
        assert opened.Root.MarkInfo.Marked
        assert str(opened.Root.Lang) == "en"
        figures = [
            item for item in opened.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
        ]
        assert figures
        assert all(str(figure.get("/Alt", "")) for figure in figures)


@pytest.mark.slow
def test_a_pdf_is_made_once_and_again_when_the_report_changes(world):
    with transaction():
        report = a_report(two_years(world).second, "facts")
    content = make_pdf(report, "en")
    assert storage.get(pdf_name(report, "en")) == content
    with transaction():
        report.texts = {**report.texts, "foreword": {"en": "Otherwise."}}
    assert not storage.exists(pdf_name(report, "en"))
