"""A version as tables: made when it is first asked for, noted as issued, and kept."""

from nap_builder import __version__
from nap_builder.exchange.services import plan_tables
from nap_builder.kernel import storage
from nap_builder.kernel.database import transaction
from nap_builder.plans.models.versions import PlanVersion
from nap_builder.plans.queries.versions import PUBLIC
from nap_builder.publishing.ledger import PLAN_TABLES, remember_version


def version_tables(version: PlanVersion, language: str) -> bytes:
    """The public profile of a version as an archive (ZIP) of tables, with their dictionary in a language.

    The same release gives the same bytes. Opens a transaction of its own the first time.
    """
    name = f"documents/{version.plan.slug}/{version.number}/{PUBLIC}-{language}-{__version__}.csv.zip"
    if not storage.exists(name):
        content = plan_tables(version.plan, version.number, PUBLIC, language=language)
        storage.put(name, content)
        with transaction():
            remember_version(content, PLAN_TABLES, version, profile=PUBLIC, language=language)
    return storage.get(name)
