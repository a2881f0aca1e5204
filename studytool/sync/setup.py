"""The tables, policies and roles on a PostgreSQL server: `studytool sync --setup URL`, run by their owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytool.errors import StudytoolError
from studytool.sync.connection import connected

if TYPE_CHECKING:
    from studytool.sync.connection import Server

VERSION = 2
"""The version of the tables, kept in `studytool.meta`."""
LEARNER, TEACHER = "studytool_learner", "studytool_teacher"

_ME = "to_regrole(quote_ident(current_user))::oid"
IS_ANOTHERS = f"EXISTS (SELECT 1 FROM studytool.learners WHERE name = current_user::text AND role <> {_ME})"
"""Whether the name of the present role was another one's, whose events are there under it: see `studytool.learners`."""

# Whoever may use the table sees and adds rows under the name of their own role, and no others; the owner is bound too
# (FORCE). The columns `learner` and `xact` are filled by the server: no role is granted to write them. With the first
# event a name is bound to its role, in `learners`: a later role of that name, which has another number, is kept out.
TABLES = (
    "CREATE SCHEMA IF NOT EXISTS studytool",
    "CREATE TABLE IF NOT EXISTS studytool.meta (name text PRIMARY KEY, value text NOT NULL)",
    """CREATE TABLE IF NOT EXISTS studytool.events (
        learner text COLLATE "C" NOT NULL DEFAULT current_user,
        id text COLLATE "C" NOT NULL,
        ms bigint NOT NULL,
        "offset" integer NOT NULL,
        device text NOT NULL,
        sequence bigint NOT NULL,
        kind text NOT NULL,
        card text,
        payload text NOT NULL,
        version integer NOT NULL,
        xact xid8 NOT NULL DEFAULT pg_current_xact_id(),
        PRIMARY KEY (learner, id)
    )""",
    f"""CREATE TABLE IF NOT EXISTS studytool.learners (
        name text COLLATE "C" PRIMARY KEY DEFAULT current_user,
        role oid NOT NULL DEFAULT {_ME}
    )""",
    "CREATE INDEX IF NOT EXISTS events_by_arrival ON studytool.events (learner, xact)",
    """CREATE OR REPLACE FUNCTION studytool.refuse() RETURNS trigger LANGUAGE plpgsql SECURITY INVOKER
        SET search_path = pg_catalog, pg_temp
        AS $$ BEGIN RAISE EXCEPTION 'the log is append-only' USING ERRCODE = 'insufficient_privilege'; END $$""",
    "DROP TRIGGER IF EXISTS events_are_kept ON studytool.events",
    """CREATE TRIGGER events_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON studytool.events
        FOR EACH STATEMENT EXECUTE FUNCTION studytool.refuse()""",
    """CREATE OR REPLACE FUNCTION studytool.bind() RETURNS trigger LANGUAGE plpgsql SECURITY INVOKER
        SET search_path = pg_catalog, pg_temp
        AS $$ BEGIN INSERT INTO studytool.learners DEFAULT VALUES ON CONFLICT DO NOTHING; RETURN NULL; END $$""",
    "DROP TRIGGER IF EXISTS names_are_bound ON studytool.events",
    """CREATE TRIGGER names_are_bound BEFORE INSERT ON studytool.events
        FOR EACH STATEMENT EXECUTE FUNCTION studytool.bind()""",
    "ALTER TABLE studytool.events ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE studytool.events FORCE ROW LEVEL SECURITY",
    "ALTER TABLE studytool.learners ENABLE ROW LEVEL SECURITY",
    "DROP POLICY IF EXISTS own_name_is_bound ON studytool.learners",
    f"""CREATE POLICY own_name_is_bound ON studytool.learners
        USING (name = current_user::text) WITH CHECK (name = current_user::text AND role = {_ME})""",
    "DROP POLICY IF EXISTS own_events_are_read ON studytool.events",
    f"""CREATE POLICY own_events_are_read ON studytool.events FOR SELECT
        USING (learner = current_user::text AND NOT {IS_ANOTHERS})""",
    "DROP POLICY IF EXISTS own_events_are_added ON studytool.events",
    # A learner who takes on the role of the group would write for nobody in particular.
    f"""CREATE POLICY own_events_are_added ON studytool.events FOR INSERT
        WITH CHECK (learner = current_user::text AND learner NOT IN ('{LEARNER}', '{TEACHER}')
            AND NOT {IS_ANOTHERS})""",
    "REVOKE ALL ON SCHEMA studytool FROM PUBLIC",
    "REVOKE ALL ON ALL TABLES IN SCHEMA studytool FROM PUBLIC",
    "REVOKE ALL ON ALL FUNCTIONS IN SCHEMA studytool FROM PUBLIC",
    f"""INSERT INTO studytool.meta VALUES ('version', '{VERSION}')
        ON CONFLICT (name) DO UPDATE SET value = excluded.value""",
    "INSERT INTO studytool.meta VALUES ('database', gen_random_uuid()::text) ON CONFLICT DO NOTHING",
)
GRANTS = (
    f"GRANT USAGE ON SCHEMA studytool TO {LEARNER}, {TEACHER}",
    f"GRANT SELECT ON studytool.meta, studytool.events, studytool.learners TO {LEARNER}, {TEACHER}",
    f"GRANT INSERT ON studytool.learners TO {LEARNER}",
    f"""GRANT INSERT (id, ms, "offset", device, sequence, kind, card, payload, version)
        ON studytool.events TO {LEARNER}""",
    "DROP POLICY IF EXISTS all_events_are_read_by_teachers ON studytool.events",
    f"CREATE POLICY all_events_are_read_by_teachers ON studytool.events FOR SELECT TO {TEACHER} USING (true)",
)
_SERVER = "(SELECT system_identifier::text FROM pg_control_system())"
# In a database that was restored on another server roles have other numbers, and the transactions of old rows seem to
# lie in the future, so that all of them would be read at each synchronisation.
RESTORED = (
    "ALTER TABLE studytool.events NO FORCE ROW LEVEL SECURITY",
    f"""UPDATE studytool.learners SET role = pg_roles.oid FROM pg_roles, studytool.meta
        WHERE pg_roles.rolname = learners.name AND meta.name = 'server' AND meta.value <> {_SERVER}""",
    f"""INSERT INTO studytool.meta VALUES ('server', {_SERVER})
        ON CONFLICT (name) DO UPDATE SET value = excluded.value""",
    # The tables of before version 2 have names that are not bound; and a name whose events were deleted is free.
    """INSERT INTO studytool.learners SELECT rolname, oid FROM pg_roles
        WHERE EXISTS (SELECT 1 FROM studytool.events WHERE learner = rolname) ON CONFLICT DO NOTHING""",
    "DELETE FROM studytool.learners WHERE NOT EXISTS (SELECT 1 FROM studytool.events WHERE learner = name)",
    "ALTER TABLE studytool.events DISABLE TRIGGER events_are_kept",
    "UPDATE studytool.events SET xact = '1' WHERE xact >= pg_snapshot_xmax(pg_current_snapshot())",
    "ALTER TABLE studytool.events ENABLE TRIGGER events_are_kept",
    "ALTER TABLE studytool.events FORCE ROW LEVEL SECURITY",
)
_LOCK = 0x73747564  # of two owners at once the second waits


