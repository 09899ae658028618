"""Runs migrations on the engine that the application hands over (see `nap_builder.kernel.schema`)."""

from alembic import context
from sqlalchemy.engine import Connection

from nap_builder.kernel.database import Base
from nap_builder.kernel.schema import OURS


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        include_object=OURS,
        render_as_batch=True,
        transactional_ddl=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


_run(context.config.attributes["connection"])
