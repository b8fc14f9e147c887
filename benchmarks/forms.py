"""The workbook of each unit that owes hue-588/O2/2019, one after the other: ours, and openpyxl writing the same.

Also what the first unit of a cycle costs, or a form with values in it: laid out from nothing by us.
"""

from collections.abc import Callable
from itertools import cycle

from benchmarks import openpyxl_form, samples
from benchmarks.measuring import Outcome, Result, medians
from tasks.adapters.workbooks import write_form
from tasks.adapters.workbooks.write import lay_out

REPETITIONS = 48


def run(repetitions: int = REPETITIONS) -> Outcome:
    specs = [samples.form(unit) for unit in samples.owing()]
    learnt = [openpyxl_form.learn(write_form(spec)) for spec in specs]
    found = medians(
        {
            "ours": in_turn([lambda spec=spec: write_form(spec) for spec in specs]),
            "ours, laid out from nothing": in_turn([lambda spec=spec: lay_out(spec, {}) for spec in specs]),
            "openpyxl": in_turn([lambda form=form: openpyxl_form.write(form) for form in learnt]),
        },
        repetitions,
    )
    mine, from_nothing, openpyxl = found.values()
    return Outcome(
        "The workbook of a unit (12 units of one cycle)",
        found,
        (
            Result("form_write_ms", mine, at_most=4),
            Result("form_write_vs_openpyxl", openpyxl / mine),
            Result("form_from_nothing_vs_openpyxl", openpyxl / from_nothing),
        ),
    )


def in_turn(calls: list[Callable[[], bytes]]) -> Callable[[], bytes]:
    waiting = cycle(calls)
    return lambda: next(waiting)()
