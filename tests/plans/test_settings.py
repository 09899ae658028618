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
