"""The tables of `reviews.db`, one migration a version. A released one is never edited: a change is a new one."""

from __future__ import annotations

APPLICATION_ID = 0x53_54_44_59
"""Marks the file as ours in its header ("STDY")."""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    # Version 1. The payload is text, kept as it was written, so that a log can be passed on byte for byte.
    (
        "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
        """CREATE TABLE events (
            id TEXT NOT NULL UNIQUE,
            ms INTEGER NOT NULL,
            offset INTEGER NOT NULL,
            device TEXT NOT NULL,
            sequence INTEGER NOT NULL,
            kind TEXT NOT NULL,
            card TEXT,
            payload TEXT NOT NULL,
            version INTEGER NOT NULL
        ) STRICT""",
        # Not unique: two copies of one file may have given the same number twice, and neither event may be lost.
        "CREATE INDEX events_by_device ON events (device, sequence)",
        """CREATE TRIGGER events_are_kept BEFORE DELETE ON events
        BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
        """CREATE TRIGGER events_do_not_change BEFORE UPDATE ON events
        BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
        # INSERT OR REPLACE would delete without asking the trigger above.
        """CREATE TRIGGER events_come_once BEFORE INSERT ON events
        WHEN EXISTS (SELECT 1 FROM events WHERE id = NEW.id)
        BEGIN SELECT RAISE(IGNORE); END""",
    ),
)

VERSION = len(MIGRATIONS)
"""The version of the tables that this program writes, kept in `PRAGMA user_version`."""
