"""A real server on loopback: who gets in, what a visitor sees, and that nothing is left running."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import aiohttp
import pexpect
import pytest

from tests.serve.conftest import Client, Serve, Server, family, lives, until

Enter = Callable[[Server], Client]
PASSWORD = {"STUDYTOOL_SERVE_PASSWORD": "correct horse"}


async def test_the_link_works_once_and_the_cookie_from_then_on(serve: Serve, client: Enter, notes: Path) -> None:
    server = serve(notes)
    someone = client(server)
    assert await someone.get("/") == (403, page := (await someone.get("/"))[1])
    assert "the link that `studytool serve` printed" in page
    assert (await someone.get("/static/js/textual.js"))[0] == 403
    assert (await someone.get("/?token=guessed"))[0] == 403

    async with someone.session.get(server.url) as answer:
        assert answer.status == 200
        cookie = answer.headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    status, page = await someone.get("/")
    assert status == 200
    assert "//" not in page  # nothing in it comes from elsewhere
    for path in ("/static/js/textual.js", "/static/fonts/RobotoMono-VariableFont_wght.ttf", "/page/page.js"):
        assert (await someone.get(path))[0] == 200

    async with aiohttp.ClientSession() as other:
        async with other.get(server.url) as answer:
            assert (answer.status, "has been used" in await answer.text()) == (403, True)
        async with other.get(server.told()) as answer:  # it has told another one
            assert answer.status == 200

    # Whoever has the cookie is still refused under a foreign name, and from the page of another site.
    for headers in ({"Host": "evil.example"}, {"Origin": "http://evil.example"}, {"Origin": "null"}):
        assert (await someone.get("/", **headers))[0] == 403
        with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
            await someone.visit(**headers)
    async with someone.session.post(server.base + "/", data={}) as answer:
        assert answer.status == 403
    with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):  # no page at all, or one that hides
        await someone.session.ws_connect(f"{server.base}/ws")
    assert not family(server.process.pid)


def running_a_demo(server: Server) -> bool:
    return any(b"studytool.demo.child" in command_of(pid) for pid in family(server.process.pid))


def command_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:  # it has just ended
        return b""


async def test_a_visitor_has_the_app_and_leaves_nothing_running(serve: Serve, client: Enter, notes: Path) -> None:
    server = serve("--max-sessions", "1", notes)
    someone = client(server)
    await someone.get(server.url.removeprefix(server.base))
    visitor = await someone.visit()
    await visitor.wait(lambda: "Welcome" in visitor.text)
    await visitor.press("\r")
    await visitor.wait(lambda: "Welcome" not in visitor.text and "Perceptron" in visitor.text)

    late = await someone.visit()
    turned_away = asyncio.create_task(late.closed())

    # What a terminal can and a browser cannot.
    await visitor.press("\r")
    await visitor.wait(lambda: "What does a perceptron draw" in visitor.text)
    await visitor.press("o")
    await visitor.wait(lambda: "A browser cannot open" in visitor.text)
    await visitor.press("\x1a")
    await visitor.wait(lambda: "no shell to go back to" in visitor.text)
    # A picture of the screen is a download.
    await visitor.press("\x10")
    await visitor.wait(lambda: "What do you want to do?" in visitor.text)
    await visitor.press(*"Screenshot")
    await visitor.wait(lambda: "Save a picture" in visitor.text)
    await visitor.press("\r")
    await visitor.wait(lambda: visitor.told)
    assert visitor.told[0][0] == "deliver_file_start"
    status, picture = await someone.get(f"/download/{visitor.told[0][1]}")
    assert (status, picture[:4]) == (200, "<svg")

    assert "only place is taken" in await turned_away
    assert late.socket.close_code == 1013

    # The connection breaks off with a demo running.
    await visitor.press("d")
    await until(lambda: running_a_demo(server))
    running = family(server.process.pid)
    assert visitor.socket._response.connection is not None
    visitor.socket._response.connection.transport.abort()
    await until(lambda: not any(map(lives, running)))
    again = await someone.visit()
    await again.wait(lambda: "Perceptron" in again.text)
    await again.press("\x11")
    assert await again.closed() == "You have left. Every answer is saved."

    # An app that cannot open says why in the browser too.
    (notes / "perceptron.md").unlink()
    nothing = await someone.visit()
    assert "no note" in await nothing.closed()
    told = server.end(signal.SIGINT)
    assert told[0] == 0
    assert "no note" in told[1]
    assert "Traceback" not in told[1]


async def test_when_the_server_is_killed_the_apps_and_their_demos_end(serve: Serve, client: Enter, notes: Path) -> None:
    server = serve(notes)
    someone = client(server)
    await someone.get(server.url.removeprefix(server.base))
    visitor = await someone.visit()
    await visitor.wait(lambda: "Welcome" in visitor.text)
    await visitor.press("\r")
    await visitor.wait(lambda: "Welcome" not in visitor.text)
    await visitor.press("j", "d")
    await until(lambda: running_a_demo(server))
    running = family(server.process.pid)
    server.end(signal.SIGKILL)
    await until(lambda: not any(map(lives, running)))


async def test_open_to_others_it_asks_for_the_password(serve: Serve, client: Enter, notes: Path) -> None:
    server = serve("--host", "0.0.0.0", notes, env=PASSWORD)
    assert "token" not in server.url
    someone = client(server)
    status, page = await someone.get("/")
    assert (status, "password" in page) == (200, True)
    assert (await someone.get("/static/js/textual.js"))[0] == 403
    origin = {"Origin": server.base}

    async def answer(password: str, **headers: str) -> int:
        data, url = {"password": password}, f"{server.base}/login"
        async with someone.session.post(url, data=data, headers={**origin, **headers}) as answer:
            return answer.status

    assert await answer("correct horse", Origin="http://evil.example") == 403
    assert await answer("wrong") == 403
    assert (await someone.get("/static/js/textual.js"))[0] == 403
    assert await answer("correct horse") == 200
    assert (await someone.get("/static/js/textual.js"))[0] == 200
    visitor = await someone.visit()
    await visitor.wait(lambda: "Welcome" in visitor.text)
    for pid in family(server.process.pid):
        assert b"correct horse" not in Path(f"/proc/{pid}/environ").read_bytes()
    someone.session.cookie_jar.clear()
    assert [await answer("wrong") for _ in range(5)][-1] == 429
    assert await answer("correct horse") == 429
    code, told = server.end(signal.SIGTERM)
    assert code == 0
    assert "There is no TLS" in told


def test_the_password_can_be_asked_for_and_is_not_shown(notes: Path) -> None:
    command = ["-m", "studytool", "serve", "--port", "0", "--host", "0.0.0.0", str(notes)]
    child = pexpect.spawn(sys.executable, command, timeout=60, encoding="utf-8")
    child.expect_exact("A password for whoever opens it: ")
    child.sendline("correct horse")
    child.expect_exact("There is no TLS")
    child.expect_exact("studytool in your browser: http://")
    child.expect_exact("It asks for the password. Ctrl+C ends it.")
    child.sendintr()
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert "correct" not in str(child.before)


def refused(*arguments: str | Path, **env: str) -> tuple[int, str]:
    """How a server ends that cannot start."""
    command = [sys.executable, "-m", "studytool", "serve", *map(str, arguments)]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, env={**os.environ, **env}, timeout=60)
    assert b"Traceback" not in done.stderr
    return done.returncode, done.stderr.decode()


def test_it_opens_to_others_only_with_a_password(notes: Path) -> None:
    for opened in (["--host", "0.0.0.0"], ["--public-url", "https://study.example.org"]):
        code, told = refused(*opened, notes)
        assert (code, "Without a password" in told) == (2, True)
    code, told = refused("--host", "0.0.0.0", notes, STUDYTOOL_SERVE_PASSWORD="short")
    assert (code, "too short" in told, "short" in told.replace("too short", "")) == (2, True, False)


def test_what_cannot_be_served_is_said_in_a_sentence(notes: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, told = refused("--port", str(port), notes)
    assert code == 1
    assert told.startswith(f"studytool: Port {port} is taken by another program. Give another one with --port")
    assert refused(notes / "nowhere")[0] == 2
    assert refused("--public-url", "study.example.org", notes)[0] == 2
    without = tmp_path / "without"
    without.mkdir()
    (without / "textual_serve.py").write_text("raise ModuleNotFoundError(name='textual_serve')")
    code, told = refused(notes, PYTHONPATH=os.pathsep.join([str(without), os.environ["PYTHONPATH"]]))
    assert code == 1
    assert "pip install 'studytool[serve]'" in told
