"""`dondoc serve` as it really runs. The tests stand in the order of a day: start, work, mishap, end of work."""

import os
import re
import signal
import subprocess
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest

from dondoc.serve.environment import free_port
from tasks.adapters.home import open_home
from tasks.adapters.ledger.plans import save_plan
from tasks.adapters.settings import Settings
from tests.flow.conftest import Served, serve_command, until

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def upcoming(served: Served, deployment: str) -> list[datetime]:
    """When the scheduled runs of a deployment will start, in Vietnam."""
    runs = served.prefect(
        "POST",
        "/flow_runs/filter",
        deployments={"name": {"any_": [deployment]}},
        flow_runs={"state": {"type": {"any_": ["SCHEDULED"]}}},
        sort="EXPECTED_START_TIME_ASC",
    )
    return [datetime.fromisoformat(run["expected_start_time"]).astimezone(VIETNAM) for run in runs]


def ended_sweeps(served: Served) -> list[str]:
    """How the sweeps ended that a worker asked for when it started."""
    runs = served.prefect("POST", "/flow_runs/filter", flow_runs={"tags": {"all_": ["khoi-dong"]}})
    return [run["state_type"] for run in runs if run["state_type"] not in {"SCHEDULED", "PENDING", "RUNNING"}]


def test_the_page_answers_as_soon_as_it_is_said_to(served):
    answer = httpx.get(served.page, trust_env=False)
    assert answer.status_code == 200
    assert "Bảng theo dõi báo cáo" in answer.text


def test_the_scheduler_makes_runs_of_the_sweep_within_half_a_minute(served):
    # With the wrong SQLAlchemy everything starts and no run is ever made: only this notices.
    coming = until(lambda: upcoming(served, "lam-viec"), 30)
    assert len(coming) >= 12
    assert {run.hour for run in coming if run.weekday() >= 5} <= {5}
    assert all(5 <= run.hour <= 18 for run in coming)


@pytest.mark.parametrize(
    ("deployment", "day"),
    [
        ("hue-588-o2", (30, 11)),
        ("hue-588-o1", (25, 7)),
        ("hue-647-o2", (20, 12)),
        ("hue-647-o1", (30, 10)),
        ("hong-ngu-2020-o1", (12, 11)),
        ("nam-dong-2014-o1", (10, 4)),
        ("nam-dong-2014-o3", (20, 10)),
        ("nam-dong-2014-o4", (30, 10)),
    ],
)
def test_an_admin_sees_the_printed_day_of_an_obligation_coming(served, deployment, day):
    seen = until(lambda: [run for run in upcoming(served, deployment) if (run.day, run.month) == day], 20)
    assert seen
    assert {(run.hour, run.minute) for run in seen} == {(8, 0)}


def test_all_deployments_run_the_same_sweep_in_the_pool_that_takes_one_at_a_time(served):
    deployments = served.prefect("POST", "/deployments/filter")
    assert len(deployments) == 10
    assert {found["entrypoint"] for found in deployments} == {"flows.sweep.sweep"}
    assert {found["work_pool_name"] for found in deployments} == {"dondoc"}
    assert all(
        schedule["schedule"]["timezone"] == "Asia/Ho_Chi_Minh"
        for found in deployments
        for schedule in found["schedules"]
    )
    assert served.prefect("GET", "/work_pools/dondoc")["concurrency_limit"] == 1


def test_the_worker_sweeps_once_at_the_start_in_the_home_that_is_served(served):
    assert until(lambda: ended_sweeps(served), 60) == ["COMPLETED"]
    told = httpx.get(f"{served.page}/suc-khoe", trust_env=False).json()
    assert told["minutes_since_sweep"] is not None
    assert told["minutes_since_sweep"] <= 2


def test_nothing_listens_beyond_loopback(served):
    ports = {served.port, served.prefect_port}
    listening = [
        line.split()[1]
        for table in ("/proc/net/tcp", "/proc/net/tcp6")
        for line in Path(table).read_text().splitlines()[1:]
        if line.split()[3] == "0A" and int(line.split()[1].split(":")[1], 16) in ports
    ]
    assert sorted(listening) == sorted(f"0100007F:{port:04X}" for port in ports)


