"""Hypothesis as the judge runs it: fixed seeds, nothing remembered, no opinion about time."""

import hashlib
import hmac

import hypothesis
import pytest

PROFILE = "judge"


def settle() -> None:
    """Load the settings that hold for every property of every package.

    `database=None`: examples must not travel from learner to learner. What a package sets itself
    (the number of examples) stays.
    """
    hypothesis.settings.register_profile(
        PROFILE,
        database=None,
        deadline=None,
        suppress_health_check=list(hypothesis.HealthCheck),
        report_multiple_bugs=False,
        print_blob=False,
    )
    hypothesis.settings.load_profile(PROFILE)


def is_property(item: pytest.Item) -> bool:
    """Whether a test is a Hypothesis property."""
    return bool(getattr(getattr(item, "obj", None), "is_hypothesis_test", False))


def seed(item: pytest.Item, key: bytes) -> None:
    """Fix the examples of a property: the same for everybody who meets this version of it."""
    if not is_property(item):
        return
    digest = hmac.new(key, item.nodeid.encode(), hashlib.sha256).digest()
    test = item.obj  # type: ignore[attr-defined]  # a Function, since it is a property
    test = getattr(test, "__func__", test)
    hypothesis.seed(int.from_bytes(digest[:8], "big"))(test)
    settings = test._hypothesis_internal_use_settings  # noqa: SLF001 (no public way to read them)
    test._hypothesis_internal_use_settings = hypothesis.settings(  # noqa: SLF001 (nor to set them)
        settings,
        database=None,
        deadline=None,
        suppress_health_check=list(hypothesis.HealthCheck),
        report_multiple_bugs=False,
        print_blob=False,
    )
