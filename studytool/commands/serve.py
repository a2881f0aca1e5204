"""`studytool serve`: the app in a browser, on this machine alone unless `--host` or `--public-url` opens it."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from studytool import desk
from studytool.errors import StudytoolError, UsageError
from studytool.serve.gate import is_loopback

if TYPE_CHECKING:
    import argparse

PASSWORD = "STUDYTOOL_SERVE_PASSWORD"
"""The environment variable that may hold the password; no visitor's process gets it."""
_SHORTEST = 8
_NO_TLS = (
    "studytool: There is no TLS: whoever can listen on the way reads what you do here, and the password.\n"
    "  Leave out --host and use an SSH tunnel, or put it behind a reverse proxy that has TLS (docs/serve.md)."
)


def run(args: argparse.Namespace) -> int:
    """Serve until ctrl+c; 0 then. Raises `StudytoolError` where it cannot be served."""
    password = os.environ.pop(PASSWORD, "")
    desk.request(args.paths, args.root)  # what is wrong with the paths is said here, not to each visitor
    public_url = _public(args.public_url)
    try:
        from studytool.serve.server import Place, serve
    except ModuleNotFoundError as error:
        raise StudytoolError(
            f"`studytool serve` needs textual-serve, which is not installed (there is no {error.name}).",
            "`pip install 'studytool[serve]'` brings it.",
        ) from error
    is_open = bool(public_url) or not is_loopback(args.host)
    if is_open:
        password = _password(password)
    if is_open and not public_url.startswith("https:"):
        print(_NO_TLS, file=sys.stderr)
    arguments = (*(["--root", args.root] if args.root else []), "--", *args.paths)
    place = Place(args.host, args.port, public_url, password if is_open else None, args.max_sessions, arguments)
    serve(place, _tell_json if args.json else _Teller(is_open))
    return 0


class _Teller:
    """Prints the link for people: the first with how to use it, then those for another browser."""

    def __init__(self, is_open: bool) -> None:
        self._again = False
        self._is_open = is_open

    def __call__(self, link: str, port: int) -> None:
        if self._again:
            print(f"That link has been used. For another browser: {link}", flush=True)
        else:
            how = "It asks for the password." if self._is_open else "The link works once."
            print(f"studytool in your browser: {link}\n{how} Ctrl+C ends it.", flush=True)
        self._again = True


def _tell_json(link: str, port: int) -> None:
    print(json.dumps({"url": link, "port": port}), flush=True)


def _public(given: str | None) -> str:
    """The address that a proxy gives it, without a slash at its end."""
    parts = urlsplit(given or "")
    if given and (parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query):
        raise UsageError(f"{given} is no address of a server.", "Give it like https://study.example.org.")
    return (given or "").rstrip("/").lower()


def _password(password: str) -> str:
    """The one of the environment, else asked for; never an argument, which other users see in the list of processes."""
    if not password and sys.stdin.isatty():
        from getpass import getpass

        password = getpass("A password for whoever opens it: ")
    if not password:
        raise UsageError(
            "Without a password it is not opened to others.", f"Set {PASSWORD}, or run it in a terminal to be asked."
        )
    if len(password) < _SHORTEST:
        raise UsageError(f"That password is too short to keep anybody out: {_SHORTEST} characters at least.")
    return password
