"""`studytool demo NAME --save FILE`: pictures of a run, and what cannot be written."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from tests.demo.commands import demo

OVERLAP = ("perceptron", "--set", "flowers=versicolor/virginica", "--steps", "30", "--seed", "3")


def test_the_ending_says_whether_it_is_svg_or_png(tmp_path: Path) -> None:
    told, _ = demo(*OVERLAP, "--save", str(tmp_path / "run.svg"))
    assert told.endswith(f"Saved to {tmp_path / 'run.svg'}.\n")
    root = ElementTree.parse(tmp_path / "run.svg").getroot()
    assert (root.get("width"), root.get("height")) == ("1280", "800")
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts[0] == "Perceptron: a line between two kinds of flowers"
    assert texts[1] == "step 30 · seed 3 · flowers versicolor/virginica · learning rate 1.0"
    assert "versicolor" in texts
    told, _ = demo(
        *OVERLAP, "--save", str(tmp_path / "run.PNG"), "--size", "640x400", "--theme", "dark", "--json", "--headless"
    )
    assert json.loads(told)["saved"] == str(tmp_path / "run.PNG")
    with Image.open(tmp_path / "run.PNG") as image:
        assert (image.format, image.size) == ("PNG", (640, 400))
        assert image.convert("RGB").getpixel((1, 1)) == (0x12, 0x16, 0x1D)
    assert sorted(os.listdir(tmp_path)) == ["run.PNG", "run.svg"]


def test_a_gif_has_the_first_step_and_every_so_many_and_the_last(tmp_path: Path) -> None:
    path = tmp_path / "run.gif"
    demo(*OVERLAP, "--save", str(path), "--every", "8", "--size", "400x250")
    with Image.open(path) as image:
        assert (image.size, image.info["loop"]) == ((400, 250), 0)
        assert getattr(image, "n_frames", 1) == 5, "steps 1, 8, 16, 24 and 30"


def test_a_run_that_ends_earlier_has_fewer_pictures(tmp_path: Path) -> None:
    path = tmp_path / "run.gif"
    told, _ = demo("perceptron", "--save", str(path), "--every", "4", "--steps", "400", "--size", "200x200")
    assert "done after 10 steps" in told
    with Image.open(path) as image:
        assert getattr(image, "n_frames", 1) == 4, "steps 1, 4, 8 and 10"


def test_a_file_that_is_there_is_replaced_only_when_forced(tmp_path: Path) -> None:
    path = tmp_path / "run.svg"
    path.write_text("mine", encoding="utf-8")
    _, said = demo(*OVERLAP, "--save", str(path), code=1)
    assert f"There is a file {path} already." in said
    assert "--force" in said
    assert path.read_text("utf-8") == "mine"
    demo(*OVERLAP, "--save", str(path), "--force")
    assert path.read_text("utf-8").startswith("<?xml")


def test_others_may_read_a_picture_as_any_file_of_the_user(tmp_path: Path) -> None:
    usual = tmp_path / "usual"
    usual.touch()
    demo(*OVERLAP, "--save", str(tmp_path / "run.svg"))
    assert stat.S_IMODE((tmp_path / "run.svg").stat().st_mode) == stat.S_IMODE(usual.stat().st_mode)


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--save", "run.bmp"], 2, "run.bmp does not end in .svg, .png or .gif"),
        (["--save", "run"], 2, "does not end in"),
        (["--save", "nowhere/run.svg"], 1, "There is no folder nowhere to write run.svg to."),
        (["--save", "."], 2, "does not end in"),
        (["--save", "folder.svg"], 1, "folder.svg is a folder."),
        (["--save", "run.svg", "--size", "3"], 2, "Write it as --size 1280x800"),
        (["--save", "run.svg", "--size", "20x99999"], 2, "160 to 4000 pixels"),
        (["--save", "run.svg", "--every", "3"], 2, "ends in .gif"),
        (["--save", "run.svg", "--claims"], 2, "have none"),
        (["--save", "run.gif", "--steps", "9000", "--every", "2"], 2, "--every 18"),
        (["--size", "640x400"], 2, "Say which with --save FILE."),
        (["--theme", "dark"], 2, "Say which with --save FILE."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_what_cannot_be_saved_is_said_before_anything_runs(
    arguments: list[str], code: int, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.svg").mkdir()
    told, said = demo("perceptron", "--headless", *arguments, code=code)
    assert message in said
    assert "Traceback" not in said
    assert told == ""
    assert os.listdir(tmp_path) == ["folder.svg"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_to_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        _, said = demo("perceptron", "--headless", "--save", str(tmp_path / "run.svg"), code=1)
    finally:
        tmp_path.chmod(0o700)
    assert f"There is no right to write into {tmp_path}." in said
