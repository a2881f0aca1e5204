"""The words and options of each command, and the help that tells of them."""

from __future__ import annotations

import argparse
import os
from itertools import pairwise

from studytool import __version__
from studytool.argument_types import hour, minutes, offset, port, positive, whole

TYPE_CHECKING = False  # importing it from typing costs 2 ms, a sixth of all that `--help` takes beyond Python itself
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

EPILOG = """\
commands:
  cards [PATH ...]    list the cards and questions that notes yield
  check [PATH ...]    say what was left aside or looks wrong, with file and line
  study [PATH ...]    straight to the cards; --plain asks line by line, without a screen
  browse [PATH ...]   all cards in a table: search, preview, suspend, cram
  quiz [PATH ...]     a quiz made from the cards; --plain, or --json for the paper with its key
  exam [PATH ...]     an exam against the clock, with a report; --resume goes on with one that was left
  demo [NAME]         list the demos, or run one
  trust [FILE ...]    trust a demo file of your own or of your notes, as it is now; list those there are
  due [PATH ...]      what there is to do now
  search QUERY        the cards that a query finds: 'topic:cnn is:due "exact words"'
  fit                 fit the memory model to your own answers
  away [UNTIL]        tell of a holiday: what falls due meanwhile comes back a little at a time
  sync [TARGET]       share the log with your other devices: a folder, or a PostgreSQL URL
  log                 what is in the log; `log export`, `log import`, and `log states`: what is remembered of each card
  serve [PATH ...]    the app in a browser; on this machine alone, unless --host opens it
  doctor              check the log, back it up, restore it
  stats [PATH ...]    what you did, how well it was remembered, how well that was predicted
  settings [KEY]      what can be set, to what it is set and where; `settings KEY VALUE` sets it
  forecast [PATH ...] what the coming days will ask, and what to expect of an exam

`studytool COMMAND --help` tells about one of them. A folder with the name of a command: `studytool ./cards`.
"""


