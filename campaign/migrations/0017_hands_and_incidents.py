"""Raised hands and the register of incidents; and no title that was made of a person's words any more.

The first words of a message became its title, and may have named somebody. A title that a person of the team gave stays."""

import tomllib

import django.db.models.deletion
from django.db import migrations, models


def is_made_of(title, source):
    """Whether the title is how the words of a version begin, as it was cut between words until now."""
    try:
        said = tomllib.loads(source)
    except tomllib.TOMLDecodeError:
        return False
    texts = [text for part in said.values() if isinstance(part, dict) for text in part.values()]
    lines = [" ".join(text.split()) for text in texts if isinstance(text, str)]
    return any(line.startswith(title.removesuffix("…")) for line in lines)


def forget_titles(apps, schema_editor):
    Post, Version, Event = (apps.get_model("campaign", name) for name in ("Post", "Version", "Event"))
    contributed = Event.objects.filter(action="contributed").values("post")
    for post in Post.objects.filter(pk__in=contributed).exclude(title=""):
        sources = Version.objects.filter(post=post).values_list("source", flat=True)
        if any(is_made_of(post.title, source) for source in sources):
            Post.objects.filter(pk=post.pk).update(title="")


class Migration(migrations.Migration):

    dependencies = [
        ('campaign', '0016_agreeing'),
    ]

    operations = [
        migrations.CreateModel(
            name='Incident',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('version', models.PositiveIntegerField()),
                ('found_on', models.DateField()),
                ('happened', models.CharField(max_length=200)),
                ('what', models.TextField()),
                ('data', models.TextField()),
                ('people', models.CharField(max_length=100)),
                ('is_serious', models.BooleanField()),
                ('why', models.TextField()),
                ('cai_on', models.DateField(null=True)),
                ('opc_on', models.DateField(null=True)),
                ('people_on', models.DateField(null=True)),
                ('notice', models.TextField(blank=True)),
                ('done', models.TextField()),
                ('closed_on', models.DateField(null=True)),
                ('by', models.CharField(max_length=150)),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('number', 'version'), name='incidents_are_versioned')],
            },
        ),
        migrations.CreateModel(
            name='Hand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=20)),
                ('raised_at', models.DateTimeField()),
                ('told_at', models.DateTimeField(null=True)),
                ('is_reminded', models.BooleanField(default=False)),
                ('in_touch_at', models.DateTimeField(null=True)),
                ('in_touch_by', models.CharField(blank=True, max_length=150)),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hands', to='campaign.post')),
                ('storyteller', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hands', to='campaign.storyteller')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('in_touch_at__isnull', True)), fields=['raised_at'], name='hands_up')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('in_touch_at__isnull', True)), fields=('storyteller',), name='one_raised_hand_a_person'), models.UniqueConstraint(condition=models.Q(('in_touch_at__isnull', True)), fields=('post',), name='one_raised_hand_a_post')],
            },
        ),
        migrations.RunPython(forget_titles, migrations.RunPython.noop),
    ]
