"""Everything there is in the first version."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NO_CHANGE = """
CREATE TRIGGER judgements_never_change BEFORE UPDATE ON judgements
BEGIN SELECT RAISE(ABORT, 'a judgement never changes'); END
"""
STAYS = """
CREATE TRIGGER submissions_stay BEFORE DELETE ON submissions WHEN OLD.kind = 'submission'
BEGIN SELECT RAISE(ABORT, 'a submission is never deleted'); END
"""
NO_DELETION = """
CREATE TRIGGER judgements_stay BEFORE DELETE ON judgements
WHEN (SELECT kind FROM submissions WHERE id = OLD.submission_id) = 'submission'
BEGIN SELECT RAISE(ABORT, 'a judgement is never deleted'); END
"""


def upgrade() -> None:
    """Create tables, indices and the triggers that keep judgements as they are."""
    op.create_table(
        "learners",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Column("served", sa.Integer, nullable=False, server_default="0"),
    )
    op.create_table(
        "keys",
        sa.Column("hash", sa.Text, primary_key=True),
        sa.Column("learner_id", sa.Integer, sa.ForeignKey("learners.id"), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Column("expires_at", sa.Float),
    )
    op.create_table(
        "submissions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("learner_id", sa.Integer, sa.ForeignKey("learners.id"), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("key", sa.Text),
        sa.Column("problem", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("not_before", sa.Float),
        sa.Column("claimed_by", sa.Text),
        sa.Column("lease_until", sa.Float),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("crashes", sa.Integer, nullable=False, server_default="0"),
        sa.Column("round", sa.Integer, nullable=False, server_default="0"),
        sa.Column("verdict", sa.Text),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Column("started_at", sa.Float),
        sa.Column("finished_at", sa.Float),
        sa.UniqueConstraint("learner_id", "key"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "sources",
        sa.Column(
            "submission_id",
            sa.Integer,
            sa.ForeignKey("submissions.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("args", sa.JSON(none_as_null=True)),
        sa.Column("stdin", sa.Text),
    )
    op.create_table(
        "judgements",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "submission_id",
            sa.Integer,
            sa.ForeignKey("submissions.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("problem", sa.Text, nullable=False),
        sa.Column("problem_version", sa.Text, nullable=False),
        sa.Column("image", sa.Text, nullable=False),
        sa.Column("runner_version", sa.Text, nullable=False),
        sa.Column("machine", sa.Text, nullable=False),
        sa.Column("seeds", sa.Text, nullable=False),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("points", sa.Integer, nullable=False),
        sa.Column("max_points", sa.Integer, nullable=False),
        sa.Column("message", sa.Text),
        sa.Column("cpu_seconds", sa.Float, nullable=False),
        sa.Column("wall_seconds", sa.Float, nullable=False),
        sa.Column("peak_memory_mib", sa.Float, nullable=False),
        sa.Column("judging_seconds", sa.Float, nullable=False),
        sa.Column("tests", sa.JSON, nullable=False),
        sa.Column("counterexample", sa.JSON(none_as_null=True)),
        sa.Column("phases", sa.JSON, nullable=False),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.UniqueConstraint("submission_id", "round"),
    )
    op.create_table(
        "trials",
        sa.Column(
            "submission_id",
            sa.Integer,
            sa.ForeignKey("submissions.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("trial", sa.JSON, nullable=False),
        sa.Column("created_at", sa.Float, nullable=False),
    )
    op.create_table(
        "events",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "submission_id",
            sa.Integer,
            sa.ForeignKey("submissions.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("data", sa.JSON, nullable=False),
        sa.Column("created_at", sa.Float, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "workers",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("started_at", sa.Float, nullable=False),
        sa.Column("seen_at", sa.Float, nullable=False),
        sa.Column("trouble", sa.Text),
    )
    op.create_table(
        "images",
        sa.Column("profile", sa.Text, primary_key=True),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("python", sa.Text, nullable=False),
        sa.Column("libraries", sa.JSON, nullable=False),
    )
    op.create_index("submissions_of_learner", "submissions", ["learner_id", "kind", "id"])
    op.create_index(
        "submissions_of_problem", "submissions", ["learner_id", "kind", "problem", "id"]
    )
    op.create_index(
        "submissions_by_verdict", "submissions", ["learner_id", "kind", "verdict", "id"]
    )
    op.create_index(
        "submissions_of_problem_by_verdict",
        "submissions",
        ["learner_id", "kind", "problem", "verdict", "id"],
    )
    op.create_index(
        "submissions_cancelled",
        "submissions",
        ["learner_id", "kind", "id"],
        sqlite_where=sa.text("state = 'cancelled'"),
    )
    op.create_index(
        "submissions_of_problem_unjudged",
        "submissions",
        ["learner_id", "kind", "problem", "id"],
        sqlite_where=sa.text("state <> 'judged'"),
    )
    op.create_index(
        "submissions_alive",
        "submissions",
        ["state", "learner_id", "id"],
        sqlite_where=sa.text("state IN ('queued', 'judging')"),
    )
    op.create_index(
        "runs_by_age", "submissions", ["created_at"], sqlite_where=sa.text("kind = 'run'")
    )
    op.create_index("events_of_submission", "events", ["submission_id", "id"])
    op.create_index("events_by_age", "events", ["created_at"])
    op.execute(NO_CHANGE)
    op.execute(NO_DELETION)
    op.execute(STAYS)
