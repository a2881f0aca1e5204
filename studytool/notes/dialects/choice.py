"""A question and a task list of options, the right ones ticked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from studytool.notes.dialects.heading import asks, without_number
from studytool.notes.inline import words
from studytool.notes.markdown import Block
from studytool.notes.model import Option
from studytool.notes.page import Claim, Dialect, Draft, Page, Remark, written

_BETWEEN = frozenset({"paragraph", "fence", "code", "math", "table", "html", "quote"})
"""What may stand between a heading that asks and its options: it belongs to the question."""


def _find(page: Page) -> Iterator[Claim | Remark]:
    blocks = page.blocks
    past = 0
    for at, block in enumerate(blocks):
        if at < past or not _is_options(block):
            continue
        past = at + 1
        start = _prompt(blocks, at)
        if start is None:
            continue
        past = _end(blocks, at)
        options = _options(blocks[at:past])
        right = sum(option.correct for option in options)
        if len(options) < 2 or not right or right == len(options):
            yield _problem(block, len(options), right)
            continue
        explanation, end = _explanation(blocks, past - 1)
        line = blocks[start].line
        prompt = _prompt_text(page, blocks[start:at])
        draft = Draft("choice", prompt, "", line, end, options=options, explanation=explanation)
        yield Claim(((line, end),), (draft,))


def _end(blocks: Sequence[Block], at: int) -> int:
    """Where the options that begin at `at` end. Code between task lists is the text of the option above it."""
    coded = False
    while at < len(blocks) and _is_options(blocks[at]):
        code = at + 1
        while code < len(blocks) and blocks[code].kind == "fence":
            code += 1
        goes_on = code < len(blocks) and _is_options(blocks[code])
        if code == at + 1 or not (goes_on or coded):
            return at + 1
        coded, at = True, code
    return at


def _is_options(block: Block) -> bool:
    return block.kind == "list" and bool(block.children) and all(i.label in (" ", "x") for i in block.children)


def _prompt(blocks: Sequence[Block], at: int) -> int | None:
    """Where the question of the options at `at` begins, or None when they are only tasks."""
    start = at - 1
    if start < 0:
        return None
    before = blocks[start]
    if before.kind == "paragraph" and asks(before.text):
        above = blocks[start - 1] if start else None
        numbered = above is not None and above.kind == "heading" and _numbered(above.title)
        return start - 1 if numbered else start
    while start >= 0 and at - start <= 6 and blocks[start].kind in _BETWEEN:
        start -= 1
    if start < 0 or blocks[start].kind != "heading":
        if before.kind == "paragraph" and _numbered(before.text):
            return at - 1
        return None
    title = blocks[start].title
    return start if asks(title) or _numbered(title) else None


def _numbered(text: str) -> bool:
    return without_number(words(text)) != words(text)


def _options(blocks: Sequence[Block]) -> tuple[Option, ...]:
    """The items of task lists; what is nested under an option as a quote or a list is its feedback."""
    options: list[Option] = []
    for block in blocks:
        if block.kind == "fence":
            last = options[-1]
            label = f"{last.text}\n\n" if len(last.text) > 1 and any(c.isalnum() for c in last.text) else ""
            options[-1] = Option(f"{label}{block.text}", last.correct, last.why)
        options.extend(_option(item) for item in block.children)
    return tuple(options)


def _option(item: Block) -> Option:
    lines = [item.lines[0].lstrip()[3:].lstrip(), *item.lines[1:]]
    nested = [child for child in item.children[1:] if child.kind in ("quote", "list")]
    if nested:
        lines = lines[: nested[0].line - item.line]
    why = "\n".join("\n".join(child.lines) for child in nested)
    return Option(written("\n".join(lines)), item.label == "x", written(why))


def _prompt_text(page: Page, blocks: Sequence[Block]) -> str:
    first = blocks[0]
    told = without_number(first.title if first.kind == "heading" else first.text)
    if len(blocks) == 1:
        return written(told)
    return f"{written(told)}\n\n{page.source(blocks[1].line, blocks[-1].end_line)}"


def _explanation(blocks: Sequence[Block], at: int) -> tuple[str, int]:
    """What follows the options: a quote, or a paragraph that says it explains; and the last line of the question."""
    end = blocks[at].end_line
    following = blocks[at + 1] if at + 1 < len(blocks) else None
    if following is None:
        return "", end
    if following.kind == "quote":
        return written(following.text), following.end_line
    told = words(following.text) if following.kind == "paragraph" else ""
    if told.casefold().startswith(("explanation", "because", "why:", "reason", "answer:")):
        text = following.text.lstrip("*_ ")
        _, colon, rest = text.partition(":")
        return written(rest.lstrip("*_ ") if colon and len(text) - len(rest) < 20 else text), following.end_line
    return "", end


def _problem(block: Block, count: int, right: int) -> Remark:
    if count < 2:
        told, hint = "This question has one option only.", "Add the others, or write it as a plain question."
    elif not right:
        told, hint = "None of these options is marked as right.", "Tick the right one: `- [x] …`."
    else:
        told, hint = "All of these options are marked as right.", "Leave the wrong ones open: `- [ ] …`."
    return Remark(block.line, "warning", "choice-data", told, hint)


DIALECT = Dialect(
    name="choice",
    level="structured",
    recognises="A question (heading or paragraph) and a task list with the right options ticked; a quote explains it.",
    find=_find,
    example=("What does ReLU give for -2?\n\n- [ ] -2\n- [x] 0\n- [ ] 2\n\n> It cuts off everything below zero.\n"),
    cards=(("What does ReLU give for -2?\n\n- -2\n- 0\n- 2", "0\n\nIt cuts off everything below zero."),),
)
