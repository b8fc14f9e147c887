"""A new home is made whole by the first command that needs it, once, whoever comes first."""

import os
import random
import stat
import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext

import models.migrations
from models.tables import metadata
from tasks.adapters.database import Ledger, migrate
from tasks.adapters.files import FileStore
from tasks.adapters.home import SetupError, open_home
from tasks.adapters.ledger.documents import waiting_drafts
from tasks.adapters.ledger.plans import current_plans
from tasks.adapters.ledger.units import load_tree
from tasks.adapters.settings import Settings
from tests.ledger.office import assert_chain_is_whole, dump, forked


@pytest.fixture
def new(request, backend, office, tmp_path):
    """Settings of a home where nothing is yet."""
    url = request.getfixturevalue("postgres")() if backend == "postgresql" else ""
    return Settings(home=tmp_path / "new", database_url=url, plans=office, secret_key="")


def test_the_migrations_make_the_tables_the_code_knows(new):
    new.home.mkdir()
    ledger = Ledger(new.ledger_url)
    assert migrate(ledger)
    assert not migrate(ledger)
    with ledger.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    ledger.close()


def test_the_comparison_of_tables_sees_a_missing_column(new):
    new.home.mkdir()
    ledger = Ledger(new.ledger_url)
    migrate(ledger)
    with ledger.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE message DROP COLUMN subject")
        assert compare_metadata(MigrationContext.configure(connection), metadata)
    ledger.close()


def test_a_new_home_holds_the_shipped_units_and_plans_and_a_secret_of_its_own(new):
    home = open_home(new)
    with home.ledger.read() as session:
        assert list(current_plans(session)) == ["ke-hoach-mau"]
        assert "xa-mot" in load_tree(session)
    assert_chain_is_whole(home)
    secret = new.home / "secret.key"
    assert home.secret == secret.read_bytes()
    assert len(home.secret) >= 32
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600


def test_an_empty_home_stays_empty_for_the_commands_that_come_after(new):
    open_home(new, empty=True)
    home = open_home(new)
    assert dump(home)["plan"] == dump(home)["unit"] == []


def test_several_processes_that_open_a_new_home_at_once_all_find_it_whole(new):
    def look():
        with open_home(new).ledger.read() as session:
            assert current_plans(session)
            assert "xa-mot" in load_tree(session)

    several = [forked(look) for _ in range(4)]
    for process in several:
        process.join(60)
    assert [process.exitcode for process in several] == [0] * 4
    home = open_home(new)
    assert len(dump(home)["plan"]) == 1
    assert_chain_is_whole(home)


def test_a_first_command_that_was_killed_leaves_it_to_the_next(new):
    when = random.Random(5)
    for _ in range(4):
        process = forked(lambda: open_home(new))
        time.sleep(when.uniform(0.02, 0.25))
        process.kill()
        process.join(10)
    home = open_home(new)
    with home.ledger.read() as session:
        assert list(current_plans(session)) == ["ke-hoach-mau"]
    assert_chain_is_whole(home)


def refused(settings):
    with pytest.raises(SetupError) as caught:
        open_home(settings)
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    return message


def test_a_home_that_cannot_be_used_is_told_in_one_line(tmp_path):
    (tmp_path / "file").write_text("in its place")
    assert refused(Settings(home=tmp_path / "file")).startswith(
        f"the home {tmp_path / 'file'} cannot be used"
    )


def test_a_file_that_is_no_database_is_told_in_one_line(tmp_path):
    (tmp_path / "dondoc.sqlite3").write_bytes(b"not a database, whatever its name says" * 100)
    assert "not a database" in refused(Settings(home=tmp_path))


@pytest.mark.parametrize(
    "url", ["postgresql://127.0.0.1:9/x", "nonsense", "oracle-nine://host/x", "postgresql://[::bad/x"]
)
def test_a_database_that_cannot_be_reached_is_told_in_one_line(tmp_path, url):
    assert "atabase" in refused(Settings(home=tmp_path, database_url=url))


def test_a_database_of_a_later_version_is_told_in_one_line(new):
    new.home.mkdir()
    ledger = Ledger(new.ledger_url)
    migrate(ledger)
    with ledger.engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    ledger.close()
    assert "another version of dondoc" in refused(new)


def go_back(connection, revision):
    """The tables as an older version of the program has left them."""
    config = Config()
    config.set_main_option("script_location", str(Path(models.migrations.__file__).parent))
    config.attributes["connection"] = connection
    command.downgrade(config, revision)


def test_an_upgrade_notes_which_drafts_are_older_than_the_record_of_issues(new):
    new.home.mkdir()
    ledger = Ledger(new.ledger_url)
    migrate(ledger)
    with ledger.engine.begin() as connection:
        assert connection.execute(sa.text("SELECT name FROM mark")).all() == []  # a new home has none
        go_back(connection, "0004")
        names = "cycle, unit, kind, step, version, sha256, inputs, file, state, number, written_at"
        values = "'c', '', 'bao-cao', '', 1, '', '', '', 'draft', '', '2019-12-16 08:00:00'"
        connection.execute(sa.text(f"INSERT INTO document ({names}) VALUES ({values})"))
    assert not migrate(ledger)
    with ledger.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert connection.execute(sa.text("SELECT name, value FROM mark")).all() == [
            ("drafts before issuing", "1")
        ]
    with ledger.read() as session:
        assert waiting_drafts(session) == {}
    ledger.close()


def test_a_plan_that_cannot_be_loaded_leaves_nothing_half_loaded(new, tmp_path):
    from shutil import copytree

    folder = tmp_path / "plans"
    copytree(new.plans, folder, symlinks=True)
    (folder / "zz.yaml").write_text("code: zz\n", "utf-8")
    broken = new.model_copy(update={"plans": folder})
    with pytest.raises(SetupError, match=r"zz\.yaml"):
        open_home(broken)
    os.remove(folder / "zz.yaml")  # noqa: PTH107
    with open_home(broken).ledger.read() as session:
        assert list(current_plans(session)) == ["ke-hoach-mau"]


@pytest.mark.parametrize("name", ["home", "máy tính của tôi", "50%20#1?"])
def test_the_files_of_a_home_lie_in_it_whatever_it_is_called(tmp_path, name):
    settings = Settings(home=tmp_path / name, database_url="", files="")
    kept = FileStore(settings.files_url)
    sha256 = kept.keep(b"a form")
    assert [file.name for file in tmp_path.iterdir()] == [name]
    assert (tmp_path / name / "files" / "received" / sha256[:2] / sha256).read_bytes() == b"a form"
