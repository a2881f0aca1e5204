"""`studytool search` and `studytool study --search`, as child processes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest


def fronts(done) -> list[str]:
    return [card["front"] for card in json.loads(done.out)["cards"]]


def test_the_cards_that_a_query_finds_are_listed(studytool, notes: Path) -> None:
    done = studytool("search", "topic:perceptron LINE", notes)
    assert (done.code, done.err) == (0, "")
    assert "What does a perceptron draw in the plane?" in done.out
    assert "Perceptron · new · " in done.out
    assert "perceptron.md:7" in done.out
    assert done.out.endswith("1 card found: cards of topic perceptron, with “LINE”.\n")


def test_a_query_that_finds_nothing_says_so(studytool, notes: Path) -> None:
    done = studytool("search", "giraffe", notes)
    assert (done.code, done.out) == (0, "0 cards found: cards with “giraffe”.\n")


def test_a_name_that_nothing_has_is_told_with_the_nearest_one(studytool, notes: Path) -> None:
    done = studytool("search", "topic:percepton is:new", notes)
    assert done.out.endswith("Did you mean `topic:Perceptron`? No card has the topic percepton.\n")
    assert json.loads(studytool("search", "tag:qqq", notes, "--json").out)["advice"] == ["No card has the tag qqq."]
    failed = studytool("study", "--plain", "--search", "topic:percepton", notes)
    assert "Did you mean `topic:Perceptron`?" in failed.err


def test_what_is_found_as_json_tells_where_each_card_stands(studytool, notes: Path) -> None:
    studytool("study", "--plain", notes, stdin="\n4\nq\n")
    done = studytool("search", "perceptron reviews:1", notes, "--json")
    told = json.loads(done.out)
    assert (told["query"], told["count"]) == ("perceptron reviews:1", 1)
    (card,) = told["cards"]
    assert card["front"] == "What does a perceptron draw in the plane?"
    assert (card["topic"], card["line"], card["reviews"], card["lapses"], card["out"]) == ("Perceptron", 7, 1, 0, None)
    assert card["recall"] == 1.0
    assert card["due"] > "2020-01-01"
    assert fronts(studytool("search", "topic:loss", notes, "--json"))[0] == "What does a loss measure?"


def test_where_none_is_counted_a_slip_in_a_name_is_told_on_standard_error(studytool, notes: Path) -> None:
    done = studytool("search", "--count", "topic:percptron", notes)
    assert (done.code, done.out) == (0, "0\n")
    assert done.err == "studytool: Did you mean `topic:Perceptron`? No card has the topic percptron.\n"


def test_cards_can_be_counted(studytool, notes: Path) -> None:
    assert studytool("search", "--count", "is:new", notes).out == "5\n"
    assert json.loads(studytool("search", "--count", "--json", "is:cloze", notes).out) == {
        "query": "is:cloze",
        "count": 1,
    }


def test_a_query_may_begin_with_what_it_leaves_out(studytool, notes: Path) -> None:
    assert studytool("search", "-is:cloze", notes, "--count").out == "4\n"
    assert studytool("search", "-is:cloze loss", notes, "--count").out == "2\n"
    assert "usage: studytool search" in studytool("search", "-h").out


def test_an_error_in_a_query_points_at_the_place(studytool, notes: Path) -> None:
    done = studytool("search", "loss tpoic:cnn", notes)
    assert (done.code, done.out) == (2, "")
    first, *excerpt = done.err.splitlines()
    assert first.startswith("studytool: `tpoic:` is no field; did you mean `topic:`?")
    assert excerpt == ["  loss tpoic:cnn", "       ^^^^^^"]


@pytest.mark.parametrize("arguments", [("search", "is:du"), ("study", "--plain", "--search", "is:du")], ids=" ".join)
def test_an_error_in_a_query_is_told_before_anything_is_read(studytool, tmp_path: Path, arguments) -> None:
    done = studytool(*arguments, tmp_path)
    assert done.code == 2
    assert "did you mean `due`?" in done.err


def test_a_query_that_is_not_in_quotes_is_told_so(studytool, notes: Path) -> None:
    done = studytool("search", "topic:loss", "is:new", notes)
    assert done.code == 2
    assert "There is no file or folder is:new. A query of several words stands in quotes" in done.err


def test_a_search_for_nothing_is_told_what_is_missing(studytool) -> None:
    done = studytool("search")
    assert done.code == 2
    assert done.err.rstrip().endswith("the following arguments are required: QUERY")


def test_only_what_a_query_finds_is_studied(studytool, notes: Path) -> None:
    done = studytool("study", "--plain", notes, "--search", "measure or softmax", stdin="\n4\n" * 5)
    assert "What does a loss measure?" in done.out
    assert "2 answered" in done.out
    assert "perceptron" not in done.out


def test_studying_what_nothing_finds_is_an_error(studytool, notes: Path) -> None:
    done = studytool("study", "--plain", notes, "--search", "topic:loss giraffe")
    assert done.code == 1
    assert "There are no cards of topic loss, with “giraffe”." in done.err


def test_a_query_that_leaves_something_out_is_no_option(studytool, notes: Path) -> None:
    plain = studytool("search", "-topic:perceptron", notes, "--json")
    assert plain.code == 0
    assert studytool("search", "--", "-topic:perceptron", notes, "--json").out == plain.out
    study = studytool("study", "--plain", "--search", "-topic:perceptron", notes)
    assert (study.code, study.out.splitlines()[1][:3]) == (0, "[1]")


def test_the_root_may_stand_before_the_command(studytool, notes: Path) -> None:
    after = studytool("search", "LINE", "--root", notes, "--json")
    assert studytool("--root", notes, "search", "LINE", "--json").out == after.out
    assert studytool(f"--root={notes}", "search", "LINE", "--json").out == after.out
