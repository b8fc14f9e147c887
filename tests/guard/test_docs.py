"""What the documents say of the program is true of it."""

import re
import shlex
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from dondoc.cli.app import app
from models.message_words import STATES as MESSAGE_STATES
from models.states import VIETNAMESE
from tasks.adapters.ledger.outbox import STATES
from tasks.adapters.settings import INSTALLED as ROOT
from tasks.adapters.settings import Settings

DOCUMENTS = [ROOT / "README.md", *sorted(ROOT.glob("plans/**/README.md")), *sorted(ROOT.glob("docs/**/*.md"))]
RUNBOOK = (ROOT / "docs" / "runbook.md").read_text("utf-8")
DECISIONS = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCED = re.compile(r"^```[^`\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
IN_LINE = re.compile(r"`([^`\n]+)`")


def name_of(document: Path) -> str:
    return document.relative_to(ROOT).as_posix()


def command_lines(text: str) -> list[str]:
    """Every line of a code block, and every piece of code in a sentence, that calls `dondoc`."""
    lines = [line for block in FENCED.findall(text) for line in block.splitlines()]
    lines += IN_LINE.findall(FENCED.sub("", text))
    return [line for line in lines if line.startswith(("dondoc ", ".venv/bin/dondoc "))]


def refusal(line: str, *, whole: bool) -> str:
    """Why the command line is none of ours; empty where it is. `whole`: required values must stand there, too."""
    command: Any = get_command(app)
    words = shlex.split(line, comments=True)[1:]
    while words and hasattr(command, "commands"):
        name = words.pop(0)
        if name not in command.commands:
            return f"no command {name}"
        command = command.commands[name]
    context = command.context_class(command, info_name=command.name)
    try:
        given, left, _ = command.make_parser(context).parse_args(words)
    except Exception as error:  # noqa: BLE001 - whatever the parser says against it
        return str(error)
    missing = [p.name for p in command.params if p.required and given.get(p.name) in (None, (), [])]
    if left:
        return f"too many words: {left}"
    return f"missing: {missing}" if whole and missing else ""


SHOWN = [
    pytest.param(line, id=f"{name_of(document)}: {line}")
    for document in DOCUMENTS
    for line in command_lines(document.read_text("utf-8"))
]
IN_BLOCKS = {
    line
    for document in DOCUMENTS
    for block in FENCED.findall(document.read_text())
    for line in block.splitlines()
}


@pytest.mark.parametrize("line", SHOWN)
def test_every_command_line_that_is_shown_is_one_the_program_takes(line: str) -> None:
    assert refusal(line, whole=line in IN_BLOCKS) == ""


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("dondoc statsu --plan hue-588", "no command statsu"),
        ("dondoc outbox forget KEY", "no command forget"),
        ("dondoc status --plann hue-588", "--plann"),
        ("dondoc doctor now", "too many words"),
        ("dondoc preview", "missing: ['on']"),
        ("dondoc totals", "missing: ['cycle']"),
    ],
)
def test_a_command_line_the_program_does_not_take_is_noticed(line: str, why: str) -> None:
    assert why in refusal(line, whole=True)


def test_the_documents_show_commands_at_all() -> None:
    assert {name_of(d) for d in DOCUMENTS if command_lines(d.read_text("utf-8"))} >= {
        "README.md",
        "docs/huong-dan.md",
        "docs/runbook.md",
    }


def test_every_command_is_shown_somewhere() -> None:
    root: Any = get_command(app)
    shown = {
        tuple(re.findall(r"[a-z][a-z-]*", str(line.values[0]).partition("dondoc ")[2])[:1]) for line in SHOWN
    }
    assert {(name,) for name in root.commands} - shown <= {("simulate",)}


def test_every_make_target_that_is_shown_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    shown = {
        t
        for d in DOCUMENTS
        for t in re.findall(r"(?:^|`)make ([a-z]+)(?=[`\s])", d.read_text(), re.MULTILINE)
    }
    assert {"demo", "test", "setup"} <= shown <= targets


