"""The Jinja2 of messages: sandboxed, strict about names, and counted."""

import os
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from pathlib import Path
from types import BuiltinMethodType, ModuleType
from typing import cast

from jinja2 import (
    BaseLoader,
    StrictUndefined,
    Template,
    TemplateNotFound,
    nodes,
    pass_eval_context,
)
from jinja2.environment import Environment
from jinja2.exceptions import SecurityError
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace, missing

from campaign.content.templates.budget import (
    BITS,
    INNER_FILTERS,
    METHOD_SIZES,
    SIZE,
    RefusedError,
    TooMuchError,
    check_operation,
    fits,
    metered,
    printed,
    rendering,
)
from campaign.content.templates.syntax import Meter
from campaign.core.finding import did_you_mean
from campaign.core.foreign import reason_of
from campaign.core.sentence import Sentence

# Plain text is never escaped, so the filters for HTML are not there; random would make what is sent differ from what
# was approved; the others show how a value looks in Python, or break a post's lines.
DROPPED_FILTERS = frozenset(
    {
        "attr",
        "e",
        "escape",
        "forceescape",
        "pprint",
        "random",
        "safe",
        "striptags",
        "tojson",
        "urlize",
        "wordwrap",
        "xmlattr",
    }
)
# The methods of Python's own types that a template may call. The others change a value, make very large ones, or read
# the inside of an object through a format.
METHODS = frozenset(
    {
        "capitalize",
        "casefold",
        "lower",
        "swapcase",
        "title",
        "upper",
        "strip",
        "lstrip",
        "rstrip",
        "startswith",
        "endswith",
        "find",
        "rfind",
        "index",
        "rindex",
        "count",
        "replace",
        "split",
        "rsplit",
        "splitlines",
        "partition",
        "rpartition",
        "removeprefix",
        "removesuffix",
        "isalnum",
        "isalpha",
        "isascii",
        "isdecimal",
        "isdigit",
        "islower",
        "isnumeric",
        "isspace",
        "istitle",
        "isupper",
        "get",
        "items",
        "keys",
        "values",
        "is_integer",
        "date",
        "time",
        "isoformat",
        "isocalendar",
        "isoweekday",
        "weekday",
        "strftime",
    }
)


PARTS = 5_000  # of one template: a tag, a name, a value, a piece of plain text …


class MessageEnvironment(ImmutableSandboxedEnvironment):
    """Jinja2 with every loop, call, filter and operation counted in the Budget of the rendering."""

    intercepted_binops = frozenset(("+", "-", "*", "**", "%"))

    def __init__(self, folder: Path | None) -> None:
        self.folder = Folder(folder)
        super().__init__(
            undefined=_Missing,
            loader=self.folder,
            finalize=_finalize,
            optimized=False,
            keep_trailing_newline=True,
        )
        self.globals = {"range": range, "dict": _dict, "namespace": _namespace}
        kept = self.filters.keys() - DROPPED_FILTERS
        self.filters = {
            name: metered(name, self.filters[name], is_filter=True) for name in kept
        } | INNER_FILTERS
        tests = cast(dict[str, Callable[..., object]], self.tests)
        self.tests = {
            name: metered(name, test, is_filter=False) for name, test in tests.items()
        }

    def tree(self, name: str) -> nodes.Template:
        """The syntax tree of a file in the folder."""
        source, file, _ = self.folder.get_source(self, name)
        return self.parse(source, name, file)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        if len(source) > SIZE:
            raise TooMuchError(Sentence("it is itself longer than {0} characters", f"{SIZE:,}"))
        tree = super()._parse(source, name, filename)
        if sum(1 for _ in tree.find_all(nodes.Node)) > PARTS:
            raise TooMuchError(
                Sentence("it is itself made of more than {0} parts", f"{PARTS:,}")
            )
        return tree

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,
    ) -> str:
        self._check(source, filename)
        return super()._generate(Meter().visit(source), name, filename, defer_init)

    def _load_template(
        self, name: str, values: MutableMapping[str, object] | None, /
    ) -> Template:
        rendering.get().call()
        return super()._load_template(name, values)

    def call(
        self,
        context: Context,
        function: Callable[..., object],
        /,
        *args: object,
        **kwargs: object,
    ) -> object:
        """What a template calls, counted, with what goes in and comes out weighed."""
        budget = rendering.get()
        budget.call()
        for value in (
            *args,
            *(kwargs[key] for key in kwargs if not key.startswith("_")),
        ):
            budget.weigh(value)
        if isinstance(function, BuiltinMethodType):
            budget.weigh(function.__self__)
            if size := METHOD_SIZES.get(function.__name__):
                fits(size(function.__self__, *args, **kwargs))
        return budget.keep(super().call(context, function, *args, **kwargs))

    def call_binop(
        self, context: Context, operator: str, left: object, right: object
    ) -> object:
        """An operation, refused before its result would be too large."""
        budget = rendering.get()
        budget.weigh(left)
        budget.weigh(right)
        check_operation(operator, left, right)
        return budget.keep(super().call_binop(context, operator, left, right))

    def getitem(self, obj: object, argument: object) -> object:
        """A part in brackets, or one step of an attribute that a filter walks."""
        rendering.get().spend(5)
        if isinstance(argument, tuple):
            rendering.get().weigh(argument)
        return super().getitem(obj, argument)

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Nothing of classes and modules, and only METHODS of Python's own types."""
        if isinstance(obj, type | ModuleType) or (
            isinstance(value, BuiltinMethodType) and attr not in METHODS
        ):
            return False
        return super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: object) -> None:
        """Nothing is wrapped: format and format_map are not among the METHODS."""

    def unsafe_undefined(self, obj: object, attribute: str) -> Undefined:
        """What a template gets for a part it may not use: an error as soon as it is used."""
        return self.undefined(
            Sentence('"{0}" cannot be used in a template.', attribute[:60]),
            obj,
            attribute,
            SecurityError,
        )

    def _check(self, tree: nodes.Template, file: str | None) -> None:
        for node in tree.find_all(
            (nodes.Filter, nodes.Test, nodes.Const, nodes.EvalContextModifier)
        ):
            if isinstance(node, nodes.EvalContextModifier):
                raise RefusedError(
                    Sentence("A message is plain text, so {% autoescape %} cannot be used."),
                    node.lineno,
                    file,
                )
            if (
                isinstance(node, nodes.Const)
                and isinstance(node.value, int)
                and node.value.bit_length() > BITS
            ):
                raise RefusedError(
                    Sentence("This number is too long for a template."), node.lineno, file
                )
            known = self.filters if isinstance(node, nodes.Filter) else self.tests
            if isinstance(node, nodes.Filter | nodes.Test) and node.name not in known:
                values = (
                    node.name[:60],
                    did_you_mean(node.name, known.keys() - INNER_FILTERS.keys()),
                )
                if isinstance(node, nodes.Filter):
                    sentence = Sentence(
                        '"{0}" is not a filter that a template can use; {1}', *values
                    )
                else:
                    sentence = Sentence(
                        '"{0}" is not a test that a template can use; {1}', *values
                    )
                raise RefusedError(sentence, node.lineno, file)


