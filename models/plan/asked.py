"""What one obligation asks: figures, words, papers."""

from models.plan.strict import IndicatorCode, Slug, Strict, Text


class Narrative(Strict):
    code: Slug
    """Its name on the sheet Thuyết minh and in the ledger."""
    title: Text
    """Heading, as the unit reads it."""
    required: bool = False
    """Is a report without it sent back?"""
    hint: Text | None = None
    """What to write, shown to the unit."""


class Form(Strict):
    indicators: list[IndicatorCode] = []
    """What is asked, in the order of the form; a unit sees those it is asked (asked_of)."""
    totals_only: list[IndicatorCode] = []
    """Next level: not asked here, but shown in this obligation's totals, taken over or computed from the totals of
    the obligations that feed it (same period) and from its own form. Without them the figure is "–", not 0.
    """
    narratives: list[Narrative] = []
    """Sections in words, on the sheet Thuyết minh."""
    attachments: list[Text] = []
    """Papers to be sent along, as the mail lists them."""
    last_period: bool = True
    """Does the form show beside each entry cell what the unit sent in the period before?"""
    nil: bool = False
    """May a unit answer "không phát sinh"?"""
    estimated: bool = False
    """Figures are partly ước thực hiện: the deadline lies before the data can be complete."""
