"""Tells of the parts of a report: where most findings are, and how long a section is."""

from collections.abc import Sequence
from typing import NamedTuple

from checker.answers import overview
from checker.answers.library import Library
from checker.answers.types import Answer, Citation, Conversation
from checker.answers.view import View
from checker.assemble.passages import SectionText
from checker.checks.blame import cells_of
from checker.checks.sections import text_length
from checker.domain.finding import Finding, TextEvidence
from checker.domain.report import split_address
from checker.rulebook.kinds_structure import LengthRule


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
