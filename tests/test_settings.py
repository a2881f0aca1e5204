"""Settings: where they come from, which source wins, and what is said about a wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest

from studytool.errors import UsageError
from studytool.setting_values import shares_of
from studytool.settings import Settings, layers_to_look, library_file, load, load_to_look, user_file


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library's folder."""
    folder = tmp_path / "library"
    folder.mkdir()
    return folder


@pytest.fixture
def user(home: Path) -> Path:
    """The user's settings file, not written yet."""
    (home / "config").mkdir()
    return home / "config" / "settings.toml"


def write(library: Path, text: str) -> Path:
    path = library / "studytool.toml"
    path.write_text(text, "utf-8")
    return path


def test_without_any_file_the_defaults_hold(library: Path) -> None:
    assert load(library, {}) == Settings()
    assert load(None, {}) == Settings()


def test_the_library_overrides_the_defaults(library: Path) -> None:
    write(library, 'new_per_day = 5\ncards = ["explicit"]\ndesired_retention = 0.85\n')
    settings = load(library, {})
    assert (settings.new_per_day, settings.cards, settings.desired_retention) == (5, ("explicit",), 0.85)
    assert settings.reviews_per_day == Settings().reviews_per_day


def test_the_user_overrides_the_library_and_keeps_what_only_the_library_sets(library: Path, user: Path) -> None:
    write(library, "new_per_day = 5\nrollover = 3\n")
    user.write_text("new_per_day = 7\n")
    settings = load(library, {})
    assert (settings.new_per_day, settings.rollover) == (7, 3)


def test_the_environment_overrides_both_files(library: Path, user: Path) -> None:
    write(library, 'theme = "nord"\n')
    user.write_text('theme = "gruvbox"\n')
    assert load(library, {}).theme == "gruvbox"
    assert load(library, {"STUDYTOOL_THEME": "studytool-light"}).theme == "studytool-light"


def test_the_environment_is_the_process_environment_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDYTOOL_THEME", "studytool-light")
    assert load().theme == "studytool-light"


def test_a_file_beside_the_library_is_not_read(library: Path) -> None:
    write(library.parent, "new_per_day = 1\n")
    assert load(library, {}) == Settings()


def test_libraries_are_relative_to_the_file_that_names_them(user: Path, tmp_path: Path, home: Path) -> None:
    user.write_text(f'libraries = ["notes", "{tmp_path}", "~/vault"]\n')
    assert load(None, {}).libraries == (str(user.parent / "notes"), str(tmp_path), str(home / "vault"))


def test_an_unknown_key_is_named_with_its_file_and_nothing_else_is_lost(library: Path) -> None:
    path = write(library, "new_per_dya = 5\nrollover = 3\nunknown = 1\n")
    settings = load(library, {})
    assert settings.rollover == 3
    assert [str(path) in sentence for sentence in settings.unknown] == [True, True]
    assert "`new_per_dya`" in settings.unknown[0]
    assert "`unknown`" in settings.unknown[1]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "rollover = 3\nnew_per_dya = 5\n",
            "studytool.toml:2: there is no setting `new_per_dya`; did you mean `new_per_day`?",
        ),
        ("New-Per-Day = 5\n", "studytool.toml:1: there is no setting `New-Per-Day`; did you mean `new_per_day`?"),
        ("retension = 0.9\n", "studytool.toml:1: there is no setting `retension`; did you mean `desired_retention`?"),
        ("\n'sylabus' = []\n", "studytool.toml:2: there is no setting `sylabus`; did you mean `syllabus`?"),
        (
            "[study]\nnew_per_day = 5\n",
            "studytool.toml:1: there is no section [study]; `new_per_day` should stand above all sections.",
        ),
        ("colour = 'red'\n", "studytool.toml:1: there is no setting `colour`; `studytool settings` lists them."),
        ("\ndialects_off = ['qa', 'zzz']\n", "studytool.toml:2: there is no dialect `zzz`."),
        (
            "dialects_off = ['defnition']\n",
            "studytool.toml:1: there is no dialect `defnition`; did you mean `definition`?",
        ),
    ],
)
def test_a_slip_is_told_with_its_line_and_what_may_have_been_meant(library: Path, text: str, told: str) -> None:
    write(library, text)
    (sentence,) = load(library, {}).unknown
    assert sentence.endswith(told)


