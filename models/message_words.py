"""What a message of the outbox is called, and what its state means and asks for: one source for the page, the command
line and the runbook. Whoever adds a kind or a state gives it its words here.
"""

from dataclasses import dataclass

KINDS = {
    "reminder": "nhắc",
    "overdue": "đôn đốc quá hạn",
    "missing-list": "danh sách đơn vị chưa gửi",
    "letter-ready": "danh sách đơn vị chưa gửi, kèm dự thảo công văn đôn đốc",
    "report-ready": "trình ký báo cáo",
    "receipt": "giấy biên nhận",
    "refused": "chưa tiếp nhận được tệp",
    "returned": "trả lại để chỉnh lý",
    "extended": "gia hạn",
    "deadline-changed": "thay đổi thời hạn",
    "dispatched": "văn bản gửi theo Nơi nhận",
    "flagged": "số liệu thay đổi sau khi trình hoặc ban hành",
    "unsigned": "văn bản chờ ký, ban hành",
    "unplaced": "đơn vị đã thay đổi, cần xác định đơn vị gửi thay",
    "issued": "thông báo ban hành",
}
"""What the mail is, in Vietnamese; also for kinds that only some homes hold."""


@dataclass(frozen=True, slots=True)
class StateWords:
    """`label`, `meaning` and `todo` are for the coordinator; `means`, `who` and `do` for the admin. `mark` says the state
    without colour and without words.
    """

    label: str
    mark: str
    meaning: str
    todo: str
    means: str
    who: str
    do: str
    commands: tuple[str, ...] = ()
    """What the admin types, without the message; in the order of the choices in `todo`."""


NOTHING = "Không phải làm gì."

