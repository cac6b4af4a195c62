"""Second copies of a post, which a worker that had been silent for too long sent all the same."""

import campaign.models.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaign', '0008_sentences'),
    ]

    operations = [
        migrations.CreateModel(
            name='SecondCopy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('remote_id', models.CharField(max_length=200)),
                ('url', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('next_at', models.DateTimeField()),
                ('tries', models.PositiveIntegerField(default=0)),
                ('ended_at', models.DateTimeField(null=True)),
                ('problem', campaign.models.fields.SentenceField(blank=True)),
                ('delivery', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='second_copies', to='campaign.delivery')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['next_at'], name='copies_that_stand')],
                'constraints': [models.UniqueConstraint(fields=('delivery', 'remote_id'), name='one_row_for_each_copy')],
            },
        ),
    ]
