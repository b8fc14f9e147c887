"""dondoc plan: list, show, check, load, schema."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from dondoc.cli.moving import Yes, agreed, move_json, show_moves
from dondoc.cli.out import AsOf, Json, ask_is, console, emit_json, errors, moment, show_table
from models.plan import Plan
from models.plan.json_schema import plan_json_schema
from models.plan_text import PlanError, PlanProblem, parse_plan, plan_warnings
from tasks.adapters.home import open_home
from tasks.adapters.ledger.plans import current_plans
from tasks.adapters.ledger.units import load_tree
from tasks.steps.loading import PlanFile, load_plans, plan_change

app = typer.Typer(help="Reporting plans.", no_args_is_help=True)
File = Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, readable=True)]


@app.command("list")
def list_plans(as_json: Json = False) -> None:
    """The plans in force or past that are loaded."""
    with open_home().ledger.read() as session:
        plans = [plan for plan, _ in current_plans(session).values()]
    if as_json:
        emit_json([_json(plan) for plan in plans])
        return
    rows = [(p.code, f"{p.first_year}-{p.last_year}", p.lead, len(p.obligations), p.short) for p in plans]
    show_table(("code", "years", "lead", "obligations", "title"), rows)


@app.command()
def show(code: str, as_json: Json = False) -> None:
    """One plan with its obligations."""
    with open_home().ledger.read() as session:
        plans = current_plans(session)
    if code not in plans:
        raise LookupError(f"no plan {code}; loaded: {', '.join(plans) or 'none'}")
    plan = plans[code][0]
    if as_json:
        emit_json(_json(plan))
        return
    console.print(f"[bold]{plan.code}[/bold]  Kế hoạch {plan.title}\nlead: {plan.lead}")
    show_table(
        ("code", "kind", "every", "wording", "clause", "title"),
        [(o.code, o.kind, "+".join(o.rhythms), o.wording, o.clause, o.title) for o in plan.obligations],
    )


@app.command()
def check(file: File, as_json: Json = False) -> None:
    """What is wrong with a plan file: file, line, path and what was expected. Exit 1 where something is; a warning
    alone is no fault.
    """
    plan: Plan | None = None
    problems: list[PlanProblem] = []
    warnings: list[PlanProblem] = []
    try:
        found = _plan_file(file)
        plan = found.plan
        home = open_home()
        with home.ledger.read() as session:
            tree = load_tree(session)
        warnings = plan_warnings(plan, found.text, str(file), home.days, tree)
    except PlanError as error:
        problems = error.problems
    if as_json:
        told = {
            "ok": not problems,
            "problems": list(map(asdict, problems)),
            "warnings": list(map(asdict, warnings)),
        }
        emit_json({**told, **(_json(plan) if plan else {})})
    else:
        for warning in warnings:
            errors.print(f"{warning} (warning)", markup=False, soft_wrap=True)
        if plan:
            console.print(f"{file}: ok, {plan.code} with {len(plan.obligations)} obligations")
        else:
            errors.print("\n".join(map(str, problems)), markup=False, soft_wrap=True)
    ask_is(not problems)


@app.command()
def load(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", exists=True)],
    yes: Yes = False,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Make these files the current plans: all of them, or none. What a changed plan moves is shown first."""
    at = moment(as_of)
    given = [_plan_file(file) for file in files]
    home = open_home()
    change = plan_change(home, given, at)
    if change.changed and not as_json:
        show_moves(change.moves)
    applied = agreed(change.moves, yes=yes)
    if applied:
        load_plans(home, given, change, at, "command line")
    plans = [_json(file.plan) for file in given]
    if as_json and change.changed:
        emit_json({"moves": [move_json(move) for move in change.moves], "applied": applied, "plans": plans})
    elif as_json:
        emit_json(plans)
    elif applied:
        for file in given:
            console.print(f"{file.plan.code}: loaded from {file.name}")
    ask_is(applied)


@app.command()
def schema() -> None:
    """The JSON Schema of a plan file, for editors (plans/plan.schema.json)."""
    emit_json(plan_json_schema())


def _plan_file(file: Path) -> PlanFile:
    """A plan file whose units are all known; PlanError says what is wrong and where."""
    try:
        text = file.read_text("utf-8")
    except UnicodeDecodeError:
        raise ValueError(f"{file}: this is not a text file in UTF-8") from None
    with open_home().ledger.read() as session:
        tree = load_tree(session)
    known = {unit.code for unit in tree.all_on()}
    return PlanFile(str(file), text, parse_plan(text, str(file), known_units=known))


def _json(plan: Plan) -> dict[str, Any]:
    return {
        "code": plan.code,
        "title": plan.title,
        "lead": plan.lead,
        "issuer": plan.issuer,
        "first_year": plan.first_year,
        "last_year": plan.last_year,
        "obligations": [
            {
                "code": o.code,
                "kind": o.kind,
                "title": o.title,
                "clause": o.clause,
                "every": o.rhythms,
                "wording": o.wording,
                "dated": o.due is not None,
                "through": o.model_dump(include={"through"})["through"],
                "to": o.to,
                "indicators": o.form.indicators,
            }
            for o in plan.obligations
        ],
    }
