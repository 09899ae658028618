"""An application to look at, without a database behind it."""

import pytest
from flask import Flask

from nap_builder.app import create_app
from nap_builder.settings import Settings


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application as it is put together; no request reaches it."""
    home = tmp_path_factory.mktemp("bare")
    return create_app(
        Settings(home=home, database_url=f"sqlite:///{home / 'none.sqlite'}", secret_key="x" * 40, testing=True)
    )
