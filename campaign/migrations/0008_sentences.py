"""Reasons and answers are kept as what they say, a template and its values, so that they can be worded in any language.

What was kept before stands in English: what it was made of is read from it once, here. The log keeps its order, its times and
its English to the letter; its protection is put aside for that, and put back in the same transaction."""

from importlib import import_module

from django.db import migrations

import campaign.models.fields
from campaign.migrations._sentences_0008 import reader

COLUMNS = (
    ("attempt", "detail"),
    ("channelstate", "rest_reason"),
    ("channelstate", "test_problem"),
    ("delivery", "reason"),
    ("event", "reason"),
    ("takedown", "problem"),
)
AT_A_TIME = 1_000


def bring_over(apps, schema_editor):
    log = import_module("campaign.migrations.0002_log_is_append_only")
    vendor, read = schema_editor.connection.vendor, reader().read
    for statement in log.removal(vendor):
        schema_editor.execute(statement, params=None)
    with schema_editor.connection.cursor() as cursor:
        for model, column in COLUMNS:
            table = f"campaign_{model}"
            cursor.execute(f"SELECT id, {column} FROM {table} WHERE {column} <> '' ORDER BY id")
            changed = [(kept, number) for number, text in cursor.fetchall() if (kept := read(text)) != text]
            for start in range(0, len(changed), AT_A_TIME):
                cursor.executemany(
                    f"UPDATE {table} SET {column} = %s WHERE id = %s", changed[start : start + AT_A_TIME]
                )
    # PostgreSQL looks at what was deferred when rows change; it has to have looked before triggers are made.
    if vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE", params=None)
    for statement in log.protection(vendor):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("campaign", "0007_was_story")]
    operations = [
        # The columns stay texts. Django would make SQLite's tables anew, and the triggers on them would be gone.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(model, name, campaign.models.fields.SentenceField(blank=True))
                for model, name in COLUMNS
            ]
        ),
        migrations.RunPython(bring_over, migrations.RunPython.noop),
    ]
