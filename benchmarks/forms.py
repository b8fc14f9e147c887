"""The workbook of each unit that owes hue-588/O2/2019, one after the other: ours, and openpyxl writing the same.

Also what the first unit of a cycle costs, or a form with values in it: laid out from nothing by us.
"""

from collections.abc import Callable, Sequence
from itertools import cycle
from typing import TypeVar

from benchmarks import openpyxl_form, samples
from benchmarks.measuring import Outcome, Result, medians
from models.form import FormSpec
from tasks.adapters.workbooks import write_form
from tasks.adapters.workbooks.filled import Filled
from tasks.adapters.workbooks.write import lay_out

T = TypeVar("T")

REPETITIONS = 48


def run(repetitions: int = REPETITIONS) -> Outcome:
    specs = [samples.form(unit) for unit in samples.owing()]
    learnt = [openpyxl_form.learn(write_form(spec)) for spec in specs]
    found = medians(
        {
            "ours": in_turn(write_form, specs),
            "ours, laid out from nothing": in_turn(from_nothing, specs),
            "openpyxl": in_turn(openpyxl_form.write, learnt),
        },
        repetitions,
    )
    mine, whole, openpyxl = found.values()
    return Outcome(
        "The workbook of a unit (12 units of one cycle)",
        found,
        (
            Result("form_write_ms", mine, at_most=4),
            Result("form_write_vs_openpyxl", openpyxl / mine),
            Result("form_from_nothing_vs_openpyxl", openpyxl / whole),
        ),
    )


def from_nothing(spec: FormSpec) -> bytes:
    return lay_out(spec, Filled())


def in_turn(write: Callable[[T], bytes], forms: Sequence[T]) -> Callable[[], bytes]:
    """Writes one form at each call, beginning anew when all are written."""
    waiting = cycle(forms)

    def write_next() -> bytes:
        return write(next(waiting))

    return write_next
