"""Finds, in the program's own source, the patterns of the sentences that it makes for people.

A pattern is a sentence with {0}, {1}, … where values stand. Every text of at least two words in the files below counts,
unless it is a docstring, a question to the database, a regular expression or a note in the log. A text that is put
together from a variable of the same function, or from what a function of the same file says, is followed there, so
that a pattern is a whole sentence wherever the code lets it be one.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent / "campaign"
LEFT_OUT = (
    *("commands/", "cli.py"),  # the command line speaks English
    "web/",  # it has a catalogue of its own
    *("checks/catalog.py", "stories/report.py"),  # written in both languages
    *("migrations/", "models/", "delivery/ticker.py"),  # nothing of them is read in the web
)
VALUE = "\0"
"""Stands for a value until the values of a whole sentence are numbered."""
MOST_FORMS = 32
DEEPEST = 6
A_LIST = 12
"""So many words without a sign between them are a list of words, not a sentence."""

QUIET_CALLS = frozenset(
    (
        *(
            "_",  # is in the catalogue of the pages
            "compile",
            "fullmatch",
            "match",
            "search",
            "sub",
            "split",
            "startswith",
            "endswith",
            "execute",
            "rows",
            "_run",
        ),
        *(
            "ValueError",
            "TypeError",
            "RuntimeError",
            "LookupError",
            "HTTPException",
            "getLogger",
            "filterwarnings",
            "simplefilter",
        ),
    )
)
WRAPPERS = {("_refused", 2): f"This file {VALUE}", ("BadPicture", 1): f"The picture {VALUE} {VALUE}"}
"""Functions that make a sentence of its end: which argument that is, and the sentence with its end as the last value."""
NOT_FOR_PEOPLE = frozenset(
    (
        *("loop step", "body cost", "weigh value", "concat texts", "nth 1 sun jun", "last fri may", "before mon 05-25"),
        *("Cancer survivors' network", "mon-fri 10:00", "[networks.facebook] graph_url", "[networks.twitter] api_url"),
        *("# Written in the web: change it there.", "Its file", "The post no longer"),
        *("two thirds", "three quarters", "deux tiers", "trois quarts"),
        *("The picture {0} {1}", "The picture {0}", "This file {0}"),
    )
)
"""Texts that look like sentences and are names, or of which the longer ones are all known."""
_WHOLE = re.compile(r"(?s)[A-Z].*[.?!]")
_SEPARATE = re.compile(f"^{VALUE} (?=[A-Z])|(?<=[.?!]) {VALUE}$|(?<={VALUE})\\s*{VALUE}")
"""Values that are sentences of their own before or after the pattern, or that nothing parts from the one before."""
_SQL = re.compile(
    r"\b(SELECT|UPDATE|INSERT|DELETE FROM|WHERE|VALUES|ORDER BY|PRAGMA|ON CONFLICT|JOIN|SET|LIKE|IS NULL)\b|\bIN \(|\(\?"
)
_NAMED = re.compile(r"\{[a-z_]+\}")
_WORD = re.compile(r"[A-Za-z’']{2,}")
_SMALL_WORD = re.compile(r"(?<![\w/.-])[a-z]{2,}(?![\w/=])")

Texts = list[str]


class Module:
    """One file of the program, and what of it has been taken into a longer sentence."""

    def __init__(self, source: str) -> None:
        self.tree = ast.parse(source)
        self.parents = {child: parent for parent in ast.walk(self.tree) for child in ast.iter_child_nodes(parent)}
        nodes = list(ast.walk(self.tree))
        self.functions = {node.name: node for node in nodes if isinstance(node, ast.FunctionDef)}
        self.constants = {name: value for node in self.tree.body for name, value in _assigned(node)}
        self.taken: set[ast.expr] = set()

    def patterns(self) -> Iterator[str]:
        """Every pattern, in the order of the source; some more than once."""
        whole = [node for node in ast.walk(self.tree) if isinstance(node, ast.expr) and self._is_whole(node)]
        found = [*self._wrapped(), *(text for node in whole for text in self._untaken(node))]
        for pattern in map(numbered, filter(_is_for_people, found)):
            if pattern not in NOT_FOR_PEOPLE:
                yield pattern

    def arguments(self, name: str) -> set[str]:
        """The texts that are handed over under this name in any call."""
        handed = [node.value for node in ast.walk(self.tree) if isinstance(node, ast.keyword) and node.arg == name]
        return {one.value for one in handed if isinstance(one, ast.Constant) and isinstance(one.value, str)}

    def _untaken(self, node: ast.expr) -> Texts:
        """What the node says; of what is taken, whole sentences alone, since those may be said by themselves too."""
        around: ast.AST = node
        while isinstance(around, ast.expr) and around not in self.taken:
            around = self.parents[around]
        return [text for text in self.texts(node) or [] if around not in self.taken or _WHOLE.fullmatch(text.strip())]

    def texts(self, node: ast.AST, depth: int = 0) -> Texts | None:
        """The forms of an expression that is a text; None when it is none, or nothing is known of it."""
        match node:
            case _ if depth > DEEPEST:
                return None
            case ast.Constant(value=str(text)):
                return [_NAMED.sub(VALUE, text)]
            case ast.JoinedStr(values=parts):
                return _joined(self._part(part, depth) for part in parts)
            case ast.BinOp(op=ast.Add(), left=left, right=right):
                sides = [self._followed(side, depth) for side in (left, right)]
                return _joined(side or [VALUE] for side in sides) if any(sides) else None
            case ast.IfExp(body=body, orelse=orelse):
                sides = [self._followed(side, depth) for side in (body, orelse)]
                return [text for side in sides for text in side or [VALUE]] if any(sides) else None
            case ast.Call(func=ast.Attribute(value=template, attr="format")):
                return self._followed(template, depth)
        return None

    def _part(self, part: ast.expr, depth: int) -> Texts:
        if isinstance(part, ast.FormattedValue):
            if part.format_spec or part.conversion != -1:
                return [VALUE]
            return self._followed(part.value, depth) or [VALUE]
        return self.texts(part, depth) or [VALUE]

    def _followed(self, node: ast.expr, depth: int) -> Texts | None:
        """As `texts`, and through a variable or a function of the same file."""
        match node:
            case ast.Name(id=name):
                values, taken = self._values(node, name)
            case ast.Call(func=ast.Name(id=name)) if name in self.functions:
                returns = [one.value for one in ast.walk(self.functions[name]) if isinstance(one, ast.Return)]
                values, taken = [value for value in returns if value], name.startswith("_")
            case ast.Subscript(value=ast.Name(id=name)) if ends := self._ends(name):
                values, taken = ends, True
            case _:
                return self.texts(node, depth + 1)
        forms = [self._followed(value, depth + 1) for value in values]
        if not forms or None in forms:
            return None
        self.taken |= set(values) if taken else set()
        return [text for form in forms for text in form or ()]

    def _values(self, node: ast.AST, name: str) -> tuple[list[ast.expr], bool]:
        """What a variable of the function around is set to; of the file's constants, those that are part of a sentence."""
        around: ast.AST = node
        while not isinstance(around, ast.FunctionDef | ast.Module):
            around = self.parents[around]
        values = [value for one in ast.walk(around) for known, value in _assigned(one) if known == name]
        if values and isinstance(around, ast.FunctionDef):
            return values, True
        constant = self.constants.get(name)
        text = constant.value if isinstance(constant, ast.Constant) else ""
        return ([constant], True) if constant and isinstance(text, str) and text != text.strip() else ([], False)

    def _ends(self, name: str) -> list[ast.expr]:
        """What stands in a table of the file, if it is the ends of sentences."""
        table = self.constants.get(name)
        values = table.values if isinstance(table, ast.Dict) else []
        texts = [one.value for one in values if isinstance(one, ast.Constant)]
        return values if all(isinstance(text, str) and text.endswith(".") for text in texts) and texts else []

    def _wrapped(self) -> Texts:
        """The sentences that the wrappers make; their ends are then no patterns of their own."""
        found: Texts = []
        for call in ast.walk(self.tree):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
                for at, argument in enumerate(call.args):
                    sentence = WRAPPERS.get((call.func.id, at))
                    ends = self._followed(argument, 0) if sentence else None
                    if sentence and ends:
                        self.taken.add(argument)
                        found += [sentence.removesuffix(VALUE) + end for end in ends]
        return found

    def _is_whole(self, node: ast.expr) -> bool:
        """Whether the node is a text that is no part of a longer one, and not among what nobody reads."""
        if isinstance(node, ast.IfExp) or self.texts(node) is None:
            return False
        return not (self._inside_a_text(node) or self._is_quiet(node))

    def _inside_a_text(self, node: ast.AST) -> bool:
        parent = self.parents.get(node)
        match parent:
            case ast.JoinedStr() | ast.BinOp(op=ast.Add()):
                return self.texts(parent) is not None
            case ast.IfExp(test=test):
                return test is node or self._inside_a_text(parent)
            case ast.FormattedValue():
                return True
            case ast.Attribute(attr="format" | "split"):
                return True
        return False

    def _is_quiet(self, node: ast.AST) -> bool:
        parent = self.parents.get(node)
        if isinstance(parent, ast.Expr):
            return True
        while isinstance(parent, ast.expr | ast.keyword):
            match parent:
                case ast.Call(func=ast.Attribute(value=ast.Name(id="log"))):
                    return True
                case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in QUIET_CALLS:
                    return True
            parent = self.parents.get(parent)
        return False


