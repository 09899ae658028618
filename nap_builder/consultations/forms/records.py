"""The form of a consultation, and those of its window and documents."""

from decimal import Decimal
from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, ValidationError
from wtforms.validators import InputRequired, Length, Optional

from nap_builder.consultations import names
from nap_builder.consultations.forms.pieces import CountField, DayField, LanguagesField
from nap_builder.consultations.models.records import Consultation
from nap_builder.consultations.participants import MEMBERS
from nap_builder.consultations.services.records import FIXED, ConsultationFacts
from nap_builder.kernel.fields import Form, PlainField, WordsField
from nap_builder.kernel.languages import _, _l
from nap_builder.kernel.uploads import MOST_MEGABYTES
from nap_builder.plans.forms.pieces import OneOf, SeveralOf
from nap_builder.taskforce.names import SECTORS

LONGEST_TITLE, LONGEST_PLACE, LONGEST_TEXT, LONGEST_WAYS, LONGEST_NAME = 200, 200, 20_000, 2_000, 200
MORE_LINES, MOST_LINES = 6, 60
ORGANISATIONS_LIST = "known-organisations"
COUNTED = {"total": _l("In all"), **names.SEXES, **names.AGES, **names.TRAITS}


class ConsultationForm(Form):
    """A consultation; made by `consultation_form`. Give it `regions`, `hosts`, `versions`, `kept`."""

    title = WordsField(_l("What it is called"), required=True, longest=LONGEST_TITLE)
    kind = OneOf(_l("Kind"), names.KINDS)
    round = OneOf(
        _l("Round"),
        names.ROUNDS,
        nothing=_l("Not said"),
        description=_l("An outline of sections and objectives can be opened before the matrix exists."),
    )
    with_whom = SeveralOf(_l("With whom"), names.WITH_WHOM)
    starts = DayField(_l("First day"), missing=_l("Choose the first day."))
    ends = DayField(_l("Last day"), description=_l("Leave empty where it was one day."))
    place = WordsField(_l("Place"), longest=LONGEST_PLACE)
    region = OneOf(_l("Region"), nothing=_l("Not said"))
    spoken = LanguagesField(_l("Languages"), description=_l("One on a line, by name or code."))
    host_id = OneOf(_l("Host"), nothing=_l("Not said"))
    visibility = OneOf(
        _l("Who may read of it"),
        names.VISIBILITIES,
        default="task_force",
        description=_l("The task force, until you say otherwise. Choose everybody where that puts nobody at risk."),
    )
    attribution = OneOf(
        _l("How what is said is attributed"), names.CONSULTATION_ATTRIBUTIONS, nothing=_l("Each person chooses")
    )
    risk = OneOf(_l("Risk for those who take part"), names.RISKS, default="low")
    agenda = WordsField(_l("Agenda"), longest=LONGEST_TEXT)
    summary = WordsField(_l("Summary"), longest=LONGEST_TEXT)
    version = OneOf(_l("Version to comment on"), nothing=_l("None: it is a meeting or hearing"))
    access = OneOf(
        _l("Who may comment"),
        names.ACCESSES,
        default="public",
        description=_l(
            "Everybody can comment only where everybody may read of it. Nobody can before the chair opens it."
        ),
    )
    other_ways = WordsField(_l("Other ways to comment"), longest=LONGEST_WAYS)

    lines: tuple[int, ...] = ()

    def __init__(self, *, row: Consultation | None = None, **given: Any) -> None:
        super().__init__(row=row, **{**given, **_of(row)})

    def _speak(self) -> None:
        super()._speak()
        for name, choices in (("region", "regions"), ("host_id", "hosts"), ("version", "versions")):
            self[name].choices = self[name].beginning(list(self.given.get(choices, ())))
        for name in self.given.get("fixed", ()):
            del self[name]

    def counts(self) -> dict[str, int]:
        """The counts that were given."""
        given = {name: self[f"people_{name}"].whole for name in MEMBERS}
        return {name: count for name, count in given.items() if count is not None}

    def groups(self) -> list[tuple[Any, Any, Any]]:
        """The fields of each line of organisations: name, sector, consent."""
        return [tuple(self[f"{field}_{n}"] for field in ("organisation", "sector", "public")) for n in self.lines]

    def organisations(self) -> list[dict[str, Any]] | None:
        """The organisations that were named, as the exchange format writes them."""
        found = []
        for name, sector, public in self.groups():
            if name.data:
                one = {"name": name.data, "sector": sector.data, "public": bool(public.data == "yes")}
                found.append({member: value for member, value in one.items() if value not in (None, False)})
        return found or None

    def facts(self) -> ConsultationFacts:
        """What the form says, as the service takes it; what is fixed stays as `kept` says."""
        plain = ("kind", "round", "starts", "ends", "region", "visibility", "risk")
        words = ("title", "place", "agenda", "summary", "other_ways")
        kept = self.given.get("kept", {})
        told = {name: kept[name] if name in kept else self[name].data for name in FIXED if name != "version"}
        return ConsultationFacts(
            **{name: self[name].data for name in (*plain, *words)},
            **told,
            version=kept["version"] if kept else self.version.whole,
            with_whom=self.with_whom.data or None,
            languages=self.spoken.data,
            host_id=self.host_id.whole,
            participants=self.counts(),
            organisations=self.organisations(),
        )


