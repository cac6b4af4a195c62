"""Jinja2 for messages: a post's own text and the files under templates/, in a sandbox that stops a runaway."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from jinja2 import Template, TemplateNotFound, TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError, TemplateRuntimeError, UndefinedError

from campaign.content.templates.budget import (
    SIZE,
    Budget,
    RefusedError,
    TooMuchError,
    fits,
    rendering,
)
from campaign.content.templates.environment import MessageEnvironment, unknown
from campaign.content.templates.syntax import allowed, assigned, used
from campaign.core.foreign import as_sentence
from campaign.core.sentence import Sentence

_ASKED = re.compile(r'(\{\{ ?[a-z]+(?:\((?:"[^"{}\\\n]*")?\))? ?\}\})')
"""All that nearly every text of a post asks for: {{ name }}, or {{ name("…") }} with one text and nothing else."""
_FILE = re.compile(r"[^\s{}]+\.j2")
LONGEST_IN_PIECES = 10_000
"""Characters up to which no text made of such pieces comes near a limit that its whole would pass."""


class TemplateError(Exception):
    """What is wrong in a template: one sentence, the line (from 1), and the file (None in a post's own text)."""

    def __init__(self, message: str, line: int | None = None, file: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.file = file


class NameProblem(RefusedError):
    """Raised by a function that a template calls; its text is a sentence for the person who wrote the template."""


class Sandbox:
    """Renders post texts, and the templates of a folder (None: there are none). Safe to use from several threads."""

    def __init__(self, folder: Path | None) -> None:
        self._environment = MessageEnvironment(folder)
        self._template: Callable[[str], Template] = lru_cache(maxsize=4_096)(self._compile)
        self._names_in: Callable[[str], frozenset[str]] = lru_cache(maxsize=4_096)(
            self._read_names
        )

    def render_text(self, source: str, names: Mapping[str, object]) -> str:
        """A post's own text, in which {{ … }} and {% if %} alone are allowed. Raises TemplateError."""
        if "{" not in source and len(source) <= SIZE:
            return source
        pieces = _pieces(source)
        if pieces:
            # An error comes from rendering the whole text below, which knows the line.
            with suppress(TemplateError, TooMuchError):
                return self._joined(pieces, names)
        return self._text(source, names)

    def render_file(self, name: str, names: Mapping[str, object]) -> str:
        """A template of the folder, for example "fact/short.txt.j2". Raises TemplateError."""
        return self._render(lambda: self._environment.get_template(name), names, name)

    def undefined_names(
        self, source_or_name: str, known: Collection[str]
    ) -> list[TemplateError]:
        """Every use of a name that is not known, in branches too that no rendering reaches, in the order of lines.

        Takes a post's own text, or the name of a file in the folder (one word that ends in .j2). What cannot be
        read at all is one error in the list.
        """
        if _FILE.fullmatch(source_or_name):
            file = self._environment.folder.shown(source_or_name)
            return self._undefined(lambda: self._environment.tree(source_or_name), known, file)
        if "{" not in source_or_name and len(source_or_name) <= SIZE:
            return []
        pieces = _pieces(source_or_name)
        if pieces:
            with suppress(TemplateSyntaxError):
                return self._undefined_in(pieces, known)
        return self._undefined(lambda: self._text_tree(source_or_name), known, None)

    def _undefined(
        self, read: Callable[[], nodes.Template], known: Collection[str], file: str | None
    ) -> list[TemplateError]:
        try:
            tree = read()
            local = assigned(tree) | self._environment.globals.keys() | set(known)
            unknown_names = {(name.lineno, name.name) for name in used(tree, local)}
        except Exception as error:
            return [_problem(error, file)]
        return [
            TemplateError(unknown(name, known), line, file)
            for line, name in sorted(unknown_names)
        ]

    def _joined(self, pieces: Sequence[str], names: Mapping[str, object]) -> str:
        """The text that says and asks for its pieces in turn.

        Jinja2 takes a millisecond to compile a whole text, and two posts seldom have the same; a piece is compiled once
        for all texts that ask for it.
        """
        said = list(pieces)
        # What is asked for has the odd places, between what is said.
        said[1::2] = [self._text(piece, names) for piece in pieces[1::2]]
        text = "".join(said)
        fits(len(text))
        return text

    def _undefined_in(
        self, pieces: Sequence[str], known: Collection[str]
    ) -> list[TemplateError]:
        unknown_names: set[tuple[int, str]] = set()
        line = 1
        for number, piece in enumerate(pieces):
            if number % 2:
                for name in self._names_in(piece):
                    if name not in known:
                        unknown_names.add((line, name))
            line += piece.count("\n")
        return [
            TemplateError(unknown(name, known), line) for line, name in sorted(unknown_names)
        ]

    def _read_names(self, piece: str) -> frozenset[str]:
        tree = self._text_tree(piece)
        local = assigned(tree) | self._environment.globals.keys()
        return frozenset(name.name for name in used(tree, local))

    def _text(self, source: str, names: Mapping[str, object]) -> str:
        return self._render(lambda: self._template(source), names, None)

    def _text_tree(self, source: str) -> nodes.Template:
        return allowed(self._environment.parse(source))

    def _compile(self, source: str) -> Template:
        return self._environment.from_string(self._text_tree(source))

    def _render(
        self, template: Callable[[], Template], names: Mapping[str, object], name: str | None
    ) -> str:
        token = rendering.set(Budget(names))
        try:
            compiled = template()
            # What Template.render does, without its own handling of errors.
            context = compiled.new_context({**self._environment.globals, **names}, shared=True)
            text = "".join(compiled.root_render_func(context))
            fits(len(text))
        except Exception as error:
            file = None if name is None else self._environment.folder.shown(name)
            raise _problem(error, file) from None
        finally:
            rendering.reset(token)
        return text


# A text is asked for its names, and then for its words on one channel after the other.
@lru_cache(maxsize=1_024)
def _pieces(source: str) -> tuple[str, ...]:
    """What the text says itself and what it asks for, in turn; nothing when Jinja2 has to read it as a whole."""
    if len(source) > LONGEST_IN_PIECES or "\r" in source:  # Jinja2 turns \r into \n
        return ()
    pieces = _ASKED.split(source)
    if any("{" in said for said in pieces[::2]):
        return ()
    return tuple(pieces)


def _problem(error: Exception, file: str | None) -> TemplateError:
    """An exception as a sentence for a person, with the line and the file of the template."""
    if isinstance(error, TemplateError):
        return error
    if isinstance(error, TemplateSyntaxError):
        message = Sentence("This template cannot be read: {0}", _ended(error.message))
        return TemplateError(message, error.lineno, error.filename)
    line, placed = _place(error)
    if isinstance(error, RefusedError):
        return TemplateError(str(error), error.line or line, error.file or placed or file)
    return TemplateError(_sentence(error), line, placed or file)


def _place(error: Exception) -> tuple[int | None, str | None]:
    """The innermost line of a template that the exception came through, and its file."""
    line, file, traceback = None, None, error.__traceback__
    while traceback is not None:
        template = traceback.tb_frame.f_globals.get("__jinja_template__")
        if isinstance(template, Template):
            line = template.get_corresponding_lineno(traceback.tb_lineno)
            file = template.filename if template.name else None
        traceback = traceback.tb_next
    return line, file


def _sentence(error: Exception) -> str:
    if isinstance(error, TemplateNotFound):
        return Sentence(
            'There is no template "{0}" in the folder of templates: write it, or correct its name.',
            error.name,
        )
    if isinstance(error, RecursionError | MemoryError | OverflowError):
        limit = Sentence("it is nested or calls itself too deep, or a number is too large")
        return str(TooMuchError(limit))
    if isinstance(error, UndefinedError | SecurityError):
        return _ended(error.message)
    if isinstance(error, TypeError | ValueError | ArithmeticError | TemplateRuntimeError):
        return Sentence("This part of the template cannot be worked out: {0}", _ended(error))
    return Sentence(
        "This part of the template cannot be worked out ({0}).", type(error).__name__
    )


def _ended(message: object) -> str:
    """What an exception says as a sentence: ours as it is, of a library's the first line, with a full stop."""
    said = getattr(message, "message", message)
    if isinstance(said, Sentence):
        return said
    lines = str(message or "").splitlines()
    line = as_sentence(lines[0][:300]) if lines else Sentence("it is not written correctly")
    return line if line.endswith((".", "?", "!")) else line + "."
