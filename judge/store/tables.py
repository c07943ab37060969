"""The tables, as SQLAlchemy sees them; `migrations/` is how a database comes to have them.

Whatever a page or a command lists is found through an index that begins with the learner, so that
the millionth submission costs no more than the first. Sources stand apart from the rows that lists
read. A judgement is never changed: a trigger of the database itself refuses.
"""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    Column,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)


class Moment(TypeDecorator[datetime]):
    """A point in time: aware in Python, seconds since 1970 in the database, so that it compares."""

    impl = Float
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> float | None:  # noqa: ARG002 (SQLAlchemy's signature)
        """To the database."""
        return None if value is None else value.timestamp()

    def process_result_value(self, value: float | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (SQLAlchemy's signature)
        """From the database."""
        return None if value is None else datetime.fromtimestamp(value, UTC)


metadata = MetaData()

learners = Table(
    "learners",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("created_at", Moment, nullable=False),
    # Counts claims of all learners: whoever was served longest ago has the smallest number.
    Column("served", Integer, nullable=False, server_default="0"),
)

keys = Table(
    "keys",
    metadata,
    Column("hash", Text, primary_key=True),  # SHA-256: the database lets nobody in
    Column("learner_id", Integer, ForeignKey("learners.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment),
)

submissions = Table(
    "submissions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("learner_id", Integer, ForeignKey("learners.id"), nullable=False),
    Column("kind", Text, nullable=False),  # submission or run
    Column("key", Text),  # the client's, against doubles
    Column("problem", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text),  # why it is queued again
    Column("not_before", Moment),
    Column("claimed_by", Text),
    Column("lease_until", Moment),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("crashes", Integer, nullable=False, server_default="0"),  # of workers that had it
    Column("round", Integer, nullable=False, server_default="0"),  # of judging; a rejudge adds one
    Column("verdict", Text),  # of the judgement of this round
    Column("created_at", Moment, nullable=False),
    Column("started_at", Moment),
    Column("finished_at", Moment),
    UniqueConstraint("learner_id", "key"),
    Index("submissions_of_learner", "learner_id", "kind", "id"),
    Index("submissions_of_problem", "learner_id", "kind", "problem", "id"),
    Index("submissions_by_verdict", "learner_id", "kind", "verdict", "id"),
    Index("submissions_of_problem_by_verdict", "learner_id", "kind", "problem", "verdict", "id"),
    Index(
        "submissions_cancelled",
        "learner_id", "kind", "id",
        sqlite_where=text("state = 'cancelled'"),
    ),
    Index(
        "submissions_of_problem_unjudged",
        "learner_id", "kind", "problem", "id",
        sqlite_where=text("state <> 'judged'"),
    ),
    Index(
        "submissions_alive",
        "state", "learner_id", "id",
        sqlite_where=text("state IN ('queued', 'judging')"),
    ),
    Index("runs_by_age", "created_at", sqlite_where=text("kind = 'run'")),
    sqlite_autoincrement=True,  # the id of a deleted run is not given again
)  # fmt: skip

sources = Table(
    "sources",
    metadata,
    Column(
        "submission_id", Integer, ForeignKey("submissions.id", ondelete="CASCADE"), primary_key=True
    ),
    Column("source", Text, nullable=False),
    Column("args", JSON(none_as_null=True)),
    Column("stdin", Text),
)

judgements = Table(
    "judgements",
    metadata,
    Column("id", Integer, primary_key=True),
    Column(
        "submission_id", Integer, ForeignKey("submissions.id", ondelete="CASCADE"), nullable=False
    ),
    Column("round", Integer, nullable=False),
    Column("problem", Text, nullable=False),
    Column("problem_version", Text, nullable=False),
    Column("image", Text, nullable=False),
    Column("runner_version", Text, nullable=False),
    Column("machine", Text, nullable=False),
    Column("seeds", Text, nullable=False),  # fingerprint of the secret that all seeds come from
    Column("verdict", Text, nullable=False),
    Column("points", Integer, nullable=False),
    Column("max_points", Integer, nullable=False),
    Column("message", Text),
    Column("cpu_seconds", Float, nullable=False),
    Column("wall_seconds", Float, nullable=False),
    Column("peak_memory_mib", Float, nullable=False),
    Column("judging_seconds", Float, nullable=False),
    Column("tests", JSON, nullable=False),
    Column("counterexample", JSON(none_as_null=True)),
    Column("phases", JSON, nullable=False),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("submission_id", "round"),
)

trials = Table(  # of runs with an input of one's own, which get no verdict
    "trials",
    metadata,
    Column(
        "submission_id",
        Integer,
        ForeignKey("submissions.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("trial", JSON, nullable=False),
    Column("created_at", Moment, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column(
        "submission_id", Integer, ForeignKey("submissions.id", ondelete="CASCADE"), nullable=False
    ),
    Column("kind", Text, nullable=False),
    Column("data", JSON, nullable=False),
    Column("created_at", Moment, nullable=False),
    Index("events_of_submission", "submission_id", "id"),
    Index("events_by_age", "created_at"),
    sqlite_autoincrement=True,  # ids are given to clients, who go on from there
)

workers = Table(
    "workers",
    metadata,
    Column("name", Text, primary_key=True),
    Column("started_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("trouble", Text),  # why it judges nothing just now
)

images = Table(
    "images",
    metadata,
    Column("profile", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("python", Text, nullable=False),
    Column("libraries", JSON, nullable=False),
)

rejudges = Table(  # sets of judgements that are proposed
    "rejudges",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("created_at", Moment, nullable=False),
    Column("applied_at", Moment),
    sqlite_autoincrement=True,  # people write the numbers down
)

proposals = Table(
    "proposals",
    metadata,
    Column("rejudge_id", Integer, ForeignKey("rejudges.id", ondelete="CASCADE"), primary_key=True),
    Column(
        "submission_id", Integer, ForeignKey("submissions.id", ondelete="CASCADE"), primary_key=True
    ),
    Column("round", Integer, nullable=False),  # of the judgement that would be superseded
    Column("judgement", JSON(none_as_null=True)),  # columns of a judgement; NULL: not judged yet
    Column("verdict", Text),  # the judgement's
    Column("fate", Text),  # once the set is applied
)

reports = Table(
    "reports",
    metadata,
    Column(
        "submission_id", Integer, ForeignKey("submissions.id", ondelete="CASCADE"), primary_key=True
    ),
    Column("round", Integer, nullable=False),  # of the judgement it is about
    Column("text", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("closed_at", Moment),  # when its author had dealt with it
)
