"""Says in which unit an amount of money is given; it converts nothing."""

from checker.answers.cells import tell_cells, unit_of
from checker.answers.locate import Line
from checker.answers.types import Answer
from checker.answers.view import View
from checker.domain.report import split_address


def tell_units(view: View, cells: tuple[str, ...]) -> Answer:
    """The amounts with their units, or that none is printed.

    Args:
        view: the report.
        cells: addresses of amounts.
    """
    lines = tuple(Line(split_address(a).table, "", (a,)) for a in cells)
    told = tell_cells(view, lines, status=False, total=False)
    opening = "".join(f"{view.label(a)}：{_unit(view, a)}。" for a in cells)
    return told.model_copy(update={"text": f"{opening}\n{told.text}"})


def _unit(view: View, address: str) -> str:
    value = view.value(address)
    if value is not None and value.unit:
        return f"单位是{value.unit}，是报告里印的"
    if value is not None and value.value == 0:
        return "填的是0，不需要单位"
    if unit := unit_of(view, address):
        return f"单位是{unit}，表式这样规定"
    return "格内、表头都没有印出单位，看不出是元还是万元"
