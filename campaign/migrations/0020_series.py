"""Series: posts that are made together, and the sitting in which they are written."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaign', '0019_shared'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('campaign', models.CharField(max_length=100)),
                ('begun_at', models.DateTimeField()),
                ('made_at', models.DateTimeField(null=True)),
                ('typed', models.TextField(blank=True)),
                ('form', models.CharField(max_length=100, null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='series', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddConstraint(
            model_name='series',
            constraint=models.UniqueConstraint(condition=models.Q(('form__isnull', False)), fields=('form',), name='one_series_a_form'),
        ),
        # By hand, since Django would make this table of SQLite anew.
        migrations.RunSQL(
            "ALTER TABLE campaign_post ADD COLUMN series_id bigint NULL REFERENCES campaign_series (id) DEFERRABLE INITIALLY DEFERRED",
            "ALTER TABLE campaign_post DROP COLUMN series_id",
            [
                migrations.AddField(
                    'post',
                    'series',
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='campaign.series'),
                )
            ],
        ),
        migrations.RunSQL(
            "CREATE INDEX campaign_post_series_id ON campaign_post (series_id)",
            "DROP INDEX campaign_post_series_id",
        ),
    ]