def _paths(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", default=[], metavar="PATH", help="a note or a folder of notes")
    parser.add_argument("--root", metavar="DIR", help="the folder that the notes belong to; alone: its notes")


def _root(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--root", metavar="DIR", help="the library whose settings hold (none: your own alone)")


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")


def _app(parser: argparse.ArgumentParser) -> None:
    parser.usage = "studytool [PATH ...]\n       studytool COMMAND [...]"
    parser.epilog = EPILOG
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--version", action="version", version=f"studytool {__version__}")
    _paths(parser)


def _listing(parser: argparse.ArgumentParser) -> None:
    _paths(parser)
    _json(parser)


def _due(parser: argparse.ArgumentParser) -> None:
    _listing(parser)
    parser.add_argument("--topic", action="append", default=[], help="only this topic or folder (may be given again)")
    parser.add_argument("--all-topics", action="store_true", help="all topics, not those of many with most to do alone")


def _check(parser: argparse.ArgumentParser) -> None:
    _listing(parser)
    parser.add_argument("--all", action="store_true", help="list everything, what was left aside too")
    parser.add_argument("--code", action="append", default=[], metavar="CODE", help="only these (may be given again)")
    parser.add_argument("--explain", metavar="CODE", help="say what a code means, and end")
    parser.add_argument("--since", metavar="REV", help="what the edits since a git revision do to the cards")
    parser.add_argument("--run", action="store_true", help="execute the checks that cards carry, and the demos' claims")
    parser.add_argument("--trust", action="store_true", help="with --run: run what you have not said you trust, once")
    parser.add_argument("--no-claims", action="store_true", help="with --run: without the claims, the slow part")
    parser.add_argument("--style", action="store_true", help="list what makes cards hard to study, too")


def _study(parser: argparse.ArgumentParser) -> None:
    _paths(parser)
    parser.add_argument("--topic", action="append", default=[], help="only this topic or folder (may be given again)")
    parser.add_argument("--plain", action="store_true", help="ask line by line on standard input and output")


def _sitting(parser: argparse.ArgumentParser) -> None:
    _study(parser)
    parser.add_argument("--search", default="", metavar="QUERY", help="only cards that this query finds")
    parser.add_argument("--exam", action="store_true", help="what the exam of the settings makes worth asking today")
    parser.add_argument("--cram", action="store_true", help="all cards once through; leaves the schedule alone")


def _browse(parser: argparse.ArgumentParser) -> None:
    _paths(parser)
    parser.add_argument("--search", default="", metavar="QUERY", help="begin with the cards that this query finds")


def _search(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", metavar="QUERY", help="what to search for, in quotes, before everything else")
    _listing(parser)
    parser.add_argument("--count", action="store_true", help="only say how many there are")


def _away(parser: argparse.ArgumentParser) -> None:
    until = "the day you are back: monday, 2027-01-02; `back`: end the holiday you are on, else take back those to come"
    parser.add_argument("until", nargs="?", metavar="UNTIL", help=until)
    parser.add_argument("--from", dest="start", metavar="DAY", help="the first day away (today)")
    _root(parser)
    _json(parser)


def _quiz(parser: argparse.ArgumentParser) -> None:
    _study(parser)
    parser.add_argument("--count", type=positive, metavar="N", help="how many questions (10)")
    parser.add_argument("--seed", type=whole, metavar="S", help="the same seed sets the same paper")
    _computed(parser)
    parser.add_argument("--sure", action="store_true", help="say how sure you are before each mark")
    _json(parser)


def _exam(parser: argparse.ArgumentParser) -> None:
    _study(parser)
    parser.add_argument("--count", type=positive, metavar="N", help="how many questions (40)")
    parser.add_argument("--minutes", type=minutes, metavar="M", help="how long it takes (30)")
    parser.add_argument("--seed", type=whole, metavar="S", help="the same seed sets the same paper")
    _computed(parser)
    parser.add_argument("--sure", action="store_true", help="say with each answer how sure you are")
    resume = "go on with an exam that was not handed in; of several, with this number or id (without it: a list)"
    parser.add_argument("--resume", nargs="?", const="", metavar="N", help=resume)
    discard = "give an exam that was not handed in up for good: asks first, unless it is named by its id"
    parser.add_argument("--discard", nargs="?", const="", metavar="N", help=discard)
    parser.add_argument("--last", action="store_true", help="print the report of the exam that was handed in last")
    parser.add_argument("--report", metavar="FILE", help="write the report to this .md or .json file")
    _json(parser)


def _computed(parser: argparse.ArgumentParser) -> None:
    computed = "questions that demos compute (the setting `computed`: yes)"
    parser.add_argument("--computed", action=argparse.BooleanOptionalAction, help=computed)


def _demo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", metavar="NAME", help="a demo's name or a file; none lists them")
    parser.add_argument("--set", action="append", default=[], metavar="K=V", help="set a parameter")
    parser.add_argument("--seed", type=whole, default=0, metavar="N", help="the seed of all randomness (0)")
    parser.add_argument("--device", choices=["auto", "cpu", "cuda"], default="auto", help="where it runs (auto)")
    parser.add_argument("--headless", action="store_true", help="run without pictures and print the last metrics")
    parser.add_argument("--steps", type=positive, metavar="N", help="stop after N steps")
    parser.add_argument("--claims", action="store_true", help="prove what the demo claims, or all of them")
    parser.add_argument("--questions", action="store_true", help="ask its computed questions, with their answers")
    parser.add_argument("--sweep", metavar="X,Y", help="a picture over two parameters, every pixel a run")
    parser.add_argument(
        "--range", action="append", default=[], metavar="K=A:B", help="sweep a parameter from A to B, not all of it"
    )
    parser.add_argument("--grid", metavar="60x40", help="how many pixels (60x40)")
    parser.add_argument("--measure", metavar="SERIES", help="what is measured; SERIES<0.1 counts steps (the first one)")
    parser.add_argument("--single", action="store_true", help="sweep by one run after the other, for any demo")
    parser.add_argument("--trust", action="store_true", help="run a demo file that is not built in, this once")
    parser.add_argument("--save", metavar="FILE", help="write the picture: .svg or .png of the last step, .gif of all")
    parser.add_argument("--every", type=positive, metavar="K", help="a picture of the .gif every K steps (60 in all)")
    parser.add_argument("--size", metavar="WxH", help="pixels of the picture (1280x800; .gif: 800x500)")
    parser.add_argument("--theme", choices=["dark", "light"], help="the picture's ground (light)")
    parser.add_argument("--force", action="store_true", help="replace a file that is there")
    _json(parser)


def _trust(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="*", metavar="FILE", help="a demo, or a note with checks; a change asks again")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--list", action="store_true", help="list what is trusted (so does no FILE)")
    what.add_argument("--revoke", action="store_true", help="trust these files no longer")
    _json(parser)


def _log(parser: argparse.ArgumentParser) -> None:
    _json(parser)
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    out = actions.add_parser("export", help="write the log to a file or to standard output")
    out.add_argument("file", nargs="?", metavar="FILE", help="where to; none or - is standard output")
    out.add_argument("--force", action="store_true", help="replace a file that is there")
    into = actions.add_parser("import", help="add the events of files to the log")
    into.add_argument("files", nargs="+", metavar="FILE", help="what to read; - is standard input")
    into.add_argument("--force", action="store_true", help="take a table none of whose cards is known")
    where = "where a table's answers were given (here); west of Greenwich: --offset=-05:00"
    into.add_argument("--offset", type=offset, metavar="+HH:MM", help=where)
    for action in (out, into):
        action.add_argument("--format", choices=["jsonl", "csv"], help="all events as JSON Lines, or answers as csv")
        action.add_argument("--skip-damaged", action="store_true", help="leave out what cannot be read")
        _json(action)
    states = actions.add_parser("states", help="stability, difficulty, due date and recall of every card")
    states.add_argument("--params", metavar="FILE", help="by the 21 parameters in FILE, not those of the log")
    _root(states)
    _json(states)


def _doctor(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--restore",
        nargs="?",
        const="latest",
        metavar="FILE",
        help="unite the log with a backup: a file or the fullest",
    )
    parser.add_argument("--rescue", action="store_true", help="make a new log of what can be read of a damaged one")
    _json(parser)


def _fit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="tell what would come out, and write nothing")
    back = parser.add_mutually_exclusive_group()
    back.add_argument("--undo", action="store_true", help="go back to the parameters before")
    back.add_argument("--reset", action="store_true", help="go back to the published parameters")
    parser.add_argument("--csv", metavar="FILE", help="fit to this table of answers instead; nothing is written")
    parser.add_argument("--folds", type=positive, metavar="N", help="only tell how well fits predict N later parts")
    zone = parser.add_mutually_exclusive_group()
    zone.add_argument("--timezone", metavar="NAME", help="where the answers of the table were given (here)")
    zone.add_argument(
        "--offset",
        type=offset,
        metavar="+HH:MM",
        help="the same, as a distance from UTC (west of it: --offset=-05:00)",
    )
    parser.add_argument("--rollover", type=hour, metavar="H", help="the hour at which the table's days turn (4)")
    _root(parser)
    _json(parser)


def _sync(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("targets", nargs="*", metavar="TARGET", help="a folder or a postgresql:// URL")
    parser.add_argument("--setup", action="store_true", help="make the tables and roles on a PostgreSQL server")
    _json(parser)


def _stats(parser: argparse.ArgumentParser) -> None:
    _paths(parser)
    parser.add_argument("--topic", action="append", default=[], help="only this topic or folder (may be given again)")
    parser.add_argument(
        "--period", choices=["week", "month", "quarter", "year", "all"], default="all", help="how far back (all)"
    )
    parser.add_argument("--all-topics", action="store_true", help="all topics, not the weakest of many alone")
    parser.add_argument("--workload", action="store_true", help="what each desired retention would cost, simulated")
    _json(parser)


def _serve(parser: argparse.ArgumentParser) -> None:
    _paths(parser)
    parser.add_argument("--port", type=port, default=8000, metavar="N", help="its port; 0: any that is free (8000)")
    parser.add_argument("--host", default="127.0.0.1", help="open it to others, with a password: 0.0.0.0 (127.0.0.1)")
    parser.add_argument("--public-url", metavar="URL", help="what browsers call it behind a proxy; with a password")
    parser.add_argument("--max-sessions", type=positive, default=4, metavar="N", help="how many at once (4)")
    parser.add_argument("--json", action="store_true", help="print each link as a line of JSON")


def _forecast(parser: argparse.ArgumentParser) -> None:
    _paths(parser)
    parser.add_argument("--days", type=positive, default=30, metavar="N", help="how many days ahead (30)")
    parser.add_argument(
        "--minutes", type=positive, action="append", metavar="M", help="minutes a day to try (10, 20 and 40)"
    )
    _json(parser)


def _settings(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("key", nargs="?", metavar="KEY", help="a setting, or keys.ACTION; `keys` lists the actions")
    parser.add_argument("value", nargs="?", metavar="VALUE", help="what to set it to; the items of a list with commas")
    parser.add_argument("--reset", action="store_true", help="take KEY out of the file, so that the default holds")
    parser.add_argument("--library", action="store_true", help="write into the library's own file, not into yours")
    parser.add_argument("--root", metavar="DIR", help="the library (that which `studytool` opens)")
    _json(parser)


COMMANDS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "cards": ("List the cards and questions that notes yield.", _listing),
    "check": ("Say what was left aside or looks wrong in notes, with file and line.", _check),
    "study": ("Study the cards that are due, then new ones.", _sitting),
    "browse": ("All cards in a table, to search, look at and change.", _browse),
    "quiz": ("A quiz made from the cards.", _quiz),
    "exam": ("An exam: against the clock, marked when it is handed in, with a report.", _exam),
    "demo": ("List the demos, or run one.", _demo),
    "trust": ("Say which demo files may run besides the built-in ones.", _trust),
    "due": ("What there is to do now.", _due),
    "search": ("List the cards that a query finds.", _search),
    "fit": ("Fit the memory model to your own answers.", _fit),
    "away": ("Tell of a holiday, list those there are, or end one early.", _away),
    "sync": ("Share the log of reviews with other devices, by a folder or a PostgreSQL server.", _sync),
    "log": ("What is in the log of reviews; export and import.", _log),
    "serve": ("The app in a browser, by a link that works once.", _serve),
    "doctor": (
        "Check the log of reviews, back it up, restore it. The cache is emptied each time, and made anew.",
        _doctor,
    ),
    "stats": ("What you did, how well it was remembered, and how well that was predicted.", _stats),
    "settings": ("List what can be set, where each setting comes from, or set one.", _settings),
    "forecast": ("What the coming days will ask, and what to expect of an exam.", _forecast),
}


def _chooses(word: str) -> bool:
    """Whether a word after `--resume` or `--discard` is the number or the id of an exam: else it is a path."""
    is_id = len(word) >= 8 and set(word) <= set("0123456789abcdef-")
    return word.isdecimal() or (is_id and not os.path.exists(word))


def parse(argv: Sequence[str]) -> tuple[str, argparse.Namespace]:
    """The command's name (`app` when the first word is none) and its arguments; only that command's parser is built."""
    before = 2 if argv[:1] == ["--root"] else 1 if argv and argv[0].startswith("--root=") else 0
    name = next((word for word in argv[before : before + 1] if word in COMMANDS), "app")
    if name == "app":
        parser = argparse.ArgumentParser("studytool", description="Study your own markdown notes in the terminal.")
        _app(parser)
        return name, parser.parse_args(argv)
    description, build = COMMANDS[name]
    parser = argparse.ArgumentParser(f"studytool {name}", description=description)
    build(parser)
    nests = build is _log  # argparse mixes no options between the words of such a command
    words = [*argv[before + 1 :], *argv[:before]]
    if name == "search" and words[:1] == ["--"]:
        del words[0]
    if name == "search" and words and words[0] != "-h" and words[0][:1] == "-" != words[0][1:2]:
        words[0] = f" {words[0]}"  # a query that leaves something out: argparse takes no blank for an option
    for at, (option, query) in enumerate(pairwise(words)):
        if option == "--search" and query[:1] == "-" != query[1:2]:
            words[at + 1] = f" {query}"
    if "--" in words and any(action.dest == "paths" for action in parser._actions):
        at = words.index("--")  # what follows are paths, also those that look like options; argparse mixes that up
        words[at:] = [f"./{word}" if word[:1] == "-" else word for word in words[at + 1 :]]
    found = parser.parse_args(words) if nests else parser.parse_intermixed_args(words)
    for option in ("resume", "discard") if name == "exam" else ():
        if (word := getattr(found, option)) and not _chooses(word):  # `--resume notes/`: a path
            found.paths = [*found.paths, word]
            setattr(found, option, "")
    return name, found
