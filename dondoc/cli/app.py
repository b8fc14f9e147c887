"""The command tree."""

import typer

from dondoc.cli import (
    acts,
    addresses,
    boards,
    calendars,
    comparing,
    demos,
    doctors,
    document_way,
    documents,
    entering,
    exporting,
    forms,
    holidays,
    issuing,
    levels,
    links,
    mailboxes,
    mails,
    plan_new,
    plans,
    quiet,
    reschedules,
    sections,
    serving,
    sweeps,
    templates,
    unit_corrections,
    units,
    verifying,
    watching,
)

app = typer.Typer(
    name="dondoc",
    help="Who owes which report by when: chased, collected, added up and written.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
plans.app.command("new")(plan_new.new)
app.add_typer(plans.app, name="plan")
units.app.command("withdraw")(unit_corrections.withdraw)
units.app.command("redate")(unit_corrections.redate)
app.add_typer(units.app, name="unit")
app.add_typer(holidays.app, name="holidays")
app.add_typer(mails.app, name="outbox")
app.add_typer(mailboxes.app, name="mailbox")
app.add_typer(addresses.app, name="address")
app.add_typer(templates.app, name="template")
app.add_typer(exporting.app, name="export")
app.add_typer(quiet.app, name="mail")
app.add_typer(sections.app, name="section")
app.add_typer(document_way.app, name="document")
for module in (
    demos,
    calendars,
    sweeps,
    boards,
    comparing,
    forms,
    entering,
    acts,
    links,
    reschedules,
    levels,
    documents,
    issuing,
    verifying,
    serving,
    doctors,
    watching,
):
    for command in module.COMMANDS:
        app.command(command.__name__.replace("_", "-").rstrip("-"))(command)
