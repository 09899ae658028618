"""The blueprint of the room, and where its pages stand."""

from flask import Blueprint

rooms = Blueprint("monitoring", __name__)
HOME = "/w/<slug:slug>"
CYCLE = HOME + "/cycle/<ends>"
