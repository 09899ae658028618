"""Whatever a Word file says comes out as the same characters, once its Markdown is shown."""

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nap_builder.exchange.word.contents import Cell, Paragraph, Span, Table
from nap_builder.exchange.word.limits import LONGEST_TEXT
from nap_builder.exchange.word.marks import listed, marked, tabled
from nap_builder.exchange.word.numbering import Item
from nap_builder.exchange.word.prose import Record, records
from nap_builder.kernel.paragraphs import to_html, to_plain

HOSTILE = (
    *"*_`~#>|[]()!\\<>&-+.:=\"'{}",
    *(
        "**",
        "__",
        "***",
        "1.",
        "1)",
        "- ",
        "+ ",
        "* ",
        "# ",
        "```",
        "---",
        "===",
        "| a | b |",
        "|---|---|",
        "\\*",
        "\\\\",
    ),
    *(
        "](",
        "[a](https://b.example)",
        "![x](y)",
        "<b>",
        "</p>",
        "<script>",
        "&amp;",
        "&#42;",
        "<!--",
        "https://a.example",
    ),
    *("\u202e", "\u2066", "\u2069", "\u200f", "\u00ad", "\u00a0", "\x7f", "\x85", "\u2028", "\ufeff", "\t"),
    *("السلام", "élan", "😀", "a", "b", "7", "١", " ", " ", "\n"),
)
texts = st.lists(
    st.sampled_from(HOSTILE) | st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn")), max_size=14
)
spans = st.lists(
    st.builds(Span, text=texts.map("".join), bold=st.booleans(), italic=st.booleans()), min_size=1, max_size=5
)


def said(some: list[Span]) -> str:
    """The characters of spans, white space folded as HTML folds it."""
    return " ".join("".join(span.text for span in some).split())


def shown(markdown: str) -> str:
    """The characters that a page shows of Markdown, white space folded."""
    bare = re.sub(r"<[^>]*>", "", re.sub(r"<br\s*/?>|</t[hd]>|</li>|</p>", " ", str(to_html(markdown))))
    return " ".join(html.unescape(bare).split())


@settings(max_examples=600, deadline=None)
@given(spans)
def test_a_paragraph_says_the_same_characters(some: list[Span]) -> None:
    text = marked(some)
    assert shown(text) == said(some)
    assert " ".join(to_plain(text).split()) == said(some)
    assert not set(re.findall(r"<(\w+)", str(to_html(text)))) - {"p", "br", "em", "strong"}


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(spans, st.integers(0, 8), st.booleans()), min_size=1, max_size=6))
def test_a_list_says_the_same_characters(given_items: list[tuple[list[Span], int, bool]]) -> None:
    items = [
        Paragraph(tuple(some), item=Item("1", depth, number if counted else None))
        for number, (some, depth, counted) in enumerate(given_items, 1)
    ]
    text = "\n\n".join(listed(items))
    wanted = " ".join(filter(None, (said(list(item.spans)) for item in items)))
    assert shown(text) == wanted


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(spans, min_size=2, max_size=2), min_size=2, max_size=4))
def test_a_table_says_the_same_characters(rows: list[list[list[Span]]]) -> None:
    table = Table(
        1, tuple(tuple(Cell((Paragraph(tuple(one)),), place) for place, one in enumerate(row)) for row in rows)
    )
    [text] = tabled(table)
    page = str(to_html(text))
    assert len(re.findall(r"<t[hd][ >]", page)) == 2 * len(rows)
    wanted = ["".join(span.text for span in one) for row in rows for one in row]
    lines = [" / ".join(filter(None, (line.strip() for line in text.split("\n")))) for text in wanted]
    assert shown(text) == " ".join(" ".join(lines).split())


@pytest.mark.parametrize(
    ("some", "markdown"),
    [
        ([Span("a "), Span("b", bold=True), Span(" c")], "a **b** c"),
        ([Span("a"), Span(" b ", bold=True), Span("c", italic=True)], "a **b** *c*"),
        ([Span("both", bold=True, italic=True)], "***both***"),
        ([Span("a", bold=True), Span("b", italic=True)], "**a**b"),
        ([Span('"a"', bold=True), Span("b")], '"a"b'),
        ([Span("one\ntwo", bold=True)], "**one**\\\n**two**"),
        ([Span("a\n\n\nb")], "a\\\nb"),
        ([Span("1. a\n- b\n2) c")], "1\\. a\\\n\\- b\\\n2\\) c"),
        ([Span("snake_case _x_")], "snake_case \\_x\\_"),
        ([Span("[see](law)")], "[see\\](law)"),
        ([Span("-1 and 3.5")], "-1 and 3.5"),
        ([Span("  ")], ""),
    ],
)
def test_marks_are_few(some: list[Span], markdown: str) -> None:
    assert marked(some) == markdown


def an_item(text: str, depth: int = 0, number: int | None = None, of: str = "1") -> Paragraph:
    return Paragraph((Span(text),), item=Item(of, depth, number))


def test_lists_are_nested_and_keep_their_numbers() -> None:
    items = [an_item("a", number=3), an_item("b", 1), an_item("c", 3), an_item("d", number=4)]
    assert list(listed(items)) == ["3. a\n   - b\n     - c\n4. d"]
    assert str(to_html("3. a\n   - b\n     - c\n4. d")).startswith('<ol start="3">')


def test_lists_that_are_not_one_are_parted() -> None:
    blocks = [
        an_item("a"),
        an_item("b", of="2"),
        an_item("c", number=1),
        an_item("d", number=2),
        an_item("e", number=1),
    ]
    assert [one.text for one in records(blocks)] == ["- a", "- b", "1. c\n2. d", "1. e"]


def test_numbered_paragraphs_of_an_official_paper_are_paragraphs() -> None:
    long = "Words of a whole paragraph. " * 12
    found = list(records([an_item(long, number=1), an_item(long, number=2), an_item("short", number=1, of="2")]))
    assert [one.text[:5] for one in found] == ["Words", "Words", "1. sh"]


def test_sub_headings_and_tables_are_of_their_kind() -> None:
    cell = Cell((Paragraph((Span("a|b"),)),), 0)
    blocks = [Paragraph((Span("At *home*", bold=True),), level=2), Table(1, ((cell,), (cell,)))]
    assert list(records(blocks)) == [
        Record("heading", "At \\*home\\*"),
        Record("table", "| a\\|b |\n| --- |\n| a\\|b |"),
    ]


def test_what_is_longer_than_a_text_may_be_is_parted() -> None:
    words = "*word* " * 40_000
    found = [one.text for one in records([Paragraph((Span(words, bold=True),))])]
    assert max(map(len, found)) <= LONGEST_TEXT
    assert " ".join(to_plain(one) for one in found) == words.strip()
    row = tuple(Cell((Paragraph((Span("w" * 900),)),), place) for place in range(5))
    tables = list(records([Table(1, (row,) * 60)]))
    assert len(tables) > 1
    assert {one.text.split("\n")[1] for one in tables} == {"|" + " --- |" * 5}
    assert sum(one.text.count("\n") - 1 for one in tables) == 59
