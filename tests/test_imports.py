"""Who may import whom: over the source of every module, and in child processes by what was really loaded."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest

import studytool
from studytool import places
from studytool.demo.files import module_name

PACKAGE = Path(studytool.__file__).resolve().parent
ROOMS = ("app", "demo", "desk", "draw", "memory", "notes", "quiz", "search", "serve", "sync", "tex")
# The rooms that each room may use, beside itself and the foundation (errors, text, places, settings, links, …).
MAY_USE = {
    "app": {"desk", "quiz", "search", "memory", "demo", "draw", "notes", "tex"},
    "desk": {"notes", "memory", "search"},
    "quiz": {"notes", "memory", "search", "demo"},
    "search": {"notes", "memory"},
    "sync": {"memory"},
    **dict.fromkeys(("memory", "notes", "draw", "demo", "serve", "tex"), frozenset()),
}
COMMAND_LINE = ("studytool.cli", "studytool.commands", "studytool.parsers")
# `python -m studytool`, and `python demos/NAME.py`, which is `studytool demo` on that file.
OPENS_THE_COMMAND_LINE = {"__main__.py", "demo/api.py"}
AT_THE_EDGE = {
    "memory/store/machine.py",
    "memory/store/account.py",
    "memory/store/adrift.py",
    "memory/store/backup.py",
    "memory/store/health.py",
    "memory/store/held.py",
    "memory/store/prepare.py",
    "memory/store/raw.py",
    "memory/store/rescue.py",
    "memory/store/cache.py",
    "memory/store/check.py",
    "memory/store/sqlite.py",
    "memory/store/transfer.py",
    "notes/index.py",
    "notes/library.py",
    "notes/pool.py",
    "notes/reading.py",
    "notes/vault.py",
    "notes/vault_anki.py",
    "notes/walk.py",
    "search/kept.py",
}
SOURCES = sorted(path for path in PACKAGE.rglob("*.py") if "built_in" not in path.parts)


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def module_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> str:
    """`memory` for `studytool.memory.queue`, `` for a module of the foundation or of another distribution."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[0] == "studytool" and parts[1] in ROOMS else ""


