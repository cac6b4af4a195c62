"""How heavy the house is: sizes of files and functions, nodes of the syntax a line, names that stand in several places.

    python -m bench.figures [FOLDER]

No aim is held here; it is for comparing two states of the program, each counted by the same script.
"""

import ast
import io
import statistics
import sys
import tokenize
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

LONG = 200
"""Characters of a line of a template, above which nobody reads it."""
EVERYWHERE = {"Meta", "Command", "Migration"}
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
VAGUE = ("one", "found", "item", "data", "result")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Module:
    """A file: its tree, and its lines that are neither blank, comment nor docstring."""

    path: Path
    tree: ast.Module
    lines: int
    code: list[str]
    comments: int

    @property
    def functions(self) -> list[Function]:
        """All, methods and inner ones too."""
        return [
            node
            for node in ast.walk(self.tree)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        ]


def modules(folder: Path) -> list[Module]:
    """Of a package, without its migrations, which nobody edits."""
    return [
        read(path) for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts
    ]


def read(path: Path) -> Module:
    """One file."""
    text = path.read_text("utf-8")
    tree = ast.parse(text)
    tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    left_out = set(_docstring_lines(tree))
    comments = {
        token.start[0]
        for token in tokens
        if token.type == tokenize.COMMENT and _is_alone(token)
    }
    kept = [
        line
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip() and number not in left_out | comments
    ]
    return Module(path, tree, len(text.splitlines()), kept, len(comments))


def nodes_a_line(found: Sequence[Module]) -> float:
    """Nodes of the syntax for each line of code: how much a line carries."""
    nodes = sum(1 for module in found for _ in ast.walk(module.tree))
    return nodes / sum(len(module.code) for module in found)


def figures(folder: Path) -> Iterator[tuple[str, str]]:
    """What house.md counts, in its order."""
    found = modules(folder)
    functions = [function for module in found for function in module.functions]
    lengths = [(function.end_lineno or 0) - function.lineno + 1 for function in functions]
    sizes = [module.lines for module in found]
    code = [line for module in found for line in module.code]
    yield "files, lines", f"{len(found)}, {sum(sizes):,}"
    yield "lines of a file: median, 90 of 100, longest", _spread(sizes, 90)
    yield "lines of a function: median, 90 of 100, 99 of 100, longest", _spread(lengths, 90, 99)
    yield (
        "functions with a type for their result",
        _share(functions, lambda one: one.returns is not None),
    )
    yield (
        "public functions with a docstring",
        _share(list(filter(_is_public, functions)), ast.get_docstring),
    )
    yield (
        "lines of comment a function",
        f"{sum(module.comments for module in found) / len(functions):.2f}",
    )
    yield "nodes a line of code", f"{nodes_a_line(found):.1f}"
    yield "characters a line of code", f"{statistics.mean(len(line) for line in code):.0f}"
    yield "comprehensions a function (within another)", _comprehensions(found, len(functions))
    yield (
        "conditional expressions a function",
        f"{_number_of(found, ast.IfExp) / len(functions):.2f}",
    )
    yield "class names in several places", str(_in_several(_classes(found)))
    yield (
        "public functions of one name in several modules",
        str(_in_several(_public_names(found))),
    )
    yield "imports within functions", str(sum(map(_inner_imports, functions)))
    yield (
        "most modules in one folder",
        str(max(Counter(module.path.parent for module in found).values())),
    )
    yield f"lines of templates over {LONG} characters", _long_lines(folder)
    yield "vague names bound", _vague(found)


def _is_alone(token: tokenize.TokenInfo) -> bool:
    return token.line.lstrip().startswith("#")


def _docstring_lines(tree: ast.Module) -> Iterator[int]:
    """Those below an assignment too, which say what it holds."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, str)
        ):
            yield from range(node.lineno, (node.end_lineno or node.lineno) + 1)


def _spread(numbers: list[int], *parts: int) -> str:
    ordered = sorted(numbers)
    at = [ordered[len(ordered) * part // 100] for part in (50, *parts)]
    return ", ".join(map(str, [*at, ordered[-1]]))


def _share(functions: list[Function], has: object) -> str:
    assert callable(has)
    return f"{100 * sum(bool(has(one)) for one in functions) / len(functions):.0f} of 100"


def _is_public(function: Function) -> bool:
    return not function.name.startswith("_")


def _number_of(found: list[Module], *kinds: type[ast.AST]) -> int:
    return sum(isinstance(node, kinds) for module in found for node in ast.walk(module.tree))


def _comprehensions(found: list[Module], functions: int) -> str:
    every = [
        node
        for module in found
        for node in ast.walk(module.tree)
        if isinstance(node, COMPREHENSIONS)
    ]
    nested = sum(
        any(isinstance(inner, COMPREHENSIONS) for inner in list(ast.walk(node))[1:])
        for node in every
    )
    return f"{len(every) / functions:.2f} ({nested})"


def _classes(found: list[Module]) -> Iterator[str]:
    for module in found:
        yield from (
            node.name for node in ast.walk(module.tree) if isinstance(node, ast.ClassDef)
        )


def _public_names(found: list[Module]) -> Iterator[str]:
    for module in found:
        yield from {
            node.name
            for node in module.tree.body
            if isinstance(node, ast.FunctionDef) and _is_public(node)
        }


def _in_several(names: Iterable[str]) -> int:
    return sum(number > 1 for name, number in Counter(names).items() if name not in EVERYWHERE)


def _inner_imports(function: Function) -> int:
    return sum(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(function))


def _long_lines(folder: Path) -> str:
    lines = [
        line for path in folder.rglob("*.html") for line in path.read_text("utf-8").splitlines()
    ]
    long = sum(len(line) > LONG for line in lines)
    return f"{long} of {len(lines):,}, longest {max(map(len, lines), default=0)}"


def _vague(found: list[Module]) -> str:
    bound = Counter(
        node.id
        for module in found
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    )
    return ", ".join(f"{name} {bound[name]}" for name in VAGUE)


if __name__ == "__main__":
    for name, figure in figures(Path(sys.argv[1] if len(sys.argv) > 1 else "campaign")):
        print(f"{name:62} {figure}")
