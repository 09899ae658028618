"""The blueprint that the doors of accounts share."""

from flask import Blueprint

rooms = Blueprint("accounts", __name__)