def consultation_form(lines: int) -> type[ConsultationForm]:
    """The form with a field for each count, and that many lines for organisations."""
    fields: dict[str, Any] = {f"people_{name}": CountField(label) for name, label in COUNTED.items()}
    fields["lines"] = tuple(range(min(lines, MOST_LINES)))
    known = {"list": ORGANISATIONS_LIST}
    for n in fields["lines"]:
        fields[f"organisation_{n}"] = PlainField(
            _l("Organisation"), validators=[Optional(), Length(max=LONGEST_NAME)], render_kw=known
        )
        fields[f"sector_{n}"] = OneOf(_l("Sector"), SECTORS, nothing=_l("Not said"))
        fields[f"public_{n}"] = OneOf(_l("May be named"), names.YES_NO, default="no")
    return type(ConsultationForm.__name__, (ConsultationForm,), fields)


def _of(row: Consultation | None) -> dict[str, Any]:
    """What of a consultation the fields do not find under their own names."""
    if row is None:
        return {}
    said: dict[str, Any] = {"spoken": row.languages}
    said |= {f"people_{name}": Decimal(count) for name, count in (row.participants or {}).items()}
    for n, one in enumerate(row.organisations or ()):
        each = one if isinstance(one, dict) else {"name": one}
        said |= {f"organisation_{n}": each["name"], f"sector_{n}": each.get("sector")}
        said[f"public_{n}"] = "yes" if each.get("public") else "no"
    return said


class WindowForm(Form):
    """The chair's decision to open the window, or to take pictures."""

    takes_files = BooleanField(_l("Pictures may be attached to comments"))


class DocumentForm(Form):
    """A document of a consultation."""

    title = WordsField(_l("What it is called"), required=True, longest=LONGEST_TITLE)
    file = FileField(_l("File"))
    public = OneOf(_l("Who may read it"), {"no": _l("Who may read of the consultation"), "yes": _l("Everybody")})

    def _speak(self) -> None:
        super()._speak()
        self.file.description = _(
            "A PDF, a picture, a workbook, a document or a table (CSV), up to %(size)s MB.", size=MOST_MEGABYTES
        )

    def validate_file(self, field: FileField) -> None:
        """A file is chosen."""
        if not field.data:
            raise ValidationError(_("Choose a file."))


class DocumentShownForm(Form):
    """Whether everybody may read a document."""

    public = OneOf(_l("Who may read it"), names.YES_NO, validators=[InputRequired()])