def set_up(url: str) -> dict[str, str | bool | int]:
    """Make on the server what is not there yet, all or nothing, and tell what there is; may be run again at any time.

    `StudytoolError` where the server cannot be reached, or its schema is a newer one's or another owner's.
    """
    with connected(url, lambda: "Nothing was changed.") as server:
        with server.transaction() as connection:
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            _check(server)
            for statement in TABLES:
                connection.execute(statement)
            roles = _make_roles(server)
            if roles:
                for statement in GRANTS:
                    connection.execute(statement)
            for statement in RESTORED:
                connection.execute(statement)
        told = f"The tables of studytool are on {server.place}, in the schema `studytool`."
        role = server.connection.info.user
    hint = (
        f"A learner joins by `GRANT {LEARNER} TO …`, a teacher by `GRANT {TEACHER} TO …`."
        if roles
        else f"The role {role} may not make other roles: it can synchronise itself. For a class, let a role with "
        "CREATEROLE run this."
    )
    return {"message": f"{told} {hint}", "version": VERSION, "roles": roles}


def _check(server: Server) -> None:
    """Refuse what must not be touched."""
    connection = server.connection
    encoding = connection.execute("SELECT current_setting('server_encoding')").fetchone()
    if encoding != ("UTF8",):
        raise StudytoolError(
            f"The database {server.place} cannot hold every text: its encoding is {encoding and encoding[0]}. "
            "Nothing was changed.",
            "Make one with `createdb --encoding UTF8 --template template0`.",
        )
    owner = connection.execute(
        "SELECT pg_get_userbyid(nspowner) = current_user FROM pg_namespace WHERE nspname = 'studytool'"
    ).fetchone()
    if owner == (False,):
        raise StudytoolError(
            f"The schema `studytool` in {server.place} belongs to another role. Nothing was changed.",
            "Run this as its owner, or drop it if it is not studytool's.",
        )
    if connection.execute("SELECT to_regclass('studytool.meta')").fetchone() != (None,):
        refuse_newer(server)


def refuse_newer(server: Server) -> str:
    """The random name of the database; `StudytoolError` if a newer program made its tables."""
    found: dict[str, str] = dict(server.connection.execute("SELECT name, value FROM studytool.meta").fetchall())
    version = found.get("version", "")
    if not version.isdecimal() or int(version) > VERSION:
        raise StudytoolError(
            f"The tables on {server.place} are those of a newer version of studytool (version {version or 'unknown'}, "
            f"this program knows {VERSION}). Nothing was sent or received.",
            "Update studytool with `pip install --upgrade studytool`.",
        )
    return found.get("database", "")


def _make_roles(server: Server) -> bool:
    """Whether the roles of the groups are there, made if need be and allowed."""
    import psycopg

    connection = server.connection
    for role in (LEARNER, TEACHER):
        if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone():
            continue
        try:
            with connection.transaction():
                connection.execute(f"CREATE ROLE {role} NOLOGIN")
        except psycopg.errors.InsufficientPrivilege:
            return False
    return True
