"""[[help]]: whom people can call, text or read when they need somebody. Every page of a storyteller shows them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from campaign.core.sentence import Sentence
from campaign.core.toml_file import Table

LANGUAGES = ("en", "fr")
_NUMBER = re.compile(r"[0-9][0-9 ()-]{0,30}")


@dataclass(frozen=True, slots=True)
class Help:
    """One of them, worded in one language."""

    language: str
    name: str
    call: str = ""  #: a number as people read it
    text: str = ""  #: the number for text messages
    url: str = ""
    hours: str = ""
    place: str = ""  #: where it is for; "" everywhere

    @property
    def dial(self) -> str:
        """The number to call, as a link has it."""
        return _digits(self.call)

    @property
    def write_to(self) -> str:
        """The number for text messages, as a link has it."""
        return _digits(self.text)


# 9-8-8, by call and text, both languages, day and night:
#   https://www.newswire.ca/news-releases/government-of-canada-launches-three-digit-suicide-crisis-helpline-896472116.html
# 1 866 APPELLE and 535353, Quebec, day and night:
#   https://www.infodimanche.com/actualites/actualite/473288/prevention-du-suicide-le-numero-court-535353-maintenant-disponible
# Quebec's own line goes first in French: 9-8-8 leads there from Quebec.
#   https://lenord-cotier.com/2023/10/21/quebec-ne-fera-pas-la-promotion-de-la-nouvelle-ligne-durgence-9-8-8/
# 1-888-939-3333, bilingual; its hours have changed over the years, so none are said:
#   https://www.cancer.ca/en/about-us/news/national/2016/daffodil-month/?region=ab
CANADA = (
    Help(
        "en",
        "9-8-8: Suicide Crisis Helpline",
        call="9-8-8",
        text="9-8-8",
        url="https://988.ca",
        hours="day and night, every day",
    ),
    Help(
        "en",
        "Emergency services, when somebody is in danger now",
        call="9-1-1",
        hours="day and night, every day",
    ),
    Help(
        "en",
        "1-866-APPELLE: suicide prevention in Quebec",
        call="1-866-277-3553",
        text="535353",
        url="https://suicide.ca",
        hours="day and night, every day",
        place="Quebec",
    ),
    Help(
        "en",
        "Cancer Information Helpline, Canadian Cancer Society",
        call="1-888-939-3333",
        url="https://cancer.ca",
    ),
    Help(
        "fr",
        "1 866 APPELLE\u00a0: prévention du suicide au Québec",
        call="1 866 277-3553",
        text="535353",
        url="https://suicide.ca",
        hours="jour et nuit, tous les jours",
        place="Québec",
    ),
    Help(
        "fr",
        "9-8-8\u00a0: Ligne d’aide en cas de crise de suicide",
        call="9-8-8",
        text="9-8-8",
        url="https://988.ca",
        hours="jour et nuit, tous les jours",
    ),
    Help(
        "fr",
        "Services d’urgence, si quelqu’un est en danger maintenant",
        call="9-1-1",
        hours="jour et nuit, tous les jours",
    ),
    Help(
        "fr",
        "Information et soutien, Société canadienne du cancer",
        call="1 888 939-3333",
        url="https://cancer.ca",
    ),
)


def in_language(lines: Sequence[Help], language: str) -> list[Help]:
    """Those that are worded in a language; all of them where none is: help in another language is better than none."""
    worded = [line for line in lines if line.language == language]
    return worded or list(lines)


def read_help(table: Table) -> tuple[Help, ...]:
    """Every [[help]] of the file, in its order; Canada's where it has none. What is wrong is added to its findings."""
    lines = tuple(_line(entry) for entry in table.tables("help"))
    return lines or CANADA


def _line(table: Table) -> Help:
    line = Help(
        language=table.required("language"),
        name=table.required("name"),
        call=table.text("call"),
        text=table.text("text"),
        url=table.text("url"),
        hours=table.text("hours"),
        place=table.text("place"),
    )
    _check(line, table)
    table.close()
    return line


def _check(line: Help, table: Table) -> None:
    if line.language and line.language not in LANGUAGES:
        message = Sentence('The language of a helpline is "en" or "fr".')
        table.complain("bad-language", message, "language")
    for key, number in (("call", line.call), ("text", line.text)):
        if number and not _NUMBER.fullmatch(number):
            message = Sentence('Write a telephone number, such as "1-888-939-3333".')
            table.complain("bad-number", message, key)
    if line.url and not line.url.startswith("https://"):
        message = Sentence('The url of a helpline begins with "https://".')
        table.complain("bad-url", message, "url")
    if not (line.call or line.text or line.url):
        message = Sentence("A helpline needs a number to call, a number to text, or a url.")
        table.complain("missing-key", message, "name")


def _digits(number: str) -> str:
    return re.sub(r"[^0-9]", "", number)
