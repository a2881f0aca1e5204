"""`studytool study --exam`, line by line: the cards that count most on the day, and sentences where there are none."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

NOTE = "# Rivers\n\n" + "\n".join(f"Q: How long is river {n}?\nA: {n}00 km.\n" for n in range(6))


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    (tmp_path / "rivers.md").write_text(NOTE, "utf-8")
    return tmp_path


def study(notes: Path, days: int | None, *options: str, answers: str = "") -> subprocess.CompletedProcess[str]:
    """Study with an exam in so many days, or none; `answers` are typed. A day begins at four in the morning."""
    if days is not None:
        day = (datetime.now().astimezone() - timedelta(hours=4) + timedelta(days=days)).date()
        (notes / "studytool.toml").write_text(f"exam = {day}\nminutes_per_day = 60\nnew_per_day = 2\n", "utf-8")
    command = [sys.executable, "-m", "studytool", "study", "--plain", "--exam", *options, str(notes)]
    return subprocess.run(command, input=answers, capture_output=True, text=True, timeout=60)


def test_all_that_counts_is_asked_today_and_again_on_no_other_sitting_of_today(notes: Path) -> None:
    done = study(notes, 10, answers="\n4\n" * 6)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("Exam in 10 days") == 6
    assert "6 answered" in done.stdout
    again = study(notes, 10)
    assert again.returncode == 1
    assert "Nothing is to be gained today: Exam in 10 days." in again.stderr


@pytest.mark.parametrize(
    ("days", "told"), [(None, "No exam is set."), (0, "Exam is today."), (-1, "Exam was yesterday.")]
)
def test_where_no_exam_is_to_come_a_sentence_says_so(notes: Path, days: int | None, told: str) -> None:
    done = study(notes, days)
    assert done.returncode == 2
    assert told in done.stderr


def test_it_chooses_its_cards_by_itself(notes: Path) -> None:
    done = study(notes, 10, "--topic", "Rivers")
    assert done.returncode == 2
    assert "--exam chooses its cards by itself." in done.stderr
