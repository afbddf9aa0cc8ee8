"""Tells rules, articles and the official forms; nothing here depends on a report."""

import re
from collections.abc import Collection, Sequence
from typing import Final

from checker.answers.findings import gist
from checker.answers.library import Article, Library, by_kind
from checker.answers.types import Answer, Citation, Conversation
from checker.answers.view import SEVERITY_NAMES, View, clauses, listed
from checker.domain.report import split_address
from checker.rulebook import FormSpec, TableSpec
from checker.rulebook.kinds_tables import EquationRule
from checker.rulebook.schema import RuleBase

_NAME: Final = re.compile(r"[a-z_][a-z_.]*")
_STATUSES = {
    "pass": "本报告核对过，没有发现问题",
    "fail": "本报告不符合",
    "review": "本报告要人工核对",
    "not_applicable": "不适用于本报告",
    "not_judged": "本报告没有判定",
}
_FARED: Final = frozenset({"healthy", "verdict", "passed", "unchecked", "unjudged"})
"""With these it is asked how the report fared, not what the rule says."""
ASPECTS = ("why", "basis", "fix", "false_alarm", "meaning")


def tell_rule(library: Library, rule_id: str, *, view: View | None, aspects: set[str]) -> Answer:
    """A rule: what it says, why, basis, example, exceptions, and how the report fared.

    Args:
        library: the rules.
        rule_id: an id that is in the library.
        view: the report, if there is one.
        aspects: only these parts, when any of ``ASPECTS`` but ``meaning`` is among them.
    """
    rule = library.rules[rule_id]
    # Of a rule for several forms only the notice of this report's form is of use.
    own = [b for b in rule.basis if not view or not b.forms or view.form.id in b.forms]
    exceptions = "；".join(e.rstrip("。") for e in rule.exceptions) or "没有"
    parts = {
        "why": f"为什么：{rule.why}",
        "basis": f"依据：{clauses(own)}",
        "fix": f"怎么改：按规则核对后改正。例如错：{rule.example.wrong} 对：{rule.example.right}",
        "false_alarm": f"例外情形：{exceptions}。",
    }
    wanted = [parts[a] for a in parts if a in aspects]
    if not wanted and not (view and aspects & _FARED):
        example = f"例：错：{rule.example.wrong}　对：{rule.example.right}"
        wanted = [parts["why"], parts["basis"], example, parts["false_alarm"]]
    numbers = view.about_rule(rule_id) if view else ()
    wanted += [_status(view, rule_id, numbers)] if view else []
    head = f"规则{rule.id}（{SEVERITY_NAMES[rule.severity]}）：{rule.title}。"
    return Answer(
        kind="rule",
        text="\n".join((head, *wanted)),
        citations=(
            Citation(rule=rule.id),
            *(Citation(article=f"{b.source} {b.clause}".strip()) for b in own),
            *(Citation(finding=n, rule=rule.id) for n in numbers),
        ),
        context=Conversation(
            focus="rule", rule=rule.id, finding=numbers[0] if len(numbers) == 1 else None
        ),
    )


def _status(view: View, rule_id: str, numbers: tuple[int, ...]) -> str:
    if numbers:
        return f"在本报告里：见第{'、'.join(map(str, numbers))}条。"
    outcome = next((o for o in view.run.outcomes if o.rule == rule_id), None)
    if outcome is None:
        return "本报告没有用到这条规则。"
    reason = f"：{outcome.reason.rstrip('。')}" if outcome.reason else ""
    return f"{_STATUSES[outcome.status]}{reason}。"


def form_status(library: Library, view: View) -> str:
    """Whether the report uses the form of its year, with the rule that says so."""
    rules = (library.rules[i] for i in library.form_rules)
    return "".join(f"{r.id} {r.title}：{_status(view, r.id, view.about_rule(r.id))}" for r in rules)


def form_years(library: Library) -> str:
    """Which form is for which report years."""
    told = []
    for form in sorted(library.forms.values(), key=lambda f: f.first_year):
        last = f"至{form.last_year}年度" if form.last_year else "年度起"
        told.append(f"{form.first_year}{last}用{form.title}（{form.basis.source}）")
    return f"表式按报告年度定：{'；'.join(told)}。"


