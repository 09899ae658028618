"""The examples of the components, for the gallery."""

import json
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment
from markupsafe import Markup
from wtforms import (
    BooleanField,
    FileField,
    Form,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired

from nap_builder.kernel.chart_samples import sample_chart
from nap_builder.kernel.components import FOLDER, names
from nap_builder.kernel.fields import WordsField


@dataclass(frozen=True)
class Example:
    """One use of a component: its source as a page would write it, and what it renders to."""

    title: str
    source: str
    html: Markup


@dataclass(frozen=True)
class Described:
    """A component with what its first comment says of it: purpose, arguments and examples."""

    name: str
    about: str
    arguments: dict[str, str]
    page: bool
    examples: tuple[Example, ...]


class SampleForm(Form):
    """A form with one field of each kind, for the examples."""

    csrf_token = HiddenField(default="example")
    once = HiddenField(default="example")
    seen = HiddenField(default="1")
    title = StringField("Title", validators=[InputRequired()])
    note = TextAreaField("Note")
    lead = SelectField("Lead ministry", choices={"": "Choose", "justice": "Justice", "interior": "Interior"})
    visibility = RadioField("Who may read it", choices={"all": "Everybody", "force": "The task force"}, default="all")
    partners = SelectMultipleField("Partners", choices={"bar": "Bar Association", "red": "Red Crescent"})
    agreed = BooleanField("These minutes are agreed")
    proof = FileField("Proof")
    starts = StringField("From", description="Such as 2027 or 2027-03")
    ends = StringField("To")
    name_of_it = WordsField("Name", required=True)


def component_examples(env: Environment) -> list[Described]:
    """Every component with its examples rendered, for the gallery page and for tests."""
    return [_described(env, name) for name in names(env)]


def sample_form(prefix: str, *, wrong: bool = False) -> SampleForm:
    """A form for an example. Ids begin with the prefix; `wrong` gives it faults to show."""
    form = SampleForm(prefix=prefix)
    form.name_of_it.speak(("en", "fr", "ar"), submitted=False)
    for name in ("csrf_token", "once", "seen"):
        form[name].name = name
    if wrong:
        form.title.errors = ["Write a title."]
        form.lead.errors = ["Choose one lead ministry."]
        form.visibility.errors = ["Choose who may read it."]
        form.name_of_it.errors = ["Write this in at least one language."]
    return form


def _described(env: Environment, name: str) -> Described:
    said = described_in(env, name)
    samples = {
        "sample_form": sample_form,
        "sample_link": lambda number: f"#page-{number}",
        "sample_chart": sample_chart,
    }
    examples = tuple(
        Example(each["title"], each["source"], Markup(env.from_string(each["source"]).render(samples)))  # noqa: S704
        for each in said["examples"]
    )
    return Described(name, said["about"], said["arguments"], bool(said.get("page")), examples)


def described_in(env: Environment, name: str) -> dict[str, Any]:
    """The JSON of a component's first comment: about, arguments, examples. Raises ValueError where there is none."""
    assert env.loader is not None
    source = env.loader.get_source(env, f"{FOLDER}{name}.html")[0]
    head, _dash, rest = source.partition("{#")
    if head.strip() or not rest:
        raise ValueError(f"{name}: the first thing in a component is its description")
    said: dict[str, Any] = json.loads(rest.partition("\n#}")[0])
    return said
