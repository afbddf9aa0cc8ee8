"""Tells a run as a whole: verdict, findings, what was right, what is open."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from checker.answers.findings import advice, cite, gist, headline, headline_at
from checker.answers.ledger import summary
from checker.answers.library import Library, titles_by_kind
from checker.answers.types import Answer, Citation, Conversation
from checker.answers.view import SEVERITY_NAMES, View, clauses, listed
from checker.checks.blame import cells_of
from checker.checks.unjudged import told_together
from checker.domain.finding import Finding
from checker.domain.report import split_address
from checker.domain.run import RuleOutcome

PAGE: Final = 8
_STATUSES: Final[dict[str, str]] = {
    "pass": "核对过没有问题的",
    "fail": "发现问题的",
    "review": "需人工核对的",
    "not_judged": "没有判定的",
    "not_applicable": "不适用于本报告的",
}
_MANY_RULES: Final = 12
_EACH_RULE: Final = "全部规则见“核对过的”一栏。"
VERDICT_NAMES: Final = {"fail": "不通过", "review": "需人工核对", "pass": "通过"}
_MEANINGS: Final = {
    "fail": "报告里有应当改正的问题，改正前不宜报送",
    "review": "没有查到确定的错误，但有要人工判断的地方",
    "pass": "核对过的规则没有发现问题",
}
_REMARKS: Final = "核对过的规则没有发现错误，只有供参考的提示"
_EMPTY_FORM: Final = "这是一份没有填写的空白表式，填写后再核对"

_MUST: Final[tuple[tuple[str, Callable[[Finding], bool]], ...]] = (
    (
        "必须改的{count}条，由报告里的内容直接得出，改正前总体结论是“不通过”",
        lambda f: f.verdict == "fail" and f.judged_by == "code",
    ),
    (
        "先人工核对的{count}条，确是问题就要改",
        lambda f: f.verdict == "review" and f.judged_by == "code" and f.severity != "note",
    ),
    (
        "不一定要改的{count}条，是提示，请人工看一下",
        lambda f: f.verdict == "review" and f.judged_by == "code" and f.severity == "note",
    ),
    ("语言模型的意见{count}条，请先人工核对", lambda f: f.judged_by == "model"),
)


def counts(view: View) -> str:
    """How many findings of each severity, in words."""
    told = [
        f"{SEVERITY_NAMES[s]}{n}条"
        for s in SEVERITY_NAMES
        if (n := sum(f.severity == s and f.judged_by == "code" for f in view.findings))
    ]
    raised = sum(f.judged_by == "model" for f in view.findings)
    model = f"；语言模型的意见{raised}条" if raised else ""
    doubts = f"；识读存疑{len(view.run.doubts)}处" if view.run.doubts else ""
    own = len(view.findings) - raised
    found = f"共{own}条：{'、'.join(told)}" if told else "没有发现问题"
    return f"{found}{model}{doubts}。"


def limits(view: View) -> str:
    """How much was not judged; empty when all was."""
    left = _not_judged(view)
    parts = [f"{len(left)}条规则没有判定"] if left else []
    parts += [f"{len(view.run.problems)}处检查没有完成"] if view.run.problems else []
    return f"另有{'，'.join(parts)}，可问“哪些没核对”。" if parts else ""


def verdict_words(view: View) -> str:
    """The verdict and what it means."""
    return f"{VERDICT_NAMES[view.run.verdict]}：{_meaning(view)}"


def _meaning(view: View) -> str:
    """What the verdict means; a pass with remarks and a form that nobody filled in say so."""
    if view.run.report.empty_form:
        return _EMPTY_FORM
    if view.run.verdict == "pass" and view.findings:
        return _REMARKS
    return _MEANINGS[view.run.verdict]


def _deciding(view: View) -> tuple[int, ...]:
    """The findings that the verdict rests on."""
    if view.run.verdict == "fail":
        return tuple(n for n, f in enumerate(view.findings, 1) if f.verdict == "fail")
    return tuple(n for n, f in enumerate(view.findings, 1) if f.for_person)


def tell_verdict(view: View) -> Answer:
    """Whether the report passes, and the findings that decide it."""
    severe = _deciding(view)
    heads = [headline_at(n, view.finding(n)) for n in severe[:PAGE]]
    more = [f"还有{len(severe) - PAGE}条，可问“还有吗”。"] if len(severe) > PAGE else []
    text = "\n".join((f"{verdict_words(view)}。{counts(view)}{limits(view)}", *heads, *more))
    return Answer(
        kind="overview",
        text=text,
        citations=tuple(Citation(finding=n, rule=view.finding(n).rule) for n in severe[:PAGE]),
        context=Conversation(
            focus="overview", aspect="verdict", numbers=severe, listed=min(len(severe), PAGE)
        ),
    )


def tell_meanings(view: View | None) -> Answer:
    """What the verdicts mean, and which one this report has."""
    told = "；".join(f"“{name}”是{_MEANINGS[v]}" for v, name in VERDICT_NAMES.items())
    own = f"这份报告的结论是“{VERDICT_NAMES[view.run.verdict]}”。" if view else ""
    context = Conversation(focus="overview") if view else Conversation()
    return Answer(kind="help", text=f"结论有三种：{told}。{own}", context=context)


def tell_reasons(view: View) -> Answer:
    """Why the verdict is what it is: the findings that decide it, or all that is still open."""
    run = view.run
    head = f"结论是“{VERDICT_NAMES[run.verdict]}”，因为{_meaning(view)}。"
    deciding = _deciding(view)
    if run.verdict == "fail":
        about = f"{head}下面{len(deciding)}条是确定的问题，改正后再核对："
        return tell_list(view, deciding, about=about)
    passed = sum(o.status == "pass" for o in run.outcomes)
    if run.verdict == "pass":
        text = f"{head}核对过、没有发现问题的规则有{passed}条，可问“哪些核对过没问题”。"
        return Answer(kind="overview", text=text, context=Conversation(focus="overview"))
    open_points = [f"没有判定：{o.rule} {o.title}：{o.reason}" for o in _not_judged(view)]
    open_points += [f"检查没有完成：{p.message}" for p in run.problems]
    doubts = sum(not d.harmless for d in run.doubts)
    open_points += [f"识读存疑{doubts}处，可问“有什么存疑”。"] if doubts else []
    open_points += [] if passed else ["没有一条规则核对到内容。"]
    return tell_list(view, deciding, about=f"{head}要看的是：", end="\n".join(open_points))


def _not_judged(view: View) -> list[RuleOutcome]:
    return [o for o in view.run.outcomes if o.status == "not_judged"]


def tell_list(
    view: View, numbers: tuple[int, ...], *, start: int = 0, about: str = "", end: str = ""
) -> Answer:
    """Findings one per line, some at a time.

    Args:
        view: the report.
        numbers: which findings.
        start: how many of them were told before.
        about: opening words.
        end: closing words.
    """
    shown = numbers[start : start + PAGE]
    lines = [about] if about else []
    for n in shown:
        lines.append(f"{headline(n, view.finding(n))}\n　{gist(view.finding(n))}")
    told = start + len(shown)
    if told < len(numbers):
        lines.append(f"还有{len(numbers) - told}条，可问“还有吗”。")
    lines += [end] if end else []
    return Answer(
        kind="overview",
        text="\n".join(lines),
        citations=tuple(c for n in shown for c in cite(n, view.finding(n))[:1]),
        highlight=cells_cited(view, shown),
        context=Conversation(
            focus="overview", aspect="problems", numbers=numbers, listed=told,
            finding=shown[0] if len(numbers) == 1 else None,
        ),
    )  # fmt: skip


def cells_cited(view: View, numbers: Iterable[int]) -> tuple[str, ...]:
    """The cells that findings rest on."""
    return tuple(dict.fromkeys(c for n in numbers for c in cells_of(view.finding(n))))


def tell_problems(view: View, severities: tuple[str, ...]) -> Answer:
    """All findings, or those of some severities."""
    numbers = tuple(
        n for n, f in enumerate(view.findings, 1) if not severities or f.severity in severities
    )
    if not numbers:
        kinds = "、".join(SEVERITY_NAMES[s] for s in severities)
        none = f"没有“{kinds}”一级的问题。" if severities and view.findings else ""
        text = none or f"{verdict_words(view)}。{counts(view)}{limits(view)}"
        return Answer(kind="overview", text=text, context=Conversation(focus="overview"))
    return tell_list(view, numbers, about=f"{verdict_words(view)}。{counts(view)}")


def tell_raised(view: View) -> Answer:
    """What a language model points out, or that none did."""
    numbers = tuple(n for n, f in enumerate(view.findings, 1) if f.judged_by == "model")
    if numbers:
        return tell_list(view, numbers, about="语言模型的意见，不算程序查出的问题，需人工核对：")
    used = view.run.model.status == "used"
    text = "语言模型看过正文，没有提出意见。" if used else "没有请语言模型看这份报告。"
    return Answer(kind="overview", text=text, context=Conversation(focus="overview"))


def tell_fixes(view: View, numbers: tuple[int, ...] = ()) -> Answer:
    """What to change, briefly for each finding.

    Args:
        view: the report.
        numbers: of the findings; those that stand against the report when empty.
    """
    wanted = numbers or tuple(n for n, f in enumerate(view.findings, 1) if f.verdict == "fail")
    return _each(view, wanted, advice, "下面这些改好以后，请再传一次核对：", aspect="fix")


def tell_bases(view: View, numbers: tuple[int, ...]) -> Answer:
    """What each finding rests on."""
    return _each(view, numbers, lambda f: clauses(f.basis), "各条的依据：", aspect="basis")


def tell_sources(view: View, library: Library, reply: str) -> Answer:
    """The documents that the rules rest on by which nothing was found."""
    judged = (o.rule for o in view.run.outcomes if o.status in ("pass", "fail", "review"))
    rules = (library.rules[r] for r in judged if r in library.rules)
    own = (b for r in rules for b in r.basis if not b.forms or view.form.id in b.forms)
    names = dict.fromkeys(clauses([b.model_copy(update={"clause": ""})]) for b in own)
    text = reply.format(sources="、".join(names))
    return Answer(kind="overview", text=text, context=Conversation(focus="overview"))


def _each(
    view: View, numbers: tuple[int, ...], tell: Callable[[Finding], str], about: str, *, aspect: str
) -> Answer:
    shown = numbers[:PAGE]
    lines = [f"{headline_at(n, view.finding(n))}\n　{tell(view.finding(n))}" for n in shown]
    more = [f"还有{len(numbers) - PAGE}条，可问“还有吗”。"] if len(numbers) > PAGE else []
    return Answer(
        kind="overview",
        text="\n".join((about, *lines, *more)),
        citations=tuple(Citation(finding=n, rule=view.finding(n).rule) for n in shown),
        highlight=cells_cited(view, shown),
        context=Conversation(
            focus="overview", aspect=aspect, numbers=numbers, listed=min(len(numbers), PAGE)
        ),
    )


def tell_others(view: View, known: Sequence[int], others: tuple[int, ...]) -> Answer:
    """The findings beside those that are known already."""
    named = f"第{'、'.join(map(str, known))}条"
    if others:
        return tell_list(view, others, about=f"{named}以外还有{len(others)}条：")
    text = f"{named}以外没有别的问题。{limits(view)}"
    return Answer(kind="overview", text=text, context=Conversation(focus="overview"))


def tell_must(view: View, numbers: Sequence[int], *, where: str = "") -> Answer:
    """Which findings have to be changed, which a person looks at first, which are hints.

    Args:
        view: the report.
        numbers: of the findings that are meant.
        where: the part of the report that was named.
    """
    if not numbers:
        text = f"{where}没有这样的问题。{counts(view)}{limits(view)}"
        return Answer(kind="overview", text=text, context=Conversation(focus="overview"))
    lines: list[str] = []
    for about, belongs in _MUST:
        own = [n for n in numbers if belongs(view.finding(n))]
        if own:
            lines.append(f"{about.format(count=len(own))}：")
            lines += [headline_at(n, view.finding(n)) for n in own[:PAGE]]
            lines += [f"还有{len(own) - PAGE}条。"] if len(own) > PAGE else []
    if all(_MUST[0][1](view.finding(n)) for n in numbers):
        lines.append("没有可改可不改的。")
    return Answer(
        kind="overview",
        text="\n".join(lines),
        citations=tuple(Citation(finding=n, rule=view.finding(n).rule) for n in numbers),
        highlight=cells_cited(view, numbers),
        context=Conversation(
            focus="overview", aspect="must", numbers=tuple(numbers), listed=len(numbers),
            finding=numbers[0] if len(numbers) == 1 else None,
        ),
    )  # fmt: skip


def tell_more(view: View, context: Conversation) -> Answer:
    """The findings that the last list left out."""
    numbers = context.numbers or tuple(range(1, len(view.findings) + 1))
    if context.listed >= len(numbers):
        text = f"没有更多了。{counts(view)}"
        return Answer(kind="overview", text=text, context=context)
    return tell_list(view, numbers, start=context.listed)


def tell_count(view: View) -> Answer:
    """How many findings there are."""
    return Answer(
        kind="overview", text=counts(view), context=Conversation(focus="overview", aspect="count")
    )


def tell_passed(view: View, library: Library, tables: tuple[str, ...]) -> Answer:
    """Rules that were tested and held."""
    passed = _of_tables(view, library, tables, status="pass")
    if not passed:
        return Answer(kind="checked", text="没有哪条规则是核对过并且完全没有问题的。")
    lines: Sequence[str] = [f"{o.rule} {o.title}（比较{o.tests}处）" for o in passed]
    names = "、".join(f"表{view.spec(t).ordinal}" for t in tables)
    if len(passed) > _MANY_RULES:
        titles = {o.rule: o.title for o in passed}
        lines = (*titles_by_kind(titles), _EACH_RULE)
    return Answer(
        kind="checked",
        text="\n".join((f"{names}核对过、没有发现问题的规则有{len(passed)}条：", *lines)),
        citations=tuple(Citation(rule=o.rule) for o in passed),
        context=Conversation(focus="overview", aspect="passed"),
    )


def tell_tested(view: View | None, library: Library, tables: tuple[str, ...]) -> Answer:
    """How many rules there are, and what became of each in the report."""
    own = [r for r in library.rules if not tables or library.tables.get(r) in tables]
    where = "、".join(f"表{view.spec(t).ordinal}" for t in tables) if view else ""
    if view is None:
        return Answer(kind="checked", text=f"{'这些表的' if tables else ''}规则共{len(own)}条。")
    outcomes = [o for o in view.run.outcomes if o.rule in own]
    parts = [
        f"{name}{count}条"
        for status, name in _STATUSES.items()
        if (count := sum(o.status == status for o in outcomes))
    ]
    return Answer(
        kind="checked",
        text=f"{where}规则共{len(outcomes)}条：{'、'.join(parts)}。",
        citations=tuple(Citation(rule=o.rule) for o in outcomes),
        context=Conversation(focus="overview", aspect="passed"),
    )


def _of_tables(
    view: View, library: Library, tables: tuple[str, ...], *, status: str
) -> list[RuleOutcome]:
    return [
        o
        for o in view.run.outcomes
        if o.status == status and (not tables or library.tables.get(o.rule) in tables)
    ]


def tell_unchecked(view: View) -> Answer:
    """What was not judged or does not apply, with reasons, and the figures of the text."""
    lines: list[str] = []
    left = _not_judged(view)
    partly = [o for o in view.run.outcomes if o.reason and o.status in ("pass", "fail", "review")]
    skipped = [o for o in view.run.outcomes if o.status == "not_applicable"]
    for title, outcomes in (
        ("没有判定的规则：", left),
        ("只核对了一部分的规则：", partly),
        ("不适用于本报告的规则：", skipped),
    ):
        if outcomes:
            lines.append(title)
            lines += told_together(
                outcomes,
                empty_form=view.run.report.empty_form and outcomes is left,
                otherwise="本报告没有它要核对的内容。",
            )
    lines += [f"检查没有完成：{p.message}" for p in view.run.problems]
    lines.append(summary(view))
    return Answer(
        kind="unchecked",
        text="\n".join(lines),
        citations=tuple(Citation(rule=o.rule) for o in (*left, *partly, *skipped)),
        context=Conversation(focus="overview", aspect="unchecked"),
    )


def tell_unjudged(view: View) -> Answer:
    """Findings and rules that a person has to decide, with reasons."""
    numbers = tuple(n for n, f in enumerate(view.findings, 1) if f.for_person)
    left = _not_judged(view)
    lines = [*told_together(left, empty_form=view.run.report.empty_form)]
    lines += [p.message for p in view.run.problems]
    end = "\n".join(("没有判定的规则：", *lines)) if lines else ""
    if numbers:
        return tell_list(view, numbers, about="下面这些要人工判断：", end=end)
    text = end or "没有需要人工判断的问题，也没有无法判定的规则。"
    return Answer(
        kind="unchecked",
        text=text,
        citations=tuple(Citation(rule=o.rule) for o in left),
        context=Conversation(focus="overview", aspect="unjudged"),
    )


def tell_doubts(view: View, tables: Sequence[str] = ()) -> Answer:
    """What may have been misread, in all or in the tables that are named."""
    every = view.run.doubts
    doubts = tuple(
        d for d in every if not tables or any(split_address(c).table in tables for c in d.touched)
    )
    if not doubts:
        names = "、".join(f"表{view.spec(t).ordinal}" for t in tables)
        others = f"别处有{len(every)}处，可问“有什么存疑”。" if every else ""
        text = f"{names}没有识读存疑：没有遇到读不准的地方。{others}"
        return Answer(kind="doubts", text=text, context=Conversation(focus="overview"))
    lines = [
        f"{i}. {d.message}" + (f"（第{d.locator.page}页）" if d.locator and d.locator.page else "")
        for i, d in enumerate(doubts, 1)
    ]
    return Answer(
        kind="doubts",
        text="\n".join(("下面这些可能是我们读错，请对照原件；不算报告的错误：", *lines)),
        citations=tuple(
            Citation(cell=d.cell, quote=d.quote or None, locator=d.locator) for d in doubts
        ),
        highlight=tuple(c for d in doubts for c in d.cells or (d.cell,) if c),
        context=Conversation(focus="overview", aspect="doubts"),
    )


def tell_table(view: View, library: Library, table: str) -> Answer:
    """Whether a table is right: its findings, or what was tested and held."""
    spec = view.spec(table)
    name = f"表{spec.ordinal}（{spec.title}）"
    context = Conversation(focus="table", table=table, aspect="healthy")
    if view.run.report.table(table) is None:
        return Answer(kind="status", text=f"报告里没有找到{name}。", context=context)
    numbers = tuple(sorted({*view.about_table(table), *_of_rules(view, library, table)}))
    passed = [f"{o.rule} {o.title}" for o in _of_tables(view, library, (table,), status="pass")]
    left = _of_tables(view, library, (table,), status="not_judged")
    tail = f"核对过、没有问题的：{listed(passed)}。" if passed else ""
    tail += f"没有判定的：{listed(f'{o.rule}（{o.reason}）' for o in left)}。" if left else ""
    doubts = [d for d in view.run.doubts if d.cell and d.cell.startswith(f"{table}/")]
    tail += f"识读存疑{len(doubts)}处，可问“有什么存疑”。" if doubts else ""
    if numbers:
        answer = tell_list(view, numbers, about=f"{name}有{len(numbers)}条问题：", end=tail)
        kept = answer.context.model_copy(update={"aspect": "healthy", "focus": "table"})
        context = kept.model_copy(update={"table": table})
        return answer.model_copy(update={"kind": "status", "context": context})
    return Answer(
        kind="status",
        text=f"{name}没有发现问题。{tail}{'' if left else limits(view)}",
        citations=tuple(Citation(rule=p.split(" ")[0]) for p in passed),
        context=context,
    )


def _of_rules(view: View, library: Library, table: str) -> tuple[int, ...]:
    return tuple(n for n, f in enumerate(view.findings, 1) if library.tables.get(f.rule) == table)