def imports(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every module that the source names in an import, wherever it stands, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"a relative import at line {node.lineno}"
            assert node.module is not None
            yield node.module, node.lineno
            if node.module in {"studytool", *(f"studytool.{room}" for room in ROOMS)}:
                yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


@cache
def tree_of(source: Path) -> ast.Module:
    return ast.parse(source.read_text("utf-8"))


@cache
def imports_of(source: Path) -> list[tuple[str, int]]:
    return list(imports(tree_of(source)))


def named(*beside: str) -> Iterator[tuple[Path, str, str]]:
    """Every import of the package but in modules whose names begin so: the source, the module, and words for both."""
    for source in SOURCES:
        if not name_of(source).startswith(beside):
            for module, line in imports_of(source):
                yield source, module, f"{name_of(source)}:{line} imports {module}"


def top(module: str) -> str:
    return module.partition(".")[0]


def test_a_room_uses_only_the_rooms_it_may() -> None:
    strangers = []
    for source, module, told in named():
        room, other = room_of(module_of(source)), room_of(module)
        if room and other and other != room and other not in MAY_USE[room]:
            strangers.append(told)
    assert not strangers


def test_only_the_command_line_opens_the_app() -> None:
    assert not [told for _, module, told in named("app/", "commands/", "cli.py") if room_of(module) == "app"]
    beside = ("app/", "commands/", "cli.py", *OPENS_THE_COMMAND_LINE)
    assert not [told for _, module, told in named(*beside) if module.startswith(COMMAND_LINE)]


def test_only_the_app_draws_on_the_screen() -> None:
    assert not [told for _, module, told in named("app/") if top(module) in {"textual", "rich"}]


def test_only_the_server_of_the_browser_speaks_http() -> None:
    assert not [told for _, module, told in named("serve/") if top(module) in {"aiohttp", "textual_serve"}]


def test_torch_is_named_only_where_demos_run() -> None:
    assert not [told for _, module, told in named("demo/") if top(module) == "torch"]


def test_the_core_has_no_clock_no_chance_and_no_disk() -> None:
    outside = {"time", "secrets", "subprocess", "socket", "sqlite3", "tempfile", "shutil"}
    core = ("notes/", "memory/", "quiz/", "search/", "draw/", "tex/")
    found = []
    for source in SOURCES:
        name = name_of(source)
        if not name.startswith(core) or name in AT_THE_EDGE:
            continue
        found += [f"{name}:{line} {module}" for module, line in imports(tree_of(source)) if top(module) in outside]
        for node in ast.walk(tree_of(source)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open":
                found.append(f"{name}:{node.lineno} open")
            if isinstance(node, ast.Attribute):
                drawn = isinstance(node.value, ast.Name) and node.value.id == "random" and node.attr != "Random"
                asked = node.attr in {"now", "utcnow", "today", "environ", "getenv"}
                read = node.attr in {"read_text", "read_bytes", "write_text", "write_bytes", "urandom"}
                if drawn or asked or read:
                    found.append(f"{name}:{node.lineno} {node.attr}")
    assert not found


@pytest.mark.parametrize("path", sorted(places.built_in("demos").rglob("*.py")), ids=lambda path: path.name)
def test_a_demo_imports_torch_and_studytool_demo_only_and_what_is_asked_about_it_the_demo_too(path: Path) -> None:
    own = {module_name(path)} if path.parent.name == "asked" else set()
    allowed = {"torch", *sys.stdlib_module_names, *own}
    for module, line in imports(ast.parse(path.read_text("utf-8"))):
        is_ours = module == "studytool.demo" or module.startswith("studytool.demo.")
        assert is_ours or module.split(".")[0] in allowed, f"{path.name}:{line} imports {module}"


def loaded(code: str, tmp_path: Path, arguments: Sequence[str] = ()) -> set[str]:
    """The modules that a child process has loaded after running `code`."""
    listing = tmp_path / "modules.json"
    ending = f"\nimport json as _json, sys as _sys\nopen({str(listing)!r}, 'w').write(_json.dumps(list(_sys.modules)))"
    # What was loaded is written down before json is imported for the writing.
    before = "import sys\n" + code + "\n_seen = list(sys.modules)" + ending.replace("list(_sys.modules)", "_seen")
    done = subprocess.run(
        [sys.executable, "-c", before, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=dict(os.environ),
        timeout=120,
    )
    assert done.returncode == 0, done.stderr.decode()
    return set(json.loads(listing.read_text()))


RUN = "from studytool.cli import main\ntry:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass"


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["cards", "--help"], ["demo", "--help"]], ids=" ".join
)
def test_help_loads_next_to_nothing(arguments: list[str], tmp_path: Path) -> None:
    heavy = {"textual", "rich", "sqlite3", "numpy", "torch", "markdown_it", "yaml", "json", "tomllib", "dataclasses"}
    assert not heavy & loaded(RUN, tmp_path, arguments)


@pytest.mark.parametrize("arguments", [["due"], [], ["study", "--plain"]], ids=["due", "studytool", "study --plain"])
def test_what_is_due_needs_no_screen_and_no_arrays(arguments: list[str], tmp_path: Path) -> None:
    heavy = {"textual", "rich", "numpy", "torch", "rapidfuzz", "studytool.app", "studytool.quiz", "asyncio"}
    assert not heavy & loaded(RUN, tmp_path, arguments)


@pytest.mark.parametrize("arguments", [["cards"], ["check"], ["settings"]], ids=" ".join)
def test_listing_needs_no_log(arguments: list[str], tmp_path: Path) -> None:
    heavy = {"textual", "rich", "numpy", "torch", "multiprocessing", "studytool.memory"}
    assert not heavy & loaded(RUN, tmp_path, arguments)


def test_a_worker_that_reads_notes_has_neither_an_index_nor_another_tokenizer(tmp_path: Path) -> None:
    code = (
        "from studytool.notes import worker\nfrom studytool.notes.reading import read_chunk\n"
        "from studytool.notes.parse import parse_note\n"
        "assert parse_note('# A\\n\\nQ: B?\\nA: C\\n\\n<div>\\n\\n- d\\n', 'a.md').cards"
    )
    heavy = {"markdown_it", "sqlite3", "yaml", "json", "numpy", "studytool.notes.library", "studytool.notes.index"}
    assert not heavy & loaded(code, tmp_path)


def test_listing_demos_runs_none(tmp_path: Path) -> None:
    heavy = {"textual", "rich", "numpy", "torch", "sqlite3", "studytool.notes"}
    assert not heavy & loaded(RUN, tmp_path, ["demo"])


def is_about_arrays(source: Path) -> bool:
    """Whether a module needs numpy as soon as it is imported, and says so itself."""
    body = [node for node in tree_of(source).body if isinstance(node, ast.Import)]
    return any(alias.name == "numpy" for node in body for alias in node.names)


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Iterable[str]], set[str]]:
    """The modules that a child process has loaded after importing some; the same ones in one child for all tests."""

    @cache
    def found(code: str) -> set[str]:
        return loaded(code, tmp_path_factory.mktemp("imported"))

    return lambda modules: found("\n".join(f"import {module}" for module in modules))


@pytest.mark.parametrize("room", ROOMS)
def test_importing_all_of_a_room_loads_neither_arrays_nor_torch(
    room: str, imported: Callable[[Iterable[str]], set[str]]
) -> None:
    sources = [path for path in SOURCES if room_of(module_of(path)) == room]
    modules = [module_of(path) for path in sources if not (room == "memory" and is_about_arrays(path))]
    seen = imported(module for module in modules if not module.endswith("__main__"))
    assert "torch" not in seen
    assert "numpy" not in seen
    if room not in ("app", "serve"):  # textual-serve needs rich
        assert not {"textual", "rich", "studytool.app"} & seen


@pytest.mark.parametrize("room", ["notes", "memory", "draw", "demo", "tex"])
def test_an_inner_room_stands_alone(room: str, imported: Callable[[Iterable[str]], set[str]]) -> None:
    seen = imported(module_of(path) for path in SOURCES if room_of(module_of(path)) == room)
    assert {room_of(module) for module in seen} - {""} == {room}
