"""A story is told first and agreed to later, in steps: who speaks, what they have answered so far, whom they trust, the second
voice of a young person, and the very page that was shown."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaign', '0015_called_wrong'),
    ]

    operations = [
        migrations.CreateModel(
            name='ShownPage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('language', models.CharField(max_length=10)),
                ('words', models.TextField()),
                ('first_at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='consent',
            name='second_voice',
            field=models.CharField(blank=True, db_default='', default='', max_length=10),
        ),
        migrations.AddField(
            model_name='finalword',
            name='is_second',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='storyteller',
            name='adult_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='storyteller',
            name='answers_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='storyteller',
            name='answers_sealed',
            field=models.TextField(blank=True, db_default='', default=''),
        ),
        migrations.AddField(
            model_name='storyteller',
            name='party',
            field=models.CharField(db_default='self', default='self', max_length=20),
        ),
        migrations.AddField(
            model_name='storyteller',
            name='reminded_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='storyteller',
            name='speaker_sealed',
            field=models.TextField(blank=True, db_default='', default=''),
        ),
        migrations.AddField(
            model_name='storyteller',
            name='trusted_sealed',
            field=models.TextField(blank=True, db_default='', default=''),
        ),
        migrations.AddField(
            model_name='storyteller',
            name='trusted_told_at',
            field=models.DateTimeField(null=True),
        ),
    ]
