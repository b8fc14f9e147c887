"""Every benchmark by its name; a new one is a module with `run` and a line here."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from benchmarks import documents, forms, intake, mails, national
from benchmarks.measuring import Outcome

Benchmark = Callable[..., Outcome]
"""Takes the number of repetitions; has its own default."""

BENCHMARKS: Final[Mapping[str, Benchmark]] = MappingProxyType(
    {
        "documents": documents.run,
        "forms": forms.run,
        "intake": intake.run,
        "mails": mails.run,
        "national": national.run,
    }
)
