"""An address that goes out beside a text, as an attachment: of what is to go out, and of what was handed to a network. And words
to search for of each post, whatever its deliveries say: its title, its key, whose story it is, and its latest version. And what pages that posts link to say of themselves.

A migration that makes SQLite rebuild the table of posts or of versions drops their triggers: it has to call `keep` afterwards.
"""

from importlib import import_module

from django.db import migrations, models

import campaign.models.fields

POSTS = "campaign_post"
LATEST = "SELECT v.source FROM campaign_version v WHERE v.post_id = r.id ORDER BY v.number DESC LIMIT 1"
WORDS = f"r.title || ' ' || r.key || ' ' || r.storyteller || ' ' || COALESCE(({LATEST}), '')"
NAMES = ("title", "key", "storyteller")
"""Columns of a post that are searched."""


def _search():
    return import_module("campaign.migrations.0004_search")


def _filled(vendor, post):
    """The statements that write the words of a post anew; `post` is its number."""
    search = _search()
    column = "rowid" if vendor == "sqlite" else "id"
    yield f"DELETE FROM {POSTS}_words WHERE {column} = {post}"
    yield search._filling(vendor, POSTS, f"FROM {POSTS} r WHERE r.id = {post}", WORDS, "r.id")
    if vendor == "sqlite":
        yield from search._unaccented(POSTS, f"WHERE rowid = {post}")


def _is_other(columns, sign):
    return " OR ".join(f"NEW.{column} {sign} OLD.{column}" for column in columns)


def keep(vendor):
    """The statements that make the triggers."""
    gone = f"DELETE FROM {POSTS}_words WHERE {'rowid' if vendor == 'sqlite' else 'id'} = OLD.id"
    kept = {number: "; ".join(_filled(vendor, number)) for number in ("NEW.id", "NEW.post_id", "OLD.post_id")}
    named, sign = ", ".join(NAMES), "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"
    triggers = (
        (f"{POSTS}_words_insert", f"AFTER INSERT ON {POSTS}", "", kept["NEW.id"]),
        (f"{POSTS}_words_update", f"AFTER UPDATE OF {named} ON {POSTS}", _is_other(NAMES, sign), kept["NEW.id"]),
        (f"{POSTS}_words_delete", f"AFTER DELETE ON {POSTS}", "", gone),
        ("campaign_version_words_insert", "AFTER INSERT ON campaign_version", "", kept["NEW.post_id"]),
        (
            "campaign_version_words_update",
            "AFTER UPDATE OF source ON campaign_version",
            _is_other(["source"], sign),
            kept["NEW.post_id"],
        ),
        ("campaign_version_words_delete", "AFTER DELETE ON campaign_version", "", kept["OLD.post_id"]),
    )
    for name, event, condition, body in triggers:
        table = event.rsplit(" ", 1)[-1]
        yield f"DROP TRIGGER IF EXISTS {name}" + ("" if vendor == "sqlite" else f" ON {table}")
        if vendor == "sqlite":
            when = f"WHEN {condition}" if condition else ""
            yield f"CREATE TRIGGER {name} {event} {when} BEGIN {body}; END"
        else:
            when = f"WHEN ({condition})" if condition else ""
            yield _search()._function(name, body)
            yield f"CREATE TRIGGER {name} {event} FOR EACH ROW {when} EXECUTE FUNCTION {name}()"
    if vendor != "sqlite":
        yield _search()._function(f"{POSTS}_words_emptied", f"DELETE FROM {POSTS}_words")
        truncated = f"AFTER TRUNCATE ON {POSTS} EXECUTE FUNCTION {POSTS}_words_emptied()"
        yield f"DROP TRIGGER IF EXISTS {POSTS}_words_truncate ON {POSTS}"
        yield f"CREATE TRIGGER {POSTS}_words_truncate {truncated}"


def tables(vendor):
    """The statements that make the table of words and fill it."""
    search = _search()
    if vendor != "sqlite":
        yield f"CREATE TABLE {POSTS}_words (id bigint PRIMARY KEY, words tsvector NOT NULL)"
    elif search._has_fts5():
        tokens = "tokenize = \"unicode61 remove_diacritics 2\", prefix = '2 3'"
        yield f"CREATE VIRTUAL TABLE {POSTS}_words USING fts5(words, {tokens})"
    else:
        yield f"CREATE TABLE {POSTS}_words (id integer PRIMARY KEY, words text NOT NULL)"
    yield search._filling(vendor, POSTS, f"FROM {POSTS} r", WORDS, "r.id")
    if vendor == "sqlite":
        yield from search._unaccented(POSTS, "")
    else:
        yield f"CREATE INDEX {POSTS}_words_gin ON {POSTS}_words USING gin (words) WITH (fastupdate = off)"


def begin(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    # PostgreSQL looks at what was deferred when rows change; it has to have looked before triggers are made.
    if vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE", params=None)
    for statement in (*tables(vendor), *keep(vendor)):
        schema_editor.execute(statement, params=None)


def end(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    names = [(f"{POSTS}_words", POSTS), ("campaign_version_words", "campaign_version")]
    for name, table in names:
        for what in ("insert", "update", "delete", "truncate"):
            on = "" if vendor == "sqlite" else f" ON {table}"
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}_{what}{on}")
            if vendor != "sqlite":
                schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}_{what}()")
    if vendor != "sqlite":
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {POSTS}_words_emptied()")
    schema_editor.execute(f"DROP TABLE {POSTS}_words")


class Migration(migrations.Migration):

    dependencies = [
        ('campaign', '0021_cut_pictures'),
    ]

    operations = [
        # By hand, since Django would make these tables of SQLite anew.
        migrations.RunSQL(
            "ALTER TABLE campaign_delivery ADD COLUMN link text NOT NULL DEFAULT ''",
            "ALTER TABLE campaign_delivery DROP COLUMN link",
            [migrations.AddField('delivery', 'link', models.TextField(blank=True, db_default='', default=''))],
        ),
        migrations.RunSQL(
            "ALTER TABLE campaign_attempt ADD COLUMN link text NOT NULL DEFAULT ''",
            "ALTER TABLE campaign_attempt DROP COLUMN link",
            [migrations.AddField('attempt', 'link', models.TextField(blank=True, db_default='', default=''))],
        ),
        migrations.RunPython(begin, end),
        migrations.CreateModel(
            name='LinkedPage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('address', models.TextField()),
                ('title', models.TextField(blank=True)),
                ('words', models.TextField(blank=True)),
                ('picture', models.BinaryField(default=b'')),
                ('problem', campaign.models.fields.SentenceField(blank=True)),
                ('read_at', models.DateTimeField()),
            ],
        ),
    ]
