"""Every word a person reads goes through translation, and every translation is there."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from tests.words.hard_coded import in_python, in_template

PACKAGE = Path(__file__).parent.parent.parent / "nap_builder"
TEMPLATES = sorted((PACKAGE / "templates").rglob("*.html"))
MODULES = sorted(
    path
    for path in PACKAGE.rglob("*.py")
    if path.name not in ("cli.py", "server.py", "gallery.py") and path.parent.name != "demo"
)
KEYWORDS = {"_": None, "_l": None, "_n": (1, 2), "gettext": None, "ngettext": (1, 2), "lazy_gettext": None}
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


def messages() -> Catalog:
    """Everything that is marked for translation."""
    found = Catalog()
    options = {"**/templates/**.html": {"silent": "false", "trimmed": "false"}}
    for name, line, message, comments, _context in extract_from_dir(PACKAGE, METHODS, options, KEYWORDS):
        found.add(message, locations=[(name, line)], auto_comments=comments)
    return found


@pytest.fixture(scope="module")
def marked() -> Catalog:
    return messages()


@pytest.fixture(scope="module", params=["fr", "ar"])
def catalogue(request) -> Catalog:
    path = PACKAGE / "translations" / request.param / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        return read_po(file, locale=request.param)


def test_no_template_has_words_of_its_own():
    found = [f"{path.relative_to(PACKAGE)}: {word}" for path in TEMPLATES for word in in_template(path.read_text())]
    assert found == []


def test_no_module_has_words_of_its_own():
    found = [f"{path.relative_to(PACKAGE)}: {word}" for path in MODULES for word in in_python(path.read_text())]
    assert found == []


@pytest.mark.parametrize(
    "planted",
    [
        "<p>Hello there</p>",
        "<p>{{ name }} wrote this</p>",
        '<input placeholder="Your name">',
        "{% if a %}Yes, always{% endif %}",
    ],
)
def test_words_planted_in_a_template_are_found(planted):
    assert list(in_template(planted))


@pytest.mark.parametrize(
    "planted",
    [
        'flash("It is saved")',
        'raise BadInput("title", "Write a title.")',
        'see_other("a.b", said="It is saved.")',
        'see_other("a.b", said=f"It is saved by {name}.")',
        'title = StringField("The title")',
        '_("It is saved by " + name)',
        '_(f"It is saved by {name}")',
        "f\"{name}: {_('It is saved.')}\"",
        'A = act("a.b.c", "%(actor)s did it.")',
        'Rule("a.b", row="A01", says="Read a plan")',
    ],
)
def test_words_planted_in_a_module_are_found(planted):
    assert list(in_python(planted))


@pytest.mark.parametrize("good", ["<p>{{ _('Hello') }}</p>", '<p class="a b">{{ name }}</p>', "{# a comment #}"])
def test_a_good_template_passes(good):
    assert list(in_template(good)) == []


def test_every_message_is_translated(marked, catalogue):
    lacking = [message.id for message in marked if message.id and not whole(catalogue.get(_key(message)))]
    assert lacking == []


def test_no_translation_is_left_over(marked, catalogue):
    ids = {_key(message) for message in marked}
    assert [_key(message) for message in catalogue if message.id and _key(message) not in ids] == []


def test_a_translation_keeps_the_gaps_of_its_sentence(catalogue):
    broken = [message.id for message in catalogue if message.id and not _same_gaps(message)]
    assert broken == []


def _key(message: Message) -> str:
    return message.id[0] if isinstance(message.id, tuple) else message.id


def whole(message: Message | None) -> bool:
    """Whether a message is translated, in every plural form, and by a person's decision."""
    if message is None or message.fuzzy:
        return False
    forms = message.string if isinstance(message.string, tuple | list) else [message.string]
    return all(form.strip() for form in forms)


def _same_gaps(message: Message) -> bool:
    wanted = set(PLACEHOLDER.findall(message.id[1] if isinstance(message.id, tuple) else message.id))
    forms = message.string if isinstance(message.string, tuple | list) else [message.string]
    if isinstance(message.id, tuple):
        return (
            all(set(PLACEHOLDER.findall(form)) <= wanted for form in forms)
            and set(PLACEHOLDER.findall(forms[-1])) == wanted
        )
    return all(set(PLACEHOLDER.findall(form)) == wanted for form in forms)
