"""A PDF is joined from pieces that are laid out each for itself: it is whole, and no press that dies takes it along."""

import copy
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from nap_builder.publishing.press import wire
from nap_builder.publishing.press.kept import KeptPieces
from nap_builder.publishing.press.printing import kept_pieces
from nap_builder.publishing.press.running import PressStopped, lent, stop_ready
from nap_builder.publishing.renderers.pdf import Limits, RenderFailed, render_pdf
from tests.publishing.test_pdf import edition, of_many_activities, of_usa, read

pytestmark = pytest.mark.sqlite_only(reason="files are made without a database")


def edited() -> dict[str, Any]:
    plan = copy.deepcopy(read("full"))
    paragraph = plan["sections"][0]["paragraphs"][0]
    paragraph["text"] = {**paragraph["text"], "en": "Quite another sentence, with a × in it."}
    return plan


def test_a_plan_printed_after_an_edit_is_the_one_that_is_printed_afresh() -> None:
    render_pdf(read("full"), edition("en"))
    after_the_edit = render_pdf(edited(), edition("en"))
    kept_pieces.clear()
    assert render_pdf(edited(), edition("en")) == after_the_edit


def test_another_hash_on_the_foot_of_every_page_leaves_the_other_pages_alone() -> None:
    render_pdf(of_usa(), edition("en"))
    before = set(kept_pieces.all())
    render_pdf(of_usa() | {"version": {"number": 2, "frozen_at": "2026-11-22T09:00:00Z"}}, edition("en"))
    assert len(set(kept_pieces.all()) - before) <= 3  # the cover, what it is about, and the foot


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_each_font_is_in_the_file_once(lang: str) -> None:
    with pikepdf.open(BytesIO(render_pdf(read("full"), edition(lang)))) as file:
        fonts = {font.objgen: str(font.BaseFont) for page in file.pages for font in page.Resources.Font.values()}
    assert sorted(fonts.values()) == sorted(set(fonts.values()))


def test_a_link_leads_into_another_piece() -> None:
    with pikepdf.open(BytesIO(render_pdf(read("full"), edition("en")))) as file:
        contents = max(file.pages, key=lambda page: len(page.get("/Annots", [])))
        names = pikepdf.NameTree(file.Root.Names.Dests)
        goals = {names[str(note.Dest)][0].objgen for note in contents.Annots}
        assert len(goals) > 5
        assert contents.objgen not in goals


def children_of(parent: int) -> Iterator[int]:
    """The processes of the press that were started by this one."""
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            number, _name, _state, started_by = status.read_text().split()[:4]
            command = status.with_name("cmdline").read_bytes()
            if int(started_by) == parent and b"nap_builder.publishing.press" in command:
                yield int(number)


def strike(how: signal.Signals) -> None:
    """Sends a signal to the press as soon as a child of it is at work."""
    for _try in range(200):
        for press in children_of(os.getpid()):
            if any(True for _child in children_of(press)):
                os.kill(press, how)
                return
        time.sleep(0.05)


@pytest.mark.parametrize(("how", "why", "seconds"), [(signal.SIGKILL, "crash", 60), (signal.SIGSTOP, "time", 12)])
def test_a_press_that_is_killed_or_hangs_is_told_of_and_the_next_order_is_printed(
    how: signal.Signals, why: str, seconds: int
) -> None:
    kept_pieces.clear()
    blow = threading.Thread(target=strike, args=[how])
    blow.start()
    with pytest.raises(RenderFailed) as failed:
        render_pdf(of_many_activities(), edition("en"), limits=Limits(wall_seconds=seconds))
    blow.join()
    assert failed.value.why == why
    assert render_pdf(of_usa(), edition("en")).startswith(b"%PDF-")


def test_nobody_waits_for_what_a_killed_press_had_under_way() -> None:
    look = {"css": [], "pictures": {}, "lines_numbered": False, "right_to_left": False}
    page = {"html": "<title>Long</title>" + "<p>Word after word. " * 30_000, "pictures": {}}
    task = wire.packed({"task": "lay_out", "look": look, "pages": [page]})
    blow = threading.Thread(target=strike, args=[signal.SIGKILL])
    blow.start()
    begun = time.monotonic()
    with pytest.raises(PressStopped), lent() as press:
        press.run([task], asdict(Limits()), 60)
    blow.join()
    assert time.monotonic() - begun < 30


def test_a_press_that_is_ended_leaves_no_folder() -> None:
    render_pdf(of_usa(), edition("en"))
    with lent() as press:
        room = press.room
    assert room.is_dir()
    stop_ready()
    assert not room.exists()


def test_the_pieces_that_were_not_asked_for_longest_go_first() -> None:
    kept = KeptPieces(most_bytes=10)
    kept.put({"a": b"1234"})
    kept.put({"b": b"1234"})
    kept.put({"a": b"1234"})
    kept.put({"c": b"1234"})
    assert set(kept.all()) == {"a", "c"}


def test_a_message_that_is_cut_off_is_none() -> None:
    message = wire.packed({"a": 1}, [b"one", b"two"])
    assert wire.unpacked(message) == ({"a": 1}, [b"one", b"two"])
    with pytest.raises(ValueError, match="cut off"):
        wire.unpacked(message[:-1])
    with pytest.raises(ValueError, match="cut off"):
        wire.receive(BytesIO(message[:-1]))
