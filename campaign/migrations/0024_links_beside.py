"""An address that goes out beside a text, as an attachment: of what is to go out, and of what was handed to a network."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaign', '0018_days_of_remembrance'),
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
    ]
