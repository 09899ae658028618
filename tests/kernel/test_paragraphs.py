"""Texts of the plan: what they may hold, and that nothing else gets through."""

import re
import time

import pytest

from nap_builder.kernel.paragraphs import ELEMENTS, to_html, to_plain

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">press</a>',
    "[press](javascript:alert(1))",
    "[press](JaVaScRiPt:alert(1))",
    "[press](data:text/html;base64,PHNjcmlwdD4=)",
    "[press](vbscript:x)",
    "[press](file:///etc/passwd)",
    "[press](//evil.example/x)",
    "[press](http://plain.example/)",
    "[press](&#106;avascript:alert(1))",
    "![picture](https://evil.example/a.png)",
    '<svg onload="alert(1)">',
    "<style>@import url(https://evil.example)</style>",
    '<p style="background:url(https://evil.example)">',
    "<iframe src=https://evil.example></iframe>",
    "<link rel=attachment href=file:///etc/passwd>",
    "| <b>a</b> |\n|---|\n| <script>x</script> |",
    "```html\n<script>\n```",
    "    <script>indented</script>",
    "<!-- <script> -->",
    "[a]: javascript:alert(1)\n\n[a]",
    "<https://evil.example/><script>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_gets_through(text: str) -> None:
    html = str(to_html(text))
    assert {tag.lower() for tag in re.findall(r"<\s*/?\s*([a-zA-Z!-]+)", html)} <= ELEMENTS
    for opening in re.findall(r"<[^/][^>]*>", html):
        assert not re.search(r"\s(on\w+|style|src|srcset)\s*=", opening)
        for address in re.findall(r'href="([^"]*)"', opening):
            assert address.startswith(("https://", "mailto:"))


def test_html_is_shown_as_typed() -> None:
    html = str(to_html("<b>bold</b> & <script>x</script>"))
    assert html == "<p>&lt;b&gt;bold&lt;/b&gt; &amp; &lt;script&gt;x&lt;/script&gt;</p>\n"


def test_a_picture_stays_letters_and_loads_nothing() -> None:
    html = str(to_html("![crest](https://evil.example/a.png)"))
    assert "<img" not in html


def test_emphasis_lists_and_links() -> None:
    html = str(to_html("**One** *two* [three](https://a.example/b?c=1&d=2)\n\n1. four\n2. five\n\n- six"))
    assert "<strong>One</strong> <em>two</em>" in html
    assert '<a href="https://a.example/b?c=1&amp;d=2" rel="noopener noreferrer">three</a>' in html
    assert html.count("<li>") == 3


def test_a_list_keeps_its_first_number() -> None:
    assert '<ol start="4">' in str(to_html("4. four\n5. five"))


def test_a_table_has_heads_and_right_aligned_figures() -> None:
    html = str(to_html("| Plan | Cost |\n|---|---:|\n| First | 74 |"))
    assert '<th scope="col">Plan</th>' in html
    assert '<th scope="col" class="r">Cost</th>' in html
    assert '<td class="r">74</td>' in html


@pytest.mark.parametrize("bomb", ["*" * 40_000 + "a" + "*" * 40_000, "[" * 40_000, "- " * 5_000 + "x", "**a " * 10_000])
def test_deep_nesting_is_read_in_time(bomb: str) -> None:
    started = time.process_time()
    to_html(bomb)
    to_plain(bomb)
    assert time.process_time() - started < 5


def test_plain_words() -> None:
    assert to_plain("**One** [two](https://a.example)\nthree\n\n- four\n- five") == "One two three\nfour\nfive"
    assert to_plain("<b>x</b>") == "<b>x</b>"
