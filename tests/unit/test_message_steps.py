"""Every step of a message can be told in Vietnamese, whoever in the code makes it."""

import ast
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from models.deadlines import ZONE
from models.message_steps import step_briefly, step_words
from models.signing import KINDS, DocumentState, document_label

ROOT = Path(__file__).parents[2]
PLACES = {"OwedMail": 2, "tell_lead": 3, "_announce": 3, "_tell_unit": 4}
"""Calls that take the step without its name, and where."""
WRITERS = {*PLACES, "queue", "queue_for_unit", "message", "messages_to", "answer", "answers"}

LADDER = ["T-14", "T-0", "T+5"]
DAYS = ["2019-12-05", "2019-12-05.2"]
RUNGS = LADDER + [f"{step}@{day}" for step in LADDER for day in DAYS]
LABELS = [document_label(kind, step, 2) for kind in KINDS for step in ("", *RUNGS)]
WAITING = LABELS + [
    f"{label}/{state}@2019-12-10" for label in LABELS for state in DocumentState if state != "issued"
]
MOMENT = datetime(2019, 11, 20, 9, 5, tzinfo=ZONE)
SAMPLES = {
    "str(to)": [str(date(2019, 12, 5))],
    "f'v{submission.version}'": ["v1", "v12"],
    "f'v{its.version}'": ["v1", "v12"],
    "step or f'v{version}'": ["v1", *RUNGS],
    "document_label(row.kind, row.step, row.version)": LABELS,
    "f'{label}/{row.flags}'": [f"{label}/0123456789abcdef" for label in LABELS],
    "f'{as_of.isoformat()}/{sha256[:8]}'": [
        f"{MOMENT.isoformat()}/0a1b2c3d",
        f"{MOMENT.replace(microsecond=7).isoformat()}/0a1b2c3d",
    ],
    "document_label(row.kind, row.step, row.version) + mark": [
        *LABELS,
        *(f"{label}/06/BC-SLĐTBXH 2019-12-16" for label in LABELS),
    ],
    "each.step.step + live.mark": RUNGS,
    "rung.step.step + new.mark": RUNGS,
    "step_name(decision.step, live, standing)": RUNGS,
    "new.mark[1:]": DAYS,
    "'mo-ky'": ["mo-ky"],
    "f'{label}/{decision.step}'": [f"{about}/T+{days}" for about in WAITING for days in (1, 2, 11)],
}
"""Each form of step as the code writes it → what it may say."""
PASSED_ON = {"owed.step", "row.step"}
"""A step that another call has made."""


def written() -> Iterator[str]:
    """The expressions that make a step, wherever a message is queued."""
    for file in (ROOT / "tasks").rglob("*.py"):
        module = ast.parse(file.read_text("utf-8"))
        for function in [node for node in ast.walk(module) if isinstance(node, ast.FunctionDef)]:
            for call in [node for node in ast.walk(function) if isinstance(node, ast.Call)]:
                for given in _given(call):
                    asked = {each.arg for each in (*function.args.args, *function.args.kwonlyargs)}
                    if ast.unparse(given) in asked:  # whoever calls it says which
                        assert function.name in WRITERS, function.name
                    else:
                        yield from _made(given, function, module)


def _given(call: ast.Call) -> Iterator[ast.expr]:
    name = ast.unparse(call.func).rpartition(".")[2]
    if name in WRITERS:
        yield from (each.value for each in call.keywords if each.arg == "step")
        yield from call.args[PLACES[name] : PLACES[name] + 1] if name in PLACES else ()


def _made(given: ast.expr, *where: ast.AST) -> Iterator[str]:
    """What a name was set to, in the function or else in the file; anything else is itself."""
    for place in where if isinstance(given, ast.Name) else ():
        found = [
            node.value
            for node in ast.walk(place)
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == given.id
        ]
        if found:
            yield from map(ast.unparse, found)
            return
    yield ast.unparse(given)


def test_every_form_of_step_that_the_code_writes_has_samples_here():
    assert set(written()) == {*SAMPLES, *PASSED_ON}


@pytest.mark.parametrize("form", SAMPLES)
def test_every_step_that_the_code_writes_is_told_in_words(form):
    raw = [step for step in SAMPLES[form] if step_words(step) == step]
    assert raw == []
    assert not any(mark in step_words(step) for step in SAMPLES[form] for mark in ("@", "T+", "T-", "abcdef"))


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ("T-7", "trước hạn 07 ngày làm việc"),
        ("T-14", "trước hạn 14 ngày làm việc"),
        ("T+1", "sau hạn 01 ngày làm việc"),
        ("T-0", "vào ngày hạn"),
        ("T-3@2019-12-05", "trước hạn 03 ngày làm việc (hạn 05/12/2019)"),
        ("T+1@2019-12-05.2", "sau hạn 01 ngày làm việc (hạn 05/12/2019)"),
        ("2019-12-05.2", "đến hết ngày 05/12/2019"),
        ("v2", "phiên bản 2"),
        ("2019-12-05", "đến hết ngày 05/12/2019"),
        ("2019-11-20T09:05:00+07:00/0a1b2c3d", "tệp nhận lúc 09 giờ 05 phút, ngày 20/11/2019"),
        ("bao-cao-v1", "báo cáo, phiên bản 1"),
        ("dinh-chinh-v2", "công văn đính chính, phiên bản 2"),
        ("bao-cao-v1/T+2", "báo cáo, phiên bản 1, đã chờ 02 ngày làm việc"),
        (
            "bao-cao-v2/submitted@2019-12-10/T+11",
            "báo cáo, phiên bản 2, trình ký ngày 10/12/2019, đã chờ 11 ngày làm việc",
        ),
        (
            "cong-van-T+1@2019-12-05.2-v1/T+3",
            "công văn đôn đốc (sau hạn 01 ngày làm việc (hạn 05/12/2019)), phiên bản 1, đã chờ 03 ngày làm việc",
        ),
        ("bao-cao-v1/0123456789abcdef", "báo cáo, phiên bản 1"),
        (
            "bao-cao-v1/06/BC-SLĐTBXH 2019-12-16",
            "báo cáo, phiên bản 1, ghi lại số 06/BC-SLĐTBXH ngày 16/12/2019",
        ),
        ("bao-cao-v1/lost@2019-12-10/T+1", "bao-cao-v1/lost@2019-12-10/T+1"),
        ("bao-cao-v1/?", "bao-cao-v1/?"),
        ("something else", "something else"),
        ("a/b", "a/b"),
    ],
)
def test_a_step_is_told_in_words(step, words):
    assert step_words(step) == words


def test_where_there_is_little_room_a_step_of_the_ladder_keeps_its_short_name():
    assert step_briefly("T-3@2019-12-05") == "T-3"
    assert step_briefly("v1") == "phiên bản 1"
