"""Doors."""

from flask import Blueprint

rooms = Blueprint("publishing", __name__)
