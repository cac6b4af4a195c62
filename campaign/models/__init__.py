"""What the database keeps: posts, their deliveries, the log of attempts and events, facts, pauses, channels."""

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q

from campaign.models.fields import SentenceField
from campaign.states import Stage, Status


def called(title: str, key: str) -> str:
    """How people know a post: by its title, or by the name of its file, which its key ends with."""
    return title or key.rsplit("/", 1)[-1].replace("-", " ").capitalize()


class Post(models.Model):
    """A post as it was last loaded."""

    key = models.CharField(max_length=200, unique=True)  #: campaign/name
    campaign = models.CharField(max_length=100, db_index=True)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=20)
    example = models.BooleanField(default=False)
    #: where to find help: a pause may leave it out, and no day of remembrance keeps it back
    is_help = models.BooleanField(default=False, db_default=False)
    author = models.ForeignKey(User, models.PROTECT, null=True, related_name="posts")
    #: who changed it last
    editor = models.ForeignKey(User, models.PROTECT, null=True, related_name="edited_posts")
    #: a story's consent, as its file states it; a reference to the storyteller, never a name
    storyteller = models.CharField(max_length=100, blank=True)
    #: one of its versions told of a person, whatever it says now
    was_story = models.BooleanField(default=False, db_default=False)
    consent_from = models.DateField(null=True)
    consent_until = models.DateField(null=True)
    consent_channels = models.TextField(blank=True)  #: names, separated by blanks
    #: what it uses the story for
    consent_purpose = models.CharField(
        max_length=20, default="awareness", db_default="awareness"
    )
    loaded_at = models.DateTimeField()
    #: how people name it in the web; else its key
    title = models.CharField(max_length=200, blank=True)
    stage = models.CharField(
        max_length=20, choices=[(s.value, s.value) for s in Stage], default=Stage.PLANNED
    )
    stage_reason = models.TextField(blank=True)  #: why it was returned
    #: the number of its latest version; 0 while it has none
    version = models.PositiveIntegerField(default=0)
    #: SHA-256 of its file as last loaded; "" when made in the web
    file_digest = models.CharField(max_length=64, blank=True)
    #: which opened form it was made with: a form that is sent twice makes one post
    form = models.CharField(max_length=100, null=True)
    #: when its words were erased, for the sake of its person; it is locked for good then
    emptied_at = models.DateTimeField(null=True)
    #: the posts that it was made with, and is moved with
    series = models.ForeignKey("Series", models.PROTECT, null=True, related_name="posts")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("form",), name="one_post_a_form", condition=Q(form__isnull=False)
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[s.value for s in Stage]), name="known_stage"
            ),
        )
        indexes = (
            models.Index(
                fields=("stage", "loaded_at"), name="post_stage", condition=~Q(stage="planned")
            ),
        )

    def __str__(self) -> str:
        return self.key

    @property
    def called(self) -> str:
        """How people know it: by its title, or by the name of its file."""
        return called(self.title, self.key)


class Version(models.Model):
    """A post's whole text as somebody saved it, in the words of a post file. Never changed afterwards."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    source = models.TextField()  #: TOML, as in a post's file
    folder = models.TextField(blank=True)  #: what the files of its pictures are beside
    #: None: loaded without --by
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="versions")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("post", "number"), name="versions_are_numbered"),
        )


class Draft(models.Model):
    """What a person is typing into a post, kept while they type. Nobody else's words are touched by it."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="drafts")
    user = models.ForeignKey(User, models.CASCADE, related_name="drafts")
    based_on = models.PositiveIntegerField()  #: the number of the version that it began with
    fields = models.TextField()  #: JSON: the fields of the form, and the title
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("post", "user"), name="one_draft_each"),)


class Upload(models.Model):
    """A picture that came in through the web, free of metadata, in the folder of uploads under its own hash."""

    digest = models.CharField(max_length=64, unique=True)  #: SHA-256 of the kept file
    media_type = models.CharField(max_length=20)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="uploads")
    at = models.DateTimeField()
    #: the post that it came in for: it may be in none of its versions
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="uploads")
    #: digest of the whole picture that it was cut out of
    cut_from = models.CharField(max_length=64, blank=True, default="", db_default="")
    #: who can be recognised in it, as who sent it says: "self", "others"; "" for nobody, and where nobody was asked
    people = models.CharField(max_length=10, blank=True, default="", db_default="")

    @property
    def file_name(self) -> str:
        """Its name in the folder of uploads."""
        return f"{self.digest}.{self.media_type.removeprefix('image/').replace('jpeg', 'jpg')}"


