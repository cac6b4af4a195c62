"""Sets of posts that go out again and again, in turn."""

import campaign.models.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaign', '0024_second_eyes_on_facts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Evergreen',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100)),
                ('every', models.PositiveIntegerField()),
                ('rest', models.PositiveIntegerField()),
                ('until', models.DateField(null=True)),
                ('is_on', models.BooleanField(default=True)),
                ('made_at', models.DateTimeField()),
                ('form', models.CharField(max_length=100, null=True, unique=True)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evergreens', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Variant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('added_at', models.DateTimeField()),
                ('allowed_at', models.DateTimeField(null=True)),
                ('frozen', models.TextField(blank=True)),
                ('problem', campaign.models.fields.SentenceField(blank=True)),
                ('left_at', models.DateTimeField(null=True)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='variants', to=settings.AUTH_USER_MODEL)),
                ('allowed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='allowed_variants', to=settings.AUTH_USER_MODEL)),
                ('evergreen', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='variants', to='campaign.evergreen')),
                ('post', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='variant', to='campaign.post')),
            ],
        ),
        migrations.CreateModel(
            name='Repetition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(max_length=100)),
                ('slot', models.DateTimeField()),
                ('evergreen', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='repetitions', to='campaign.evergreen')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='repetitions', to='campaign.post')),
                ('variant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='repetitions', to='campaign.variant')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('evergreen', 'channel', 'slot'), name='one_repetition_a_slot')],
            },
        ),
    ]
