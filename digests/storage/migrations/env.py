"""[io] What Alembic runs for every command: on the connection it is given, never on one of its own.

Handed over by ``upgrade`` in this package, because Alembic's own asyncio template cannot run inside
a running loop.
"""

from alembic import context

from digests.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite alters little: a batch copies the table instead.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
