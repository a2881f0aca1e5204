"""A class on one server: nobody reads or writes another's events, nobody changes any, and a teacher reads them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from studytool.errors import StudytoolError
from studytool.memory import Moment
from studytool.memory.store.sqlite import Store
from studytool.sync.outcome import Outcome
from studytool.sync.postgres import sync_postgres
from studytool.sync.setup import set_up

if TYPE_CHECKING:
    from conftest import Database

Device = Callable[[str], Store]
ROLES = ("owner", "ada", "ben", "teacher", "stranger")
INSERT = 'INSERT INTO studytool.events (id, ms, "offset", device, sequence, kind, payload, version) VALUES '


@pytest.fixture
def school(database: Database) -> Iterator[Database]:
    """A database whose owner may make roles and is no superuser; Ada and Ben learn, with an event each."""
    database.run(
        "CREATE ROLE owner LOGIN PASSWORD 'owner' CREATEROLE",
        f"ALTER DATABASE {database.name} OWNER TO owner",
    )
    told = set_up(database.url("owner"))
    assert told["roles"] is True
    for learner in ("ada", "ben"):
        database.run(f"CREATE ROLE {learner} LOGIN PASSWORD '{learner}' IN ROLE studytool_learner")
        database.run(INSERT + f"('same', 1, 0, '{learner}', 1, 'review', '{{}}', 1)", role=learner)
    database.run("CREATE ROLE teacher LOGIN PASSWORD 'teacher' IN ROLE studytool_teacher")
    database.run("CREATE ROLE stranger LOGIN PASSWORD 'stranger'")
    yield database
    database.run(f"ALTER DATABASE {database.name} OWNER TO postgres", "DROP SCHEMA studytool CASCADE")
    for role in ROLES:
        database.run(f"DROP OWNED BY {role}", f"DROP ROLE {role}")


def learners(school: Database, role: str) -> list[str]:
    """Whose events a role sees."""
    return [name for (name,) in school.run("SELECT learner FROM studytool.events ORDER BY 1", role=role)]


def refused(school: Database, role: str, *statements: str) -> str:
    """The state with which the last statement fails; those before it go through."""
    import psycopg

    school.run(*statements[:-1], role=role)
    with pytest.raises(psycopg.Error) as caught:
        school.run(*statements, role=role)
    return caught.value.sqlstate or ""


def test_each_learner_sees_only_their_own_events_and_a_teacher_all(school: Database) -> None:
    assert learners(school, "ada") == ["ada"]
    assert learners(school, "ben") == ["ben"]
    assert learners(school, "teacher") == ["ada", "ben"]
    assert learners(school, "owner") == []
    assert refused(school, "stranger", "SELECT * FROM studytool.events") == "42501"


def test_a_learner_can_do_nothing_but_add_their_own(school: Database) -> None:
    for statement in (
        INSERT.replace("(id,", "(learner, id,") + "('ben', 'x', 1, 0, 'd', 1, 'review', '{}', 1)",
        INSERT.replace("(id,", "(xact, id,") + "('1', 'x', 1, 0, 'd', 1, 'review', '{}', 1)",
        INSERT + "('same', 1, 0, 'd', 1, 'review', '{}', 1) ON CONFLICT (learner, id) DO UPDATE SET payload = '[]'",
        "UPDATE studytool.events SET payload = '{}'",
        "DELETE FROM studytool.events",
        "TRUNCATE studytool.events",
        "DROP TABLE studytool.events",
        "ALTER TABLE studytool.events DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE studytool.events DISABLE TRIGGER ALL",
        "CREATE TABLE studytool.mine (x int)",
        "CREATE POLICY mine ON studytool.events USING (true)",
        "UPDATE studytool.meta SET value = '9'",
        "INSERT INTO studytool.meta VALUES ('a', 'b')",
        "SELECT studytool.refuse()",
        "SET ROLE ben",
        "SET ROLE studytool_teacher",
        "SET SESSION AUTHORIZATION ben",
        "GRANT studytool_teacher TO ada",
        "COPY studytool.events TO PROGRAM 'cat'",
        "DO 'BEGIN LOCK TABLE studytool.events IN EXCLUSIVE MODE; END'",
    ):
        state = refused(school, "ada", statement)
        assert state.startswith(("42", "0LP01")), f"{statement}: {state}"
    assert school.run("SELECT learner, payload FROM studytool.events ORDER BY 1") == [("ada", "{}"), ("ben", "{}")]


def test_a_teacher_can_only_read(school: Database) -> None:
    for statement in (
        INSERT + "('x', 1, 0, 'd', 1, 'review', '{}', 1)",
        "UPDATE studytool.events SET payload = '{}'",
        "DELETE FROM studytool.events",
        "TRUNCATE studytool.events",
        "SET ROLE ada",
    ):
        assert refused(school, "teacher", statement) == "42501", statement


def test_not_even_the_owner_or_a_superuser_changes_an_event_by_mistake(school: Database) -> None:
    for role in ("owner", "postgres"):
        for statement in ("DELETE FROM studytool.events", "TRUNCATE studytool.events"):
            assert refused(school, role, statement) == "42501"
        assert refused(school, role, "UPDATE studytool.events SET payload = '{}'") == "42501"


def test_in_the_role_of_the_group_a_learner_writes_nothing(school: Database) -> None:
    insert = INSERT + "('x', 1, 0, 'd', 1, 'review', '{}', 1)"
    assert refused(school, "ada", "SET ROLE studytool_learner", insert) == "42501"
    assert school.run("SELECT count(*) FROM studytool.events") == [(2,)]


def test_what_a_condition_would_leak_stays_hidden(school: Database) -> None:
    """A function that is cheap to call is not called on rows of others."""
    rows = school.run(
        "CREATE TEMP TABLE seen (what text)",
        "CREATE FUNCTION pg_temp.look(t text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS"
        " $$ BEGIN INSERT INTO seen VALUES (t); RETURN true; END $$",
        "SELECT count(*) FROM studytool.events WHERE pg_temp.look(learner)",
        "SELECT DISTINCT what FROM seen",
        role="ada",
    )
    assert rows == [("ada",)]


def test_the_log_of_a_learner_holds_only_their_own(school: Database, device: Device, tmp_path: Path) -> None:
    def sync(name: str, role: str) -> Outcome:
        return sync_postgres(device(name), school.url(role), tmp_path / "cache")

    for name, role in (("laptop", "ada"), ("phone", "ada"), ("desk", "ben")):
        device(name).append("review", name, {"grade": 3}, Moment(1000, 0))
        assert sync(name, role).problems == []
    assert sync("laptop", "ada").received == 1
    assert {event.card for event in device("laptop").events()} == {None, "laptop", "phone"}
    assert {event.card for event in device("phone").events()} == {None, "laptop", "phone"}
    assert {event.card for event in device("desk").events()} == {None, "desk"}
    assert learners(school, "ada") == ["ada"] * 3
    assert learners(school, "teacher") == ["ada"] * 3 + ["ben"] * 2


def test_who_gets_the_name_of_a_role_that_is_gone_gets_nothing_else_of_it(
    school: Database, device: Device, tmp_path: Path
) -> None:
    def sync(name: str) -> Outcome:
        return sync_postgres(device(name), school.url("ada"), tmp_path / name)

    # The tables of version 1 did not bind names; to set them up again does.
    school.run("DROP TABLE studytool.learners CASCADE", "UPDATE studytool.meta SET value = '1' WHERE name = 'version'")
    with pytest.raises(StudytoolError, match="--setup"):
        sync("new")
    set_up(school.url("owner"))
    again = ("DROP OWNED BY ada", "DROP ROLE ada", "CREATE ROLE ada LOGIN PASSWORD 'ada' IN ROLE studytool_learner")
    school.run(*again)
    device("new").append("review", "k", {"grade": 3}, Moment(1000, 0))
    for _ in range(2):
        with pytest.raises(
            StudytoolError, match=r"another role, which had that name before\. Nothing was sent or received"
        ):
            sync("new")
        assert learners(school, "ada") == []
        assert refused(school, "ada", INSERT + "('x', 1, 0, 'd', 1, 'review', '{}', 1)") == "42501"
        assert refused(school, "ada", "INSERT INTO studytool.learners VALUES ('ben')") == "42501"
        assert refused(school, "ada", "UPDATE studytool.learners SET role = 0") == "42501"
        set_up(school.url("owner"))  # does not give the events away
    assert learners(school, "ben") == ["ben"]
    assert learners(school, "teacher") == ["ada", "ben"]
    # As on another server, where roles have other numbers: the names are the same people.
    school.run("UPDATE studytool.meta SET value = 'another' WHERE name = 'server'")
    set_up(school.url("owner"))
    assert (sync("new").sent, sync("other").received) == (1, 2)
    assert learners(school, "ada") == ["ada", "ada"]


def test_who_may_see_everything_receives_only_their_own_even_so(
    school: Database, device: Device, tmp_path: Path
) -> None:
    for name, role in (("super", "postgres"), ("teachers", "teacher"), ("owners", "owner")):
        outcome = sync_postgres(device(name), school.url(role), tmp_path / "cache")
        assert str(outcome) == "0 sent, 0 received"


def test_a_role_that_may_not_write_or_not_read_is_told_what_is_missing(
    school: Database, device: Device, tmp_path: Path
) -> None:
    device("x").append("review", "k", {"grade": 3}, Moment(1000, 0))
    for role in ("teacher", "stranger"):
        with pytest.raises(StudytoolError, match="does not let this role") as caught:
            sync_postgres(device("x"), school.url(role), tmp_path / "cache")
        assert "studytool_learner" in str(caught.value)
        assert "Nothing was sent or received" in str(caught.value)


def test_a_search_path_that_leads_astray_is_not_followed(school: Database, device: Device, tmp_path: Path) -> None:
    school.run(
        "CREATE SCHEMA trap",
        "CREATE TABLE trap.events (LIKE studytool.events)",
        "CREATE FUNCTION trap.never(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT false'",
        "CREATE OPERATOR trap.= (LEFTARG = text, RIGHTARG = text, FUNCTION = trap.never)",
        "CREATE FUNCTION trap.pg_current_snapshot() RETURNS pg_snapshot LANGUAGE sql AS $$SELECT '9:9:'::pg_snapshot$$",
        "GRANT USAGE ON SCHEMA trap TO PUBLIC",
        *(f"ALTER ROLE {role} SET search_path = trap, pg_catalog" for role in ("ada", "owner")),
    )
    assert school.run("SELECT 'a'::text = 'a'::text", role="ada") == [(False,)]
    device("x").append("review", "k", {"grade": 3}, Moment(1000, 0))
    outcome = sync_postgres(device("x"), school.url("ada"), tmp_path / "cache")
    assert (outcome.sent, outcome.received, outcome.problems) == (1, 1, [])
    set_up(school.url("owner"))
    assert learners(school, "ben") == ["ben"]
    school.run("DROP SCHEMA trap CASCADE")


def test_an_owner_who_may_not_make_roles_can_synchronise_alone(
    database: Database, device: Device, tmp_path: Path
) -> None:
    database.run("CREATE ROLE alone LOGIN PASSWORD 'alone'", f"ALTER DATABASE {database.name} OWNER TO alone")
    # The roles of the groups belong to the server; another test may have made them.
    for group in ("studytool_learner", "studytool_teacher"):
        database.run(f"DROP ROLE IF EXISTS {group}")
    told = set_up(database.url("alone"))
    assert told["roles"] is False
    assert "CREATEROLE" in str(told["message"])
    device("x").append("review", "k", {"grade": 3}, Moment(1000, 0))
    for name, expected in (("x", (1, 0)), ("y", (0, 1))):
        outcome = sync_postgres(device(name), database.url("alone"), tmp_path / "cache")
        assert (outcome.sent, outcome.received) == expected
    database.run("ALTER ROLE alone CREATEROLE")
    assert set_up(database.url("alone"))["roles"] is True
    database.run(f"ALTER DATABASE {database.name} OWNER TO postgres")
    database.run("DROP OWNED BY alone CASCADE", "DROP ROLE alone")


def test_the_documented_statements_do_what_they_say(school: Database) -> None:
    docs = (Path(__file__).parents[2] / "docs" / "sync.md").read_text("utf-8")
    blocks = [block.partition("```")[0] for block in docs.split("```sql\n")[1:]]
    names = {"study_class": school.name, "ada": "carla", "ben": "dora"}
    for name, other in names.items():
        blocks = [block.replace(name, other) for block in blocks]
    learner, others, look, leave, go_on = [block.split(";")[:-1] for block in blocks]
    try:
        school.run(*learner, *others)
        for role in ("carla", "dora", "turing"):
            school.run(f"ALTER ROLE {role} PASSWORD '{role}'")
        for role in ("carla", "dora"):
            school.run(INSERT + f"('x', 1, 0, '{role}', 1, 'review', '{{}}', 1)", role=role)
        assert learners(school, "carla") == ["carla"]
        found = [row[:2] for row in school.run(*look, role="turing")]
        assert sorted(found) == [("ada", 1), ("ben", 1), ("carla", 1), ("dora", 1)]
        school.run(*leave)
        assert learners(school, "teacher") == ["ada", "ben", "dora"]
        assert refused(school, "carla", "SELECT * FROM studytool.events") == "42501"
        assert refused(school, "owner", "DELETE FROM studytool.events") == "42501"
        assert learners(school, "owner") == []
        school.run("DROP OWNED BY dora", "DROP ROLE dora", "CREATE ROLE dora LOGIN PASSWORD 'dora'")
        school.run("GRANT studytool_learner TO dora")
        assert learners(school, "dora") == []
        school.run(*(line.replace("carla", "dora") for line in go_on))
        assert learners(school, "dora") == ["dora"]
    finally:
        for role in ("carla", "dora", "turing"):
            school.run(f"DROP OWNED BY {role}", f"DROP ROLE {role}")
