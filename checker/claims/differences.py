"""Differences that a sentence works out itself: what came and went, what is left, how much more.

Every operand stands in the sentence, counted by one word; where one of them may mean something
else, nothing is judged.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from checker.claims.judge import plain
from checker.claims.leads import Led, judged
from checker.domain.claim import ClaimTest
from checker.rulebook.arithmetic import load_arithmetic
from checker.rulebook.late import late_regex
from checker.rulebook.wording import compiled

_RECEIVED: Final = frozenset(("received", "new_received"))
_LEAST_NAME: Final = 2
_PARTS: Final = late_regex("[,、;]")


def differences(told: Sequence[Led]) -> None:
    """Judge what the figures of a sentence, ratios left out, say of each other."""
    for number, item in enumerate(told):
        if not item.exact:
            continue
        before = told[:number]
        for found in (
            _net(before, item),
            _moved(before, item),
            _deducted(before, item),
            _left(before, item),
            _compared(before, item),
        ):
            if found is not None:
                _judge(item, found)
                break


class _Sum(NamedTuple):
    """What a figure should be.

    Attributes:
        added, taken: figures to add and to take away, in order.
        also: other values that would be right in another reading.
    """

    added: tuple[Led, ...]
    taken: tuple[Led, ...]
    test: ClaimTest = "derived"
    also: tuple[Decimal, ...] = ()

    @property
    def value(self) -> Decimal:
        """The figure that it should be."""
        return _total(self.added) - _total(self.taken)


def _total(told: Sequence[Led]) -> Decimal:
    return sum((t.value for t in told), Decimal(0))


def _judge(item: Led, found: _Sum) -> None:
    involved = (item, *found.added, *found.taken)
    if any(not t.exact or t.figure.unit != item.figure.unit for t in involved):
        return
    rounding = sum((t.figure.step for t in involved if t.figure.step != 1), Decimal(0)) / 2
    exact = found.value
    right = abs(exact - item.value) <= rounding
    if not right and item.value in found.also:
        return
    written = "＋".join(plain(t.value) for t in found.added)
    written += "".join(f"－{plain(t.value)}" for t in found.taken)
    target = "+".join(plain(t.value) for t in found.added)
    target += "".join(f"-{plain(t.value)}" for t in found.taken)
    sums = f"{written}＝{plain(exact)}" if exact >= 0 else f"{written}不够减"
    related = (found.added or found.taken)[0].row
    check = judged(found.test, sums, exact, right=right, target=target, related=related)
    item.row.checks.append(check)


def sign(lead: str) -> int | None:
    """1 for what came, -1 for what went, 0 for what stayed; None for anything else."""
    words = load_arithmetic().movement
    last = _PARTS.split(lead)[-1]
    into, out = compiled(words.into).search(last), compiled(words.out).search(last)
    if compiled(words.unsaid).search(lead) or (into and out):
        return None
    return 1 if into else -1 if out else 0 if compiled(words.same).search(last) else None


def _net(before: Sequence[Led], item: Led) -> _Sum | None:
    """新增213项，删减97项，净增116项."""
    words = load_arithmetic().movement
    said = compiled(words.net).search(item.lead)
    if said is None or ";" in item.lead:
        return None
    changes = [*_changes(before)]
    came = tuple(t for t, s in changes if s > 0)
    went = tuple(t for t, s in changes if s < 0)
    if not came or not went:
        return None
    down = compiled(words.net_down).search(said[0])
    return _Sum(went, came) if down else _Sum(came, went)


def _moved(before: Sequence[Led], item: Led) -> _Sum | None:
    """原128项，划出17项、新增22项，调整后为133项."""
    words = load_arithmetic().movement
    unsure = compiled(words.unsaid).search(item.lead) or ";" in item.lead
    if unsure or not compiled(words.after).search(item.lead):
        return None
    changes = [*_changes(before)]
    start = len(before) - len(changes) - 1
    moved = [(t, s) for t, s in changes if s]
    if not moved or start < 0 or not compiled(words.base).search(before[start].lead):
        return None
    if sign(before[start].lead):
        return None  # 较上年末减少1件 is no level
    if any(n in item.lead and n not in before[start].lead for n in words.things):
        return None
    came = tuple(t for t, s in moved if s > 0)
    went = tuple(t for t, s in moved if s < 0)
    base = before[start].value
    also = (base - _total(went), base + _total(came)) if came and went else ()
    return _Sum((before[start], *came), went, also=also)


def _changes(before: Sequence[Led]) -> Iterator[tuple[Led, int]]:
    """The figures in front of a place that came, went or stayed, back to one that did not."""
    words = load_arithmetic().movement
    found: list[tuple[Led, int]] = []
    for item in reversed(before):
        of_item = sign(item.lead)
        is_base = compiled(words.base).search(_PARTS.split(item.lead)[-1])
        if of_item is None or is_base:
            break
        found.insert(0, (item, of_item))
        if ";" in item.lead:
            break
    return iter(found)


def _deducted(before: Sequence[Led], item: Led) -> _Sum | None:
    """合计410条，扣除同时发布的85条，实际公开325条."""
    words = load_arithmetic().deduction
    if len(before) < 2 or not compiled(words.left).search(item.lead):
        return None
    whole, taken = before[-2], before[-1]
    if not compiled(words.taken).search(taken.lead) or ";" in taken.lead + item.lead:
        return None
    others = [t for t in before[:-2] if t.figure.unit == item.figure.unit]
    return _Sum((whole,), (taken,), also=tuple(t.value - taken.value for t in others))


def _left(before: Sequence[Led], item: Led) -> _Sum | None:
    """需办理503件，已答复479件，其余24件."""
    words = load_arithmetic().remainder
    if len(before) < 2 or not compiled(words.rest).search(item.lead):
        return None
    whole, done = before[-2], before[-1]
    told = compiled(words.whole).search(whole.lead) and compiled(words.done).search(done.lead)
    new_only = bool(set(whole.row.subject.stages) & _RECEIVED)  # some may have come last year
    known = any(c.test == "parts" for t in (whole, item) for c in t.row.checks)
    if not told or new_only or known or ";" in done.lead or done.value > whole.value:
        return None
    return _Sum((whole,), (done,), test="parts")


def _compared(before: Sequence[Led], item: Led) -> _Sum | None:
    """复议案件145件，诉讼案件93件，复议数比诉讼数多52件."""
    said = compiled(load_arithmetic().comparison.said).search(item.lead)
    if said is None:
        return None
    one, other = _name(said["one"]), _name(said["other"])
    if len(one) < _LEAST_NAME or len(other) < _LEAST_NAME or one in other or other in one:
        return None
    first = [t for t in before if one in t.lead and other not in t.lead]
    second = [t for t in before if other in t.lead and one not in t.lead]
    if len(first) != 1 or len(second) != 1:
        return None
    if "prior_year" in (first[0].row.scope, second[0].row.scope):
        return None  # a change, which is judged as such
    more = said["word"] == "多"
    return _Sum((first[0],), (second[0],)) if more else _Sum((second[0],), (first[0],))


def _name(printed: str) -> str:
    return re.sub(load_arithmetic().comparison.ending, "", printed)