def _assigned(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            yield name, value
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            yield name, value


def _joined(parts: Iterable[Texts]) -> Texts:
    return ["".join(form) for form in product(*parts)][:MOST_FORMS]


def _is_for_people(text: str) -> bool:
    plain = text.replace(VALUE, " ").strip()
    words = len(_WORD.findall(plain))
    is_list = words >= A_LIST and not re.search("[.,:;?!]", plain)
    return " " in plain and words > 1 and not is_list and bool(_SMALL_WORD.search(plain)) and not _SQL.search(plain)


def numbered(text: str) -> str:
    """The text with {0}, {1}, … for its values."""
    parts = _SEPARATE.sub("", text.strip()).split(VALUE)
    return "".join(part + (f"{{{number}}}" if number + 1 < len(parts) else "") for number, part in enumerate(parts))


def files() -> list[Path]:
    """The files whose texts people read in the web."""
    return [file for file in sorted(ROOT.rglob("*.py")) if not file.relative_to(ROOT).as_posix().startswith(LEFT_OUT)]


def extracted(paths: Sequence[Path] | None = None) -> dict[str, str]:
    """Every pattern of the files, with the file in which it was first found."""
    found: dict[str, str] = {}
    for path in paths if paths is not None else files():
        for pattern in Module(path.read_text("utf-8")).patterns():
            found.setdefault(pattern, path.relative_to(ROOT).as_posix())
    return found
