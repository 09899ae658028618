"""The form on which a person sorts a Word file: one field for each section and for each column of its tables."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, HiddenField, RadioField

from nap_builder.exchange.word.choices import NEW, ROWS, Choices, Found, Section, SectionChoice, TableChoice, guess
from nap_builder.exchange.word.guessing import language_of, period_of, title_of
from nap_builder.exchange.word.names import ADD, COLUMNS, REPLACE, STANDING, USES
from nap_builder.exchange.word.outline import Part
from nap_builder.exchange.word.vocabulary import LEVELS, NOTE, ONCE
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _, _l, language_name
from nap_builder.plans.forms.narrative import offer
from nap_builder.plans.forms.pieces import OneOf
from nap_builder.plans.forms.plan import StartForm
from nap_builder.plans.names import PLACES
from nap_builder.plans.services.sections import key_from
from nap_builder.plans.wording import spoken

_ASKED = frozenset({"title", "slug", "country", "starts", "ends", "own_language", "other_languages", "currency"})
Sent = MultiDict[str, str] | None
_UNSENT = frozenset({"csrf_token", "once", "seen", "step", "shown", "compared"})


class SortForm(Form):
    """How a file is sorted. Made for one file by `sorting`, which adds the fields of its sections and tables."""

    found: Found
    parts: Sequence[Part]

    shown = HiddenField()
    level = OneOf(_l("A section begins at each"))
    language = OneOf(_l("The text is written in"))
    standing = RadioField(
        _l("Text for a section that the plan has already goes"),
        choices=offer(STANDING.items()),
        default=ADD,
        description=_l("What it says word for word already is not added twice."),
    )

    @property
    def tables(self) -> range:
        """The numbers of the groups of tables with the same head."""
        return range(len(self.found.alike))

    def column_fields(self, group: int) -> list[Any]:
        """The fields of the columns of a group of tables."""
        return [self[f"column-{group}-{place}"] for place in range(len(self.found.alike[group].columns))]

    def validate(self, extra_validators: Any = None) -> bool:
        """Also asks that something comes, and that columns can be told apart."""
        whole = bool(super().validate(extra_validators))
        faults = [fault for group in self.tables if self[f"use-{group}"].data == ROWS for fault in self._faults(group)]
        for name, message in faults:
            self.refuse(name, message)
        if not any(self[f"take-{part.place}"].data for part in self.parts) and not any(
            self[f"use-{group}"].data == ROWS for group in self.tables
        ):
            self.refuse("", _("Nothing is chosen. Tick a section, or take a table as rows."))
            whole = False
        return whole and not faults

    def _faults(self, group: int) -> Iterable[tuple[str, str]]:
        seen: set[str] = set()
        columns = self.column_fields(group)
        for column in columns:
            name = column.data or ""
            if name in seen and name in ONCE:
                yield column.short_name, _("Another column holds this already. Only one can.")
            seen.add(name)
        if not seen & set(LEVELS):
            yield columns[0].short_name, _("Say which column holds the activity, the objective or the pillar.")

    def choices(self) -> Choices:
        """What was decided."""
        return Choices(
            language=self.spoken,
            level=int(self.level.data or 0),
            sections={part.place: self._section(part) for part in self.parts},
            tables=[
                TableChoice(self[f"use-{group}"].data, [column.data or "" for column in self.column_fields(group)])
                for group in self.tables
            ],
            replaces=self.standing.data == REPLACE,
        )

    @property
    def spoken(self) -> str:
        """The language that the text comes in."""
        return str(self.language.data)

    def _section(self, part: Part) -> SectionChoice:
        into = self[f"into-{part.place}"].data if f"into-{part.place}" in self else NEW
        return SectionChoice(self[f"take-{part.place}"].data, self[f"place-{part.place}"].data or "body", into or NEW)


class NewPlanForm(StartForm, SortForm):
    """How a file is sorted that a plan begins with, and the facts of that plan; its text is in the plan's language.

    Of the facts only those are asked that a plan cannot do without; the others have their page.
    """

    def _speak(self) -> None:
        super()._speak()
        for name in [one.short_name for one in self if hasattr(StartForm, one.short_name)]:
            if name not in _ASKED and not hasattr(SortForm, name):
                del self[name]

    def plan(self) -> dict[str, Any]:
        """The facts of the plan as the format says them."""
        own = self.spoken
        return {
            "slug": self.slug.data,
            "title": self.title.data,
            "country": self.country.data,
            "starts": self.starts.data.isoformat(),
            "ends": self.ends.data.isoformat(),
            "languages": [own, *(tag for tag in self.other_languages.data or () if tag != own)],
            "currency": self.currency.data,
        }

    @property
    def spoken(self) -> str:
        return str(self.own_language.data)

    def validate(self, extra_validators: Any = None) -> bool:
        """Also asks that the plan does not end before it starts."""
        whole = super().validate(extra_validators)
        if self.starts.data and self.ends.data and self.ends.data < self.starts.data:
            self.refuse("ends", _("The plan ends before it starts. Choose a later day."))
            return False
        return whole


def sorting(found: Found, sent: Sent, *, sections: Sequence[Section] = (), languages: Sequence[str]) -> SortForm:
    """The form of a file for a plan with these sections, in these languages; as it was `sent`, or as it is guessed."""
    guessed = guess(found, sections, _language(found, languages), _level(found, sent))
    into = {NEW: _l("A new section"), **{section["key"]: spoken(section["title"]) for section in sections}}
    form = _made(_Plan(SortForm, into=into if sections else {}), found, guessed, sent)
    form.language.choices = [(tag, language_name(tag)) for tag in languages]
    return form


def starting(found: Found, sent: Sent, *, languages: Sequence[str], usual: Mapping[str, str]) -> SortForm:
    """The form of a file that a plan begins with; `usual` are the country and currency of the State's other plans."""
    tag, title, period = language_of(found.contents), title_of(found.contents), period_of(found.contents)
    facts: dict[str, Any] = {
        **usual,
        "title": {tag if tag in languages else languages[0]: title} if title else None,
        "slug": key_from(title, frozenset()) if title else None,
        "own_language": tag,
        "starts": period[0] if period else None,
        "ends": period[1] if period else None,
    }
    guessed = guess(found, (), tag, _level(found, sent))
    form = _made(_Plan(NewPlanForm, facts=facts, languages=languages), found, guessed, sent)
    form.language.choices = [(tag, language_name(tag))]
    return form


