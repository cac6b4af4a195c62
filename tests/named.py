"""What the links and buttons of a page are called, and what each leads to: as a person hears them who does not see the page."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from tests.pages import WITHOUT_END

IGNORED = ("csrfmiddlewaretoken", "form")
"""Fields of a form that do not say what it does."""


@dataclass
class _Open:
    tag: str
    attributes: Mapping[str, str]
    is_unseen: bool
    words: list[str] = field(default_factory=list)
    fields: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class _Control:
    element: _Open
    form: _Open | None
    group: str


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.stack: list[_Open] = []
        self.controls: list[_Control] = []
        self.by_id: dict[str, _Open] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        unseen = tag == "svg" or attributes.get("aria-hidden") == "true"
        unseen = unseen or bool(self.stack and self.stack[-1].is_unseen)
        element = _Open(tag, attributes, unseen)
        self.by_id[attributes.get("id", "")] = element
        if tag == "img":
            self._hear(attributes.get("alt", ""))
        form = self._form()
        if form and tag == "input" and attributes.get("type") == "hidden":
            form.fields.append((attributes.get("name", ""), attributes.get("value", "")))
        if (tag == "a" and "href" in attributes) or tag == "button":
            self.controls.append(_Control(element, form, self._group()))
        if tag not in WITHOUT_END:
            self.stack.append(element)

    def handle_endtag(self, tag: str) -> None:
        for index in range(len(self.stack) - 1, -1, -1):
            if self.stack[index].tag == tag:
                del self.stack[index:]
                break

    def handle_data(self, data: str) -> None:
        self._hear(data)

    def _hear(self, words: str) -> None:
        if not (self.stack and self.stack[-1].is_unseen):
            for element in self.stack:
                element.words.append(words)

    def _form(self) -> _Open | None:
        return next((element for element in self.stack if element.tag == "form"), None)

    def _group(self) -> str:
        groups = [
            element for element in self.stack if element.attributes.get("role") == "group"
        ]
        return groups[-1].attributes.get("aria-label", "") if groups else ""


def named(html: str) -> Mapping[str, set[str]]:
    """The links and buttons of a page by their names, each with all that is reached by it."""
    reader = _Reader()
    reader.feed(html)
    reached: dict[str, set[str]] = defaultdict(set)
    for control in reader.controls:
        reached[_name(control, reader.by_id)].add(_goal(control))
    return reached


def _name(control: _Control, by_id: Mapping[str, _Open]) -> str:
    attributes = control.element.attributes
    own = attributes.get("aria-label") or "".join(control.element.words)
    for name in ("aria-labelledby", "aria-describedby"):
        ids = attributes.get(name, "").split()
        told = " ".join("".join(by_id[key].words) for key in ids)
        own = told if told and name == "aria-labelledby" else f"{own} {told}"
    return " ".join(f"{own} {control.group}".split())


def _goal(control: _Control) -> str:
    attributes, form = control.element.attributes, control.form
    if control.element.tag == "a":
        return f"link {attributes['href']}"
    if form is None or attributes.get("type") == "button":
        return f"button {sorted(attributes.items())}"
    told = [pair for pair in form.fields if pair[0] not in IGNORED]
    pressed = attributes.get("name", ""), attributes.get("value", "")
    action = attributes.get("formaction") or form.attributes.get("action", "")
    return f"form {action} {told} {pressed}"
