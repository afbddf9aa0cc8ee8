"""Tells of the parts of a report: a section, its length, and where most findings are."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from checker.answers import overview
from checker.answers.findings import gist
from checker.answers.library import Library
from checker.answers.types import Answer, Citation, Conversation
from checker.answers.view import View, listed
from checker.assemble.passages import SectionText
from checker.checks.blame import cells_of
from checker.checks.sections import text_length
from checker.domain.finding import Finding, TextEvidence
from checker.domain.report import Section, split_address
from checker.rulebook.kinds_structure import LengthRule

_MOST_TEXT: Final = 300
_NOT_JUDGED: Final = "规则只看有没有写到；写得实不实、够不够深，请人工看。"


class _Part(NamedTuple):
    """A section or a table with the findings about it."""

    id: str
    name: str
    numbers: tuple[int, ...]


class Count(NamedTuple):
    """What is counted.

    Attributes:
        severities: only findings of these; of all when empty.
        only: ids of the sections or tables to count; all when empty.
        by_table: count by table instead of by section.
        least: name the part with the fewest first.
    """

    severities: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    by_table: bool = False
    least: bool = False


def tell_parts(view: View, library: Library, count: Count) -> Answer:
    """How many findings each part has, the part with most of them first."""
    severities, only, by_table, least = count
    numbers = [
        n for n, f in enumerate(view.findings, 1) if not severities or f.severity in severities
    ]
    found = _by_table(view, library, numbers) if by_table else _by_section(view, library, numbers)
    ranked = sorted(
        (p for p in found if not only or p.id in only),
        key=lambda p: len(p.numbers),
        reverse=not least,
    )
    told = tuple(n for p in ranked for n in p.numbers)
    if not told:
        return overview.tell_problems(view, severities)
    ends = [p.name for p in ranked if len(p.numbers) == len(ranked[0].numbers)]
    clean = [p.name for p in ranked if not p.numbers]
    none = f"每{'张表' if by_table else '个部分'}都有问题。"
    lines = [
        f"问题最{'少' if least else '多'}的是{'、'.join(ends)}："
        f"{'各' if len(ends) > 1 and ranked[0].numbers else ''}{_count(ranked[0])}。",
        *(f"{p.name}：{_count(p)}（{_numbers(p)}）。" for p in ranked if p.numbers),
        f"没有发现问题的：{'、'.join(clean)}。" if clean else none,
    ]
    return Answer(
        kind="overview",
        text="\n".join(lines),
        citations=tuple(Citation(finding=n, rule=view.finding(n).rule) for n in told),
        context=Conversation(focus="overview", aspect="problems", numbers=told, listed=len(told)),
    )


def _count(part: _Part) -> str:
    return f"{len(part.numbers)}条" if part.numbers else "没有"


def _numbers(part: _Part) -> str:
    return "第" + "、".join(map(str, part.numbers)) + "条"


def _by_table(view: View, library: Library, numbers: Sequence[int]) -> list[_Part]:
    owners = {n: _table_of(view.finding(n), library) for n in numbers}
    return [
        _Part(s.id, f"表{s.ordinal}", tuple(n for n in numbers if owners[n] == s.id))
        for s in view.specs
    ]


def _by_section(view: View, library: Library, numbers: Sequence[int]) -> list[_Part]:
    owners = {n: _section_of(view, library, view.finding(n)) for n in numbers}
    parts = [
        _Part(s.id, f"“{s.ordinal}、{s.label}”", tuple(n for n in numbers if owners[n] == s.id))
        for s in view.form.sections
    ]
    known = {s.id for s in view.form.sections}
    rest = tuple(n for n in numbers if owners[n] not in known)
    return [*parts, _Part("", "不属于某一部分的", rest)] if rest else parts


def _table_of(finding: Finding, library: Library) -> str | None:
    """The table of the first cell, else the one that the rule is about."""
    cells = cells_of(finding)
    return split_address(cells[0]).table if cells else library.tables.get(finding.rule)


def _section_of(view: View, library: Library, finding: Finding) -> str | None:
    if table := _table_of(finding, library):
        return view.spec(table).section
    quoted = {e.section for e in finding.evidence if isinstance(e, TextEvidence)}
    return quoted.pop() if len(quoted) == 1 else None


def tell_lengths(view: View, library: Library, sections: Sequence[str]) -> Answer:
    """How many characters sections have, and what the rules say of that; of all when none given."""
    known = {"introduction": "引言"} | {
        str(s.id): f"“{s.ordinal}、{s.label}”" for s in view.form.sections
    }
    lines: list[str] = []
    citations: list[Citation] = []
    for section in sections or tuple(s.id for s in view.form.sections):
        found = [s for s in view.run.report.sections if s.id == section]
        if not found:
            lines.append(f"报告里没有找到{known[section]}部分。")
            continue
        length = text_length(SectionText(view.run.report, s) for s in found)
        if not length and not sections:
            continue
        lines.append(f"{known[section]}部分的文字有{length}字（不计空格和表格）。")
        citations += [Citation(quote=s.title, locator=s.locator) for s in found]
        for rule in library.rules.values():
            if isinstance(rule, LengthRule) and rule.section == section:
                lines.append(
                    f"规则{rule.id}：{rule.title}，有的地方通知要求{rule.limit}字左右，国家格式没有见到字数规定。"
                )
                citations.append(Citation(rule=rule.id))
    return Answer(
        kind="section",
        text="\n".join(lines),
        citations=tuple(citations),
        context=Conversation(
            focus="section" if len(sections) == 1 else "overview",
            section=sections[0] if len(sections) == 1 else None,
        ),
    )


def tell_section(
    view: View, library: Library, section: str, *, text: bool, judged: bool = False
) -> Answer:
    """Whether a section is there and right, and what was checked in it.

    Args:
        view: the report.
        library: the rules.
        section: its id.
        text: its opening words are told too.
        judged: it is asked whether it is good enough, which no rule decides.
    """
    found = view.run.report.section(section)
    spec = next((s for s in view.form.sections if s.id == section), None)
    name = f"“{spec.ordinal}、{spec.label}”" if spec else "引言"
    context = Conversation(focus="section", section=section)
    if found is None:
        return Answer(kind="section", text=f"报告里没有找到{name}部分。", context=context)
    numbers = numbers_of(view, library, section)
    lines = [_opening(view, found, name)] if text else []
    if numbers:
        lines += [f"{name}部分有{len(numbers)}条问题："]
        lines += [f"第{n}条：{gist(view.finding(n))}" for n in numbers]
    else:
        lines += [f"{name}部分在报告里，核对过的规则没有在这里发现问题。"]
    checked = _checked(view, library, section)
    lines += [f"核对过、没有问题的：{listed(checked)}。"] if checked else []
    lines += [_NOT_JUDGED] if judged and not _tables_in(view, section) else []
    return Answer(
        kind="section",
        text="\n".join(lines),
        citations=(
            Citation(quote=found.title, locator=found.locator),
            *(Citation(finding=n, rule=view.finding(n).rule) for n in numbers),
            *(Citation(rule=told.partition(" ")[0]) for told in checked),
        ),
        highlight=overview.cells_cited(view, numbers),
        context=context.model_copy(
            update={
                "finding": numbers[0] if len(numbers) == 1 else None,
                "numbers": numbers,
                "listed": len(numbers),
            }
        ),
    )


def _tables_in(view: View, section: str) -> tuple[str, ...]:
    return tuple(s.id for s in view.specs if s.section == section)


def numbers_of(view: View, library: Library, section: str) -> tuple[int, ...]:
    """Findings that quote a section, that rest on its table, or whose rule is about it."""
    tables = _tables_in(view, section)
    own = {n for n, f in enumerate(view.findings, 1) if library.sections.get(f.rule) == section}
    own |= {n for t in tables for n in view.about_table(t)}
    own |= {n for n, f in enumerate(view.findings, 1) if library.tables.get(f.rule) in tables}
    return tuple(sorted({*view.about_section(section), *own}))


def _checked(view: View, library: Library, section: str) -> list[str]:
    """Rules about a section or its table that were tested and held."""
    tables = _tables_in(view, section)
    return [
        f"{o.rule} {o.title}"
        for o in view.run.outcomes
        if o.status == "pass"
        and (library.sections.get(o.rule) == section or library.tables.get(o.rule) in tables)
    ]


def _opening(view: View, found: Section, name: str) -> str:
    prose = view.run.report.prose(found).strip()
    if not prose:
        return f"{name}部分只有标题或表格，没有文字。"
    shown = prose[:_MOST_TEXT]
    rest = f"……（共{len(prose)}个字，只列开头）" if len(prose) > len(shown) else ""
    return f"{name}部分的原文：\n{shown}{rest}"
