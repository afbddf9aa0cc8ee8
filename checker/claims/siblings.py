"""Shares of one enumeration have one base: 自然人6件，占54.5%；企业4件，占36.4%."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from checker.claims.judge import plain
from checker.claims.ratios import is_ratio, share_check
from checker.claims.rows import Row
from checker.rulebook.late import late_regex

_DIVISION: Final = late_regex(r"text: 100\*(?P<part>[0-9.]+)/(?P<whole>[0-9.]+)")
_BARE: Final = late_regex("[,(]?(?:占比?|比例)?(?:约|为|达)*")
_LEAST_ALIKE: Final = 2


def one_base(rows: Sequence[Row]) -> None:
    """Do not let a share of an enumeration be of another total than those beside it.

    A share that names no base fits several totals by chance; where two others of its enumeration
    are of one total, and all parts together make it up, it is of that total too.

    Args:
        rows: those of a sentence, in order.
    """
    counted = [r for r in rows if r.figure is not None]
    shares = [(i, *found) for i, r in enumerate(counted) if (found := _division(counted, i))]
    bases = Counter(whole for _, _, whole in shares)
    total = sum((p for _, p, _ in shares), Decimal(0))
    for number, part, whole in shares:
        usual, times = bases.most_common(1)[0]
        if total in bases and len(shares) > 1:
            usual, times = total, _LEAST_ALIKE  # 自然人4件，占44.4%，企业5件，占55.6% of 9
        if whole == usual or times < _LEAST_ALIKE or total > usual:
            continue
        row = counted[number]
        if row.figure is None:
            continue
        check = share_check(row.figure, part, [(usual, f"与同一句里其余占比一样的{plain(usual)}")])
        if check.verdict == "refuted" and total == usual:
            row.checks = [c for c in row.checks if c.test != "share"] + [check]


def _division(rows: Sequence[Row], number: int) -> tuple[Decimal, Decimal] | None:
    """The part and the whole of a share that fits and names no base."""
    row, before = rows[number], rows[number - 1] if number else None
    part = before.figure if before is not None else None
    if row.kind != "share" or part is None or is_ratio(part):
        return None
    if not _BARE.fullmatch(row.sentence.text[part.behind : row.start]):
        return None
    fitting = (c.target or "" for c in row.checks if c.test == "share" and c.verdict == "supported")
    found = next((m for t in fitting if (m := _DIVISION.fullmatch(t))), None)
    return (Decimal(found["part"]), Decimal(found["whole"])) if found else None
