"""Sentences need an application that knows languages; the arithmetic itself needs none."""

import pytest
from flask import Flask

from nap_builder.kernel import languages


@pytest.fixture
def english():
    """An application with languages and nothing else."""
    app = Flask(__name__)
    languages.prepare(app)
    with app.app_context():
        yield app
