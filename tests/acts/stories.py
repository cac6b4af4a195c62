"""Whose story it is: taking back, holding, releasing. What a person wishes is never refused for want of a reason."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from django.contrib.auth.models import Group

from campaign.models.stories import Consent, Storyteller, Withdrawal
from campaign.people.roles import Role
from campaign.stories import consent as consents
from campaign.stories import holding, many, storyteller
from campaign.stories.agreeing import answers, parties
from campaign.stories.consent import After, Explained
from campaign.stories.erasing import erasure
from campaign.stories.storyteller import HoldReason
from campaign.stories.withdrawal import ALL, Via, of_channel, withdraw
from campaign.web.frame import site
from tests.acts.frame import COMMAND, Act, Case, Door, Scene, World, command, page, person_of
from tests.deliveries import NOON, consent, good_story, person
from tests.pages import Page
from tests.stories_in_web import ANSWERS

YEARS = timedelta(days=4_000)


def told(*before: Callable[[Storyteller], object], channel: str = "x-en") -> Scene:
    """A story that waits for its time, after what was done about its person before."""

    def scene(_: World) -> Case:
        one = good_story(due=NOON + YEARS)
        who = storyteller.find(one.post.storyteller)
        key = storyteller.new_link(who, "maria", NOON)
        for act in before:
            act(who)
        return Case(None, {"reference": who.reference, "key": key, "channel": channel})

    return scene


def taken_back(who: Storyteller) -> object:
    return withdraw(who, ALL, Via.LINK, "", NOON)


def part_taken_back(who: Storyteller) -> object:
    return withdraw(who, of_channel("x-en"), Via.LINK, "", NOON)


def erased(who: Storyteller) -> object:
    taken_back(who)
    return erasure.erase(who, Via.STAFF, site.config().web.uploads, "ana", NOON)


def held(who: Storyteller) -> object:
    return holding.hold(who, HoldReason.TIME, "maria", NOON)


def too_ill(who: Storyteller) -> object:
    return holding.hold(who, HoldReason.ILL, "maria", NOON)


def after_three(world: World) -> Case:
    """Whoever asks has noted three withdrawals today; what comes next waits for a second look at the team's doors."""
    for _ in range(many.FEW):
        other = person()
        consent(other)
        withdraw(other, ALL, Via.STAFF, world.by, NOON)
    return told()(world)


def wished_away(who: Storyteller) -> object:
    """They wished that it is taken down when they are too ill."""
    return Consent.objects.filter(storyteller=who).update(if_ill=After.REMOVE)


def how_many_are_taken_back() -> object:
    return Withdrawal.objects.count()


def by_themselves(door: Door) -> Door:
    """Through their private link, without signing in."""

    def act(world: World, case: Case, before: Page | None) -> Page | str:
        return door(replace(world, staff=world.stranger), case, before)

    return act


def erased_people() -> object:
    """Whom an act may have erased."""
    return list(Storyteller.objects.order_by("pk").values_list("erased_at", "name_sealed"))


def by_an_admin(scene: Scene) -> Scene:
    """Who asks is one, though else they are of the staff."""

    def as_admin(world: World) -> Case:
        person_of(world.staff).groups.set(Group.objects.filter(name=Role.ADMIN))
        return scene(world)

    return as_admin


WITHDRAW = Act(
    "take back",
    {
        COMMAND: command("withdraw", "{reference}", is_told=True),
        "page of a story": page("/stories/{reference}/take-back/", scope="all"),
        "noted for them": page("/stories/take-back/", sure="yes"),
        "their private link": by_themselves(page("/my-story/{key}/take-back/", scope="all")),
    },
    {
        "it is taken back already": told(taken_back),
        "nothing is left of it": told(erased),
        "everything about them is on hold": told(held),
        "who asks has noted three today": after_three,
        "nothing": told(),
    },
    how_many_are_taken_back,
)


def part(door: Door) -> Door:
    """One channel, as the choice of a page is sent."""

    def act(world: World, case: Case, before: Page | None) -> Page | str:
        scope = of_channel(case.typed["channel"])
        return door(world, replace(case, typed={**case.typed, "scope": scope}), before)

    return act


TAKE_PART_BACK = Act(
    "take a part back",
    {
        COMMAND: command("withdraw", "{reference}", "--channel", "{channel}", is_told=True),
        "page of a story": part(page("/stories/{reference}/take-back/")),
        "their private link": by_themselves(part(page("/my-story/{key}/take-back/"))),
    },
    {
        "that part is taken back already": told(part_taken_back),
        "all of it is taken back": told(taken_back),
        "they never allowed that channel": told(channel="y-en"),
        "nothing": told(),
    },
)
HOLD = Act(
    "hold",
    {
        COMMAND: command("hold", "{reference}", "--reason", "ill"),
        "page of a story": page("/stories/{reference}/hold/", reason="ill"),
    },
    {
        "it is on hold already": told(too_ill),
        "they asked for time before": told(held),
        "nothing is left of it": told(erased),
        "nothing": told(),
    },
)
HOLD_WITH_A_WISH = Act(
    "hold whose story is to be taken down then",
    {
        COMMAND: command("hold", "{reference}", "--reason", "ill", is_told=True),
        "page of a story": page("/stories/{reference}/hold/", reason="ill"),
    },
    {"nobody else has looked": told(wished_away)},
    how_many_are_taken_back,
)
RELEASE = Act(
    "release",
    {
        COMMAND: command("release", "{reference}"),
        "page of a story": page("/stories/{reference}/hold/", then="release"),
    },
    {"it is not on hold": told(), "nothing": told(held)},
)


