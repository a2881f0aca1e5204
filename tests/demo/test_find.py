"""Demos are found and described from their source alone."""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest
import torch

from studytool.demo.files import sources
from studytool.demo.find import DemoInfo, find_demo, list_demos, read
from studytool.demo.headless import DemoFailed, train
from studytool.demo.load import load
from studytool.demo.parameters import Choice, Float, checked
from studytool.demo.proving import Prover
from studytool.errors import StudytoolError, UsageError


def test_the_perceptron_is_listed_with_all_that_its_source_says() -> None:
    (info,) = [demo for demo in list_demos() if demo.name == "perceptron"]
    assert info.title == "Perceptron: a line between two kinds of flowers"
    assert info.topics == ("perceptron", "linear separability")
    assert info.summary == "A perceptron finds a line between two kinds of flowers."
    assert list(info.parameters) == ["flowers", "learning_rate"]
    assert info.parameters["flowers"].default == "setosa/versicolor"
    rate = Float(1.0, 0.01, 100, log=True, symbol="η", help="how far a correction goes")
    assert info.parameters["learning_rate"] == rate
    assert info.built_in


def test_threads_that_read_demos_at_the_same_time_all_get_them() -> None:
    interval, often, found = sys.getswitchinterval(), gc.get_threshold(), []

    class Trash:
        """Collected in the middle of what a thread parses, when another one goes on."""

        def __init__(self) -> None:
            self.me = self

        def __del__(self) -> None:
            sum(range(1_000))

    def collected(*_: object) -> None:
        for _ in range(3):
            Trash()

    threads = [Thread(target=lambda: found.append(len(list_demos()))) for _ in range(4)]
    gc.callbacks.append(collected)
    gc.set_threshold(50)
    sys.setswitchinterval(1e-6)
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)
        gc.set_threshold(*often)
        gc.callbacks.remove(collected)
    assert found == [len(list_demos())] * 4


def test_the_source_says_the_same_as_the_demo_itself() -> None:
    for info in list_demos():
        demo = load(info.path)
        assert (info.title, info.topics, info.steps) == (demo.title, demo.topics, demo.steps)
        assert info.parameters == demo.parameters
        assert info.broadcast == (demo.broadcast is not None)
        assert info.predictions == tuple((p.text, p.options) for p in demo.predictions)
        assert info.claims == tuple(claim.text for claim in demo.claims)
        asked = [(checked(demo.parameters, p.shown), p.steps) for p in demo.predictions]
        assert [(run.parameters, run.steps) for run in info.shown] == asked


@pytest.mark.parametrize(
    ("given", "told"), [("rate=3", "cannot be 3"), ("rat=1", "Did you mean `rate`"), ("rate=f()", "is no plain value"),
                        ("steps=0", "a whole number from 1 to 9")]
)  # fmt: skip
def test_a_run_that_a_prediction_cannot_ask_about_is_told_with_its_line(tmp_path: Path, given: str, told: str) -> None:
    path = tmp_path / "mine.py"
    path.write_text(
        'from studytool.demo import *\ndemo = Demo("B", topics=[], steps=9, rate=Float(1, 0, 2))\n'
        f'@demo.predict("How many?", "few", "many", why="so", {given})\ndef _(sim): return "few"\n'
    )
    with pytest.raises(UsageError) as caught:
        read(path)
    assert f"{path}:3: the run that this prediction asks about cannot be read" in str(caught.value)
    assert told in str(caught.value) + caught.value.hint


def test_every_built_in_demo_asks_at_least_three_predictions_and_claims_something() -> None:
    for info in list_demos():
        assert len(info.predictions) >= 3
        assert len(info.claims) >= 2


@pytest.mark.parametrize("info", list_demos(), ids=lambda info: info.name)
def test_a_built_in_demo_is_read_in_a_few_minutes_and_gives_no_answer_away(info: DemoInfo) -> None:
    first, second = (source.content.decode("utf-8") for source in sources(info.path))
    assert 40 <= len(first.splitlines()) <= 90
    assert len(second.splitlines()) <= 130
    assert not [word for word in ("@demo.predict", "@demo.claim", "@demo.question", "Question(") if word in first]


def test_bounds_between_the_options_of_a_prediction_are_no_options(tmp_path: Path) -> None:
    path = tmp_path / "bounds.py"
    path.write_text(
        'from studytool.demo import *\nA = 3\nSCALE = "few", A, f"over {A}"\ndemo = Demo("B", topics=[], steps=1)\n'
        '@demo.predict("How many?", "fewer", -A, "as many", A, "more", why="so")\ndef _(sim): return 0.0\n'
        '@demo.predict("And now?", *SCALE, why="so")\ndef _(sim): return 0.0\n'
    )
    found = find_demo(str(path)).predictions
    assert found == (("How many?", ("fewer", "as many", "more")), ("And now?", ("few", "over 3")))
    assert found == tuple((p.text, p.options) for p in load(path).predictions)


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """A demo, and the file with what is asked about it."""
    first, second = tmp_path / "my-own.py", tmp_path / "asked" / "my-own.py"
    first.write_text(
        'from studytool.demo import *\nN, FEW = 3, ("few", 9, "many")\n\ndemo = Demo("My own", topics=[], steps=N)\n'
        '@demo.claim("it is there")\ndef _(sim): return True\n'
    )
    second.parent.mkdir()
    second.write_text(
        'from demo_my_own import FEW, N as COUNT, demo\nTWICE = f"{COUNT} and {COUNT}"\n'
        '@demo.predict("How many?", *FEW, why="so")\ndef _(sim): return 3.0\n'
        '@demo.claim(f"holds for {TWICE} of {COUNT} seeds")\ndef _(sim): return True\n'
        "@demo.question\ndef sums(rng): ...\n"
    )
    return first, second


