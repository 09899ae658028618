"""The blueprint of the room, and where its pages stand."""

from flask import Blueprint

from nap_builder.monitoring import policy  # noqa: F401 - declares the rules

rooms = Blueprint("monitoring", __name__)
HOME = "/w/<slug:slug>"
CYCLE = HOME + "/cycle/<ends>"
