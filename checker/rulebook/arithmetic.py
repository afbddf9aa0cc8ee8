"""How the narrative words its own arithmetic, as data (``rules/arithmetic.yaml``).

It says what the words look like; what follows from which figures is for the claims.
"""

from collections.abc import Mapping

from checker.domain.base import Frozen
from checker.rulebook.loader import data_file


class AverageWords(Frozen):
    """Averages: 平均每村24张, 得分依次为88、90、93、93，平均91分."""

    each: str
    said: str
    calendar: Mapping[str, int]
    not_all_year: str
    some: str
    one_by_one: str
    halves: tuple[str, str]
    scored: str
    joined: str
    mean: str


class MovementWords(Frozen):
    """What came, what went, and what there is then: 原128项，划出17项、新增22项，调整后为133项."""

    into: str
    out: str
    same: str
    base: str
    after: str
    things: tuple[str, ...]
    unsaid: str
    net: str
    net_down: str


class DeductionWords(Frozen):
    """扣除同时发布的85条，实际公开325条."""

    taken: str
    left: str


class RemainderWords(Frozen):
    """需办理503件，已答复479件，其余24件."""

    whole: str
    done: str
    rest: str


class FromToWords(Frozen):
    """由9类52项扩展为10类57项，增加……5项; ``start`` and ``end`` stand before the two levels.

    ``durations`` finds lengths of time, which are no figures elsewhere.
    """

    start: str
    end: str
    change: str
    named: str
    down: str
    rises: str
    falls: str
    ranks: str
    among: str
    durations: str
    measured: str
    and_more: str


class ComparisonWords(Frozen):
    """复议数比诉讼数多52件; ``ending`` is what a name may leave out."""

    said: str
    ending: str


class PriceWords(Frozen):
    """4件，每件100元，已缴纳400元; of what is ``tiered`` only what is ``beyond`` is paid for."""

    each: str
    paid: str
    tiered: str
    beyond: str


class EachTimeWords(Frozen):
    """14个公开栏，各公布4次，合计56次."""

    each: str
    total: str


class RestatedWords(Frozen):
    """占25.0%，恰好四分之一: a percentage said once more in words."""

    between: str
    just: str
    nearly: str
    half: str
    ends: str
    bound: str


class Arithmetic(Frozen):
    """All wordings: regular expressions over folded text; comments in the file explain each."""

    average: AverageWords
    movement: MovementWords
    deduction: DeductionWords
    remainder: RemainderWords
    from_to: FromToWords
    comparison: ComparisonWords
    price: PriceWords
    restated: RestatedWords
    each_time: EachTimeWords


load_arithmetic = data_file("arithmetic.yaml", Arithmetic)
"""The wordings as shipped."""
