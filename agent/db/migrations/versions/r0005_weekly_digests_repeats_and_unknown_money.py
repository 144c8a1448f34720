"""Weekly digests, webhooks that are sent again, and changes whose money nobody knows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a column and two tables; what was proposed before counted as known."""
    with op.batch_alter_table("proposal") as proposal:
        proposal.add_column(sa.Column("impact_known", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.create_table(
        "weekly_digest",
        sa.Column("channel_id", sa.String(length=64), nullable=False),
        sa.Column("monday", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document", sa.JSON(), nullable=True),
        sa.Column("ts", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("channel_id", "monday"),
    )
    op.create_table(
        "outbound_repeat",
        sa.Column("message_id", sa.String(length=64), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("message_id"),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("outbound_repeat")
    op.drop_table("weekly_digest")
    with op.batch_alter_table("proposal") as proposal:
        proposal.drop_column("impact_known")
