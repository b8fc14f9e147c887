"""A form that was refused goes back to be mended: what may go back, and as what."""

from collections.abc import Sequence

from models.finding import Finding
from models.form import FormSpec
from models.intake import check_identity
from models.reading import Reading
from tasks.adapters.workbooks import write_corrections


def to_mend(reading: Reading, spec: FormSpec, findings: Sequence[Finding]) -> bytes | None:
    """The refused form to correct and send again, every finding marked at its cell. None for a form that is another
    unit's, another cycle's or an older one: its figures do not belong into this.
    """
    return None if check_identity(reading, spec) else write_corrections(spec, reading, findings)
