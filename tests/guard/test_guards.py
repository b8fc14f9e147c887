"""What is configured fits together: plans and units, mails and templates, deployments and flows, words and code."""

import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from typer.main import get_command

from dondoc.cli.app import app
from models import mail
from models.plan_text import parse_plan
from tasks.adapters.unit_files import read_units
from tasks.steps import mails
from tests.builders import ROOT

PLANS = sorted((ROOT / "plans").glob("*.yaml"))
DEPLOYMENTS = yaml.safe_load((ROOT / "deploy" / "prefect.yaml").read_text("utf-8"))["deployments"]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def units():
    files = sorted((ROOT / "plans" / "units").glob("*.csv"))
    return [unit for file in files for unit in read_units(file.read_text("utf-8"), file.name)]


@pytest.fixture(scope="module")
def known():
    return {unit.code: unit for unit in units()}


def test_the_folders_looked_into_are_not_empty(known):
    assert len(PLANS) >= 5
    assert DEPLOYMENTS
    assert len(known) > 50


@pytest.mark.parametrize("file", PLANS, ids=lambda file: file.stem)
def test_every_plan_parses_names_known_units_and_somebody_to_write_to(file, known):
    plan = parse_plan(file.read_text("utf-8"), file.name, known_units=set(known))
    assert plan.code == file.stem
    assert known[plan.lead].contacts or plan.contact.email
    for obligation in plan.obligations:
        assert obligation.to or plan.lead, f"{plan.code}/{obligation.code} goes to nobody"
        if obligation.due is not None:
            steps = [step.days for step in obligation.ladder]
            assert any(days < 0 for days in steps), f"{plan.code}/{obligation.code} reminds nobody beforehand"
            assert any(days > 0 for days in steps), f"{plan.code}/{obligation.code} chases nobody"


def test_no_address_that_ships_could_reach_anybody(known):
    addresses = [email for unit in known.values() for email in unit.emails_on(unit.valid_from)]
    addresses += [parse_plan(f.read_text("utf-8"), f.name).contact.email for f in PLANS]
    assert addresses
    assert {address.rpartition(".")[2] for address in addresses} == {"example"}


def test_every_kind_of_mail_the_outbox_may_hold_has_somebody_who_words_it():
    folder = ROOT / "tasks" / "steps"
    text = "\n".join(file.read_text("utf-8") for file in folder.rglob("*.py"))
    queued = set(re.findall(r'kind="([a-z-]+)"', text))
    queued |= set(re.findall(r'OwedMail\((?:code|lead), "([a-z-]+)"', text))
    queued |= set(re.findall(r'_tell_unit\(\s*session,\s*key,\s*unit,\s*"([a-z-]+)"', text))
    assert {"receipt", "refused", "returned", "extended", "missing-list"} <= queued
    assert queued <= set(mails.KINDS)


def test_every_message_has_a_folder_with_subject_text_and_html():
    folders = {folder.name for folder in (ROOT / "templates" / "email").iterdir() if folder.is_dir()}
    messages = {
        each.folder
        for each in vars(mail).values()
        if isinstance(each, type) and isinstance(getattr(each, "folder", None), str)
    }
    assert len(messages) >= 8
    assert folders == messages
    for folder in folders:
        names = {file.name for file in (ROOT / "templates" / "email" / folder).iterdir()}
        assert {"subject.txt", "body.txt", "body.html"} <= names


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda deployment: deployment["name"])
def test_every_deployment_leads_to_a_flow(deployment):
    from prefect import Flow

    module, _, name = deployment["entrypoint"].rpartition(".")
    assert isinstance(getattr(importlib.import_module(module), name), Flow)
    assert deployment["work_pool"]["name"] == "dondoc"


def hours(cron):
    """The hours of the day a cron line names."""
    found = set()
    for part in cron.split()[1].split(","):
        span, _, every = part.partition("/")
        first, _, last = span.partition("-")
        low, high = (0, 23) if span == "*" else (int(first), int(last or first))
        found |= set(range(low, high + 1, int(every or 1)))
    return found


def test_nothing_is_scheduled_between_23_and_1_o_clock():
    schedules = [schedule for each in DEPLOYMENTS for schedule in each.get("schedules", [])]
    assert schedules
    for schedule in schedules:
        assert str(schedule["timezone"]) == "Asia/Ho_Chi_Minh"
        assert not hours(schedule["cron"]) & {23, 0}, schedule["cron"]
    assert hours("0 22-23,1 * * *") == {22, 23, 1}
    assert hours("*/5 */6 * * *") == {0, 6, 12, 18}


def test_the_layers_hold():
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def commands():
    """`plan list` → its options."""
    found = {}

    def walk(command, words):
        for name, child in getattr(command, "commands", {}).items():
            walk(child, [*words, name])
        if not getattr(command, "commands", None):
            found[" ".join(words)] = {option for param in command.params for option in param.opts}

    walk(get_command(app), [])
    return found


def told():
    """Every `dondoc …` that stands in a code block or in backquotes of the documentation."""
    for file in DOCUMENTS:
        text = file.read_text("utf-8")
        blocks = re.findall(r"```(?:sh|bash|console)?\n(.*?)```", text, re.DOTALL) + re.findall(
            r"`([^`\n]+)`", text
        )
        for block in blocks:
            for line in block.splitlines():
                for words in re.findall(r"(?:^|[\s/$])dondoc ([a-z][^|#&;\\]*)", line):
                    yield f"{file.name}: {words.strip()}", words.split()


def test_every_command_the_documentation_tells_exists_with_its_options():
    known, groups = commands(), {name.split()[0] for name in commands() if " " in name}
    seen = 0
    for where, words in told():
        names = words[0].split("|")
        if words[0] in groups:
            names = [f"{words[0]} {second}" for second in words[1].split("|")] if len(words) > 1 else []
        for name in names:
            assert name in known, where
            options = {
                re.split(r"[=\]]", word.lstrip("["))[0] for word in words if word.lstrip("[").startswith("-")
            }
            assert options <= known[name] | {"-h", "--help"}, where
            seen += 1
    assert seen or not (ROOT / "README.md").read_text("utf-8").strip()


@pytest.mark.parametrize(
    "command",
    [
        *(
            "demo",
            "plan list",
            "plan show",
            "plan check",
            "plan load",
            "calendar",
            "unit list",
            "unit import",
        ),
        *(
            "unit merge",
            "unit split",
            "unit close",
            "sweep",
            "simulate",
            "preview",
            "status",
            "form",
            "submit",
        ),
        *("receive", "extend", "return", "exempt", "totals", "trace", "report", "check-docx", "outbox list"),
        *("outbox show", "outbox retry", "outbox resolve", "serve", "doctor"),
    ],
)
def test_every_public_command_exists(command):
    assert command in commands()
