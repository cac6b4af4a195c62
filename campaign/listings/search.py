"""Searching by words, without accents and capitals: "bene" finds "Bénévoles". All words of a question must be there.

The database keeps a table of words beside each table that is searched (see the migration 0004_search)."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection
from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from campaign.database.sql import column

MOST_WORDS = 8
"""Words of a question that are looked for; the others are left out."""
LONGEST_WORD = 60
"""Signs of a word that are compared; PostgreSQL's table of words keeps no more."""
FEW = 1_000
"""So many rows are handed to a question by their numbers; with more, the question looks each of its rows up."""
_WORD = re.compile(r"[^\W_]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})


class Searched(StrEnum):
    """A table that can be searched."""

    DELIVERIES = "campaign_delivery"  #: text; title and key of the post
    ATTEMPTS = "campaign_attempt"  #: the network's answer
    EVENTS = (
        "campaign_event"  #: the reason; title and key of the post, when it is of a post as a whole
    )


def words(text: str) -> tuple[str, ...]:
    """What is looked for: letters and digits alone, small, without accents."""
    folded = unicodedata.normalize("NFKD", text[:500]).lower().translate(_LIGATURES)
    plain = "".join(sign for sign in folded if not unicodedata.combining(sign))
    return tuple(dict.fromkeys(word[:LONGEST_WORD] for word in _WORD.findall(plain)))[:MOST_WORDS]


@dataclass(frozen=True, slots=True)
class SearchFound:
    """What a search has found: the numbers of few rows, or the question whose answer is the many."""

    numbers: tuple[int, ...] = ()
    question: str = ""
    values: tuple[object, ...] = ()

    def condition(self, of: Searched, field: str = "id") -> Q:
        """For rows of the table `of`: the number in this field was found.

        The plus keeps the database from going through a long answer row by row: the rows are wanted in their own order,
        a page at a time.
        """
        if not self.question:
            return Q(**{f"{field}__in": self.numbers})
        asked = (
            f"+{of}.{field} IN ({self.question})"  # placeholders alone: no value is a part of it
        )
        return Q(RawSQL(asked, self.values, output_field=BooleanField()))  # noqa: S611


def find(searched: Searched, text: str) -> SearchFound:
    """The rows that have every word of the text; a word is found by its beginning. Nothing has the words of a text that
    has none ("!?")."""
    asked = words(text)
    if not asked:
        return SearchFound()
    question, values = _question(searched, asked)
    few = column(int, f"{question} LIMIT {FEW + 1}", *values)
    return SearchFound(tuple(few)) if len(few) <= FEW else SearchFound((), question, values)


def _question(searched: Searched, asked: tuple[str, ...]) -> tuple[str, tuple[object, ...]]:
    if connection.vendor != "sqlite":
        wanted = " & ".join(f"'{word}':*" for word in asked)
        return f"SELECT id FROM {searched}_words WHERE words @@ %s::tsquery", (wanted,)
    if _has_fts5(searched):
        wanted = " ".join(f'"{word}"*' for word in asked)
        return f"SELECT rowid FROM {searched}_words WHERE {searched}_words MATCH %s", (wanted,)
    alike = " AND ".join(["words LIKE %s"] * len(asked))
    return f"SELECT rowid FROM {searched}_words WHERE {alike}", tuple(f"%{word}%" for word in asked)


def _has_fts5(searched: Searched) -> bool:
    made = column(str, "SELECT sql FROM sqlite_master WHERE name = %s", f"{searched}_words")
    return any("fts5" in statement for statement in made)
