"""Totals with their parts: which figures a list adds up, and whether it means to be complete.

An open list (其中…, …等) proves nothing when its parts are less than the total.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from checker.claims.figures import Figure
from checker.claims.judge import plain
from checker.claims.sentences import Sentence
from checker.claims.subjects import Subject
from checker.domain.claim import ClaimCheck, ClaimVerdict

Openness = Literal["closed", "among", "open"]
_COMPLETE: Final = frozenset(("分别为", "分别是", "分别", "分为", "包括", "包含"))
_RESULTS: Final = frozenset(
    ("granted", "partially_granted", "denied", "unavailable", "declined", "other")
)
_WORD_UNITS: Final = ("percent", "倍", "个百分点")
_IN_ALL: Final = (",合计", ",共计", ",总计", ",两项合计", ",二者合计")
_ET_CETERA_REACH = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A total and its parts, as indices into the figures of one sentence.

    Attributes:
        openness: ``closed`` a complete list, ``among`` 其中 without 等, ``open`` with 等.
    """

    total: int
    parts: tuple[int, ...]
    openness: Openness


def find_lists(sentence: Sentence, subjects: Sequence[Subject]) -> Iterator[Parts]:
    """Every total with its parts in a sentence."""
    figures = sentence.figures
    for word in sentence.words:
        if word.value("mark") not in ("parts", "open") or not word.has("mark", "parts"):
            continue
        total = _total_before(figures, word.start)
        if total is None:
            continue
        parts = _nearest_sum(sentence, _parts_after(sentence, word.end, total), total)
        if len(parts) < 2 and word.text not in ("其中", "含"):
            continue
        if parts:
            yield Parts(
                total=total,
                parts=parts,
                openness=_openness(sentence, word.text, parts, subjects, total),
            )
    yield from _bracketed(sentence, subjects)
    yield from _added_up(sentence)


def _added_up(sentence: Sentence) -> Iterator[Parts]:
    """``新收52件，上年结转4件，合计56件``: a total behind its parts."""
    figures = sentence.figures
    for number, figure in enumerate(figures):
        if number < 2 or not sentence.text[sentence.start : figure.start].endswith(_IN_ALL):
            continue
        start = max(sentence.text.rfind(";", sentence.start, figure.start), sentence.start)
        parts = tuple(
            i for i in range(number) if figures[i].start > start and _same_unit(figures[i], figure)
        )
        if len(parts) == 2:
            yield Parts(total=number, parts=parts, openness="closed")


def _bracketed(sentence: Sentence, subjects: Sequence[Subject]) -> Iterator[Parts]:
    """``12件（予以公开8件、部分公开4件）``: figures in a bracket right behind a total."""
    figures = sentence.figures
    for number, figure in enumerate(figures):
        if sentence.text[figure.behind : figure.behind + 1] != "(":
            continue
        close = sentence.text.find(")", figure.behind)
        inside = tuple(
            i
            for i, f in enumerate(figures)
            if i > number and f.start < close and _same_unit(f, figure)
        )
        words = sentence.words_between(figure.behind, max(close, figure.behind))
        if len(inside) > 1 and not any(w.has("mark", "parts") for w in words):
            yield Parts(
                total=number,
                parts=inside,
                openness=_openness(sentence, "包括", inside, subjects, number),
            )


def _total_before(figures: Sequence[Figure], place: int) -> int | None:
    before = [i for i, f in enumerate(figures) if f.behind <= place]
    counted = [i for i in before if figures[i].unit not in _WORD_UNITS]
    return counted[-1] if counted else None


def _parts_after(sentence: Sentence, place: int, total: int) -> tuple[int, ...]:
    """The figures that a list names, down to where something else begins."""
    figures = sentence.figures
    depth = _depth(sentence, place)
    found: list[int] = []
    for number, figure in enumerate(figures):
        if figure.start < place:
            continue
        at = _depth(sentence, figure.start)
        if at < depth:
            break
        last = max([place, *(f.behind for f in figures[:number] if f.behind <= figure.start)])
        between = sentence.words_between(last, figure.start)
        if (
            any(w.value("mark") == "besides" for w in between)
            or "。" in sentence.text[last : figure.start]
        ):
            break
        if found and any(w.text in ("其中", "分别为", "包括") for w in between) and at == depth:
            break
        if at > depth:
            continue
        if not _same_unit(figure, figures[total]):
            if figure.unit in _WORD_UNITS:
                continue
            break
        if any(w.value("mark") in ("growth", "share") for w in between):
            continue
        found.append(number)
    return tuple(found)


