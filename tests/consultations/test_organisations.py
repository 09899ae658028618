"""The directory of organisations."""

import pytest

from nap_builder.consultations.queries import organisations as queries
from nap_builder.kernel.database import transaction

HOME = "/en/w/nap-2/organisations"


@pytest.fixture
def listed(as_role):
    """Two organisations, one of which may be named."""
    client = as_role("secretariat")
    for said in (
        {"name": "Mothers of Asra", "focus": ["displaced"], "may_be_named": "y"},
        {"name": "Réseau des jeunes", "focus": ["young_women"], "note": "Asra too"},
    ):
        client.get(f"{HOME}/add").submit("organisation", **said)
    return client


def test_an_organisation_is_put_into_the_directory(listed):
    page = listed.get(HOME)
    assert "Mothers of Asra" in page.words
    assert [one.may_be_named for one in queries.organisations()] == [True, False]


@pytest.mark.parametrize(
    ("query", "found"),
    [("q=reseau", ["Réseau des jeunes"]), ("q=asra", ["Mothers of Asra", "Réseau des jeunes"]), ("q=zz", [])],
)
def test_it_is_found_by_words_without_accents(listed, query, found):
    names = [" ".join(cell.text_content().split()) for cell in listed.get(f"{HOME}?{query}").all("//td//span[@dir]")]
    assert names == found


def test_it_is_found_by_its_focus(listed):
    page = listed.get(f"{HOME}?focus=displaced")
    assert "Mothers of Asra" in page.words
    assert "Réseau" not in page.words


def test_a_second_of_the_name_is_refused(listed):
    page = listed.get(f"{HOME}/add").submit("organisation", expect=422, name="Mothers of Asra")
    assert "is in the directory" in page.words


def test_it_is_changed_archived_and_brought_back(listed):
    one = queries.organisations()[0]
    listed.get(f"{HOME}/{one.key}/edit").submit("organisation", name="Mothers of the North", may_be_named=None)
    assert (one.name, one.may_be_named) == ("Mothers of the North", False)
    page = listed.get(HOME).submit(f"{one.key}/archive").follow()
    assert [each.name for each in queries.organisations()] == ["Réseau des jeunes"]
    page.submit(f"{one.key}/restore")
    assert len(queries.organisations()) == 2


def test_a_ministry_reads_it_and_does_not_write(listed, as_role):
    client = as_role("official")
    assert "Mothers of Asra" in client.get(HOME).words
    client.get(f"{HOME}/add", expect=403)


def test_it_holds_a_region_that_another_plan_does_not_know(listed):
    one = queries.organisations()[0]
    with transaction():
        one.region = "OLD"
    listed.get(f"{HOME}/{one.key}/edit").submit("organisation")
    assert one.region == "OLD"
