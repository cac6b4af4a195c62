"""What is read from a template's syntax tree, and what is changed in it, before it is compiled."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import TypeVar

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from campaign.content.budget import BODY, CONCAT, STEP, WEIGH, Refused

# What stands in a syntax tree for each tag that a post's own text may not use.
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


def allowed(tree: nodes.Template) -> nodes.Template:
    """The tree of a post's own text, refused where it uses another tag than {% if %}."""
    for node in tree.find_all(nodes.Stmt):
        if not isinstance(node, nodes.Output | nodes.If | nodes.Scope):
            tag = TAGS.get(type(node), "this tag")
            message = f"{{% {tag} %}} cannot be used in a post's own text; only {{{{ … }}}} and {{% if %}} can."
            raise Refused(message, node.lineno)
    return tree


def assigned(tree: nodes.Template) -> set[str]:
    """The names that a file gives itself, from anywhere in it."""
    names = set(ALWAYS_KNOWN)
    for node in tree.find_all((nodes.Assign, nodes.AssignBlock, nodes.Macro, nodes.Import, nodes.FromImport)):
        if isinstance(node, nodes.Assign | nodes.AssignBlock):
            names |= _stored(node.target)
        elif isinstance(node, nodes.Macro):
            names.add(node.name)
        elif isinstance(node, nodes.Import):
            names.add(node.target)
        elif isinstance(node, nodes.FromImport):
            names |= {name if isinstance(name, str) else name[1] for name in node.names}
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

    def visit_Template(self, node: nodes.Template) -> nodes.Template:
        return _counted(self, node, BODY)

    def visit_Block(self, node: nodes.Block) -> nodes.Block:
        return _counted(self, node, BODY)

    def visit_Macro(self, node: nodes.Macro) -> nodes.Macro:
        return _counted(self, node, BODY)

    def visit_CallBlock(self, node: nodes.CallBlock) -> nodes.CallBlock:
        return _counted(self, node, BODY)

    def visit_For(self, node: nodes.For) -> nodes.For:
        if node.test is not None:
            step = _inner(STEP, nodes.Const(_cost(node.test)), node.lineno)
            node.test = nodes.And(step, node.test, lineno=node.lineno)
        return _counted(self, node, STEP)

    def visit_Include(self, node: nodes.Include) -> nodes.Include:
        return _fresh(self, node)

    def visit_Import(self, node: nodes.Import) -> nodes.Import:
        return _fresh(self, node)

    def visit_FromImport(self, node: nodes.FromImport) -> nodes.FromImport:
        return _fresh(self, node)

    def visit_Concat(self, node: nodes.Concat) -> nodes.Filter:
        self.generic_visit(node)
        return _inner(CONCAT, nodes.List(node.nodes), node.lineno)

    def visit_List(self, node: nodes.List) -> nodes.Filter:
        return self._weighed(node)

    def visit_Dict(self, node: nodes.Dict) -> nodes.Filter:
        return self._weighed(node)

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Expr:
        return self._weighed(node) if node.ctx == "load" else node

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Expr:
        return self._weighed(node)

    def visit_Compare(self, node: nodes.Compare) -> nodes.Compare:
        self.generic_visit(node)
        node.expr = _inner(WEIGH, node.expr, node.lineno)
        for operand in node.ops:
            operand.expr = _inner(WEIGH, operand.expr, node.lineno)
        return node

    def _weighed(self, node: nodes.Expr) -> nodes.Filter:
        self.generic_visit(node)
        return _inner(WEIGH, node, node.lineno)


Counted = TypeVar("Counted", nodes.Template, nodes.Block, nodes.Macro, nodes.CallBlock, nodes.For)


def _counted(meter: Meter, node: Counted, count: str) -> Counted:
    first = nodes.ExprStmt(_inner(count, nodes.Const(_cost(node)), node.lineno), lineno=node.lineno)
    meter.generic_visit(node)
    node.body.insert(0, first)
    return node


Loaded = TypeVar("Loaded", nodes.Include, nodes.Import, nodes.FromImport)


def _fresh(meter: Meter, node: Loaded) -> Loaded:
    """With the context, so that Jinja2 keeps no copy that carries values from one rendering to the next."""
    meter.generic_visit(node)
    node.with_context = True
    return node


def _cost(node: nodes.Node) -> int:
    """The work of one pass through this part of a template."""
    return sum(map(_own_cost, (node, *node.find_all(nodes.Node))))


def _own_cost(node: nodes.Node) -> int:
    if isinstance(node, nodes.TemplateData):
        return len(node.data)
    return 5 if isinstance(node, nodes.Getattr | nodes.Getitem | nodes.Call | nodes.Filter | nodes.Test) else 2


def _inner(name: str, value: nodes.Expr, line: int) -> nodes.Filter:
    return nodes.Filter(value, name, [], [], None, None, lineno=line)
