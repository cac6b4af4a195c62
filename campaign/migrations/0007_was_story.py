"""Whether a post was ever a story: until now found by looking for one spelling of it in its versions."""

import tomllib

from django.db import migrations, models


def told_of_a_person(source):
    """As campaign/delivery/versions.py reads it at this step; a landed migration is never edited."""
    try:
        said = tomllib.loads(source)
    except tomllib.TOMLDecodeError:
        return False
    consent = said.get("consent")
    return said.get("kind") == "story" or bool(isinstance(consent, dict) and consent.get("storyteller"))


def mark(apps, schema_editor):
    Post, Version = (apps.get_model("campaign", name) for name in ("Post", "Version"))
    Post.objects.filter(models.Q(kind="story") | ~models.Q(storyteller="")).update(was_story=True)
    # "storyteller" has the word too, and a backslash may spell it.
    suspects = Version.objects.filter(models.Q(source__contains="story") | models.Q(source__contains="\\"))
    versions = suspects.filter(post__was_story=False).values_list("post_id", "source")
    found = {post for post, source in versions.iterator() if told_of_a_person(source)}
    for post in found:
        Post.objects.filter(pk=post).update(was_story=True)


ADD = "ALTER TABLE campaign_post ADD COLUMN was_story bool NOT NULL DEFAULT false"
REMOVE = "ALTER TABLE campaign_post DROP COLUMN was_story"


class Migration(migrations.Migration):
    dependencies = [("campaign", "0006_older_databases")]
    operations = [
        # By hand, since Django would make the table of SQLite anew, and the trigger of 0004 that is on it would be gone.
        migrations.RunSQL(
            ADD,
            REMOVE,
            [migrations.AddField("post", "was_story", models.BooleanField(default=False, db_default=False))],
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