class Folder(BaseLoader):
    """Reads templates of one folder, and nothing outside it."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def shown(self, name: str) -> str | None:
        """The file of a template, as the user named the folder."""
        return str(self._folder / name) if self._folder else None

    def get_source(
        self, _environment: Environment, template: str, /
    ) -> tuple[str, str, Callable[[], bool]]:
        """The text of a template, its file, and whether it is still the same; for Jinja2."""
        path = self._path(template)
        try:
            seen, data = path.stat(), path.read_bytes()
            source = data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise RefusedError(
                Sentence("This template is not UTF-8 text: save it again as UTF-8."),
                line,
                str(path),
            ) from None
        except OSError as error:
            raise RefusedError(
                Sentence("This template cannot be read: {0}.", reason_of(error)),
                None,
                str(path),
            ) from None
        file = str(path)
        return source.removeprefix("\ufeff"), file, lambda: _unchanged(file, seen)

    def _path(self, name: str) -> Path:
        if self._folder is None or "\0" in name or "\\" in name or name.startswith("/"):
            raise TemplateNotFound(name)
        path = self._folder / name
        if not path.resolve().is_relative_to(self._folder.resolve()) or not path.is_file():
            raise TemplateNotFound(name)
        return path


def _unchanged(file: str, seen: os.stat_result) -> bool:
    try:
        now = os.stat(file)
    except OSError:
        return False
    return (now.st_mtime_ns, now.st_size, now.st_ino) == (
        seen.st_mtime_ns,
        seen.st_size,
        seen.st_ino,
    )


class _Missing(StrictUndefined):
    """A name or part that is not there; using it raises a sentence with the nearest one that is."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        owner, name = self._undefined_obj, str(self._undefined_name)
        names = rendering.get().names
        if self._undefined_hint:
            return self._undefined_hint
        if owner is missing:
            return unknown(name, names)
        if owner is None or not isinstance(self._undefined_name, str):
            return Sentence(
                'There is no "{0}" here: what it should belong to is empty or too short.',
                name[:60],
            )
        parts = (
            owner
            if isinstance(owner, Mapping)
            else [part for part in dir(owner) if not part.startswith("_")]
        )
        prefix = next((f"{known}." for known, value in names.items() if value is owner), "")
        return Sentence(
            '"{0}" is not a name that a text can use; {1}',
            f"{prefix}{name[:60]}",
            did_you_mean(name, map(str, parts)),
        )


class _Namespace(Namespace):
    """Jinja2's namespace, which does not print what it holds (it could hold itself)."""

    def __repr__(self) -> str:
        return "namespace"


def _namespace(*values: Mapping[str, object], **named: object) -> _Namespace:
    return _Namespace(*values, **named)


def _dict(pairs: Iterable[tuple[str, object]] = (), /, **named: object) -> dict[str, object]:
    return dict(pairs, **named)


@pass_eval_context  # Only so that Jinja2 computes nothing before the rendering, where nothing would be counted.
def _finalize(_context: EvalContext, value: object) -> str:
    text = printed(value)
    rendering.get().spend(len(text))
    return text


def unknown(name: str, known: Iterable[str]) -> str:
    """The sentence about a name that is not known, with the nearest one that is."""
    return Sentence(
        '"{0}" is not a name that a text can use; {1}', name[:60], did_you_mean(name, known)
    )