def test_a_dialect_that_is_none_leaves_the_others_off(library: Path) -> None:
    write(library, "dialects_off = ['outline', 'definition', 'qa']\nrollover = 3\n")
    settings = load(library, {})
    assert (settings.dialects_off, settings.rollover) == (("definition", "qa"), 3)
    write(library, "dialects_off = ['definition', 3]\n")
    with pytest.raises(UsageError, match="should be a list of strings"):
        load(library, {})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("\n[syllabus]\ntopics = ['CNN']\n", r"studytool\.toml:2: `syllabus` is no section"),
        ("rollover = 3\nnew_per_day = 'many'\n", r"studytool\.toml:2: `new_per_day` should be a whole number"),
        ("exam = 'soon'\n", r"studytool\.toml:1: `exam` should be a day"),
    ],
)
def test_a_wrong_value_is_told_with_its_line(library: Path, text: str, told: str) -> None:
    write(library, text)
    with pytest.raises(UsageError, match=told):
        load(library, {})


def test_a_number_may_be_written_with_a_point_when_it_is_whole(library: Path) -> None:
    write(library, "new_per_day = 5.0\n")
    assert load(library, {}).new_per_day == 5


def test_a_file_that_begins_with_a_byte_order_mark_is_read(library: Path) -> None:
    (library / "studytool.toml").write_bytes(b"\xef\xbb\xbfnew_per_day = 5\n")
    assert load(library, {}).new_per_day == 5


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("new_per_day = -1", "between 0 and 9999, not -1"),
        ("new_per_day = 2.5", "whole number"),
        ("new_per_day = true", "whole number"),
        ('new_per_day = "five"', "whole number"),
        ("new_per_day = [5]", "whole number"),
        ("new_per_day = inf", "whole number"),
        ("new_per_day = nan", "whole number"),
        ("reviews_per_day = 100000", "between 0 and 99999"),
        ("desired_retention = 0.5", "between 0.7 and 0.99"),
        ("desired_retention = 1", "between 0.7 and 0.99"),
        ("desired_retention = nan", "between 0.7 and 0.99"),
        ('desired_retention = "high"', "number"),
        ("rollover = 24", "between 0 and 23"),
        ("theme = 3", "string"),
        ('cards = "explicit"', "list of strings"),
        ("cards = [1]", "list of strings"),
        ('cards = ["loose"]', "explicit, structured, derived"),
        ('easy_days = ["caturday"]', 'no "caturday"'),
        ('easy_days = ["sat half"]', 'no "sat half"'),
        ('easy_days = "sat"', "list of strings"),
        ("siblings_apart = 1", "true or false"),
        ("new_topics = 0", "between 1 and 99"),
        ('libraries = "notes"', "list of strings"),
        ('sync = "~nobody-of-this-name/notes"', "~nobody-of-this-name/notes"),
    ],
)
def test_a_wrong_value_is_named_with_file_and_key(library: Path, line: str, told: str) -> None:
    path = write(library, f"{line}\n")
    with pytest.raises(UsageError) as caught:
        load(library, {})
    assert str(path) in str(caught.value)
    assert f"`{line.split()[0]}`" in str(caught.value)
    assert told in str(caught.value)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("content", [b"new_per_day = \n", b"= 5", b"a = 1\na = 2\n", b"theme = '\xff'\n"])
def test_a_file_that_is_not_toml_is_named(library: Path, content: bytes) -> None:
    path = library / "studytool.toml"
    path.write_bytes(content)
    with pytest.raises(UsageError, match="not valid TOML") as caught:
        load(library, {})
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("rollover = 3\ncards = [\n  'explicit',\n", 2),
        ("cards = [", 1),
        ("\ntheme =\n\n", 2),
        ('sync = """x\nfoo = 1\n', 1),
        ('rollover = 3\nignore = [\n  "a",\n  "b = c",\n', 2),
    ],
)
def test_what_is_never_closed_is_told_with_the_line_where_it_begins(library: Path, text: str, line: int) -> None:
    path = write(library, text)
    with pytest.raises(UsageError, match="not valid TOML") as caught:
        load(library, {})
    assert f"{path}:{line}: " in str(caught.value) or f"(at line {line}," in str(caught.value)