STATES = {
    "queued": StateWords(
        label="chờ gửi",
        mark="…",
        meaning="Đã quyết định gửi, chưa gửi đi: chờ lần rà soát tới, chờ giờ làm việc, hoặc chờ sang ngày vì người nhận đã có "
        "thư trong ngày.",
        todo=f"{NOTHING} Nếu máy chủ thư tạm thời chưa nhận, hệ thống tự gửi lại sau.",
        means="to be sent by the next sweep. With a next try and no reason: it waits for working hours, or its reader has had "
        "the mail of that day. With a reason: refused for now, and tried again after growing pauses: eight times where the "
        "server refuses this message, for as long as it takes where it takes nothing from anybody",
        who="nobody",
        do="nothing",
    ),
    "sending": StateWords(
        label="đang gửi",
        mark="→",
        meaning="Một lần rà soát đang gửi thư này.",
        todo=f"{NOTHING} Nếu việc gửi bị ngắt giữa chừng, lần rà soát sau tự nhận ra và ghi lại trạng thái.",
        means="a sweep is sending it now, under a lease. Left by a dead process, the first sweep after the lease (half an hour "
        "with the usual timeouts) makes it `unknown`; without an SMTP server, the next one `queued`",
        who="nobody",
        do="nothing",
    ),
    "sent": StateWords(
        label="máy chủ thư đã nhận",
        mark="✓",
        meaning="Máy chủ thư đã nhận để chuyển đi. Không có nghĩa là người nhận đã đọc.",
        todo=f"{NOTHING} Nếu đơn vị báo chưa nhận được, đề nghị đơn vị tìm trong thư mục thư rác.",
        means="the server took it; nobody can tell whether it was read",
        who="nobody",
        do="nothing",
    ),
    "skipped": StateWords(
        label="bỏ qua",
        mark="–",
        meaning="Hệ thống chủ ý không gửi thư này; lý do được ghi cùng thư.",
        todo=NOTHING,
        means="not sent on purpose: a later step overtook it, the deadline or the cycle is over, the unit has no working "
        "address, or one address had ten answers to its mails within an hour",
        who="nobody; without address: admin",
        do="nothing; without address: complete the CSV, `dondoc unit import FILE`",
    ),
    "withdrawn": StateWords(
        label="rút lại",
        mark="↩",
        meaning="Đến lúc gửi, nội dung thư không còn đúng nên không gửi nữa: đơn vị đã báo cáo, được gia hạn hoặc được miễn, thời hạn đã thay đổi, văn bản đã được xử lý, hoặc thay đổi của báo cáo không còn.",
        todo=NOTHING,
        means="no longer true before it went: the unit has reported, was given more time or is exempt, the day was changed, the document has moved on, or what changed was taken back",
        who="nobody",
        do="nothing; if it must go all the same, `dondoc outbox retry KEY`",
    ),
    "failed": StateWords(
        label="bị từ chối",
        mark="✕",
        meaning="Người nhận không nhận được thư này: máy chủ thư từ chối, thư bị trả lại, hoặc không gửi được sau nhiều lần.",
        todo="Báo đơn vị bằng cách khác và hỏi lại địa chỉ. Địa chỉ vẫn đúng: người quản trị cho gửi lại. "
        "Địa chỉ sai: người quản trị sửa danh sách đơn vị và gửi lại thư này đến địa chỉ mới. Không cần gửi nữa: "
        "người quản trị ghi bỏ qua.",
        means="refused for good, came back as a bounce, or eight tries were not enough; the reason has the server's words "
        "or the status",
        who="coordinator asks the unit, admin",
        do="address right, fault mended: `dondoc outbox retry KEY`. Address wrong: correct the CSV, `dondoc unit import "
        "FILE`, and send this one there: `dondoc outbox retry KEY --to ADDRESS`. Not needed any more: `dondoc outbox "
        "resolve KEY --as dropped`",
        commands=("retry", "resolve --as dropped"),
    ),
    "unknown": StateWords(
        label="chưa rõ đã đến hay chưa",
        mark="?",
        meaning="Nội dung đã chuyển cho máy chủ thư nhưng không có trả lời. Thư có thể đã đến; hệ thống không tự gửi lại "
        "để đơn vị không nhận hai lần.",
        todo="Hỏi đơn vị đã nhận được chưa, rồi báo người quản trị ghi lại: đã nhận, hoặc chưa nhận và cho gửi lại. "
        "Đơn vị trả lời thư, gửi báo cáo hoặc đến mốc nhắc sau thì hệ thống tự ghi.",
        means="the content went out and no answer came back: it may have arrived, and no machine sends it again",
        who="coordinator asks the unit, admin",
        do="settled by a bounce, a reply or the report itself, or skipped when the next reminder goes out. Sooner: look at "
        "the server's log or ask the unit; arrived: `dondoc outbox resolve KEY --as sent`; not: "
        "`dondoc outbox resolve KEY --as failed`, then `dondoc outbox retry KEY`",
        commands=("resolve --as sent", "resolve --as failed", "retry"),
    ),
}
TO_SETTLE = ("failed", "unknown")
"""The states that somebody must do something about."""

_COME_BACK = {
    "hard_bounce": "thư bị trả lại",
    "soft_bounce": "báo chưa chuyển được",
    "delivered": "báo đã chuyển đến hoặc đã đọc",
    "auto_reply": "thư trả lời tự động",
    "list_echo": "chính thư này quay lại",
    "reply": "thư trả lời của người nhận",
    "other": "thư khác",
}
_ACTORS = {"sweep": "rà soát", "mailbox": "hộp thư", "command line": "người quản trị (dòng lệnh)"}


def kind_words(kind: str) -> str:
    return KINDS.get(kind, kind)


def state_words(state: str) -> StateWords:
    """Of a state without words of its own, its name and nothing asked."""
    return STATES.get(state) or StateWords(state, "•", "", "", "", "", "")


def event_words(kind: str) -> str:
    """`message withdrawn` → `rút lại`."""
    state = kind.removeprefix("message ")
    return STATES[state].label if state in STATES else kind


def actor_words(actor: str) -> str:
    return _ACTORS.get(actor, actor)


def come_back_words(kind: str) -> str:
    """What a mail that came in about one of ours was."""
    return _COME_BACK.get(kind, kind)
