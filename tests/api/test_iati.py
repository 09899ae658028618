"""The results framework as IATI: valid against the schema of IATI, and there only where it is switched on."""

from pathlib import Path

import pytest
from lxml import etree

from tests.api.conftest import SECRET, Published
from tests.client import Client

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parent / "iati" / "iati-activities-schema.xsd"))
BUDGET = 40


@pytest.fixture
def file(client: Client, published: Published, switched_on: None) -> "etree._Element":
    """The file."""
    address = f"/api/v1/plans/{published.carried.plan.slug}/iati.xml"
    return etree.fromstring(client.get(address, budget=BUDGET).answer.data)


def test_it_is_valid_and_says_the_framework(file: "etree._Element", published: Published):
    SCHEMA.assertValid(file)
    assert file.findtext("iati-activity/iati-identifier") == f"XM-EXAMPLE-1-{published.carried.plan.slug}"
    [indicator] = file.iterfind("iati-activity/result/indicator")
    assert indicator.findtext("title/narrative") == "Women officers"
    assert indicator.find("baseline").attrib == {"year": "2023", "value": "10"}
    assert [one.get("value") for one in indicator.iterfind("period/target")] == ["50"]
    assert [one.get("value") for one in indicator.iterfind("period/actual")] == ["12"]
    assert SECRET not in etree.tostring(file, encoding="unicode")


@pytest.mark.sqlite_only("a setting is no row")
def test_it_is_not_there_while_it_is_not_switched_on(client: Client, published: Published):
    client.get(f"/api/v1/plans/{published.carried.plan.slug}/iati.xml", expect=404)


def test_a_file_that_breaks_the_schema_would_be_found(file: "etree._Element"):
    file.find("iati-activity").remove(file.find("iati-activity/title"))
    assert not SCHEMA.validate(file)
