"""The settings of the installation at work, for those who may not know the web."""

from flask import current_app

from nap_builder.settings import Settings


def settings() -> Settings:
    """The settings that the application was made with."""
    found: Settings = current_app.config["NAP"]
    return found
