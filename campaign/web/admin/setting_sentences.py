"""What each setting of config.toml is for: the sentences of config.example.toml, so that they can be said in French too."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from campaign.publishers import NETWORKS

SECTIONS: Mapping[str, Promise] = {
    "site": _("The organization"),
    "publishing": _("Publishing"),
    "content": _("Posts and templates"),
    "database": _("Database"),
    "web": _("These pages"),
    "email": _("E-mail"),
    "prices": _("Prices"),
    "stories": _("Stories"),
    "help": _("Whom people can turn to"),
    "checks": _("Checks"),
}
"""The sections of the file in the order in which they are shown, and what they are called."""

SENTENCES: Mapping[str, Promise] = {
    "site.name": _("The name of your organization."),
    "site.timezone": _("The time zone in which times are written and posts go out."),
    "site.languages": _("The languages of your posts. Each post has them all."),
    "site.url": _(
        "Your own site. Only links to it are tagged, so that you can count its visits."
    ),
    "site.legal_name": _(
        "Who answers for the stories that people tell, as the law names your organization. Empty, it is the name above."
    ),
    "site.privacy_person": _(
        'The person who answers for personal information: a name or an office, such as "Marie Tremblay, privacy officer".'
    ),
    "site.privacy_contact": _(
        "How that person is reached: an e-mail address, or a telephone number."
    ),
    "site.policy_url": _(
        'Where your privacy policy stands, such as "https://survivornet.ca/privacy".'
    ),
    "site.phone": _(
        "A number to call instead of filling in a form. The pages on which people tell their story show it."
    ),
    "database.url": _(
        "Where the queue and the log are kept. A file for one machine, beside this one; PostgreSQL for several machines: "
        '"postgresql://USER:PASSWORD@HOST/NAME". It may also be { env = "DATABASE_URL" }, so that no password stands here.'
    ),
    "content.posts": _(
        "The folders of your posts and of the message templates. Left out, they are the ones beside this file, "
        "or else those that come with the program."
    ),
    "content.card_hosts": _(
        "The hosts whose pages may be read, to show in a preview what their links will look like. Left out, they are those of the "
        "campaigns' links and of your own site."
    ),
    "publishing.dry_run": _(
        "true: every message is shown and none is sent. Set it to false when all accounts have their keys."
    ),
    "publishing.concurrency": _(
        "How many accounts are worked on at the same time, from 1 to 256."
    ),
    "publishing.grace": _(
        "How late a post may still go out, for example after the machine was off. Later than that, a person decides."
    ),
    "publishing.minimum_gap": _("The least time between two posts of one account."),
    "publishing.retry_wait": _(
        "The first wait when a network asks to try later. Each further wait is twice as long, up to an hour."
    ),
    "publishing.settle": _(
        "The time between two looks at an account, to see whether a post whose answer was lost is there."
    ),
    "publishing.clock_limit": _(
        "How far this machine's clock may be from a network's own before nothing goes out there, until somebody has set it right."
    ),
    "publishing.quiet": _(
        "The hours in which nobody should meet a hard text alone. What would go out then is told before it is approved; help "
        'lines are not. "off": at no hour.'
    ),
    "publishing.own_approval": _(
        "false: nobody approves what they wrote themselves. true: they may, for awareness messages; never for stories."
    ),
    "publishing.together": _(
        "true: when one language of a post failed, was missed or is in doubt, the other waits on that network. false: it goes out."
    ),
    "web.host": _("Where the pages are served. 127.0.0.1 is this machine alone."),
    "web.port": _("The port of that machine."),
    "web.address": _(
        'The address that people type, such as "https://posts.survivornet.ca". Left out, it is http://host:port. '
        "With https, cookies travel encrypted only, and a proxy has to be named below."
    ),
    "web.proxy": _(
        "The address of the proxy in front of the pages, if there is one: its word is taken for https and for who asks."
    ),
    "web.secret_key": _(
        "Signs sessions, and locks second factors. Left out, one is drawn by chance and kept in a file beside the "
        "database; with PostgreSQL it has to stand here, the same for every program."
    ),
    "web.uploads": _("The folder for pictures that come in through the pages."),
    "web.second_factor_for_admins": _(
        "true: admins need a second factor (a code from their phone) to sign in."
    ),
    "web.hsts": _(
        'How long browsers are told to come by https alone (HSTS), such as "365d". '
        "They keep to it: begin with a day. 0s says nothing."
    ),
    "email.host": _(
        "The mail server for invitations and forgotten passwords. Left out, nothing is mailed: admins hand the links over."
    ),
    "email.port": _("Its port; 587 and 465 are usual with tls."),
    "email.user": _("The name with which the program signs in there, and the password."),
    "email.tls": _("Whether the mails travel encrypted."),
    "email.tls_at_once": _(
        "true: encrypted from the first byte; false: once the server has greeted. "
        "Left out, it is true on port 465 and false on others."
    ),
    "email.sender": _("Who the mails are from."),
    "stories.key": _(
        "Seals the names and contacts of the people whose stories are told; 40 signs or more, drawn by chance. Left out, one "
        "is drawn and kept in a file beside the database: keep a copy of it elsewhere, nothing can be read without it. "
        "A list of keys, the newest first, changes the key: what the older ones sealed can still be read."
    ),
    "stories.open": _("false: the public form takes no stories for now."),
    "stories.erase_after": _(
        "So long after a story was taken back, or its consent has ended, what is known of its person is erased."
    ),
    "stories.deadline": _(
        "Working days in which a person deletes what the program cannot delete on a network."
    ),
    "stories.unagreed_days": _(
        "Days for which a story is kept of a person who has agreed to nothing. They are written to two weeks before the end."
    ),
    "stories.on_duty": _(
        "The users whom a letter tells at once when somebody's words sound of distress. Left empty, it goes to all admins who "
        "have an e-mail address."
    ),
    "help.language": _(
        "Whom people can turn to; their pages show it, each language its own list, in this order. Write them for your country: "
        'the ones here are for Canada, and go when you name others. The language that it is worded in, "en" or "fr".'
    ),
    "help.name": _("What it is called."),
    "help.call": _(
        "The number to call, and the number for text messages; one of them, or the url, is needed."
    ),
    "help.url": _("Its page."),
    "help.hours": _("When somebody answers."),
    "help.place": _("Where it is for. Left out, it is for everywhere."),
}
"""What each setting is for. One without a sentence is explained by that of the setting above it."""


def title_of(section: str) -> str:
    """What a section of the file is called; "networks.NAME" as its network."""
    if section in SECTIONS:
        return str(SECTIONS[section])
    network = section.partition(".")[2]
    return NETWORKS[network].title


def sentence_of(key: str) -> str:
    """What a setting is for, in the reader's language; "" where the sentence of the setting above says it."""
    if key in SENTENCES:
        return str(SENTENCES[key])
    sentence = _of_networks().get(key)
    # gettext of "" would be the head of the catalogue.
    return gettext(sentence) if sentence else ""


def _of_networks() -> dict[str, str]:
    """The sentences, in English, of the settings and prices that the networks bring along."""
    sentences: dict[str, str] = {}
    for name, network in NETWORKS.items():
        for key, setting in network.settings.items():
            sentences[f"networks.{name}.{key}"] = setting.sentence
        for key, price in network.prices.items():
            sentences[f"prices.{key}"] = price.sentence
    return sentences
