"""Changes right behind the two levels: 由8.2万增加到10.7万，净增2.5万; 由8件升到17件，翻了一番.

The two levels stand right in front of the change, so that it can be of nothing else.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from checker.claims.differences import sign
from checker.claims.figures import Figure, without_approximation
from checker.claims.judge import plain
from checker.claims.leads import Led, judged
from checker.claims.ratios import growth_check, is_ratio
from checker.claims.rows import Row
from checker.claims.sentences import Sentence
from checker.claims.subjects import Subject
from checker.domain.claim import Approximation
from checker.rulebook.arithmetic import load_arithmetic
from checker.rulebook.wording import compiled

_APPROXIMATION: Final = 4  # 不超过9个工作日
_RANKS: Final = ("位", "名")
_MOST_UNITS: Final = 3  # 由9类52项扩展为10类57项


class _Levels(NamedTuple):
    old: Led
    new: Led

    @property
    def whole(self) -> bool:
        """Whether both are printed to the unit."""
        return self.old.figure.step == self.new.figure.step == 1


def level_changes(told: Sequence[Led]) -> None:
    """Judge the changes of a sentence that stand right behind two levels.

    Args:
        told: its figures, ratios included.
    """
    before = [[*_levels(told[:number])] for number in range(len(told) + 1)]
    for number, pairs in enumerate(before):
        if len(pairs) == 1:
            _wrong_way(pairs[0])
            _turned_over(pairs[0], told[number:])
    for item, pairs in zip(told, before, strict=False):
        if not pairs or any(c.verdict != "not_enough_info" for c in item.row.checks):
            continue
        same = [p for p in pairs if p.new.figure.unit == item.figure.unit]
        if is_ratio(item.figure):
            same = pairs if len(pairs) == 1 else []
        if len(same) == 1:
            _judge(item, same[0])


def _levels(before: Sequence[Led]) -> Iterator[_Levels]:
    """The levels that end a stretch: one pair, or a pair for each unit of 9类52项."""
    words = load_arithmetic().from_to
    for count in range(1, _MOST_UNITS + 1):
        if len(before) < count * 2:
            return
        old, new = before[-count * 2 : -count], before[-count:]
        joined = all(not t.lead for t in (*old[1:], *new[1:]))
        units = [t.figure.unit for t in old] == [t.figure.unit for t in new]
        if not (joined and units and all(t.exact for t in (*old, *new))):
            continue
        if compiled(words.start).search(old[0].lead) and compiled(words.end).search(new[0].lead):
            yield from (_Levels(o, n) for o, n in zip(old, new, strict=True))
            return


def _wrong_way(levels: _Levels) -> None:
    """由71个增加到58个: the word for the change contradicts the levels; ranks rise to 1."""
    words = load_arithmetic().from_to
    old, new = levels
    ranked = old.figure.unit in _RANKS or compiled(words.ranks).search(old.lead)
    rises, falls = compiled(words.rises).search(new.lead), compiled(words.falls).search(new.lead)
    wrong = (rises and new.value < old.value) or (falls and new.value > old.value)
    if not wrong or ranked:
        return
    change = new.value - old.value
    way = "增加" if change > 0 else "减少"
    sums = f"从{plain(old.value)}到{plain(new.value)}是{way}"
    target = f"{plain(new.value)}-{plain(old.value)}"
    new.row.checks.append(
        judged("growth", sums, change, right=False, target=target, related=old.row)
    )


def _turned_over(levels: _Levels, behind: Sequence[Led]) -> None:
    """由194个调整为175个，其中注销25个、新开6个: what came and what went make up the change."""
    among = load_arithmetic().from_to.among
    old, new = levels
    signs: list[int] = []
    for number, item in enumerate(behind):
        lead = item.lead if number else re.sub(among, "", item.lead)
        of_item = None if ";" in lead or item.figure.unit != new.figure.unit else sign(lead)
        if of_item is None or not item.exact:
            break
        signs.append(of_item)
    parts = behind[: len(signs)]
    more = behind[len(signs) : len(signs) + 1]
    if {*signs} != {1, -1} or not levels.whole or (more and ";" not in more[0].lead):
        return  # where only what went is told, something may have come
    exact = old.value + sum((t.value * s for t, s in zip(parts, signs, strict=True)), Decimal(0))
    changes = [
        f"{'＋' if s > 0 else '－'}{plain(t.value)}" for t, s in zip(parts, signs, strict=True)
    ]
    sums = f"{plain(old.value)}{''.join(changes)}＝{plain(exact)}"
    target = plain(old.value) + "".join(changes).replace("＋", "+").replace("－", "-")
    right = exact == new.value
    new.row.checks.append(
        judged("derived", sums, exact, right=right, target=target, related=parts[0].row)
    )


def durations(sentence: Sentence) -> list[Row]:
    """The lengths of time of a sentence, which are no figures elsewhere."""
    words = load_arithmetic().from_to
    found: list[Row] = []
    for match in compiled(words.durations).finditer(sentence.text, sentence.start, sentence.end):
        value, (start, end) = Decimal(match["number"]), match.span("number")
        step = Decimal(1).scaleb(int(value.as_tuple().exponent))
        before = sentence.text[max(start - _APPROXIMATION, sentence.start) : start]
        exact: Approximation = "exact" if without_approximation(before) == before else "about"
        figure = Figure(start, end, match.end(), value, step, match["unit"], exact)
        found.append(
            Row(
                sentence=sentence,
                start=start,
                end=end,
                figure=figure,
                subject=Subject(),
                scope="own",
                kind="count",
            )
        )
    return found


def _judge(item: Led, levels: _Levels) -> None:
    words = load_arithmetic().from_to
    direct, named = (
        compiled(words.change).search(item.lead),
        compiled(words.named).search(item.lead),
    )
    if direct is not None:
        _exactly(item, levels, direct["word"])
    elif named is not None and item.figure.unit == levels.new.figure.unit:
        _at_least(item, levels)


def _exactly(item: Led, levels: _Levels, word: str) -> None:
    words = load_arithmetic().from_to
    figure, (old, new) = item.figure, levels
    behind = item.row.sentence.text[figure.behind :]
    if figure.approximation == "exact" and compiled(words.and_more).match(behind):
        figure = figure._replace(approximation="more_than")
    direction = "times" if word == "翻" else "down" if compiled(words.down).search(word) else "up"
    check = growth_check(figure, direction, new.value, old.value, unknown="")
    if check.target is None or (not levels.whole and _nearly(item, levels)):
        return
    item.row.checks.append(check)


def _nearly(item: Led, levels: _Levels) -> bool:
    """Whether a change may be right whose levels are rounded: 由8.24万 is printed as 8.2万."""
    old, new = levels
    step = old.figure.step + new.figure.step + item.figure.step
    change = abs(new.value - old.value)
    if is_ratio(item.figure) and item.figure.unit != "个百分点":
        change = change / old.value * 100 if old.value else Decimal(0)
        step = step / old.value * 100 + item.figure.step if old.value else step
    return abs(change - item.value) <= step


def _at_least(item: Led, levels: _Levels) -> None:
    """增加某某等5项: what is added cannot be less than what there is more."""
    old, new = levels
    more = new.value - old.value
    if not item.exact or not levels.whole:
        return
    sums = f"{plain(new.value)}－{plain(old.value)}＝{plain(more)}"
    target = f"{plain(new.value)}-{plain(old.value)}"
    right = item.value >= more > 0
    item.row.checks.append(
        judged("growth", sums, more, right=right, target=target, related=new.row)
    )
