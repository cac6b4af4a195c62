"""Searching by words, without accents and capitals: "bene" finds "Bénévoles". All words of a question must be there.

The database keeps a table of words beside each table that is searched (see the migration 0004_search)."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from django.db import connection
from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from campaign.core.typed import unaccented
from campaign.database.sql import column

MOST_WORDS = 8
"""Words of a question that are looked for; the others are left out."""
LONGEST_WORD = 60
"""Characters of a word that are compared; PostgreSQL's table of words keeps no more."""
FEW = 1_000
"""So many rows are handed to a question by their numbers; with more, the question looks each of its rows up."""
_WORD = re.compile(r"[^\W_]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})


class Searched(StrEnum):
    """A table that can be searched."""

    DELIVERIES = "campaign_delivery"  #: text; title and key of the post
    ATTEMPTS = "campaign_attempt"  #: the network's answer
    POSTS = "campaign_post"  #: title, key, whose story it is, and the latest version
    EVENTS = "campaign_event"  #: the reason; title and key of the post, when it is of a post as a whole


def words(text: str) -> tuple[str, ...]:
    """The words that are looked for, each once, at most MOST_WORDS: letters and digits alone, in small letters, without
    accents."""
    # Only the beginning of a text is read: a question is short, and nobody makes the page work for a whole book.
    return _words_of(text[:500])[:MOST_WORDS]


def has_words(text: str, asked: tuple[str, ...]) -> bool:
    """Whether a text that no table holds has all of these words, each by its beginning."""
    there = _words_of(text)
    return all(any(word.startswith(beginning) for word in there) for beginning in asked)


# The facts of the files are asked again at each search.
@lru_cache(maxsize=4_096)
def _words_of(text: str) -> tuple[str, ...]:
    plain = unaccented(text).lower().translate(_LIGATURES)
    cut = [word[:LONGEST_WORD] for word in _WORD.findall(plain)]
    return tuple(dict.fromkeys(cut))


@dataclass(frozen=True, slots=True)
class SearchFound:
    """What a search has found: the numbers of few rows, or the SELECT, with its values, that answers with the many."""

    numbers: tuple[int, ...] = ()
    question: str = ""
    values: tuple[object, ...] = ()

    def condition(self, of: Searched, field: str = "id") -> Q:
        """The condition, for rows of the table `of`, that the number in this field was found."""
        if not self.question:
            return Q(**{f"{field}__in": self.numbers})
        # The plus keeps the database from going through a long answer row by row: the rows are wanted in their own order,
        # a page at a time. There are placeholders alone: no value is a part of it.
        condition = f"+{of}.{field} IN ({self.question})"
        return Q(RawSQL(condition, self.values, output_field=BooleanField()))  # noqa: S611

    def is_of(self, table: Searched, field: str) -> Q:
        """The condition, for rows of another table, that one of the deliveries that name them in this field was found: of a
        search with a question."""
        named = f"SELECT 1 FROM {Searched.DELIVERIES} d WHERE d.{field} = {table}.id"
        condition = f"EXISTS ({named} AND +d.id IN ({self.question}))"
        return Q(RawSQL(condition, self.values, output_field=BooleanField()))  # noqa: S611


def find(searched: Searched, text: str) -> SearchFound:
    """The rows that have every word of the text; a word is found by its beginning. A text without words ("!?") finds
    nothing."""
    asked = words(text)
    if not asked:
        return SearchFound()
    question, values = _question(searched, asked)
    few = column(int, f"{question} LIMIT {FEW + 1}", *values)
    if len(few) > FEW:
        return SearchFound(question=question, values=values)
    return SearchFound(tuple(few))


def newest(searched: Searched, text: str, most: int) -> list[int]:
    """The numbers of the newest rows that have every word of a text, the newest first: `most` at the most."""
    asked = words(text)
    if not asked:
        return []
    question, values = _question(searched, asked)
    key = "rowid" if connection.vendor == "sqlite" else "id"
    return column(int, f"{question} ORDER BY {key} DESC LIMIT {most}", *values)


def _question(searched: Searched, asked: tuple[str, ...]) -> tuple[str, tuple[object, ...]]:
    table = f"{searched}_words"
    if connection.vendor != "sqlite":
        wanted = " & ".join(f"'{word}':*" for word in asked)
        return f"SELECT id FROM {table} WHERE words @@ %s::tsquery", (wanted,)
    if _has_fts5(searched):
        wanted = " ".join(f'"{word}"*' for word in asked)
        return f"SELECT rowid FROM {table} WHERE {table} MATCH %s", (wanted,)
    # A SQLite that was built without its full-text search looks through all the words.
    alike = " AND ".join(["words LIKE %s"] * len(asked))
    patterns = tuple(f"%{word}%" for word in asked)
    return f"SELECT rowid FROM {table} WHERE {alike}", patterns


def _has_fts5(searched: Searched) -> bool:
    made = column(str, "SELECT sql FROM sqlite_master WHERE name = %s", f"{searched}_words")
    return any("fts5" in statement for statement in made)
