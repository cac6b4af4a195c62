"""Erasing for good: which posts are emptied, what could not be deleted yet, and what a person wished for the end of their consent.

The log is still never changed and never deleted. But a person's words may stand in a reason or in an answer: where the words
of a post or a delivery are erased, its entries may be emptied, and nothing else of them may change. And the words to search
for follow a post's title in the entries of its log too, not in its deliveries alone.

A migration that makes one of these tables anew drops its triggers: it has to call `protect` after what 0002 and 0004 say.
"""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

import campaign.models.fields

EMPTIED_POST = """EXISTS (SELECT 1 FROM campaign_post p WHERE p.emptied_at IS NOT NULL AND p.id = {post})"""
EMPTIED_DELIVERY = "EXISTS (SELECT 1 FROM campaign_delivery d WHERE d.id = OLD.delivery_id AND d.text = '')"
OF_DELIVERY = "(SELECT d.post_id FROM campaign_delivery d WHERE d.id = OLD.delivery_id)"
ERASED = f"({EMPTIED_POST.format(post=f'COALESCE({{own}}, {OF_DELIVERY})')} OR {EMPTIED_DELIVERY})"
LOG = {
    # table: the columns that may be emptied, the column of its own post, and the others, none of which may change
    "campaign_event": (
        ("reason",),
        "OLD.post_id",
        ("id", "at", "actor", "action", "delivery_id", "post_id", "from_status", "to_status"),
    ),
    "campaign_attempt": (
        ("text", "detail"),
        "NULL",
        (
            *("id", "delivery_id", "number", "part", "worker", "started_at", "finished_at"),
            *("outcome", "status", "remote_id", "url"),
        ),
    ),
}


def _log():
    return import_module("campaign.migrations.0002_log_is_append_only")


def _search():
    return import_module("campaign.migrations.0004_search")


def _may_be_emptied(table):
    """What has to be true of a change of a row of the log."""
    emptied, own, kept = LOG[table]
    conditions = [f"NEW.{column} = ''" for column in emptied]
    conditions += [f"NEW.{column} IS NOT DISTINCT FROM OLD.{column}" for column in kept]
    return " AND ".join([*conditions, ERASED.format(own=own)])


def protection(vendor):
    """The statements that let entries of the log be emptied, and refuse every other change as before."""
    log = _log()
    for table, when in log.TABLES.items():
        name = f"{table}_kept_update"
        yield f"DROP TRIGGER IF EXISTS {name}" + ("" if vendor == "sqlite" else f" ON {table}")
        allowed = _may_be_emptied(table)
        if vendor == "sqlite":
            # SQLite has IS for it since ever, and IS NOT DISTINCT FROM since 3.39 only.
            allowed = allowed.replace("IS NOT DISTINCT FROM", "IS")
            finished = "OLD.finished_at IS NOT NULL AND " if when else ""
            refuse = f"BEGIN SELECT RAISE(ABORT, '{log.CHANGED}'); END"
            yield f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} WHEN {finished}NOT ({allowed}) {refuse}"
        else:
            yield (
                f"CREATE OR REPLACE FUNCTION {table}_is_kept() RETURNS trigger AS $$ BEGIN "
                f"IF {allowed} THEN RETURN NEW; END IF; "
                "RAISE EXCEPTION 'the publish log is never changed or deleted'; END $$ LANGUAGE plpgsql"
            )
            yield f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW {when} EXECUTE FUNCTION {table}_is_kept()"


def renaming(vendor):
    """The statements that let the words to search for follow a post's title, of its deliveries and of its entries."""
    search = _search()
    parts = [search._renaming(vendor)]
    words, _, some = search.SOURCES["campaign_event"]
    column = "rowid" if vendor == "sqlite" else "id"
    of_post = "(SELECT id FROM campaign_event WHERE post_id = NEW.id)"
    parts.append(f"DELETE FROM campaign_event_words WHERE {column} IN {of_post}")
    source = f"FROM campaign_event r WHERE r.post_id = NEW.id AND {some.format(row='r')}"
    parts.append(search._filling(vendor, "campaign_event", source, words.format(row="r"), "r.id"))
    if vendor != "sqlite":
        yield search._function("campaign_post_renamed", "; ".join(parts))
        return
    parts += search._unaccented("campaign_event", f"WHERE rowid IN {of_post}")
    yield "DROP TRIGGER IF EXISTS campaign_post_renamed"
    renamed = f"AFTER UPDATE OF title, key ON campaign_post WHEN {search.RENAMED}"
    yield f"CREATE TRIGGER campaign_post_renamed {renamed} BEGIN {'; '.join(parts)}; END"


def protect(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    # PostgreSQL looks at what was deferred when rows change; it has to have looked before triggers are made.
    if vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE", params=None)
    for statement in (*protection(vendor), *renaming(vendor)):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('campaign', '0012_limits'),
    ]

    operations = [
        migrations.AddField(
            model_name='post',
            name='emptied_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='withdrawal',
            name='emptied_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='upload',
            name='post',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='uploads', to='campaign.post'),
        ),
        migrations.AddField(
            model_name='consent',
            name='if_ended',
            field=models.CharField(db_default='keep', default='keep', max_length=20),
        ),
        migrations.CreateModel(
            name='Leftover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('place', models.TextField(blank=True)),
                ('since', models.DateTimeField()),
                ('next_at', models.DateTimeField()),
                ('tries', models.PositiveIntegerField(default=0)),
                ('problem', campaign.models.fields.SentenceField(blank=True)),
                ('storyteller', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='leftovers', to='campaign.storyteller')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'place'), name='leftovers_are_noted_once')],
            },
        ),
        migrations.RunPython(protect, migrations.RunPython.noop),
    ]
