"""What looking back at the accounts needs: posts there that nobody owns, and which installation this is."""

from django.db import models


class Stray(models.Model):
    """A post that looking back has found on an account, and that no delivery owns. Of its words only a trace is kept, by
    which a text is known again: it may be a story's."""

    channel = models.CharField(max_length=100, db_index=True)
    remote_id = models.CharField(max_length=200)
    url = models.TextField()
    at = models.DateTimeField()
    words = models.CharField(max_length=64)
    links = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("channel", "remote_id"), name="strays_are_noted_once"
            ),
        )


class Installation(models.Model):
    """Which installation this database belongs to: one row, whose key stands in the mark beside the database too."""

    key = models.CharField(max_length=32)
    made_at = models.DateTimeField()
