"""Limits that are counted in the database, stories that wait apart, withdrawals that wait for a second look, and forms that
are sent twice."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaign', '0011_clocks'),
    ]

    operations = [
        migrations.CreateModel(
            name='TakingBack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scope', models.CharField(max_length=120)),
                ('via', models.CharField(max_length=20)),
                ('by', models.CharField(max_length=150)),
                ('asked_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.CharField(blank=True, max_length=150)),
            ],
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True)),
                ('number', models.PositiveIntegerField()),
                ('until', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.AddField(
            model_name='post',
            name='form',
            field=models.CharField(max_length=100, null=True),
        ),
        # By hand, since Django would make these tables of SQLite anew.
        migrations.RunSQL(
            "ALTER TABLE campaign_profile ADD COLUMN generation integer NOT NULL DEFAULT 0 CHECK (generation >= 0)",
            "ALTER TABLE campaign_profile DROP COLUMN generation",
            [migrations.AddField('profile', 'generation', models.PositiveIntegerField(db_default=0, default=0))],
        ),
        migrations.AddField(
            model_name='storyteller',
            name='form',
            field=models.CharField(max_length=100, null=True),
        ),
        migrations.RunSQL(
            "ALTER TABLE campaign_storyteller ADD COLUMN is_aside bool NOT NULL DEFAULT false",
            "ALTER TABLE campaign_storyteller DROP COLUMN is_aside",
            [migrations.AddField('storyteller', 'is_aside', models.BooleanField(default=False, db_default=False))],
        ),
        migrations.AddIndex(
            model_name='storyteller',
            index=models.Index(condition=models.Q(('is_aside', True)), fields=['made_at'], name='stories_aside'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.UniqueConstraint(condition=models.Q(('form__isnull', False)), fields=('form',), name='one_post_a_form'),
        ),
        migrations.AddConstraint(
            model_name='storyteller',
            constraint=models.UniqueConstraint(condition=models.Q(('form__isnull', False)), fields=('form',), name='one_record_a_form'),
        ),
        migrations.AddField(
            model_name='takingback',
            name='storyteller',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='takings_back', to='campaign.storyteller'),
        ),
        migrations.AddConstraint(
            model_name='takingback',
            constraint=models.UniqueConstraint(condition=models.Q(('decided_at__isnull', True)), fields=('storyteller', 'scope'), name='one_open_taking_back'),
        ),
    ]
