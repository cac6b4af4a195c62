"""Every setting with its value, for admins to read. It is changed in config.toml, by whoever looks after the machine."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from campaign.config import Channel, Config, Content, Email, Publishing, Site, Stories, Web
from campaign.config.helplines import Help
from campaign.config.secret import Secret
from campaign.core.span import say_span
from campaign.publishers import NETWORKS
from campaign.web.admin.channels import file_name
from campaign.web.admin.setting_sentences import SECTIONS, sentence_of, title_of
from campaign.web.frame.access import Request, for_admins
from campaign.web.frame.sentences import say
from campaign.web.frame.site import config, config_now

Value = object
_OF_HELP = tuple(field.name for field in fields(Help))


_TIMES = ("slots", "minimum_gap", "max_per_day")
"""Of a channel, what may be set in the pages, too."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting as it is shown."""

    key: str
    value: str
    sentence: str  #: what it is for; "" when that of the setting above says it


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the file."""

    key: str
    name: str
    settings: list[Setting]


@for_admins
@require_GET
def show_settings(request: Request) -> HttpResponse:
    """The settings as the program has read them; a key or a password shows only whether it is there."""
    language = request.LANGUAGE_CODE
    sections, channels = _values(config()), config().channels.values()
    in_force = config_now().channels
    context = {
        "sections": [_section(key, values, language) for key, values in sections.items()],
        "channels": [
            _channel(channel, in_force[channel.name], language) for channel in channels
        ],
        "file": file_name(),
        "has_file": bool(config().file),
        "unsaid": config().site.unsaid if config().stories.open else (),
    }
    return render(request, "admin/settings.html", context)


def _values(read: Config) -> dict[str, Mapping[str, Value]]:
    """Every section of the file with its settings, in the order in which they are shown."""
    parts: dict[str, Site | Publishing | Content | Web | Email | Stories] = {
        "site": read.site,
        "publishing": read.publishing,
        "content": read.content,
        "web": read.web,
        "email": read.email,
        "stories": read.stories,
    }
    values = {
        name: {field.name: getattr(part, field.name) for field in fields(part)}
        for name, part in parts.items()
    }
    values["stories"]["key"] = next(iter(read.stories.key), None)  # only whether there is one
    values["checks"] = {
        code: level.value if level else "off" for code, level in sorted(read.checks.items())
    }
    values["help"] = {
        name: tuple(getattr(line, name) for line in read.help) for name in _OF_HELP
    }
    values["database"] = {"url": _database(read.database.url)}
    for name, network in NETWORKS.items():
        defaults = {key: setting.default for key, setting in network.settings.items()}
        values[f"networks.{name}"] = defaults | dict(read.network(name).settings)
    values["prices"] = dict(read.prices)
    of_networks = [f"networks.{name}" for name in NETWORKS]
    return {key: values[key] for key in (*SECTIONS, *of_networks)}


def _database(url: str) -> str:
    """What kind of database it is, with the name of an SQLite file. Its address may hold a password, and is not shown."""
    file = url.removeprefix("sqlite:///")
    return "PostgreSQL" if file == url else f"SQLite, {Path(file).name}"


def _section(key: str, values: Mapping[str, Value], language: str) -> Section:
    settings = []
    for name, value in values.items():
        full_key = f"{key}.{name}"
        settings.append(Setting(full_key, _shown(value, language), sentence_of(full_key)))
    return Section(key, title_of(key), settings)


def _channel(channel: Channel, in_force: Channel, language: str) -> Section:
    """A channel with the times that count; those that were set in the pages say so, and what the file says."""
    network = NETWORKS[channel.network]
    values: dict[str, Value] = {"network": channel.network, "language": channel.language}
    for name in network.required_keys + network.optional_keys:
        values[name] = channel.keys.get(name, Secret("", "missing"))
    settings = [Setting(name, _shown(value, language), "") for name, value in values.items()]
    settings[2:2] = [_time(name, channel, in_force, language) for name in _TIMES]
    return Section(f"channels.{channel.name}", channel.name, settings)


def _time(name: str, channel: Channel, in_force: Channel, language: str) -> Setting:
    of_file, counts = getattr(channel, name), getattr(in_force, name)
    said = ""
    if counts != of_file:
        said = _("Set in the pages. %(file)s says: %(value)s")
        said %= {"file": file_name(), "value": _shown(of_file, language)}
    return Setting(name, _shown(counts, language), said)


def _shown(value: Value, language: str) -> str:
    """A value as people read it. Of a secret, whether it is there."""
    match value:
        case Secret():
            is_set = not value.problem and value.reveal()
            return _("set") if is_set else _("missing")
        case bool():
            return "true" if value else "false"
        case timedelta():
            return say(say_span(value), language)
        case ZoneInfo():
            return value.key
        case Path():
            return value.name
        case tuple():
            return ", ".join(filter(None, map(str, value))) or _("left out")
        case None | "":
            return _("left out")
    return str(value)


urlpatterns = [path("settings/", show_settings, name="settings")]
