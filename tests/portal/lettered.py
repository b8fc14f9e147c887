"""Messages in every state, put into the outbox of a seeded home as the sweep and the mailbox would."""

from datetime import date

from sqlmodel import select

from models.tables import InboundRow, MessageRow
from tasks.adapters.home import Home
from tasks.adapters.ledger import outbox
from tasks.adapters.ledger.settling import settle
from tests.portal.seeded import YEARLY, at

REPLIED = "550 <b>no such user</b>"
STATES = {
    "huyen-nam-dong": ("failed", "bounced (5.1.1)"),
    "huyen-a-luoi": ("failed", REPLIED),
    "huyen-phong-dien": ("unknown", "no reply after the message was sent: timed out"),
    "huyen-phu-loc": ("queued", "cannot connect to mail.example:25: refused"),
    "thi-xa-huong-tra": ("sending", ""),
    "so-tai-chinh-thua-thien-hue": ("sent", ""),
    "so-y-te-thua-thien-hue": ("skipped", outbox.WITHOUT_ADDRESS),
    "ban-dan-toc-thua-thien-hue": ("withdrawn", "extended to 2019-12-05"),
}
DECIDED = at("2019-11-20T08:00")


def write_letters(home: Home) -> dict[str, int]:
    """A T-7 reminder to each of eight units, each in another state; their numbers by unit."""
    with home.ledger.write() as session:
        for unit, (state, reason) in STATES.items():
            to = outbox.NO_ADDRESS if reason == outbox.WITHOUT_ADDRESS else f"{unit}@mau.example"
            outbox.queue(
                session,
                cycle=str(YEARLY),
                unit=unit,
                kind="reminder",
                step="T-7",
                recipient=to,
                planned_on=date(2019, 11, 20),
                at=DECIDED,
            )
            row = outbox.find_message(session, outbox.message_key(str(YEARLY), unit, "reminder", "T-7", to))
            assert row.id
            told = {"attempts": 1, "message_id": f"<{unit}@mau.example>"} if state != "skipped" else {}
            if state in {"sent", "failed"}:
                told["sent_at"] = at("2019-11-20T08:01")
            if state == "queued":
                told |= {"attempts": 2, "not_before": at("2019-11-20T08:10")}
            outbox.mark(
                session, [row.id], "sent" if reason.startswith("bounced") else state, reason=reason, **told
            )
            session.refresh(row)
            if reason.startswith("bounced"):
                _bounce(session, row, reason)
        return {
            row.unit: row.id or 0 for row in session.exec(select(MessageRow).where(MessageRow.step == "T-7"))
        }


def _bounce(session, row, reason):
    when = at("2019-11-21T09:00")
    session.add(
        InboundRow(
            mail="<bounce@mau.example>",
            kind="hard_bounce",
            address=row.recipient,
            status="5.1.1",
            cycle=row.cycle,
            about=row.message_id,
            folder="Dondoc/da-xu-ly",
            read_at=when,
        )
    )
    settle(session, [row], {"sent"}, "failed", reason=reason, at=when, actor="mailbox")
