"""What is known of one printing of a plan beyond the plan itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from nap_builder.kernel.languages import LazyString, _, _l

FULL, SUMMARY, DEBATE = "full", "summary", "debate"
REDLINE, CORRECTIONS, EXTRACT, LARGE_PRINT = "redline", "corrections", "extract", "large-print"
PDF = "pdf"  # what the full one is kept under
EDITIONS: dict[str, LazyString] = {
    FULL: _l("The whole plan"),
    SUMMARY: _l("Summary on two pages"),
    DEBATE: _l("For debate, with line numbers"),
    REDLINE: _l("Redline"),
    CORRECTIONS: _l("Correction slip"),
    EXTRACT: _l("Extract of an institution"),
    LARGE_PRINT: _l("Large print"),
}
COMPARED = frozenset({REDLINE, CORRECTIONS})  # they are against an earlier version


@dataclass(frozen=True, slots=True)
class Which:
    """Which edition of a plan: its kind, a key of `EDITIONS`.

    One of `COMPARED` is against an earlier version, named by its number; an extract is of an institution, named by its
    code.
    """

    kind: str = FULL
    against: int | None = None
    institution: str | None = None

    @property
    def name(self) -> str:
        """What it is kept under among the documents of a version: `pdf`, `debate`, `redline:1`, `extract:DEF`."""
        about = self.against if self.kind in COMPARED else self.institution if self.kind == EXTRACT else None
        kept = PDF if self.kind == FULL else self.kind
        return kept if about is None else f"{kept}:{about}"

    @property
    def said(self) -> str:
        """What it is called in the reader's language."""
        if self.kind == REDLINE:
            return _("Changes since version %(number)s, marked in the text", number=self.against)
        if self.kind == CORRECTIONS:
            return _("Correction slip: changes since version %(number)s alone", number=self.against)
        if self.kind == EXTRACT:
            return _("Extract: %(institution)s", institution=self.institution)
        return str(EDITIONS[self.kind])

    @property
    def consistent(self) -> bool:
        """Whether it names an earlier version just if it is compared with one, an institution just if an extract."""
        if self.kind not in EDITIONS:
            return False
        return (self.kind in COMPARED) == (self.against is not None) and (self.kind == EXTRACT) == bool(
            self.institution
        )


def which_of(name: str) -> Which:
    """The edition that is kept under a name."""
    kind, _colon, about = name.partition(":")
    if kind in COMPARED:
        return Which(kind, against=int(about))
    return Which(kind, institution=about) if kind == EXTRACT else Which(FULL if kind == PDF else kind)


WHOLE = Which()
# Those that are made of every version that is published; the others when somebody asks for them.
FOR_PARLIAMENT = (Which(SUMMARY), Which(DEBATE))


@dataclass(frozen=True, slots=True)
class Edition:
    """What is known of one printing beyond the plan itself.

    `dated` is the day on the cover, and the time written into the file; `sha256` is the hash of the stored
    file that is printed, in hexadecimal; `record` the record of the gate, as `services.record_said` writes it; `heard`
    what `publishing/heard.py` puts together; `trail` the number and hash of the audit trail's end when the version was
    frozen; `verify_at` the address at which a copy is checked. Absent members are left out or read from the plan.

    `photographs` are those of the plan as `photographs.py` writes them, `photographs_before` those of the earlier one.
    `worn` are the State's crest and colours, as `taskforce/identity.py` writes them. `kind` is a key of `EDITIONS`; of
    one of `COMPARED` `before` is the earlier plan in nap-plan/1, of an extract `institution` the code of whose part it
    is.
    """

    lang: str
    draft: bool
    dated: date | datetime
    state_name: str | None = None
    issuing_body: str | None = None
    reference: str | None = None
    sha256: str | None = None
    record: Mapping[str, Any] | None = None
    heard: Mapping[str, Any] | None = None
    trail: Sequence[Any] | None = None
    verify_at: str | None = None
    kind: str = FULL
    before: Mapping[str, Any] | None = None
    institution: str | None = None
    worn: Mapping[str, str] | None = None
    photographs: Sequence[Mapping[str, Any]] = ()
    photographs_before: Sequence[Mapping[str, Any]] = ()
