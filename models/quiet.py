"""When a sweep asks before it mails: what has waited may be wrong by now, or have gone out already."""

from datetime import datetime, timedelta
from enum import StrEnum

USUAL_DAYS = 7
"""How long nobody may have swept before a sweep that reads the clock asks, unless the settings say otherwise."""


class Why(StrEnum):
    """Why mail is held until a person says that it may go."""

    RESTORED = "restored"  # the ledger is older than the home it lies in, or a copy of another's
    GAP = "gap"  # nobody has swept for longer than the limit
    IMPORTED = "imported"  # a plan was loaded while its cycles were under way


VIETNAMESE = {
    Why.RESTORED: "sổ cái vừa được khôi phục hoặc sao chép, có thể thư đã được gửi trước đó",
    Why.GAP: "hệ thống đã ngừng rà soát quá lâu",
    Why.IMPORTED: "kế hoạch mới nạp có kỳ báo cáo đã mở từ trước",
}
ENGLISH = {
    Why.RESTORED: "the ledger was restored or copied, so some of them may have gone out before",
    Why.GAP: "nobody had swept for longer than the limit",
    Why.IMPORTED: "a plan was loaded while cycles of it were under way",
}


def limit_of(configured: int | str, *, named: bool) -> int | None:
    """After how many days without a sweep to ask; None for never. A sweep about a moment that a person named is an
    answer already, unless a limit was set on purpose.
    """
    if configured == "":
        return None if named else USUAL_DAYS
    return int(configured) or None


def why_ask(
    *, as_of: datetime, swept: datetime | None, limit: int | None, restored: bool, imported: bool
) -> Why | None:
    """None where mail may go. `swept` is the moment of the last successful sweep; a home that never swept has no
    gap. `limit` is in days; a gap of exactly that many is none yet.
    """
    if restored:
        return Why.RESTORED
    if swept is not None and limit is not None and as_of - swept > timedelta(days=limit):
        return Why.GAP
    return Why.IMPORTED if imported else None


def loaded_under_way(*, loaded: datetime, opens: datetime, swept: datetime | None, as_of: datetime) -> bool:
    """Was this plan loaded since the last sweep, when the cycle had been due to open on an earlier day? A sweep about
    a time before the plan was loaded replays the past, and is asked nothing.
    """
    return loaded <= as_of and opens.date() < loaded.date() and (swept is None or swept < loaded)
