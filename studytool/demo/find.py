"""Which demos there are, read from their source: title, parameters, predictions and claims without running a line."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from studytool import places
from studytool.demo.files import Source, module_name, sources
from studytool.demo.parameters import Choice, Float, Int, Parameter, Value, checked, nearest, whole
from studytool.demo.trust import digest_of
from studytool.errors import StudytoolError, UsageError
from studytool.text import clean, one_line

_TURN = Lock()
"""Held while Python parses: its 3.11.7, for one, counts how deep all parsers are in one place, and of two threads that
parse at a time one gets a `SystemError`."""

Predictions = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """The run that a prediction asks about, with seed 0: all its parameters, and the step to hold it at, if any."""

    parameters: Mapping[str, Value]
    steps: int | None


@dataclass(frozen=True, slots=True)
class DemoInfo:
    """A demo file as its source describes it."""

    name: str
    """The file's name without `.py`."""
    path: Path
    title: str
    topics: tuple[str, ...]
    summary: str
    """The first paragraph of the file's docstring."""
    text: str
    """The whole docstring: what the demo teaches."""
    steps: int
    parameters: dict[str, Parameter]
    broadcast: bool
    """Whether many runs can be done at once, as a sweep wants."""
    predictions: Predictions
    """Questions with their options."""
    shown: tuple[Shown, ...]
    """For each of them the run that it asks about."""
    claims: tuple[str, ...]
    claimed_at: Mapping[str, tuple[Path, int]]
    """The file and the line of each claim: the demo's own, or the one beside it (see `files`)."""
    questions: tuple[str, ...]
    """The names of the functions that make computed questions."""
    digest: str
    """The hash that its files must have when they run (see `trust`); empty where any may run: the built-in's."""

    @property
    def built_in(self) -> bool:
        """Whether it came with the program: others run only when they are trusted."""
        return self.path.parent == places.built_in("demos").resolve()


def list_demos() -> list[DemoInfo]:
    """The built-in demos by name."""
    folder = places.built_in("demos")
    return [read(path) for path in sorted(folder.glob("*.py")) if not path.name.startswith("_")]


def find_demo(name: str) -> DemoInfo:
    """The built-in demo of that name, or the demo in the file of that path.

    Raises `UsageError` for a name that is not there, with the nearest one, and for a file that holds no demo.
    """
    folder = places.built_in("demos")
    if "/" in name or name.endswith(".py"):
        return read(places.expanded(name, "The demo"))
    path = folder / f"{name}.py"
    if not path.is_file():
        names = sorted(p.stem for p in folder.glob("*.py") if not p.name.startswith("_"))
        raise UsageError(f"There is no demo called `{name}`.", nearest(name, names))
    return read(path)


def read(path: Path) -> DemoInfo:
    """What the source at `path`, and that of what is asked beside it, say about the demo. Both are parsed, never run.

    Raises `UsageError` with file and line when one is not Python or the first holds no `Demo(…)`.
    """
    files = sources(path)
    tree, *more = [_parsed(file) for file in files]
    made = _made(tree)
    if made is None:
        whose = path.parent.parent / path.name
        belongs = path.parent.name == "asked" and whose.is_file()
        hint = f"It belongs to {whose}: give that." if belongs else "It needs a line `demo = Demo(…)`."
        raise UsageError(f"{path}: there is no demo in this file.", hint)
    constants = _constants(tree, "", {})
    named = {keyword.arg: keyword.value for keyword in made.keywords if keyword.arg}
    try:
        parameters = {name: _parameter(value, constants) for name, value in named.items() if _is_parameter(value)}
        title, topics, steps = (_value(node, constants) for node in (made.args[0], named["topics"], named["steps"]))
    except (StudytoolError, KeyError, IndexError, TypeError, ValueError) as error:
        raise UsageError(
            f"{path}:{made.lineno}: this Demo(…) cannot be read without running it: {error}.",
            "Write title, topics, steps and bounds as plain values.",
        ) from error
    known = [constants, *(_constants(one, module_name(path), constants) for one in more)]
    asked = [*zip((file.path.resolve() for file in files), [tree, *more], known, strict=True)]
    claims = [(w[0], (file, at)) for file, one, names in asked for w, at in _words_of("claim", one, names)]
    text = clean(ast.get_docstring(tree) or "")
    is_built_in = path.resolve().parent == places.built_in("demos").resolve()
    return DemoInfo(
        name=path.stem,
        path=path.resolve(),
        title=one_line(str(title)),
        topics=tuple(map(str, topics)) if isinstance(topics, (list, tuple)) else (),
        summary=one_line(text.split("\n\n")[0]),
        text=text,
        steps=int(str(steps)),
        parameters=parameters,
        broadcast="broadcast" in named,
        predictions=tuple((w[0], tuple(w[1:])) for _, one, names in asked for w, _ in _words_of("predict", one, names)),
        shown=tuple(
            _shown(call, parameters, int(str(steps)), names, file)
            for file, one, names in asked
            for call in _calls("predict", one)
        ),
        claims=tuple(text for text, _ in claims),
        claimed_at=dict(claims),
        questions=tuple(name for _, one, _ in asked for name in _questions(one)),
        digest="" if is_built_in else digest_of(*(file.content for file in files)),
    )


def _parsed(file: Source) -> ast.Module:
    """What Python understands of a source; `UsageError` where that is nothing."""
    try:
        with _TURN:
            return ast.parse(file.content, str(file.path))
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise UsageError(unreadable(file.path, error)) from error


