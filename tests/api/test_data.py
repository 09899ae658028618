"""The open data says what public pages say, no more, to everybody alike."""

import hashlib
import json
from typing import Any

import pytest
from flask import Flask

from nap_builder.accounts.queries import actor_of
from nap_builder.kernel.database import transaction
from nap_builder.plans.queries.versions import PUBLIC, frozen_bytes
from nap_builder.publishing.queries import publications
from nap_builder.publishing.services import withdraw
from tests.api.conftest import SECRET, Published
from tests.client import Client
from tests.conftest import signed_in

ROOT = "/api/v1"
BUDGET = 40


def read(client: Client, address: str, **given: Any) -> Any:
    """What an address answers, read as JSON."""
    return client.get(f"{ROOT}{address}", budget=BUDGET, **given).answer.get_json()


def everything(client: Client) -> str:
    """All that can be reached from the start, by following what the answers name."""
    seen: dict[str, str] = {}
    waiting = [ROOT]
    while waiting:
        path = waiting.pop()
        if path not in seen:
            seen[path] = client.get(path, budget=BUDGET).answer.get_data(as_text=True)
            waiting += [each for each in named(json.loads(seen[path])) if each.startswith(ROOT) and "{" not in each]
    return "\n".join(seen.values())


def named(data: Any) -> list[str]:
    """The addresses of this site in an answer."""
    if isinstance(data, str):
        return [data.removeprefix("http://localhost")] if data.startswith("http://localhost/") else []
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return [address for one in inner for address in named(one)]


def test_a_version_is_handed_out_byte_for_byte(client: Client, published: Published):
    expected = frozen_bytes(published.version, PUBLIC)
    path = f"/plans/{published.carried.plan.slug}/versions/1"
    described = read(client, path)
    answer = client.get(f"{ROOT}{path}/nap-plan.json").answer
    assert answer.data == expected
    assert described["sha256"] == hashlib.sha256(answer.data).hexdigest()


def test_a_figure_is_that_of_the_public_page(client: Client, published: Published):
    slug = published.carried.plan.slug
    [value] = read(client, f"/plans/{slug}/indicators/A/values")["items"]
    assert (value["period_ends"], value["value"], value["quality"]) == ("2025-12-31", "12", "verified")
    assert read(client, f"/plans/{slug}/indicators/A")["series"][0]["value"] == "12"
    assert "12" in client.get("/en/progress/indicators/A", budget=BUDGET).words


def test_a_milestone_says_whether_it_is_met(client: Client, published: Published):
    [milestone] = read(client, f"/plans/{published.carried.plan.slug}/milestones")["items"]
    assert (milestone["code"], milestone["progress"]["met"]) == ("M1", False)
    assert milestone["progress"]["days_late"] > 0


def test_small_numbers_of_people_are_not_told(client: Client, published: Published):
    found = read(client, f"/consultations/{published.consultation.key}")
    assert found["participants"]["men"] is None
    assert found["participants"]["women"] is None
    assert found["participants"]["total"] == 40


def test_a_report_tells_the_figures_it_was_made_of(client: Client, published: Published):
    [report] = read(client, "/reports")["items"]
    assert report["figures"]["activities"]["on_track"] == 1
    assert client.get(report["links"]["pages"]["en"].removeprefix("http://localhost")).status == 200


def test_all_that_is_reached_holds_nothing_restricted(client: Client, published: Published):
    found = everything(client)
    assert "Train officers" in found
    assert SECRET not in found


@pytest.mark.sqlite_only("who asks is no matter of the database")
@pytest.mark.parametrize("path", ["/plans", "/consultations", "/plans/{slug}/indicators"])
def test_who_is_signed_in_reads_what_everybody_reads(app: Flask, client: Client, published: Published, path: str):
    path = path.format(**published.parts)
    chair = signed_in(app, published.world.people["chair"])
    mine, theirs = (each.get(f"{ROOT}{path}", budget=BUDGET).answer for each in (chair, client))
    assert mine.data == theirs.data
    assert "Set-Cookie" not in mine.headers
    assert "Cookie" not in mine.headers.get("Vary", "")


def test_a_version_that_was_withdrawn_is_gone_from_the_data(client: Client, published: Published):
    with transaction():
        [one] = publications(published.carried.plan)
        withdraw(actor_of(published.world.people["chair"]), one, seen=one.row_version)
    slug = published.carried.plan.slug
    assert read(client, "/plans")["total"] == 0
    for path in (f"/plans/{slug}", f"/plans/{slug}/versions/1", f"/plans/{slug}/versions/1/nap-plan.json"):
        assert read(client, path, expect=404)["status"] == 404
