"""不予处理的有哪些: the rows that stand under a heading, each with what it holds."""

from typing import Final

from checker.answers.cells import about_cells, findings_line, short_value
from checker.answers.locate import find_lines, group_name
from checker.answers.parse import Question
from checker.answers.types import Answer, Citation
from checker.answers.view import View
from checker.checks.operands import number
from checker.domain.report import split_address

_BESIDE: Final = frozenset(
    {
        "的",
        "都",
        "各",
        "分别",
        "具体",
        "里",
        "里面",
        "中",
        "其中",
        "种",
        "类",
        "情形",
        "情况",
        "吗",
        "呢",
    }
)
"""Beside the heading and the question; 内容, 案件 and 人 ask what no report holds."""


def lists_group(question: Question) -> bool:
    """Whether it is asked what stands under one heading, and nothing else."""
    places = question.places
    if len(places) != 1 or not places[0].values("group") or question.unknown:
        return False
    if question.intents != {"listing"}:
        return False
    others = (t for t in question.tokens if not t.values("intent") and t.text != places[0].text)
    return all(t.text in _BESIDE for t in others)


def tell_members(view: View, question: Question) -> Answer | None:
    """Every row of the heading with its total; None when the heading has no rows."""
    lines = find_lines(view, places=question.places, tables=())
    if len(lines) != 1 or not lines[0].summed:
        return None
    (line,) = lines
    parts = [split_address(a) for a in line.cells]
    spec = view.spec(line.table)
    groups = {v.partition("/")[2] for p in question.places for v in p.values("group")}
    name = "、".join(group_name(spec, g) for g in sorted(groups) if spec.group(g))
    column = view.column_name(line.table, parts[0].column)
    held = [
        f"{view.short_row(p.table, p.row)}：{short_value(view.value(a))}"
        for p, a in zip(parts, line.cells, strict=True)
    ]
    where = f"表{spec.ordinal}“{name}”有{len(held)}行，“{column}”列填的是："
    text = f"{where}{'；'.join(held)}。"
    values = [v.value for a in line.cells if (v := view.value(a)) and v.value is not None]
    if len(values) == len(line.cells):
        text += f"合计{number(sum(values))}。"
    touched = view.blaming_cells(line.cells)
    return Answer(
        kind="sum",
        text="\n".join((text, *([findings_line(view, touched)] if touched else []))),
        citations=(
            *(view.cite_cell(a) for a in line.cells),
            *(Citation(finding=n, rule=view.finding(n).rule) for n in touched),
        ),
        highlight=line.cells,
        context=about_cells(line.cells, line.table, touched),
    )
