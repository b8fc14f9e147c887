"""Outside Prefect: notice that no sweep has succeeded, and mail the administrator once an outage, and once after it."""

import socket
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from models.mail import SweepWatch, message_id
from models.tables import MarkRow
from models.watch import Word, is_missed, word_owed
from tasks.adapters.heartbeat import beat
from tasks.adapters.home import SET_UP, Home
from tasks.adapters.ledger.events import read_mark, set_mark
from tasks.adapters.mail import MailError, OutgoingMail, RetryableMailError
from tasks.adapters.mail_text import render_mail
from tasks.steps.opening import SWEPT

_TOLD = "watch alarm"
"""The mark of an alarm that was mailed and not called off: the moment the outage is counted from."""
_TO = "Người quản trị hệ thống đôn đốc báo cáo"


@dataclass(frozen=True, slots=True)
class Watched:
    """What the watch found. `mailed` is what went out now; `problem` says why a mail that is owed did not."""

    missed: bool
    last_sweep: datetime | None
    mailed: Word | None = None
    problem: str = ""


def sign_of_life(home: Home) -> None:
    """After a sweep that succeeded; a rehearsal is none."""
    if home.settings.heartbeat_url and home.recorder is None:
        beat(home.settings.heartbeat_url)


def watch(home: Home, now: datetime) -> Watched:
    """Look, and say what is owed. Of two that look at once one says it: the mark is set before the mail goes."""
    with home.ledger.write() as session:
        swept, told = read_mark(session, SWEPT), read_mark(session, _TOLD)
        since = swept or read_mark(session, SET_UP) or now.isoformat()
        last = datetime.fromisoformat(swept) if swept else None
        missed = is_missed(datetime.fromisoformat(since), now, home.settings.watch_after_hours)
        word = word_owed(missed=missed, told=told is not None)
        if word is None or not home.settings.admin_mail:
            return Watched(missed, last)
        _note(session, since if word is Word.ALARM else None)
    outage = told or since
    try:
        with home.transport() as transport:
            transport.send(_mail(home, word, outage, last, now))
    except RetryableMailError as error:
        with home.ledger.write() as session:
            _note(session, told)  # certainly not delivered: the next look tries again
        return Watched(missed, last, problem=str(error))
    except MailError as error:
        return Watched(missed, last, problem=str(error))
    return Watched(missed, last, mailed=word)


def _note(session: Session, outage: str | None) -> None:
    if outage is not None:
        set_mark(session, _TOLD, outage)
    elif (mark := session.get(MarkRow, _TOLD)) is not None:
        session.delete(mark)


def _mail(home: Home, word: Word, outage: str, last: datetime | None, now: datetime) -> OutgoingMail:
    """The same outage gives the same Message-ID, whichever part of the installation notices it."""
    settings = home.settings
    text = render_mail(
        SweepWatch(
            over=word is Word.OVER,
            unit=_TO,
            at=now,
            last_sweep=last,
            hours=settings.watch_after_hours,
            machine=socket.gethostname(),
            home=str(home.folder.resolve()),
            log=str(home.folder.resolve() / "logs"),
            command=f"{Path(sys.executable).with_name('dondoc')} doctor",
            page=settings.base_url,
        )
    )
    domain = settings.mail_from.rpartition("@")[2].rstrip(">") or "localhost"
    return OutgoingMail(
        to=settings.admin_mail,
        subject=text.subject,
        text=text.text,
        html=text.html,
        message_id=message_id(f"watch|{word}|{outage}|{settings.admin_mail}", domain),
        date=now,
        sender=settings.mail_from,
    )
