"""The State's institutions: services and pages."""

import pytest

from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import BadInput, StaleEdit
from nap_builder.taskforce import queries, services
from tests.builders.taskforce import institution

FACTS = services.InstitutionFacts


def test_state_is_named_once_and_then_renamed(db):
    with transaction():
        assert queries.installation() is None
        state = services.name_state(INSTALLATION, {"en": "Sarenia"}, None, seen=None)
    with transaction():
        services.name_state(INSTALLATION, {"en": "Republic of Sarenia"}, {"en": "NAP"}, seen=state.row_version)
    assert queries.installation().state_name == {"en": "Republic of Sarenia"}
    with pytest.raises(StaleEdit), transaction():
        services.name_state(INSTALLATION, {"en": "Lost"}, None, seen=1)
    with pytest.raises(StaleEdit), transaction():
        services.name_state(INSTALLATION, {"en": "Lost"}, None, seen=None)


def test_two_institutions_never_share_a_code(world):
    with pytest.raises(BadInput) as refused, transaction():
        institution(code="DEF")
    assert refused.value.field == "code"


def test_an_institution_is_not_part_of_its_own_part(world):
    defence = world.institutions["DEF"]
    with transaction():
        army = institution(code="ARMY", name="Army", kind="armed_forces", sector="defence", part_of_id=defence.id)
    facts = FACTS(code="DEF", name={"en": "Defence"}, kind="ministry", part_of_id=army.id)
    with pytest.raises(BadInput) as refused, transaction():
        services.change_institution(INSTALLATION, defence, facts, seen=defence.row_version)
    assert refused.value.field == "part_of_id"


def test_adding_an_institution_on_the_page(as_role):
    page = as_role("secretariat").get("/en/institutions/new")
    values = {"code": "FIN", "name-en": "Ministry of Finance", "name-ar": "وزارة المالية", "kind": "ministry"}
    answer = page.submit("institution", **values, sector="finance", **{"head-en": "Permanent secretary"})
    assert "Ministry of Finance" in answer.follow().words
    found = queries.institution_at("FIN")
    assert found.accountable == {"head": {"en": "Permanent secretary"}}
    assert found.name == {"en": "Ministry of Finance", "ar": "وزارة المالية"}


def test_an_institution_asks_to_approve_its_reports_first(as_role, world):
    page = as_role("secretariat").get("/en/institutions/DEF/edit")
    assert not world.institutions["DEF"].approves_reports
    page.submit("institution", approves_reports="y")
    assert world.institutions["DEF"].approves_reports
    as_role("secretariat").get("/en/institutions/DEF/edit").submit("institution", approves_reports=None)
    assert not world.institutions["DEF"].approves_reports


def test_a_code_in_use_is_said_beside_the_field(as_role):
    page = as_role("secretariat").get("/en/institutions/new")
    answer = page.submit("institution", expect=422, code="DEF", kind="ministry", **{"name-en": "Defence again"})
    assert "Another institution has the code DEF" in answer.words
    assert "Defence again" in answer.text


def test_changing_what_another_changed_shows_both(as_role, world):
    chair = as_role("chair")
    page = chair.get("/en/institutions/INT/edit")
    chair.get("/en/institutions/INT/edit").submit("institution", **{"name-en": "Interior"})
    answer = page.submit("institution", expect=409, **{"name-en": "Home Office"})
    assert "Home Office" in answer.text
    assert "Interior" in answer.text


@pytest.mark.parametrize("code", ["A B", "A/B", "a" * 33])
def test_a_code_with_a_space_or_slash_is_refused(as_role, code):
    page = as_role("secretariat").get("/en/institutions/new")
    page.submit("institution", expect=422, code=code, kind="ministry", **{"name-en": "Ministry"})


def test_ministries_read_the_list_and_do_not_change_it(as_role):
    official = as_role("official")
    assert "Ministry of Defence" in official.get("/en/institutions").words
    official.get("/en/institutions/new", expect=403)
    as_role("parliamentarian").get("/en/institutions", expect=403)
