"""Facts: who leans on each, what changing one would change, and the change itself, in its file and in the queue."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial

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
from campaign.authoring.shared.written import keep, newest_number
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
from campaign.core.clock import local_day
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence, joined
from campaign.core.toml_file import read_toml_text
from campaign.database import events
from campaign.database.sql import writing
from campaign.models import Delivery
from campaign.models.shared import SharedKind
from campaign.people.roles import need_decider
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
    after = _planned(fact.id, _changed(fact, values, desk, now), desk, now)
    before = _planned(fact.id, fact, desk, now)
    return _effects(fact, after, before)


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
    """Writes the fact to where it stands, its file or the pages, and brings the change into the queue; both, or neither.

    `opened` is `as_opened` when the person opened it, and `shown` is `seen` of the effects that they have read. A fact of
    the pages has to be confirmed anew by somebody else.
    Raises Problem when it has changed since or the values are no fact, NotWritten with the lines to put in when the
    file cannot be written from here, and Asked when more than a few approvals would be lost that nobody was shown.
    """
    changed = _changed(fact, values, desk, now)
    into_file = None if fact.of_pages else _into_file(fact, values, opened, desk)
    before = _planned(fact.id, fact, desk, now)
    after = _planned(fact.id, changed, desk, now)

    def because(stops: str) -> Sentence:
        why = stops or Sentence("somebody other than its writer confirms it first.")
        return Sentence("The fact {0} has changed: {1}", fact.id, why)

    with writing():
        approved = standing(now)
        effects = _effects(fact, after, before)
        if fact.of_pages:
            _keep_version(fact.id, values, opened, by, now)
        load.keep_facts([changed])
        loaded = load.bring(after, _library(desk, changed), now, None)
        note_editor([effect for effect in effects if not effect.stops], by)
        stop(filter(_is_stopped, effects), because, by, now)
        need_shown(effects, shown, approved, now)
        said = Sentence("{0}: {1}.", fact.id, _difference(fact, values))
        events.note(None, "", "", now, actor=by.username, action="fact changed", reason=said)
        if into_file:
            # The file comes last: when it cannot be written, the transaction is undone.
            into_file()
    return loaded


def as_opened(fact: Fact, desk: Desk) -> str:
    """What stands there now: the digest of the file, or the number of the version that was written in the pages."""
    if fact.of_pages:
        return str(newest_number(SharedKind.FACT, fact.id))
    return open_file(desk.config.content.posts).digest


def _into_file(
    fact: Fact, values: Mapping[str, FactValue], opened: str, desk: Desk
) -> Callable[[], None]:
    """What writes the file with the fact in it, looked at beforehand. Raises Problem and NotWritten as `change_fact`."""
    file = open_file(desk.config.content.posts)
    if file.digest != opened:
        raise Problem(
            Sentence(
                "The file of facts has changed since you opened this page: look at the fact again."
            )
        )
    lines = lines_of(fact.id, values)
    try:
        text = rewritten(file.text, fact.id, values, desk.config.site.languages)
    except CannotRewrite:
        why = Sentence(
            "This fact cannot be changed from here, because of how the file of facts is written; nothing has changed."
        )
        raise NotWritten(why, lines) from None
    return partial(replace_file, file.path, text, lines)


def _keep_version(
    key: str, values: Mapping[str, FactValue], opened: str, by: User, now: datetime
) -> None:
    need_decider(by)
    began_with = int(opened) if opened.isdecimal() and len(opened) < 9 else 0
    source = lines_of(key, values)
    keep(SharedKind.FACT, key, source, by, now, based_on=began_with)


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


def fact_of(key: str, values: Mapping[str, FactValue], desk: Desk, now: datetime) -> Fact:
    """The fact of the pages that says this. Raises Problem when the values are no fact, or were counted on a day that is
    still to come."""
    problems = problems_with(key, values, desk.config.site.languages)
    if problems:
        raise Problem(problems[0].message)
    table = read_toml_text(lines_of(key, values), FACTS)
    fact = read_facts(table)[key]
    if fact.own and fact.own.on > local_day(now, desk.config.site.timezone):
        raise Problem(
            Sentence("The day of the count, {0}, is still to come: correct it.", fact.own.on)
        )
    return replace(fact, of_pages=True)


def _changed(fact: Fact, values: Mapping[str, FactValue], desk: Desk, now: datetime) -> Fact:
    """The fact as it would be read with these values from where it stands. Raises Problem when they are no fact."""
    changed = fact_of(fact.id, values, desk, now)
    return replace(changed, place=fact.place, of_pages=fact.of_pages)


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


def _effects(fact: Fact, after: Plan, before: Plan) -> list[Effect]:
    """Also what is approved and leans on a fact of the pages: it waits for a second pair of eyes on the fact."""
    return effects_between(after, before, _waiting(fact.id), asks_for_eyes=fact.of_pages)


def _is_stopped(effect: Effect) -> bool:
    return bool(effect.stops) or effect.waits_for_eyes


def _difference(fact: Fact, values: Mapping[str, FactValue]) -> str:
    old = values_of(fact)
    differences = []
    for key in dict.fromkeys((*old, *values)):
        was, now = old.get(key, ""), values.get(key) or ""
        if now != was:
            differences.append(Sentence("{0} was “{1}”, is “{2}”", key, was, now))
    return joined(differences, "; ")