def tell_rules(library: Library, tables: tuple[str, ...], form: FormSpec) -> Answer:
    """The rules by kind, or those about some tables, one per line."""
    rules = [r for r in library.rules.values() if not tables or library.tables.get(r.id) in tables]
    names = "、".join(f"表{form.table(t).ordinal}" for t in tables)
    lines: Sequence[str] = [f"{r.id}（{SEVERITY_NAMES[r.severity]}）{r.title}" for r in rules]
    if not tables:
        lines = (*by_kind(r.id for r in rules), f"每条查什么，可以问“{rules[0].id}是什么意思”。")
    return Answer(
        kind="rule",
        text="\n".join((f"{names or '全部'}规则共{len(rules)}条：", *lines)),
        citations=tuple(Citation(rule=r.id) for r in rules),
        context=Conversation(focus="table", table=tables[0]) if tables else Conversation(),
    )


def tell_relation(
    library: Library,
    tables: tuple[str, ...],
    *,
    form: FormSpec,
    view: View | None,
    rows: Collection[str] = (),
) -> Answer:
    """The equations of a table as rules, with how the report fared.

    Args:
        library: the rules.
        tables: ids; all when empty.
        form: the form.
        view: the report, if there is one.
        rows: only equations between these rows, if given.
    """
    wanted = tables or tuple(t.id for t in form.tables)
    rules = [r for r in _equations(library, wanted, form) if not rows or _names(r, rows)]
    lines = [rule_line(r, view) for r in rules]
    broken = sorted({n for r in rules for n in view.about_rule(r.id)}) if view else []
    lines += [f"第{n}条：{gist(view.finding(n))}" for n in broken] if view else []
    notes = [c for t in wanted for c in form.table(t).corner[:1] if "关系" in c]
    printed = [f"表头写明：{n.strip('（）()')}。" for n in notes]
    return Answer(
        kind="rule",
        text="\n".join((*printed, *lines)) if rules or printed else "",
        citations=(
            *(Citation(rule=r.id) for r in rules),
            *(Citation(finding=n, rule=view.finding(n).rule) for n in broken if view),
        ),
        context=Conversation(
            focus="table",
            table=wanted[0] if len(wanted) == 1 else None,
            finding=broken[0] if len(broken) == 1 else None,
        ),
    )


def tell_bases_of_relation(library: Library, tables: tuple[str, ...], *, form: FormSpec) -> Answer:
    """What the equations of tables rest on; of all tables when none is named."""
    rules = _equations(library, tables or tuple(t.id for t in form.tables), form)
    own = {r.id: [b for b in r.basis if not b.forms or form.id in b.forms] for r in rules}
    return Answer(
        kind="rule",
        text="\n".join(f"{r.id} {r.title}。依据：{clauses(own[r.id])}" for r in rules),
        citations=(
            *(Citation(rule=r.id) for r in rules),
            *(Citation(article=f"{b.source} {b.clause}".strip()) for r in rules for b in own[r.id]),
        ),
        context=Conversation(focus="table", table=tables[0] if len(tables) == 1 else None),
    )


def _equations(library: Library, tables: Collection[str], form: FormSpec) -> list[RuleBase]:
    """The equations of tables that this form has."""
    known = (library.rules[r] for r in library.equations if library.tables.get(r) in tables)
    return [r for r in known if form.id in r.forms]


def _names(rule: RuleBase, rows: Collection[str]) -> bool:
    """Whether an equation is one between rows of that name."""
    names = set(_NAME.findall(rule.formula)) if isinstance(rule, EquationRule) else set()
    return isinstance(rule, EquationRule) and rule.for_each == "column" and bool(names & {*rows})


def rule_line(rule: RuleBase, view: View | None) -> str:
    """A rule in one line, with how the report fared."""
    if view is None:
        return f"{rule.id} {rule.title}。"
    return f"{rule.id} {rule.title}。{_status(view, rule.id, view.about_rule(rule.id))}"


