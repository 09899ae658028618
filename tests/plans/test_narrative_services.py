"""Writing paragraphs and arranging sections."""

from datetime import UTC, datetime

import pytest

from nap_builder.kernel.audit import AuditEntry, first_fault
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import BadInput, MalformedForm, StaleEdit, WrongState
from nap_builder.plans.models.narrative import Paragraph, Section
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.narrative import history, living, numbered, older_text, section_lines
from nap_builder.plans.services import narrative as services
from nap_builder.plans.services import sections as arranging
from tests.builders.plans import a_paragraph, a_plan, a_section, an_actor

AMINA = an_actor()


@pytest.fixture
def section(db):
    with transaction():
        return a_section(plan=a_plan(), title="Why this plan")


def texts(section):
    return [paragraph.text["en"] for paragraph in living(section)]


def test_a_text_is_cut_at_blank_lines_in_all_languages_side_by_side():
    text = {"en": "One.\n\nTwo.\n \n\nThree.\n", "fr": "Un.\n\nDeux."}
    assert services.pieces_of(text) == [{"en": "One.", "fr": "Un."}, {"en": "Two.", "fr": "Deux."}, {"en": "Three."}]


def test_a_text_without_blank_lines_is_one_piece():
    assert services.pieces_of({"en": "One.\nStill one."}) == [{"en": "One.\nStill one."}]
    assert services.pieces_of({"en": "  "}) == []


def test_paragraphs_are_added_at_the_end_and_after_another(section):
    with transaction():
        first = services.add_paragraph(AMINA, section, [{"en": "First."}])[0]
        services.add_paragraph(AMINA, section, [{"en": "Last."}])
        services.add_paragraph(AMINA, section, [{"en": "Second."}, {"en": "Third."}], after=first)
        assert texts(section) == ["First.", "Second.", "Third.", "Last."]


def test_adding_above_a_paragraph_does_not_count_as_a_change_of_it(section):
    with transaction():
        first = services.add_paragraph(AMINA, section, [{"en": "First."}])[0]
        last = services.add_paragraph(AMINA, section, [{"en": "Last."}])[0]
        services.add_paragraph(AMINA, section, [{"en": "Between."}], after=first)
        assert last.row_version == 1
        services.write_paragraph(AMINA, last, {"en": "The last."}, seen=1)
        assert texts(section) == ["First.", "Between.", "The last."]


def test_what_was_said_before_the_first_change_is_kept(section):
    with transaction():
        paragraph = a_paragraph(section=section, text="Women were absent.")
        services.write_paragraph(AMINA, paragraph, {"en": "Women were not invited."}, seen=1)
        newest, oldest = history(paragraph)
    assert (oldest.text, oldest.by) == ({"en": "Women were absent."}, "")
    assert (newest.text, newest.by, newest.current) == ({"en": "Women were not invited."}, "Amina Rehn", True)
    assert [(run.op, run.text.strip()) for run in newest.changes[0].runs] == [
        ("equal", "Women were"), ("del", "absent"), ("ins", "not invited"), ("equal", "."),
    ]  # fmt: skip


def test_a_stale_writer_is_refused_and_nothing_changes(section):
    with transaction():
        paragraph = a_paragraph(section=section, text="One.")
        services.write_paragraph(AMINA, paragraph, {"en": "Two."}, seen=1)
        with pytest.raises(StaleEdit) as refused:
            services.write_paragraph(AMINA, paragraph, {"en": "Three."}, seen=1)
        assert refused.value.row is paragraph
        assert paragraph.text == {"en": "Two."}
        with pytest.raises(MalformedForm):
            services.write_paragraph(AMINA, paragraph, {"en": "Three."}, seen=None)


def test_a_split_keeps_the_key_with_the_first_part(section):
    with transaction():
        paragraph = a_paragraph(section=section, text="One. Two.")
        after = a_paragraph(section=section, text="After.")
        key = paragraph.key
        parts = services.split_paragraph(AMINA, paragraph, [{"en": "One."}, {"en": "Two."}], seen=1)
        assert texts(section) == ["One.", "Two.", "After."]
        assert parts[0].key == key != parts[1].key
        assert after.row_version == 1
        assert [entry.act for entry in history(paragraph)] == ["plans.paragraph.split", "plans.paragraph.before"]


def test_a_split_needs_two_parts(section):
    with transaction():
        paragraph = a_paragraph(section=section)
        with pytest.raises(BadInput) as refused:
            services.split_paragraph(AMINA, paragraph, [{"en": "One."}], seen=1)
        assert refused.value.field == "text"


def test_a_join_keeps_the_first_key_and_puts_the_second_away(section):
    with transaction():
        first = a_paragraph(section=section, text={"en": "One.", "fr": "Un."})
        second = a_paragraph(section=section, text={"en": "Two.", "ar": "اثنان."})
        services.join_with_next(AMINA, first, seen=1)
        assert first.text == {"en": "One. Two.", "fr": "Un.", "ar": "اثنان."}
        assert second.archived_at is not None
        assert [paragraph.key for paragraph in living(section)] == [first.key]


def test_a_heading_is_not_joined_nor_the_last_paragraph(section):
    with transaction():
        heading = a_paragraph(section=section, kind="heading")
        last = a_paragraph(section=section)
        for paragraph in (heading, last):
            with pytest.raises(WrongState):
                services.join_with_next(AMINA, paragraph, seen=1)


