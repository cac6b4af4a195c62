"""Pausing and resuming on the command line."""

from datetime import datetime

from campaign.commands.frame.call import WELL, Call
from campaign.commands.frame.output import plural, say
from campaign.commands.frame.rows import decider, known_campaign, known_channel
from campaign.content.dates.when import BadWhen, to_utc
from campaign.core.finding import did_you_mean
from campaign.core.problem import Problem
from campaign.delivery import pauses


def pause(call: Call) -> int:
    """Stops publishing before the next post. Raises Problem for a scope or an end that there is not."""
    campaign, channel, language = _scope(call)
    until, reason, by = _until(call), call.arguments.reason, decider(call)
    except_help = call.arguments.except_help
    pauses.pause(
        *(campaign, channel, reason, by, call.clock()),
        language=language,
        until=until,
        except_help=except_help,
    )
    what = pauses.describe(campaign, channel, language)
    end = "until it is resumed"
    if until:
        local = until.astimezone(call.config.site.timezone)
        end = f"until {local:%Y-%m-%d %H:%M}"
    say(f"{what} is paused, from the next post on, {end}.")
    if except_help:
        say("Help lines go out all the same.")
    return WELL


def resume(call: Call) -> int:
    """Ends a pause. What came due meanwhile is missed and waits for a decision, so that nothing goes out in a burst."""
    campaign, channel, language = _scope(call)
    reason, by = call.arguments.reason, decider(call)
    missed = pauses.resume(campaign, channel, reason, by, call.clock(), language=language)
    say(f"{pauses.describe(campaign, channel, language)} goes on.")
    if missed:
        deliveries = plural(missed, "delivery", "deliveries")
        waits = "waits" if missed == 1 else "wait"
        say(
            f"{deliveries} came due during the pause and now {waits} for a decision: "
            "see scheduler.py queue --status missed, then retry, reschedule or cancel."
        )
    for sentence in pauses.standing():
        say(sentence)
    return WELL


def _scope(call: Call) -> tuple[str, str, str]:
    """The campaign, the channel and the language, of which all but one are "". Raises Problem for one that is not known."""
    arguments = call.arguments
    campaign = arguments.campaign or ""
    channel = arguments.channel or ""
    language = arguments.language or ""
    if channel:
        known_channel(call, channel)
    if campaign:
        known_campaign(campaign)
    languages = call.config.site.languages
    if language and language not in languages:
        raise Problem(
            f'"{language}" is not a language of the site; {did_you_mean(language, languages)}'
        )
    return campaign, channel, language


def _until(call: Call) -> datetime | None:
    """The end that was chosen, aware, or None. Raises Problem for a time that the clock leaves out."""
    when = call.arguments.until
    if when is None:
        return None
    zone = call.config.site.timezone
    local = datetime.combine(when.date, when.time)
    try:
        due = to_utc(local, zone)
    except BadWhen as problem:
        raise Problem(str(problem)) from None
    if due.doubled:
        say(f"{when.date} {when.time:%H:%M} comes twice that night: the second one is meant.")
        # fold=1 is the second: the pause must not end too early.
        return local.replace(tzinfo=zone, fold=1)
    return due.utc
