"""The forms of accounts."""

from typing import Any

from wtforms import BooleanField, EmailField, HiddenField, PasswordField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, InputRequired, Length, Optional

from nap_builder.accounts import passwords
from nap_builder.accounts.models import NEVER, URGENT, WEEKLY
from nap_builder.kernel.fields import Form, PlainField
from nap_builder.kernel.languages import _, _l

LONGEST_PASSWORD = 200
LETTERS = {
    WEEKLY: _l("Once a week, and at once when it is urgent"),
    URGENT: _l("Only when it is urgent"),
    NEVER: _l("Never"),
}
WRITE_EMAIL = _l("Write an e-mail address, such as name@ministry.example.")


class SignInForm(Form):
    """E-mail address and password."""

    email = EmailField(_l("E-mail address"), validators=[InputRequired(_l("Write your e-mail address."))])
    password = PasswordField(
        _l("Password"), validators=[InputRequired(_l("Write your password.")), Length(max=LONGEST_PASSWORD)]
    )
    next = HiddenField()


class CodeForm(Form):
    """The second step: a code from the app, or a recovery code."""

    code = PlainField(_l("Code"), validators=[InputRequired(_l("Write the code.")), Length(max=60)])
    keep = BooleanField(_l("Do not ask for a code on this device for 30 days"))


class ConfirmForm(Form):
    """The password again, before a grave act."""

    password = PasswordField(
        _l("Password"), validators=[InputRequired(_l("Write your password.")), Length(max=LONGEST_PASSWORD)]
    )
    next = HiddenField()


class ResetForm(Form):
    """Whose password is forgotten."""

    email = EmailField(_l("E-mail address"), validators=[InputRequired(WRITE_EMAIL), Email(WRITE_EMAIL)])


class _NewPassword(Form):
    """A password to be chosen. The form is given `about`: words of the person that make a weak password."""

    def validate_password(self, field: PasswordField) -> None:
        """Refuses what is short or easily guessed, and says why."""
        said = [str(word) for word in self.given.get("about", ())]
        if isinstance(name := self._fields.get("name"), PlainField) and name.data:
            said.append(name.data)
        if problem := passwords.weakness(field.data or "", said):
            raise ValidationError(problem)


class InvitationForm(_NewPassword):
    """What an invited person says: name and password."""

    name = PlainField(_l("Your name"), validators=[InputRequired(_l("Write your name.")), Length(max=200)])
    password = PasswordField(
        _l("Password"), validators=[InputRequired(_l("Choose a password.")), Length(max=LONGEST_PASSWORD)]
    )


class NewPasswordForm(_NewPassword):
    """A new password in place of a forgotten one."""

    password = PasswordField(
        _l("New password"), validators=[InputRequired(_l("Choose a password.")), Length(max=LONGEST_PASSWORD)]
    )


class ChangePasswordForm(_NewPassword):
    """A new password, and the present one."""

    present = PasswordField(
        _l("Present password"),
        validators=[InputRequired(_l("Write your present password.")), Length(max=LONGEST_PASSWORD)],
    )
    password = PasswordField(
        _l("New password"), validators=[InputRequired(_l("Choose a password.")), Length(max=LONGEST_PASSWORD)]
    )


class ProfileForm(Form):
    """What people may say of themselves."""

    name = PlainField(_l("Name"), validators=[InputRequired(_l("Write your name.")), Length(max=200)])
    post = PlainField(_l("Post"), validators=[Optional(), Length(max=200)])
    language = SelectField(_l("Language"))
    letters = SelectField(
        _l("Reminders by mail"), choices=[SelectChoice(value, says) for value, says in LETTERS.items()]
    )

    def __init__(self, *, offered: list[tuple[str, str]], **given: Any) -> None:
        super().__init__(offered=offered, **given)
        self.language.choices = offered


class EnrolForm(Form):
    """The first code from a newly set up app."""

    code = PlainField(
        _l("Code from the app"),
        validators=[InputRequired(_l("Write the six digits that the app shows.")), Length(max=60)],
    )


class RoleForm(Form):
    """A role, for an institution where it needs one."""

    role = SelectField(_l("Role"))
    institution = SelectField(_l("Institution"), validators=[Optional()])

    def __init__(
        self, *, roles: list[tuple[str, str]], institutions: list[tuple[str, str]], alone: bool, **given: Any
    ) -> None:
        super().__init__(roles=roles, institutions=institutions, alone=alone, **given)
        self.role.choices = [("", _("Choose a role")), *roles]
        self.institution.choices = institutions if alone else [("", _("None")), *institutions]

    def validate_role(self, field: SelectField) -> None:
        """Asks for one of the list."""
        if not field.data:
            raise ValidationError(_("Choose a role."))


class InviteForm(RoleForm):
    """Whom to invite, and as what."""

    email = EmailField(_l("E-mail address"), validators=[InputRequired(WRITE_EMAIL), Email(WRITE_EMAIL)])
    name = PlainField(_l("Name"), validators=[Optional(), Length(max=200)])


class SuccessorForm(Form):
    """Who takes the duties of a person over. `offered` are pairs of a key and a name."""

    to = SelectField(_l("Who takes the duties over"), validate_choice=False)

    def __init__(self, *, offered: list[tuple[str, str]], **given: Any) -> None:
        super().__init__(offered=offered, **given)
        self.to.choices = [("", _("Choose a person")), *offered]


class HandOverForm(Form):
    """Whether the account of who leaves is closed."""

    close = BooleanField(_l("Close the account that the duties come from"), default=True)


class NewcomerForm(HandOverForm):
    """A successor who has no account yet."""

    email = EmailField(_l("E-mail address"), validators=[InputRequired(WRITE_EMAIL), Email(WRITE_EMAIL)])
    name = PlainField(_l("Name"), validators=[InputRequired(_l("Write the name.")), Length(max=200)])
    post = PlainField(_l("Post"), validators=[Optional(), Length(max=200)])


class PressForm(Form):
    """A button, and nothing to fill in."""
