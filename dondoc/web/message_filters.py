"""Which messages a request asks for, by plain parameters: `/thu?state=failed&plan=hue-588&page=2`."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, HTTPException, Query

from models.message_words import KINDS
from models.text import fold
from models.units import UnitTree
from tasks.adapters.ledger.messages import Wanted
from tasks.adapters.ledger.outbox import STATES

_Word = Annotated[str, Query(max_length=120)]


@dataclass(frozen=True)
class Filters:
    """As they were asked; empty where all are wanted. `unit` is a code or a part of a name."""

    state: str = ""
    plan: str = ""
    cycle: str = ""
    unit: str = ""
    kind: str = ""
    to: str = ""
    page: int = 1

    @property
    def narrowed(self) -> bool:
        return any((self.state, self.plan, self.cycle, self.unit, self.kind, self.to))

    def url(self, **other: str | int) -> str:
        """The same page with other filters; back on its first page, unless one is named."""
        asked = {
            "state": self.state,
            "plan": self.plan,
            "cycle": self.cycle,
            "unit": self.unit,
            "kind": self.kind,
            "to": self.to,
        } | other
        if asked.get("page") == 1:
            del asked["page"]
        told = urlencode({name: value for name, value in asked.items() if value}, safe="/@")
        return f"/thu?{told}" if told else "/thu"

    def wanted(self, tree: UnitTree, written_to: Collection[str], by: datetime) -> Wanted:
        return Wanted(
            state=self.state,
            plan=self.plan,
            cycle=self.cycle,
            units=self._units(tree, written_to) if self.unit else None,
            kind=self.kind,
            to=self.to,
            by=by,
        )

    def _units(self, tree: UnitTree, written_to: Collection[str]) -> list[str]:
        """The unit of that code; else whoever bore such a name at any time."""
        if self.unit in written_to:
            return [self.unit]
        wanted = fold(self.unit)
        return [
            code
            for code in written_to
            if code in tree
            and any(wanted in fold(f"{each.body}\n{each.name}") for each in tree.versions(code))
        ]


def _filters(
    state: _Word = "",
    plan: _Word = "",
    cycle: _Word = "",
    unit: _Word = "",
    kind: _Word = "",
    to: _Word = "",
    page: _Word = "",
) -> Filters:
    asked = Filters(
        state=state.strip(),
        plan=plan.strip(),
        cycle=cycle.strip(),
        unit=unit.strip(),
        kind=kind.strip(),
        to=to.strip(),
        page=_page(page.strip()),
    )
    if asked.state and asked.state not in STATES:
        raise HTTPException(
            400, "Không có trạng thái thư như vậy. Đề nghị chọn trong danh sách trên trang Thư."
        )
    if asked.kind and asked.kind not in KINDS:
        raise HTTPException(400, "Không có loại thư như vậy. Đề nghị chọn trong danh sách trên trang Thư.")
    return asked


def _page(text: str) -> int:
    if not text:
        return 1
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 10**9):
        raise HTTPException(400, "Số trang không đúng.")
    return int(text)


FiltersAsked = Annotated[Filters, Depends(_filters)]
