"""The model papers as data: whole, in three languages, and naming only gaps, tables and conditions that there are."""

import json
import re
from pathlib import Path

import pytest

from nap_builder.kernel.errors import Missing
from nap_builder.publishing.papers.compose import ARTICLE
from nap_builder.publishing.papers.facts import CONDITIONS, FACTS
from nap_builder.publishing.papers.rows import COUNTED, LISTS, TABLES
from nap_builder.publishing.papers.shelf import (
    FOLDER,
    GAP,
    LANGUAGES,
    PHASES,
    Faulty,
    ModelPaper,
    paper_called,
    papers,
    read,
    texts,
    words,
)

CITED = re.compile(
    r"(S/2007/567 para\. \d+|Pretoria 2007 para\. [\d.]+( rec\. [\d.]+(\([a-z]\))?)?|CSW52 2008 para\. \d+)"
)
KEYS = (
    *("decree", "terms-of-reference", "launch-letter", "civil-society-letter", "meeting-invitation"),
    *("agenda", "minutes", "commitment-letter", "cabinet-memorandum", "tabling-letter"),
)


def said_of(paper: ModelPaper) -> list[str]:
    """Every word of a paper, in every language."""
    own = [paper.title, paper.about, paper.practice]
    return [said for text in (*own, *texts(paper.blocks)) for said in text.values()]


def by_key(paper: ModelPaper) -> str:
    return paper.key


def test_every_paper_of_the_process_is_there():
    assert tuple(paper.key for paper in papers()) == KEYS
    assert [paper.number for paper in papers()] == list(range(1, len(KEYS) + 1))


def test_the_phases_follow_one_another_and_none_is_empty():
    phases = list(dict.fromkeys(paper.phase for paper in papers()))
    assert phases == list(PHASES)


@pytest.mark.parametrize("paper", papers(), ids=by_key)
def test_what_a_paper_names_is_there(paper: ModelPaper):
    known = set(words().gaps) | set(CONDITIONS) | {ARTICLE}
    assert paper.names() - known == set()


def test_what_is_there_is_named():
    named = frozenset().union(*(paper.names() for paper in papers()))
    assert (set(words().gaps) | set(FACTS) | set(LISTS) | set(TABLES) | set(CONDITIONS)) - named == set()
    assert COUNTED - named == set()


def test_every_table_and_list_can_stay_open():
    assert (set(LISTS) | set(TABLES)) - set(words().gaps) == set()


@pytest.mark.parametrize("paper", papers(), ids=by_key)
def test_the_languages_have_the_same_gaps(paper: ModelPaper):
    found = [{language: sorted(GAP.findall(text[language])) for language in LANGUAGES} for text in texts(paper.blocks)]
    assert [gaps for gaps in found if not gaps["en"] == gaps["fr"] == gaps["ar"]] == []


@pytest.mark.parametrize("paper", papers(), ids=by_key)
def test_a_table_has_a_width_for_each_column(paper: ModelPaper):
    def tables(blocks):
        for block in blocks:
            yield from ([block] if block["kind"] == "table" else [])
            yield from tables([*block.get("blocks", ()), *block.get("otherwise", ())])

    assert [
        table["title"]["en"] for table in tables(paper.blocks) if sum(c["share"] for c in table["columns"]) > 110
    ] == []


@pytest.mark.parametrize("paper", papers(), ids=by_key)
def test_a_paper_says_where_its_practice_comes_from(paper: ModelPaper):
    assert [source for source in paper.sources if not CITED.fullmatch(source)] == []


@pytest.mark.parametrize("paper", papers(), ids=by_key)
def test_the_words_are_set_as_they_are_printed(paper: ModelPaper):
    straight = [said for said in said_of(paper) if "'" in said or '"' in said or "  " in said]
    french = [text["fr"] for text in texts(paper.blocks) if re.search(r"« |[^\u00a0]»| [:;?!]", text["fr"])]
    arabic = [
        text["ar"] for text in texts(paper.blocks) if re.search(r"[\u0600-\u06ff][,;?]|[\u0660-\u0669]", text["ar"])
    ]
    assert (straight, french, arabic) == ([], [], [])


def test_a_paper_that_is_not_there_is_missing():
    with pytest.raises(Missing):
        paper_called("love-letter")


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda data: data.pop("sources"), "sources"),
        (lambda data: data["title"].pop("ar"), "ar"),
        (lambda data: data["blocks"][0].update(kind="poem"), "blocks"),
        (lambda data: data["blocks"][0].update(manner="shouted"), "blocks"),
        (lambda data: data.update(key="other"), "other"),
    ],
    ids=["without sources", "without Arabic", "unknown block", "unknown manner", "wrong key"],
)
def test_a_faulty_file_is_refused_by_its_name(tmp_path: Path, spoil, told: str):
    data = json.loads((FOLDER / "agenda.json").read_text(encoding="utf-8"))
    spoil(data)
    path = tmp_path / "agenda.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(Faulty, match=rf"agenda\.json: .*{told}"):
        read(path)
