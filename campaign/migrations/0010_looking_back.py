"""What a database looks back for, once it is older than what went out; and which installation it belongs to."""

import campaign.models.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaign', '0009_second_copies'),
    ]

    operations = [
        migrations.CreateModel(
            name='Installation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=32)),
                ('made_at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='channelstate',
            name='look_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='channelstate',
            name='look_problem',
            field=campaign.models.fields.SentenceField(blank=True, db_default='', default=''),
        ),
        migrations.AddField(
            model_name='channelstate',
            name='look_since',
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name='Stray',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(db_index=True, max_length=100)),
                ('remote_id', models.CharField(max_length=200)),
                ('url', models.TextField()),
                ('at', models.DateTimeField()),
                ('words', models.CharField(max_length=64)),
                ('links', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('channel', 'remote_id'), name='strays_are_noted_once')],
            },
        ),
    ]
