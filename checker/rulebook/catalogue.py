"""The rules in words for people: one list of all, and one page for one rule.

It returns text and writes nothing; formulas are printed with official labels, never with ids.
"""

from collections.abc import Iterator
from decimal import Decimal

from checker.rulebook.book import Rule, Rulebook
from checker.rulebook.forms import FormSpec
from checker.rulebook.formula import Compare, Formula, Linear, Logic, Name, Not
from checker.rulebook.kinds_tables import EquationRule
from checker.rulebook.loader import load_regulations

FAMILIES = (
    ("C", "数据格"),
    ("T2", "表二 主动公开政府信息情况"),
    ("T3", "表三 收到和处理政府信息公开申请情况"),
    ("T4", "表四 政府信息公开行政复议、行政诉讼情况"),
    ("F", "表式"),
    ("S", "各部分内容"),
    ("N", "正文与表格"),
    ("A", "正文中的计算"),
    ("L", "法规和文件"),
    ("D", "年度和日期"),
    ("W", "文字"),
    ("Y", "与上年报告"),
    ("X", "多份报告之间"),
)
SEVERITIES = {"error": "错误", "warning": "警告", "note": "提示"}
STATUSES = {"trial": "试行（只提示人工核对）", "stable": "正式", "retired": "停用"}
_COMPARE = {"=": "＝", "<>": "≠", "<=": "≤", ">=": "≥", "<": "＜", ">": "＞"}
_LOGIC = {"and": "且", "or": "或", "implies": "时，应有", "iff": "当且仅当"}
_FOR_EACH = {"column": "逐列核对：", "row": "逐行核对：", "group": "每个小计逐列核对：", "none": ""}


def kind_of(rule: str) -> str:
    """The kind of check that a rule belongs to, as short as sentences name it."""
    return next(
        (title.split(" ")[0] for prefix, title in FAMILIES if rule.startswith(prefix)), rule
    )


def catalogue(rulebook: Rulebook) -> str:
    """All rules by family, as Markdown."""
    lines = [
        "# 规则目录",
        "",
        "依据、公式、示例和例外列在每条规则之下；怎样增加规则见 `rules/README.md`。",
    ]
    for prefix, title in FAMILIES:
        rules = [r for r in rulebook.rules.values() if r.id.startswith(prefix)]
        if rules:
            lines += ["", f"## {title}", "", "| 编号 | 级别 | 内容 | 表式 |", "|---|---|---|---|"]
            lines += [
                f"| {r.id} | {SEVERITIES[r.severity]} | {r.title} | {'、'.join(r.forms)} |"
                for r in rules
            ]
            for rule in rules:
                lines += ["", *_section(rule, rulebook)]
    return "\n".join(lines) + "\n"


def show_rule(rulebook: Rulebook, rule: str) -> str | None:
    """One rule as Markdown, or None when there is no rule of that id."""
    found = rulebook.rule(rule)
    return None if found is None else "\n".join(_section(found, rulebook)) + "\n"


def formula_text(rule: EquationRule, form: FormSpec) -> str:
    """A formula with the official labels of a form."""
    return _FOR_EACH[rule.for_each] + _formula(rule.parsed, rule, form)


def _section(rule: Rule, rulebook: Rulebook) -> list[str]:
    years = ""
    if rule.first_year is not None:
        years = f"，{rule.first_year}年度起"
    if rule.last_year is not None:
        years += f"，至{rule.last_year}年度"
    lines = [
        f"### {rule.id} {rule.title}",
        "",
        f"- 级别：{SEVERITIES[rule.severity]}；状态：{STATUSES[rule.status]}",
        f"- 适用：{'、'.join(f'{f}年表式' for f in rule.forms)}{years}",
    ]
    lines += [f"- {name}：{text}" for name, text in _formulas(rule, rulebook)]
    lines += [f"- 依据：{text}" for text in _basis(rule)]
    lines += [
        f"- 原因：{rule.why}",
        f"- 错误示例：{rule.example.wrong}",
        f"- 正确示例：{rule.example.right}",
        f"- 处理：{_without_braces(rule.fix_hint)}",
    ]
    lines += [f"- 例外：{text}" for text in rule.exceptions]
    return lines


def _formulas(rule: Rule, rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    if not isinstance(rule, EquationRule):
        return
    texts = {form: formula_text(rule, rulebook.forms[form]) for form in rule.forms}
    if len(set(texts.values())) == 1:
        yield "公式", next(iter(texts.values()))
    else:
        yield from ((f"公式（{form}年表式）", text) for form, text in texts.items())


def _basis(rule: Rule) -> Iterator[str]:
    documents = {d.source: d for d in load_regulations()}
    for basis in rule.basis:
        document = documents.get(basis.source)
        clause = document.clause(basis.clause) if document else None
        number = f"（{document.number}）" if document and document.number else ""
        summary = f"：{clause.summary}" if clause else ""
        yield f"{basis.source}{number} {basis.clause}{summary}"


def _without_braces(template: str) -> str:
    """A template as a sentence: what is filled in later shows as ……."""
    text = template
    while "{" in text and "}" in text:
        start = text.index("{")
        text = f"{text[:start]}……{text[text.index('}', start) + 1 :]}"
    return text


def _formula(formula: Formula, rule: EquationRule, form: FormSpec) -> str:
    if isinstance(formula, Compare):
        left, right = _sum(formula.left, rule, form), _sum(formula.right, rule, form)
        return f"{left} {_COMPARE[formula.op]} {right}"
    if isinstance(formula, Not):
        return f"并非（{_formula(formula.inner, rule, form)}）"
    left, right = (_nested(part, rule, form) for part in (formula.left, formula.right))
    return f"{left} {_LOGIC[formula.op]} {right}"


def _nested(formula: Formula, rule: EquationRule, form: FormSpec) -> str:
    text = _formula(formula, rule, form)
    return f"（{text}）" if isinstance(formula, Logic) else text


def _sum(linear: Linear, rule: EquationRule, form: FormSpec) -> str:
    parts: list[str] = []
    for coefficient, name in linear.terms:
        sign = "－" if coefficient < 0 else ("＋" if parts else "")
        size = abs(coefficient)
        if name is None:
            parts.append(f"{sign}{size}")
        else:
            factor = "" if size == Decimal(1) else f"{size}×"
            parts.append(f"{sign}{factor}{_name(name, rule, form)}")
    return " ".join(parts)


def _name(name: Name, rule: EquationRule, form: FormSpec) -> str:
    spec = form.table(rule.table)
    if rule.for_each == "group":
        return "本组各行之和" if name.summed else "小计"
    if rule.for_each == "none":
        *table, row, column = name.text.split("/")
        return form.table(table[0] if table else rule.table).cell_label(row, column)
    found = spec.row(name.text) if rule.for_each == "column" else spec.column(name.text)
    if found is not None:
        return f"“{found.name}”"
    group = spec.group(name.text)
    lines = "行" if rule.for_each == "column" else "列"
    return f"“{group.name if group else name.text}”各{lines}之和"
