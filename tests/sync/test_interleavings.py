"""Whatever several devices do, in whatever order: in the end all logs are equal, and so is what they amount to."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from studytool.memory import Memory, Moment, open_store, replay
from studytool.memory.store.lines import Row
from studytool.memory.store.sqlite import Store
from studytool.sync.folder import sync_folder
from studytool.sync.postgres import sync_postgres
from studytool.sync.rows import arrived
from studytool.sync.setup import set_up

if TYPE_CHECKING:
    from conftest import Database

MEMORY = "/dev/shm" if os.path.isdir("/dev/shm") else None
"""Where thousands of durable commits cost no disk anything."""
CARDS = ["perceptron", "loss", "softmax"]
devices = st.integers(0, 2)
moments = st.builds(Moment, st.integers(0, 40 * 86_400_000), st.sampled_from([-480, 0, 60, 840]))
grades = st.integers(1, 4)


def rows(store: Store) -> list[Row]:
    """All of a log, in an order that does not depend on how it came about."""
    return sorted((row for _, row in arrived(store)), key=lambda row: row.id)


def remembered(memory: Memory) -> dict[str, object]:
    """What a log amounts to."""
    return {
        card: (memory.state(card), memory.out(card, 719_200), memory.written(card), memory.streak(719_190))
        for card in CARDS
    }


class Devices(RuleBasedStateMachine):
    """Three devices, each with its own copy of the folder, which a sync tool carries to and fro, whole or in part."""

    @initialize()
    def begin(self) -> None:
        self.root = Path(tempfile.mkdtemp(dir=MEMORY))
        self.names = ["d0", "d1", "d2"]
        self.stores = [open_store(self.root / name) for name in self.names]
        self.appended: set[str] = set()
        for name in self.names:
            (self.root / f"folder-{name}").mkdir()

    def folder(self, number: int) -> Path:
        return self.root / f"folder-{self.names[number]}"

    def sync(self, number: int) -> None:
        outcome = sync_folder(self.stores[number], self.folder(number), self.root / f"cache-{self.names[number]}")
        assert outcome.problems == []

    def keep(self, store: Store, kind: str, card: str | None, payload: dict[str, object], moment: Moment) -> None:
        self.appended.add(store.append(kind, card, payload, moment).id)

    @rule(device=devices, card=st.sampled_from(CARDS), grade=grades, moment=moments)
    def answer(self, device: int, card: str, grade: int, moment: Moment) -> None:
        self.keep(self.stores[device], "review", card, {"grade": grade, "took_ms": 5}, moment)

    @rule(
        device=devices,
        card=st.sampled_from(CARDS),
        kind=st.sampled_from(["suspend", "resume", "bury", "reject", "teleport"]),
        moment=moments,
    )
    def put_aside(self, device: int, card: str, kind: str, moment: Moment) -> None:
        self.keep(self.stores[device], kind, card, {}, moment)

    @rule(device=devices, source=st.sampled_from(CARDS), card=st.sampled_from(CARDS), moment=moments)
    def relink(self, device: int, source: str, card: str, moment: Moment) -> None:
        self.keep(self.stores[device], "relink", card, {"from": source}, moment)

    @rule(device=devices, which=st.integers(0, 1000), moment=moments)
    def undo(self, device: int, which: int, moment: Moment) -> None:
        if events := self.stores[device].events():
            event = events[which % len(events)]
            self.keep(self.stores[device], "undo", event.card, {"event": event.id}, moment)

    @rule(device=devices)
    def synchronise(self, device: int) -> None:
        self.sync(device)

    @rule(source=devices, other=devices, part=st.floats(0, 1) | st.just(1.0))
    def deliver(self, source: int, other: int, part: float) -> None:
        """A device's own file goes to another device, as much of it as the tool has managed so far."""
        name = f"studytool-{self.stores[source].device}.jsonl"
        path = self.folder(source) / name
        if source != other and path.exists():
            content = path.read_bytes()
            (self.folder(other) / name).write_bytes(content[: int(len(content) * part)])

    @rule(device=devices, part=st.floats(0, 1))
    def copy_in_conflict(self, device: int, part: float) -> None:
        for path in list(self.folder(device).glob("studytool-*.jsonl"))[:1]:
            content = path.read_bytes()
            copy = path.with_name(f"{path.stem} (conflicted copy).jsonl")
            copy.write_bytes(content[: int(len(content) * part)])

    @rule(device=devices, which=st.integers(0, 9))
    def lose_a_file(self, device: int, which: int) -> None:
        if files := sorted(self.folder(device).iterdir()):
            files[which % len(files)].unlink()

    @rule(device=devices)
    def lose_what_is_remembered(self, device: int) -> None:
        shutil.rmtree(self.root / f"cache-{self.names[device]}", ignore_errors=True)

    @rule(source=devices, other=devices)
    def pass_on_another_way(self, source: int, other: int) -> None:
        self.stores[other].merge(self.stores[source].events())

    @rule(device=devices)
    def move_to_another_machine(self, device: int) -> None:
        """The data folder is copied, and goes on elsewhere under a device name of its own."""
        before = self.stores[device].device
        self.stores[device].close()
        old, name = self.names[device], f"{self.names[device]}+"
        shutil.copytree(self.root / old, self.root / name)
        shutil.copytree(self.root / f"folder-{old}", self.root / f"folder-{name}")
        self.names[device] = name
        self.stores[device] = open_store(self.root / name)
        assert self.stores[device].device != before

    def deliver_all(self) -> None:
        """The tool has come to the end: of every file the longest version is everywhere."""
        folders = [self.folder(device) for device in range(3)]
        for name in {path.name for folder in folders for path in folder.iterdir()}:
            versions = [(folder / name).read_bytes() for folder in folders if (folder / name).exists()]
            for folder in folders:
                (folder / name).write_bytes(max(versions, key=len))

    def teardown(self) -> None:
        """At rest: everything is delivered, everyone has synchronised."""
        if not hasattr(self, "stores"):
            return
        try:
            for _ in range(2):
                for device in range(3):
                    self.sync(device)
                self.deliver_all()
            for device in range(3):
                self.sync(device)
            first, *others = [rows(store) for store in self.stores]
            assert {row.id for row in first} == self.appended
            assert all(other == first for other in others)
            states = [remembered(replay(store.events())) for store in self.stores]
            assert states[0] == states[1] == states[2]
            growing = replay([])  # the same events one by one, in the order in which they came to this device
            by_id = {event.id: event for event in self.stores[0].events()}
            for _, row in arrived(self.stores[0]):
                growing.apply(by_id[row.id])
            assert remembered(growing) == states[0]
        finally:
            for store in self.stores:
                store.close()
            shutil.rmtree(self.root)


