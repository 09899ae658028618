"""The commands that others rely on, as a person types them."""

import hashlib
import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine

from nap_builder.cli import main
from nap_builder.kernel import schema
from nap_builder.settings import PROJECT

USA = PROJECT / "tests" / "data" / "usa-2023.json"
FULL = PROJECT / "tests" / "data" / "full.json"


class Office:
    """A fresh installation and its command line."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def nap(self, *arguments: object, expect: int = 0, **environment: str) -> Result:
        """Runs a command and looks at its exit."""
        given = {"NAP_HOME": str(self.home), "NAP_SECRET_KEY": "s" * 40, "NAP_DATABASE_URL": "", **environment}
        result = CliRunner().invoke(main, [str(one) for one in arguments], env=given)
        assert result.exit_code == expect, result.output + result.stderr
        return result


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path)


@pytest.fixture
def with_plan(office):
    office.nap("import", USA)
    return office


def test_a_real_plan_goes_in_and_out(with_plan, tmp_path):
    with_plan.nap("export", "usa-2023", "--format", "json", "--out", tmp_path / "a.json")
    assert json.loads((tmp_path / "a.json").read_text())["plan"]["slug"] == "usa-2023"


def test_export_import_elsewhere_export_gives_the_same_bytes(office, tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    first, second = Office(tmp_path / "one"), Office(tmp_path / "two")
    first.nap("import", FULL)
    slug = json.loads(FULL.read_text())["plan"]["slug"]
    first.nap("export", slug, "--format", "json", "--out", tmp_path / "a.json")
    second.nap("import", tmp_path / "a.json")
    second.nap("export", slug, "--format", "json", "--out", tmp_path / "b.json")
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()


def test_a_dry_run_changes_nothing_and_says_what_would(office):
    lines = office.nap("import", USA, "--dry-run").output.splitlines()
    assert all(line.split("\t")[0] == "add" for line in lines)
    assert office.nap("plan", "list").output == ""


def test_a_faulty_file_is_refused_with_its_places(office, tmp_path):
    document = json.loads(USA.read_text())
    document["pillars"][0]["activities"][0]["lead"] = "NOBODY"
    (tmp_path / "bad.json").write_text(json.dumps(document))
    said = office.nap("import", tmp_path / "bad.json", expect=1).stderr.splitlines()
    assert [line.split(": ")[0] for line in said] == ["/pillars/0/activities/0/lead"]
    assert office.nap("plan", "list").output == ""


def test_freeze_prints_number_and_hash_of_the_working_file(with_plan, tmp_path):
    number, digest = with_plan.nap("freeze", "usa-2023", "--note", "First").output.strip().split("\t")
    with_plan.nap("export", "usa-2023", "--format", "json", "--version", number, "--out", tmp_path / "v.json")
    assert hashlib.sha256((tmp_path / "v.json").read_bytes()).hexdigest() == digest


def test_plan_list_is_tab_separated(with_plan):
    slug, _title, state, counts = with_plan.nap("plan", "list").output.strip().split("\t")
    assert (slug, state) == ("usa-2023", "drafting")
    assert "26 activities" in counts


@pytest.mark.slow
def test_a_version_is_printed_and_the_same_file_comes_again(with_plan, tmp_path):
    with_plan.nap("freeze", "usa-2023")
    for name in ("a.pdf", "b.pdf"):
        with_plan.nap("export", "usa-2023", "--format", "pdf", "--version", 1, "--out", tmp_path / name)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


@pytest.mark.slow
def test_an_unchanged_working_plan_is_printed_to_the_same_bytes(with_plan, tmp_path):
    for name in ("a.pdf", "b.pdf"):
        with_plan.nap("export", "usa-2023", "--format", "pdf", "--out", tmp_path / name)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_an_unknown_plan_is_said_in_one_line(office, tmp_path):
    result = office.nap("export", "nothing", "--format", "json", "--out", tmp_path / "x", expect=1)
    assert result.stderr.count("\n") == 1
    assert not (tmp_path / "x").exists()


def test_a_person_is_added_listed_and_disabled(office):
    assert "/link/" in office.nap("user", "add", "amina@example.org", "--role", "chair").output
    office.nap("user", "add", "ruth@example.org", "--role", "chair")
    assert "amina@example.org" in office.nap("user", "list").output
    office.nap("user", "disable", "amina@example.org")
    assert "disabled" in office.nap("user", "list").output


def test_the_trail_verifies_and_a_change_behind_its_back_is_found(with_plan):
    with_plan.nap("audit", "verify")
    connection = sqlite3.connect(with_plan.home / "nap.sqlite")
    connection.execute("drop trigger audit_content_no_update")
    connection.execute("update audit_content set actor_name = 'Somebody' where number = 1")
    connection.commit()
    connection.close()
    assert "entry 1" in with_plan.nap("audit", "verify", expect=1).stderr


def test_a_head_kept_elsewhere_shows_another_history(with_plan, tmp_path):
    head = tmp_path / "head.txt"
    head.write_text(with_plan.nap("audit", "verify").output)
    with_plan.nap("freeze", "usa-2023")
    with_plan.nap("audit", "verify", "--head", head)
    head.write_text("1\t" + "0" * 64)
    with_plan.nap("audit", "verify", "--head", head, expect=2)


def test_a_backup_is_made_proved_and_restored(with_plan, tmp_path):
    out, place = tmp_path / "one.nap-backup", tmp_path / "elsewhere"
    with_plan.nap("backup", "create", "--out", out)
    with_plan.nap("backup", "verify", out)
    with_plan.nap("backup", "restore", out, "--into", place)
    assert "usa-2023" in Office(place).nap("plan", "list").output
    with_plan.nap("backup", "restore", out, "--into", place, expect=1)


def test_a_damaged_backup_is_refused(with_plan, tmp_path):
    out = tmp_path / "one.nap-backup"
    with_plan.nap("backup", "create", "--out", out)
    out.write_bytes(out.read_bytes().replace(b"usa-2023", b"usa-2024", 1))
    with_plan.nap("backup", "verify", out, expect=1)


def test_migrate_takes_a_backup_first(with_plan):
    newest = schema.newest()
    older = f"{int(newest[:4]) - 1:04d}"
    engine = create_engine(f"sqlite:///{with_plan.home / 'nap.sqlite'}")
    before = next(path.stem for path in (schema.MIGRATIONS / "versions").glob(f"{older}_*.py"))
    schema.downgrade(engine, before)
    engine.dispose()
    assert "Run ./nap migrate" in with_plan.nap("plan", "list", expect=1).stderr
    said = with_plan.nap("migrate").output.splitlines()
    backup = Path(said[0].removeprefix("backup: "))
    assert backup.stat().st_size > 0
    assert said[-1] == newest
    with_plan.nap("backup", "verify", backup)
    assert "usa-2023" in with_plan.nap("plan", "list").output


def test_migrate_has_nothing_to_do_twice(with_plan):
    assert "nothing to do" in with_plan.nap("migrate").output


def test_the_doctor_finds_a_short_secret(office):
    office.nap("plan", "list")
    office.nap("doctor")
    assert "BAD" in office.nap("doctor", expect=1, NAP_SECRET_KEY="short").output


def test_an_unsafe_installation_is_not_served(office):
    assert "shorter" in office.nap("serve", expect=1, NAP_SECRET_KEY="short").stderr


def test_a_demonstration_is_not_served_under_a_public_address(office):
    environment = {"NAP_DEMO": "1", "NAP_BASE_URL": "https://plan.example.org"}
    assert "NAP_DEMO" in office.nap("serve", expect=1, **environment).stderr


def test_no_command_ends_in_a_traceback(office, tmp_path):
    broken = tmp_path / "nap.sqlite"
    broken.write_text("this is no database")
    for arguments in (("plan", "list"), ("doctor",), ("audit", "verify")):
        result = office.nap(*arguments, expect=1)
        assert "Traceback" not in result.output + result.stderr


TEMPLATES = ("four-pillars", "five-themes", "contributor", "conflict-affected", "donor", "local", "empty")
NEW = ("--country", "XTA", "--title", "A plan", "--starts", "2027-01-01", "--ends", "2031-12-31")


def test_the_templates_are_listed(office):
    lines = office.nap("template", "list").stdout.splitlines()
    assert tuple(line.split("\t")[0] for line in lines) == TEMPLATES
    assert all(line.count("\t") == 1 for line in lines)


@pytest.mark.parametrize("key", TEMPLATES)
def test_a_plan_starts_from_each_and_is_a_valid_file(office, tmp_path, key):
    assert office.nap("plan", "new", "our-plan", "--template", key, *NEW, "--lang", "fr").stdout == "our-plan\n"
    office.nap("export", "our-plan", "--format", "json", "--out", tmp_path / "plan.json")
    (tmp_path / "other").mkdir()
    Office(tmp_path / "other").nap("import", tmp_path / "plan.json")


@pytest.mark.slow
@pytest.mark.parametrize("key", ["local", "empty"])
def test_a_plan_from_a_template_is_printed(office, tmp_path, key):
    office.nap("plan", "new", "our-plan", "--template", key, *NEW, "--lang", "ar")
    office.nap("export", "our-plan", "--format", "pdf", "--out", tmp_path / "plan.pdf")
    assert (tmp_path / "plan.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (("--template", "none-such"), "nothing of that name"),
        (("--country", "Kenya"), "write it as KEN"),
        (("--lang", "e n"), "write it as en"),
        (("--ends", "2020-01-01"), "ends before it starts"),
        (("--starts", "yesterday"), "does not match"),
    ],
)
def test_a_plan_that_cannot_start_says_why(office, changed, told):
    given = {"--template": "donor", **dict(zip(NEW[::2], NEW[1::2], strict=True)), changed[0]: changed[1]}
    result = CliRunner().invoke(
        main,
        ["plan", "new", "our-plan", *(word for pair in given.items() for word in pair)],
        env={"NAP_HOME": str(office.home), "NAP_SECRET_KEY": "s" * 40, "NAP_DATABASE_URL": ""},
    )
    assert result.exit_code != 0
    assert told in result.stderr
    assert "Traceback" not in result.stderr


def test_a_short_name_that_is_taken_is_told(office):
    office.nap("plan", "new", "our-plan", "--template", "empty", *NEW)
    assert "short name" in office.nap("plan", "new", "our-plan", "--template", "empty", *NEW, expect=1).stderr


def test_a_plan_goes_out_as_a_word_file_without_what_is_restricted(office, tmp_path):
    office.nap("import", FULL)
    slug = json.loads(FULL.read_text())["plan"]["slug"]
    for profile in ("public", "working"):
        office.nap("export", slug, "--format", "docx", "--out", tmp_path / f"{profile}.docx", "--profile", profile)
    office.nap("export", slug, "--format", "docx", "--out", tmp_path / "usual.docx")
    assert (tmp_path / "usual.docx").read_bytes() == (tmp_path / "public.docx").read_bytes()
    assert (tmp_path / "usual.docx").read_bytes() != (tmp_path / "working.docx").read_bytes()


def test_a_plan_goes_out_as_a_spreadsheet_and_comes_back_without_a_change(office, tmp_path):
    office.nap("import", FULL)
    slug, file = json.loads(FULL.read_text())["plan"]["slug"], tmp_path / "plan.xlsx"
    office.nap("export", slug, "--format", "xlsx", "--out", file, "--lang", "fr")
    said = office.nap("import", file, "--dry-run").stdout.splitlines()
    assert said
    assert {line.partition("\t")[0] for line in said} == {"keep"}
    office.nap("export", slug, "--format", "xlsx", "--out", file, "--lang", "xx", expect=1)


def test_a_key_to_sign_with_is_for_its_owner_alone(office, tmp_path):
    key = tmp_path / "signer.p12"
    given = ("--out", key, "--name", "Office of the plan", "--country", "KE")
    fingerprint, _tab, _ends = office.nap("signer", "key", "new", *given).stdout.partition("\t")
    assert len(fingerprint) == 64
    assert [file.stat().st_mode & 0o777 for file in sorted(tmp_path.glob("signer*"))] == [0o600, 0o600]
    assert "exists" in office.nap("signer", "key", "new", *given, expect=1).stderr
