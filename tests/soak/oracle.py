"""What the ledger must hold, told from the words of the rules alone, for any mornings swept and whatever people did.

It knows the plan files, the units and the acts, and none of the program's decisions: see `dates.py` for the days,
`verdicts.py` for the decision table. Asked with every morning it tells the ledger without outages.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from models.plan import Plan
from models.units import UnitTree
from models.units.owing import collector_of, owing, unplaced
from tests.soak.acts import Act, junk
from tests.soak.dates import Calendar, Report, Rung, rungs
from tests.soak.idle import SETTLED, ask, is_still_asked
from tests.soak.told import ASKING, Teller, Told
from tests.soak.verdicts import SENT, Cycle, Draft, Duty, verdict, went_in

_ANSWERS = {"receipt", "refused"}
_LISTS = {"missing-list", "letter-ready"}
_BEFORE_A_DEADLINE = {"reminder", "returned", "extended"}


@dataclass
class Oracle:
    reports: dict[str, Report]
    """All there may be, dated by the plan or by an act."""
    plans: dict[str, Plan]
    tree: UnitTree
    calendar: Calendar
    since: date
    """The day the plans were loaded."""
    dated: dict[str, date] = field(default_factory=dict)
    """Report → the day on which its date was known."""
    cycles: dict[str, Cycle] = field(default_factory=dict)
    inbox: list[Act] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.teller = Teller(self.reports, self.tree)
        self.told = self.teller.told

    def tell(self, mornings: Sequence[datetime], acts: Sequence[Act]) -> Told:
        todo = list(acts)
        last = mornings[0].date()
        for morning in mornings:
            while todo and todo[0].at < morning:
                self._act(todo.pop(0))
            self._sweep(morning, last)
            last = morning.date()
        self.told.cycles = {
            key: (cycle.opened.date(), cycle.closed.date() if cycle.closed else None)
            for key, cycle in self.cycles.items()
        }
        return self.told

    def _act(self, act: Act) -> None:
        if act.what == "date":
            self.dated[act.cycle] = act.at.date()
        elif act.what == "drop":
            self.inbox.append(act)
        elif act.what == "junk":
            self._opened(act.cycle, act.at)
            step = f"{act.at.isoformat()}/{hashlib.sha256(junk(act)).hexdigest()[:8]}"
            self.teller.write(act.cycle, act.unit, "refused", step, act.at)
        elif act.what in {"send", "nil"}:
            self._receive(act, act.at)
        else:
            self._decide(act)

    def _decide(self, act: Act) -> None:
        duty = self._opened(act.cycle, act.at).duties[act.unit]
        if act.what == "exempt":
            duty.exempt, duty.counts = True, False
            self.teller.withdraw(act.cycle, act.unit, "exempt")
        elif act.what == "extend":
            duty.extended = act.until
            self.teller.withdraw(act.cycle, act.unit, f"extended to {act.until}")
            self.teller.write(act.cycle, act.unit, "extended", str(act.until), act.at)
        else:
            duty.returned, duty.counts, duty.until = True, False, act.until
            self.teller.write(act.cycle, act.unit, "returned", f"v{duty.version}", act.at)

    def _receive(self, act: Act, at: datetime) -> None:
        """A good file: the next version. What reminds of it and has not gone yet is withdrawn."""
        duty = self._opened(act.cycle, at).duties[act.unit]
        duty.version += 1
        duty.counts, duty.returned, duty.nil = not duty.exempt, False, act.what == "nil"
        duty.first_sent = duty.first_sent or at
        self.teller.withdraw(act.cycle, act.unit, f"version {duty.version} received")
        self.teller.write(act.cycle, act.unit, "receipt", f"v{duty.version}", at)

    def _sweep(self, now: datetime, last: date) -> None:
        """Open; then of each cycle: remind, receive, close, write; at the end what waits is sent, if it may arrive."""
        for key, report in self.reports.items():
            if key not in self.cycles and self._is_to_open(report, now.date(), last):
                self._opened(key, now)
        for cycle in self.cycles.values():
            self._remind(cycle, now)
            self._list(cycle, now)
            self._ask_who_owes(cycle, now)
            ask(self.teller, cycle, self._lead(cycle.report, now), now, self.calendar)
        waiting, self.inbox = self.inbox, []
        for act in waiting:
            self._receive(act, now)
        for cycle in self.cycles.values():
            report = cycle.report
            if cycle.closed is None and (
                now.date() > report.closes_on or (now > report.due_at and cycle.all_in)
            ):
                cycle.closed = now
        for cycle in self.cycles.values():
            self._letter(cycle, now)
            self._report(cycle, now)
        self._send(now)

    def _is_to_open(self, report: Report, today: date, last: date) -> bool:
        """Its day has come; and it is not over yet, or was not when it could first have been opened, and nobody has
        swept since.
        """
        known = self.dated.get(report.key)
        if known is None or report.opens_on > today:
            return False
        could = max(report.opens_on, known, self.since)
        return report.closes_on >= today or report.closes_on >= could >= last

    def _opened(self, key: str, at: datetime) -> Cycle:
        """The cycle, opened now if it was not, for those who owe on its day of opening; where its date was set later,
        on that day.
        """
        if key not in self.cycles:
            report = self.reports[key]
            on = min(at.date(), max(report.opens_on, self.dated.get(key, report.opens_on)))
            name, code, _ = key.split("/")
            plan = self.plans[name]
            obligation = plan.obligation(code)
            units = [unit.code for unit in owing(self.tree, obligation.owed_by, on)]
            through = {u: collector_of(self.tree, u, obligation.through, plan.lead, on) for u in units}
            self.cycles[key] = Cycle(report, {unit: Duty() for unit in units}, through, at)
        return self.cycles[key]

    def _remind(self, cycle: Cycle, now: datetime) -> None:
        for unit, duty in cycle.duties.items():
            if not duty.owes or (cycle.closed and duty.own_day is None):
                continue
            report, own, mark = cycle.report, duty.own_day, ""
            ladder, last_day, day_x = report.rungs, report.due_at.date(), report.day_x
            if own:
                ladder = rungs(report.obligation, own, own, self.calendar, returned=duty.returned)
                last_day, day_x, mark = own, own, f"@{own}"
            over = not duty.returned and now.date() > max(report.closes_on, self.calendar.count(day_x, 1))
            come = [rung for rung in ladder if rung.on <= now.date()]
            for i, rung in enumerate(come):
                if rung.name + mark in duty.said:
                    continue
                later = come[-1] if i < len(come) - 1 else None
                said = verdict(later, closed=over, too_late=rung.is_before and now.date() > last_day)
                kind = "reminder" if rung.is_before else "overdue"
                self.teller.write(report.key, unit, kind, rung.name + mark, now, said, planned=rung.on)
                duty.said.add(rung.name + mark)

    def _list(self, cycle: Cycle, now: datetime) -> None:
        """Who is missing: to the lead unit at the latest step without a letter, to any other office that collects at
        the latest step of all, to one that steps copy in at the latest of those; once X has passed, until closing, while
        somebody is late. Steps nobody told, and letters nobody drafted, are decided by the table.
        """
        report = cycle.report
        late = [unit for unit, duty in cycle.duties.items() if duty.is_overdue(now, report.due_at)]
        come = [rung for rung in report.rungs if not rung.is_before and rung.on <= now.date()]
        if cycle.closed or not late or not come or now.date() <= report.day_x:
            return
        lead = self._lead(report, now)
        offices = {self.tree.office(cycle.collectors[unit], now.date()).code for unit in late}
        copied = {code for rung in come for code in self._copies(rung, now)}
        for office in sorted({*offices, *copied, lead}):
            if office == lead:
                steps = [rung for rung in come if not rung.letter]
            else:
                steps = [rung for rung in come if office in offices or office in self._copies(rung, now)]
            said = {name for whose, name in cycle.lists if whose == office}
            for rung, decided in self._steps(cycle, steps, said, now):
                cycle.lists.add((office, rung.name))
                to_nobody = office not in {*offices, lead} and not self.tree.emails(office, now.date())
                self.teller.write(
                    report.key, office, "missing-list", rung.name, now, decided, rung.on, task=to_nobody
                )
        if report.writes:
            letters = [rung for rung in come if rung.letter]
            for rung, decided in self._steps(cycle, letters, set(cycle.letters), now):
                if decided != SENT:
                    cycle.letters[rung.name] = 0
                    self.teller.write(report.key, lead, "letter-ready", rung.name, now, decided, rung.on)

    def _ask_who_owes(self, cycle: Cycle, now: datetime) -> None:
        """Once, of the lead unit, about units of the plan that have ended and whose successors do not owe; until closing."""
        report = cycle.report
        if cycle.asked_who_owes or cycle.closed or now.date() > report.closes_on:
            return
        name, code, _ = report.key.split("/")
        ended = unplaced(self.tree, self.plans[name].obligation(code).owed_by, cycle.opened.date())
        if any(not cycle.duties.keys() & {e.unit.code, *(u.code for u in e.candidates)} for e in ended):
            cycle.asked_who_owes = True
            self.teller.write(report.key, self._lead(report, now), "unplaced", "mo-ky", now)

    def _steps(
        self, cycle: Cycle, come: list[Rung], said: set[str], now: datetime
    ) -> list[tuple[Rung, tuple[str, str]]]:
        """What the table says of each of these that nobody has decided yet."""
        over = now.date() > cycle.report.closes_on
        return [
            (rung, verdict(come[-1] if rung is not come[-1] else None, closed=over, too_late=False))
            for rung in come
            if rung.name not in said
        ]

    def _copies(self, rung: Rung, now: datetime) -> set[str]:
        holders = (self.tree.holder(code, now.date()) for code in rung.copies)
        return {holder.code for holder in holders if holder}

    def _letter(self, cycle: Cycle, now: datetime) -> None:
        """The latest công văn step, while somebody is late; none once X's closing has come."""
        report = cycle.report
        come = [rung for rung in report.rungs if rung.letter and rung.on <= now.date()]
        late = any(duty.is_overdue(now, report.due_at) for duty in cycle.duties.values())
        if cycle.closed or not come or not late or now.date() <= report.day_x or not report.writes:
            return
        step = come[-1].name
        if step not in cycle.letters:
            cycle.letters[step] = 1
            cycle.drafts["cong-van"] = Draft(f"cong-van-{step}-v1", now.date())
            self.told.documents[report.key, "cong-van", step, 1] = now.date()
            self.teller.write(report.key, self._lead(report, now), "letter-ready", step, now)

    def _report(self, cycle: Cycle, now: datetime) -> None:
        """Once closed, or once all is in; when somebody reported; again whenever what goes in changes."""
        fed = [self.cycles[key] for key in cycle.report.feeders if key in self.cycles]
        inside = [cycle, *fed]
        if not cycle.report.writes or not (cycle.closed or cycle.all_in):
            return
        inputs = went_in(inside)
        somebody = any(duty.counts for each in inside for duty in each.duties.values())
        if somebody and cycle.versions[-1:] != [inputs]:
            cycle.versions.append(inputs)
            version = len(cycle.versions)
            cycle.drafts["bao-cao"] = Draft(f"bao-cao-v{version}", now.date())
            self.told.documents[cycle.report.key, "bao-cao", "", version] = now.date()
            self.teller.write(
                cycle.report.key, self._lead(cycle.report, now), "report-ready", f"v{version}", now
            )

    def _send(self, now: datetime) -> None:
        """Of several that ask for one report the latest; no reminder once it is late. The rest goes on a working day,
        answers on any, and before a deadline that is over by the next working day on any.
        """
        self._pass_over(now)
        for key in list(self.teller.waiting):
            cycle, whose, kind, step, _ = key.split("|")
            works = self.calendar.works(now.date())
            if kind in _LISTS and not self._missing(self.cycles[cycle], whose, now):
                if works:
                    self.teller.say(key, "withdrawn", "reported before it was sent")
            elif kind == "unsigned" and works and not is_still_asked(self.cycles[cycle], step, now):
                self.teller.say(key, "withdrawn", SETTLED)
            elif works or kind in _ANSWERS or self._is_last_chance(key, now):
                self.teller.waiting.remove(key)

    def _pass_over(self, now: datetime) -> None:
        waiting = [key for key in self.teller.waiting if key.split("|")[2] in ASKING | {"unsigned"}]
        newest = {_report_asked_for(key): key.split("|")[3] for key in waiting}
        for key in waiting:
            cycle, unit, kind, step, _ = key.split("|")
            if step != (later := newest[_report_asked_for(key)]):
                self.teller.say(key, "skipped", f"overtaken by {later.rpartition('/')[2]}")
            elif kind == "reminder" and now.date() > max(self._last_day(cycle, unit), self._decided_on(key)):
                self.teller.say(key, "skipped", "the deadline has passed")

    def _is_last_chance(self, key: str, now: datetime) -> bool:
        cycle, unit, kind, _ = key.split("|", 3)
        if kind not in _BEFORE_A_DEADLINE:
            return False
        next_working = self.calendar.count(now.date(), 1)
        return now.date() <= self._last_day(cycle, unit) < next_working

    def _last_day(self, cycle: str, unit: str) -> date:
        found = self.cycles[cycle]
        return found.duties[unit].own_day or found.report.due_at.date()

    def _decided_on(self, key: str) -> date:
        return self.told.messages[key][3]

    def _missing(self, cycle: Cycle, office: str, now: datetime) -> bool:
        """Does anybody still owe whom this office sees?"""
        come = [rung for rung in cycle.report.rungs if rung.on <= now.date()]
        all_seeing = {self._lead(cycle.report, now), *(c for rung in come for c in self._copies(rung, now))}
        return any(
            duty.owes and office in {*all_seeing, self.tree.office(cycle.collectors[unit], now.date()).code}
            for unit, duty in cycle.duties.items()
        )

    def _lead(self, report: Report, now: datetime) -> str:
        return self.tree.office(report.plan["lead"], now.date()).code


def _report_asked_for(key: str) -> tuple[str, ...]:
    """One report of one unit, or one draft, and who is asked."""
    cycle, unit, _, step, address = key.split("|")
    return cycle, unit, address, step.rpartition("/")[0]
