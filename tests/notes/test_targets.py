"""Where references lead: names that resolve, embeds that become text, and what is said of those that lead nowhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from studytool.notes import Note, load_library
from studytool.notes.dangling import dangling
from studytool.notes.embeds import DEEPEST, LONGEST, Resolver
from studytool.notes.parse import parse_note
from studytool.notes.targets import Targets
from tests.growth import steps

FILES = [
    "index.md",
    "nets/Dropout.md",
    "nets/Weight decay.md",
    "nets/deep/Dropout.md",
    "nets/deep/curve.png",
    "img/curve.png",
    "img/fig 1.svg",
    "a/README.md",
    "b/README.md",
    "Why is it so..md",
    "C# and F#.md",
    "2024/v1.2.md",
    "drawing.excalidraw.md",
    "box.textbundle/text.md",
    "Re\u0301sume\u0301.md",
    "talk.pdf",
]


def library(files: dict[str, str], *others: str) -> tuple[list[Note], Targets, Callable[[str], str]]:
    """Notes by their places, their targets, and how they are read."""
    notes = [parse_note(text, f"/vault/{place}", place=place) for place, text in files.items()]
    return notes, Targets([*files, *others], notes), lambda place: files.get(place, "")


def resolved(notes: list[Note], targets: Targets, read: Callable[[str], str]) -> list[Note]:
    """The notes with what their cards embed."""
    return [*map(Resolver(targets, read).note, notes)]


def backs(files: dict[str, str], *others: str) -> list[str]:
    """The backs of the cards of the first note, with what they embed."""
    return [card.back for card in resolved(*library(files, *others))[0].studied]


def told(files: dict[str, str], *others: str) -> list[tuple[str, str, int, int, str]]:
    notes, targets, _ = library(files, *others)
    return [(d.severity, d.code, d.span.line, d.span.column, d.hint) for d in dangling(notes, targets)]


@pytest.mark.parametrize(
    ("target", "place", "file"),
    [
        ("Weight decay", "index.md", "nets/Weight decay.md"),
        ("weight  DECAY.MD", "index.md", "nets/Weight decay.md"),
        ("nets/Weight decay", "a/x.md", "nets/Weight decay.md"),
        ("/nets/Weight decay", "a/x.md", "nets/Weight decay.md"),
        ("../nets/Weight decay.md", "a/x.md", "nets/Weight decay.md"),
        ("./Weight decay", "nets/x.md", "nets/Weight decay.md"),
        ("Dropout", "index.md", "nets/Dropout.md"),
        ("Dropout", "nets/deep/x.md", "nets/deep/Dropout.md"),
        ("deep/Dropout", "index.md", "nets/deep/Dropout.md"),
        ("curve.png", "index.md", "img/curve.png"),
        ("curve.png", "nets/deep/x.md", "nets/deep/curve.png"),
        ("img/curve.png", "nets/deep/x.md", "img/curve.png"),
        ("@/img/curve.png", "nets/deep/x.md", "img/curve.png"),
        ("assets/fig%201.svg", "nets/x.md", "img/fig 1.svg"),
        ("img\\fig 1.svg?raw=true", "index.md", "img/fig 1.svg"),
        ("Why is it so. ", "index.md", "Why is it so..md"),
        ("Why is it so?", "index.md", "Why is it so..md"),
        ("C# and F#", "index.md", "C# and F#.md"),
        ("v1.2", "index.md", "2024/v1.2.md"),
        ("drawing.excalidraw", "index.md", "drawing.excalidraw.md"),
        ("box", "index.md", "box.textbundle/text.md"),
        ("R\u00e9sum\u00e9", "index.md", "Re\u0301sume\u0301.md"),
        ("Dropout#Why it helps#First", "index.md", "nets/Dropout.md"),
        ("Dropout#^id1", "index.md", "nets/Dropout.md"),
        ("#Above", "nets/Dropout.md", "nets/Dropout.md"),
        ("^id1", "nets/Dropout.md", "nets/Dropout.md"),
        ("talk.pdf#page=3", "index.md", "talk.pdf"),
        ("c/README.md", "index.md", None),
        ("talk", "index.md", None),
        ("curve", "index.md", None),
        ("Dropouts", "index.md", None),
        ("Why is it so, when it is not", "index.md", None),
    ],
)
def test_a_name_leads_where_obsidian_takes_it(target: str, place: str, file: str | None) -> None:
    assert Targets(FILES).resolve(target, place) == file


def test_titles_and_aliases_come_after_the_names_of_files() -> None:
    notes = [
        parse_note("---\naliases: [SGD, Dropout]\n---\n# Stochastic gradient descent\n", "/v/a.md", place="a.md"),
        parse_note("# Dropout\n", "/v/Dropout.md", place="Dropout.md"),
    ]
    targets = Targets([], notes)
    names = ("sgd", "stochastic Gradient descent", "Dropout", "a")
    assert [targets.resolve(name, "b.md") for name in names] == ["a.md", "a.md", "Dropout.md", "a.md"]


NOTE = """\
---
title: Dropout
---
# Dropout

