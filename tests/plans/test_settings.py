"""The facts of a plan, changed in the browser."""

from nap_builder.exchange.services import plan_file, read
from nap_builder.kernel.database import transaction


def test_a_list_of_regions_has_all_that_activities_name(as_role, world):
    with transaction():
        world.activities[0].regions = ["N"]
    answer = as_role("chair").get("/en/w/nap-2/settings").submit(0, expect=422, **{"regions-en": "S = South"})
    assert "N is named by activity 1.1.1. Change that first." in answer.words


def test_a_language_sent_twice_is_one_language(as_role, world, db):
    page = as_role("chair").get("/en/w/nap-2/settings")
    page.submit(0, other_languages=["fr", "ar", "de", "de"])
    db.session.rollback()
    assert read(plan_file(world.plan, None, "working")).document["plan"]["languages"].count("de") == 1


def test_a_line_taken_out_leaves_the_words_of_a_language_not_shown_with_their_own(as_role, world, db):
    un = {"short": {"en": "UN", "de": "VN"}, "long": {"en": "United Nations", "de": "Vereinte Nationen"}}
    eu = {"short": {"en": "EU", "de": "EU"}, "long": {"en": "European Union", "de": "Europäische Union"}}
    with transaction():
        world.plan.abbreviations = [un, eu]
    as_role("chair").get("/en/w/nap-2/settings").submit(0, **{"abbreviations-en": "EU = European Union"})
    db.session.rollback()
    assert world.plan.abbreviations == [eu]


def test_a_region_keeps_its_name_in_a_language_not_shown(as_role, world, db):
    south = {"code": "S", "name": {"en": "South", "de": "Süden"}}
    with transaction():
        world.plan.regions = [{"code": "N", "name": {"en": "North", "de": "Norden"}}, south]
    as_role("chair").get("/en/w/nap-2/settings").submit(0, **{"regions-en": "S = South"})
    db.session.rollback()
    assert world.plan.regions == [south]


def test_an_entry_in_a_language_not_shown_stays(as_role, world, db):
    german = {"short": {"de": "VN"}, "long": {"de": "Vereinte Nationen"}}
    with transaction():
        world.plan.abbreviations = [german]
    as_role("chair").get("/en/w/nap-2/settings").submit(0, **{"abbreviations-en": "EU = European Union"})
    db.session.rollback()
    assert world.plan.abbreviations == [{"short": {"en": "EU"}, "long": {"en": "European Union"}}, german]
