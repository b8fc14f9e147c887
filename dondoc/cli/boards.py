"""dondoc status, totals, trace: where everybody stands, what it adds up to, where a figure came from."""

from collections.abc import Callable, Iterator
from typing import Annotated, Any

import typer

from dondoc.cli.out import AsOf, Cycle, Json, Through, console, cycle_key, emit_json, moment, show_table
from models.by_hand import how_received
from tasks.adapters.home import open_home
from tasks.adapters.ledger.plans import current_plans
from tasks.steps import board
from tasks.steps.documents import issued_totals
from tasks.steps.last_messages import with_last_messages
from tasks.steps.totals import totalling, tracing, years


def status(
    plan: Annotated[str | None, typer.Option("--plan", help="Only this plan.")] = None,
    cycle: Annotated[str | None, typer.Option("--cycle", help="One cycle, unit by unit.")] = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """The board: how far every cycle is; with --cycle, where every unit stands."""
    home, at = open_home(), moment(as_of)
    if cycle is not None:
        row = board.status(home, cycle_key(cycle), at)
        if as_json:
            emit_json(with_last_messages(home, [row], at)[0])
        else:
            _show_cycle(row)
        return
    with home.ledger.read() as session:
        plans = current_plans(session)
    if plan and plan not in plans:
        raise LookupError(f"no plan {plan}; loaded: {', '.join(plans) or 'none'}")
    rows = board.board(home, at, plan)
    if as_json:
        emit_json(with_last_messages(home, rows, at))
        return
    columns = ("cycle", "due", "expected", "received", "on_time", "late", "nil", "missing")
    show_table(columns, [[row["cycle"], _due(row), *(row[name] for name in columns[2:])] for row in rows])


def totals(
    cycle: Cycle,
    through: Through = None,
    issued: Annotated[
        bool, typer.Option("--issued", help="As the last issued Báo cáo has them, with today's beside.")
    ] = False,
    as_json: Json = False,
) -> None:
    """The sums of a cycle, with how many units they come from; or of those that report through one office; or those of
    the Báo cáo that was issued.
    """
    if issued:
        _show_issued(issued_totals.issued_totals(open_home(), cycle_key(cycle)), as_json)
        return
    home = open_home()
    added = totalling.totals_of(home, cycle_key(cycle), through)
    found = totalling.totals_json(added)
    if as_json:
        emit_json(found | {"series": years.series_json(home, added, through)})
        return
    console.print(f"{found['cycle']}: {found['received']}/{found['expected']} đơn vị")
    show_table(
        ("code", "indicator", "unit", "value", "of", "target", "met", "n/N"),
        [
            (
                i["code"],
                i["label"],
                i["unit"],
                i["value"] if not isinstance(i["value"], list) else f"{len(i['value'])} answers",
                i["denominator"],
                i["target"],
                {True: "đạt", False: "chưa đạt", None: ""}[i["met"]],
                f"{i['given']}/{i['asked']}",
            )
            for i in found["indicators"]
        ],
    )


def _show_issued(found: dict[str, Any], as_json: bool) -> None:
    if as_json:
        emit_json(found)
        return
    document = found["document"]
    console.print(
        f"{found['cycle']}: {document['number']}, {document['day']}: {found['received']}/{found['expected']} đơn vị"
    )
    show_table(
        ("code", "indicator", "unit", "issued", "today", "n/N"),
        [
            (
                i["code"],
                i["label"],
                i["unit"],
                i["value"],
                i["now"] if i["changed"] else "",
                f"{i['given']}/{i['asked']}",
            )
            for i in found["indicators"]
        ],
    )
    for each in found["changed"]:
        console.print(
            f"{each['cycle']} {each['unit']}: version {each['then'] or 'none'}, now {each['now'] or 'none'}"
        )


def trace(cycle: Cycle, indicator: str, through: Through = None, as_json: Json = False) -> None:
    """Where a figure came from: unit, version, file hash and cell, down to the lowest level."""
    found = tracing.trace(open_home(), cycle_key(cycle), indicator, through)
    if as_json:
        emit_json(found)
        return
    console.print(f"{indicator} = {found['value']}")
    columns = ("unit", "version", "indicator", "cell", "value", "file sha256", "how it came")
    show_table(columns, list(_parts(found, "")))


def _came(each: dict[str, Any]) -> str:
    return " ".join(filter(None, (each["channel"], each["paper"])))


def _parts(found: dict[str, Any], indent: str) -> Iterator[tuple[Any, ...]]:
    for p in found["parts"]:
        told = (p["version"], p["indicator"], p["cell"], p["value"], p["file_sha256"], _came(p))
        yield (indent + p["unit"], *told)
        if p["below"]:
            for unit in p["below"]["changed_since"]:
                yield (f"{indent}  {unit}", "", p["indicator"], "changed since it was passed up", "", "", "")
            yield from _parts(p["below"], f"{indent}  ")


def _due(row: dict[str, Any]) -> str:
    """The last day; with the hour where the plan sets one."""
    due = str(row["due_at"] or "chưa có hạn")
    day, _, rest = due.partition("T")
    return day if not rest or rest.startswith("23:59:59") else f"{day} {rest[:5]}"


def _show_cycle(row: dict[str, Any]) -> None:
    console.print(f"[bold]{row['cycle']}[/bold]  {row['title']}, {row['period_label']}")
    console.print(f"{row['received']}/{row['expected']} đơn vị, {'hạn ' if row['due_at'] else ''}{_due(row)}")
    show_table(
        ("unit", "name", "state", "submitted", "version"),
        [(u["unit"], u["name"], u["state_vi"], u["submitted_at"], u["version"]) for u in row["units"]],
    )
    for unit in row["units"]:
        if said := how_received(unit["channel"], unit["paper"]):
            console.print(f"{unit['name']}: {said}", markup=False, soft_wrap=True)
    if row["documents"]:
        names = ("kind", "step", "version", "state_vi", "number", "day")
        show_table(
            ("document", "step", "version", "state", "number", "day"),
            [[paper[name] for name in names] for paper in row["documents"]],
        )


COMMANDS: tuple[Callable[..., None], ...] = (status, totals, trace)
