"""How far a machine's clock is ahead of a network's own: at an attempt, and where people are told of it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaign', '0010_looking_back'),
    ]

    operations = [
        migrations.AddField(
            model_name='attempt',
            name='clock_ahead',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='channelstate',
            name='clock_ahead',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
    ]
