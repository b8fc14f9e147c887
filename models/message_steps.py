"""What the step of a message is called in Vietnamese: one source for the page and the reasons. Whoever makes a new form of
step gives it its words here.
"""

import re
from collections.abc import Callable
from datetime import date, datetime

from models.signing import KINDS, DocumentState
from models.text import hour_and_date, short_date, style_count

_DAY = r"\d{4}-\d\d-\d\d"
_RUNG = rf"T[+-]\d+(?:@{_DAY}(?:\.\d+)?)?"
_LADDER = re.compile(rf"T(?P<sign>[+-])(?P<days>\d+)(?:@(?P<own>{_DAY})(?:\.\d+)?)?")
_ABOUT = re.compile(
    rf"(?P<kind>{'|'.join(KINDS)})(?:-(?P<rung>{_RUNG}))?-v(?P<version>\d+)"
    rf"(?:/(?P<state>[a-z]+)@(?P<since>{_DAY}))?(?:/(?P<rest>.+))?"
)
_WAITED = re.compile(r"T\+(\d+)")
_CHANGES = re.compile("[0-9a-f]{16}")
_RECORDED = re.compile(rf"(\d+/\S+) ({_DAY})")
_CAME_INTO = {
    DocumentState.DRAFT: "trả lại",
    DocumentState.SUBMITTED: "trình ký",
    DocumentState.APPROVED: "phê duyệt",
}
"""What was done on the day from which it waits; a draft has such a day once it was given back."""


def step_words(step: str) -> str:
    """`T-7` → `trước hạn 07 ngày làm việc`; a step that is none of ours stays as it is."""
    if step == "mo-ky":
        return "khi mở kỳ"
    for form, words in _FORMS:
        if found := form.fullmatch(step):
            return words(found)
    return _about(step) or _received(step) or step


def step_briefly(step: str) -> str:
    """`T-7@2019-12-05` → `T-7`, where there is little room; other steps in words."""
    return step.partition("@")[0] if _LADDER.fullmatch(step) else step_words(step)


def _on_the_ladder(found: re.Match[str]) -> str:
    days, own = int(found["days"]), found["own"]
    side = "trước hạn" if found["sign"] == "-" else "sau hạn"
    said = f"{side} {style_count(days)} ngày làm việc" if days else "vào ngày hạn"
    return f"{said} (hạn {_short(own)})" if own else said


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_LADDER, _on_the_ladder),
    (re.compile(r"v(\d+)"), lambda found: f"phiên bản {found[1]}"),
    (re.compile(rf"({_DAY})(?:\.\d+)?"), lambda found: f"đến hết ngày {_short(found[1])}"),
)


def _about(step: str) -> str:
    """Of a message about a document: which one, since when it waits and for how long, or the number recorded anew. The
    changes that flag it are named by a hash that says nothing to a reader.
    """
    found = _ABOUT.fullmatch(step)
    if not found:
        return ""
    kind = KINDS[found["kind"]]
    said = [kind[:1].lower() + kind[1:] + (f" ({step_words(found['rung'])})" if found["rung"] else "")]
    said.append(f"phiên bản {found['version']}")
    if found["state"]:
        if found["state"] not in _CAME_INTO:
            return ""
        said.append(f"{_CAME_INTO[DocumentState(found['state'])]} ngày {_short(found['since'])}")
    rest = found["rest"] or ""
    if waited := _WAITED.fullmatch(rest):
        said.append(f"đã chờ {style_count(int(waited[1]))} ngày làm việc")
    elif recorded := _RECORDED.fullmatch(rest):
        said.append(f"ghi lại số {recorded[1]} ngày {_short(recorded[2])}")
    elif rest and not _CHANGES.fullmatch(rest):
        return ""
    return ", ".join(said)


def _received(step: str) -> str:
    """The step of a refusal: the moment the file came, and the beginning of its hash."""
    moment, _, _hash = step.partition("/")
    try:
        return f"tệp nhận lúc {hour_and_date(datetime.fromisoformat(moment))}" if _hash else ""
    except ValueError:
        return ""


def _short(day: str) -> str:
    return short_date(date.fromisoformat(day))
