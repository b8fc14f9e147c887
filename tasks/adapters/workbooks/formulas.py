"""A computed row as an Excel formula: for the officer's eyes while typing, never read back.

No formula shows an error: blank while nothing is entered, an en dash where the divisor is 0 (rule V2).
"""

from collections.abc import Mapping

from models.form import YES, FormRow, Formula


def formula_text(formula: Formula, cells: Mapping[str, str], rows: Mapping[str, FormRow]) -> str | None:
    """The formula, or None where it names a row that is not on the form."""
    if not all(code in cells for code in (*formula.over, *formula.under)):
        return None
    over = [_operand(code, cells, rows) for code in formula.over]
    under = [_operand(code, cells, rows) for code in formula.under]
    filled = f"COUNTA({','.join(cells[code] for code in (*formula.over, *formula.under))})"
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


def _operand(code: str, cells: Mapping[str, str], rows: Mapping[str, FormRow]) -> str:
    at = cells[code]
    return f'IF({at}="{YES}",1,0)' if code in rows and rows[code].kind == "yes_no" else at