def _made(tree: ast.Module) -> ast.Call | None:
    """The first `Demo(…)` that a name is given to, if there is one."""
    given = (statement.value for statement in tree.body if isinstance(statement, ast.Assign))
    return next((value for value in given if isinstance(value, ast.Call) and _called(value) == "Demo"), None)


def _constants(tree: ast.Module, module: str, there: Mapping[str, object]) -> dict[str, object]:
    """The constants that the source gives names to, and those it imports from `module`, which has them `there`."""
    constants: dict[str, object] = {}
    for statement in tree.body:
        if isinstance(statement, ast.Assign):
            constants |= _assigned(statement, constants)
        elif isinstance(statement, ast.ImportFrom) and statement.module == module:
            constants |= {a.asname or a.name: there[a.name] for a in statement.names if a.name in there}
    return constants


def unreadable(path: Path, error: Exception) -> str:
    """What is said of a source that Python does not understand."""
    said = getattr(error, "msg", None) or str(error) or type(error).__name__  # the others name file and line again
    return (
        f"{path}:{getattr(error, 'lineno', None) or 1}: this is not Python: {said}{'' if said.endswith('?') else '.'}"
    )


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _is_parameter(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and _called(node) in ("Float", "Int", "Choice")


def _parameter(node: ast.expr, constants: dict[str, object]) -> Parameter:
    assert isinstance(node, ast.Call)
    kind = {"Float": Float, "Int": Int, "Choice": Choice}[_called(node)]
    positional = [_value(argument, constants) for argument in node.args]
    named = {keyword.arg: _value(keyword.value, constants) for keyword in node.keywords if keyword.arg}
    parameter: Parameter = kind(*positional, **named)
    return parameter


def _assigned(statement: ast.Assign, constants: dict[str, object]) -> dict[str, object]:
    """The constants that a module-level assignment gives names to: `A = 1`, `A, B = 1, 2` or `C = A, f"over {B}"`."""
    try:
        value = _value(statement.value, constants)
    except (ValueError, TypeError):
        return {}
    found: dict[str, object] = {}
    for target in statement.targets:
        if isinstance(target, ast.Name):
            found[target.id] = value
        elif isinstance(target, ast.Tuple) and isinstance(value, list) and len(value) == len(target.elts):
            found |= {n.id: v for n, v in zip(target.elts, value, strict=True) if isinstance(n, ast.Name)}
    return found


def _words_of(kind: str, tree: ast.Module, constants: dict[str, object]) -> Iterator[tuple[list[str], int]]:
    """The words that each `@….predict(…)` or `@….claim(…)`, as `kind` says, is given, with its line."""
    for call in _calls(kind, tree):
        yield [one_line(word) for argument in call.args for word in _words(argument, constants)] or [""], call.lineno


def _calls(kind: str, tree: ast.Module) -> Iterator[ast.Call]:
    """Each `@….kind(…)` above a function of the module."""
    functions = (statement for statement in tree.body if isinstance(statement, ast.FunctionDef))
    for call in (one for function in functions for one in function.decorator_list if isinstance(one, ast.Call)):
        if isinstance(call.func, ast.Attribute) and call.func.attr == kind and call.args:
            yield call


def _shown(
    call: ast.Call, parameters: Mapping[str, Parameter], limit: int, constants: dict[str, object], file: Path
) -> Shown:
    """The run that a `@….predict(…)` asks about, of at most `limit` steps.

    Raises `UsageError` where only running the file would tell, and where a parameter or the step cannot be so.
    """
    try:
        given = {k.arg: _value(k.value, constants) for k in call.keywords if k.arg and k.arg != "why"}
        steps = given.pop("steps", None)
        return Shown(checked(parameters, given), None if steps is None else whole("steps", steps, 1, limit))
    except (StudytoolError, TypeError, ValueError) as error:
        raise UsageError(
            f"{file}:{call.lineno}: the run that this prediction asks about cannot be read: {str(error).rstrip('.')}.",
            "Write the values of parameters, and steps, as plain values.",
        ) from error


def _questions(tree: ast.Module) -> tuple[str, ...]:
    """The functions under `@….question`."""
    functions = [statement for statement in tree.body if isinstance(statement, ast.FunctionDef)]
    return tuple(
        function.name
        for function in functions
        if any(isinstance(mark, ast.Attribute) and mark.attr == "question" for mark in function.decorator_list)
    )


def _words(node: ast.expr, constants: dict[str, object]) -> list[str]:
    """An argument as it will read, or its source where only running it would tell; a number is a bound and no word."""
    try:
        value = _value(node.value if isinstance(node, ast.Starred) else node, constants)
    except (ValueError, TypeError):
        return [ast.unparse(node)]
    values = value if isinstance(node, ast.Starred) and isinstance(value, (list, tuple)) else [value]
    return [str(one) for one in values if not isinstance(one, (int, float))]


def _value(node: ast.expr, constants: dict[str, object]) -> object:
    """A literal, a named constant, or an f-string of those; ValueError for anything that would have to be run."""
    if isinstance(node, ast.Name) and node.id in constants:
        return constants[node.id]
    if isinstance(node, ast.JoinedStr):
        return "".join(str(_value(part, constants)) for part in node.values)
    if isinstance(node, ast.FormattedValue):
        style = str(_value(node.format_spec, constants)) if node.format_spec else ""
        return format(_value(node.value, constants), style)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Name):
        value = _value(node.operand, constants)
        return -value if isinstance(value, (int, float)) else value
    if isinstance(node, (ast.List, ast.Tuple)):
        return [_value(item, constants) for item in node.elts]
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, MemoryError, RecursionError):
        raise ValueError(f"`{one_line(ast.unparse(node), 60)}` is no plain value") from None
