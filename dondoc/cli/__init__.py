"""The `dondoc` command. Names, options, exit codes and JSON keys are public (design: "Public interface")."""

import sys

from dondoc.cli.app import app
from tasks.adapters.home import SetupError


def main(arguments: list[str] | None = None) -> int:
    """Run one command. 0 done, 1 the answer is no, 2 bad input or set-up with one clear line and no traceback."""
    try:
        app(args=arguments, standalone_mode=True)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0
    except KeyError as error:
        return _refuse(str(error.args[0]))
    except (SetupError, LookupError, ValueError, OSError) as error:
        return _refuse(str(error))
    return 0


def _refuse(what: str) -> int:
    print(f"dondoc: {what}", file=sys.stderr)
    return 2


def run() -> None:
    """The console script."""
    sys.exit(main())
