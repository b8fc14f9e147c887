"""dondoc watch: the dead man's switch, run by a timer outside Prefect."""

from collections.abc import Callable

from dondoc.cli.out import AsOf, Json, ask_is, console, emit_json, errors, moment
from tasks.adapters.home import open_home
from tasks.steps.watching import watch as look


def watch(as_of: AsOf = None, as_json: Json = False) -> None:
    """Has a sweep been missed? Exit 1 where one was; the administrator is mailed once, and once when it is over."""
    home = open_home()
    found = look(home, moment(as_of))
    last = found.last_sweep.isoformat() if found.last_sweep else None
    if as_json:
        emit_json(
            {
                "ok": not found.missed,
                "last_sweep": last,
                "hours": home.settings.watch_after_hours,
                "mailed": found.mailed,
            }
        )
    else:
        said = "no sweep has succeeded for more than" if found.missed else "a sweep succeeded within"
        console.print(f"{said} {home.settings.watch_after_hours} hours; the last one: {last or 'never'}")
        if found.mailed:
            console.print(f"mailed to {home.settings.admin_mail}: {found.mailed}")
    if found.problem:
        errors.print(
            f"dondoc: the administrator could not be told: {found.problem}", markup=False, soft_wrap=True
        )
    ask_is(not found.missed)


COMMANDS: tuple[Callable[..., None], ...] = (watch,)
