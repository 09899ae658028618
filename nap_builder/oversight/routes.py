"""Doors."""

from flask import Blueprint

rooms = Blueprint("oversight", __name__)