def test_paragraphs_move_past_those_put_away(section):
    with transaction():
        first, hidden, last = (a_paragraph(section=section, text=text) for text in ("One.", "Hidden.", "Two."))
        services.archive_paragraph(AMINA, hidden, seen=1)
        services.move_paragraph(AMINA, last, -1)
        assert texts(section) == ["Two.", "One."]
        assert (first.row_version, last.row_version) == (1, 1)
        with pytest.raises(WrongState):
            services.move_paragraph(AMINA, last, -1)


def test_what_was_put_away_comes_back_where_it_stood(section):
    with transaction():
        _first, middle, _last = (a_paragraph(section=section, text=text) for text in ("One.", "Two.", "Three."))
        services.archive_paragraph(AMINA, middle, seen=1)
        assert texts(section) == ["One.", "Three."]
        services.restore_paragraph(AMINA, middle)
        assert texts(section) == ["One.", "Two.", "Three."]
        with pytest.raises(WrongState):
            services.restore_paragraph(AMINA, middle)


def test_an_older_text_comes_back_as_a_new_edit(section):
    with transaction():
        paragraph = a_paragraph(section=section, text="One.")
        services.write_paragraph(AMINA, paragraph, {"en": "Two."}, seen=1)
        oldest = history(paragraph)[-1]
        services.bring_back(AMINA, paragraph, older_text(paragraph, oldest.id), seen=2)
        assert paragraph.text == {"en": "One."}
        assert len(history(paragraph)) == 3
        with pytest.raises(WrongState):
            services.bring_back(AMINA, paragraph, older_text(paragraph, oldest.id), seen=2)


def test_every_act_is_recorded_and_dates_the_plan_without_counting_its_version(db, section):
    with transaction():
        plan = section.plan
        version, before = plan.row_version, plan.changed_at
        paragraph = services.add_paragraph(AMINA, section, [{"en": "One."}])[0]
        services.write_paragraph(AMINA, paragraph, {"en": "Two."}, seen=1)
        services.archive_paragraph(AMINA, paragraph, seen=2)
        entries = db.session.query(AuditEntry).order_by(AuditEntry.number).all()
        assert [entry.word for entry in entries] == [
            "plans.paragraph.added", "plans.paragraph.written", "plans.paragraph.archived",
        ]  # fmt: skip
        assert {entry.plan_slug for entry in entries} == {plan.slug}
        assert entries[1].content.changes["text"] == [{"en": "One."}, {"en": "Two."}]
        db.session.expire_all()
        assert plan.row_version == version
        assert plan.changed_at > before
        assert first_fault() is None


def test_numbers_run_through_front_and_body_and_skip_headings_annexes_and_what_is_away(section):
    with transaction():
        plan = section.plan
        front = a_section(plan=plan, place="front", position=0)
        section.position = 1
        secret = a_section(plan=plan, restricted=True, position=2)
        last = a_section(plan=plan, position=3)
        annex = a_section(plan=plan, place="annex", position=4)
        away = a_section(plan=plan, position=1, archived_at=datetime.now(UTC))
        for part in (front, section, secret, last, annex, away):
            a_paragraph(section=part, kind="heading")
            a_paragraph(section=part)
            a_paragraph(section=part, archived_at=datetime.now(UTC))
        assert [line.number for line in numbered(front)] == [None, 1]
        assert [line.number for line in numbered(last)] == [None, 4]
        assert [line.number for line in numbered(annex)] == [None, None]


def test_a_key_is_made_from_the_title_once(db):
    with transaction():
        plan = a_plan()
        facts = arranging.SectionFacts(title={"en": "Où sont les femmes ?"})
        first, second = (arranging.add_section(AMINA, plan, facts) for _ in range(2))
        arabic = arranging.add_section(AMINA, plan, arranging.SectionFacts(title={"ar": "مقدمة"}))
        assert [first.key, second.key, arabic.key] == ["ou-sont-les-femmes", "ou-sont-les-femmes-2", "section"]
        arranging.change_section(AMINA, first, arranging.SectionFacts(title={"en": "Other"}), seen=first.row_version)
        assert first.key == "ou-sont-les-femmes"


def test_sections_stand_place_by_place_and_move_within_it(db):
    with transaction():
        plan = a_plan()
        for title, place in (("B1", "body"), ("A1", "annex"), ("B2", "body"), ("F1", "front")):
            arranging.add_section(AMINA, plan, arranging.SectionFacts(title={"en": title}, place=place))
        assert _titles(plan) == ["F1", "B1", "B2", "A1"]
        first = db.session.query(Section).filter_by(key="b1").one()
        arranging.move_section(AMINA, first, 1)
        assert _titles(plan) == ["F1", "B2", "B1", "A1"]
        with pytest.raises(WrongState):
            arranging.move_section(AMINA, first, 1)
        facts = arranging.SectionFacts(title={"en": "B1"}, place="front")
        arranging.change_section(AMINA, first, facts, seen=first.row_version)
        assert _titles(plan) == ["F1", "B1", "B2", "A1"]


def test_a_section_goes_away_and_comes_back(db, section):
    with transaction():
        arranging.archive_section(AMINA, section, seen=1)
        assert _titles(section.plan) == []
        arranging.restore_section(AMINA, section)
        assert _titles(section.plan) == ["Why this plan"]
        with pytest.raises(WrongState):
            arranging.archive_section(AMINA, section, seen=1)


def _titles(plan: Plan) -> list[str]:
    return [line.section.title["en"] for line in section_lines(plan)]


def test_nothing_changes_outside_a_transaction(db, section):
    with pytest.raises(RuntimeError):
        services.add_paragraph(AMINA, section, [{"en": "One."}])
    db.session.rollback()
    assert db.session.query(Paragraph).count() == 0
