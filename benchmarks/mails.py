"""Reminders with the form attached, many on one connection: ours, and bare smtplib sending the same bytes.

Both send to one server on loopback, in another process. Making those bytes from a message's values is measured
beside it, as ours alone does that.
"""

import smtplib
import time

from benchmarks import samples
from benchmarks.measuring import Outcome, Result, medians
from benchmarks.smtp_sink import HOST, smtp_sink
from tasks.adapters.mail import SmtpTransport, to_bytes

REPETITIONS = 500


def run(repetitions: int = REPETITIONS) -> Outcome:
    mail = samples.mail(1)
    data, sender = to_bytes(mail), mail.sender_address
    with (
        smtp_sink() as port,
        SmtpTransport(f"smtp://{HOST}:{port}") as ours,
        smtplib.SMTP(HOST, port) as bare,
    ):
        found = medians(
            {
                "ours": lambda: ours.send_bytes(sender, mail.to, data),
                "bare smtplib": lambda: bare.sendmail(sender, [mail.to], data),
                "ours, built and sent": lambda: ours.send(mail),
            },
            repetitions,
            time.perf_counter,
        )
        assert ours.connections == 1
    mine, theirs, built = found.values()
    return Outcome(
        f"One reminder of {len(data) // 1024} kB handed over",
        found,
        (
            Result("mail_vs_smtplib", theirs / mine, at_least=0.9),
            Result("mail_built_vs_smtplib", theirs / built),
        ),
    )
