"""Words to search for, without accents and capitals, beside each delivery and each entry of the log.

The database keeps them itself, whoever writes: a word table for each table that is searched, filled by triggers.
SQLite has FTS5 for it (https://www.sqlite.org/fts5.html), or plain text where it was built without; PostgreSQL has
tsvector and GIN (https://www.postgresql.org/docs/current/textsearch.html), and no extension is needed.

A migration that makes SQLite rebuild one of these tables drops their triggers: it has to call `keep` afterwards.
"""

import sqlite3

from django.db import migrations, models

# Small indexes with a condition: no question of the queue itself, which is asked every second, can be answered by them,
# so none is lured away from its own.
WAITING = models.Q(status__in=["draft", "missed", "failed"])
OTHERS = models.Q(status__in=["queued", "sending", "unconfirmed", "cancelled", "withdrawn", "removed"])
NOT_WELL = models.Q(outcome__in=["refused", "try_later", "unconfirmed"])
NAMED = "SELECT title || ' ' || key FROM campaign_post WHERE id = {row}.post_id"
SOURCES = {
    # table: its words, the columns they come from, when there is something to keep
    "campaign_delivery": (f"{{row}}.text || ' ' || COALESCE(({NAMED}), '')", "text, post_id", "1 = 1"),
    "campaign_attempt": ("{row}.detail", "detail", "{row}.detail <> ''"),
    "campaign_event": (
        f"{{row}}.reason || ' ' || COALESCE(({NAMED}), '')",
        "reason, post_id",
        "({row}.reason <> '' OR {row}.post_id IS NOT NULL)",
    ),
}
RENAMED = "(NEW.title <> OLD.title OR NEW.key <> OLD.key)"
LIGATURES = {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"}
ACCENTS = {"àâäá": "a", "ç": "c", "éèêë": "e", "îïí": "i", "ñ": "n", "ôöó": "o", "ùûüú": "u", "ÿ": "y"}
FOLDED = """
CREATE OR REPLACE FUNCTION campaign_words(text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT COALESCE(array_to_tsvector(array_agg(DISTINCT left(word, 60))), '') FROM regexp_split_to_table(
    regexp_replace(
        replace(replace(replace(replace(lower(normalize($1, NFKD)), 'œ', 'oe'), 'Œ', 'oe'), 'æ', 'ae'), 'Æ', 'ae'),
        '[\\u0300-\\u036f]', '', 'g'),
    '[\\u0001-\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u00bf\\u2000-\\u206f\\u3000-\\u303f]+'
) AS word WHERE word <> '' $$
"""


def keep(vendor):
    """The statements that make the triggers, and the functions that these call."""
    yield from stop(vendor)
    yield from (_sqlite_triggers() if vendor == "sqlite" else _postgresql_triggers())


def stop(vendor):
    """The statements that take them away."""
    for table in SOURCES:
        for what in ("insert", "update", "delete", "truncate"):
            yield f"DROP TRIGGER IF EXISTS {table}_words_{what}" + ("" if vendor == "sqlite" else f" ON {table}")
    yield "DROP TRIGGER IF EXISTS campaign_post_renamed" + ("" if vendor == "sqlite" else " ON campaign_post")


def tables(vendor):
    """The statements that make the tables of words and fill them."""
    if vendor != "sqlite":
        yield FOLDED
    for table, (words, _, some) in SOURCES.items():
        if vendor != "sqlite":
            yield f"CREATE TABLE {table}_words (id bigint PRIMARY KEY, words tsvector NOT NULL)"
        elif _has_fts5():
            tokens = "tokenize = \"unicode61 remove_diacritics 2\", prefix = '2 3'"
            yield f"CREATE VIRTUAL TABLE {table}_words USING fts5(words, {tokens})"
        else:
            yield f"CREATE TABLE {table}_words (id integer PRIMARY KEY, words text NOT NULL)"
        yield _filling(vendor, table, f"FROM {table} r WHERE {some.format(row='r')}", words.format(row="r"), "r.id")
        if vendor == "sqlite":
            yield from _unaccented(table, "")
        else:
            # Without a list of what is still to be sorted in: a search after a large load would go through all of it.
            yield f"CREATE INDEX {table}_words_gin ON {table}_words USING gin (words) WITH (fastupdate = off)"


def _has_fts5():
    memory = sqlite3.connect(":memory:")
    try:
        memory.execute("CREATE VIRTUAL TABLE probe USING fts5(words)")
    except sqlite3.OperationalError:
        return False
    finally:
        memory.close()
    return True


def _filling(vendor, table, source, words, number):
    if vendor != "sqlite":
        return f"INSERT INTO {table}_words (id, words) SELECT {number}, campaign_words({words}) {source}"
    for sign, letters in LIGATURES.items():
        words = f"replace({words}, '{sign}', '{letters}')"
    if not _has_fts5():
        words = f"lower({words})"
    return f"INSERT INTO {table}_words (rowid, words) SELECT {number}, {words} {source}"


def _unaccented(table, where):
    """Without FTS5, which does this itself. In several statements, since SQLite nests no hundred brackets."""
    if _has_fts5():
        return
    for signs, letter in ACCENTS.items():
        words = "words"
        for sign in signs + signs.upper():
            words = f"replace({words}, '{sign}', '{letter}')"
        yield f"UPDATE {table}_words SET words = {words} {where}"


def _sqlite_triggers():
    for table, (words, columns, some) in SOURCES.items():
        gone = f"DELETE FROM {table}_words WHERE rowid = OLD.id"
        new = [_filling("sqlite", table, f"WHERE {some.format(row='NEW')}", words.format(row="NEW"), "NEW.id")]
        new += _unaccented(table, "WHERE rowid = NEW.id")
        kept = "; ".join(new)
        yield f"CREATE TRIGGER {table}_words_insert AFTER INSERT ON {table} BEGIN {kept}; END"
        changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in columns.split(", "))
        update = f"AFTER UPDATE OF {columns} ON {table} WHEN {changed}"
        yield f"CREATE TRIGGER {table}_words_update {update} BEGIN {gone}; {kept}; END"
        yield f"CREATE TRIGGER {table}_words_delete AFTER DELETE ON {table} BEGIN {gone}; END"
    renamed = f"AFTER UPDATE OF title, key ON campaign_post WHEN {RENAMED}"
    yield f"CREATE TRIGGER campaign_post_renamed {renamed} BEGIN {_renaming('sqlite')}; END"


