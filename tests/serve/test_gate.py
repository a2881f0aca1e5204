"""Who is let in, by the rules alone."""

from __future__ import annotations

import socket

import pytest

from studytool.serve.gate import TRIES, Gate, is_loopback


@pytest.mark.parametrize(
    ("host", "allowed"),
    [
        ("127.0.0.1:8000", True),
        ("127.0.0.1", True),
        ("localhost:9000", True),  # another port: the end of a tunnel
        ("[::1]:8000", True),
        ("LOCALHOST", True),
        ("evil.example:8000", False),
        ("127.0.0.1.evil.example", False),
        ("localhost.", False),
        ("192.168.1.5:8000", False),
        ("user@127.0.0.1", False),
        ("127.0.0.1/x", False),
        ("", False),
        (None, False),
    ],
)
def test_on_this_machine_only_its_own_names_are_ours(host: str | None, allowed: bool) -> None:
    assert Gate("127.0.0.1").host_is_ours(host) is allowed


def test_open_to_others_addresses_and_its_own_name_are_ours_and_no_foreign_name() -> None:
    gate = Gate("0.0.0.0", password="correct horse")
    assert gate.host_is_ours("192.168.1.5:8000")
    assert gate.host_is_ours("[2001:db8::1]:8000")
    assert gate.host_is_ours(f"{socket.gethostname()}:8000")
    assert not gate.host_is_ours("evil.example:8000")


def test_behind_a_proxy_its_public_name_is_ours() -> None:
    gate = Gate("127.0.0.1", "https://study.example.org", "correct horse")
    assert gate.is_secure
    assert gate.host_is_ours("study.example.org")
    assert gate.origin_is_ours("https://study.example.org", "127.0.0.1:8000")
    assert not gate.origin_is_ours("https://evil.example", "study.example.org")
    assert not gate.host_is_ours("evil.example")


def test_only_a_page_of_the_same_address_and_port_is_ours() -> None:
    gate = Gate("127.0.0.1")
    assert gate.origin_is_ours("http://127.0.0.1:8000", "127.0.0.1:8000")
    for origin in ("http://127.0.0.1:8001", "http://localhost:8000", "https://127.0.0.1:8000", "null", "", None):
        assert not gate.origin_is_ours(origin, "127.0.0.1:8000")


def test_after_some_wrong_passwords_even_the_right_one_has_to_wait() -> None:
    gate = Gate("0.0.0.0", password="grüne Wiese")
    assert gate.try_password("grüne Wiese")
    assert gate.wait() == 0
    for _ in range(TRIES):
        assert gate.try_password("grune Wiese") is None
    assert 0 < gate.wait() <= 60
    assert gate.try_password("grüne Wiese") is None


def test_no_token_opens_what_a_password_guards() -> None:
    gate = Gate("0.0.0.0", password="correct horse")
    assert gate.redeem(gate.token) is None


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org", "127.1", ""])
def test_what_is_not_surely_this_machine_counts_as_open(host: str) -> None:
    assert not is_loopback(host)
