"""A small template environment: the components need nothing but translation, addresses and three filters."""

from functools import partial
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, select_autoescape

import nap_builder
from nap_builder.kernel.components import install
from nap_builder.kernel.gallery import component_examples
from nap_builder.kernel.languages import direction, language_name

HOUSE = Path(nap_builder.__file__).parent


def address(endpoint, **parts):
    return f"/{endpoint}/{parts.get('filename', '')}"


@pytest.fixture(scope="session")
def env():
    """Templates with untranslated words and addresses that lead nowhere."""
    env = Environment(
        loader=FileSystemLoader(HOUSE / "templates"), autoescape=select_autoescape(), extensions=["jinja2.ext.i18n"]
    )
    env.install_null_translations(newstyle=True)
    env.globals.update(url_for=address, csrf_token=lambda: "token")
    env.filters.update(direction=direction, language_name=language_name, words=lambda text: text["en"])
    install(env)
    return env


@pytest.fixture(scope="session")
def examples(env):
    """Every component with its examples rendered."""
    return component_examples(env)


@pytest.fixture(scope="session")
def page_in(env):
    """`page_in(language, template, **context)` renders a page with what every page is given."""

    def render(language, template, **context):
        shared = {
            "lang": language,
            "direction": direction(language),
            "state_name": {"en": "Republic of Sarenia"},
            "service_name": {"en": "Women, peace and security"},
            "languages": [
                {"tag": tag, "own_name": language_name(tag), "href": f"/{tag}/", "current": tag == language}
                for tag in ("en", "fr", "ar")
            ],
            "navigation": [{"label": "Plans", "href": "/plans", "current": True}],
            "person": {"name": "Amina Rehn", "institution_name": "Chair's office"},
            "messages": list,
        }
        found = env.from_string(template) if "{" in template else env.get_template(template)
        return found.render(shared | context)

    return render


@pytest.fixture(params=["en", "ar"])
def page(request, page_in):
    """`page(template, **context)` renders a page in English, and again in Arabic."""
    return partial(page_in, request.param)


@pytest.fixture(scope="session")
def style():
    return (HOUSE / "static" / "css" / "app.css").read_text()


@pytest.fixture(scope="session")
def script():
    return (HOUSE / "static" / "js" / "app.js").read_text()


@pytest.fixture(scope="session")
def templates():
    """Every template that makes a page or a piece of one: name and source."""
    folder = HOUSE / "templates"
    return {
        str(path.relative_to(folder)): path.read_text()
        for path in sorted(folder.rglob("*.html"))
        if path.relative_to(folder).parts[0] not in ("print", "emails")
    }
