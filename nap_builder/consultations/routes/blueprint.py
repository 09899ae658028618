"""The blueprint of the room, and where its pages stand."""

from flask import Blueprint

from nap_builder.consultations import policy  # noqa: F401 - declares the rules

rooms = Blueprint("consultations", __name__)
HOME = "/w/<slug:slug>/consultation"
ONE = HOME + "/<key:key>"
CONTRIBUTIONS = "/w/<slug:slug>/contributions"
PUBLIC = "/consultation"
HEARD = "/w/<slug:slug>/heard"
