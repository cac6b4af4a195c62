"""What the database keeps of pages that posts link to."""

from django.db import models

from campaign.models.fields import SentenceField


class LinkedPage(models.Model):
    """What a page said of itself when it was read last."""

    digest = models.CharField(max_length=64, unique=True)  #: SHA-256 of its address
    address = models.TextField()  #: without the tags of a delivery
    title = models.TextField(blank=True)
    words = models.TextField(blank=True)
    picture = models.BinaryField(default=b"")  #: a small JPEG of our own making; b"" for none
    problem = SentenceField(blank=True)  #: why it could not be read the last time
    read_at = models.DateTimeField()
