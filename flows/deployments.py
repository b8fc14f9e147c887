"""What Prefect is told to run by itself: `deploy/prefect.yaml`, and a visible calendar made from the loaded plans.

Every deployment runs the same sweep, so a run too many, too late or never changes nothing that the next one does not
mend. Deploying again replaces schedules by their slug; a deployment whose obligation has lost its date is removed.
"""

import sys
from datetime import date, datetime, time
from pathlib import Path
from uuid import UUID

import yaml
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import DeploymentScheduleCreate, WorkPoolCreate
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterTags
from prefect.client.schemas.schedules import RRuleSchedule
from prefect.utilities.callables import parameter_schema
from prefect.workers.process import ProcessWorker

from flows.sweep import sweep
from models.deadlines import ZONE
from models.schedules import DAY_X, LAST_DAY, ObligationSchedule, Occasion, obligation_schedules
from models.text import nfc, short_date
from tasks.adapters.home import Home
from tasks.adapters.ledger.plans import current_plans, set_dues
from tasks.adapters.settings import INSTALLED

POOL = "dondoc"
PREFECT_FILE = INSTALLED / "deploy" / "prefect.yaml"
RUN_AT = time(8)
CALENDAR_TAG = "lich-ke-hoach"
OVER_TAG = "ke-hoach-da-het-nam"

_OVER = (
    "**Kế hoạch đã hết năm thực hiện ({first} - {last}).** Các lần chạy dưới đây là ngày ấy của những năm tới, tính "
    "theo lịch làm việc của từng năm; đến ngày sẽ không có việc gì để làm cho đến khi kế hoạch được gia hạn hoặc có "
    "kế hoạch mới."
)


def deploy_all(home: Home, today: date) -> list[str]:
    """Everything, after a start: the pool, the file, the calendar. Returns the names in the calendar."""
    make_pool()
    names = deploy_calendar(home, today)
    deploy_file()
    return names


def make_pool() -> None:
    """One process at a time: two sweeps never run side by side (the sweep's own lock holds beyond Prefect)."""
    wanted = WorkPoolCreate(
        name=POOL,
        type="process",
        concurrency_limit=1,
        base_job_template=ProcessWorker.get_default_base_job_template(),
    )
    with get_client(sync_client=True) as client:
        client.create_work_pool(wanted, overwrite=True)


def deploy_file(file: Path = PREFECT_FILE) -> None:
    """What is written in the file, by Prefect's own command, whose words go to stdout."""
    run_prefect("deploy", "--prefect-file", str(file), "--all")
    with get_client(sync_client=True) as client:
        for name in (found["name"] for found in yaml.safe_load(file.read_text("utf-8"))["deployments"]):
            _make_runs(client, client.read_deployment_by_name(f"{sweep.name}/{name}").id)


def run_prefect(*arguments: str) -> None:
    """A command of Prefect's in this process, which has loaded it already; RuntimeError where it fails."""
    from prefect.cli import app

    before, sys.argv = sys.argv, ["prefect", "--no-prompt", *arguments]
    try:
        app()
    except SystemExit as ended:
        if ended.code:
            raise RuntimeError(f"`prefect {' '.join(arguments)}` ended with {ended.code}") from None
    finally:
        sys.argv = before


def deploy_calendar(home: Home, today: date) -> list[str]:
    """One deployment for every obligation that has a date: its coming runs are its deadlines and reminder days."""
    with home.ledger.read() as session:
        plans, dues = current_plans(session), set_dues(session)
    schedules = [
        schedule
        for plan, _ in plans.values()
        for schedule in obligation_schedules(plan, home.days, dues, today)
    ]
    with get_client(sync_client=True) as client:
        flow_id = client.create_flow(sweep)
        for schedule in schedules:
            deployment_id = client.create_deployment(
                flow_id,
                schedule.name,
                entrypoint="flows.sweep.sweep",
                pull_steps=[],
                work_pool_name=POOL,
                schedules=[_dates(occasion) for occasion in schedule.occasions],
                parameter_openapi_schema=parameter_schema(sweep).model_dump(),
                enforce_parameter_schema=True,
                description=describe(schedule),
                tags=tags_of(schedule),
            )
            _make_runs(client, deployment_id)
        _remove_others(client, {schedule.name for schedule in schedules})
    return [schedule.name for schedule in schedules]


def tags_of(schedule: ObligationSchedule) -> list[str]:
    tags = ["dondoc", CALENDAR_TAG, f"ke-hoach:{schedule.plan.code}", f"nghia-vu:{schedule.obligation.code}"]
    return [*tags, OVER_TAG] if schedule.is_over else tags


def describe(schedule: ObligationSchedule) -> str:
    """What an admin reads above the list of runs: which duty, in the plan's own words, and which days."""
    plan, obligation = schedule.plan, schedule.obligation
    lines = [f"{obligation.title} ({plan.short}). Nguyên văn: “{obligation.wording}”."]
    if schedule.is_over:
        lines.append(_OVER.format(first=plan.first_year, last=plan.last_year))
    elif not schedule.occasions:
        lines.append("Nghĩa vụ này đã qua hạn; không còn lần chạy nào.")
    lines += [
        f"- {_label(occasion.slug)}: {', '.join(short_date(day) for day in occasion.days)}"
        for occasion in schedule.occasions
    ]
    return nfc("\n\n".join(lines[:2]) + "\n" + "\n".join(lines[2:]) if len(lines) > 2 else "\n\n".join(lines))


def _label(slug: str) -> str:
    if slug.startswith(DAY_X):
        return "ngày ghi trong kế hoạch"
    if slug == LAST_DAY:
        return "ngày cuối cùng còn đúng hạn"
    after, count = "cong" in slug, slug.rsplit("-", 1)[1]
    return f"nhắc, {count} ngày làm việc {'sau' if after else 'trước'} hạn"


def _dates(occasion: Occasion) -> DeploymentScheduleCreate:
    stamps = [datetime.combine(day, RUN_AT).strftime("%Y%m%dT%H%M%S") for day in occasion.days]
    rule = f"DTSTART:{stamps[0]}\nRDATE:{','.join(stamps)}"
    return DeploymentScheduleCreate(
        schedule=RRuleSchedule(rrule=rule, timezone=str(ZONE)), slug=occasion.slug, active=True
    )


def _make_runs(client: SyncPrefectClient, deployment_id: UUID) -> None:
    """Make the coming runs now: left alone the scheduler may take over a minute to notice a new deployment."""
    client.request("POST", "/deployments/{id}/schedule", path_params={"id": deployment_id}, json={})


def _remove_others(client: SyncPrefectClient, names: set[str]) -> None:
    ours = client.read_deployments(
        deployment_filter=DeploymentFilter(tags=DeploymentFilterTags(all_=[CALENDAR_TAG]))
    )
    for deployment in ours:
        if deployment.name not in names:
            client.delete_deployment(deployment.id)
