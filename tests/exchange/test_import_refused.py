"""Hostile and broken files, by the command and by the page: a plain refusal, and a database that is as it was."""

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from nap_builder.exchange.cli import import_file, save_whole
from nap_builder.kernel.database import Base
from nap_builder.kernel.database import db as database
from nap_builder.plans.models.plan import Plan
from tests.builders.exchange import as_file, full, small

NOT_OF_THE_PLAN = {"form_receipt", "session", "sign_in_failure"}


def dump() -> dict[str, list[Any]]:
    """All that the database holds of plans, institutions and acts."""
    database.session.rollback()
    with database.engine.connect() as connection:
        return {
            table.name: sorted(map(str, connection.execute(select(table))))
            for table in Base.metadata.sorted_tables
            if table.name not in NOT_OF_THE_PLAN
        }


def with_activity(**members: Any) -> bytes:
    row = {"code": "1.1", "title": "An activity", **members}
    return as_file(small(pillars=[{"code": "1", "title": "A pillar", "activities": [row]}]))


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("plan.json", b"0" * 20_000_000)
    return packed.getvalue()


HOSTILE: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "not JSON": lambda: b"{",
    "a list": lambda: b"[]",
    "null": lambda: b"null",
    "UTF-16": lambda: json.dumps(small()).encode("utf-16"),
    "a picture": lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40,
    "a ZIP bomb": bomb,
    "deep nesting": lambda: b'{"a":' * 1_500_000,
    "10 MB of nesting": lambda: b"[" * 10_000_000,
    "many values": lambda: b"[" + b"0," * 1_000_000 + b"0]",
    "wrong type": lambda: as_file(small(pillars="none")),
    "unknown member": lambda: as_file(small(colour="red")),
    "unknown institution": lambda: with_activity(lead="NOBODY"),
    "a code twice": lambda: as_file(small(pillars=[{"code": "1", "title": "A"}, {"code": "1", "title": "B"}])),
    "end before start": lambda: with_activity(starts="2029", ends="2027"),
    "negative money": lambda: with_activity(budget=[{"amount": "-5"}]),
    "huge money": lambda: with_activity(budget=[{"amount": "9" * 40}]),
    "huge whole number": lambda: as_file(small()).replace(
        b'"pillars": []', b'"pillars": [], "version": {"number": 1e400}'
    ),
    "huge edition": lambda: as_file(small()).replace(b'"country"', b'"edition": 99999999999, "country"'),
    "control characters": lambda: as_file(small()).replace(b"A small plan", rb"A \u0000 plan"),
    "half a sign": lambda: as_file(small()).replace(b"A small plan", rb"A \ud800 plan"),
    "a nought in a free text": lambda: with_activity(
        indicators=[
            {
                "code": "i",
                "title": "T",
                "kind": "number",
                "values": [{"period_ends": "2027-12-31", "value": "1", "series": "\0"}],
            }
        ]
    ),
    "a region nobody knows": lambda: as_file({**full(), "plan": {**full()["plan"], "regions": []}}),
    "a day that is none": lambda: as_file(small(plan={**small()["plan"], "starts": "2027-02-30"})),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_the_command_refuses_it_with_a_line_a_fault_and_changes_nothing(app, world, tmp_path, name):
    path = tmp_path / "plan.json"
    path.write_bytes(HOSTILE[name]())
    before = dump()
    result = app.test_cli_runner().invoke(import_file, [str(path)])
    assert result.exit_code == 1, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert result.stderr.strip()
    assert all(": " in line for line in result.stderr.strip().splitlines())
    assert result.stdout == ""
    assert dump() == before


BY_PAGE = ["empty", "UTF-16", "a picture", "a ZIP bomb", "10 MB of nesting", "unknown institution", "half a sign"]


@pytest.mark.parametrize("name", BY_PAGE)
def test_the_page_refuses_it_and_changes_nothing(as_role, world, name):
    secretariat = as_role("secretariat")
    page = secretariat.get(f"/en/w/{world.plan.slug}/import")
    before = dump()
    address, values = page.filled("file-form", file=None)
    answer = secretariat.post(address, data={**values, "file": (io.BytesIO(HOSTILE[name]()), "plan.json")}, expect=422)
    assert ("no Word document" if name == "a ZIP bomb" else "cannot be taken in") in answer.words
    assert dump() == before


def test_the_command_takes_a_plan_in(app, db, tmp_path):
    path = tmp_path / "plan.json"
    path.write_bytes(as_file(full()))
    runner = app.test_cli_runner()
    dry = runner.invoke(import_file, [str(path), "--dry-run"])
    assert dry.exit_code == 0
    assert "add\tactivity:2.1.1\t" in dry.stdout
    assert database.session.scalar(select(Plan)) is None
    assert runner.invoke(import_file, [str(path)]).exit_code == 0
    again = runner.invoke(import_file, [str(path), "--dry-run"])
    assert {line.partition("\t")[0] for line in again.stdout.splitlines()} == {"keep"}


def test_the_command_lists_what_the_file_lacks_and_removes_it_when_told(app, db, tmp_path):
    path = tmp_path / "plan.json"
    runner = app.test_cli_runner()
    path.write_bytes(with_activity())
    runner.invoke(import_file, [str(path)])
    path.write_bytes(as_file(small(pillars=[{"code": "1", "title": "A pillar"}])))
    assert "remove\tactivity:1.1\tAn activity\n" in runner.invoke(import_file, [str(path), "--dry-run"]).stdout
    assert runner.invoke(import_file, [str(path), "--remove"]).exit_code == 0
    assert "remove" not in runner.invoke(import_file, [str(path), "--dry-run"]).stdout


def test_a_fault_in_the_midst_of_writing_leaves_nothing(db, monkeypatch, tmp_path):
    from nap_builder.exchange.parts import PartsWriter  # noqa: PLC0415 - only here

    def fail(*_given: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(PartsWriter, "write", fail)
    from tests.builders.exchange import taken_in  # noqa: PLC0415 - only here

    before = dump()
    with pytest.raises(RuntimeError):
        taken_in(full())
    assert dump() == before


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    path = tmp_path / "plan.json"
    save_whole(path, b"one")
    save_whole(path, b"two")
    assert path.read_bytes() == b"two"
    with pytest.raises(TypeError):
        save_whole(path, "not bytes")  # type: ignore[arg-type]
    assert path.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [path]
