"""deploy/prefect.yaml and what is told about each obligation, without a server."""

import importlib
import re
from datetime import date

import pytest
import yaml

from models.schedules import obligation_schedules
from tests.builders import NO_HOLIDAYS, ROOT, a_plan, an_obligation

FILE = yaml.safe_load((ROOT / "deploy" / "prefect.yaml").read_text("utf-8"))


def test_the_file_says_that_the_code_is_installed():
    assert FILE["pull"] == []  # left out, Prefect would write this machine's folder into every deployment


@pytest.mark.parametrize("deployment", FILE["deployments"], ids=lambda found: found["name"])
def test_a_deployment_names_a_flow_that_loads_and_the_pool_that_runs_one_at_a_time(deployment):
    from prefect import Flow

    module, _, name = deployment["entrypoint"].rpartition(".")
    assert isinstance(getattr(importlib.import_module(module), name), Flow)
    from flows.deployments import POOL

    assert deployment["work_pool"] == {"name": POOL}


@pytest.mark.parametrize(
    "schedule", [s for d in FILE["deployments"] for s in d["schedules"]], ids=lambda found: found["slug"]
)
def test_a_schedule_is_in_our_zone_and_keeps_clear_of_midnight(schedule):
    assert schedule["timezone"] == "Asia/Ho_Chi_Minh"
    assert re.fullmatch(r"[a-z0-9-]+", schedule["slug"])
    hours = [int(hour) for hour in re.findall(r"\d+", schedule["cron"].split()[1])]
    assert all(5 <= hour <= 22 for hour in hours)


def test_there_is_a_sweep_in_working_hours_and_one_on_every_day():
    crons = {schedule["slug"]: schedule["cron"] for schedule in FILE["deployments"][0]["schedules"]}
    assert crons["gio-lam-viec"] == "*/30 7-17 * * 1-5"
    assert crons["sang-som"].endswith(" * * *")


def test_the_libraries_that_silently_never_schedule_are_shut_out():
    pins = (ROOT / "pyproject.toml").read_text("utf-8")
    assert re.search(r'"sqlalchemy\[asyncio\][^"]*<2\.1"', pins)
    assert re.search(r'"fastapi[^"]*<0\.151"', pins)
    assert re.search(r'"prefect[^"]*<3\.9"', pins)


def test_an_obligation_of_a_plan_that_is_over_says_so_plainly_and_one_that_runs_does_not():
    from flows.deployments import OVER_TAG, describe, tags_of

    plan = a_plan(an_obligation())
    [over] = obligation_schedules(plan, NO_HOLIDAYS, {}, date(2027, 1, 1))
    [running] = obligation_schedules(plan, NO_HOLIDAYS, {}, date(2025, 1, 1))
    assert OVER_TAG in tags_of(over)
    assert "Kế hoạch đã hết năm thực hiện (2019 - 2025)" in describe(over)
    assert OVER_TAG not in tags_of(running)
    assert "đã hết năm" not in describe(running)
    assert "“trước ngày 30/11 hàng năm”" in describe(running)
    assert "- ngày ghi trong kế hoạch: 30/11/2025" in describe(running)
    assert "- nhắc, 3 ngày làm việc trước hạn: 25/11/2025" in describe(running)
    assert {"ke-hoach:ke-hoach-mau", "nghia-vu:O1"} <= set(tags_of(running))
