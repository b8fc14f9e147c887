"""The sweep as Prefect runs it, against a server of its own: what an admin sees of it, and when it fails."""

import json
import shutil
import time
from datetime import UTC, datetime

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import TaskRunFilter, TaskRunFilterName
from prefect.client.schemas.sorting import FlowRunSort

from dondoc.serve.server import prefect_server
from models.ids import CycleKey
from tasks.adapters.home import open_home
from tasks.adapters.settings import Settings
from tests.adapters.imap_server import imap_service, short_place
from tests.adapters.mail_servers import Inbox, real_server
from tests.ledger.conftest import office, sqlite_office
from tests.ledger.office import (
    COMMUNES,
    KEY,
    NEXT,
    SECRET,
    assert_each_mail_once,
    at,
    filled,
    live,
    outbox,
    submit,
)
from tests.mail_samples import sample

__all__ = ["office", "sqlite_office"]
PLAN_OF_2021 = CycleKey("ke-hoach-mau", "O3", "2020")


@pytest.fixture(scope="module")
def served(office, sqlite_office, tmp_path_factory):
    """One home and one server for the tests of this file, which stand in the order of a season."""
    folder = tmp_path_factory.mktemp("flow") / "home"
    shutil.copytree(sqlite_office, folder)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("DATABASE_URL", "FILES", "SMTP_URL", "TEMPLATES"):
            patch.delenv(f"DONDOC_{name}", raising=False)
        for name, value in {"HOME": folder, "PLANS": office, "SECRET_KEY": SECRET}.items():
            patch.setenv(f"DONDOC_{name}", str(value))
        with prefect_server(folder):
            yield open_home(Settings())


def runs(*, of):
    """Names and states of the runs of a flow, the newest first."""
    with get_client(sync_client=True) as client:
        flows = {flow.id: flow.name for flow in client.read_flows()}
        found = client.read_flow_runs(sort=FlowRunSort.START_TIME_DESC)
    return [(run.name, run.state.name, run.state.message) for run in found if flows[run.flow_id] == of]


def artifacts():
    with get_client(sync_client=True) as client:
        return {artifact.key: artifact for artifact in client.read_artifacts()}


def test_each_cycle_with_work_is_a_run_named_after_it_and_leaves_its_board(served):
    from flows.sweep import sweep

    assert sweep(at("2019-10-16"))["opened"] == 1
    submit(served, "xa-mot", "2019-11-19")
    done = sweep(at("2019-11-20"))
    assert (done["queued"], done["sent"]) == (2, 3)
    assert runs(of="cycle") == [(str(KEY), "Completed", None)]
    board = artifacts()["bang-ke-hoach-mau-o1-2019"]
    assert "1/3" in board.description
    assert [row["đơn vị"] for row in json.loads(board.data)] == ["UBND xã Một", "UBND xã Hai", "UBND xã Ba"]
    assert_each_mail_once(served)


def test_a_moment_in_another_zone_is_the_same_moment(served):
    from flows.sweep import sweep

    sweep(datetime(2019, 11, 25, 23, 0, tzinfo=UTC))  # 26/11 06:00 in Vietnam: T-3
    assert [step for (step,) in outbox(served, "step", unit="xa-hai")] == ["T-7", "T-3"]


def test_what_was_written_is_linked(served):
    from flows.sweep import sweep

    served.inbox.mkdir()
    for unit in COMMUNES[1:]:
        (served.inbox / f"{unit}.xlsx").write_bytes(filled(served, unit, "2019-11-27"))
    done = sweep(at("2019-11-27"))
    assert (done["received"], done["written"]) == (2, 1)
    link = artifacts()["bao-cao-ke-hoach-mau-o1-2019"]
    assert str(served.folder) in link.data
    assert live(served).standing("xa-ba").version == 1


def test_a_strange_file_fails_no_run(served):
    from flows.sweep import sweep

    (served.inbox / "strange.xlsx").write_bytes(b"strange")
    assert sweep(at("2019-11-28"))["received"] == 0
    assert (served.inbox / "refused" / "strange.xlsx").is_file()
    assert runs(of="sweep")[0][1] == "Completed"


def test_a_message_that_is_refused_fails_the_run_and_names_the_unit(served, monkeypatch):
    from flows.sweep import SweepFailedError, sweep

    sweep(at("2020-10-16"))
    with real_server(Inbox(lambda to: "550 no such user" if to.startswith("xa-hai") else None)) as port:
        monkeypatch.setenv("DONDOC_SMTP_URL", f"smtp://127.0.0.1:{port}")
        with pytest.raises(SweepFailedError, match="xa-hai"):
            sweep(at("2020-11-19"))
        assert sweep(at("2020-11-19T12:00"))["failed"] == 0
    failed = runs(of="sweep")[1]
    assert failed[1] == "Failed"
    assert "xa-hai" in failed[2]
    assert outbox(served, "state", unit="xa-mot", step="T-7", cycle="ke-hoach-mau/O1/2020") == [("sent",)]


def test_a_cycle_that_cannot_be_carried_fails_the_run_and_the_others_are_carried(served, monkeypatch):
    from flows.sweep import SweepFailedError, sweep
    from tasks.steps import closing

    close = closing.close_due

    def broken(home, key, as_of):
        if key == PLAN_OF_2021:
            raise RuntimeError("out of order")
        return close(home, key, as_of)

    with monkeypatch.context() as patch:
        patch.setattr(closing, "close_due", broken)
        with pytest.raises(SweepFailedError, match="ke-hoach-mau/O3/2020: RuntimeError: out of order"):
            sweep(at("2020-12-15"))
    assert live(served, NEXT).closed_at == at("2020-12-15")
    assert live(served, PLAN_OF_2021).closed_at is None
    assert sweep(at("2020-12-16"))["closed"] == 1
    assert live(served, PLAN_OF_2021).closed_at == at("2020-12-16")


def test_the_mailbox_is_a_task_of_the_sweep_and_a_dead_one_fails_the_run_at_its_end(served, monkeypatch):
    from flows.sweep import SweepFailedError, sweep

    with short_place() as folder, imap_service(folder / "s") as service:
        monkeypatch.setenv("DONDOC_IMAP_URL", service.url())
        service.deliver(sample("stranger"))
        sweep(at("2020-12-17"))
        assert service.mails() == []
    with pytest.raises(SweepFailedError, match="the mailbox was not read"):
        sweep(at("2020-12-18"))
    assert task_runs_named("mailbox", wait_for=2) == ["Completed", "Failed"]
    assert runs(of="sweep")[0][1] == "Failed"


def task_runs_named(name, *, wait_for):
    """The states of the runs of one task, which are named after it. The server records them some time after they end."""
    wanted = TaskRunFilter(name=TaskRunFilterName(like_=name))
    states = []
    for _ in range(60):
        with get_client(sync_client=True) as client:
            states = [run.state for run in client.read_task_runs(task_run_filter=wanted)]
        if len(states) >= wait_for and all(state.is_final() for state in states):
            break
        time.sleep(0.5)
    return sorted(state.name for state in states)
