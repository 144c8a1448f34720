"""A first of two approvals, and rights that are lent while somebody is away."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a column and a table."""
    with op.batch_alter_table("proposal") as proposal:
        proposal.add_column(sa.Column("first_approved_by", sa.String(length=64), nullable=True))
    op.create_table(
        "delegation",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("from_user_id", sa.String(length=64), nullable=False),
        sa.Column("to_user_id", sa.String(length=64), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_delegation_to_user_id"), "delegation", ["to_user_id"], unique=False)


def downgrade() -> None:
    """Take both away again."""
    op.drop_index(op.f("ix_delegation_to_user_id"), table_name="delegation")
    op.drop_table("delegation")
    with op.batch_alter_table("proposal") as proposal:
        proposal.drop_column("first_approved_by")
