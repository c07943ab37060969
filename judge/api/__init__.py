"""The judge over HTTP: what comes in is checked once and stored; nothing is judged here."""

from judge.api.app import create_app
from judge.api.parts import Parts
from judge.api.service import enter_path

__all__ = ["Parts", "create_app", "enter_path"]