def test_all_that_is_wrong_is_named_at_once(library: Path) -> None:
    path = write(library, 'exam = "soon"\nnew_topics = 3\nrollover = 99\n')
    with pytest.raises(UsageError) as caught:
        load(library, {})
    assert [f"{path}:{line}: " in str(caught.value) for line in (1, 2, 3)] == [True, False, True]


@pytest.mark.parametrize(
    ("name", "example"), [("libraries", "~/notes"), ("cards", "explicit"), ("easy_days", "sat"), ("ignore", "drafts/")]
)
def test_a_list_that_is_none_is_told_with_an_example_of_its_own(library: Path, name: str, example: str) -> None:
    write(library, f"{name} = 3\n")
    with pytest.raises(UsageError) as caught:
        load(library, {})
    assert f'such as ["{example}"]' in str(caught.value)
    write(library, f'{name} = ["{example}"]\n')
    assert getattr(load(library, {}), name)


def test_a_settings_file_that_is_a_folder_is_named(user: Path) -> None:
    user.mkdir()
    with pytest.raises(UsageError, match="cannot be read") as caught:
        load(None, {})
    assert str(user) in str(caught.value)


def test_easy_days_siblings_and_topics_are_read(library: Path) -> None:
    write(library, 'easy_days = ["sat", "Sun minimum", "wed normal"]\nsiblings_apart = false\nnew_topics = 3\n')
    settings = load(library, {})
    assert shares_of(settings.easy_days) == (1, 1, 1, 1, 1, 0.5, 0)
    assert (settings.siblings_apart, settings.new_topics) == (False, 3)
    assert shares_of(Settings().easy_days) == (1,) * 7


def test_an_exam_is_a_date_or_a_text_that_is_one(library: Path) -> None:
    write(library, 'exam = 2026-12-15\nexam_name = "Finals"\nsyllabus = "CNN"\nminutes_per_day = 25\n')
    settings = load(library, {})
    assert (settings.exam, settings.exam_name, settings.syllabus) == ("2026-12-15", "Finals", ("CNN",))
    assert settings.minutes_per_day == 25
    write(library, 'exam = "2026-12-15"\nsyllabus = ["CNN", "tag:x"]\n')
    assert (load(library, {}).exam, load(library, {}).syllabus) == ("2026-12-15", ("CNN", "tag:x"))


@pytest.mark.parametrize("told", ["15", '"15.12.2026"', "2026-12-15T09:00:00", '"2026-02-30"', "true"])
def test_an_exam_on_no_day_is_refused_with_an_example(library: Path, told: str) -> None:
    path = write(library, f"exam = {told}\n")
    with pytest.raises(UsageError, match="should be a day such as 2026-12-15") as caught:
        load(library, {})
    assert str(path) in str(caught.value)


def test_an_empty_exam_is_none(library: Path, user: Path) -> None:
    write(library, "exam = 2026-12-15\n")
    user.write_text('exam = ""\n')
    assert load(library, {}).exam == ""


def test_over_a_wrong_value_the_app_goes_on_with_what_would_hold_without_it(library: Path) -> None:
    user_file().parent.mkdir(parents=True, exist_ok=True)
    user_file().write_text("new_per_day = 'many'\nexam = 'soon'\n")
    library_file(library).write_text("new_per_day = 12\nrollover = 99\n")
    found = load_to_look(library)
    assert (found.new_per_day, found.exam, found.rollover) == (12, "", 4)
    told = [sentence.partition(": `")[2] for sentence in found.unknown]
    assert [sentence.split("`")[0] for sentence in told] == ["rollover", "new_per_day", "exam"]
    assert [sentence.rpartition("Meanwhile ")[2] for sentence in told] == ["4 holds.", "12 holds.", "nothing holds."]
    held = load_to_look(library, Settings(new_per_day=3, rollover=5))
    assert (held.new_per_day, held.rollover) == (3, 5)
    user_file().write_text("rollover = 6\n")
    assert load_to_look(library, Settings(rollover=5)).rollover == 6
    with pytest.raises(UsageError):
        load(library)


