"""Tells what putting findings right leads to: whether the report passes then, how much it is."""

from collections.abc import Sequence
from itertools import chain
from typing import Final

from checker.answers.findings import headline_at
from checker.answers.overview import PAGE, VERDICT_NAMES, cells_cited
from checker.answers.remedies import (
    effect_of,
    failing,
    numbered,
    repair_of,
    told_of,
    ways_of,
)
from checker.answers.types import Answer, Change, Conversation
from checker.answers.view import View
from checker.answers.whatif import what_if
from checker.checks.blame import cells_of
from checker.checks.engine import verdict_of
from checker.domain.finding import CellEvidence, Finding, TextEvidence
from checker.domain.run import Verdict

_AGAIN: Final = "改完请再传一次核对，看有没有带出新的问题。"
_MOST_TRIED: Final = 12
_MOST_ADVISED: Final = 3
_MOST_SUMS: Final = 4
_EVERY_CELL: Final = "C"
"""Rules about cells: each cell that such a finding rests on has to be changed."""


def tell_after(view: View, numbers: Sequence[int]) -> Answer:
    """Whether the report passes when some findings are put right.

    Args:
        view: the report.
        numbers: of the findings; all that stand against it when empty.
    """
    chosen = tuple(dict.fromkeys(numbers or failing(view)))
    changes = {c.cell: c for n in chosen for c in repair_of(view.finding(n))}
    effect = effect_of(view, tuple(changes.values()))
    along = tuple(n for n in effect.gone if n not in chosen)
    left = tuple(n for n in range(1, len(view.findings) + 1) if n not in (*chosen, *along))
    verdict = _verdict_with(view, left)
    lines = [_opening(view, chosen, left, verdict)]
    if along:
        lines.append(f"照建议的数改，{numbered(along)}也会一起消失。")
    lines += _in_the_way(view, left, verdict)
    advised = tuple(n for n in chosen if repair_of(view.finding(n)))
    if advised and len(chosen) > 1 and set(advised) <= set(effect.gone):
        others = tuple(n for n in chosen if n not in effect.gone)
        lines.append(f"代入建议的数按规则重新核对：{numbered(advised)}消失{_still(others)}。")
    if effect.new:
        titles = "、".join(dict.fromkeys(f"{f.rule} {f.title}" for f in effect.new))
        lines.append(f"注意：照建议的数改，会新出现{len(effect.new)}条问题（{titles}），要一并改。")
    lines += [_AGAIN] if chosen else []
    told = tuple(n for n in left if view.finding(n).verdict == "fail") or chosen
    return told_of(view, lines, told, cells=cells_cited(view, told))


def _still(numbers: Sequence[int]) -> str:
    """That findings without a figure of ours have to be put right by hand."""
    if not numbers:
        return ""
    return f"；{numbered(numbers)}没有唯一的建议数，仍在，要核实后改"


def _verdict_with(view: View, left: Sequence[int]) -> Verdict:
    """The verdict if only these findings were left; what was not judged stays open."""
    run = view.run
    return verdict_of([view.finding(n) for n in left], run.outcomes, run.doubts, run.problems)


def _opening(view: View, chosen: Sequence[int], left: Sequence[int], verdict: Verdict) -> str:
    if not chosen:
        return f"没有必须改的问题，结论是“{VERDICT_NAMES[verdict]}”。"
    against = [n for n in left if view.finding(n).verdict == "fail"]
    every = len(chosen) > 1 and not against
    said = f"{numbered(chosen)}{'全部' if every else ''}改好以后"
    if verdict == "pass":
        return f"能通过：{said}，没有别的必须改的问题。"
    if verdict == "review":
        return f"还不能直接通过：{said}，结论会是“{VERDICT_NAMES[verdict]}”。还要看的是："
    return f"不能通过：{said}，还有{len(against)}条必须改："


def _in_the_way(view: View, left: Sequence[int], verdict: Verdict) -> list[str]:
    """What then stands in the way: findings, and what was not judged."""
    if verdict == "pass":
        return []
    fails = verdict == "fail"
    wanted = [
        n
        for n in left
        if (f := view.finding(n)) and (f.verdict == "fail" if fails else f.for_person)
    ]
    lines = [headline_at(n, view.finding(n)) for n in wanted[:PAGE]]
    if fails:
        return lines
    run = view.run
    doubts = sum(not d.harmless for d in run.doubts)
    lines += [f"识读存疑{doubts}处，可问“有什么存疑”。"] if doubts else []
    open_rules = (o for o in run.outcomes if o.status == "not_judged")
    lines += [f"没有判定：{o.rule} {o.title}。{o.reason}" for o in open_rules]
    return [*lines, *(f"检查没有完成：{p.message}" for p in run.problems)]


def tell_unchanged(view: View) -> Answer:
    """Whether the report passes as it is."""
    against = failing(view)
    if not against:
        return tell_after(view, ())
    lines = [f"不能通过：有{len(against)}条必须改的问题。"]
    lines += [headline_at(n, view.finding(n)) for n in against[:PAGE]]
    return told_of(view, lines, against, cells=cells_cited(view, against))


# -- why a figure is advised ------------------------------------------------------------------


