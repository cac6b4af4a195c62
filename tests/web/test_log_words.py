"""What stands in the log is said in the reader's words."""

import ast
from collections.abc import Iterator

from django.utils import translation

from campaign.stories.telling import WEB_FORM
from campaign.web.frame.log_words import ACTIONS, action_name, who
from tests.stage import ROOT


def written() -> Iterator[str]:
    """The actions that the program writes into the log, as far as they stand in its code as words."""
    for path in (ROOT / "campaign").rglob("*.py"):
        if {"migrations", "commands"} & set(
            path.parts
        ):  # arguments of a command have actions of their own
            continue
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call):
                yield from _actions(call)


def _actions(call: ast.Call) -> Iterator[str]:
    named = [keyword.value for keyword in call.keywords if keyword.arg == "action"]
    if getattr(call.func, "id", "") == "note":
        named += call.args[1:2]
    for value in named:
        if isinstance(value, ast.Constant) and value.value:
            yield str(value.value)


def test_all_that_the_program_does_has_its_words_in_the_log() -> None:
    actions = set(written())
    assert {"consent given", "approved"} <= actions
    assert actions - ACTIONS.keys() == set()


def test_what_is_done_about_stories_is_french_for_those_who_read_french() -> None:
    with translation.override("fr"):
        assert action_name("consent given") == "Consentement donné"
        assert who(WEB_FORM) == "formulaire Web"
    with translation.override("en"):
        assert (action_name("consent given"), who(WEB_FORM)) == ("Consent given", "web form")
