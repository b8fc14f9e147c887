"""A look at the last sweep from `dondoc serve`, in a process of its own: a mail server that hangs stops nobody."""

import sys

from tasks.adapters import clock
from tasks.adapters.home import open_home
from tasks.steps.watching import watch


def main() -> int:
    found = watch(open_home(), clock.now())
    if found.missed:
        sys.stdout.write(
            f"no sweep since {found.last_sweep or 'the home was made'}; {found.mailed or found.problem}\n"
        )
    return int(found.missed)


if __name__ == "__main__":
    sys.exit(main())
