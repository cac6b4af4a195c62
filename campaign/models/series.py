"""Posts that are made together: written in one sitting, for days that follow one rule."""

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q


class Series(models.Model):
    """Posts that belong together. Until its posts are made it holds what is being typed; from then on only its name."""

    name = models.CharField(max_length=200)
    campaign = models.CharField(max_length=100)
    by = models.ForeignKey(User, models.PROTECT, related_name="series")
    begun_at = models.DateTimeField()
    made_at = models.DateTimeField(
        null=True
    )  #: when its posts were made; None while it is written
    typed = models.TextField(
        blank=True
    )  #: JSON: what is typed so far; "" once its posts are made
    #: which opened form it was begun with: a form that is sent twice begins one series
    form = models.CharField(max_length=100, null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("form",), name="one_series_a_form", condition=Q(form__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return self.name
