"""A part of the draft comes over a poor line: at most 15 kB gzipped, however much was said about it."""

import gzip
import random

import pytest

from nap_builder.kernel.database import db, transaction
from nap_builder.plans.models.narrative import Paragraph
from tests.builders.consultations import a_contribution, an_open_draft
from tests.builders.drafts import Opened, opened

MOST = 15_000
WORDS = {
    "en": "women officers police border court village council radio money winter road interpreter shelter ministry "
    "budget train recruit protect report decide office region harvest school clinic judge patrol river market law land "
    "mother daughter widow soldier teacher mediator delegate minister deputy season bridge station telephone".split(),
    "ar": "النساء الشرطة الحدود المحكمة القرية المجلس الميزانية الشتاء الطريق المترجم المأوى الوزارة تدريب توظيف حماية "
    "تقرير قرار مكتب منطقة مدرسة عيادة قاضية دورية نهر سوق قانون أرض أم ابنة أرملة جندية معلمة وسيطة مندوبة".split(),
}


def prose(chance: random.Random, language: str, words: int) -> str:
    """A text of so many words, no two alike."""
    return " ".join(chance.choice(WORDS[language]) + str(chance.choice(["", "", ".", ","])) for _word in range(words))


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("text_only", ["", "/text"])
def test_a_full_part_with_its_comments_stays_light(client, world, language, text_only):
    chance = random.Random(1325)
    with transaction():
        for position in range(2, 20):
            text = {language: prose(chance, language, 65)}
            db.session.add(Paragraph(plan_id=world.plan.id, section_id=world.section.id, position=position, text=text))
        db.session.flush()
        draft = an_open_draft(world.plan)
        keys = [row.key for row in db.session.query(Paragraph).filter_by(section_id=world.section.id)]
        for key in keys:
            for _comment in range(4):
                answer = {"decision": "accepted", "text": {language: prose(chance, language, 120)}, "on": "2026-06-30"}
                said = prose(chance, language, 300)
                given = {"about": [f"paragraph:{key}"], "language": language, "response": answer}
                row = a_contribution(draft, said, **given, proposed=prose(chance, language, 60))
                row.text = {language: said}
    address = Opened(draft, world.paragraphs[0]).part.replace("/en/", f"/{language}/") + text_only
    for form in ("", f"?p={world.paragraphs[0].key}"):
        page = client.get(address + form)
        assert len(gzip.compress(page.answer.data, 6)) <= MOST


def test_a_long_chapter_is_cut_into_parts_of_twenty(client, world):
    with transaction():
        for position in range(2, 50):
            row = Paragraph(plan_id=world.plan.id, section_id=world.section.id, position=position, text={"en": "Word."})
            db.session.add(row)
    page = client.get(opened(world).part)
    assert len(page.all("//div[contains(@class, 'paragraph ') or @class='paragraph']")) <= 20
    assert "Why this plan (1/3)" in page.words


def test_a_page_that_is_too_heavy_would_be_seen():
    chance = random.Random(1325)
    assert len(gzip.compress(prose(chance, "en", 12_000).encode(), 6)) > MOST