def test_every_setting_is_explained_in_the_runbook_and_no_other() -> None:
    settings = {f"DONDOC_{name.upper()}" for name in Settings.model_fields}
    explained = set(re.findall(r"^\| `(DONDOC_[A-Z_]+)` \|", RUNBOOK, re.MULTILINE))
    named = {name for d in DOCUMENTS for name in re.findall(r"DONDOC_[A-Z_]+", d.read_text("utf-8"))}
    assert explained == settings
    assert named <= settings


def test_every_state_of_the_outbox_is_explained_in_the_runbook_and_no_other() -> None:
    table = RUNBOOK.partition("## The outbox")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `([a-z]+)` \|", table, re.MULTILINE) == list(STATES)


@pytest.mark.parametrize("state", STATES)
def test_the_runbook_says_of_a_message_what_the_program_says(state: str) -> None:
    words = MESSAGE_STATES[state]
    assert f"| `{state}` | {words.means} | {words.who} | {words.do} |" in RUNBOOK


@pytest.mark.parametrize("state", STATES)
def test_the_users_guide_says_of_a_message_what_the_page_says(state: str) -> None:
    words = MESSAGE_STATES[state]
    guide = (ROOT / "docs" / "huong-dan.md").read_text("utf-8")
    assert f"| {words.label} | {words.meaning} | {words.todo} |" in guide


def test_every_state_of_a_unit_is_explained_in_the_users_guide() -> None:
    guide = (ROOT / "docs" / "huong-dan.md").read_text("utf-8")
    explained = set(re.findall(r"^\| ([^|*`]+) \|", guide, re.MULTILINE))
    assert set(VIETNAMESE.values()) <= explained


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_link_and_picture_leads_somewhere(document: Path) -> None:
    for target in LINK.findall(document.read_text("utf-8")):
        path, _, heading = target.partition("#")
        assert not target.startswith("http"), f"{target}: nothing is loaded from elsewhere"
        file = (document.parent / path).resolve() if path else document
        assert file.exists(), target
        assert not heading or heading in anchors(file), target


def anchors(document: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", document.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_the_text_is_in_composed_letters(document: Path) -> None:
    text = document.read_text("utf-8")
    assert text == unicodedata.normalize("NFC", text)


def test_pictures_are_shown_and_light() -> None:
    shown = {
        (d.parent / t).resolve() for d in DOCUMENTS for t in LINK.findall(d.read_text()) if t.endswith(".png")
    }
    pictures = set((ROOT / "docs" / "images").iterdir())
    assert shown == pictures
    assert [picture.name for picture in pictures if picture.stat().st_size > 200_000] == []


def test_decisions_are_numbered_without_gaps_and_listed() -> None:
    numbers = [int(file.name[:4]) for file in DECISIONS]
    index = (ROOT / "docs" / "adr" / "README.md").read_text("utf-8")
    assert numbers == list(range(1, len(numbers) + 1))
    assert LINK.findall(index) == [file.name for file in DECISIONS]


@pytest.mark.parametrize("file", DECISIONS, ids=name_of)
def test_a_decision_has_its_number_and_its_three_parts(file: Path) -> None:
    text = file.read_text("utf-8")
    assert text.startswith(f"# {file.name[:4]} ")
    assert re.findall(r"^\*\*(\w+)\.\*\*", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]


def test_every_identifier_of_the_glossary_is_in_the_code() -> None:
    folders = ("models", "tasks", "flows", "dondoc", "plans")
    files = [f for name in folders for f in (ROOT / name).rglob("*") if f.suffix in {".py", ".yaml"}]
    words = set(re.findall(r"[\w/-]+", "\n".join(file.read_text("utf-8") for file in files)))
    rows = re.findall(
        r"^\|[^|]+\|([^|]+)\|[^|]+\|$", (ROOT / "docs" / "glossary.md").read_text(), re.MULTILINE
    )
    identifiers = {word for row in rows for word in re.findall(r"`([^`]+)`", row)}
    assert len(identifiers) > 60
    assert identifiers - words == set()
