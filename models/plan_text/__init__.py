"""A plan file read: text to plan, and everything that is wrong with it, with line and suggestion."""

from models.plan_text.parse import PlanError, PlanProblem, parse_plan, plan_warnings

__all__ = ["PlanError", "PlanProblem", "parse_plan", "plan_warnings"]
