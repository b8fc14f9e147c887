"""What a run leaves for the admin to see in Prefect: its name, the board as a table, links to the documents."""

from collections.abc import Sequence
from datetime import datetime

from prefect.artifacts import create_link_artifact, create_table_artifact
from prefect.runtime import flow_run

from models.ids import CycleKey
from models.text import hour_and_date
from tasks.adapters.clock import in_vietnam
from tasks.adapters.home import the_home
from tasks.steps.board import status


def run_name() -> str:
    return str(flow_run.parameters["key"])


def sweep_name() -> str:
    """After the moment it is about: the one asked for, else the one it was scheduled for."""
    moment = flow_run.parameters.get("as_of") or flow_run.scheduled_start_time
    return f"sweep {in_vietnam(moment):%Y-%m-%d %H:%M}"


def artifact_key(key: CycleKey, what: str) -> str:
    """Prefect takes lower case letters, digits and dashes only."""
    return f"{what}-{key.plan}-{key.obligation}-{key.period}".lower()


def show_cycle(key: CycleKey, as_of: datetime, written: Sequence[str]) -> None:
    """The board of the cycle, and a link to each document written in this run."""
    home = the_home()
    row = status(home, key, as_of)
    table = [
        {
            "đơn vị": unit["name"],
            "tình trạng": unit["state_vi"],
            "gửi lần đầu": unit["submitted_at"] or "",
            "phiên bản": unit["version"] or "",
        }
        for unit in row["units"]
    ]
    told = (
        f"{row['title']}, {row['period_label']}: {row['received']}/{row['expected']} ({hour_and_date(as_of)})"
    )
    create_table_artifact(table, key=artifact_key(key, "bang"), description=told)
    for document in written:
        name = document.rsplit("/", 1)[-1]
        kind = name.rsplit("-v", 1)[0].lower().replace("+", "")
        create_link_artifact(
            f"file://{home.files.path(document)}",
            link_text=name,
            key=artifact_key(key, kind),
            description=told,
        )
