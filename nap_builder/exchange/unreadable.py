"""The refusal of a Word file or a workbook, in one sentence that stands beside the field of the file."""

from typing import ClassVar

from nap_builder.kernel.errors import DomainError


class Unreadable(DomainError):
    """A file that is not of its kind, is locked or damaged, or is too large to be read safely."""

    status: ClassVar[int] = 422
