"""Says where a module of the engine is not pure: what import rules cannot show.

The engine is a function of its arguments. It opens nothing, prints nothing, asks no clock and no environment, draws no
unseeded numbers, keeps no global state, hides no failure. What it may import is a list, not the absence of a list.
"""

import ast
from collections.abc import Iterator

ALLOWED_IMPORTS = frozenset(
    "__future__ abc bisect collections contextlib dataclasses datetime decimal enum fractions functools hashlib heapq "
    "itertools json math operator re statistics string types typing numpy throughline".split()
)
# Imported inside the functions that need them, because they take longer to load than the plan takes to compute.
ALLOWED_LAZILY = frozenset({"scipy"})
FORBIDDEN_CALLS = frozenset("open print input exec eval compile __import__ breakpoint globals vars id".split())
FORBIDDEN_METHODS = frozenset("today now utcnow".split())
SEEDED_NUMBERS = frozenset({"default_rng", "Generator", "SeedSequence", "PCG64", "Philox"})


def impurities(source: str) -> Iterator[tuple[int, str]]:
    """Line number and sentence for each thing in the module that makes it impure."""
    tree = ast.parse(source)
    top_level = set(map(id, tree.body))
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        yield from ((line, sentence) for sentence in _sentences(node, at_top=id(node) in top_level))


def _sentences(node: ast.AST, at_top: bool) -> Iterator[str]:
    match node:
        case ast.Import(names=names):
            yield from (s for alias in names for s in _import(alias.name, at_top))
        case ast.ImportFrom(module=str(module)):
            yield from _import(module, at_top)
        case ast.Call():
            yield from _call(node)
        case ast.Attribute(value=ast.Name(id="os"), attr="environ" | "getenv"):
            yield "reads the environment"
        case ast.Attribute(value=ast.Attribute(value=ast.Name(id="np" | "numpy"), attr="random"), attr=attr):
            if attr not in SEEDED_NUMBERS:
                yield f"draws from the global random state with numpy.random.{attr}"
        case ast.ExceptHandler(type=None):
            yield "catches everything"
        case ast.ExceptHandler(type=caught) if caught is not None and _is_broad(caught):
            yield "catches every exception"
        case ast.Assert(test=ast.Tuple()):
            yield "asserts a tuple, which is always true"
        case ast.Global(names=names):
            yield f"keeps global state in {', '.join(names)}"


def _import(name: str, at_top: bool) -> Iterator[str]:
    root = name.partition(".")[0]
    if root in ALLOWED_LAZILY:
        if at_top:
            yield f"imports {name} at the top of the module, not inside the function that needs it"
    elif root not in ALLOWED_IMPORTS:
        yield f"imports {name}"


def _call(call: ast.Call) -> Iterator[str]:
    match call.func:
        case ast.Name(id=name) if name in FORBIDDEN_CALLS:
            yield f"calls {name}()"
        case ast.Attribute(attr=attr) if attr in FORBIDDEN_METHODS:
            yield f"asks the clock with .{attr}()"
        case ast.Attribute(attr="default_rng") | ast.Name(id="default_rng") if not call.args and not call.keywords:
            yield "draws random numbers without a seed"
        case _:
            return


def _is_broad(caught: ast.expr) -> bool:
    names = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(isinstance(name, ast.Name) and name.id in {"Exception", "BaseException"} for name in names)
