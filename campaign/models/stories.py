"""What is kept of the people whose stories are told: apart from the posts, names and contacts sealed.

Everything else (posts, logs, links, exports) knows a storyteller by the reference alone, such as S-0042."""

from django.db import models
from django.db.models import Q

from campaign.models.fields import SentenceField


class Storyteller(models.Model):
    """A person whose story is told. What identifies them is sealed (`campaign.stories.vault`)."""

    reference = models.CharField(max_length=20, unique=True)  #: "S-0042"
    name_sealed = models.TextField(blank=True)
    contact_sealed = models.TextField(blank=True)
    language = models.CharField(max_length=10)  #: in which we write to them
    held_at = models.DateTimeField(null=True)  #: nothing about them goes out while it is set
    held_by = models.CharField(max_length=150, blank=True)
    hold_reason = models.CharField(max_length=20, blank=True)  #: ill, died or time
    withdrawn_at = models.DateTimeField(null=True)  #: when they took everything back
    erased_at = models.DateTimeField(null=True)  #: only the reference and the dates are left
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)
    #: the consent that counts; 0: none was given
    consent_number = models.PositiveIntegerField(default=0)
    #: SHA-256 of the private link's key
    link_digest = models.CharField(max_length=64, blank=True, db_index=True)
    link_at = models.DateTimeField(null=True)
    #: which opened form it came with: a form that is sent twice makes one record
    form = models.CharField(max_length=100, null=True)
    #: came in while very many did: waits apart until somebody of the team lets it in
    is_aside = models.BooleanField(default=False, db_default=False)
    #: who speaks: self, guardian, family or decider (`campaign.stories.agreeing.parties`)
    party = models.CharField(max_length=20, default="self", db_default="self")
    #: the name of who speaks for them, how they are related, and by what authority
    speaker_sealed = models.TextField(blank=True, default="", db_default="")
    #: the day on which a young person comes of age
    adult_on = models.DateField(null=True)
    #: what they have answered so far of the questions about their consent
    answers_sealed = models.TextField(blank=True, default="", db_default="")
    answers_at = models.DateTimeField(null=True)
    #: whom to ask when they cannot answer, how to reach them, and whether we may tell them
    trusted_sealed = models.TextField(blank=True, default="", db_default="")
    #: when that person was told that they are named
    trusted_told_at = models.DateTimeField(null=True)
    #: when they were written to because nothing was agreed to yet
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("form",), name="one_record_a_form", condition=Q(form__isnull=False)
            ),
        )
        indexes = (
            models.Index(fields=("made_at",), name="stories_aside", condition=Q(is_aside=True)),
        )

    def __str__(self) -> str:
        return self.reference


class Consent(models.Model):
    """What a storyteller has agreed to, as one version. Only `ended_at`, and once `second_voice`, are ever written afterwards
    (and erasure)."""

    storyteller = models.ForeignKey(Storyteller, models.PROTECT, related_name="consents")
    number = models.PositiveIntegerField()
    channels = models.TextField()  #: lists are separated by blanks
    languages = models.CharField(max_length=100)
    purposes = models.CharField(max_length=200, blank=True)
    identity = models.CharField(max_length=20)
    named_as_sealed = models.TextField(blank=True)  #: the name that they chose to be called by
    pictures = models.BooleanField(default=False)
    details = models.TextField(blank=True)  #: what may be told of them
    edits = models.CharField(max_length=30)
    given_on = models.DateField()
    valid_from = models.DateField()
    valid_until = models.DateField()
    if_ill = models.CharField(max_length=20)
    if_died = models.CharField(max_length=20)
    #: what happens to what is out when it ends: keep or remove
    if_ended = models.CharField(max_length=20, default="keep", db_default="keep")
    told = models.TextField(blank=True)  #: what was explained, as ids
    form_version = models.CharField(max_length=50, blank=True)
    form_language = models.CharField(max_length=10, blank=True)
    #: SHA-256 of the page as it was shown: a `ShownPage`
    form_digest = models.CharField(max_length=64, blank=True)
    method = models.CharField(max_length=20)
    #: SHA-256 of the signed file, which is kept elsewhere
    proof_digest = models.CharField(max_length=64, blank=True)
    collected_by = models.CharField(max_length=150)
    #: of a young person with a guardian: "waits" until they say yes themselves, then "yes"; "" where one voice is enough
    second_voice = models.CharField(max_length=10, blank=True, default="", db_default="")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("storyteller", "number"), name="consents_are_numbered"
            ),
        )


