"""Commands that start plans and list templates."""

import re
from typing import Any

import click

from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.database import transaction
from nap_builder.kernel.languages import words_in
from nap_builder.plans.schema import SCHEMA
from nap_builder.plans.services.plan import PlanFacts
from nap_builder.starting import queries, services
from nap_builder.starting.composing import Wishes

DAY = click.DateTime(["%Y-%m-%d"])
_PLAN = SCHEMA["$defs"]["plan"]["properties"]


class Spelled(click.ParamType[str]):
    """A word that is spelled as the exchange format wants it."""

    name = "text"

    def __init__(self, pattern: str, such_as: str) -> None:
        self.pattern, self.such_as = re.compile(pattern), such_as

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word, or the end of the command."""
        if not self.pattern.search(value):
            self.fail(f"write it as {self.such_as}", param, ctx)
        return value


SLUG = Spelled(_PLAN["slug"]["pattern"], "nap-2")
COUNTRY = Spelled(_PLAN["country"]["pattern"], "KEN")
LANGUAGE = Spelled(SCHEMA["$defs"]["language"]["pattern"], "en or pt-BR")


@click.group("template")
def template() -> None:
    """Plan templates."""


@template.command("list")
def listed() -> None:
    """One template a line: key, title."""
    for one in queries.templates():
        click.echo(f"{one.key}\t{words_in(one.title)}")


@click.command("new")
@click.argument("slug", type=SLUG)
@click.option("--template", "key", required=True, help="Its key; see: template list")
@click.option("--country", type=COUNTRY, required=True, help="ISO 3166-1 alpha-3, such as KEN.")
@click.option("--title", required=True)
@click.option("--starts", type=DAY, required=True, help="The first day, as 2027-01-31.")
@click.option("--ends", type=DAY, required=True, help="The last day.")
@click.option("--lang", type=LANGUAGE, default="en", show_default=True, help="The plan's own language (BCP 47).")
def new(slug: str, key: str, **said: Any) -> None:
    """Starts a plan from a template; prints its short name."""
    language, days = said["lang"], {name: said[name].date() for name in ("starts", "ends")}
    facts = PlanFacts(title={language: said["title"]}, own_language=language, **days)
    with transaction():
        wishes = Wishes(slug=slug, country=said["country"], facts=facts)
        begun = services.start_from_template(INSTALLATION, queries.template_at(key), wishes)
        line = begun.slug
    click.echo(line)
