"""The database itself refuses to change or delete the log: events never, attempts once they are finished."""

from django.db import migrations

CHANGED = "the publish log is never changed"
DELETED = "the publish log is never deleted"
TABLES = {"campaign_event": "", "campaign_attempt": "WHEN (OLD.finished_at IS NOT NULL)"}
FUNCTION = """
CREATE OR REPLACE FUNCTION campaign_log_is_kept() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'the publish log is never changed or deleted'; END $$ LANGUAGE plpgsql
"""


def protection(vendor):
    """The statements that protect the log."""
    if vendor != "sqlite":
        yield FUNCTION
    for table, when in TABLES.items():
        for what, sentence, condition in (("DELETE", DELETED, ""), ("UPDATE", CHANGED, when)):
            name = f"{table}_kept_{what.lower()}"
            if vendor == "sqlite":
                refuse = f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
                yield f"CREATE TRIGGER {name} BEFORE {what} ON {table} {condition} {refuse}"
            else:
                execute = "EXECUTE FUNCTION campaign_log_is_kept()"
                yield f"CREATE TRIGGER {name} BEFORE {what} ON {table} FOR EACH ROW {condition} {execute}"
        if vendor != "sqlite":
            yield f"CREATE TRIGGER {table}_kept_truncate BEFORE TRUNCATE ON {table} {execute}"


def removal(vendor):
    """The statements that take the protection away."""
    for table in TABLES:
        for what in ("delete", "update", "truncate"):
            yield f"DROP TRIGGER IF EXISTS {table}_kept_{what}" + ("" if vendor == "sqlite" else f" ON {table}")


def protect(apps, schema_editor):
    for statement in protection(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def unprotect(apps, schema_editor):
    for statement in removal(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("campaign", "0001_initial")]
    operations = [migrations.RunPython(protect, unprotect)]
