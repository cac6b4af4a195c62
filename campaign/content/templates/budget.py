"""How much one rendering of a template may do, and where that is counted.

Counting is in-process and deterministic: the same template with the same names always stops at the same place. Four
things are counted, in a Budget that belongs to one rendering: steps of loops, calls, the size of every value that a
template makes, and the work of all of it together (characters copied, items walked, parts of the template executed).
Because every value is weighed when it is made, no later comparison, sorting or joining can meet a very large one.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextvars import ContextVar
from functools import wraps
from typing import TypeGuard

from campaign.core.sentence import Sentence

LOOP_STEPS = 10_000
CALLS = 10_000
SIZE = 100_000  # characters of one value, and of the whole text; each item of a list counts as ITEM
ITEM = 10
WORK = 1_000_000
BITS = 4_096  # of a whole number

CONTAINERS: tuple[type, ...] = (
    tuple,
    list,
    dict,
    set,
    frozenset,
    type({}.keys()),
    type({}.values()),
    type({}.items()),
)

# Inner names of what the rewritten syntax tree calls. The space keeps a template from writing them.
STEP, BODY, WEIGH, CONCAT = "loop step", "body cost", "weigh value", "concat texts"


class RefusedError(Exception):
    """Something a template may not do: a sentence for the person who wrote it, with line and file where known."""

    def __init__(self, message: str, line: int | None = None, file: str | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.file = file


class TooMuchError(RefusedError):
    """A limit was passed."""

    def __init__(self, limit: str) -> None:
        super().__init__(
            Sentence("This was stopped because the template does too much ({0}).", limit)
        )


class Budget:
    """What one rendering has used so far; `names` are the names it was given, for the messages."""

    __slots__ = ("calls", "names", "steps", "work")

    def __init__(self, names: Mapping[str, object]) -> None:
        self.names = names
        self.steps = 0
        self.calls = 0
        self.work = 0

    def step(self, cost: int) -> None:
        """Count one step of a loop, whose body has `cost` parts."""
        self.steps += 1
        if self.steps > LOOP_STEPS:
            raise TooMuchError(Sentence("more than {0} steps in its loops", f"{LOOP_STEPS:,}"))
        self.spend(cost)

    def call(self) -> None:
        """Count one call of a function, macro, filter, test or another template."""
        self.calls += 1
        if self.calls > CALLS:
            raise TooMuchError(Sentence("more than {0} calls", f"{CALLS:,}"))

    def spend(self, work: int) -> None:
        """Count work. A template could reach this with a number of its own, so nothing is ever given back."""
        self.work += work if work > 0 else 1
        if self.work > WORK:
            raise TooMuchError(Sentence("more work than a post ever needs"))

    def weigh(self, value: object) -> None:
        """Refuse a value that is too large, and count the work of handling it."""
        size = len(value) if isinstance(value, str) else weight(value)
        fits(size)
        self.spend(size)

    def keep(self, result: object) -> object:
        """The weighed result of a call; what would be made value by value later is made now, where it is counted."""
        if not isinstance(result, str) and isinstance(result, Iterator):
            values: list[object] = []
            for value in result:
                values.append(value)
                fits(ITEM * len(values))
            result = values
        self.weigh(result)
        return result


rendering: ContextVar[Budget] = ContextVar("rendering")


def fits(size: int) -> None:
    """Refuse a size (in characters) that no post needs."""
    if size > SIZE:
        raise TooMuchError(
            Sentence(
                "a text of more than {0} characters or a list of more than {1} items",
                f"{SIZE:,}",
                f"{SIZE // ITEM:,}",
            )
        )


def weight(value: object) -> int:
    """The size of a value in characters, with everything in it; a little more than SIZE where it is larger."""
    if isinstance(value, str):
        return len(value)
    # A list of what is still to be weighed, and no recursion: a value may be nested deeper than Python calls.
    size, waiting = 0, [value]
    while waiting and size <= SIZE:
        part = waiting.pop()
        if isinstance(part, str):
            size += len(part)
        elif _holds(part):
            size += ITEM * len(part)
            if size <= SIZE:
                waiting.extend(part)
                waiting.extend(part.values() if isinstance(part, dict) else ())
        elif isinstance(part, int):
            size += part.bit_length() >> 6
        elif isinstance(part, range):
            size += ITEM * len(part)
    return size


CALL_IT = Sentence('This is a function and has to be called, for example fact("…").')


def _holds(value: object) -> TypeGuard[Collection[object]]:
    return isinstance(value, CONTAINERS)


def printed(value: object) -> str:
    """The value as text of a post. A list, nothing (None) or a function in a post is always a mistake."""
    if isinstance(value, str | int | float) or type(value).__str__ is not object.__str__:
        return str(value)
    if callable(value):
        raise RefusedError(CALL_IT)
    if value is None:
        raise RefusedError(
            Sentence(
                "This is nothing (None), not a text or a number, and cannot stand in a post."
            )
        )
    kind = type(value).__name__
    raise RefusedError(
        Sentence("This is a {0}, not a text or a number, and cannot stand in a post.", kind)
    )


def refuse_functions(value: object) -> None:
    """Refuse a function, alone or in a list, where a text is made of it: that would be its address in memory.
    The value was weighed, and so is of no great size."""
    waiting = [] if isinstance(value, str) else [value]
    while waiting:
        part = waiting.pop()
        if callable(part) and type(part).__str__ is object.__str__:
            raise RefusedError(CALL_IT)
        if _holds(part):
            waiting.extend(part.values() if isinstance(part, dict) else part)


def check_operation(operator: str, left: object, right: object) -> None:
    """Refuse an operation whose result would be too large, before it is made."""
    if operator == "%" and isinstance(left, str):
        refuse_functions(right)
        fits(_format_size(left, right))
    elif operator in ("*", "**") and isinstance(left, int) and isinstance(right, int):
        left_bits, right_bits = left.bit_length(), right.bit_length()
        bits = left_bits * right if operator == "**" else left_bits + right_bits
        if bits > BITS:
            raise TooMuchError(Sentence("a number that is too long"))
    elif operator == "*" and isinstance(right, int):
        fits(weight(left) * right)
    elif operator == "*" and isinstance(left, int):
        fits(weight(right) * left)


# A conversion of Python's % formatting with a width and a precision of at most three digits.
_CONVERSION = re.compile(r"%(?:\(\w+\))?[#0 +-]*\d{0,3}(?:\.\d{0,3})?[diouxXeEfFgGcs%]")


def _format_size(text: object, *args: object, **kwargs: object) -> int:
    template = str(text)
    rest, count = _CONVERSION.subn("", template)
    if "%" in rest:
        raise RefusedError(
            Sentence(
                "This % format cannot be used in a template; %s, %d and %.1f can, with widths up to 999."
            )
        )
    # A named value may be used by every conversion; a width and a precision of 999 make less than 2,000 characters.
    uses = count if "%(" in template else 1
    return len(template) + 2_000 * count + uses * weight([args, kwargs])


# How large what a filter makes can become, from the same arguments. The names are those of Jinja2, which a template may
# write out; those that make no difference are left to `_`.


def _batch_size(_items: object, linecount: object, *_: object, **__: object) -> int:
    return ITEM * _width(linecount)


def _center_size(_text: object, width: object = 80) -> int:
    return _width(width)


def _indent_size(text: object, width: object = 4, *_: object, **__: object) -> int:
    lines = str(text).splitlines()
    return len(str(text)) + (1 + len(lines)) * _width(width)


def _join_size(items: object, d: object = "", *_: object, **__: object) -> int:
    count = len(items) if _holds(items) or isinstance(items, str | range) else 0
    return weight(items) + count * len(str(d))


def _replace_size(text: object, old: object, new: object, *_: object, **__: object) -> int:
    written = str(text)
    return len(written) + written.count(str(old)) * len(str(new))


def _replace_method_size(owner: object, *args: object, **kwargs: object) -> int:
    if not isinstance(owner, str):  # a date has a replace, too
        return 0
    return _replace_size(owner, *args, **kwargs)


def _round_size(_number: object, precision: object = 0, *_: object, **__: object) -> int:
    return 100 * abs(_width(precision))


def _strftime_size(_date: object, template: object) -> int:
    return 256 * len(str(template))  # what the C library may use before it gives up


def _sum_size(
    _items: object, _attribute: object = None, start: object = 0, **__: object
) -> int:
    if not isinstance(start, int | float):
        raise RefusedError(Sentence("The filter sum adds numbers only."))
    return 0


def _width(width: object) -> int:
    return width if isinstance(width, int) else len(str(width))


SIZES: dict[str, Callable[..., int]] = {
    "batch": _batch_size,
    "center": _center_size,
    "format": _format_size,
    "indent": _indent_size,
    "join": _join_size,
    "replace": _replace_size,
    "round": _round_size,
    "sum": _sum_size,
}
METHOD_SIZES: dict[str, Callable[..., int]] = {
    "replace": _replace_method_size,
    "strftime": _strftime_size,
}


def metered(
    name: str, function: Callable[..., object], *, is_filter: bool
) -> Callable[..., object]:
    """A filter or test that counts as a call, weighs what goes in and what comes out. A filter makes a text, or a part of
    one, so it is given no function."""
    # The environment or context that Jinja2 passes first is not weighed.
    skip = 1 if hasattr(function, "jinja_pass_arg") else 0
    size = SIZES.get(name)

    @wraps(function)
    def run(*args: object, **kwargs: object) -> object:
        budget = rendering.get()
        budget.call()
        for value in (*args[skip:], *kwargs.values()):
            budget.weigh(value)
            if is_filter:
                refuse_functions(value)
        if size is not None:
            fits(size(*args[skip:], **kwargs))
        return budget.keep(function(*args, **kwargs))

    return run


def _step(cost: int) -> bool:
    rendering.get().step(cost)
    return True


def _body(cost: int) -> None:
    rendering.get().spend(cost)


def _weigh(value: object) -> object:
    rendering.get().weigh(value)
    return value


def _concat(parts: list[object]) -> str:
    texts = [printed(part) for part in parts]
    rendering.get().weigh(texts)
    return "".join(texts)


INNER_FILTERS: dict[str, Callable[..., object]] = {
    STEP: _step,
    BODY: _body,
    WEIGH: _weigh,
    CONCAT: _concat,
}
