"""Applications told by halves or quarters of the year, which make up those of all the year."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from checker.claims.judge import plain
from checker.claims.leads import judged, part_of
from checker.claims.rows import Row, text_between
from checker.claims.sentences import Sentence
from checker.claims.targets import Tables
from checker.rulebook.plain_sums import load_plain_sums
from checker.rulebook.wording import compiled

_UNIT: Final = "件"
_SECTIONS: Final = ("overview", "requests")
_NEW: Final = ("new_received",)
_WITH_OLD: Final = ("new_received", "carried_over_in")
_NEAR: Final = Decimal("0.1")
_LEAST: Final = 2  # so far apart may be a slip in a small number


def seasons(sentence: Sentence, rows: Sequence[Row], tables: Tables) -> None:
    """上半年11件，下半年12件: the sum is held against what came in; only near sums are wrong.

    Args:
        sentence: where the figures stand.
        rows: those of its figures with a value.
        tables: the cells.
    """
    counted = [r for r in rows if r.figure and r.figure.unit == _UNIT and not r.change]
    parts = _named(sentence, counted) or _in_order(sentence, counted)
    held = tables.holding(tables.requests(_NEW)).value
    if not parts or not held or not _of_requests(sentence, parts):
        return
    values = [r.figure.value or Decimal(0) for r in parts if r.figure]
    added = sum(values, Decimal(0))
    with_old = tables.holding(tables.requests(_WITH_OLD)).value
    right = added in (held, with_old)
    if not right and abs(added - held) > max(held * _NEAR, Decimal(_LEAST)):
        return
    expected = added if right else held
    old = "和上年结转合计" if right and added != held else ""
    sums = f"{'＋'.join(map(plain, values))}＝{plain(added)}，表三本年新收{old}{plain(expected)}"
    for part in parts:  # the first may have been taken for all that came in
        part.checks = [c for c in part.checks if c.test != "cell" or c.verdict != "refuted"]
    target = plain(expected)
    for part, other in zip(parts, (*parts[1:], parts[0]), strict=True) if right else ():
        part.checks.append(
            judged("derived", sums, expected, right=True, target=target, related=other)
        )
    if not right:
        check = judged("derived", sums, expected, right=False, target=target, related=parts[1])
        parts[0].checks.append(check.model_copy(update={"confidence": "medium"}))


def _of_requests(sentence: Sentence, parts: Sequence[Row]) -> bool:
    """Whether the parts count applications that came in, and all of them."""
    words, text = load_plain_sums(), sentence.text
    last = parts[-1].figure
    end = last.behind if last else sentence.end
    named = compiled(words.of_requests).search(text, 0, end)
    start = part_of(sentence, parts[0].start)[0]
    others = compiled(words.of_other_things).search(text, start, end)
    exact = all(r.figure and r.figure.approximation == "exact" for r in parts)
    return bool(named) and not others and exact and sentence.section in _SECTIONS


def _named(sentence: Sentence, rows: Sequence[Row]) -> list[Row]:
    """上半年11件，下半年12件: each figure behind the name of its season."""
    for names in load_plain_sums().named_seasons:
        for first in range(len(rows) - len(names) + 1):
            parts = list(rows[first : first + len(names)])
            leads = [_lead(sentence, rows, first + at) for at in range(len(names))]
            told = (f"(?:{n}){load_plain_sums().season_lead}$" for n in names)
            if all(compiled(t).search(lead) for t, lead in zip(told, leads, strict=True)):
                return parts
    return []


def _lead(sentence: Sentence, rows: Sequence[Row], number: int) -> str:
    if number:
        return text_between(rows[number - 1], rows[number])
    return sentence.text[sentence.start : rows[number].start]


def _in_order(sentence: Sentence, rows: Sequence[Row]) -> list[Row]:
    """分季度看，新收203件、180件、161件、140件: as many figures as there are seasons."""
    for said in load_plain_sums().seasons:
        pattern = compiled(f"(?:{said.pattern}){load_plain_sums().season_lead}(?=[0-9])")
        opened = pattern.search(sentence.text, sentence.start, sentence.end)
        parts = [r for r in rows if opened and r.start >= opened.end()][: said.count]
        joined = all("、" in text_between(a, b) or said.count == 2 for a, b in pairwise(parts))
        if len(parts) == said.count and joined:
            return parts
    return []
