"""What a post uses a story for, and how far the words of a text were changed when its person said yes to it.

A yes that is older than this question has no change: where a person lets nothing, or only little, be changed, they are asked
anew.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaign', '0013_truly_erased'),
    ]

    operations = [
        # By hand, since Django would make these tables of SQLite anew, without their triggers.
        migrations.RunSQL(
            "ALTER TABLE campaign_post ADD COLUMN consent_purpose varchar(20) NOT NULL DEFAULT 'awareness'",
            "ALTER TABLE campaign_post DROP COLUMN consent_purpose",
            [migrations.AddField('post', 'consent_purpose', models.CharField(db_default='awareness', default='awareness', max_length=20))],
        ),
        migrations.RunSQL(
            "ALTER TABLE campaign_finalword ADD COLUMN change varchar(20) NOT NULL DEFAULT ''",
            "ALTER TABLE campaign_finalword DROP COLUMN change",
            [migrations.AddField('finalword', 'change', models.CharField(blank=True, db_default='', default='', max_length=20))],
        ),
        migrations.RunSQL(
            "ALTER TABLE campaign_finalword ADD COLUMN saw_change bool NOT NULL DEFAULT false",
            "ALTER TABLE campaign_finalword DROP COLUMN saw_change",
            [migrations.AddField('finalword', 'saw_change', models.BooleanField(db_default=False, default=False))],
        ),
    ]
