"""What a note says about itself before its text: YAML or TOML front matter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from studytool.notes.model import DemoLink


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields of a note's front matter; `end` is the number of lines it takes, `problem` why it was not readable."""

    fields: dict[str, object] = field(default_factory=dict)
    end: int = 0
    problem: str = ""
    problem_line: int = 1
    problem_column: int = 1

    def text(self, *names: str) -> str:
        """The first of these fields that holds a word, as text."""
        for name in names:
            value = self.fields.get(name)
            if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip():
                return " ".join(str(value).split())
        return ""

    def texts(self, *names: str) -> tuple[str, ...]:
        """These fields as a list of texts: written as a list, or as one text with commas. Each once, in order."""
        found: dict[str, None] = {}
        for name in names if self.fields else ():
            value = self.fields.get(name)
            items = value if isinstance(value, list) else _written(value).split(",")
            for item in items:
                if text := " ".join(_written(item).split()):
                    found.setdefault(text)
        return tuple(found)


def read_front_matter(lines: Sequence[str]) -> FrontMatter:
    """The front matter at the top of `lines`: YAML between `---`, TOML between `+++` or (as hashcards has it) `---`."""
    fence = lines[0].rstrip() if lines else ""
    if fence not in ("---", "+++"):
        return FrontMatter()
    closing = ("---", "...") if fence == "---" else ("+++",)
    end = next((i for i in range(1, len(lines)) if lines[i].rstrip() in closing), 0)
    if not end:
        open_ended = fence == "---" and len(lines) > 1 and _holds_fields(lines[1:2]) and not lines[1].startswith("-")
        return FrontMatter(problem="no line `---` ends it" if open_ended else "")
    body = "\n".join(lines[1:end])
    if fence == "---" and not _holds_fields(lines[1:end]):
        return FrontMatter(end=end + 1 if not body.strip() else 0)
    if found := _LONG_NUMBER.search(body):
        line = body.count("\n", 0, found.start()) + 2
        return FrontMatter(_scraped(body), end + 1, "one of its numbers is too long", line)
    if fence == "+++" or _looks_like_toml(lines[1:end]):
        return _toml(body, end + 1)
    return _yaml(body, end + 1)


def demo_link(value: object) -> DemoLink | None:
    """A demo named by front matter (`cnn`, `cnn?learning_rate=0.1`, `{run: cnn, learning_rate: 0.1}`) or by a link."""
    if isinstance(value, str) and value.strip():
        name, _, query = value.strip().removeprefix("demo:").partition("?")
        pairs = [pair.partition("=") for pair in query.split("&") if pair]
        return DemoLink(name.strip(), tuple((key, _unquoted(text)) for key, _, text in pairs)) if name else None
    if isinstance(value, dict) and isinstance(value.get("run"), str):
        told = {str(key): item for key, item in value.items() if key != "run"}
        return DemoLink(value["run"], tuple((key, _written(item)) for key, item in told.items()))
    return None


def demo_target(link: DemoLink) -> str:
    """A link to a demo as an address: what `demo_link` reads."""
    pairs = (f"{key}={_quoted(value)}" for key, value in link.parameters)
    return f"demo:{link.name}?{'&'.join(pairs)}" if link.parameters else f"demo:{link.name}"


def _quoted(text: str) -> str:
    if not any(mark in text for mark in "%+&"):
        return text
    from urllib.parse import quote_plus

    return quote_plus(text)


def _unquoted(text: str) -> str:
    if "%" not in text and "+" not in text:
        return text
    from urllib.parse import unquote_plus  # 10 ms, and hardly ever needed

    return unquote_plus(text)


