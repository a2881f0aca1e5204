"""Who is let in: by the Host and Origin of a request, then by a link that works once, a password, or the cookie.

The secrets live in this process only. They are compared as SHA-256 digests, in constant time.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections import deque
from hashlib import sha256
from ipaddress import ip_address
from socket import gethostname
from time import monotonic
from urllib.parse import urlsplit

TRIES, MINUTE = 5, 60.0
"""So many wrong passwords within so many seconds, from anybody; then none is looked at for a while."""
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::[0-9]{1,5})?", re.IGNORECASE)


class Gate:
    """The rules of one server. `password` is None where only the link opens it."""

    def __init__(self, host: str, public_url: str = "", password: str | None = None) -> None:
        """`public_url` is what a browser calls a server that stands behind a proxy: `https://study.example.org`."""
        self.cookie = f"studytool-{secrets.token_hex(4)}"
        """The name of the cookie: one of its own for each server, since cookies know no ports."""
        self._is_open = not is_loopback(host)
        self._public = urlsplit(public_url)
        self._names = {"localhost", host.lower(), self._public.hostname or "localhost"}
        if self._is_open:
            own = gethostname().lower()
            self._names |= {own, f"{own}.local"}
        self._password = None if password is None else _digest(password)
        self._wrong: deque[float] = deque(maxlen=TRIES)
        self._known: list[bytes] = []
        self.token = secrets.token_urlsafe(32)
        """What the link holds; another one as soon as it has been used."""

    @property
    def asks_password(self) -> bool:
        """Whether a password opens it, and no link does."""
        return self._password is not None

    @property
    def is_secure(self) -> bool:
        """Whether a browser reaches it by HTTPS alone."""
        return self._public.scheme == "https"

    def host_is_ours(self, host: str | None) -> bool:
        """Whether a Host header names this server. A page can make a name of its own lead here, but not an address."""
        found = _HOST.fullmatch(host or "")
        if not found:
            return False
        name = found[1].strip("[]").lower()
        try:
            address = ip_address(name)
        except ValueError:
            return name in self._names
        return self._is_open or address.is_loopback or name in self._names

    def origin_is_ours(self, origin: str | None, host: str) -> bool:
        """Whether a request was made by a page of this server; `host` is a Host header that is ours."""
        public = f"{self._public.scheme}://{self._public.netloc}" if self._public.netloc else None
        return origin is not None and origin.lower() in {f"http://{host.lower()}", public}

    def redeem(self, token: str) -> str | None:
        """A new cookie for the token of the link, which is used up by that; None for any other."""
        if self.asks_password or not hmac.compare_digest(_digest(token), _digest(self.token)):
            return None
        self.token = secrets.token_urlsafe(32)
        return self._admit()

    def wait(self) -> float:
        """Seconds until a password is looked at again."""
        return max(0.0, self._wrong[0] + MINUTE - monotonic()) if len(self._wrong) == TRIES else 0.0

    def try_password(self, password: str) -> str | None:
        """A new cookie for the right password; None for a wrong one, or while there have been too many."""
        if self._password is None or self.wait():
            return None
        if not hmac.compare_digest(_digest(password), self._password):
            self._wrong.append(monotonic())
            return None
        return self._admit()

    def knows(self, cookie: str) -> bool:
        """Whether that is a cookie of this server."""
        given = _digest(cookie)
        return any(hmac.compare_digest(given, known) for known in self._known)

    def _admit(self) -> str:
        cookie = secrets.token_urlsafe(32)
        self._known.append(_digest(cookie))
        return cookie


def is_loopback(host: str) -> bool:
    """Whether only programs of this machine reach a server on `host`. A name that is not understood counts as open."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _digest(secret: str) -> bytes:
    return sha256(secret.encode("utf-8", "replace")).digest()
