"""What can go wrong in the domain, each with the status and the page it is answered with."""

from typing import Any, ClassVar


class DomainError(Exception):
    """Something a person can be told in plain words. `message` is already in the reader's language."""

    status: ClassVar[int] = 400

    def __init__(self, message: str = "") -> None:
        super().__init__(str(message))
        self.message = str(message)


class Missing(DomainError):
    """What was asked for is not there, or its existence is not for this reader to know."""

    status = 404


class NotAllowed(DomainError):
    """The access table does not give this person the action."""

    status = 403


class NeedsSignIn(DomainError):
    """Nobody is signed in and the page is not public."""

    status = 401


class NeedsFreshSignIn(DomainError):
    """A grave act asks for the password again (security design, condition `f`)."""

    status = 401


class WrongState(DomainError):
    """The act does not fit what the thing has become, such as writing in a frozen version."""

    status = 409


class Duplicate(DomainError):
    """Something of that name or code is there already."""

    status = 409


class Gone(DomainError):
    """It was here and has been withdrawn."""

    status = 410


class MalformedForm(DomainError):
    """A form lacks what every form carries: its idempotency key or the version it was read at."""

    status = 400


class BadInput(DomainError):
    """A rule of the domain refuses one field; the route puts the message beside it."""

    status = 422

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class StaleEdit(DomainError):
    """Somebody saved the row since it was read. `row` is as it stands now."""

    status = 409

    def __init__(self, row: Any) -> None:
        super().__init__()
        self.row = row