def _written(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if isinstance(value, dict | list) or value is None else str(value)


def _holds_fields(lines: Sequence[str]) -> bool:
    """Whether anything between two rules looks like fields; a note may also begin with a rule and a paragraph."""
    told = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    return bool(told) and (":" in told[0] or "=" in told[0] or told[0].startswith(("{", "-", '"')))


def _looks_like_toml(lines: Sequence[str]) -> bool:
    told = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    key, equals, _ = told[0].partition("=")
    return bool(equals) and ":" not in key and key.strip().replace("_", "").replace("-", "").isalnum()


def _toml(body: str, end: int) -> FrontMatter:
    import tomllib

    deep = next((at for at, line in enumerate(body.split("\n"), 2) if line.count(".") > _DEEPEST), 0)
    if deep:  # each part of a name takes as long as all before it
        return FrontMatter({}, end, "its names are nested too deeply", deep)
    try:
        return FrontMatter(_lowered(tomllib.loads(body)), end)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        told, _, place = str(error).partition(" (at ")
        line, _, column = place.rstrip(")").removeprefix("line ").partition(", column ")
        at_end = (max(end - 1, 1), 1)
        where = (int(line) + 1, int(column)) if line.isdecimal() and column.isdecimal() else at_end
        return FrontMatter({}, end, f"it is not valid TOML: {told}", *where)


_WORDS = r"[A-Za-z][A-Za-z0-9_/-]*(?: [A-Za-z0-9_/-]+)*"
_PLAIN_LINE = re.compile(
    rf"([A-Za-z][A-Za-z0-9_-]*): (?:({_WORDS})|\[({_WORDS}(?:, {_WORDS})*)\]|([12][0-9]{{3}}-[01][0-9]-[0-3][0-9]))"
)
_LONG_NUMBER = re.compile(r"(?<![0-9A-Fa-fx_:])[0-9][0-9A-Fa-fx_:]{999}")
"""What may be a number longer than Python writes one out, or than it reads one in time: YAML has some to base 60."""
_NESTING = ("[", "{", "- ", "-\n", "? ", "?\n", ":")
"""What opens a list or a mapping in YAML."""
_DEEPEST = 500
"""Lists in each other beyond which no person nests them; some ten thousand end the program."""
_MOST_MERGED = 8
"""Names with `*` in front matter that merges with `<<`: what each stands for may double that of the one before."""
_MERGE = "tag:yaml.org,2002:merge"
_NO_TEXT = frozenset({"yes", "no", "on", "off", "true", "false", "null"})
"""Words that YAML takes for something else than text, in any case."""


def _plain(body: str) -> dict[str, object] | None:
    """Front matter of nothing but words, `[words, words]` and dates, as YAML reads it; None for any other."""
    fields: dict[str, object] = {}
    for line in body.split("\n"):
        found = _PLAIN_LINE.fullmatch(line)
        if not found:
            return None
        name, text, items, day = found.groups()
        words = items.split(", ") if items else [text or ""]
        if not _NO_TEXT.isdisjoint([name.lower(), *map(str.lower, words)]):
            return None
        try:
            fields[name] = date.fromisoformat(day) if day else words if items else text
        except ValueError:
            return None
    return fields


def _yaml(body: str, end: int) -> FrontMatter:
    if (plain := _plain(body)) is not None:
        return FrontMatter(_lowered(plain), end)
    text = yaml_text([body])
    if problem := unfit(text):
        return FrontMatter(_scraped(body), end, problem)
    import yaml  # 19 ms, only for front matter that is more than words

    try:
        value = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # the safe loader, in C if there
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        if str(getattr(error, "context", "")).endswith(("flow sequence", "flow mapping", "quoted scalar")):
            mark = getattr(error, "context_mark", None) or mark  # where it was opened, not where that was noticed
        told = getattr(error, "problem", None) or str(error).partition("\n")[0]
        line, column = (mark.line + 2, mark.column + 1) if mark else (2, 1)
        return FrontMatter(_scraped(body), end, f"it is not valid YAML: {told}", line, column)
    except (ValueError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        return FrontMatter(end=end, problem=f"it is not valid YAML: {error}")
    if value is None:
        return FrontMatter(end=end)
    if not isinstance(value, dict):
        return FrontMatter(end=end, problem="it is not a list of `name: value` lines")
    return FrontMatter(_lowered(value), end)


def unfit(text: str, *, merges: bool = True) -> str:
    """Why a `yaml_text` is not made into objects, which would end the program or never end; empty where it is.

    `merges` says that names behind `<<`, or behind another key with its tag, are followed.
    """
    merges = merges and ("<<" in text or "!" in text) and text.count("*") > _MOST_MERGED
    if not merges and sum(map(text.count, _NESTING)) <= _DEEPEST:
        return ""
    import yaml

    depth = names = 0
    is_merged = False
    try:
        for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                return "its lists are nested too deeply"
            names += isinstance(event, yaml.AliasEvent)
            is_merged = is_merged or (
                isinstance(event, yaml.ScalarEvent) and (event.value == "<<" or event.tag == _MERGE)
            )
    except yaml.YAMLError:
        return ""  # which whoever reads it tells
    return "it merges too many things by their names" if merges and is_merged and names > _MOST_MERGED else ""


def yaml_text(lines: Sequence[str]) -> str:
    """Lines as the text that YAML reads: it ends lines at signs at which notes do not."""
    return "\n".join(lines).replace("\u2028", " ").replace("\u2029", " ")


def _scraped(body: str) -> dict[str, object]:
    """The plain `name: words` lines of front matter that is not valid as a whole."""
    pairs = (line.partition(":") for line in body.split("\n") if line[:1].isalpha())
    told = {key.strip().lower(): value.strip().strip("'\"") for key, colon, value in pairs if colon}
    return {key: value for key, value in told.items() if value and value[0] not in "[]{}&*!|>%@`#"}


def _lowered(fields: dict[object, object] | dict[str, object]) -> dict[str, object]:
    return {str(key).lower(): value for key, value in fields.items()}
