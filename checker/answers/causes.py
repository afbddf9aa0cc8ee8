"""Tells whether findings come from one fault, as far as applying their repairs can tell."""

from collections.abc import Sequence
from typing import Final

from checker.answers.remedies import effect_of, numbered, told_of, ways_of
from checker.answers.types import Answer
from checker.answers.view import View, listed
from checker.checks.blame import cells_of

_MOST: Final = 3


def tell_related(view: View, numbers: Sequence[int]) -> Answer:
    """Whether one repair makes all of some findings go.

    Args:
        view: the report.
        numbers: of two or more findings.
    """
    named = numbered(numbers)
    for n in numbers:
        for changes in ways_of(view.finding(n)):
            if set(numbers) <= set(effect_of(view, changes).gone):
                told = "，".join(f"{view.label(c.cell)}改为{c.printed}" for c in changes)
                text = f"是同一处引起的：照第{n}条的建议，{told}，{named}就一起消失。"
                return told_of(view, [text], numbers, cells=[c.cell for c in changes])
    shared = tuple(sorted(set.intersection(*({*cells_of(view.finding(n))} for n in numbers))))
    if not shared:
        text = f"没有查到是同一处引起的：{named}涉及的格没有相同的，要分别改。"
        return told_of(view, [text], numbers)
    where = listed(map(view.label, shared), most=_MOST)
    text = f"不能确定是同一处引起的：{named}都用到{where}，但没有查到一种改法能让它们一起消失。"
    return told_of(view, [text], numbers, cells=shared)
