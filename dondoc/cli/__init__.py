"""The `dondoc` command. Names, options, exit codes and JSON keys are public (design: "Public interface")."""

import sys
from typing import cast

import sqlalchemy.exc
import typer

from dondoc.cli.app import app
from tasks.adapters.home import SetupError

_WrongUseError = cast("type[typer.BadParameter]", typer.BadParameter.__mro__[1])
"""A missing or unknown argument; Typer gives no public name to what BadParameter is one of."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command. 0 done, 1 the answer is no, 2 bad input or set-up with one clear line and no traceback."""
    try:
        code = app(args=arguments, standalone_mode=False, prog_name="dondoc")
    except KeyError as error:
        return _refuse(str(error.args[0]))
    except _WrongUseError as error:
        said = error.format_message()
        return _refuse(said) if said else 2  # called with nothing at all, it has printed its help
    except typer.Abort:
        return _refuse("stopped")
    except (SetupError, LookupError, ValueError, OSError) as error:
        return _refuse(str(error))
    except sqlalchemy.exc.DBAPIError as error:
        return _refuse(f"the database cannot be used: {str(error.orig).strip().splitlines()[0]}")
    return code if isinstance(code, int) else 0


def _refuse(what: str) -> int:
    print(f"dondoc: {what}", file=sys.stderr)
    return 2


def run() -> None:
    """The console script."""
    sys.exit(main())
