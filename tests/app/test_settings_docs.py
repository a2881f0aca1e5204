"""The tables of docs/settings.md and docs/keys.md say what the program says.

`STUDYTOOL_SNAPSHOTS=write pytest tests/app/test_settings_docs.py` writes them again.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

import studytool
from studytool.app.keymap import actions, title_of
from studytool.app.setting_lines import takes
from studytool.setting_values import KEYS, written
from studytool.settings import known

DOCS = Path(studytool.__file__).resolve().parents[1] / "docs"


def settings_table() -> str:
    rows = ["| setting | default | what it means |", "|---|---|---|"]
    for about in known().values():
        if about.name != KEYS:
            default = f"`{written(about.default)}`" if written(about.default) else "nothing"
            rows.append(f"| `{about.name}` | {default} | {about.told} Takes {takes(about)}. |")
    return "\n".join(rows)


def keys_table() -> str:
    parts = []
    found = actions().values()
    places = list(dict.fromkeys(["app", "list", "text", "file", *(action.place for action in found)]))
    for place in places:
        parts += ["", f"## {title_of(place)}", "", "| action | keys | what it does |", "|---|---|---|"]
        for action in found:
            if action.place == place:
                keys = " ".join(f"`{key}`" for key in action.keys)
                parts.append(f"| `{action.id}` | {keys} | {action.told} |")
    return "\n".join(parts).strip()


@pytest.mark.parametrize(("name", "made"), [("settings", settings_table), ("keys", keys_table)])
def test_the_table_is_what_the_program_says(name: str, made: Callable[[], str]) -> None:
    table = made()
    file = DOCS / f"{name}.md"
    text = file.read_text("utf-8")
    before, _, rest = text.partition(f"<!-- {name} -->\n")
    shown, _, after = rest.partition("<!-- end -->")
    if os.environ.get("STUDYTOOL_SNAPSHOTS") == "write":
        file.write_text(f"{before}<!-- {name} -->\n\n{table}\n\n<!-- end -->{after}", "utf-8")
        shown = f"\n{table}\n\n"
    assert shown.strip() == table


def test_the_docs_name_the_settings_that_count_from_the_next_start() -> None:
    from studytool.app.app import AT_START

    text = " ".join((DOCS / "settings.md").read_text("utf-8").split())
    assert ", ".join(f"`{name}`" for name in AT_START) in text
