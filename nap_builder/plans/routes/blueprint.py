"""The blueprint that the plan's doors share."""

from flask import Blueprint

rooms = Blueprint("plans", __name__)
