"""The data directory itself, for who runs the judge or writes its problems."""

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from judge.errors import RequestError
from judge.settings import Settings

if TYPE_CHECKING:
    from judge.store import Store


@contextlib.contextmanager
def open_memory(settings: Settings) -> Iterator["Store"]:
    """Give what a judge has stored here; a server may be running on it.

    Raises:
        RequestError: there is nothing.
    """
    from judge.store import open_store
    from judge.store.database import NAME

    if not (settings.data_dir / NAME).is_file():
        raise RequestError(
            f"no judge has stored anything in {settings.data_dir}; "
            "JUDGE_DATA names another data directory"
        )
    with open_store(settings.data_dir, migrate=True) as store:
        yield store
