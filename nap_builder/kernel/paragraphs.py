"""The safe Markdown of a plan's texts: emphasis, links, lists and tables; HTML is shown as it was typed."""

import re

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

ELEMENTS = frozenset({"p", "em", "strong", "ul", "ol", "li", "a", "br", "table", "thead", "tbody", "tr", "th", "td"})
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "th": {"scope", "class"}, "td": {"class"}}
_SCHEMES = frozenset({"https", "mailto"})
_OPENED = re.compile(r"(https://[^\s/]|mailto:\S)", re.IGNORECASE)
_ENDS_BLOCK = frozenset({"paragraph_close", "th_close", "td_close", "tr_close", "list_item_close"})
_DEEPEST = 24


def to_html(text: str) -> Markup:
    """A text of the plan as HTML that is safe on any page.

    Allowed are paragraphs, emphasis, lists, tables and links to https and mailto addresses.
    Everything else, HTML above all, comes out as the letters that were typed.
    """
    html = _reader().render(text)
    return Markup(  # noqa: S704 - cleaned here and nowhere else
        nh3.clean(
            html,
            tags=set(ELEMENTS),
            attributes={element: set(names) for element, names in _ATTRIBUTES.items()},
            attribute_filter=_allowed,
            url_schemes=set(_SCHEMES),
            link_rel="noopener noreferrer",
        )
    )


def to_plain(text: str) -> str:
    """The words of a text of the plan without its marks, a line for each paragraph, item and row."""
    out: list[str] = []
    for token in _reader().parse(text):
        if token.type == "inline":
            out.append("".join(_plain(child) for child in token.children or ()))
        elif token.type in _ENDS_BLOCK:
            out.append("\t" if token.type in {"th_close", "td_close"} else "\n")
    lines = (line.strip() for line in "".join(out).split("\n"))
    return "\n".join(line for line in lines if line)


def _reader() -> MarkdownIt:
    """A fresh reader, for it keeps state while it reads; only the marks a plan may use are switched on."""
    reader = MarkdownIt("zero", {"html": False, "linkify": False, "maxNesting": _DEEPEST})
    reader.enable(["emphasis", "link", "list", "table", "newline", "escape", "balance_pairs", "fragments_join"])
    reader.validateLink = _opened  # type: ignore[method-assign]
    for name in ("th_open", "td_open"):
        reader.add_render_rule(name, _cell)
    return reader


def _opened(url: str) -> bool:
    """Whether a link may be one: https and mailto only."""
    return bool(_OPENED.match(url))


def _cell(_renderer: object, tokens: list[Token], index: int, _options: object, _env: object) -> str:
    """A table cell; its alignment becomes a class, since a style attribute is refused everywhere."""
    token = tokens[index]
    scope = ' scope="col"' if token.tag == "th" else ""
    side = ' class="r"' if "right" in str(token.attrGet("style") or "") else ""
    return f"<{token.tag}{scope}{side}>"


def _allowed(_element: str, name: str, value: str) -> str | None:
    if name == "class":
        return value if value == "r" else None
    if name == "scope":
        return value if value == "col" else None
    if name == "start":
        return value if value.isdigit() else None
    return value


def _plain(token: Token) -> str:
    if token.type in {"softbreak", "hardbreak"}:
        return "\n" if token.type == "hardbreak" else " "
    return token.content
