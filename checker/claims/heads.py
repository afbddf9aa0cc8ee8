"""Kinds of cases of which a word in front, or the figure told before, says what became of them."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate
from typing import Final

from checker.claims.ratios import is_ratio
from checker.claims.sentences import Sentence
from checker.claims.subjects import APPEALS, KINDS_OF_LITIGATION, Subject
from checker.rulebook.late import late_regex

CASES_OF: Final = late_regex("的(?:案件)?[,:]?$")
# 在审案件中复议2件，诉讼1件
_AMONG_CASES: Final = late_regex("(?:案件|的)[中里]")


def headed(sentence: Sentence, number: int, told: Sequence[Subject]) -> bool:
    """被纠正的案件，复议3件、诉讼1件: what stands in front is said of the second too.

    Args:
        sentence: where the figure stands.
        number: its index.
        told: what the figures before it count.
    """
    before = sentence.figures[number - 1] if number else None
    if before is None or not told[number - 1].outcome:
        return False
    segment = sentence.segment_at(before.start)
    mark = sentence.text[before.behind : before.behind + 1]
    among = _AMONG_CASES.search(sentence.text, segment.start, before.start)
    beside = sentence.words_between(among.end() if among else segment.start, segment.end)
    if any(w.value("outcome") for w in beside):
        return False
    in_front = CASES_OF.search(sentence.text, sentence.start, segment.start) is not None
    return mark == "、" or (mark == "," and (in_front or among is not None))


def of_whole(
    sentence: Sentence, number: int, own: Subject, told: Sequence[Subject]
) -> Subject | None:
    """尚未审结的案件共3件，复议2件，诉讼1件: what became of all that the kinds make up.

    Args:
        sentence: where the figure stands.
        number: its index.
        own: what its own words say.
        told: what the figures before it count.
    """
    figures, start = sentence.figures, sentence.figures[number].start
    since = sentence.text.rfind(";", sentence.start, start)
    for at in range(number - 1, -1, -1):
        whole, said = figures[at], told[at]
        if whole.start < since or _beside_it(said, own) or (is_ratio(whole) and not said.outcome):
            continue
        if not (said.outcome or said.stages == ("closed",)):
            return None
        if is_ratio(whole):  # 尚未审结的占25%，其中复议2件、诉讼1件
            return said if "其中" in sentence.text[whole.behind : start] else None
        if sentence.text[start - 1] == "各" and at == number - 1:  # 2件，复议、诉讼各1件
            each = figures[number].value or Decimal(1)
            return said if whole.value == each * len(_kinds(sentence, number)) else None
        counts = [f.value or Decimal(0) for f in figures[at + 1 :] if not is_ratio(f)]
        place = sum(not is_ratio(f) for f in figures[at + 1 : number])
        return said if whole.value in list(accumulate(counts))[place:] else None
    return None


def _beside_it(said: Subject, own: Subject) -> bool:
    """Whether cases are of another kind, told beside these; 诉讼 may be divided into them."""
    divided = said.topics == ("litigation",) and own.topic in KINDS_OF_LITIGATION
    return said.own_topic and said.topic in APPEALS and len(said.topics) == 1 and not divided


def _kinds(sentence: Sentence, number: int) -> set[str]:
    """The kinds of cases named between a figure and the one before it."""
    figures = sentence.figures
    words = sentence.telling("topic", figures[number - 1].behind, figures[number].start)
    return {v for w in words if (v := w.value("topic")) in APPEALS}