TestDevices = Devices.TestCase
TestDevices.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)


steps = st.lists(
    st.tuples(st.sampled_from(["answer", "undo", "sync", "sync", "forget", "merge"]), devices, devices, moments),
    max_size=25,
)


@pytest.fixture
def fresh(database: Database) -> Database:
    """A database with the tables, which `empty` empties."""
    set_up(database.url())
    return database


def empty(database: Database) -> None:
    database.run("DROP SCHEMA studytool CASCADE")
    set_up(database.url())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_through_a_server_all_come_to_the_same(fresh: Database, did: list[tuple[str, int, int, Moment]]) -> None:
    empty(fresh)
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        root = Path(name)
        stores = [open_store(root / f"d{n}") for n in range(3)]

        def sync(device: int) -> None:
            outcome = sync_postgres(stores[device], fresh.url(), root / f"cache{device}")
            assert outcome.problems == []

        for what, device, other, moment in did:
            store = stores[device]
            if what == "answer":
                store.append("review", CARDS[other], {"grade": 1 + other}, moment)
            elif what == "undo" and (events := store.events()):
                store.append("undo", None, {"event": events[moment.ms % len(events)].id}, moment)
            elif what == "sync":
                sync(device)
            elif what == "forget":
                shutil.rmtree(root / f"cache{device}", ignore_errors=True)
            elif what == "merge":
                stores[other].merge(store.events())
        appended = {row.id for store in stores for row in rows(store)}
        for device in (0, 1, 2, 0, 1):
            sync(device)
        try:
            first, *others = [rows(store) for store in stores]
            assert {row.id for row in first} == appended
            assert all(found == first for found in others)
            states = [remembered(replay(store.events())) for store in stores]
            assert states[0] == states[1] == states[2]
        finally:
            for store in stores:
                store.close()