Units are switched off at random. ^first

## Why it helps: (a guess)

No unit can rely on another.

### In short

- fewer ties ^tie
    - of any kind
- more noise

## Cost

| a | b |
|---|---|
| 1 | 2 |

^table

Slower %% much %% training.
"""


@pytest.mark.parametrize(
    ("embed", "back"),
    [
        ("![[Dropout#Cost]]", "| a | b |\n|---|---|\n| 1 | 2 |\n\n\n\nSlower  training."),
        ("![[Dropout#why it helps - a guess#In short]]", "- fewer ties\n    - of any kind\n- more noise"),
        ("![[Dropout#In short|so]]", "- fewer ties\n    - of any kind\n- more noise"),
        ("![[Dropout#^first]]", "Units are switched off at random."),
        ("![[Dropout#^tie]]", "fewer ties\n  - of any kind"),
        ("![[Dropout#^table]]", "| a | b |\n|---|---|\n| 1 | 2 |"),
        ("It is: ![[Dropout#^first]] And so on.", "It is: Units are switched off at random. And so on."),
        ("![[Nowhere#x|that note]]", "that note"),
        ("`![[Dropout#^first]]` $![[Dropout]]$", "`![[Dropout#^first]]` $![[Dropout]]$"),
        ("- ![[Dropout#^table]]", "- | a | b |\n  |---|---|\n  | 1 | 2 |"),
    ],
)
def test_an_embed_on_a_card_is_the_text_it_stands_for(embed: str, back: str) -> None:
    (found,) = backs({"q.md": f"Q: What?\nA: {embed}\n", "nets/Dropout.md": NOTE})
    assert found == back


def test_a_whole_note_is_embedded_without_its_front_matter() -> None:
    (found,) = backs({"q.md": "Q: What?\nA: ![[Dropout]]\n", "nets/Dropout.md": NOTE})
    assert found.startswith("# Dropout\n\nUnits are switched off at random.\n")
    assert "title:" not in found


def test_pictures_and_other_files_are_named_by_their_path_from_the_root() -> None:
    text = "Q: One? ![[curve.png|300]] ![plot](../img/fig%201.svg)\nA: ![[curve.png|the curve|40x30]] ![[talk.pdf]]\n"
    notes, targets, read = library({"n/q.md": text}, "img/curve.png", "img/fig 1.svg", "talk.pdf")
    (card,) = resolved(notes, targets, read)[0].cards
    assert card.front == "One? ![curve.png](<img/curve.png>) ![plot](<img/fig 1.svg>)"
    assert card.back == "![the curve](<img/curve.png>) ![talk.pdf](<talk.pdf>)"


def test_pictures_written_as_html_are_named_as_others_are() -> None:
    files = {"n/q.md": "Q: One?\nA: <img src='../img/a.png' alt='the a' width=30> <img src='gone.png'>\n"}
    assert backs(files, "img/a.png") == ["![the a](<img/a.png>) <img src='gone.png'>"]


def test_pictures_in_an_embedded_note_are_looked_for_from_that_note() -> None:
    files = {"q.md": "Q: What?\nA: ![[b]]\n", "deep/b.md": "![](c.png)\n"}
    assert backs(files, "deep/c.png") == ["![](<deep/c.png>)"]


def test_the_key_of_a_card_does_not_change_with_what_it_embeds() -> None:
    keys = set()
    for text in ("one\n", "two\n", ""):
        notes = resolved(*library({"q.md": "Q: What?\nA: ![[b]] ![[c.png]]\n", "b.md": text}, "img/c.png"))
        keys.add(notes[0].cards[0].key)
    assert len(keys) == 1


def test_notes_that_embed_nothing_are_the_same_objects() -> None:
    notes, targets, read = library({"a.md": "Q: What?\nA: [[b]] `![[b]]`\n", "b.md": "![[a]]\n"})
    assert all(one is other for one, other in zip(resolved(notes, targets, read), notes, strict=True))


def test_embeds_in_embeds_are_followed_so_far_and_circles_end() -> None:
    chain = {f"{at}.md": f"{at} ![[{at + 1}]]\n" for at in range(1, 9)}
    assert backs({"q.md": "Q: What?\nA: ![[1]]\n", **chain}) == [f"1 2 {DEEPEST} {DEEPEST + 1}"]
    assert backs({"q.md": "Q: What?\nA: ![[a]]\n", "a.md": "a ![[b]]\n", "b.md": "b ![[a]]\n"}) == ["a b"]
    assert backs({"q.md": "## Part\n\nQ: What?\nA: ![[#Part]]\n"}) == ["Q: What?\nA:"]


def test_a_note_too_long_for_a_card_stays_a_name() -> None:
    assert backs({"q.md": "Q: What?\nA: ![[b]]\n", "b.md": "word " * (LONGEST // 5 + 1)}) == ["b"]
    many = "![[c]] " * 100
    assert len(backs({"q.md": "Q: What?\nA: ![[b]]\n", "b.md": many, "c.md": "word " * 1000})[0]) <= LONGEST


def test_a_drawing_is_no_text() -> None:
    drawing = "---\nexcalidraw-plugin: parsed\n---\n# Text Elements\nx\n"
    files = {"q.md": "Q: What?\nA: ![[a]] ![[b.excalidraw]] ![[a#Gone]]\n", "a.md": drawing, "b.excalidraw.md": drawing}
    (note, *_) = resolved(*library(files))
    assert note.cards[0].back == "a ![b.excalidraw](<b.excalidraw.md>) a"
    assert note.diagnostics == ()


def test_an_embed_that_leads_back_is_told_where_the_card_has_it() -> None:
    loop = {"a.md": "a ![[b]]\n", "b.md": "b ![[a]]\n", "c.md": "c\n"}
    note = resolved(*library({"q.md": "Q: What?\nA: so ![[a]]\n\nQ: And?\nA: ![[c]]\n", **loop}))[0]
    assert [(d.code, d.severity, d.span.line, d.span.column) for d in note.diagnostics] == [
        ("dangling-embed", "warning", 2, 7)
    ]
    files = {"q.md": "Q: What?\nA: so\n![[b]]\n", "b.md": "b\n\n![[q]]\n"}
    note = resolved(*library(files))[0]
    assert [card.back for card in note.studied] == ["so\nb"]
    assert [(d.span.line, "b.md" in d.message) for d in note.diagnostics] == [(3, True)]


def test_an_embed_that_leads_back_is_not_told_of_the_next_card() -> None:
    texts = {
        "a.md": "# A\n\n## Questions:\n\n- [[Why bark]]\n- [[Why leaf]]\n",
        "Why bark.md": "Bark keeps the tree from drying. ![[a]]\n",
        "Why leaf.md": "Leaves make sugar.\n",
        "b.md": "Q: What is sap?\nA: See\n![[c]]\n",
        "c.md": "Sap is what flows below the bark.\n",
    }
    notes = resolved(*library(texts))
    assert not [one for note in notes for one in note.diagnostics if "embeds what it stands in" in one.message]


def test_cards_that_each_embed_what_is_not_there_take_as_many_steps_as_there_are() -> None:
    def taken(count: int) -> int:
        cards = "".join(f"Q: {n}?\nA: ![[b#^x{n}]] ![[b#^none]]\n\n" for n in range(count))
        files = {"q.md": cards, "b.md": "".join(f"Text {n}. ^x{n}\n\n" for n in range(count))}
        notes, targets, read = library(files)
        return steps(lambda: resolved(notes, targets, read))

    assert taken(400) < 5 * taken(100)


def test_a_bomb_of_embeds_is_cheap() -> None:
    files = {f"{at}.md": " ".join(f"![[{to}]]" for to in range(40)) for at in range(40)}
    assert len(backs({"q.md": "Q: What?\nA: ![[0]]\n", **files})[0]) <= LONGEST


def test_a_part_that_its_note_lacks_is_named_at_the_embed() -> None:
    files = {"q.md": "Q: What?\nA: so\n![[b#Gone]]\n", "b.md": "# B\n\n## There\n\ntext\n"}
    note = resolved(*library(files))[0]
    assert [(d.code, d.severity, d.span.line, d.span.column) for d in note.diagnostics] == [
        ("dangling-embed", "warning", 3, 1)
    ]
    assert "“Gone” in b.md" in note.diagnostics[0].message
    assert note.cards[0].back == "so\nb"


def test_a_question_that_is_a_link_is_answered_by_its_note_or_a_part_of_it() -> None:
    asked = "Questions:\n- [[Why is it so]]\n- [[Why is it so#Part]]\n- [[Why is it not]]\n- [[Why do we ask]]\n"
    files = {"Why do we ask.md": asked, "a/Why is it so.md": "All\n\n## Part\n\n![[c]]\n", "c.md": "see\n"}
    questions = resolved(*library(files))[0].questions
    assert [question.answer for question in questions] == ["All\n\n## Part\n\nsee", "see", None, None]


@pytest.mark.parametrize(
    ("text", "diagnostics"),
    [
        (
            "[[gone]] and [[here]] and [x](gone.md)\n",
            [("info", "dangling-link", 1, 1), ("info", "dangling-link", 1, 27)],
        ),
        ("Q: a? ![](gone.png)\nA: b\n", [("warning", "dangling-image", 1, 7)]),
        (
            "Q: a?\nA: ![[gone.png]] ![[gone]]\n",
            [("warning", "dangling-image", 2, 4), ("warning", "dangling-embed", 2, 18)],
        ),
        (
            "# T\n\ntext ![](gone.png)\n\n![[gone]]\n",
            [("info", "dangling-image", 3, 6), ("info", "dangling-embed", 5, 1)],
        ),
        ("[[here]] [[HERE#x]] ![[here]] [x](here.md) ![](in/a.png) ![[a.png]] [[#own]]\n", []),
        (
            "![](../up.png) ![](.hidden/a.png) [x](https://a.org/b.md) [[{{title}}]] [[https://a.org]] [x](demo:cnn)\n",
            [],
        ),
        ("The rows are [[1, 2.5]] and [[True, False]] and [[-1,0]].\n", []),
        ("`[[gone]]` $[[gone]]$ %%[[gone]]%%\n", []),
    ],
)
def test_what_leads_nowhere_is_named_with_its_place(text: str, diagnostics: list[tuple[str, str, int, int]]) -> None:
    assert [found[:4] for found in told({"n.md": text, "here.md": ""}, "in/a.png")] == diagnostics


def test_a_slip_is_told_what_it_may_have_been() -> None:
    files = {
        "q.md": "[[Gradient decent]] [[Batch size 33]] [[Something]]\n",
        "Gradient descent.md": "",
        "Batch size 32.md": "",
    }
    assert [found[4] for found in told(files)] == [
        "Is it “Gradient descent”?",
        *["Write that note, or correct the link."] * 2,
    ]
    assert told({"q.md": "![](img/laerning_rate.png)\n"}, "p/learning_rate.png")[0][4] == "Is it “learning_rate.png”?"


def test_only_so_many_names_are_compared() -> None:
    text = "\n".join(f"[[Gradient decent {'x' * (at % 7)}{at}]]" for at in range(2_000))
    files = {"q.md": text, **{f"{'abcdefgh'[at % 8] * 9}{at}.md": "" for at in range(2_000)}}
    assert len(told(files)) == 2_000


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, "utf-8")
    return folder


def test_a_folder_of_a_library_refers_to_all_of_it(tmp_path: Path) -> None:
    card = "Q: One?\nA: ![[a.png]] ![[../b/other]] ![[gone.png]]\n"
    write(
        tmp_path,
        {".obsidian/app.json": "", "n/q.md": card, "b/other.md": "Text.\n", "img/a.png": "", ".x/gone.png": ""},
    )
    library = load_library([tmp_path / "n"])
    assert library.notes[0].cards[0].back == "![a.png](<img/a.png>) Text. ![gone.png](<gone.png>)"
    assert [(d.code, d.span.line, d.span.column) for d in library.diagnostics] == [("dangling-image", 2, 31)]


def test_a_root_that_is_named_is_referred_to_as_a_whole(tmp_path: Path) -> None:
    write(tmp_path, {"n/q.md": "Q: One?\nA: ![[a.png]] ![](../../b.png)\n", "img/a.png": ""})
    library = load_library([tmp_path / "n"], root=tmp_path)
    assert library.notes[0].cards[0].back == "![a.png](<img/a.png>) ![](../../b.png)"
    assert library.diagnostics == ()
    alone = load_library([tmp_path / "n"], root=tmp_path / "n")
    assert [(d.code, d.span.column) for d in alone.diagnostics] == [("dangling-image", 4)]


def test_a_lone_note_is_judged_by_its_own_paths_alone(tmp_path: Path) -> None:
    text = "Q: ![](img/a.png)\nA: ![](img/gone.png) ![[gone.png]] [[gone]]\n"
    library = load_library([write(tmp_path, {"q.md": text, "img/a.png": "", "x/gone.png": ""}) / "q.md"])
    assert library.notes[0].cards[0].front == "![](<img/a.png>)"
    assert [(d.code, d.span.line, d.span.column) for d in library.diagnostics] == [("dangling-image", 2, 4)]
