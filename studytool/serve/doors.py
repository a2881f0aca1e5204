"""The gate in front of an aiohttp application: every request passes it, and every answer gets its headers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from html import escape
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from studytool.serve.gate import Gate

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_HEADERS = {
    # Scripts and fonts come from here alone; xterm.js puts styles into the page.
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "font-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",  # with `no-referrer` a browser would hide the Origin of a form
    "X-Content-Type-Options": "nosniff",
}
_PAGE = """\
<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>studytool</title><link rel="icon" href="data:,">{head}
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 1.1rem/1.6 ui-monospace, Menlo, Consolas, monospace; max-width: 38rem; margin: 18vh auto; }}
input, button {{ font: inherit; padding: .3rem .6rem; }}
</style></head><body><h1>studytool</h1><p>{told}</p>{form}</body></html>
"""
_FORM = """\
<form method="post" action="/login"><label>Password: <input type="password" name="password" autofocus required
autocomplete="current-password"></label> <button>Open</button></form>"""
_NO_LINK = "This page opens with the link that `studytool serve` printed in its terminal. Each link works once."


def page(told: str, *, status: int = 200, form: bool = False, onward: bool = False) -> web.Response:
    """A page of one sentence. `onward` goes on to the app at once, as a step of our own page: after a redirect from
    another site a browser would keep a strict cookie back."""
    head = '<meta http-equiv="refresh" content="0;url=/">' if onward else ""
    text = _PAGE.format(head=head, told=escape(told), form=_FORM if form else "")
    return web.Response(text=text, status=status, content_type="text/html", headers={"Cache-Control": "no-store"})


def guarded(app: web.Application, gate: Gate, used: Callable[[], None]) -> web.Application:
    """The application with the gate before it; `used` is called each time the link has been used."""

    def admit(cookie: str) -> web.Response:
        answer = page("You are in.", onward=True)
        answer.set_cookie(gate.cookie, cookie, httponly=True, samesite="Strict", secure=gate.is_secure)
        return answer

    async def login(request: web.Request) -> web.Response:
        if wait := gate.wait():
            told = f"There were too many wrong passwords. Try again in {wait:.0f} seconds."
            return page(told, status=429, form=True)
        given = (await request.post()).get("password", "")
        cookie = gate.try_password(given) if isinstance(given, str) else None
        return admit(cookie) if cookie else page("That is not the password.", status=403, form=True)

    @web.middleware
    async def pass_gate(request: web.Request, handler: Handler) -> web.StreamResponse:
        host, origin = request.headers.get("Host"), request.headers.get("Origin")
        if host is None or not gate.host_is_ours(host):
            return page("This server does not go by that name. Open it by the address it printed.", status=403)
        must_tell = request.path == "/ws" or request.method not in ("GET", "HEAD")
        if (origin is not None or must_tell) and not gate.origin_is_ours(origin, host):
            return page("That was asked for by the page of another site, and is refused.", status=403)
        if gate.asks_password and request.method == "POST" and request.path == "/login":
            return await login(request)
        if gate.knows(request.cookies.get(gate.cookie, "")):
            return await handler(request)
        if request.path == "/" and request.method == "GET" and (token := request.query.get("token")):
            if cookie := gate.redeem(token):
                used()
                return admit(cookie)
            if not gate.asks_password:
                return page("That link has been used, or is of another run. The terminal shows one.", status=403)
        if gate.asks_password:
            return page("The password, please.", status=200 if request.path == "/" else 403, form=True)
        return page(_NO_LINK, status=403)

    async def add_headers(_: web.Request, response: web.StreamResponse) -> None:
        response.headers.update(_HEADERS)

    app.middlewares.append(pass_gate)
    app.on_response_prepare.append(add_headers)
    return app
