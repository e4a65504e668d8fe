"""Run by Alembic for each command; the connection and its transaction are the caller's."""

from alembic import context

from index.tables import metadata


def run() -> None:
    """The migrations that Alembic was told to run."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=metadata,
        render_as_batch=True,
        compare_type=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


if hasattr(context, "config"):  # it is there when Alembic runs this file, not when somebody imports it
    run()
