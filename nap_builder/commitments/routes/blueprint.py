"""The blueprint of the room."""

from flask import Blueprint

rooms = Blueprint("commitments", __name__)