def carried(form: SortForm, sent: MultiDict[str, str]) -> list[tuple[str, str]]:
    """What was decided as hidden values of the next form, so that going back keeps it."""
    there = [(name, value) for name, value in sent.items(multi=True) if name not in _UNSENT]
    return [*there, ("shown", form.shown.data or "")]


@dataclass(frozen=True)
class _Plan:
    """The plan that a form is about: the sections that text may go into; or the facts of a new one."""

    form: type[SortForm]
    into: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    languages: Sequence[str] = ()


def _made(plan: _Plan, found: Found, guessed: Choices, sent: Sent) -> SortForm:
    parts = found.parts(guessed.level)
    fields = {name: field for part in parts for name, field in _of_part(part, plan.into)}
    for number, group in enumerate(found.alike):
        fields[f"use-{number}"] = OneOf(_l("These tables come"), USES, default=ROWS)
        for place, column in enumerate(group.columns):
            label = column.label or _("Column %(number)s, without a name", number=place + 1)
            fields[f"column-{number}-{place}"] = OneOf(label, COLUMNS, default=NOTE)
    values = dict(_values(guessed, plan.into))
    form: SortForm = type("SortingForm", (plan.form,), {**fields, "found": found, "parts": parts})(
        formdata=_with_guesses(sent, values) if sent is not None else None,
        data={**plan.facts, **values, "level": str(guessed.level), "language": guessed.language},
        languages=plan.languages,
    )
    form.shown.data = " ".join(str(part.place) for part in parts)
    form.level.choices = _levels(found)
    return form


def _of_part(part: Part, into: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    yield f"take-{part.place}", BooleanField(part.title or _l("Before the first heading"))
    yield f"place-{part.place}", OneOf(_l("Place"), PLACES, default="body")
    if into:
        yield f"into-{part.place}", OneOf(_l("Goes into"), into, default=NEW)


def _values(guessed: Choices, into: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    """The guesses as the data of the fields."""
    for place, choice in guessed.sections.items():
        yield f"take-{place}", choice.take
        yield f"place-{place}", choice.place
        if into:
            yield f"into-{place}", choice.into
    for number, table in enumerate(guessed.tables):
        yield f"use-{number}", table.use
        yield from ((f"column-{number}-{place}", name) for place, name in enumerate(table.columns))


def _with_guesses(sent: MultiDict[str, str], values: Mapping[str, Any]) -> MultiDict[str, str]:
    """What was sent, with the guesses for parts that the form did not show, as when another level was chosen."""
    whole = MultiDict(sent)
    shown = set((sent.get("shown") or "").split())
    for name, value in values.items():
        kind, _dash, place = name.partition("-")
        if kind in ("take", "place", "into") and place not in shown and value is not False:
            whole[name] = "y" if value is True else value
    return whole


def _levels(found: Found) -> list[tuple[str, Any]]:
    offered = [
        (str(level), _("heading of level %(level)s (%(count)s in the file)", level=level, count=count))
        for level, count in found.levels.items()
    ]
    return offered or [("0", _("The file has no headings: it is one section"))]


def _level(found: Found, sent: Sent) -> int | None:
    """The level that was chosen, if it is one of the file's."""
    wanted = sent.get("level") if sent is not None else None
    return next((level for level in found.levels if str(level) == wanted), None)


def _language(found: Found, languages: Sequence[str]) -> str:
    guessed = language_of(found.contents)
    return next((tag for tag in languages if tag.split("-")[0] == guessed), languages[0])
