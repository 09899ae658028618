"""Addresses as people outside read them, on paper and in files."""

from flask import current_app


def public_address(language: str, path: str) -> str | None:
    """An address of this installation for everybody, in a language or else the first that pages are shown in.

    `path` is what stands after the language, such as `verify`. None while NAP_BASE_URL is not set.
    """
    settings = current_app.config["NAP"]
    spoken = language if language in settings.languages else settings.languages[0]
    return f"{settings.base_url}/{spoken}/{path}" if settings.base_url else None
