"""The blueprint that the doors of home hang on."""

from flask import Blueprint

rooms = Blueprint("home", __name__)