_WAITING = ["draft", "missed", "failed"]
_OTHERS = ["queued", "sending", "unconfirmed", "cancelled", "withdrawn", "removed"]
_NOT_WELL = ["refused", "try_later", "unconfirmed"]


class Delivery(models.Model):
    """One post, in one language, on one channel, at one due time. `campaign.delivery.queue` alone writes `status`."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=100)
    network = models.CharField(max_length=30)
    language = models.CharField(max_length=10)
    status = models.CharField(
        max_length=20, choices=[(s.value, s.value) for s in Status], default=Status.DRAFT
    )
    reason = SentenceField(blank=True)  #: why it has its status, in a sentence
    when = models.CharField(max_length=100)  #: as the file wrote it
    #: the id of the day that `when` names, where it is that very day
    for_day = models.CharField(max_length=100, blank=True, default="", db_default="")
    planned_at = models.DateTimeField()  #: what the file's `when` came to
    due_at = models.DateTimeField()  #: when it is due; a person may move it
    latest_at = models.DateTimeField()  #: after this it must not go out
    next_at = models.DateTimeField()  #: when to try next; due_at, or later after *try later*
    text = models.TextField()
    fingerprint = models.CharField(max_length=64)
    #: an address that goes out beside the text, as an attachment
    link = models.TextField(blank=True, default="", db_default="")
    #: ids of the facts that the text leans on, separated by blanks
    facts = models.TextField(blank=True)
    approved_fingerprint = models.CharField(max_length=64, blank=True)
    #: as it read when it was last approved, to show what has changed since
    approved_text = models.TextField(blank=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="approvals")
    approved_at = models.DateTimeField(null=True)
    claimed_by = models.CharField(max_length=100, blank=True)
    #: how often the network asked to try this one later
    tries = models.PositiveIntegerField(default=0)
    #: of the post, or of the first part of a thread
    remote_id = models.CharField(max_length=200, blank=True)
    url = models.TextField(blank=True)
    #: the remote ids of the parts that are out, separated by blanks
    part_ids = models.TextField(blank=True)
    #: JSON: file, hash and alt text of each picture, as approved
    pictures = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True)
    look_at = models.DateTimeField(null=True)  #: unconfirmed: when to look for it next
    #: unconfirmed: how often it was looked for in vain
    looks = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("post", "channel"), name="one_delivery_a_channel"),
            models.CheckConstraint(
                condition=Q(status__in=[s.value for s in Status]), name="known_status"
            ),
        )
        indexes = (
            # The questions that are asked every second, each by a small index: what is due, and on which channel.
            models.Index(
                fields=("next_at", "channel"), name="queued_next", condition=Q(status="queued")
            ),
            models.Index(
                fields=("channel", "due_at"),
                name="queued_channel",
                condition=Q(status="queued"),
            ),
            models.Index(
                fields=("latest_at",), name="queued_latest", condition=Q(status="queued")
            ),
            models.Index(
                fields=("channel", "look_at"),
                name="in_doubt",
                condition=Q(status="unconfirmed"),
            ),
            models.Index(fields=("channel",), name="being_sent", condition=Q(status="sending")),
            models.Index(fields=("channel", "published_at"), name="published_when"),
            models.Index(fields=("due_at", "id"), name="by_due"),
            models.Index(fields=("fingerprint",), name="by_fingerprint"),
            # For lists: small, and no question of the queue itself can be answered by them.
            models.Index(
                fields=("status", "due_at", "id"),
                name="waiting_due",
                condition=Q(status__in=_WAITING),
            ),
            models.Index(
                fields=("status", "due_at", "id"),
                name="others_due",
                condition=Q(status__in=_OTHERS),
            ),
        )

    def __str__(self) -> str:
        return f"{self.id} ({self.post.key} on {self.channel})"


class Attempt(models.Model):
    """One try at a delivery: written before the call to the network, finished after it, then never changed."""

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="attempts")
    number = models.PositiveIntegerField()
    part = models.PositiveIntegerField(default=1)  #: of a thread
    worker = models.CharField(max_length=100)
    text = models.TextField()  #: exactly what was handed to the network
    #: what was handed to it beside the text, as an attachment
    link = models.TextField(blank=True, default="", db_default="")
    started_at = models.DateTimeField(db_index=True)  #: by this machine's clock
    #: so many seconds it was ahead of the network's own; None where that was not known
    clock_ahead = models.BigIntegerField(null=True)
    finished_at = models.DateTimeField(null=True)
    #: published, refused, try_later or unconfirmed
    outcome = models.CharField(max_length=20, blank=True)
    #: the delivery's status after it
    status = models.CharField(max_length=20, default=Status.SENDING)
    detail = SentenceField(blank=True)
    remote_id = models.CharField(max_length=200, blank=True)
    url = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("delivery", "number"), name="attempts_are_numbered"
            ),
        )
        indexes = (
            models.Index(
                fields=("outcome", "started_at", "id"),
                name="not_well",
                condition=Q(outcome__in=_NOT_WELL),
            ),
        )


class SecondCopy(models.Model):
    """A post of ours on a network of which its delivery has another one already, since a worker that had been silent for
    too long sent it all the same. `campaign.delivery.copies` deletes it; the row stays, as a record."""

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="second_copies")
    remote_id = models.CharField(max_length=200)
    url = models.TextField(blank=True)
    at = models.DateTimeField()  #: when its answer came
    next_at = models.DateTimeField()  #: when it is looked after next
    tries = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)  #: it is gone, or turned out to be the only one
    problem = SentenceField(blank=True)  #: why it is not deleted yet, in a sentence

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("delivery", "remote_id"), name="one_row_for_each_copy"
            ),
        )
        indexes = (
            models.Index(
                fields=("next_at",),
                name="copies_that_stand",
                condition=Q(ended_at__isnull=True),
            ),
        )


class Event(models.Model):
    """One change that was no attempt: who or what, when, from, to, why.

    The database itself refuses to change or delete events and finished attempts; only where a person's words are erased may
    a reason become empty (see the migrations, and docs/decisions/0017).
    """

    at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=150)
    action = models.CharField(max_length=50)
    delivery = models.ForeignKey(Delivery, models.PROTECT, null=True, related_name="events")
    #: of a post as a whole
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="events")
    from_status = models.CharField(max_length=20, blank=True)
    to_status = models.CharField(max_length=20, blank=True)
    reason = SentenceField(blank=True)

    class Meta:
        indexes = (
            models.Index(fields=("action", "at", "id"), name="by_action"),
            models.Index(fields=("actor", "at", "id"), name="by_actor"),
        )


class ChannelState(models.Model):
    """Who works on a channel, until when it rests, and why."""

    name = models.CharField(max_length=100, unique=True)
    owner = models.CharField(max_length=100, blank=True)
    lease_until = models.DateTimeField(null=True)
    rest_until = models.DateTimeField(null=True)
    rest_reason = SentenceField(blank=True)
    troubles = models.PositiveIntegerField(default=0)  #: troubles of the whole channel in a row
    #: the database may not know what went out since then: nothing goes out before the account was looked at
    look_since = models.DateTimeField(null=True)
    look_at = models.DateTimeField(null=True)  #: when to look next
    look_problem = SentenceField(
        blank=True, default="", db_default=""
    )  #: why it could not be looked at
    #: so many seconds the clock of the machine that publishes is ahead of the network's own; 0 while they agree
    clock_ahead = models.BigIntegerField(default=0, db_default=0)
    #: when somebody last asked the network about its keys
    tested_at = models.DateTimeField(null=True)
    test_problem = SentenceField(blank=True)  #: what came of it; "" when all was well


class Fact(models.Model):
    """What the gate must know of a fact; loaded with the posts."""

    key = models.CharField(max_length=100, unique=True)
    status = models.CharField(max_length=20)
    review_by = models.DateField()
    #: it was written in the pages, and nobody but its writer has looked at it
    waits_for_eyes = models.BooleanField(default=False, db_default=False)


class Pause(models.Model):
    """A stop that a person has put on everything, or on what is of a campaign, a channel or a language."""

    campaign = models.CharField(max_length=100, blank=True)
    channel = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=10, blank=True)
    #: help lines go out all the same
    except_help = models.BooleanField(default=False, db_default=False)
    reason = models.TextField()
    started_by = models.CharField(max_length=150)
    started_at = models.DateTimeField()
    #: when it ends by itself; None: when a person ends it
    until = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=150, blank=True)
    ended_at = models.DateTimeField(null=True)


from campaign.models import (  # noqa: E402 - Django finds their tables through here
    cards,  # noqa: F401
    care,  # noqa: F401
    checks,  # noqa: F401
    closing,  # noqa: F401
    corrections,  # noqa: F401
    evergreen,  # noqa: F401
    lookback,  # noqa: F401
    people,  # noqa: F401
    remembrance,  # noqa: F401
    series,  # noqa: F401
    shared,  # noqa: F401
    stories,  # noqa: F401
)
