"""Căn cứ: the documents a Báo cáo rests on, a line each, the plan itself last (Nghị định 30/2020, ô 6)."""

from models.documents import Paragraph
from models.form_of_plan import cite
from models.plan import Citation, Plan


def basis(plan: Plan) -> list[Paragraph]:
    """Each is cited in full, since it is cited here first; lines end with “;”, the last with “.”."""
    cited = [f"Căn cứ {cite(each).rstrip(' .;')}" for each in _once(plan)]
    return [Paragraph(f"{line};", basis=True) for line in cited[:-1]] + [
        Paragraph(f"{line}.", basis=True) for line in cited[-1:]
    ]


def _once(plan: Plan) -> list[Citation]:
    """A plan file that names the plan among its own basis does not have it cited twice."""
    return [*(each for each in plan.legal_basis if each != plan.citation), plan.citation]
