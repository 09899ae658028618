"""A small template environment: the components must need nothing but translation, addresses and two filters."""

from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, select_autoescape

import nap_builder
from nap_builder.kernel.gallery import install
from nap_builder.kernel.languages import direction, language_name

HOUSE = Path(nap_builder.__file__).parent
TEMPLATES = HOUSE / "templates"
STYLE = HOUSE / "static" / "css" / "app.css"
SCRIPT = HOUSE / "static" / "js" / "app.js"


def small_environment() -> Environment:
    """Templates with untranslated words and addresses that lead nowhere."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(),
        extensions=["jinja2.ext.i18n"],
    )
    env.install_null_translations(newstyle=True)
    env.globals.update(url_for=lambda endpoint, **values: f"/{endpoint}/{values.get('filename', '')}", csrf_token=lambda: "token")
    env.filters.update(direction=direction, language_name=language_name, words=lambda text: text)
    install(env)
    return env


@pytest.fixture(scope="session")
def env() -> Environment:
    return small_environment()
