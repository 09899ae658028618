"""The results framework as IATI: valid against the schema of IATI, and there only where it is switched on."""

import json
from pathlib import Path

import pytest
from lxml import etree

from nap_builder.api.iati import activity_file
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


@pytest.mark.sqlite_only("made of a file")
def test_a_share_is_told_as_a_number_and_a_donor_funds():
    plan = json.loads((Path(__file__).parent.parent / "data" / "full.json").read_text())
    plan["institutions"] = [{"code": "FND", "name": "Fund", "kind": "donor"}]
    indicator = {"code": "x", "title": "Seats", "kind": "percent", "baseline": {"numerator": "3", "denominator": "84"}}
    indicator["baseline"]["year"] = 2021
    indicator["targets"] = [{"numerator": "21", "denominator": "84", "year": 2024}]
    plan["pillars"] = [{"code": "1", "title": "One", "indicators": [indicator]}]
    file = etree.fromstring(activity_file("XM-EXAMPLE-1", plan, None))
    SCHEMA.assertValid(file)
    assert file.find(".//baseline").get("value") == "3.571429"
    assert file.find(".//target").get("value") == "25"
    assert file.find(".//participating-org").get("role") == "1"
