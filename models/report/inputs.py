"""All that a document of one cycle is made from."""

from dataclasses import dataclass

from models.calendar import PlannedCycle
from models.disclosure import Disclosure, protect
from models.documents import Head, Signature
from models.figures import UnitFigures
from models.nd30 import roman
from models.plan import Report
from models.plan.document import Signer
from models.report.comparison import Comparison, PastPeriod
from models.report.correction import Follows
from models.report.outlines import shows
from models.report.sections import Edited, Section, sections_of
from models.report.unit_lists import Filled, filled
from models.states import Coverage, Standing
from models.totals import Total


@dataclass(frozen=True, slots=True)
class ReportInputs:
    planned: PlannedCycle
    report: Report
    lead: str
    """The lead unit as a document calls it."""
    standings: tuple[Standing, ...]
    coverage: Coverage
    totals: tuple[Total, ...]
    reports: tuple[UnitFigures, ...]
    """Every report that went into the totals."""
    follows: Follows | None = None
    """The Báo cáo of this cycle that was issued before, if one was."""

    edited: tuple[Edited, ...] = ()
    """Sections the coordinator has edited, the newest version of each."""
    earlier: tuple[PastPeriod, ...] = ()
    """The same period of the years before, in order."""
    comparison: Comparison | None = None
    """Against the last of them."""
    with_sources: bool = False
    """Does an appendix name the unit, version, file and cell of every figure?"""
    issued: Follows | None = None
    """Of a Thông báo: the Báo cáo that was issued, if one was."""

    @property
    def sections(self) -> dict[str, Section]:
        """What people wrote, by section of the Báo cáo."""
        return sections_of(self.planned.obligation.form, self.reports, self.edited)

    @property
    def disclosure(self) -> Disclosure:
        """What a Báo cáo, which goes to many, leaves out of the figures."""
        return protect(self.totals, self.reports)

    @property
    def missing(self) -> list[Standing]:
        return [standing for standing in self.standings if not standing.reported and not standing.exempt]

    @property
    def has_figures(self) -> bool:
        """Is there anything to show unit by unit?"""
        return bool(self.totals) and any(report.figures and not report.nil for report in self.reports)

    @property
    def has_years(self) -> bool:
        """Is it set beside the periods before?"""
        return self.comparison is not None and shows(self.planned, self.report, "so-sanh")

    @property
    def figures_place(self) -> str:
        """The appendix with the units' figures; the body must name every appendix by its number."""
        return self._places.get("figures", "")

    @property
    def standings_place(self) -> str:
        return self._places["standings"]

    @property
    def years_place(self) -> str:
        """The appendix with the periods before."""
        return self._places.get("years", "")

    @property
    def sources_place(self) -> str:
        return self._places.get("sources", "")

    @property
    def lists(self) -> tuple[Filled, ...]:
        """The plan's lists of units."""
        period = self.planned.period.vietnamese
        return filled(self.report.lists, self.totals, self.reports, period)

    @property
    def list_places(self) -> dict[str, str]:
        """Title of each list with somebody in it → its appendix."""
        return {each.title: self._places[each.title] for each in self.lists if each.units}

    @property
    def _places(self) -> dict[str, str]:
        """Every appendix there is, in order, with what it is called."""
        there = {"figures": self.has_figures, "standings": True, "years": self.has_years}
        there |= {each.title: bool(each.units) for each in self.lists}
        there |= {"sources": self.with_sources}
        return called([name for name, is_there in there.items() if is_there])

    @property
    def year(self) -> int:
        """Printed in the open date: the year the document will be signed in."""
        assert self.planned.deadline
        return self.planned.deadline.day_x.year


def called(names: list[str]) -> dict[str, str]:
    """Appendices by what they are called: a single one has no number."""
    if len(names) == 1:
        return {names[0]: "Phụ lục"}
    return {name: f"Phụ lục {roman(place)}" for place, name in enumerate(names, start=1)}


def head_of(report: Report, symbol: str, year: int) -> Head:
    return Head(
        agency=report.agency,
        symbol=symbol,
        place=report.place,
        parent_agency=report.parent_agency,
        year=year,
    )


def signature_of(signer: Signer) -> Signature:
    return Signature(post=signer.post, authority=tuple(signer.authority), full_name=signer.name)
