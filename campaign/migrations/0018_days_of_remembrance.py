"""Help lines, which a pause may leave out; and days of remembrance, on which posts wait for a second person."""

import re

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_FOR_A_DAY = re.compile(r"\s*([A-Za-z][A-Za-z0-9_-]*)(?:\s+[+-]0{1,9}d)?\s+[0-9]{2}:[0-9]{2}\s*")


def note_days(apps, schema_editor):
    """Which day each delivery is for: its `when` names it."""
    deliveries = apps.get_model('campaign', 'Delivery').objects
    for when in deliveries.values_list('when', flat=True).distinct():
        match = _FOR_A_DAY.fullmatch(when)
        if match:
            deliveries.filter(when=when).update(for_day=match[1])


class Migration(migrations.Migration):

    dependencies = [
        ('campaign', '0017_hands_and_incidents'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='QuietDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=100, unique=True)),
                ('rule', models.CharField(max_length=100)),
                ('dates', models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name='Allowance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('fingerprint', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='allowances', to=settings.AUTH_USER_MODEL)),
                ('delivery', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='allowances', to='campaign.delivery')),
            ],
        ),
        migrations.AddConstraint(
            model_name='allowance',
            constraint=models.UniqueConstraint(fields=('delivery', 'day'), name='allowed_once_a_day'),
        ),
        # By hand, since Django would make these tables of SQLite anew.
        migrations.RunSQL(
            "ALTER TABLE campaign_delivery ADD COLUMN for_day varchar(100) NOT NULL DEFAULT ''",
            "ALTER TABLE campaign_delivery DROP COLUMN for_day",
            [migrations.AddField('delivery', 'for_day', models.CharField(blank=True, db_default='', default='', max_length=100))],
        ),
        migrations.RunSQL(
            "ALTER TABLE campaign_post ADD COLUMN is_help bool NOT NULL DEFAULT false",
            "ALTER TABLE campaign_post DROP COLUMN is_help",
            [migrations.AddField('post', 'is_help', models.BooleanField(db_default=False, default=False))],
        ),
        migrations.RunSQL(
            "ALTER TABLE campaign_pause ADD COLUMN except_help bool NOT NULL DEFAULT false",
            "ALTER TABLE campaign_pause DROP COLUMN except_help",
            [migrations.AddField('pause', 'except_help', models.BooleanField(db_default=False, default=False))],
        ),
        migrations.RunPython(note_days, migrations.RunPython.noop),
    ]
