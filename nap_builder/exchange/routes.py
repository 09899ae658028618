"""Doors."""

from flask import Blueprint

rooms = Blueprint("exchange", __name__)
