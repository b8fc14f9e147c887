"""dondoc compare: two cycles side by side, across whatever became of the units in between."""

from collections.abc import Callable
from typing import Annotated

import typer

from dondoc.cli.out import Cycle, Json, console, cycle_key, emit_json, show_table
from tasks.adapters.home import open_home
from tasks.steps.totals.comparing import compare as compared
from tasks.steps.totals.comparing import comparison_json


def compare(
    cycle: Cycle,
    earlier: Annotated[str, typer.Argument(metavar="EARLIER", help="The cycle to compare with.")],
    as_json: Json = False,
) -> None:
    """Totals and units of a cycle beside an earlier one; says how units were mapped and what could not be."""
    told = comparison_json(compared(open_home(), cycle_key(cycle), cycle_key(earlier)))
    if as_json:
        emit_json(told)
        return
    now, then = told["coverage"]["now"], told["coverage"]["earlier"]
    console.print(
        f"{cycle}: {now['received']}/{now['expected']} đơn vị   {earlier}: {then['received']}/{then['expected']} đơn vị"
    )
    if not told["comparable"]:
        console.print("hai kỳ không cùng địa bàn: các tổng dưới đây không so sánh được")
    columns = ("code", "label", "unit", "earlier", "value", "change")
    show_table(columns, [[row[name] for name in columns] for row in told["indicators"]])
    show_table(
        ("unit", "from", "exact", "notes"),
        [
            (
                each["unit"],
                ", ".join(o["unit"] for o in each["from"]),
                each["exact"],
                "; ".join(each["notes"]),
            )
            for each in told["units"]
        ],
    )
    for gone in told["unmapped"]:
        became = ", ".join(unit["unit"] for unit in gone["became"])
        console.print(f"{gone['unit']}: {gone['note']}" + (f" ({became})" if became else ""))


COMMANDS: tuple[Callable[..., None], ...] = (compare,)
