"""Doors."""

from flask import Blueprint

rooms = Blueprint("home", __name__)
