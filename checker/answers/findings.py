"""Tells one finding: what, why, where, on what basis, what to do, when it is no fault."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from checker.answers.library import Library
from checker.answers.types import Answer, Citation, Conversation
from checker.answers.view import SEVERITY_NAMES, View, clauses, listed
from checker.checks.blame import cells_of
from checker.checks.operands import number
from checker.domain.finding import CellChange, CellEvidence, Finding, TextEvidence
from checker.domain.locator import Locator

_MOST_SINGLE: Final = 3
_MOST_ROWS: Final = 6
_LONGEST_PLACE: Final = 30
_LONGEST_EXCEPTIONS: Final = 60
_LONGEST_MESSAGE: Final = 90
_QUOTED: Final = re.compile(r"“[^”]*”")
_Telling = Callable[[View, Library, Finding], str]


def _what(view: View, library: Library, finding: Finding) -> str:
    # The choices stand in the message already, and as a rule the likely cell too.
    value = finding.suggested_value
    told = value is None or f"应为{number(value)}。" in finding.message
    fix = finding.fix_hint if told else _advice(finding)
    parts = (finding.message, _where(view, library, finding), f"怎么改：{fix}")
    return "\n".join((*parts, f"依据：{_clauses(finding)}"))


def _why(view: View, library: Library, finding: Finding) -> str:
    rule = library.rules.get(finding.rule)
    reason = f"\n规则{finding.rule}的理由：{rule.why}" if rule else ""
    also = f"\n同一处还不符合规则：{'、'.join(finding.also_rules)}。" if finding.also_rules else ""
    return f"{finding.message}{reason}{also}\n依据：{_clauses(finding)}"


def _clauses(finding: Finding) -> str:
    return clauses(finding.basis)


def _basis(view: View, library: Library, finding: Finding) -> str:
    return f"依据是：{_clauses(finding)}。对应规则{finding.rule}“{finding.title}”。"


def _page(place: Locator | None) -> str:
    return f"（第{place.page}页）" if place and place.page else ""


def _where(view: View, library: Library, finding: Finding) -> str:
    cells = [e for e in finding.evidence if isinstance(e, CellEvidence)]
    texts = [e for e in finding.evidence if isinstance(e, TextEvidence)]
    told: list[str] = []
    if cells:
        suspect = [e for e in cells if e.cell == finding.suspect_cell]
        told.append(f"位置：{_cell_places(suspect or cells)}。")
    told += [f"原文：“{e.quote}”{_page(e.locator)}" for e in texts if e.quote]
    return "\n".join(told) or "位置：整份报告，不在某一格。"


def _cell_places(cells: Sequence[CellEvidence]) -> str:
    """Few cells one by one, more of them by rows."""
    if len(cells) <= _MOST_SINGLE:
        return "、".join(f"{e.label}{_page(e.locator)}" for e in cells)
    rows: dict[str, int] = {}
    for cell in cells:
        row, found, _ = cell.label.partition("”行“")
        name = f"{row}”行" if found else cell.label
        rows[f"{name}{_page(cell.locator)}"] = rows.get(f"{name}{_page(cell.locator)}", 0) + 1
    return listed((f"{name}的{n}格" for name, n in rows.items()), most=_MOST_ROWS)


def _pages(view: View, library: Library, finding: Finding) -> str:
    pages = sorted({e.locator.page for e in finding.evidence if e.locator and e.locator.page})
    if pages:
        return f"在第{'、'.join(map(str, pages))}页。\n{_where(view, library, finding)}"
    return f"这种文件格式读不到页码。\n{_where(view, library, finding)}"


def _advice(finding: Finding) -> str:
    return f"{_expected(finding)}{finding.fix_hint}"


def advice(finding: Finding) -> str:
    """What to change, short: the one cell that is likely wrong, not every choice."""
    return _advice(finding) if finding.suspect_cell else finding.fix_hint


def _expected(finding: Finding) -> str:
    only = len(finding.repairs) <= 1
    if finding.suspect_cell and finding.suggested_value is not None and only:
        label = next(
            (e.label for e in finding.evidence
             if isinstance(e, CellEvidence) and e.cell == finding.suspect_cell),
            None,
        )  # fmt: skip
        place = label or _changed_label(finding) or "标出的那一格"
        return f"最可能填错的是{place}，应为{number(finding.suggested_value)}。"
    if not finding.repairs:
        return ""
    if len(finding.repairs) == 1 and len(finding.repairs[0].changes) > _MOST_SINGLE:
        return finding.message  # a whole row or column: the message lists what it should hold
    ways = []
    for repair in finding.repairs:
        changes = "，同时".join(
            f"{c.label}{_printed(c)}，应为{number(c.value)}" if c.value is not None
            else f"{c.label}{_printed(c)}"
            for c in repair.changes
        )  # fmt: skip
        ways.append(changes)
    if len(ways) == 1:
        return f"可能填错的是{ways[0]}，请对照台账核实。"
    return f"可能填错的是下列之一，请对照台账核实：{'；'.join(ways)}。"


def _printed(change: CellChange) -> str:
    return f"填“{change.printed}”" if change.printed else "空白"


def _changed_label(finding: Finding) -> str | None:
    changes = (c for r in finding.repairs for c in r.changes)
    return next((c.label for c in changes if c.cell == finding.suspect_cell), None)


def _fix(view: View, library: Library, finding: Finding) -> str:
    return f"怎么改：{_advice(finding)}"


def _should(view: View, library: Library, finding: Finding) -> str:
    if told := _expected(finding):
        return told if finding.suspect_cell is None else f"{told}改之前请对照台账。"
    if not any(isinstance(e, CellEvidence) for e in finding.evidence):
        return f"{finding.message}\n{finding.fix_hint}"
    return f"报告和规则算不出唯一的数，不能替您填。{finding.fix_hint}"


def _false_alarm(view: View, library: Library, finding: Finding) -> str:
    rule = library.rules.get(finding.rule)
    exceptions = rule.exceptions if rule else ()
    if exceptions:
        cases = "；".join(e.rstrip("。") for e in exceptions)
        tail = f"规则{finding.rule}写明的例外和说明：{cases}。是否属于，请对照原件判断。"
    else:
        tail = f"规则{finding.rule}没有写例外情形。"
    certain = (
        "这一条需要人工判断。" if finding.verdict == "review" else "这一条由报告里的内容直接得出。"
    )
    doubts = _doubts_near(view, finding)
    return f"{certain}{tail}{doubts}"


def _doubts_near(view: View, finding: Finding) -> str:
    cells = set(cells_of(finding))
    near = [d.message for d in view.run.doubts if not d.touched.isdisjoint(cells)]
    return f"\n这些格的识读有存疑，请先看原件：{'；'.join(near)}" if near else ""


def _must(view: View, library: Library, finding: Finding) -> str:
    """Whether it has to be changed, as far as severity and verdict say so."""
    rule = library.rules.get(finding.rule)
    if finding.judged_by == "model":
        return "不一定要改：这是语言模型的意见，请先人工核对。"
    if finding.verdict == "fail":
        kind = SEVERITY_NAMES[finding.severity]
        told = f"要改：这是“{kind}”，由报告里的内容直接得出，改正前总体结论是“不通过”。"
    elif finding.severity == "note":
        told = "不一定要改：这是“提示”，请人工看一下，有道理再改。"
    else:
        told = "先人工核对：程序不能断定是错，确是问题就要改。"
    if rule and rule.exceptions:
        few = "；".join(e.rstrip("。") for e in rule.exceptions)
        told += (
            f"例外：{few}。"
            if len(few) <= _LONGEST_EXCEPTIONS
            else "有例外情形，可以接着问“有没有例外”。"
        )
    else:
        told += "规则没有写例外情形。"
    return f"{told}\n怎么改：{advice(finding)}"


def _choices(view: View, library: Library, finding: Finding) -> str:
    """Why it names several cells, or that it names one or none."""
    ways = len(finding.repairs)
    if ways > 1:
        reason = "照其中任何一种改，算式都能成立；报告里没有依据断定是哪一处填错，请对照台账"
        return f"列出{ways}种改法，是因为{reason}。"
    if told := _expected(finding):
        return f"这一条只列出一种改法。{told}"
    return f"这一条没有列出可能填错的格。{finding.fix_hint}"


def _rule_ids(view: View, library: Library, finding: Finding) -> str:
    """The rules that one fault breaks."""
    told = f"规则编号是{finding.rule}“{finding.title}”。"
    if not finding.also_rules:
        return f"{told}这一条只有这一个编号。"
    others = "、".join(
        f"{r}“{library.rules[r].title}”" if r in library.rules else r for r in finding.also_rules
    )
    count = len(finding.also_rules) + 1
    return f"{told}同一处还不符合{others}。同一个错只列一条，所以有{count}个编号。"


_TELLINGS: Final[Mapping[str, _Telling]] = {
    "choices": _choices,
    "rule_ids": _rule_ids,
    "must": _must,
    "why": _why,
    "basis": _basis,
    "where": _where,
    "page": _pages,
    "fix": _fix,
    "should": _should,
    "false_alarm": _false_alarm,
}
ASPECTS: Final = tuple(_TELLINGS)
_NARROW: Final = ("choices", "rule_ids")
"""With these 为什么 asks for nothing more."""


def gist(finding: Finding) -> str:
    """The message; of a long one its first sentence, which says what is wrong by how much."""
    message = finding.message
    if len(message) <= _LONGEST_MESSAGE:
        return message
    masked = _QUOTED.sub(lambda quoted: "“" * len(quoted[0]), message)
    end = masked.find("。")
    return message[: end + 1] if end >= 0 else message


def headline(number: int, finding: Finding) -> str:
    """One line that names a finding, as the cards do."""
    review = "，需人工核对" if finding.for_person else ""
    name = SEVERITY_NAMES[finding.severity] if finding.judged_by == "code" else "模型意见"
    return f"第{number}条（{name}{review}）{finding.rule} {finding.title}"


def headline_at(number: int, finding: Finding) -> str:
    """The same with the place, so that several findings of one rule are told apart."""
    place, found, _ = finding.message.partition("：")
    at = f"：{place}" if found and len(place) <= _LONGEST_PLACE else ""
    return f"{headline(number, finding)}{at}"


def cite(number: int, finding: Finding) -> tuple[Citation, ...]:
    """A finding with all that it rests on."""
    cited = [Citation(finding=number, rule=finding.rule)]
    cited += [Citation(article=f"{b.source} {b.clause}".strip()) for b in finding.basis]
    for item in finding.evidence:
        if isinstance(item, CellEvidence):
            cited.append(Citation(cell=item.cell, quote=item.printed, locator=item.locator))
        else:
            cited.append(Citation(quote=item.quote, locator=item.locator))
    return tuple(cited)


def tell_finding(
    view: View, library: Library, *, number: int, aspects: tuple[str, ...], known: bool = False
) -> Answer:
    """One finding; everything about it when no aspect is asked.

    Args:
        view: the report.
        library: rules, for reasons and exceptions.
        number: of the finding, from 1.
        aspects: what is asked about it, of ``ASPECTS``.
        known: it was just spoken of, so what is wrong need not be said again.
    """
    finding = view.finding(number)
    aspects = tuple(a for a in aspects if a in _NARROW) or aspects
    wanted = [_TELLINGS[a] for a in _TELLINGS if a in aspects] or [_what]
    told = [tell(view, library, finding) for tell in wanted]
    # What to change names the cells and what they hold; the message would say it twice.
    named = bool(finding.suspect_cell or finding.repairs) and set(aspects) <= {"fix", "should"}
    if not known and not named and not any(t.startswith(finding.message) for t in told):
        told.insert(0, gist(finding) if "must" in aspects else finding.message)
    return Answer(
        kind="finding",
        text="\n".join((headline(number, finding), *told)),
        citations=cite(number, finding),
        highlight=cells_of(finding),
        context=Conversation(
            focus="finding",
            finding=number,
            cells=cells_of(finding),
            rule=finding.rule,
            aspect=next((a for a in ASPECTS if a in aspects), None),
        ),
    )
