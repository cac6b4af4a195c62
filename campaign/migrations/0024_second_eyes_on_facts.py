"""Facts that were written in the pages wait for a second pair of eyes."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaign', '0023_closing'),
    ]

    operations = [
        # By hand, since Django would make this table of SQLite anew.
        migrations.RunSQL(
            "ALTER TABLE campaign_fact ADD COLUMN waits_for_eyes bool NOT NULL DEFAULT false",
            "ALTER TABLE campaign_fact DROP COLUMN waits_for_eyes",
            [migrations.AddField('fact', 'waits_for_eyes', models.BooleanField(db_default=False, default=False))],
        ),
    ]
