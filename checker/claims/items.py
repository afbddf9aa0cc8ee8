"""The 事项 of 许可, 处罚 … in the form of 2019: how many there were, came, went and are.

The row named last in a clause holds for the figures behind it: 行政许可项目减少18项，为194项，处理
决定38841件. It leaves alone whatever has a subject of its own.
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from checker.claims.figures import Figure
from checker.claims.judge import Doubtful, against_cells, fits, plain
from checker.claims.rows import Row
from checker.claims.sentences import Sentence, unknown_length
from checker.claims.subjects import DECISIONS, JOINED, TOPICAL, Subject
from checker.claims.targets import Tables, Target
from checker.domain.claim import ClaimCheck
from checker.rulebook.terms import ItemPart, load_terms

_ROWS: Final = DECISIONS | {"fees"}
_CASES: Final = ("件", "起", "宗", "份", None)
_GROSS: Final = "正文说的可能只是新增或取消的一部分"
_HANDLED: Final = "办件不一定都是作出处理决定的"
_NOTHING: Final = ("action", "scope", "negation", "universal", "mark")


class _Named(NamedTuple):
    """The row of table 二 spoken of at a place, and what stands since."""

    topic: str
    end: int


def bind_items(sentence: Sentence, rows: Sequence[Row], tables: Tables) -> None:
    """Judge the figures of 事项 and of decisions that follow the name of a row of table 二."""
    told: dict[str, list[Row]] = {}
    for row in rows:
        figure, named = row.figure, _named(sentence, row.start)
        if figure is None or figure.value is None or named is None:
            continue
        items = tables.items(named.topic, prior=False)
        part = _part(sentence, row, named) if items or figure.unit in _CASES else None
        if part is None or (not items and part != "decisions"):
            continue
        check = _check(row, figure, part, tables, named.topic)
        if check is not None:
            row.subject = Subject(topics=(named.topic,), own_topic=True)
            row.elsewhere, row.scope, row.settled = "", "own", True
            row.checks.append(check)
            told.setdefault(named.topic, []).append(row)
    for changes in ([r for r in t if r.moved] for t in told.values()):
        if len(changes) > 1:  # 新增3项、取消8项: neither is the balance of the table
            for row in changes:
                row.checks = [c.model_copy(update=_open(c)) for c in row.checks]


def _open(check: ClaimCheck) -> dict[str, object]:
    if check.verdict != "refuted":
        return {}
    return {
        "verdict": "not_enough_info",
        "reason": f"{check.reason.removesuffix('，不一致。')}；{_GROSS}，请人工核对。",
    }


def _named(sentence: Sentence, place: int) -> _Named | None:
    """The row of table 二 named last before a place in its part of the sentence, and alone."""
    since = max(sentence.text.rfind(";", sentence.start, place) + 1, sentence.start)
    handled = load_terms().item_parts["handled"]
    words = [w for w in sentence.words_between(since, place) if w.value("topic")]
    words = [w for w in words if not re.fullmatch(handled, w.text)]
    if not words or words[-1].value("topic") not in _ROWS:
        return None
    last = words[-1]
    joined = sentence.text[last.start - 1 : last.start] in JOINED if last.start > since else False
    if (joined and len(words) > 1) or "分别" in sentence.text[last.end : place]:
        return None
    return _Named(last.value("topic") or "", last.end)


def _part(sentence: Sentence, row: Row, named: _Named) -> ItemPart | None:
    """What a figure is of its row: last year's items, the change, this year's, the decisions."""
    figure = row.figure
    if figure is None:
        return None
    marks = max(sentence.text.rfind(c, named.end, row.start) + 1 for c in ",、:(")
    before = [f.behind for f in sentence.figures if named.end <= f.behind <= row.start]
    start = max(named.end, marks, *before)
    for kind, pattern in load_terms().item_parts.items():
        cases = kind in ("decisions", "handled")
        if cases != (figure.unit in _CASES) or not (cases or figure.unit == "项"):
            continue
        found = re.search(f"(?:{pattern})(?:了|共|共计|为|有)?$", sentence.text[start : row.start])
        if found is None:
            continue
        if _something_else(sentence, start, start + found.start()):
            return None
        return kind
    return None


def _something_else(sentence: Sentence, start: int, end: int) -> bool:
    """Whether words in front name another thing: 推出套餐18项."""
    words = sentence.words_between(start, end)
    named = any(m.facet in TOPICAL and m.facet not in _NOTHING for w in words for m in w.meanings)
    return named or unknown_length(words) > 0


def _check(
    row: Row, figure: Figure, part: ItemPart, tables: Tables, topic: str
) -> ClaimCheck | None:
    if part in ("decisions", "handled"):
        decisions = tables.readings(Subject(topics=(topic,)))
        doubt = Doubtful(_HANDLED, scope=True) if part == "handled" else Doubtful()
        return against_cells(figure, row.printed, tables, decisions, doubt) if decisions else None
    if part in ("up", "down", "added", "removed"):
        row.moved = True
        check = _change(row, figure, tables, topic, up=part in ("up", "added"))
        gross = part in ("added", "removed") and check is not None
        return check.model_copy(update=_open(check)) if check and gross else check
    return against_cells(
        figure, row.printed, tables, tables.items(topic, prior=part == "before")[:1], Doubtful()
    )


def _change(row: Row, figure: Figure, tables: Tables, topic: str, *, up: bool) -> ClaimCheck | None:
    """减少18项 against 本年增/减 -18."""
    target: Target = tables.change_of_items(topic)
    held = tables.holding(target).value
    if held is None:
        return None
    signed = held if up else -held
    right = fits(figure, signed)
    shown = f"+{plain(held)}" if held > 0 else plain(held)
    return ClaimCheck(
        test="cell",
        target=target.expression if up else f"0 - {target.expression}",
        target_label=target.label,
        expected=signed,
        verdict="supported" if right else "refuted",
        reason=f"正文写{'增加' if up else '减少'}{row.printed}，{target.label}为{shown}，"
        + ("一致。" if right else "不一致。"),
        cells=target.addresses,
    )