def _renaming(vendor):
    words = SOURCES["campaign_delivery"][0].format(row="r")
    source = "FROM campaign_delivery r WHERE r.post_id = NEW.id"
    of_post = "(SELECT id FROM campaign_delivery WHERE post_id = NEW.id)"
    column = "rowid" if vendor == "sqlite" else "id"
    statements = [f"DELETE FROM campaign_delivery_words WHERE {column} IN {of_post}"]
    statements.append(_filling(vendor, "campaign_delivery", source, words, "r.id"))
    if vendor == "sqlite":
        statements += _unaccented("campaign_delivery", f"WHERE rowid IN {of_post}")
    return "; ".join(statements)


def _function(name, body):
    return f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN {body}; RETURN NULL; END $$ LANGUAGE plpgsql"


def _postgresql_triggers():
    for table, (words, columns, some) in SOURCES.items():
        fill = _filling("postgresql", table, f"WHERE {some.format(row='NEW')}", words.format(row="NEW"), "NEW.id")
        yield _function(f"{table}_words_kept", f"DELETE FROM {table}_words WHERE id = NEW.id; {fill}")
        yield _function(f"{table}_words_gone", f"DELETE FROM {table}_words WHERE id = OLD.id")
        yield _function(f"{table}_words_emptied", f"DELETE FROM {table}_words")
        each = f"ON {table} FOR EACH ROW"
        changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns.split(", "))
        calls = f"EXECUTE FUNCTION {table}_words"
        yield f"CREATE TRIGGER {table}_words_insert AFTER INSERT {each} {calls}_kept()"
        yield f"CREATE TRIGGER {table}_words_update AFTER UPDATE OF {columns} {each} WHEN ({changed}) {calls}_kept()"
        yield f"CREATE TRIGGER {table}_words_delete AFTER DELETE {each} {calls}_gone()"
        yield f"CREATE TRIGGER {table}_words_truncate AFTER TRUNCATE ON {table} {calls}_emptied()"
    yield _function("campaign_post_renamed", _renaming("postgresql"))
    yield (
        "CREATE TRIGGER campaign_post_renamed AFTER UPDATE OF title, key ON campaign_post "
        f"FOR EACH ROW WHEN {RENAMED} EXECUTE FUNCTION campaign_post_renamed()"
    )


def begin(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in (*tables(vendor), *keep(vendor)):
        schema_editor.execute(statement, params=None)


def end(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in stop(vendor):
        schema_editor.execute(statement, params=None)
    for table in SOURCES:
        schema_editor.execute(f"DROP TABLE {table}_words")
        for what in ("kept", "gone", "emptied") if vendor != "sqlite" else ():
            schema_editor.execute(f"DROP FUNCTION {table}_words_{what}()")
    if vendor != "sqlite":
        schema_editor.execute("DROP FUNCTION campaign_post_renamed()")
        schema_editor.execute("DROP FUNCTION campaign_words(text)")


class Migration(migrations.Migration):
    dependencies = [("campaign", "0003_web")]
    operations = [
        migrations.AddIndex("delivery", models.Index(fields=["status", "due_at", "id"], name="waiting_due", condition=WAITING)),
        migrations.AddIndex("delivery", models.Index(fields=["status", "due_at", "id"], name="others_due", condition=OTHERS)),
        migrations.AddIndex("attempt", models.Index(fields=["outcome", "started_at", "id"], name="not_well", condition=NOT_WELL)),
        migrations.AddIndex("event", models.Index(fields=["action", "at", "id"], name="by_action")),
        migrations.AddIndex("event", models.Index(fields=["actor", "at", "id"], name="by_actor")),
        migrations.RunPython(begin, end),
    ]
