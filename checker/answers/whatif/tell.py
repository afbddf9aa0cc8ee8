"""Tells what becomes of a report under a supposition: verdict, findings, sums, figures."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from checker.answers.cells import short_value
from checker.answers.findings import gist
from checker.answers.ledger import VERDICTS
from checker.answers.overview import VERDICT_NAMES
from checker.answers.types import Answer, Citation, Conversation
from checker.answers.view import SEVERITY_NAMES, View
from checker.answers.whatif.compute import Turned, WhatIf, new_value
from checker.domain.claim import Claim
from checker.domain.finding import Finding

_MOST: Final = 8
_BROKEN: Final = "：不符合"
_STAYS: Final = "不受影响、仍在的问题"
UNCHANGED: Final = "这只是假设，报告没有改动。"


def tell_what_if(
    view: View, found: WhatIf, *, assumed: str = "", whole: bool = False, counted: bool = False
) -> Answer:
    """What goes, what comes and what stays.

    Args:
        view: the report as it is.
        found: from ``what_if``.
        assumed: what was taken for granted about the wording.
        whole: tell the findings that stay in full, and no sums.
        counted: say first how many there are then.
    """
    lines = [f"假设{_changes(view, found)}。{assumed}{UNCHANGED}"]
    lines += [_counts(found.after.findings)] if counted else []
    lines.append(_verdict(found))
    lines += _listed("改后的数字", map(_figure, found.figures))
    lines += _listed("会消失的问题", (_line(view, f) for f in found.gone))
    lines += _listed("新出现的问题", (_line(view, f, message=True) for f in _once(found.new)))
    altered = [p for p in found.stayed if p.before.message != p.after.message]
    same = [p.after for p in found.stayed if p.before.message == p.after.message]
    same.sort(key=lambda f: number_of(view, f) or len(view.findings))
    lines += _listed(
        "仍在、但数字变了的问题",
        (f"{_line(view, p.before)}\n　{p.after.message}" for p in altered),
    )
    lines += _unchanged(view, same, whole=whole)
    starts = {c.figure.start for c in found.figures}
    others = (t for t in found.turned if t.after.figure.start not in starts)
    lines += _listed("正文数字的变化", map(_turned, others))
    told_wrong = {f.rule for f in (*found.new, *(p.after for p in altered))}
    sums = (s for s in found.sums if not (_BROKEN in s and s.partition(" ")[0] in told_wrong))
    lines += _listed("用到这些格的等式", () if whole else sums)
    if found.left_out:
        lines.append(f"语言模型提出的{len(found.left_out)}条意见没有重新核对。")
    cells = tuple(c.cell for c in found.changes if c.cell)
    text = view.run.report.document.text
    figures = [c.figure for c in found.changes if c.figure]
    return Answer(
        kind="supposed",
        text="\n".join(lines),
        citations=(
            *(view.cite_cell(a) for a in cells),
            *(Citation(quote=text[f.start : f.end], locator=f) for f in figures),
            *(Citation(finding=n, rule=f.rule) for f in found.gone if (n := number_of(view, f))),
            *(Citation(rule=f.rule) for f in found.new),
        ),
        highlight=cells,
        context=Conversation(focus="supposed", cells=cells, supposed=found.changes),
    )


def _counts(findings: Sequence[Finding]) -> str:
    """How many findings there are under what is supposed."""
    told = (
        f"{name}{n}条"
        for s, name in SEVERITY_NAMES.items()
        if (n := sum(f.severity == s for f in findings))
    )
    kinds = "、".join(told)
    return f"改后还有{len(findings)}条问题：{kinds}。" if findings else "改后没有问题了。"


def _once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """What is wrong with one place once, with every guess at the cell behind it."""
    told: dict[tuple[str, str], Finding] = {}
    for finding in findings:
        wrong, found, guess = finding.message.partition("。")
        key = (finding.rule, wrong)
        first = told.get(key)
        also = f"{first.message}也可能：{guess}" if first and found and guess else ""
        told[key] = first.model_copy(update={"message": also}) if first and also else finding
    yield from told.values()


def _changes(view: View, found: WhatIf) -> str:
    told = []
    text = view.run.report.document.text
    for change in found.changes:
        if change.figure is not None:
            printed = text[change.figure.start : change.figure.end]
            told.append(f"正文“{change.quote}”里的{printed}改为{change.printed}")
            continue
        old = short_value(view.value(change.cell))
        new = short_value(new_value(view, change.cell, change.printed))
        told.append(f"{view.label(change.cell)}由{old}改为{new}")
    return "，".join(told)


def _verdict(found: WhatIf) -> str:
    before, after = found.before.verdict, found.after.verdict
    if before == after:
        return f"结论仍是“{VERDICT_NAMES[after]}”。"
    return f"结论会由“{VERDICT_NAMES[before]}”变为“{VERDICT_NAMES[after]}”。"


def _figure(claim: Claim) -> str:
    return f"“{_clause(claim)}”：{VERDICTS[claim.verdict]}。{claim.reason}"


def _clause(claim: Claim) -> str:
    return "".join(claim.quote.split())


def _turned(turned: Turned) -> str:
    """A figure with another verdict; when it is wrong now, a new finding tells why."""
    after = turned.after
    reason = "" if after.verdict == "refuted" else after.reason
    return (
        f"“{_clause(after)}”：由{VERDICTS[turned.before.verdict]}变为"
        f"{VERDICTS[after.verdict]}。{reason}"
    )


def _listed(title: str, lines: Iterable[str]) -> Iterator[str]:
    every = list(lines)
    if every:
        yield f"{title}{len(every)}处："
        yield from every[:_MOST]
    if len(every) > _MOST:
        yield f"还有{len(every) - _MOST}处。"


def _unchanged(view: View, same: Sequence[Finding], *, whole: bool) -> Iterator[str]:
    """The findings that stay as they are: by their numbers, or in full."""
    numbers = [number_of(view, f) for f in same]
    if whole or not same or None in numbers:
        yield from _listed(_STAYS, (_line(view, f, message=whole, brief=True) for f in same))
    else:
        yield f"{_STAYS}{len(same)}处：第{'、'.join(map(str, numbers))}条。"


def _line(view: View, finding: Finding, *, message: bool = False, brief: bool = False) -> str:
    """A finding in one line, with its number on the cards where it has one."""
    number = number_of(view, finding)
    place, found, _ = finding.message.partition("：")
    at = f"（{place}）" if found and place.startswith("表") else ""
    said = gist(finding) if brief else finding.message
    told = said if message else f"{finding.title}{at}"
    head = f"第{number}条" if number else "新问题" if message else "这一条"
    review = "，需人工核对" if finding.for_person else ""
    return f"{head}（{SEVERITY_NAMES[finding.severity]}{review}）{finding.rule} {told}"


def number_of(view: View, finding: Finding) -> int | None:
    """The number of a finding on the cards; None for one that is not there."""
    prints = [f.fingerprint for f in view.findings]
    wanted = finding.fingerprint
    return prints.index(wanted) + 1 if wanted in prints else None
