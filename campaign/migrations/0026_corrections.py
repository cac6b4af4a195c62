"""Corrections of what is out: which post corrects which, and what is being taken down for it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaign', '0025_evergreen'),
    ]

    operations = [
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='campaign.post')),
                ('post', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='correction', to='campaign.post')),
            ],
        ),
        migrations.CreateModel(
            name='Replacement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('next_at', models.DateTimeField(null=True)),
                ('tries', models.PositiveIntegerField(default=0)),
                ('correction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replaces', to='campaign.delivery')),
                ('delivery', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='replacement', to='campaign.delivery')),
            ],
        ),
    ]