class ShownPage(models.Model):
    """A page about consent as it was shown, its words alone: it tells of nobody. Each different one is kept once, for as long
    as there is a log."""

    digest = models.CharField(max_length=64, unique=True)  #: SHA-256 of `words`
    language = models.CharField(max_length=10)
    words = models.TextField()
    first_at = models.DateTimeField()


class FinalWord(models.Model):
    """What a storyteller said of the very text and pictures that will go out. The latest word on a text counts."""

    consent = models.ForeignKey(Consent, models.PROTECT, related_name="final_words")
    delivery = models.ForeignKey(
        "campaign.Delivery", models.PROTECT, related_name="final_words"
    )
    fingerprint = models.CharField(max_length=64)
    answer = models.CharField(max_length=10)  #: yes, no or remark
    #: said by the young person themselves, beside their guardian
    is_second = models.BooleanField(default=False, db_default=False)
    remark_sealed = models.TextField(blank=True)
    #: how far the words of the text differ from those that were told (`campaign.consent.rule.Change`)
    change = models.CharField(max_length=20, blank=True, default="", db_default="")
    #: they were shown what was changed, and said so
    saw_change = models.BooleanField(default=False, db_default=False)
    #: "" when they said it through their private link
    recorded_by = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=("delivery", "consent", "fingerprint"), name="word_on_a_text"),
        )


class Withdrawal(models.Model):
    """That a storyteller took back everything, or a part. No reason is asked, none is kept."""

    storyteller = models.ForeignKey(Storyteller, models.PROTECT, related_name="withdrawals")
    scope = models.CharField(max_length=120)  #: all, channel:NAME, pictures or name
    asked_at = models.DateTimeField()
    via = models.CharField(max_length=20)
    received_by = models.CharField(max_length=150, blank=True)
    #: deliveries that were taken out of the queue with it
    pulled = models.PositiveIntegerField(default=0)
    emptied_at = models.DateTimeField(
        null=True
    )  #: when the words of what was taken back were erased


class TakingBack(models.Model):
    """That a member of the team noted a withdrawal after several others on one day: everything about the person is on
    hold, and it is carried out once a second person has looked, or an hour is over (`campaign.stories.second_look`)."""

    storyteller = models.ForeignKey(Storyteller, models.PROTECT, related_name="takings_back")
    scope = models.CharField(max_length=120)
    via = models.CharField(max_length=20)
    by = models.CharField(max_length=150)
    asked_at = models.DateTimeField()
    due_at = (
        models.DateTimeField()
    )  #: when it is carried out, unless somebody says that it is a mistake
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=150, blank=True)  #: "" when the hour was over

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("storyteller", "scope"),
                name="one_open_taking_back",
                condition=Q(decided_at__isnull=True),
            ),
        )


class Takedown(models.Model):
    """A post that is out on a network and is to be deleted there. `campaign.delivery.takedown` works it off."""

    withdrawal = models.ForeignKey(Withdrawal, models.PROTECT, related_name="takedowns")
    delivery = models.ForeignKey("campaign.Delivery", models.PROTECT, related_name="takedowns")
    asked_at = models.DateTimeField()
    next_at = models.DateTimeField()  #: when the network is asked next
    tries = models.PositiveIntegerField(default=0)
    gone_at = models.DateTimeField(null=True)
    by_hand = models.BooleanField(default=False)  #: a person has to delete it on the account
    due_by = models.DateTimeField(null=True)  #: until when, then
    done_by = models.CharField(max_length=150, blank=True)
    problem = SentenceField(blank=True)  #: why it is not deleted yet, in a sentence

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("withdrawal", "delivery"), name="one_takedown_each"
            ),
        )
        indexes = (
            models.Index(
                fields=("next_at",), name="still_standing", condition=Q(gone_at__isnull=True)
            ),
        )


class LockedPicture(models.Model):
    """A picture of a storyteller that must not be used any more, known by the SHA-256 of its file."""

    digest = models.CharField(max_length=64)
    storyteller = models.ForeignKey(Storyteller, models.PROTECT, related_name="locked_pictures")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("digest", "storyteller"), name="locked_once"),
        )


class Leftover(models.Model):
    """What was to be erased and is still there: `campaign.stories.erasing.leftovers` tries again until it is gone, and the row with
    it, since a place may tell of a person."""

    kind = models.CharField(max_length=20)
    place = models.TextField(blank=True)  #: which file, folder or delivery
    storyteller = models.ForeignKey(
        Storyteller, models.PROTECT, null=True, related_name="leftovers"
    )
    since = models.DateTimeField()
    next_at = models.DateTimeField()  #: when it is tried next
    tries = models.PositiveIntegerField(default=0)
    problem = SentenceField(blank=True)  #: why it is still there, in a sentence

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("kind", "place"), name="leftovers_are_noted_once"),
        )
