"""The blueprint that these doors share."""

from flask import Blueprint

rooms = Blueprint("parliament", __name__)
