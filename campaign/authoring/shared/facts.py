"""Facts: who leans on each, what changing one would change, and the change itself, in its file and in the queue."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Concat

from campaign.authoring import load
from campaign.authoring.approvals import standing
from campaign.authoring.compose import Desk
from campaign.authoring.following import Loaded
from campaign.authoring.shared.effects import (
    MOST,
    Effect,
    effects_between,
    files_of,
    need_shown,
    note_editor,
    stop,
)
from campaign.authoring.shared.fact_file import NotWritten, open_file, replace_file
from campaign.content.facts import Fact, read_facts
from campaign.content.facts_file import (
    CannotRewrite,
    lines_of,
    problems_with,
    rewritten,
    values_of,
)
from campaign.content.facts_file import Value as FactValue
from campaign.content.library import FACTS, Library, with_posts, without_posts
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence, joined
from campaign.core.toml_file import read_toml_text
from campaign.database import events
from campaign.database.sql import writing
from campaign.models import Delivery
from campaign.planning.known import known_now
from campaign.planning.plan import Plan, plan
from campaign.states import GONE, NOT_OUT_YET, Status


def leaning(key: str) -> list[Delivery]:
    """The latest deliveries that lean on a fact, those still to come first; not what was taken out of the queue."""
    citing = _citing(key).exclude(status__in=GONE).select_related("post")
    latest = citing.order_by("-due_at", "-id")[:MOST]
    return sorted(latest, key=_those_to_come_first)


def _those_to_come_first(delivery: Delivery) -> tuple[bool, str, str]:
    return delivery.status == Status.PUBLISHED, delivery.post.key, delivery.channel


def what_changes(
    fact: Fact, values: Mapping[str, FactValue], desk: Desk, now: datetime
) -> list[Effect]:
    """What would become of every delivery that leans on the fact and is not out yet, if the fact said `values`.

    Nothing is changed. Raises Problem when the values are no fact, or when too many lean on it.
    """
    after = _planned(fact.id, _changed(fact, values, desk), desk, now)
    before = _planned(fact.id, fact, desk, now)
    return effects_between(after, before, _waiting(fact.id))


def change_fact(
    fact: Fact,
    values: Mapping[str, FactValue],
    opened: str,
    by: User,
    desk: Desk,
    now: datetime,
    *,
    shown: str = "",
) -> Loaded:
    """Writes the fact into its file and brings the change into the queue; both, or neither.

    `opened` is the digest of the file when the person opened it, and `shown` is `seen` of the effects that they have read.
    Raises Problem when the file has changed since or the values are no fact, NotWritten with the lines to put in when the
    file cannot be written from here, and Asked when more than a few approvals would be lost that nobody was shown.
    """
    file = open_file(desk.config.content.posts)
    changed = _changed(fact, values, desk)
    if file.digest != opened:
        raise Problem(
            Sentence(
                "The file of facts has changed since you opened this page: look at the fact again."
            )
        )
    try:
        text = rewritten(file.text, fact.id, values, desk.config.site.languages)
    except CannotRewrite:
        why = Sentence(
            "This fact cannot be changed from here, because of how the file of facts is written; nothing has changed."
        )
        raise NotWritten(why, lines_of(fact.id, values)) from None
    before = _planned(fact.id, fact, desk, now)
    after = _planned(fact.id, changed, desk, now)

    def because(stops: str) -> Sentence:
        return Sentence("The fact {0} has changed: {1}", fact.id, stops)

    with writing():
        approved = standing(now)
        effects = effects_between(after, before, _waiting(fact.id))
        load.keep_facts([changed])
        loaded = load.bring(after, _library(desk, changed), now, None)
        note_editor([effect for effect in effects if not effect.stops], by)
        stop([effect for effect in effects if effect.stops], because, by, now)
        need_shown(effects, shown, approved, now)
        said = Sentence("{0}: {1}.", fact.id, _difference(fact, values))
        events.note(None, "", "", now, actor=by.username, action="fact changed", reason=said)
        # The file comes last: when it cannot be written, the transaction is undone.
        replace_file(file.path, text, lines_of(fact.id, values))
    return loaded


def _citing(key: str) -> QuerySet[Delivery]:
    # The column holds keys with blanks between them: with one at each end, no key matches within a longer one.
    padded = Concat(Value(" "), "facts", Value(" "), output_field=TextField())
    return Delivery.objects.alias(padded=padded).filter(padded__contains=f" {key} ")


def _waiting(key: str) -> list[Delivery]:
    """What leans on a fact and would follow a change of it. Raises Problem when that is too much for a page."""
    citing = _citing(key).filter(status__in=NOT_OUT_YET, part_ids="").select_related("post")
    waiting = list(citing.order_by("due_at", "id")[: MOST + 1])
    if len(waiting) > MOST:
        raise Problem(
            Sentence(
                "More than {0} deliveries lean on {1}, too many to look at here: change it in facts.toml and load it.",
                MOST,
                key,
            )
        )
    return waiting


def _changed(fact: Fact, values: Mapping[str, FactValue], desk: Desk) -> Fact:
    """The fact as it would be read from its file with these values. Raises Problem when they are no fact."""
    problems = problems_with(fact.id, values, desk.config.site.languages)
    if problems:
        raise Problem(problems[0].message)
    table = read_toml_text(lines_of(fact.id, values), FACTS)
    return replace(read_facts(table)[fact.id], place=fact.place)


def _library(desk: Desk, fact: Fact) -> Library:
    """The library without its posts, and with this fact."""
    facts = {**desk.library.facts, fact.id: fact}
    return replace(without_posts(desk.library), facts=facts)


def _planned(key: str, fact: Fact, desk: Desk, now: datetime) -> Plan:
    """The posts that lean on a fact, planned with it as given: each as it says now, and no other post."""
    posts = {delivery.post for delivery in _waiting(key)}
    files = files_of(posts, desk)
    library, known = with_posts(_library(desk, fact), files), known_now(now, list(files))
    return plan(library, desk.config, now, known)


def _difference(fact: Fact, values: Mapping[str, FactValue]) -> str:
    old = values_of(fact)
    differences = []
    for key in dict.fromkeys((*old, *values)):
        was, now = old.get(key, ""), values.get(key) or ""
        if now != was:
            differences.append(Sentence("{0} was “{1}”, is “{2}”", key, was, now))
    return joined(differences, "; ")
