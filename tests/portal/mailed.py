"""Mail that came into the mailbox of a seeded home: held, unmatched, taken in and put aside."""

from dondoc.demo.figures import answers_for
from dondoc.demo.fill import fill_form
from tasks.adapters.home import Home
from tasks.adapters.workbooks import write_form
from tasks.steps.collecting.entering import ByHand, enter
from tasks.steps.collecting.forms import form_for
from tasks.steps.inbound.mail_decisions import dismiss
from tasks.steps.inbound.mailbox import take_note
from tests.form_mails import mail, parts, said, with_files, word
from tests.portal.seeded import EVIL, YEARLY, at

LONG = (
    "mot-dia-chi-thu-rat-dai-khong-co-dau-cach-nao-het-de-thu@don-vi-co-ten-mien-that-la-dai.tinh-mau.example"
)
PAPER_UNIT = "so-tai-chinh-thua-thien-hue"
PAPER = "Số 12/BC-UBND ngày 25/11/2019"


def form_of(home: Home, unit: str) -> bytes:
    spec = form_for(home, YEARLY, unit, at("2019-12-06T08:00"))
    return fill_form(write_form(spec), answers_for(spec, 1))


def receive_mails(home: Home) -> None:
    """Two that wait, one with a form of a stranger; one taken in, one dismissed; and a report entered from paper."""
    held = with_files(form_of(home, "huyen-phong-dien"), sender=LONG, n=1, subject=word(f"Biểu {EVIL}"))
    asked = mail(
        parts(said("Xin hỏi.")), sender="hoi@noi-khac.example", n=2, subject=word("Hỏi về cột “Ghi chú”")
    )
    spam = mail(parts(said("Mua đi.")), sender="ban@noi-khac.example", n=3, subject="Khuyen mai")
    for data, when in ((held, "2019-12-06T09:00"), (asked, "2019-12-06T10:30"), (spam, "2019-12-06T11:00")):
        noted = take_note(home, data, at(when), at(when))
    dismiss(home, str(noted.row.id), "thư quảng cáo", as_of=at("2019-12-06T14:00"), actor="Trần Thị B")
    by_paper = form_of(home, PAPER_UNIT)
    how = ByHand("paper", PAPER)
    told = {"received": at("2019-11-26T08:00"), "as_of": at("2019-12-06T15:00"), "actor": "Trần Thị B"}
    assert enter(home, YEARLY, PAPER_UNIT, by_paper, "giay.xlsx", how, **told).accepted
