"""The application for a server of one's own choice: `gunicorn wsgi:app`."""

from nap_builder.app import create_app

app = create_app()
