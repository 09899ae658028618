"""What is read of a Word file: headings, lists, notes, links; and what is left out of it."""

from typing import Any

import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from nap_builder.exchange.word.body import contents_of
from nap_builder.exchange.word.contents import Contents, Paragraph, Table
from tests.builders.word_files import a_document, a_file, a_table, body, footnote, raw, saved

LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def read(document: Any) -> Contents:
    return contents_of(saved(document))


def texts(contents: Contents) -> list[str]:
    return [paragraph.text for paragraph in contents.paragraphs]


def paragraph(inside: str, properties: str = "") -> str:
    return f"<w:p>{properties}{inside}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def test_headings_are_known_by_what_word_itself_calls_them() -> None:
    contents = contents_of(a_file((1, "One"), (2, "Two"), "Text"))
    assert [(one.level, one.text) for one in contents.paragraphs] == [(1, "One"), (2, "Two"), (None, "Text")]


def test_headings_of_a_style_of_the_office_s_own_are_known_by_their_level() -> None:
    document = a_document()
    style = document.styles.add_style("Titre du ministère", WD_STYLE_TYPE.PARAGRAPH)
    level = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), "1")
    style.element.get_or_add_pPr().append(level)
    child = document.styles.add_style("Son enfant", WD_STYLE_TYPE.PARAGRAPH)
    child.base_style = style
    document.add_paragraph("Un", style=style)
    document.add_paragraph("Deux", style=child)
    assert [one.level for one in read(document).paragraphs] == [2, 2]


def test_a_style_that_inherits_from_itself_is_no_trap() -> None:
    document = a_document()
    first = document.styles.add_style("A", WD_STYLE_TYPE.PARAGRAPH)
    second = document.styles.add_style("B", WD_STYLE_TYPE.PARAGRAPH)
    first.base_style, second.base_style = second, first
    document.add_paragraph("Text", style=first)
    assert [one.level for one in read(document).paragraphs] == [None]


def test_contents_are_left_out() -> None:
    document = a_document()
    style = document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("1. Why\t3", style=style)
    raw(
        document,
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{paragraph(run('Contents'))}</w:sdtContent></w:sdt>"
        f"<w:sdt><w:sdtContent>{paragraph(run('In a control'))}</w:sdtContent></w:sdt>",
    )
    assert texts(read(document)) == ["In a control"]


def test_of_a_field_the_result_is_read_and_the_code_is_not() -> None:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = "<w:r><w:instrText>{}</w:instrText></w:r>"
    field = f"{mark.format('begin')}{code}{mark.format('separate')}{{}}{mark.format('end')}"
    shown = field.format("DDEAUTO cmd", run("42"))
    listed = field.format("TOC \\o", run("Chapter 1"))
    link = field.format('HYPERLINK "https://a.example/x"', run("the law"))
    simple = f'<w:fldSimple w:instr="DATE">{run("today")}</w:fldSimple>'
    contents = contents_of(body("".join(paragraph(one) for one in (shown, listed, link, simple))))
    assert texts(contents) == ["42", "the law (https://a.example/x)", "today"]


def test_links_are_text() -> None:
    document = a_document()
    parts = []
    for text, address in (
        ("the law", "https://a.example/law"),
        ("https://a.example/", "https://a.example"),
        ("a.example", "https://a.example"),
        ("office@a.example", "mailto:office@a.example"),
        ("here", "file:///etc/passwd"),
        ("there", "javascript:alert(1)"),
    ):
        key = document.part.relate_to(address, LINKS, is_external=True)
        parts.append(paragraph(f'<w:hyperlink r:id="{key}">{run(text)}</w:hyperlink>'))
    raw(document, "".join(parts))
    assert texts(read(document)) == [
        "the law (https://a.example/law)",
        "https://a.example/",
        "a.example",
        "office@a.example",
        "here",
        "there",
    ]


def test_notes_stand_in_brackets_where_they_are_called_and_once() -> None:
    document = a_document()
    first = document.add_paragraph("Women decide")
    footnote(document, first, "Resolution 1325 (2000).")
    first.add_run(".")
    again = OxmlElement("w:footnoteReference")
    again.set(qn("w:id"), "1")
    document.add_paragraph("Again").add_run()._r.append(again)
    assert texts(read(document)) == ["Women decide [Resolution 1325 (2000).].", "Again"]