def test_another_web_site_may_not_talk_to_prefect(served):
    api = f"http://127.0.0.1:{served.prefect_port}"
    with httpx.Client(base_url=api, trust_env=False) as http:
        strange = http.get("/api/health", headers={"origin": "https://elsewhere.example"})
        own = http.get("/api/health", headers={"origin": api})
        assert "access-control-allow-origin" not in strange.headers
        assert own.headers["access-control-allow-origin"] == api
        assert http.post("/api/flow_runs/filter", json={}).status_code == 403  # no token


@pytest.mark.parametrize("taken", ["page", "prefect"])
def test_a_port_in_use_gives_one_line_and_exit_2(served, tmp_path, taken):
    port = served.port if taken == "page" else free_port()
    prefect_port = served.prefect_port if taken == "prefect" else free_port()
    done = subprocess.run(
        serve_command(tmp_path / "other", port, prefect_port),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    option = "--port" if taken == "page" else "--prefect-port"
    wanted = port if taken == "page" else prefect_port
    assert done.stderr == f"dondoc: 127.0.0.1:{wanted} is in use; choose another with {option}\n"
    assert not (tmp_path / "other").exists()


def test_a_page_that_is_killed_is_started_again(served):
    before = served.pid_of("dondoc.web")
    os.kill(before, signal.SIGKILL)
    assert until(lambda: (pid := served.pid_of("dondoc.web")) and pid != before, 20)
    assert until(lambda: _answers(served.page), 20)
    assert "web ended (code -9); starting it again" in served.out.read_text()


def test_a_killed_worker_comes_back_frees_the_slot_of_a_cut_off_run_and_sweeps(served):
    [deployment] = served.prefect("POST", "/deployments/filter", deployments={"name": {"any_": ["lam-viec"]}})
    cut_off = served.prefect(
        "POST", f"/deployments/{deployment['id']}/create_flow_run", state={"type": "RUNNING"}
    )
    before = served.pid_of("dondoc.serve.worker")
    os.kill(before, signal.SIGKILL)
    assert until(lambda: (pid := served.pid_of("dondoc.serve.worker")) and pid != before, 20)
    asked = f"/flow_runs/{cut_off['id']}"
    assert until(lambda: served.prefect("GET", asked)["state_type"] == "CRASHED", 30)
    assert until(lambda: ended_sweeps(served) == ["COMPLETED"] * 2, 60)
    assert "worker ended (code -9); starting it again" in served.out.read_text()


def test_a_plan_that_is_loaded_while_it_runs_shows_its_new_day_and_not_the_old_one(served):
    home = open_home(Settings(_env_file=None, home=served.home))
    text = (home.settings.plans / "hue-647.yaml").read_text("utf-8")
    assert text.count("due: {before: 20/12}") == 1
    with home.ledger.write() as session:
        changed = text.replace("due: {before: 20/12}", "due: {before: 15/12}")
        save_plan(session, changed, "changed.yaml", at=datetime.now(VIETNAM), actor="test")

    def december() -> set[int]:
        slugs = ("ngay-han-15-12", "ngay-han-20-12")
        [found] = served.prefect(
            "POST", "/deployments/filter", deployments={"name": {"any_": ["hue-647-o2"]}}
        )
        return {slugs.index(each["slug"]) for each in found["schedules"] if each["slug"] in slugs}

    assert until(lambda: december() == {0}, 40)
    days = until(lambda: {(run.day, run.month) for run in upcoming(served, "hue-647-o2")}, 20)
    assert (15, 12) in days
    assert (20, 12) not in days


def test_the_parts_stand_in_one_process_group(served):
    group = os.getpgid(served.process.pid)
    parts = [served.pid_of(part) for part in ("dondoc.web", "prefect server", "dondoc.serve.worker")]
    assert {os.getpgid(pid) for pid in parts} == {group}


def test_sigterm_ends_it_all_within_ten_seconds_and_leaves_nothing_behind(served):
    assert served.processes()
    began = time.monotonic()
    served.process.send_signal(signal.SIGTERM)
    assert served.process.wait(15) == 0
    assert time.monotonic() - began < 10
    assert served.processes() == {}
    said = served.out.read_text()
    assert said.rstrip().endswith("dondoc: stopped")
    assert not re.search(r"Traceback|Warning|Error", said)


def _answers(address: str) -> bool:
    try:
        return httpx.get(address, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False
