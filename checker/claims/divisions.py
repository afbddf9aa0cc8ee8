"""Shares that divide one whole: together they cannot be more than all of it."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from checker.claims.judge import plain
from checker.claims.rows import Row
from checker.claims.sentences import Sentence
from checker.claims.subjects import RESULTS
from checker.domain.claim import ClaimCheck
from checker.rulebook.late import late_regex

_ALL: Final = Decimal(100)
_MARGIN: Final = Decimal("0.2")  # DOMAIN 10, 36
_HALF: Final = Decimal("0.5")
_LEAST_PARTS: Final = 2
_NAMED_SHARE: Final = late_regex("(?P<name>[一-鿿]{2,12})占比?(?:约|为|达|到)*$")
_SORTS: Final = "类型域业级"  # 土地类, 规划类: names of kinds into which something is sorted
_FRAME: Final = late_regex(
    "(?:中|其中|从[^,。;0-9]{2,8}看|按[^,。;0-9]{1,10}(?:划?分|统计))[,:][^0-9]*$"
)
_SORTED: Final = late_regex("(?:从[^,。;0-9]{2,8}看|按[^,。;0-9]{1,10}(?:划?分|统计))[,:][^0-9]*$")
_REST: Final = late_regex("其[他余]|剩余")
_AT_ONCE: Final = late_regex("同一|同时|多渠道|多选|重复|交叉|多个渠道")


def too_much(sentence: Sentence, rows: Sequence[Row]) -> None:
    """Mark the last of several shares of one whole that come to clearly more than 100 %."""
    for run in _runs(sentence, rows):
        values = [r.figure.value for r in run if r.figure and r.figure.value is not None]
        steps = [r.figure.step for r in run if r.figure]
        added = sum(values, Decimal(0))
        if added <= _ALL + sum(steps, Decimal(0)) * _HALF + _MARGIN:
            continue
        written = "＋".join(f"{plain(v)}%" for v in values)
        run[-1].checks.append(
            ClaimCheck(
                test="share",
                target="text: " + "+".join(map(plain, values)),
                expected=_ALL,
                verdict="refuted",
                reason=f"同一种划分的占比{written}＝{plain(added)}%，超过100%，不一致。",
                related=(run[0].locator,),
            )
        )


def _runs(sentence: Sentence, rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Shares without counts that follow each other and name parts of one kind."""
    run: list[Row] = []
    for before, row in pairwise((None, *rows, None)):
        if row is not None and _is_bare_share(sentence, row) and not (run and _breaks(before, row)):
            run.append(row)
            continue
        if _is_division(sentence, run):
            yield run
        run = [row] if row is not None and _is_bare_share(sentence, row) else []


def _is_bare_share(sentence: Sentence, row: Row) -> bool:
    figure = row.figure
    if figure is None or row.kind != "share" or figure.unit != "percent" or figure.value is None:
        return False
    judged = any(c.verdict != "not_enough_info" for c in row.checks)
    return not judged and figure.approximation == "exact" and bool(_name(sentence, row))


def _breaks(before: Row | None, row: Row) -> bool:
    if before is None or before.figure is None:
        return True
    between = row.sentence.text[before.figure.behind : row.start]
    return between[:1] not in (",", "、", ";") or "其中" in between


def _name(sentence: Sentence, row: Row) -> str:
    """The part that a share names: 网络申请 in 网络申请占65%."""
    segment = sentence.segment_at(row.start)
    found = _NAMED_SHARE.search(sentence.text, segment.start, row.start)
    return found["name"] if found else ""


def _is_division(sentence: Sentence, run: Sequence[Row]) -> bool:
    if len(run) < _LEAST_PARTS or _AT_ONCE.search(sentence.text, sentence.start, sentence.end):
        return False
    if _REST.match(_name(sentence, run[-1])):
        return True  # 网站占45%，公众号占35%，其他占20%
    before = sentence.text[sentence.start : run[0].start]
    if not _FRAME.search(before):
        return False
    if _SORTED.search(before):
        return True
    kinds = {_kind(r) for r in run}
    alike = all(_name(sentence, r)[-1:] in _SORTS for r in run)
    return len(kinds) == 1 and (kinds != {""} or alike)


def _kind(row: Row) -> str:
    """By what a part is told from the others, where a table or its words know it."""
    said = row.subject
    known = (
        ("applicant", said.applicant),
        ("channel", said.channel),
        ("result", RESULTS & {s.partition(".")[0] for s in said.stages}),
    )
    return next((name for name, told in known if told), "")
