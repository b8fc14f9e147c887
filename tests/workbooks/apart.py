"""One file given to the reader in a process of its own: a reader that runs out of memory ends its process."""

import os
import signal
from multiprocessing import get_context
from multiprocessing.connection import Connection

from tests.workbooks.torture import SECONDS, answer, bounded


def read_apart(data: bytes) -> str:
    """What is answered, as `answer` says it; `the process ended` where nothing is."""
    theirs, ours = get_context("fork").Pipe(duplex=False)
    process = get_context("fork").Process(target=_work, args=(data, ours))
    process.start()
    ours.close()
    try:
        said: str = theirs.recv()
    except EOFError:
        said = "the process ended"
    process.join()
    return said


def _work(data: bytes, pipe: Connection) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # the reader's last words are long
    bounded()
    signal.alarm(4 * SECONDS)
    pipe.send(answer(data))
    pipe.close()
    os._exit(0)
