"""What databases of PostgreSQL lack that were made before 0002 and 0004 got it: both were edited after they had landed.

A database that was made since has it already; a file of SQLite never differed. Nothing here changes a row.
"""

from django.db import migrations

LOG = ("campaign_event", "campaign_attempt")
WORDS = ("campaign_delivery", "campaign_attempt", "campaign_event")


def statements():
    """As in 0002: the log is never emptied either. As in 0004: no list of words that are still to be sorted in."""
    for table in LOG:
        yield f"DROP TRIGGER IF EXISTS {table}_kept_truncate ON {table}"
        yield (
            f"CREATE TRIGGER {table}_kept_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION campaign_log_is_kept()"
        )
    for table in WORDS:
        yield f"ALTER INDEX {table}_words_gin SET (fastupdate = off)"
        yield f"SELECT gin_clean_pending_list('{table}_words_gin')"  # what was put on the list before is sorted in now


def mend(apps, schema_editor):
    if schema_editor.connection.vendor != "sqlite":
        for statement in statements():
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("campaign", "0005_stories")]
    operations = [migrations.RunPython(mend, migrations.RunPython.noop)]