def test_what_was_deleted_or_hidden_is_left_out_and_what_was_inserted_is_read() -> None:
    deleted = "<w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom>"
    inserted = f"<w:ins>{run('new ')}</w:ins>"
    hidden = run("secret", "<w:rPr><w:vanish/></w:rPr>")
    row = "<w:tr>{}<w:tc>" + paragraph(run("{}")) + "</w:tc></w:tr>"
    table = f"<w:tbl>{row.format('', 'stays')}{row.format('<w:trPr><w:del/></w:trPr>', 'gone')}</w:tbl>"
    contents = contents_of(body(paragraph(deleted + inserted + hidden + run("text")) + table))
    assert texts(contents) == ["new text"]
    assert [[cell.text for cell in one] for one in next(contents.tables).rows] == [["stays"]]


def test_pictures_are_counted_and_text_boxes_read_once() -> None:
    box = f"<w:txbxContent>{paragraph(run('In a box'))}</w:txbxContent>"
    both = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    contents = contents_of(body(paragraph(run("Text") + f"<w:r>{both}</w:r><w:r><w:drawing/></w:r>")))
    assert texts(contents) == ["Text", "In a box"]
    assert contents.images == 1


def test_pieces_of_other_formats_are_counted() -> None:
    assert contents_of(body('<w:altChunk r:id="x" xmlns:r="urn:x"/>' + paragraph(run("a")))).unread == 1


def test_breaks_tabs_and_signs_are_read() -> None:
    inside = (
        "<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t>"
        '<w:sym w:font="Wingdings" w:char="F0FC"/><w:br w:type="page"/><w:t>e</w:t></w:r>'
    )
    [found] = contents_of(body(paragraph(inside))).paragraphs
    assert found.lines == ["a", "b c\u2011d✓ e"]
    assert found.text == "a b c\u2011d✓ e"


@pytest.mark.parametrize(
    ("properties", "bold"),
    [
        ("<w:rPr><w:b/></w:rPr>", True),
        ('<w:rPr><w:b w:val="0"/></w:rPr>', False),
        ('<w:rPr><w:b w:val="true"/></w:rPr>', True),
        ("<w:rPr><w:rtl/><w:b/></w:rPr>", False),
        ("<w:rPr><w:rtl/><w:bCs/></w:rPr>", True),
        ("", False),
    ],
)
def test_bold_is_as_word_shows_it(properties, bold):
    [found] = contents_of(body(paragraph(run("a", properties)))).paragraphs
    assert found.bold is bold


def test_lists_have_their_depth_and_their_numbers() -> None:
    document = a_document()
    for text, style in (("a", "List Bullet"), ("b", "List Bullet 2"), ("c", "List Number"), ("d", "List Number")):
        document.add_paragraph(text, style=style)
    document.add_paragraph("between")
    document.add_paragraph("e", style="List Number")
    items = [one.item for one in read(document).paragraphs]
    assert [item and item.number for item in items] == [None, None, 1, 2, None, 3]


def test_merged_cells_are_told() -> None:
    document = a_document()
    table = a_table(document, [["a", "b", "c"], [None, "d", "e"]])
    table.cell(0, 1).merge(table.cell(0, 2))
    [found] = read(document).tables
    assert [[(cell.text, cell.column, cell.span, cell.goes_on) for cell in row] for row in found.rows] == [
        [("a", 0, 1, False), ("b c", 1, 2, False)],
        [("", 0, 1, True), ("d", 1, 1, False), ("e", 2, 1, False)],
    ]


def test_tables_are_counted_in_the_order_of_the_file_and_inner_ones_are_text() -> None:
    document = a_document()
    outer = a_table(document, [["a", "b"]])
    inner = outer.cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "x", "y"
    a_table(document, [["c", "d"]])
    contents = read(document)
    assert [table.number for table in contents.tables] == [1, 2]
    assert next(contents.tables).rows[0][1].text == "b x | y"


def test_a_cell_that_claims_to_span_the_world_spans_a_table() -> None:
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>{paragraph(run("a"))}</w:tc>'
    [found] = contents_of(body(f"<w:tbl><w:tr>{cell}{cell}</w:tr></w:tbl>")).tables
    assert isinstance(found, Table)
    assert found.columns == 63


def test_an_empty_file_holds_nothing() -> None:
    assert contents_of(body("")).blocks == ()
    assert all(isinstance(one, Paragraph) for one in contents_of(a_file("a")).blocks)
