"""A database of the first version becomes one of today, with everything that was in it."""

import contextlib
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import text

import judge.store
from judge.model import Verdict
from judge.store import ME, Chosen, Fate, Judged, Store, open_store
from judge.store.database import NAME, Database
from tests.builders import a_judgement, wanted
from tests.stored import judge_next

MIGRATIONS = Path(judge.store.__file__).parent / "migrations"


def first_version(folder: Path) -> None:
    """Make the database that the first version made."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with (
        contextlib.closing(Database(folder / NAME)) as database,
        database.write() as connection,
    ):
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")


def tables(store: Store) -> set[str]:
    with store.database.read() as connection:
        return set(connection.execute(text("SELECT name FROM sqlite_master")).scalars())


def test_the_first_version_is_brought_up_to_date_with_its_rows(tmp_path: Path) -> None:
    first_version(tmp_path)
    with open_store(tmp_path) as old:
        me = old.learners.named(ME)
        accepted = old.submissions.accept(me, wanted())
        judge_next(old, Verdict.WA)
        before = old.submissions.of_anybody(accepted.id)
        judgement = old.judgements.of(accepted.id, 0)
        assert not tables(old) & {"rejudges", "proposals", "reports"}

    with open_store(tmp_path, migrate=True) as store:
        assert store.submissions.of_anybody(accepted.id) == before
        assert store.judgements.of(accepted.id, 0) == judgement
        assert store.reports.report(before, "why?").verdict is Verdict.WA
        number = store.rejudges.begin(Chosen(verdict=Verdict.WA))
        assert number is not None
        store.rejudges.propose(number, accepted.id, Judged(a_judgement(), "seeds"))
        assert store.rejudges.apply(number, accepted.id) is Fate.APPLIED
        assert len(store.judgements.rounds(accepted.id)) == 2
