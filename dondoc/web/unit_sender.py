"""Who sends: a person names themselves and their post; nothing is sent by nobody."""

from dondoc.web.unit_asking import Posted
from models.texts_in import clean_text
from tasks.steps.unit_page.sending import Sender

_LONGEST = 150


def sender_of(posted: Posted) -> Sender:
    name, post = (" ".join(clean_text(posted.text(field)).split()) for field in ("ho-ten", "chuc-vu"))
    return Sender(name[:_LONGEST], post[:_LONGEST])


def wrong_sender(sender: Sender) -> dict[str, str]:
    wrong = {}
    if not any(letter.isalpha() for letter in sender.name):
        wrong["ho-ten"] = "Đề nghị ghi họ và tên người gửi."
    if not any(letter.isalpha() for letter in sender.post):
        wrong["chuc-vu"] = "Đề nghị ghi chức vụ của người gửi."
    return wrong
