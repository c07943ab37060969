"""Pitfalls: what a failed test was about, explained."""

from typing import Annotated

from fastapi import APIRouter, Path

from judge import wire
from judge.api.access import LearnerId
from judge.api.documented import troubles
from judge.catalog import pitfalls

router = APIRouter(prefix="/api/pitfalls", tags=["pitfalls"])
Name = Annotated[str, Path(examples=["one_class"])]


@router.get("", responses=troubles(401, 503))
def list_pitfalls(_learner: LearnerId) -> wire.PitfallList:
    """List all pitfalls with what is said about each."""
    return wire.PitfallList(pitfalls=tuple(map(_said, pitfalls.pitfalls().values())))


@router.get("/{name}", responses=troubles(401, 404, 422, 503))
def get_pitfall(_learner: LearnerId, name: Name) -> wire.Pitfall:
    """Explain one pitfall."""
    return _said(pitfalls.pitfall(name))


def _said(pitfall: pitfalls.Pitfall) -> wire.Pitfall:
    return wire.Pitfall(name=pitfall.name, title=pitfall.title, text=pitfall.text)
