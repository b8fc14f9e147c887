"""dondoc serve: portal and scheduler on one machine."""

from collections.abc import Callable
from typing import Annotated

import typer

from tasks.adapters.home import open_home


def serve(
    port: Annotated[int, typer.Option("--port", help="Port of the page.")] = 8080,
    host: Annotated[
        str, typer.Option("--host", help="Address to listen on; loopback unless told.")
    ] = "127.0.0.1",
    prefect_port: Annotated[
        int | None,
        typer.Option("--prefect-port", help="Port of Prefect's server and UI; 4200 if it is free."),
    ] = None,
) -> None:
    """Run the page, the Prefect server, its worker and the schedules, and restart what dies. Ctrl-C stops it all."""
    from dondoc.serve import serve as run

    raise typer.Exit(run(open_home().settings, port=port, host=host, prefect_port=prefect_port))


COMMANDS: tuple[Callable[..., None], ...] = (serve,)