def tell_articles(articles: tuple[Article, ...]) -> Answer:
    """Articles in our own summary, with their document."""
    lines = [f"{_named(a.source)}{a.clause}（摘要）：{a.text}" for a in articles]
    return Answer(
        kind="article",
        text="\n".join(lines),
        citations=tuple(Citation(article=f"{a.source} {a.clause}") for a in articles),
        context=Conversation(focus="article", article=f"{articles[0].source} {articles[0].clause}"),
    )


def _named(source: str) -> str:
    """A title in 《》; a document number stands as it is."""
    return f"{source} " if source.endswith("号") else f"《{source}》"


def tell_shape(form: FormSpec, tables: tuple[str, ...], *, names: bool) -> Answer:
    """How many rows and columns the official tables have, and which."""
    wanted = tuple(t for t in form.tables if not tables or t.id in tables)
    lines = [_shape(t, names=names) for t in wanted]
    basis = f"{form.basis.source} {form.basis.clause}".strip()
    head = f"按{form.title}："
    return Answer(
        kind="form",
        text="\n".join((head, *lines, f"依据：{basis}。")),
        citations=(Citation(article=basis),),
        context=Conversation(focus="table", table=wanted[0].id if len(wanted) == 1 else None),
    )


def tell_group(form: FormSpec, group: str) -> Answer | None:
    """Which rows of the official form stand under a heading."""
    table, _, name = group.partition("/")
    spec = form.table(table)
    found, rows = spec.group(name), [r.name for r in spec.rows if r.group == name]
    single = spec.row(name)
    if not rows and single is None:
        return None
    basis = f"{form.basis.source} {form.basis.clause}".strip()
    if found is not None and rows:
        told = f"表{spec.ordinal}“{found.name}”应有{len(rows)}行：{listed(rows, most=40)}。"
    else:
        label = single.name if single else name
        told = f"表{spec.ordinal}“{label}”只有1行，下面不分项。"
    return Answer(
        kind="form",
        text="\n".join((f"按{form.title}：", told, f"依据：{basis}。")),
        citations=(Citation(article=basis),),
        context=Conversation(focus="table", table=table),
    )


def with_printed(told: Answer, view: View, group: str) -> Answer:
    """The rows of the form with those that the report prints, and the finding about them."""
    table, _, name = group.partition("/")
    found = view.run.report.table(table)
    if found is None:
        return told
    own = {r for c in found.cells if (r := split_address(c.address).row).partition(".")[0] == name}
    merged = [d for d in found.deviations if d.kind == "merged_rows" and d.id == name]
    printed = f"本报告印了{len(own)}行。" if own else ""
    if not merged:
        return told.model_copy(update={"text": f"{told.text}\n{printed}" if printed else told.text})
    numbers = [
        n
        for n, f in enumerate(view.findings, 1)
        if any(d.printed and d.printed in f.message for d in merged)
    ]
    reason = "本报告读到的只有一行，各分项的数分不出来，不能替它分。"
    lines = [told.text, reason, *(f"第{n}条：{gist(view.finding(n))}" for n in numbers)]
    return told.model_copy(
        update={
            "text": "\n".join(lines),
            "citations": (
                *told.citations,
                *(Citation(finding=n, rule=view.finding(n).rule) for n in numbers),
            ),
            "highlight": tuple(
                c.address for c in found.cells if split_address(c.address).row in own
            ),
        }
    )


def _shape(spec: TableSpec, *, names: bool) -> str:
    cells = len(spec.addresses())
    if spec.orientation == "across":
        size = f"{len(spec.rows)}组、每组{len(spec.columns)}列，印成一行{cells}格"
    elif len(spec.blocks) == 1:
        size = f"{len(spec.rows)}行、{len(spec.columns)}列，{cells}格"
    else:
        size = f"{len(spec.blocks)}块、{len(spec.rows)}行，共{cells}格"
    told = f"表{spec.ordinal}应有{size}。"
    if names:
        told += f"行：{listed((r.name for r in spec.rows), most=40)}。"
        told += f"列：{listed((c.name for c in spec.columns), most=40)}。"
    return told
