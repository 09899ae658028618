"""A version as data: made when it is first asked for, noted as issued, and kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from nap_builder import __version__
from nap_builder.exchange.services import plan_tables, plan_workbook
from nap_builder.kernel import storage
from nap_builder.kernel.database import transaction
from nap_builder.plans.models.versions import PlanVersion
from nap_builder.plans.queries.versions import PUBLIC, frozen_bytes
from nap_builder.publishing.ledger import PLAN_TABLES, PLAN_WORKBOOK, remember_version

JSON = "json"


@dataclass(frozen=True)
class Data:
    """A form of data: its kind in the ledger, its media type, and what makes it."""

    kind: str
    mimetype: str
    make: Callable[..., bytes]


FORMS: Mapping[str, Data] = {
    "csv.zip": Data(PLAN_TABLES, "application/zip", plan_tables),
    "xlsx": Data(PLAN_WORKBOOK, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", plan_workbook),
}


def version_data(version: PlanVersion, form: str, language: str) -> bytes:
    """The public profile of a version in a form of `FORMS`, its words in a language; or as JSON, as it was frozen.

    The same release gives the same bytes. Opens a transaction of its own the first time.
    """
    if form == JSON:
        return frozen_bytes(version, PUBLIC)
    name = f"documents/{version.plan.slug}/{version.number}/{PUBLIC}-{language}-{__version__}.{form}"
    if not storage.exists(name):
        content = FORMS[form].make(version.plan, version.number, PUBLIC, language=language)
        with transaction():  # first, so that no file is handed out that is not noted
            remember_version(content, FORMS[form].kind, version, profile=PUBLIC, language=language)
        storage.put(name, content)
    return storage.get(name)
