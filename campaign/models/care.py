"""What is kept so that nobody is left alone: raised hands; and the register of incidents with what people entrusted us with."""

from django.db import models
from django.db.models import Q


class Hand(models.Model):
    """That somebody's words tell of distress, and that somebody gets in touch with them. No word of it is kept here.

    It is of a storyteller, or of a post, when a volunteer contributed the words."""

    storyteller = models.ForeignKey(
        "campaign.Storyteller", models.PROTECT, null=True, related_name="hands"
    )
    post = models.ForeignKey("campaign.Post", models.PROTECT, null=True, related_name="hands")
    source = models.CharField(max_length=20)  #: story, remark or contribution
    raised_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)  #: when those on duty were written to last
    is_reminded = models.BooleanField(default=False)  #: they were written to once more
    in_touch_at = models.DateTimeField(null=True)  #: None while it is up
    in_touch_by = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("storyteller",),
                name="one_raised_hand_a_person",
                condition=Q(in_touch_at__isnull=True),
            ),
            models.UniqueConstraint(
                fields=("post",),
                name="one_raised_hand_a_post",
                condition=Q(in_touch_at__isnull=True),
            ),
        )
        indexes = (
            models.Index(
                fields=("raised_at",),
                name="hands_up",
                condition=Q(in_touch_at__isnull=True),
            ),
        )


class Incident(models.Model):
    """What the register says of an incident, as one version: what is known later is the next one. Never changed, never deleted."""

    number = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    found_on = models.DateField()  #: when we became aware of it
    happened = models.CharField(max_length=200)  #: the day or the time, or about when
    what = models.TextField()  #: without anybody's name
    data = models.TextField()  #: which information, or why that is not known
    people = models.CharField(max_length=100)  #: how many, or about how many
    is_serious = models.BooleanField()  #: a risk of serious injury
    why = models.TextField()  #: what that was concluded from
    cai_on = models.DateField(null=True)  #: when the CAI was told
    opc_on = models.DateField(null=True)  #: when the Privacy Commissioner of Canada was told
    people_on = models.DateField(null=True)  #: when the people concerned were told
    notice = models.TextField(blank=True)  #: a public notice, and why
    done = models.TextField()  #: what was done against harm
    closed_on = models.DateField(null=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("number", "version"), name="incidents_are_versioned"
            ),
        )
