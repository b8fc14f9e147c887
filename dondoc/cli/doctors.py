"""dondoc doctor: what is wrong with the installation, and what to do."""

from collections.abc import Callable

from dondoc.cli.out import Json, ask_is, emit_json, show_table
from dondoc.doctor import examine


def doctor(as_json: Json = False) -> None:
    """Settings, database, mail, Prefect, templates, plans. Exit 1 where something is wrong."""
    checks = examine()
    if as_json:
        emit_json({"checks": [{"name": c.name, "ok": c.ok, "message": c.message} for c in checks]})
    else:
        show_table(("", "check", ""), [("ok" if c.ok else "!!", c.name, c.message) for c in checks])
    ask_is(all(check.ok for check in checks))


COMMANDS: tuple[Callable[..., None], ...] = (doctor,)
