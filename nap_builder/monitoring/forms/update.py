"""The form of an update: how it is going, figures, milestones, money, a sentence, and what shows that it is true.

It is made for what is due, by `update_form`; `content_of` gives what it says. A correction uses it as well.
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from flask_wtf.file import FileField
from wtforms import HiddenField, StringField, ValidationError
from wtforms.validators import InputRequired, Length, Optional

from nap_builder.kernel.errors import MalformedForm
from nap_builder.kernel.fields import CONTROL, Form, PlainField, ProseField
from nap_builder.kernel.languages import _, _l, when
from nap_builder.kernel.uploads import MOST_MEGABYTES, Kept, opened, sealed
from nap_builder.monitoring.forms.pieces import LONGEST_LINE, LONGEST_SAID, OneButton, in_tongue, words_of
from nap_builder.monitoring.forms.sheets import Sheets
from nap_builder.monitoring.models import ONLINE, ProgressUpdate
from nap_builder.monitoring.names import SOURCES
from nap_builder.monitoring.progress.names import ACTIVITY_STATUSES, CARRIED_OVER, COMPLETED, DROPPED
from nap_builder.monitoring.queries.due import Due
from nap_builder.monitoring.services.content import Content, written_in
from nap_builder.monitoring.services.evidence import Proof

LONGEST_LINK = 2_000
WHO = _l("Write who said it, such as: Director of planning, letter of 3 July.")
# The statuses as they are offered: what is usual first.
IN_SIGHT = ("on_track", "at_risk", "late", "blocked", COMPLETED, "not_started", DROPPED, CARRIED_OVER)
OURS = frozenset({"figure", "milestone", "money"})


class UpdateForm(Form):
    """An update. `due` says what it is about; its fields begin with what the update says, else with what was said last.

    The texts of the form are in one language; a text that is not touched keeps its other languages.
    """

    status = OneButton(_l("How is it going?"), {name: ACTIVITY_STATUSES[name] for name in IN_SIGHT})
    said = ProseField(_l("What changed?"), longest=LONGEST_SAID)
    link = StringField(_l("Link to the proof"))
    proof = FileField(_l("Or a file"))
    shows = PlainField(_l("What it shows"), validators=[Optional(), Length(max=LONGEST_LINE)])
    kept = HiddenField()
    source = OneButton(_l("How it came"), {name: said for name, said in SOURCES.items() if name != ONLINE})
    source_note = PlainField(_l("Who said it, and when"), validators=[InputRequired(WHO), Length(max=LONGEST_LINE)])

    def __init__(
        self, *, due: Due, sheets: Sheets, entered: bool = False, row: ProgressUpdate | None = None, **given: Any
    ) -> None:
        self.due, self.sheets, self.entered = due, sheets, entered
        read = row or due.update
        self.was = written_in(read) if read else sheets.beginning
        super().__init__(**{**given, **sheets.values(self.was)})
        self.given = {"due": due, "sheets": sheets, "entered": entered}
        if read is not None and not self.is_submitted():
            self.seen.data = read.row_version
        for name, words in sheets.about().items():
            self[name].about = words

    def _speak(self) -> None:
        super()._speak()
        if self.due.kind != "activity":
            del self.status
        if not self.entered:
            del self.source, self.source_note
        ended = self.sheets.before.ended
        since = when(f"{ended:%Y-%m}") if ended else ""
        self.said.label.text = _("What changed since %(month)s?", month=since) if since else _("What was done?")
        self.said.description = _("One or two sentences. This is published.")
        self.said.render_kw = in_tongue(self.sheets.tongue)
        self.proof.description = _(
            "A PDF, a picture (JPEG, PNG), XLSX, DOCX, ODT or CSV, up to %(size)s MB. "
            "Of a picture only what it shows is kept, not where it was taken.",
            size=MOST_MEGABYTES,
        )

    def validate_link(self, field: StringField) -> None:
        """Takes an address of the web without a password in it."""
        field.data = (field.data or "").strip() or None
        if field.data and not _is_of_the_web(field.data):
            raise ValidationError(_("Write an address that begins with https:// or http://."))

    def validate_source(self, field: OneButton) -> None:
        """What is entered for an institution came in some way."""
        if field.data is None:
            raise ValidationError(_("Say how it came."))

    def validate_shows(self, field: PlainField) -> None:
        """What it shows belongs to something."""
        if field.data and not (self.link.data or self.proof.data or self.kept_file()):
            raise ValidationError(_("Give the link or the file that shows this."))

    def refuse_strangers(self, sent: Iterable[str]) -> None:
        """Refuses fields of what was not asked for, such as another ministry's indicator. Raises MalformedForm."""
        if any(name.partition("-")[0] in OURS and name not in self for name in sent):
            raise MalformedForm

    @property
    def about(self) -> str:
        """What a file that was sent with the form is kept for."""
        return f"update of {self.due.period.key}:{self.due.row.key}"

    def keep(self, kept: Kept) -> None:
        """Remembers, sealed, a file that was sent, so that it need not be chosen again."""
        self.kept.data = sealed(kept, self.about)

    def kept_file(self) -> Kept | None:
        """The file that was sent, now or with the form before."""
        return opened(self.kept.data, self.about)

    def proofs(self) -> list[Proof]:
        """The link and the file that come with the update."""
        shows, file, link = self.shows.data, self.kept_file(), self.link.data
        found = [Proof(shows or urlsplit(link).hostname or link, url=link)] if link else []
        return [*found, Proof(shows or _("File"), file=file)] if file else found


def _is_of_the_web(said: str) -> bool:
    try:
        parts = urlsplit(said)
    except ValueError:
        return False
    sound = len(said) <= LONGEST_LINK and not CONTROL.search(said) and not any(sign.isspace() for sign in said)
    return sound and parts.scheme in ("http", "https") and bool(parts.hostname) and parts.password is None


def update_form(due: Due, *, entered: bool = False, **given: Any) -> UpdateForm:
    """The form of what is due; with `entered`, of what the institution said by letter, call or on paper."""
    sheets = Sheets(due)
    made = type(UpdateForm.__name__, (UpdateForm,), sheets.fields())
    form: UpdateForm = made(due=due, sheets=sheets, entered=entered, **given)
    return form


def content_of(form: UpdateForm) -> Content:
    """What a form says that was found sound."""
    sheets, was = form.sheets, form.was
    return Content(
        status=form.status.data if "status" in form else None,
        said=words_of(form.said.data, was.said, sheets.tongue),
        figures=sheets.figures_in(form, was),
        milestones=sheets.milestones_in(form, was),
        spending=sheets.spending_in(form),
    )
