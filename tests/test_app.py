"""What putting the application together leaves behind."""

import gc
import weakref
from pathlib import Path

from nap_builder.app import create_app
from nap_builder.settings import Settings


def test_an_application_that_nobody_uses_leaves_the_memory(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'nap.sqlite'}"
    app = create_app(Settings(home=tmp_path, database_url=url, secret_key="s" * 40, testing=True))
    seen = weakref.ref(app)
    del app
    gc.collect()
    assert seen() is None
