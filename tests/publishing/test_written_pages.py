"""The files beside the PDF at their addresses: offered with their sizes, public alone, and known again afterwards."""

import pytest

from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.database import transaction
from nap_builder.plans.canonical import digest
from nap_builder.plans.queries.versions import version_at
from nap_builder.plans.services.versions import freeze
from nap_builder.publishing.cli import verify
from nap_builder.publishing.renderers.written import WRITTEN
from nap_builder.publishing.services import publish
from tests.builders.spoken import of_csv

VERSION = "/en/plan/nap-2/v/1"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {"txt": "plan_text", "html": "plan_phone", "csv.zip": "plan_tables", "xlsx": "plan_workbook"}
SHOWN = {"txt": "text/plain", "html": "text/html", "csv.zip": "application/zip", "xlsx": XLSX}


@pytest.fixture
def one(world):
    """Version 1, frozen and not published."""
    with transaction():
        freeze(INSTALLATION, world.plan, None)
    return world


@pytest.fixture
def public(one):
    """Version 1, published."""
    with transaction():
        publish(INSTALLATION, version_at("nap-2", 1))
    return one


@pytest.mark.parametrize("form", KINDS)
def test_a_file_is_there_for_whom_its_version_is(client, as_role, one, form):
    client.get(f"{VERSION}.{form}", expect=404)
    answer = as_role("official").get(f"{VERSION}.{form}").answer
    assert answer.mimetype == SHOWN[form]
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("form", KINDS)
def test_a_published_file_is_served_again_and_known_again(client, public, app, tmp_path, form):
    content = client.get(f"{VERSION}.{form}?written_in=fr").answer.get_data()
    assert client.get(f"{VERSION}.{form}?written_in=fr").answer.get_data() == content
    file = tmp_path / "file"
    file.write_bytes(content)
    told = app.test_cli_runner().invoke(verify, [str(file)])
    assert (told.exit_code, told.output.split("\t")[2:6]) == (0, ["nap-2", "version 1", KINDS[form], "fr"])


def test_the_data_is_handed_out_as_it_was_frozen(client, public):
    content = client.get(f"{VERSION}.json").answer.get_data()
    assert digest(content) == version_at("nap-2", 1).public_sha256


@pytest.mark.parametrize(
    ("page", "role"), [("/en/w/nap-2/versions", "chair"), ("/en/plan/nap-2", None), ("/en/parliament", None)]
)
def test_the_files_are_offered_with_their_sizes(client, as_role, public, page, role):
    for form in KINDS:
        client.get(f"{VERSION}.{form}?written_in=en")
    shown = (as_role(role) if role else client).get(page)
    for form in KINDS:
        [link] = shown.all(f"//a[@href='{VERSION}.{form}?written_in=en']")
        assert link.text_content().split()[-1] == "kB"


@pytest.mark.slow
@pytest.mark.sqlite_only("the job writes what the doors write, which are tested on both")
def test_the_files_are_made_with_the_pdf(as_role, public, jobs):
    as_role("chair").get("/en/w/nap-2/versions").submit("/v/1/pdf", written_in="en")
    jobs.run_all()
    links = as_role("chair").get("/en/w/nap-2/versions").all("//details//ul/li/a")
    sized = {link.get("href") for link in links if link.text_content().endswith("kB")}
    assert {f"{VERSION}.{form}?written_in=en" for form in WRITTEN} <= sized


def test_the_working_plan_is_there_in_each_form_for_the_task_force(client, as_role, world):
    for form in ("txt", "html"):
        client.get(f"/en/w/nap-2/draft.{form}", expect=302)
        assert "Women were not at the table." in as_role("official").get(f"/en/w/nap-2/draft.{form}").text
    content = as_role("secretariat").get("/en/w/nap-2/export.csv.zip").answer.get_data()
    assert "Women were not at the table." in {row.get("text@en") for row in of_csv(content)["paragraph"]}
