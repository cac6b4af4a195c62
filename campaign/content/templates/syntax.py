"""What is read from a template's syntax tree, and what is changed in it, before it is compiled."""

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from campaign.content.templates.budget import BODY, CONCAT, STEP, WEIGH, RefusedError
from campaign.core.sentence import Sentence

# The nodes of a syntax tree for each tag that a post's own text may not use.
TAGS = {
    nodes.For: "for",
    nodes.Assign: "set",
    nodes.AssignBlock: "set",
    nodes.Macro: "macro",
    nodes.CallBlock: "call",
    nodes.FilterBlock: "filter",
    nodes.With: "with",
    nodes.Block: "block",
    nodes.Extends: "extends",
    nodes.Include: "include",
    nodes.Import: "import",
    nodes.FromImport: "from",
    nodes.ScopedEvalContextModifier: "autoescape",
}
ALWAYS_KNOWN = frozenset(("self", "super", "loop", "caller", "varargs", "kwargs"))
_ALLOWED = (nodes.Output, nodes.If, nodes.Scope)
_ASSIGNING = (nodes.Assign, nodes.AssignBlock, nodes.Macro, nodes.Import, nodes.FromImport)
_WITH_A_BODY = (nodes.Template, nodes.Block, nodes.Macro, nodes.CallBlock)
_OTHER_FILES = (nodes.Include, nodes.Import, nodes.FromImport)
_MAKE_VALUES = (nodes.List, nodes.Dict, nodes.Getitem)
_LOOK_UP = (nodes.Getattr, nodes.Getitem, nodes.Call, nodes.Filter, nodes.Test)


def allowed(tree: nodes.Template) -> nodes.Template:
    """The tree of a post's own text, refused where it uses another tag than {% if %}."""
    for node in tree.find_all(nodes.Stmt):
        if not isinstance(node, _ALLOWED):
            tag = TAGS.get(type(node), Sentence("this tag"))
            message = Sentence(
                "{% {0} %} cannot be used in a post's own text; only {{ … }} and {% if %} can.",
                tag,
            )
            raise RefusedError(message, node.lineno)
    return tree


def assigned(tree: nodes.Template) -> set[str]:
    """The names that a file gives itself, from anywhere in it."""
    names = set(ALWAYS_KNOWN)
    for node in tree.find_all(_ASSIGNING):
        if isinstance(node, nodes.Assign | nodes.AssignBlock):
            names |= _stored(node.target)
        elif isinstance(node, nodes.Macro):
            names.add(node.name)
        elif isinstance(node, nodes.Import):
            names.add(node.target)
        elif isinstance(node, nodes.FromImport):
            for name in node.names:
                names.add(name if isinstance(name, str) else name[1])  # (name, its alias)
    return names


def used(node: nodes.Node, known: AbstractSet[str]) -> Iterator[nodes.Name]:
    """The names read in a tree that are not known and not a loop variable, parameter or {% with %} around them."""
    if isinstance(node, nodes.Name) and node.ctx == "load" and node.name not in known:
        yield node
    if isinstance(node, nodes.For):
        known = known | _stored(node.target)
    elif isinstance(node, nodes.Macro | nodes.CallBlock):
        known = known | {argument.name for argument in node.args}
    elif isinstance(node, nodes.With):
        known = set(known).union(*map(_stored, node.targets))
    for child in node.iter_child_nodes():
        yield from used(child, known)


def _stored(target: nodes.Node) -> set[str]:
    names = [target] if isinstance(target, nodes.Name) else target.find_all(nodes.Name)
    return {name.name for name in names}


class Meter(NodeTransformer):
    """Rewrites a syntax tree so that its loops, bodies, lists, slices, comparisons and `~` are counted."""

    def get_visitor(self, _node: nodes.Node, /) -> Callable[[nodes.Node], nodes.Node]:
        """One function for every node, after what is in it has been rewritten."""
        return self._rewrite

    def _rewrite(self, node: nodes.Node) -> nodes.Node:
        self.generic_visit(node)
        if isinstance(node, nodes.For):
            _count_steps(node)
        elif isinstance(node, _WITH_A_BODY):
            node.body.insert(0, _counter(BODY, node))
        elif isinstance(node, _OTHER_FILES):
            # Jinja2 then keeps no copy that carries values from one rendering to the next.
            node.with_context = True
        elif isinstance(node, nodes.Compare):
            _weigh_operands(node)
        elif isinstance(node, nodes.Concat):
            return _inner(CONCAT, nodes.List(node.nodes), node.lineno)
        elif isinstance(node, _MAKE_VALUES) or _is_read_tuple(node):
            return _inner(WEIGH, node, node.lineno)
        return node


def _count_steps(node: nodes.For) -> None:
    if node.test is not None:  # {% for … if … %}: a step that the test leaves out counts too
        cost = nodes.Const(_cost(node.test))
        step = _inner(STEP, cost, node.lineno)
        node.test = nodes.And(step, node.test, lineno=node.lineno)
    node.body.insert(0, _counter(STEP, node))


def _counter(name: str, node: nodes.Node) -> nodes.ExprStmt:
    cost = nodes.Const(_cost(node))
    return nodes.ExprStmt(_inner(name, cost, node.lineno), lineno=node.lineno)


def _weigh_operands(node: nodes.Compare) -> None:
    node.expr = _inner(WEIGH, node.expr, node.lineno)
    for operand in node.ops:
        operand.expr = _inner(WEIGH, operand.expr, node.lineno)


def _is_read_tuple(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Tuple) and node.ctx == "load"


def _cost(node: nodes.Node) -> int:
    """The work of one pass through this part of a template."""
    return sum(map(_own_cost, (node, *node.find_all(nodes.Node))))


def _own_cost(node: nodes.Node) -> int:
    if isinstance(node, nodes.TemplateData):
        return len(node.data)
    return 5 if isinstance(node, _LOOK_UP) else 2


def _inner(name: str, value: nodes.Node, line: int) -> nodes.Filter:
    return nodes.Filter(value, name, [], [], None, None, lineno=line)
