"""Looking things up: public pages, and what a person who writes a plan takes from them."""

import pytest

from nap_builder.plans.models.measures import Indicator

pytestmark = pytest.mark.sqlite_only("what is looked up comes from files of the program")
PAGES = ("guidance", "indicators", "mandates", "terms", "background")


@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
@pytest.mark.parametrize("name", PAGES)
def test_everybody_can_look_it_up(client, lang, name):
    client.get(f"/{lang}/help/{name}", budget=4)


@pytest.mark.parametrize("name", PAGES)
def test_help_leads_there(client, name):
    assert client.get("/en/help").all(f"//main//a[@href='/en/help/{name}']")


@pytest.mark.parametrize(
    ("lang", "sought", "number"),
    [
        ("en", "11a", "11a"),
        ("en", "5.5.1", "5.5.1"),
        ("fr", "negociations paix", "11a"),
        ("ar", "وفيات الأمهات", "21a"),
    ],
)
def test_an_indicator_is_found(client, lang, sought, number):
    page = client.get(f"/{lang}/help/indicators?q={sought}")
    assert number in [cell.text_content().strip() for cell in page.all("//table//td[1]")]


def test_a_search_without_a_find_says_so(client):
    assert "Nothing found" in client.get("/en/help/indicators?q=zzzz").words


@pytest.mark.parametrize("sought", ["'; drop", "a" * 5000, "<script>", "%E2%80%AE"])
def test_an_odd_search_is_harmless(client, sought):
    client.get(f"/en/help/mandates?q={sought}")


def test_an_indicator_begun_from_a_standard_one_keeps_its_reference(as_role, world, db):
    browser = as_role("secretariat")
    under = f"objective:{world.objective.key}"
    listed = browser.get(f"/en/w/nap-2/indicators/standard?under={under}&q=11a")
    [href] = listed.all("//a[contains(., 'Use this one')]/@href")
    added = browser.get(href).submit(0)
    assert "S/2010/498#11a" in added.follow().words
    db.session.rollback()
    indicator = db.session.query(Indicator).one()
    assert indicator.references == ["S/2010/498#11a"]
    assert set(indicator.title) == {"en", "fr", "ar"}


def test_an_indicator_of_the_united_nations_alone_is_not_offered(as_role, world):
    browser = as_role("secretariat")
    under = f"objective:{world.objective.key}"
    listed = browser.get(f"/en/w/nap-2/indicators/standard?under={under}&q=S/2010/498%236")
    assert "Only the United Nations reports it." in listed.words
    browser.get(f"/en/w/nap-2/indicators/add?under={under}&like=S/2010/498%236", expect=404)


def test_a_mandate_is_found_and_added(as_role, world, db):
    browser = as_role("secretariat")
    address = f"/en/w/nap-2/row/objective/{world.objective.key}/mandates"
    added = browser.get(f"{address}?q=S/RES/1325").submit("/mandates")
    assert "is added to 1.1" in added.follow().words
    db.session.refresh(world.objective)
    assert len(world.objective.mandates) == 1


def test_a_mandate_is_added_once(as_role, world, db):
    browser = as_role("secretariat")
    address = f"/en/w/nap-2/row/objective/{world.objective.key}/mandates?q=1820"
    browser.get(address).submit("/mandates")
    page = browser.get(address)
    assert "Named" in page.words


def test_a_citation_that_is_not_in_the_list_is_refused(as_role, world):
    page = as_role("secretariat").get(f"/en/w/nap-2/row/objective/{world.objective.key}/mandates?q=1325")
    page.submit("/mandates", expect=400, citation="S/RES/9999")


def test_guidance_stands_beside_the_work(as_role, world):
    browser = as_role("secretariat")
    key, activity = world.objective.key, world.activities[0].key
    for address in (
        "section/why",
        f"row/objective/{key}",
        f"activity/{activity}/edit",
        f"indicators/add?under=objective:{key}",
        f"activity/{activity}/money",
        "milestones/add",
        "task-force/edit",
        "sections/new",
    ):
        assert "A weak one" in browser.get(f"/en/w/nap-2/{address}").words, address


def test_a_person_who_may_not_write_a_section_reads_it_without_guidance(as_role, world):
    assert "A weak one" not in as_role("auditor").get("/en/w/nap-2/section/why").words