def test_over_a_wrong_line_of_keys_the_others_hold_and_what_held_before_in_its_place(user: Path) -> None:
    user.write_text('[keys]\n"home.quiz" = 5\n"home.browse" = "B"\nstudy.undo = [1]\n')
    found = load_to_look()
    assert found.keys == (("home.browse", "B"),)
    assert [told.partition(": ")[0] for told in found.unknown] == [f"{user}:2", f"{user}:4"]
    assert all(told.endswith("Meanwhile its usual keys hold.") for told in found.unknown)
    held = load_to_look(None, Settings(keys=(("home.quiz", "x,y"), ("home.browse", "b"), ("home.map", "M"))))
    assert held.keys == (("home.browse", "B"), ("home.quiz", "x,y"))
    assert held.unknown[0].endswith("Meanwhile x, y holds.")
    with pytest.raises(UsageError, match=r":2: .*:4: "):
        load()


@pytest.mark.parametrize(
    ("held", "told"), [((), "the usual keys hold"), ((("home.browse", "B"),), "the keys of before hold")]
)
def test_where_keys_are_no_section_it_is_told_which_hold(
    user: Path, held: tuple[tuple[str, str], ...], told: str
) -> None:
    user.write_text("keys = 5\n")
    found = load_to_look(None, Settings(keys=held))
    assert found.keys == held
    assert found.unknown[0].endswith(f"Meanwhile {told}.")


@pytest.mark.parametrize(
    ("text", "line", "shown"),
    [
        ('rollover = 3\n"two\\nlines" = 1\n', 2, "there is no setting `two lines`;"),
        ("\n'with space' = 1\n", 2, "there is no setting `with space`;"),
        ('["a\\tb"]\nrollover = 3\n', 1, "there is no section [a b];"),
        ('[keys]\n"two\\nlines" = 1\n', 1, "`two lines` in [keys] should be a key"),
    ],
)
def test_a_strange_name_is_told_in_one_line_with_its_place(user: Path, text: str, line: int, shown: str) -> None:
    user.write_text(text)
    (told,) = load_to_look().unknown
    assert told.startswith(f"{user}:{line}: {shown}")
    assert "\n" not in told


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        (f"new_per_day = {'1' * 5000}\n", 1, "a number is too long"),
        (f"rollover = 3\nignore = [\n  1,\n  {'2' * 5000},\n]\ntheme = 'nord'\n", 4, "a number is too long"),
        (f"rollover = 3\nignore = {'[' * 5000}{']' * 5000}\n", 2, "its brackets are nested too deeply"),
    ],
)
def test_what_is_too_much_to_be_read_is_told_with_its_line(user: Path, text: str, line: int, why: str) -> None:
    user.write_text(text)
    for read in (load, load_to_look, layers_to_look):
        with pytest.raises(UsageError) as caught:
            read()
        assert str(caught.value).startswith(f"{user}:{line}: this cannot be read: {why}.")


def test_keys_in_sections_beyond_all_measure_are_told_with_their_line(user: Path) -> None:
    user.write_text(f"rollover = 3\n[keys{'.a' * 3000}]\nundo = 'u'\n")
    found = load_to_look()
    assert (found.rollover, found.keys) == (3, ())
    assert found.unknown[0].startswith(f"{user}:2: [keys] cannot be read: it is nested too deeply.")


@pytest.mark.parametrize("number", ["1" * 400, f"0x{'f' * 5000}", f"-{'1' * 400}"])
def test_a_number_beyond_all_others_is_refused_as_any_other(user: Path, number: str) -> None:
    user.write_text(f"new_per_day = {number}\nminutes_per_day = 1e400\n")
    found = load_to_look()
    assert found.new_per_day == 20
    assert found.unknown[0].startswith(f"{user}:1: `new_per_day` should lie between 0 and 9999, not far outside.")
