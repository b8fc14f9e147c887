"""The worker's process: settle what an earlier life left behind, start one sweep, then become Prefect's worker.

When this starts no other worker of the installation is alive, so a run that claims to be running is not; left alone
it would hold the only slot for ever. What was missed while nobody ran is made up for by the one sweep, not by each
overdue run.
"""

from datetime import UTC, datetime

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.exceptions import ObjectNotFound

from flows.deployments import POOL, run_prefect

SWEEP = "sweep/lam-viec"
CUT_OFF = "Máy hoặc tiến trình đã dừng giữa chừng."
MADE_UP_FOR = "Lỡ giờ khi hệ thống dừng; lần rà soát lúc khởi động làm thay."
_UNDER_WAY = (StateType.RUNNING, StateType.PENDING, StateType.CANCELLING)


def settle(client: SyncPrefectClient, now: datetime) -> tuple[int, int]:
    """How many runs of an earlier life were declared crashed, and how many overdue ones cancelled."""
    stale = _all(client, FlowRunFilter(state=_in(*_UNDER_WAY)))
    for run in stale:
        client.set_flow_run_state(run.id, State(type=StateType.CRASHED, message=CUT_OFF), force=True)
    overdue = _all(
        client,
        FlowRunFilter(
            state=_in(StateType.SCHEDULED), expected_start_time=FlowRunFilterExpectedStartTime(before_=now)
        ),
    )
    for run in overdue:
        client.set_flow_run_state(run.id, State(type=StateType.CANCELLED, message=MADE_UP_FOR), force=True)
    return len(stale), len(overdue)


def sweep_now(client: SyncPrefectClient) -> None:
    """One sweep at once; an installation that took the deployment out of its file does without."""
    try:
        deployment = client.read_deployment_by_name(SWEEP)
    except ObjectNotFound:
        return
    client.create_flow_run_from_deployment(deployment.id, name="khoi-dong", tags=["khoi-dong"])


def _all(client: SyncPrefectClient, wanted: FlowRunFilter) -> list[FlowRun]:
    """Page by page: the server gives 200 at a time."""
    found: list[FlowRun] = []
    while True:
        page = client.read_flow_runs(flow_run_filter=wanted, limit=200, offset=len(found))
        found += page
        if len(page) < 200:
            return found


def _in(*types: StateType) -> FlowRunFilterState:
    return FlowRunFilterState(type=FlowRunFilterStateType(any_=list(types)))


def main() -> None:
    with get_client(sync_client=True) as client:
        settle(client, datetime.now(UTC))
        sweep_now(client)
    run_prefect("worker", "start", "--pool", POOL, "--name", "dondoc", "--limit", "1")


if __name__ == "__main__":
    main()
