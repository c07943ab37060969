"""Sets of judgements that are proposed, and what learners say of a verdict."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add three tables; what is there stays as it is."""
    op.create_table(
        "rejudges",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Column("applied_at", sa.Float),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "proposals",
        sa.Column(
            "rejudge_id",
            sa.Integer,
            sa.ForeignKey("rejudges.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column(
            "submission_id",
            sa.Integer,
            sa.ForeignKey("submissions.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("judgement", sa.JSON(none_as_null=True)),
        sa.Column("verdict", sa.Text),
        sa.Column("fate", sa.Text),
    )
    op.create_table(
        "reports",
        sa.Column(
            "submission_id",
            sa.Integer,
            sa.ForeignKey("submissions.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Column("closed_at", sa.Float),
    )
