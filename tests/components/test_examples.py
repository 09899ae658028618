"""Each component by its own examples: valid, labelled, without inline style, in both directions."""

from pathlib import Path

import lxml.html
import pytest

import nap_builder
from nap_builder.kernel.components import names
from nap_builder.kernel.gallery import described_in, sample_form
from tests.client import refuse_document

FOLDER = Path(nap_builder.__file__).parent / "templates" / "components"
NAMES = sorted(path.stem for path in FOLDER.glob("*.html"))


@pytest.mark.parametrize("name", NAMES)
def test_the_examples_make_a_page_that_is_allowed(examples, page, name):
    component = next(one for one in examples if one.name == name)
    heading = "{% block heading %}{% endblock %}" if component.page else ""
    source = '{% extends "layouts/public.html" %}{% block title %}Example{% endblock %}' + heading
    source += "{% block main %}{{ html }}{% endblock %}"
    for example in component.examples:
        html = page(source, html=example.html)
        refuse_document(html.replace("<title>Example", "<title>Results matrix") if component.page else html)


@pytest.mark.parametrize("name", NAMES)
def test_the_description_names_every_argument(env, name):
    macro = getattr(env.get_template(f"components/{name}.html").module, name)
    assert list(described_in(env, name)["arguments"]) == list(macro.arguments)


def test_a_component_is_described_before_all_else(env):
    for name in names(env):
        said = described_in(env, name)
        assert said["about"].endswith(".")
        assert said["examples"]


@pytest.mark.parametrize("kind", ["done", "ok", "warn", "late", "blocked", "wait", "none", "dropped", "carried"])
def test_a_status_has_a_drawing_and_a_word(env, kind):
    tag = lxml.html.fromstring(env.globals["status_tag"](kind=kind, label="Stands so"))
    assert tag.xpath(".//use/@href")[0].startswith("#i-")
    assert tag.text_content().strip() == "Stands so"


def test_every_drawing_that_is_used_stands_in_the_layout(examples, page):
    html = page("gallery/index.html", examples=examples)
    tree = lxml.html.document_fromstring(html)
    assert {use.removeprefix("#") for use in tree.xpath("//use/@href")} <= set(tree.xpath("//symbol/@id"))


def test_the_gallery_is_a_page_like_any_other(examples, page):
    refuse_document(page("gallery/index.html", examples=examples))


def test_a_text_is_shown_as_it_was_typed(env):
    form = sample_form("typed")
    form.title.data = form.note.data = '"><script>alert(1)</script>'
    form.name_of_it.typed["ar"] = "</textarea><b>"
    for html in (env.globals["field"](form.title), env.globals["field"](form.note)):
        assert "<script" not in html
    assert "<b>" not in env.globals["field"](form.name_of_it, rows=3)
    assert "<b>" not in env.globals["status_tag"](kind="ok", label="<b>")


def test_a_fault_is_tied_to_its_field(env):
    html = env.globals["field"](sample_form("fault", wrong=True).lead, hint="From the list.")
    select = lxml.html.fromstring(html).xpath(".//select")[0]
    assert select.get("aria-describedby") == "fault-lead-hint fault-lead-error"
    assert select.get("aria-invalid") == "true"


def test_each_language_has_its_own_control(env):
    tree = lxml.html.fromstring(env.globals["field"](sample_form("many").name_of_it))
    controls = {each.get("id"): (each.get("lang"), each.get("dir")) for each in tree.xpath(".//input")}
    assert controls["many-name_of_it-ar"] == ("ar", "rtl")
    assert controls["many-name_of_it-fr"] == ("fr", "ltr")


def test_the_summary_leads_to_each_first_control(env):
    form = sample_form("all", wrong=True)
    body = "".join(env.globals["field"](each) for each in (form.title, form.lead, form.visibility, form.name_of_it))
    tree = lxml.html.fromstring(f"<div>{env.globals['form_errors'](form)}{body}</div>")
    assert {link.removeprefix("#") for link in tree.xpath(".//a/@href")} <= set(tree.xpath(".//@id"))
    assert len(tree.xpath(".//a")) == 4


def test_unseen_values_have_no_ids(env):
    html = env.globals["action_button"](form=sample_form("one"), action="/up", label="Move up", seen=7)
    tree = lxml.html.fromstring(html)
    assert not tree.xpath(".//input/@id")
    assert tree.xpath(".//input[@name='seen']/@value") == ["7"]


def test_the_parts_of_a_bar_are_named_beside_it(env):
    parts = [{"kind": "done", "count": 1, "label": "done"}, {"kind": "late", "count": 3, "label": "late"}]
    bar = env.globals["segment_bar"](label="4 activities", parts=parts)
    assert "1</b> done" in bar
    assert [use.get("href") for use in lxml.html.fromstring(f"<div>{bar}</div>").iter("use")] == [
        "#i-check",
        "#i-octagon",
    ]


@pytest.mark.parametrize("name", ["chart_line", "chart_bars_sex", "timeline_bar", "segment_bar"])
def test_a_drawing_bears_no_words_and_says_what_it_is_or_hides(env, examples, name):
    for example in next(one for one in examples if one.name == name).examples:
        for drawing in lxml.html.fromstring(f"<div>{example.html}</div>").xpath(".//svg"):
            assert drawing.text_content().strip() == ""
            assert drawing.get("aria-hidden") == "true" or (drawing.get("role"), bool(drawing.get("aria-label"))) == (
                "img",
                True,
            )
            assert not drawing.xpath(".//@style|.//text|.//title")


def test_an_empty_bar_divides_by_nothing(env):
    assert "NaN" not in env.globals["segment_bar"](label="None", parts=[{"kind": "ok", "count": 0, "label": "ok"}])
    assert 'max="1"' in env.globals["progress_bar"](label="None", value=0, max=0)
