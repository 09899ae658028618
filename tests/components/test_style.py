"""The stylesheet and the script: for both directions, small, readable; and templates that leave the look to them."""

import gzip
import re

import pytest

from nap_builder.kernel.drawing import LOOKS

PHYSICAL = re.compile(
    r"(?:^|[;{\s])((?:margin|padding|border)-(?:left|right|top|bottom)[\w-]*|border-(?:top|bottom)-(?:left|right)-radius"
    r"|left|right|top|bottom|width|height|(?:min|max)-(?:width|height))\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)",
    re.MULTILINE,
)
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b(?=[\s\"';)])|rgba?\(|hsla?\(", re.IGNORECASE)
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
PAIRS = [
    ("ink", "paper"), ("ink", "surface"), ("ink", "wash"), ("ink", "tint"), ("ink-2", "paper"), ("ink-2", "surface"),
    ("ink-2", "tint"), ("ink-2", "wash"), ("on-brand", "brand"), ("on-brand", "brand-deep"), ("link", "paper"),
    ("link", "surface"), ("link", "wash"), ("link", "tint"), ("link-hover", "wash"), ("late-text", "surface"),
    ("late-text", "paper"), ("brand", "surface"),
    ("ink", "ok-ground"), ("ink", "late-ground"), ("ink", "warn-ground"), ("ink", "wait-ground"),
    *((f"{kind}-text", f"{kind}-ground") for kind in ("done", "ok", "warn", "late", "wait", "none")),
]  # fmt: skip


def without_comments_and_queries(style):
    style = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    return re.sub(r"@media[^{]*", "@media ", style)


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def tokens(style):
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})\b", style))


def test_no_side_is_named_left_or_right(style):
    assert [found.group(0).strip() for found in PHYSICAL.finditer(without_comments_and_queries(style))] == []


def test_the_lint_would_notice():
    assert PHYSICAL.search(".a { margin-left: 1rem; }")
    assert PHYSICAL.search(".a { width: 1rem; }")
    assert PHYSICAL.search(".a { text-align: right; }")
    assert not PHYSICAL.search(".a { margin-inline-start: 1rem; border-start-end-radius: 2px; line-height: 2; }")


def test_both_files_are_light(style, script):
    assert len(gzip.compress(style.encode(), 9)) < 12 * 1024
    assert len(gzip.compress(script.encode(), 9)) < 2 * 1024


@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(style, text, ground):
    known = tokens(style)
    assert contrast(known[text], known[ground]) >= 7


@pytest.mark.parametrize("edge", ["line-strong", "accent", "ok-edge", "late-edge", "wait-edge", "bar-ok"])
def test_edges_stand_out_from_white(style, edge):
    assert contrast(tokens(style)[edge], "#ffffff") >= 3


@pytest.mark.parametrize("kind", LOOKS)
def test_parts_of_bars_stand_out_from_white(kind):
    look = LOOKS[kind]
    assert contrast(look.edge or look.ground, "#ffffff") >= 3
    assert not look.pattern or contrast(look.ink, look.ground) >= 1.7


def test_every_token_that_is_used_is_there(style):
    told = set(re.findall(r"--([\w-]+):", style))
    assert set(re.findall(r"var\(--([\w-]+)\)", style)) <= told


def test_colours_stand_in_the_tokens_alone(templates):
    coloured = {name for name, source in templates.items() if COLOUR.search(COMMENT.sub("", source))}
    assert coloured == {"layouts/sprite.html"}


def test_no_template_styles_or_scripts_in_place(templates):
    inline = re.compile(r"\sstyle=|<style|<script(?![^>]*src=)|\son[a-z]+=\"", re.IGNORECASE)
    assert [name for name, source in templates.items() if inline.search(source)] == []


def test_classes_of_components_are_known_to_the_stylesheet(style, templates):
    plain = re.compile(r'class="([\w -]+)"')
    named = {
        word for name, source in templates.items() if name.startswith(("components/", "layouts/"))
        for found in plain.findall(source) for word in found.split()
    }  # fmt: skip
    known = set(re.findall(r"\.([a-z][\w-]*)", style))
    assert named - known - {"in-language"} == set()