def _nearest_sum(sentence: Sentence, parts: tuple[int, ...], total: int) -> tuple[int, ...]:
    """A list ends at a semicolon, unless only what follows it makes up the total."""
    figures = sentence.figures
    if not parts:
        return parts
    stop = sentence.text.find(";", figures[parts[0]].start, figures[parts[-1]].start)
    first = tuple(i for i in parts if stop < 0 or figures[i].start < stop)
    values = [figures[i].value for i in parts]
    whole = sum((v for v in values if v is not None), Decimal(0))
    return parts if whole == figures[total].value else first


def _depth(sentence: Sentence, place: int) -> int:
    text = sentence.text[sentence.start : place]
    return text.count("(") - text.count(")")


def _same_unit(one: Figure, other: Figure) -> bool:
    return one.unit == other.unit


def _openness(
    sentence: Sentence, word: str, parts: Sequence[int], subjects: Sequence[Subject], total: int
) -> Openness:
    figures = sentence.figures
    last = figures[parts[-1]].behind
    behind = sentence.text[last : last + _ET_CETERA_REACH]
    within = sentence.words_between(figures[total].behind, last)
    if behind.startswith(("等", ",等", ")等")) or any(w.has("mark", "open") for w in within):
        return "open"
    if word in _COMPLETE or _is_partition([subjects[i] for i in parts]):
        return "closed"
    return "among"


def _is_partition(parts: Sequence[Subject]) -> bool:
    """Parts that always make up the whole: who applied, by what way, old and new, results."""
    applicants = {p.applicant for p in parts}
    if applicants >= {"natural_person", "organizations"}:
        return True
    if len(parts) > 1 and all(p.channel for p in parts):
        return True
    stages = {p.stages[0] for p in parts if p.stages}
    if stages >= {"new_received", "carried_over_in"}:
        return True
    return len({s.partition(".")[0] for s in stages} & _RESULTS) >= 5


def parts_check(
    sentence: Sentence, found: Parts, values: Mapping[int, Decimal]
) -> ClaimCheck | None:
    """Whether the parts of a list add up to its total; None when that cannot be asked."""
    figures = sentence.figures
    involved = (found.total, *found.parts)
    if any(i not in values for i in involved):
        return None
    if any(figures[i].approximation != "exact" or figures[i].step > 1 for i in involved):
        return None
    total = values[found.total]
    terms = [values[i] for i in found.parts]
    first, last = figures[min(found.parts)], figures[max(found.parts)]
    related = (sentence.clause(first.start, last.behind),)
    target = "text: " + "+".join(map(plain, terms))
    if max(terms) > total:
        return ClaimCheck(
            test="part_of_whole",
            target=target,
            expected=total,
            verdict="refuted",
            reason=f"其中一部分为{plain(max(terms))}，比总数{plain(total)}还大。",
            related=related,
        )
    if len(terms) < 2:
        return None
    added = sum(terms, Decimal(0))
    sum_text = "＋".join(map(plain, terms))
    if added == total:
        reason = f"{sum_text}＝{plain(added)}，与总数一致。"
        doubtful = False
        verdict: ClaimVerdict = "supported"
    elif added < total and found.openness == "open":
        return None
    else:
        reason = f"所列各项{sum_text}＝{plain(added)}，总数写{plain(total)}，相差{plain(abs(total - added))}"
        doubtful = added < total and found.openness == "among"
        reason += "；没有写明是否列全，请人工核对。" if doubtful else "。"
        verdict = "not_enough_info" if doubtful else "refuted"
    return ClaimCheck(
        test="parts",
        target=target,
        expected=added,
        verdict=verdict,
        reason=reason,
        related=related,
        open=doubtful,
    )
