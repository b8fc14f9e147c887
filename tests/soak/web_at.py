"""`python -m tests.soak.web_at OPTIONS…`: the page's server as `dondoc serve` starts it, on the day that SOAK_MOMENT names.

The clock is set when this is imported, since each of its workers imports it anew.
"""

import os
import time
from datetime import timedelta

from dondoc.web.__main__ import main
from tasks.adapters import clock

_THEN, _BEGUN = clock.read_moment(os.environ["SOAK_MOMENT"]), time.monotonic()
clock.now = lambda: _THEN + timedelta(seconds=time.monotonic() - _BEGUN)

if __name__ == "__main__":
    main()
