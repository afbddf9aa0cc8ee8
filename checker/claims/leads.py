"""Figures of a sentence with the words that lead to each: the ground for its own arithmetic."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from checker.claims.figures import Figure, without_approximation
from checker.claims.ratios import is_ratio
from checker.claims.rows import Row
from checker.claims.sentences import Sentence
from checker.domain.claim import ClaimCheck, ClaimTest
from checker.rulebook.late import late_regex

_ASIDE: Final = late_regex(r"\([^()]*\)|,[^,。;()0-9]{0,10}[0-9.]{1,8}%(?=[,;。])")


class Led(NamedTuple):
    """A figure outside brackets whose value is known.

    Attributes:
        lead: the words since the figure before, asides and 约 left out.
    """

    row: Row
    figure: Figure
    value: Decimal
    lead: str

    @property
    def exact(self) -> bool:
        """Whether it is printed as no more or less than it is."""
        return self.figure.approximation == "exact"


def led(sentence: Sentence, rows: Sequence[Row], *, ratios: bool) -> list[Led]:
    """The figures of a sentence in order.

    Args:
        sentence: where they stand.
        rows: those of its figures.
        ratios: with percentages and multiples; without them the words beside them are asides.
    """
    found: list[Led] = []
    behind = sentence.start
    for row in rows:
        figure = row.figure
        if figure is None or figure.value is None or sentence.depth_at(row.start):
            continue
        if is_ratio(figure) and not ratios:
            continue
        lead = _ASIDE.sub("", sentence.text[behind : row.start])
        found.append(Led(row, figure, figure.value, without_approximation(lead)))
        behind = figure.behind
    return found


def part_of(sentence: Sentence, place: int) -> tuple[int, int]:
    """The stretch between two semicolons that holds a place."""
    start = sentence.text.rfind(";", sentence.start, place) + 1
    end = sentence.text.find(";", place, sentence.end)
    return max(start, sentence.start), end if end >= 0 else sentence.end


def judged(  # noqa: PLR0913 - what a check holds
    test: ClaimTest, sums: str, expected: Decimal, *, right: bool, target: str, related: Row
) -> ClaimCheck:
    """A check of what the text says against what its figures give.

    Args:
        test: by which rule it is told.
        sums: the arithmetic with its result, in Chinese.
        expected: the result.
        right: whether the text says so.
        target: the arithmetic as a formula.
        related: another figure that takes part.
    """
    end = related.figure.behind if related.figure else related.end
    return ClaimCheck(
        test=test,
        target=f"text: {target}",
        expected=expected,
        verdict="supported" if right else "refuted",
        reason=f"{sums}，{'一致' if right else '与正文不一致'}。",
        related=(related.sentence.clause(related.start, end),),
    )
