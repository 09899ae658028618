"""The components of the pages: their place among a template's words."""

from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from nap_builder.kernel.drawing import segment_fills, swatch_fills

FOLDER = "components/"


class Component:
    """A macro of `templates/components/`, found by its name when it is called."""

    def __init__(self, env: Environment, name: str) -> None:
        self.env, self.name = env, name

    def __call__(self, *given: Any, **named: Any) -> Markup:
        macro = getattr(self.env.get_template(f"{FOLDER}{self.name}.html").module, self.name)
        return Markup(macro(*given, **named))  # noqa: S704 - a macro of an autoescaping template


def install(env: Environment) -> None:
    """Lets every template call every component by its name, without an import."""
    for name in names(env):
        env.globals[name] = Component(env, name)
    env.globals.update(segment_fills=segment_fills, swatch_fills=swatch_fills)


def names(env: Environment) -> list[str]:
    """The names of all components, sorted."""
    found = env.list_templates(filter_func=lambda path: path.startswith(FOLDER) and path.endswith(".html"))
    return [path.removeprefix(FOLDER).removesuffix(".html") for path in found]
