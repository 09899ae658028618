"""The forms of an import."""

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField

from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _l


class FileForm(Form):
    """Which file to take in."""

    file = FileField(
        _l("File"),
        validators=[FileRequired(_l("Choose a file."))],
        description=_l(
            "A plan as a spreadsheet (.xlsx), a Word document (.docx), JSON (nap-plan/1) or a PDF made here, "
            "up to 25 MB. You see what would change before anything is saved."
        ),
    )


class ConfirmForm(Form):
    """The file that was looked at, and the moment of the plan it was compared with."""

    upload = HiddenField()
    compared = HiddenField()
    remove = BooleanField(
        _l("Also remove what the file lacks"),
        description=_l("What is removed leaves every page; its history is kept."),
    )
