"""Findings that people called wrong."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import campaign.models.fields


class Migration(migrations.Migration):

    dependencies = [
        ('campaign', '0014_consent_binds'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CalledWrong',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=50)),
                ('digest', models.CharField(max_length=64)),
                ('sentence', campaign.models.fields.SentenceField(blank=True)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='called_wrong', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='called_wrong', to='campaign.post')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('post', 'code', 'digest'), name='called_wrong_once')],
                'indexes': [models.Index(fields=['at'], name='called_wrong_at')],
            },
        ),
    ]
