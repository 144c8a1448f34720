"""What alembic runs: migrations on the connection that ``upgrade`` put into the configuration."""

from __future__ import annotations

from alembic import context

from agent.db.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
