"""Columns of our own."""

from typing import TYPE_CHECKING

from django.db.models import TextField

from campaign.core.sentence import read, stored

if TYPE_CHECKING:
    _Text = TextField[str, str]
else:
    _Text = TextField  # Django's own takes no types when it runs


class SentenceField(_Text):
    """What the program says, or somebody's own words: kept so that it can be worded in the reader's language."""

    def get_prep_value(self, value: object) -> str | None:
        """A Sentence as JSON, other words as they are."""
        if value is None:
            return None
        return stored(value if isinstance(value, str) else str(value))

    def from_db_value(self, value: str | None, *_: object) -> str | None:
        """A Sentence where the column holds one as JSON, other words as they are."""
        return None if value is None else read(value)
