"""What a sentence works out from its own figures: averages, differences, prices, shares in words.

Every operand stands in the sentence or in the one before; words that can be read in two ways are
not judged, and nothing is held against what is only planned.
"""

from collections.abc import Iterator, Sequence

from checker.claims.averages import averages
from checker.claims.differences import differences
from checker.claims.judge import plain
from checker.claims.leads import Led, judged, led
from checker.claims.levels import durations, level_changes
from checker.claims.restated import restatements
from checker.claims.rows import Passage, Row
from checker.claims.sentences import Sentence
from checker.rulebook.arithmetic import load_arithmetic
from checker.rulebook.wording import compiled

_YUAN = "yuan"
_PRICE_AND_AMOUNT = 2


def derived(told: Passage) -> Iterator[Row]:
    """Judge the arithmetic of a passage, and yield the lengths of time that tell something.

    Args:
        told: its sentences with the rows of their figures.
    """
    before: list[Led] = []
    for sentence, rows in told:
        counts = led(sentence, rows, ratios=False)
        if not any(r.scope == "next_year" for r in rows):
            averages(sentence, counts, before)
            differences(counts)
            _prices(sentence, counts)
            _each_time(counts)
            times = durations(sentence)
            timed = sorted([*rows, *times], key=lambda r: r.start)
            level_changes(led(sentence, timed, ratios=True))
            restatements(sentence, rows)
            yield from (t for t in times if t.checks or _measured(t))
        before = counts


def _measured(time: Row) -> bool:
    """平均用时11.5个工作日: how long it took, not the term in which it has to be done."""
    lead = time.sentence.text[time.sentence.start : time.start]
    return compiled(load_arithmetic().from_to.measured).search(lead) is not None


def _each_time(told: Sequence[Led]) -> None:
    """14个公开栏，各公布4次，合计56次."""
    words = load_arithmetic().each_time
    for of, each, total in zip(told, told[1:], told[2:], strict=False):
        apart = compiled(words.each).search(each.lead) and compiled(words.total).fullmatch(
            total.lead
        )
        others = sum(1 for t in told if compiled(words.each).search(t.lead))
        same = each.figure.unit == total.figure.unit != of.figure.unit and each.figure.unit
        if not apart or not same or others > 1 or not all(t.exact for t in (of, each, total)):
            continue
        amount = of.value * each.value
        factors = (plain(of.value), plain(each.value))
        sums = f"{'×'.join(factors)}＝{plain(amount)}"
        right = amount == total.value
        check = judged(
            "derived", sums, amount, right=right, target="*".join(factors), related=of.row
        )
        total.row.checks.append(check)


def _prices(sentence: Sentence, told: Sequence[Led]) -> None:
    """4件，每件100元，已缴纳400元; what is paid may stand in front too."""
    words = load_arithmetic().price
    money = [t for t in told if t.figure.unit == _YUAN]
    for number, price in enumerate(told[1:], start=1):
        of = told[number - 1]
        said = compiled(words.each).search(price.lead)
        if said is None or len(money) != _PRICE_AND_AMOUNT or price not in money:
            continue
        paid = next(t for t in money if t is not price)
        tiered = compiled(words.tiered).search(sentence.text[sentence.start : sentence.end])
        free = tiered and not compiled(words.beyond).search(of.lead)
        same = of.figure.unit == said["unit"] and all(t.exact for t in (of, price, paid))
        if free or not same or not compiled(words.paid).search(paid.lead):
            continue
        amount = of.value * price.value
        factors = (plain(of.value), plain(price.value))
        sums = f"{'×'.join(factors)}＝{plain(amount)}"
        right = abs(amount - paid.value) < max(paid.figure.step, price.figure.step)
        target = "*".join(factors)
        paid.row.checks.append(
            judged("derived", sums, amount, right=right, target=target, related=of.row)
        )
