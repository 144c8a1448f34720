"""Audit events that the database itself refuses to change, and what executed changes did.

A batch migration of ``audit_event`` on SQLite would copy the table and lose the triggers: whoever writes one makes
them again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_REFUSAL = "audit events are append-only"
_SQLITE = {
    "audit_event_no_update": f"BEFORE UPDATE ON audit_event BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END",
    "audit_event_no_delete": f"BEFORE DELETE ON audit_event BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END",
    # INSERT OR REPLACE deletes without asking the trigger above; a number out of turn is refused here instead.
    "audit_event_in_turn": f"""BEFORE INSERT ON audit_event
        WHEN NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM audit_event)
        BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END""",
}
_POSTGRES_FUNCTION = f"""
CREATE FUNCTION audit_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.seq = (SELECT COALESCE(MAX(seq), 0) + 1 FROM audit_event) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION '{_REFUSAL}';
END $$
"""
_POSTGRES = {
    "audit_event_no_change": "BEFORE INSERT OR UPDATE OR DELETE ON audit_event FOR EACH ROW",
    "audit_event_no_truncate": "BEFORE TRUNCATE ON audit_event FOR EACH STATEMENT",
}


def upgrade() -> None:
    """Add the triggers and a table."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_POSTGRES_FUNCTION)
        for name, when in _POSTGRES.items():
            op.execute(f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION audit_event_refuse()")
    else:
        for name, body in _SQLITE.items():
            op.execute(f"CREATE TRIGGER {name} {body}")
    op.create_table(
        "followup",
        sa.Column("proposal_id", sa.String(length=40), nullable=False),
        sa.Column("due", sa.String(length=16), nullable=False),
        sa.Column("store_id", sa.String(length=64), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("measured_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("forecast", sa.JSON(), nullable=True),
        sa.Column("document", sa.JSON(), nullable=True),
        sa.Column("receipt_id", sa.String(length=40), nullable=True),
        sa.Column("channel_id", sa.String(length=64), nullable=False),
        sa.Column("ts", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("proposal_id", "due"),
    )
    op.create_index("followup_due", "followup", ["status", "due_at"], unique=False)
    op.create_index("followup_store", "followup", ["store_id", "due_at"], unique=False)


def downgrade() -> None:
    """Take both away again."""
    op.drop_index("followup_store", table_name="followup")
    op.drop_index("followup_due", table_name="followup")
    op.drop_table("followup")
    if op.get_bind().dialect.name == "postgresql":
        for name in _POSTGRES:
            op.execute(f"DROP TRIGGER {name} ON audit_event")
        op.execute("DROP FUNCTION audit_event_refuse()")
    else:
        for name in _SQLITE:
            op.execute(f"DROP TRIGGER {name}")
