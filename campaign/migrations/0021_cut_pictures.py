"""A picture that was cut out of another says of which: so the whole one is found again, and both are locked together. And
who can be recognised in a picture, as who sent it says."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaign', '0020_series'),
    ]

    operations = [
        # By hand, since Django would make this table of SQLite anew.
        migrations.RunSQL(
            "ALTER TABLE campaign_upload ADD COLUMN cut_from varchar(64) NOT NULL DEFAULT ''",
            "ALTER TABLE campaign_upload DROP COLUMN cut_from",
            [migrations.AddField('upload', 'cut_from', models.CharField(blank=True, db_default='', default='', max_length=64))],
        ),
        migrations.RunSQL(
            "ALTER TABLE campaign_upload ADD COLUMN people varchar(10) NOT NULL DEFAULT ''",
            "ALTER TABLE campaign_upload DROP COLUMN people",
            [migrations.AddField('upload', 'people', models.CharField(blank=True, db_default='', default='', max_length=10))],
        ),
    ]