def test_what_is_asked_beside_a_demo_is_read_with_the_constants_it_imports(pair: tuple[Path, Path]) -> None:
    first, second = pair
    info, demo = find_demo(str(first)), load(first)
    assert info.predictions == (("How many?", ("few", "many")),) == tuple((p.text, p.options) for p in demo.predictions)
    assert info.claims == ("it is there", "holds for 3 and 3 of 3 seeds") == tuple(claim.text for claim in demo.claims)
    assert info.questions == ("sums",) == tuple(question.__name__ for question in demo.questions)
    assert info.claimed_at == {"it is there": (first, 5), "holds for 3 and 3 of 3 seeds": (second, 5)}


def test_a_link_to_a_demo_is_read_and_run_as_what_it_leads_to(pair: tuple[Path, Path], tmp_path: Path) -> None:
    link = tmp_path / "elsewhere.py"
    link.symlink_to(pair[0])
    info, demo = read(link), load(link)
    assert info.predictions == (("How many?", ("few", "many")),) == tuple((p.text, p.options) for p in demo.predictions)


def test_a_slip_in_what_is_asked_beside_a_demo_is_told_with_its_file_and_line(pair: tuple[Path, Path]) -> None:
    first, second = pair
    second.write_text("from demo_my_own import demo\n\ndef f(:\n")
    for reads in (read, load):
        with pytest.raises(StudytoolError, match=rf"^{second}:3: this is not Python"):
            reads(first)
    second.write_text("\nfrom demo_my_own import MISSING, demo\n")
    assert read(first).claims == ("it is there",)
    with pytest.raises(DemoFailed, match=rf"^{second}:2: ImportError: cannot import name 'MISSING' from 'demo_my_own'"):
        train(first, {}, 0, "cpu", [1])


def test_who_names_what_is_asked_is_told_the_demo(pair: tuple[Path, Path]) -> None:
    first, second = pair
    with pytest.raises(UsageError, match=rf"there is no demo in this file. It belongs to {first}: give that."):
        read(second)


def test_a_claim_that_raises_is_told_with_its_place(pair: tuple[Path, Path]) -> None:
    first, second = pair
    second.write_text("from demo_my_own import demo\n\n@demo.claim('so')\ndef _(sim):\n    return missing > 1\n")
    told: list[object] = []
    Prover(load(first), torch.device("cpu"), lambda **message: told.append(message.get("measured"))).prove(None)
    assert told[1] == "NameError: name 'missing' is not defined, at asked/my-own.py:5"


def test_what_is_asked_has_a_file_beside_it_only_where_the_demo_is_python(pair: tuple[Path, Path]) -> None:
    first, second = pair
    other = first.rename(first.with_suffix(""))
    second.rename(second.with_suffix(""))
    assert find_demo(f"{other}").claims == ("it is there",)


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(UsageError, match=r"no demo called `percetron`. Did you mean `perceptron`\?"):
        find_demo("percetron")


def test_a_path_is_read_too_but_is_not_built_in(tmp_path: Path) -> None:
    path = tmp_path / "mine.py"
    path.write_text(
        '"""Mine.\n\nMore."""\nN = 3\nfrom studytool.demo import *\nraise SystemExit  # reading runs nothing\n'
        'demo = Demo("My own", topics=["a"], steps=N, pick=Choice("x", "y"))\n'
        '@demo.claim(f"holds {N} times in {N:.1f} s")\ndef _(sim): return True\n'
    )
    info = find_demo(str(path))
    assert (info.name, info.title, info.steps, info.built_in) == ("mine", "My own", 3, False)
    assert info.parameters == {"pick": Choice("x", "y")}
    assert info.claims == ("holds 3 times in 3.0 s",)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("x = 1\n", "there is no demo in this file"),
        ("def f(:\n", r"mine.py:1: this is not Python"),
        ('demo = Demo(open("x").read(), topics=[], steps=1)\n', r"mine.py:1: .* cannot be read without running it"),
        ("\0", r"mine.py:1: this is not Python"),
    ],
)
def test_a_file_that_is_no_demo_is_one_sentence(tmp_path: Path, source: str, message: str) -> None:
    path = tmp_path / "mine.py"
    path.write_text(source)
    with pytest.raises(UsageError, match=message):
        read(path)


def test_finding_starting_and_drawing_modules_load_neither_torch_nor_numpy() -> None:
    code = (
        "import sys, studytool.demo, studytool.demo.find, studytool.demo.process, studytool.demo.headless, "
        "studytool.draw, studytool.commands.demo\n"
        "studytool.demo.list_demos(); studytool.demo.find_demo('perceptron'); studytool.demo.Demo\n"
        "print([name for name in ('torch', 'numpy', 'textual', 'rich') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
