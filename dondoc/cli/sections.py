"""dondoc section: what people wrote in a Báo cáo, who said what, and what the coordinator makes of it."""

from pathlib import Path
from typing import Annotated, Any

import typer

from dondoc.cli.out import Actor, AsOf, Cycle, Json, console, cycle_key, emit_json, moment, show_table
from models.report.sections import MARKS
from tasks.adapters.home import open_home
from tasks.steps.documents import sections as steps

app = typer.Typer(no_args_is_help=True, help="Sections of a Báo cáo: who said what, and the edited text.")
Code = Annotated[str, typer.Argument(metavar="SECTION", help="As `list` names them: kho-khan, kien-nghi, …")]
Seen = Annotated[
    int, typer.Option("--seen", help="The version it was edited from, as `show` tells it; 0: none.")
]


@app.command("list")
def list_sections(cycle: Cycle, as_json: Json = False) -> None:
    """Every section: how many units said something, whether it is edited, and what the edited text does not know of."""
    found = steps.sections(open_home(), cycle_key(cycle))
    rows = [_json(shown) for shown in found.values()]
    if as_json:
        emit_json({"cycle": cycle, "sections": rows})
        return
    columns = ("section", "title", "said", "version", "edited", "pending")
    show_table(
        columns, [[len(row["said"]) if name == "said" else row[name] for name in columns] for row in rows]
    )


@app.command()
def show(
    cycle: Cycle,
    code: Code,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write the text to edit there.")
    ] = None,
    as_json: Json = False,
) -> None:
    """The text as it stands, and under it who said what."""
    shown = steps.section(open_home(), cycle_key(cycle), code)
    if output:
        output.write_text(shown.section.text + "\n", "utf-8")
    if as_json:
        emit_json({"cycle": cycle, **_json(shown)})
        return
    console.print(f"{shown.section.title} (version {shown.version})\n")
    console.print(shown.section.text, markup=False)
    console.print()
    said = shown.section.said
    rows = [(each.name, MARKS[shown.section.mark(each)], each.text) for each in said]
    show_table(("unit", "mark", "text"), [*rows, *((name, MARKS["gone"], "") for name in shown.section.gone)])


@app.command()
def edit(
    cycle: Cycle,
    code: Code,
    seen: Seen,
    file: Annotated[
        Path | None, typer.Option("--file", exists=True, dir_okay=False, help="The text, UTF-8.")
    ] = None,
    take_back: Annotated[bool, typer.Option("--take-back", help="The units' own words again.")] = False,
    by: Actor = "coordinator",
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Keep an edited text; the next sweep writes the report with it. What units send afterwards is added after it."""
    if (file is None) != take_back:
        raise ValueError("give exactly one of --file and --take-back")
    home, key, at = open_home(), cycle_key(cycle), moment(as_of)
    if file is None:
        version = steps.take_back(home, key, code, seen, as_of=at, actor=by)
    else:
        try:
            text = file.read_text("utf-8-sig")
        except UnicodeDecodeError:
            raise ValueError(f"{file}: this is not a text file in UTF-8") from None
        version = steps.edit_section(home, key, code, text, seen, as_of=at, actor=by)
    if as_json:
        emit_json({"cycle": cycle, "section": code, "version": version})
    else:
        console.print(f"{cycle} {code}: version {version}")


def _json(shown: steps.Shown) -> dict[str, Any]:
    section = shown.section
    return {
        "section": section.code,
        "title": section.title,
        "version": shown.version,
        "edited": section.edited is not None,
        "edited_by": shown.row.edited_by if shown.row else None,
        "edited_at": shown.row.edited_at.isoformat() if shown.row else None,
        "text": section.text,
        "pending": len(section.pending),
        "said": [
            {"unit": each.unit, "name": each.name, "text": each.text, "mark": section.mark(each)}
            for each in section.said
        ],
        "gone": list(section.gone),
    }
