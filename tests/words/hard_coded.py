"""Finds words that a person reads and that no translator would ever see."""

import ast
import re
from collections.abc import Iterator

from jinja2 import Environment

WORD = re.compile(r"[^\W\d_]{2,}")
TAG = re.compile(r"<!--.*?-->|<[^>]*>|SHA-256", re.DOTALL)  # the name of a hash is the same in every language
SPOKEN_ATTRIBUTE = re.compile(r"""\b(title|alt|placeholder|aria-label|content)=["']([^"'{]*)""")
ATTRIBUTE = re.compile(r'[\w-]+="[^"]*"')
NOT_WORDS = frozenset({"utf-8", "width=device-width, initial-scale=1", "3", "nbsp", "mdash"})
SPOKEN_KEYWORDS = frozenset({"says", "said", "message", "hint", "label", "description", "lede"})
SPOKEN_CALLS = frozenset(
    {
        "flash",
        "BadInput",
        "WrongState",
        "NotAllowed",
        "Duplicate",
        "Gone",
        "Missing",
        "JobFailed",
    }
)
FIELDS = re.compile(r"(Field|Choice)$")
TRANSLATORS = frozenset({"_", "_l", "_n", "gettext", "ngettext", "lazy_gettext"})
WORD_OF_A_FIELD = 1


def in_template(source: str) -> Iterator[str]:
    """The hard-coded words of a template."""
    data = "".join(text if kind == "data" else "\0" for _line, kind, text in Environment().lex(source) if kind in SEEN)
    for found in SPOKEN_ATTRIBUTE.finditer(data):
        if WORD.search(found[2]) and found[2] not in NOT_WORDS:
            yield found[0]
    for text in ATTRIBUTE.sub(" ", TAG.sub("\n", data)).split("\n"):
        plain = re.sub(r"&\w+;", " ", text)
        if WORD.search(plain) and "\0" not in plain.strip("\0"):
            yield plain.strip("\0 ")
        elif WORD.search(plain):
            yield plain.replace("\0", "…").strip()


SEEN = frozenset({"data", "variable_begin", "block_begin"})


def in_python(source: str) -> Iterator[str]:
    """The hard-coded, concatenated or computed words of a module."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield from _in_call(node)
        elif isinstance(node, ast.JoinedStr):
            yield from _in_text(node)


def _in_text(node: ast.JoinedStr) -> Iterator[str]:
    """What is marked for translation within a text that is put together: the catalogues never get it."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in TRANSLATORS:
            yield f"line {node.lineno}: {ast.unparse(call)} within another text"


def _in_call(node: ast.Call) -> Iterator[str]:
    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
    if name in TRANSLATORS and isinstance(node.func, ast.Name):
        first = node.args[0] if node.args else None
        if first is not None and not (isinstance(first, ast.Constant) and isinstance(first.value, str)):
            yield f"line {node.lineno}: {name}() of something that is no plain text"
        return
    spoken = [keyword.value for keyword in node.keywords if keyword.arg in SPOKEN_KEYWORDS]
    if name in SPOKEN_CALLS:
        spoken += node.args
    elif name == "act":
        spoken += node.args[1:2]
    elif FIELDS.search(name):
        spoken += node.args[:1] if name.endswith("Field") else node.args[1:2]
    for value in spoken:
        if _is_words(value):
            yield f"line {node.lineno}: {ast.unparse(value)}"


def _is_words(value: ast.expr) -> bool:
    if isinstance(value, ast.JoinedStr | ast.BinOp):
        return any(_is_words(part) for part in ast.walk(value) if isinstance(part, ast.Constant))
    return isinstance(value, ast.Constant) and isinstance(value.value, str) and " " in value.value.strip()
