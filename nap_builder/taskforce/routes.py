"""Doors."""

from flask import Blueprint

rooms = Blueprint("taskforce", __name__)
