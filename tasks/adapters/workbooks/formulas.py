"""A computed row as an Excel formula: for the officer's eyes while typing, never read back.

No formula shows an error: blank while nothing is entered, an en dash where the divisor is 0 (rule V2).
"""

from collections.abc import Mapping, Sequence

from models.form import YES, FormRow, Formula


def formula_text(formula: Formula, cells: Mapping[str, str], rows: Mapping[str, FormRow]) -> str | None:
    """The formula, or None where it names a row that is not on the form."""
    if not all(code in cells for code in (*formula.over, *formula.under)):
        return None
    over = [_operand(code, cells, rows) for code in formula.over]
    under = [_operand(code, cells, rows) for code in formula.under]
    filled = _filled((*formula.over, *formula.under), cells, rows)
    total = f"SUM({','.join(over)})"
    if formula.kind == "ratio":
        divisor = f"SUM({','.join(under)})"
        return f'=IF({filled}=0,"",IF({divisor}=0,"–",{total}/{divisor}))'
    if formula.kind == "sum":
        return f'=IF({filled}=0,"",{total})'
    if formula.kind == "difference":
        return f'=IF({filled}=0,"",{total}-SUM({",".join(under) or "0"}))'
    factors = "*".join([str(formula.factor), *(f"N({each})" for each in over)])
    return f'=IF({filled}<{len(over)},"",{factors})'


def _filled(codes: Sequence[str], cells: Mapping[str, str], rows: Mapping[str, FormRow]) -> str:
    """How many of them hold something: a computed cell that shows nothing holds its formula all the same."""
    computed = [cells[code] for code in codes if code in rows and not rows[code].entered]
    entered = [cells[code] for code in codes if cells[code] not in computed]
    counted = (("COUNTA", entered), ("COUNT", computed)) if entered else (("COUNT", computed),)
    return "+".join(f"{count}({','.join(places)})" for count, places in counted if places)


def _operand(code: str, cells: Mapping[str, str], rows: Mapping[str, FormRow]) -> str:
    at = cells[code]
    return f'IF({at}="{YES}",1,0)' if code in rows and rows[code].kind == "yes_no" else at