def of_a_child(*before: Callable[[Storyteller], object]) -> Scene:
    """A mother's consent for her child of 16, after what was done about it before."""

    def scene(_: World) -> Case:
        who = person()
        parties.speaks_for(who, parties.Party.GUARDIAN, "Anne Roy")
        mother = parties.Speaker("Anne Roy", "her mother", parties.Authority.PARENT.value)
        of_age = NOON.date() + timedelta(days=2 * 365)
        consent(who, given_on=NOON.date(), speaker=mother, adult_on=of_age)
        key = storyteller.new_link(who, "maria", NOON)
        for act in before:
            act(who)
        return Case(None, {"reference": who.reference, "key": key})

    return scene


def said_already(who: Storyteller) -> object:
    return consents.second_yes(who, "maria", NOON)


def of_one_voice(_: World) -> Case:
    who = person()
    consent(who)
    key = storyteller.new_link(who, "maria", NOON)
    return Case(None, {"reference": who.reference, "key": key})


def voices() -> object:
    return list(Consent.objects.order_by("pk").values_list("second_voice"))


SECOND_YES = Act(
    "say yes as a young person",
    {
        "page of a story": page("/stories/{reference}/second/"),
        "their private link": by_themselves(page("/my-story/{key}/second/")),
    },
    {
        "one voice is enough": of_one_voice,
        "it is said already": of_a_child(said_already),
        "all of it is taken back": of_a_child(taken_back),
        "nothing": of_a_child(),
    },
    voices,
)


def parties_there() -> object:
    return list(Storyteller.objects.order_by("pk").values_list("party"))


SPEAK = Act(
    "let who is of age speak for themselves",
    {"page of a story": page("/stories/{reference}/themselves/")},
    {"nobody spoke for them": of_one_voice, "nothing": of_a_child()},
    parties_there,
)


def answered(**more: str | list[str]) -> Scene:
    """A person who has agreed to nothing and answered every question, but for what is named."""

    def scene(_: World) -> Case:
        who = person(contact="514 555-0199")
        given = {**ANSWERS, "means": ["yes"], **more}
        kept = {
            name: value if isinstance(value, list) else [value] for name, value in given.items()
        }
        answers.keep(who, kept, NOON)
        key = storyteller.new_link(who, "maria", NOON)
        return Case(None, {"reference": who.reference, "key": key, **_typed(given)})

    return scene


def _typed(given: Mapping[str, str | list[str]]) -> dict[str, str]:
    return {
        name: value if isinstance(value, str) else " ".join(value)
        for name, value in given.items()
    }


def in_steps(world: World, case: Case, before: Page | None) -> Page:
    """The yes at the end of the steps, on the page that was read."""
    address = f"/my-story/{case.typed['key']}/consent/read/"
    read = world.stranger.get(address).one("input[name=page]")["value"]
    sent = world.stranger.sends(address, {"do": "agree", "agreed": "yes", "page": read})
    while sent.went_to:
        sent = world.stranger.sends(sent.went_to)
    return sent


def by_the_team(world: World, case: Case, before: Page | None) -> Page:
    """As it was said by phone, on the page for it."""
    lists = ("channels", "purposes", "details", "may_tell")
    sent: dict[str, object] = {
        **{name: value for name, value in case.typed.items() if name in ANSWERS},
        **{name: case.typed[name].split() for name in lists},
        "told": [part.value for part in Explained],
        "method": "spoken",
        "given_on": NOON.date().isoformat(),
    }
    answer = world.staff.sends(f"/stories/{case.typed['reference']}/consent/", sent)
    while answer.went_to:
        answer = world.staff.sends(answer.went_to)
    return answer


def how_many_consents() -> object:
    return Consent.objects.count()


AGREE = Act(
    "agree",
    {"page of a story": by_the_team, "their private link": in_steps},
    {
        "somebody is to be asked, and nobody is named": answered(trusted=""),
        "no channel is chosen": answered(channels=[]),
        "it would hold for longer than five years": answered(
            until="day", until_day="2040-01-01"
        ),
        "nothing": answered(),
    },
    how_many_consents,
)
ERASE = Act(
    "erase",
    {
        COMMAND: command("erase", "{reference}"),
        "page of a story": page("/stories/{reference}/erase/", sure="yes"),
        "their private link": by_themselves(page("/my-story/{key}/erase/", sure="yes")),
    },
    {
        "somebody of the staff asks": told(),
        "it is erased already": by_an_admin(told(erased)),
        "all of it is taken back": by_an_admin(told(taken_back)),
        "everything about them is on hold": by_an_admin(told(held)),
        "nothing": by_an_admin(told()),
    },
    state=erased_people,
)


def called() -> object:
    """How people are called, and which of their consents counts."""
    people = Storyteller.objects.order_by("pk")
    return [(storyteller.name_of(who), who.consent_number) for who in people]


_TYPED = {"name": "Zoé Bianchi", "contact": "514 555-0199", "language": "fr"}
CORRECT = Act(
    "correct a name",
    {
        "page of a story": page("/stories/{reference}/contact/correct/", **_TYPED),
        "their private link": by_themselves(page("/my-story/{key}/details/", **_TYPED)),
    },
    {
        "nothing is left of it": told(erased),
        "all of it is taken back": told(taken_back),
        "everything about them is on hold": told(held),
        "nothing": told(),
    },
    called,
)