def tell_advised(view: View, value: str, numbers: Sequence[int]) -> Answer | None:
    """The sums from which a figure follows that findings advise; None when none advises it.

    Args:
        view: the report.
        value: the figure.
        numbers: of the findings that may be meant.
    """
    blocks: list[str] = []
    cells: list[str] = []
    told: list[int] = []
    for n in numbers:
        ways = tuple(ways_of(view.finding(n)))
        way = next((w for w in ways if any(c.printed == value for c in w)), None)
        if way is None or any(view.value(c.cell) is None for c in way):
            continue
        told.append(n)
        cells += [c.cell for c in way]
        blocks.append("\n".join(_sums_with(view, n, way, several=len(ways) > 1)))
    if not told or len(told) > _MOST_ADVISED:
        return None
    answer = told_of(view, blocks, told, cells=tuple(dict.fromkeys(cells)))
    focus = answer.context.model_copy(update={"focus": "finding", "aspect": "why"})
    one = len(told) == 1
    return answer.model_copy(update={"kind": "finding", **({"context": focus} if one else {})})


def _sums_with(view: View, n: int, way: Sequence[Change], *, several: bool) -> list[str]:
    """The equations of a finding once the cells hold what is advised."""
    finding = view.finding(n)
    rules = (finding.rule, *finding.also_rules)
    sums = [s for s in what_if(view, way).sums if s.partition(" ")[0] in rules]
    changed = "，".join(f"{view.label(c.cell)}填{c.printed}" for c in way)
    lines = [headline_at(n, finding), finding.message, f"{changed}时，有关的等式是："]
    lines += sums[:_MOST_SUMS]
    lines.append(
        "这只是几种可能的改法之一，到底哪一格填错，要对照台账。"
        if several
        else "改之前请对照台账。"
    )
    return lines


# -- how much there is to change -------------------------------------------------------------


def tell_spots(view: View, numbers: Sequence[int]) -> Answer:
    """How many cells and passages have to be changed, and which of them are certain.

    Args:
        view: the report.
        numbers: of the findings that are meant.
    """
    wanted = [n for n in numbers if view.finding(n).verdict == "fail"]
    others = [n for n in numbers if n not in wanted]
    rest = f"另有{numbered(others)}不一定要改，请人工看。" if others else ""
    if not wanted:
        text = f"没有必须改的格，也没有必须改的文字。{rest}"
        return Answer(kind="overview", text=text, context=Conversation(focus="overview"))
    certain = {n: _certain(view.finding(n)) for n in wanted}
    cells = sorted(set(chain.from_iterable(certain.values())))
    lines = [f"必须改的问题有{len(wanted)}条。"]
    if cells:
        told = "、".join(f"第{n}条{len(own)}格" for n, own in certain.items() if own)
        lines.append(f"能确定要改的格共{len(cells)}格：{told}。")
    changes = {c.cell: c for n in wanted for c in repair_of(view.finding(n))}
    along = [n for n in effect_of(view, tuple(changes.values())).gone if not certain.get(n, ("",))]
    if along:
        lines.append(f"照建议的数改了这些格，{numbered(along)}也一起消失。")
    open_spots = [n for n in wanted if not certain[n] and n not in along]
    lines += [f"第{n}条：{_open_spot(view.finding(n))}。" for n in open_spots[:PAGE]]
    lines += [f"还有{len(open_spots) - PAGE}条。"] if len(open_spots) > PAGE else []
    return told_of(view, [*lines, *([rest] if rest else [])], wanted, cells=cells)


def _certain(finding: Finding) -> tuple[str, ...]:
    """The cells that are certain to be changed; none when it may be one or another."""
    if finding.rule.startswith(_EVERY_CELL):
        return cells_of(finding)
    return tuple(c.cell for c in repair_of(finding))


def _open_spot(finding: Finding) -> str:
    """Where something has to be changed when the cell is not certain."""
    quoted = any(isinstance(e, TextEvidence) for e in finding.evidence)
    cells = [e for e in finding.evidence if isinstance(e, CellEvidence)]
    if quoted and cells:
        return "正文或表格里改一处，对照台账才知道是哪一处"
    if not cells:
        return "改正文"
    sizes = sorted({len(r.changes) for r in finding.repairs})
    if not sizes:
        return f"涉及{len(cells)}格，对照台账才知道改哪一格"
    size = "或".join(map(str, sizes))
    return f"改{size}格，有{len(finding.repairs)}种改法，对照台账才知道是哪一种"


# -- whether one cell is enough --------------------------------------------------------------


def tell_one_cell(view: View) -> Answer:
    """Whether there is a single cell whose change leaves nothing against the report."""
    against = failing(view)
    if not against:
        return tell_after(view, ())
    named = numbered(against)
    for change in _single_changes(view, against):
        if set(against) <= set(effect_of(view, (change,)).gone):
            text = f"能：{view.label(change.cell)}改为{change.printed}，{named}就会消失。{_AGAIN}"
            return told_of(view, [text], against, cells=(change.cell,))
    if len(against) == 1:
        text = f"不能确定：{named}算不出唯一的一格，要对照台账。"
    elif _shared(view, against):
        text = f"不能确定：必须改的有{named}，没有查到改一格就能一起消除的办法。"
    else:
        text = f"不能：必须改的有{named}，它们不在同一格，改一格不能都消除。"
    return told_of(view, [text], against)


def _shared(view: View, numbers: Sequence[int]) -> set[str]:
    """The cells that all of some findings rest on."""
    return set.intersection(*({*cells_of(view.finding(n))} for n in numbers))


def _single_changes(view: View, numbers: Sequence[int]) -> tuple[Change, ...]:
    """Changes of one cell that repair some finding, of cells that all the findings rest on."""
    shared = _shared(view, numbers)
    ways = chain.from_iterable(ways_of(view.finding(n)) for n in numbers)
    single = {w[0].key + w[0].printed: w[0] for w in ways if len(w) == 1 and w[0].cell in shared}
    return tuple(single.values())[:_MOST_TRIED]
