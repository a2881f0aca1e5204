"""Which demos there are, read from their source: title, parameters, predictions and claims without running a line."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

from studytool import places
from studytool.demo.parameters import Choice, Float, Int, Parameter, nearest
from studytool.demo.trust import digest_of
from studytool.errors import StudytoolError, UsageError
from studytool.text import clean, one_line

# Bytes of the longest source: a hundred times that of the longest built-in demo.
_LONGEST = 2**20


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
    predictions: tuple[tuple[str, tuple[str, ...]], ...]
    """Questions with their options."""
    claims: tuple[str, ...]
    questions: tuple[str, ...]
    """The names of the functions that make computed questions."""
    digest: str
    """The hash that the file must have when it runs (see `trust`); empty where any content may run: the built-in's."""

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
    """What the source at `path` says about its demo. The file is parsed, never executed.

    Raises `UsageError` with file and line when it is not Python or holds no `Demo(…)`.
    """
    content, tree = _parsed(path)
    made, constants = _made(tree)
    if made is None:
        raise UsageError(f"{path}: there is no demo in this file.", "It needs a line `demo = Demo(…)`.")
    predictions, claims = _sentences(tree, constants)
    named = {keyword.arg: keyword.value for keyword in made.keywords if keyword.arg}
    try:
        parameters = {name: _parameter(value, constants) for name, value in named.items() if _is_parameter(value)}
        title, topics, steps = (_value(node, constants) for node in (made.args[0], named["topics"], named["steps"]))
    except (StudytoolError, KeyError, IndexError, TypeError, ValueError) as error:
        raise UsageError(
            f"{path}:{made.lineno}: this Demo(…) cannot be read without running it: {error}.",
            "Write title, topics, steps and bounds as plain values.",
        ) from error
    text = clean(ast.get_docstring(tree) or "")
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
        predictions=predictions,
        claims=claims,
        questions=_questions(tree),
        digest="" if path.resolve().parent == places.built_in("demos").resolve() else digest_of(content),
    )


def _parsed(path: Path) -> tuple[bytes, ast.Module]:
    """The source at `path` and what Python understands of it; `UsageError` where that is nothing."""
    try:
        content = _content(path)
        return content, ast.parse(content, str(path))
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from error
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise UsageError(unreadable(path, error)) from error


def _made(tree: ast.Module) -> tuple[ast.Call | None, dict[str, object]]:
    """The first `Demo(…)` that a name is given to, if there is one, and the constants of the module."""
    made: ast.Call | None = None
    constants: dict[str, object] = {}
    for statement in tree.body:
        if isinstance(statement, ast.Assign):
            if isinstance(statement.value, ast.Call) and _called(statement.value) == "Demo":
                made = made or statement.value
            else:
                constants |= _assigned(statement, constants)
    return made, constants


def unreadable(path: Path, error: Exception) -> str:
    """What is said of a source that Python does not understand."""
    said = getattr(error, "msg", None) or str(error) or type(error).__name__  # the others name file and line again
    return (
        f"{path}:{getattr(error, 'lineno', None) or 1}: this is not Python: {said}{'' if said.endswith('?') else '.'}"
    )


def _content(path: Path) -> bytes:
    """The bytes of a file; `UsageError` for one that is no source: it might never end, or fill the memory."""
    if path.is_dir():
        raise UsageError(f"{path} is a folder.", "Give the path of a demo file, or the name of a built-in demo.")
    if not path.is_file():
        raise UsageError(f"There is no file {path}.", "Give the path of a demo file, or the name of a built-in demo.")
    with path.open("rb") as file:
        content = file.read(_LONGEST + 1)
    if len(content) > _LONGEST:
        raise UsageError(f"{path} has more than {_LONGEST // 2**20} MB: that is no demo.")
    return content


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


def _sentences(
    tree: ast.Module, constants: dict[str, object]
) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], tuple[str, ...]]:
    """What the functions under `@….predict(…)` and `@….claim(…)` ask and claim."""
    predictions: list[tuple[str, tuple[str, ...]]] = []
    claims: list[str] = []
    for function in tree.body:
        for call in function.decorator_list if isinstance(function, ast.FunctionDef) else []:
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
                continue
            words = [one_line(word) for argument in call.args for word in _words(argument, constants)]
            if call.func.attr == "predict" and words:
                predictions.append((words[0], tuple(words[1:])))
            elif call.func.attr == "claim" and words:
                claims.append(words[0])
    return tuple(predictions), tuple(claims)


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
