"""What is spoken of at a place when it is no application for government information.

The last mention before a place holds: behind 受理信访事项31件 the word 办结 is said of those, until
applications are named again.
"""

from collections.abc import Sequence
from typing import Final

from checker.claims.sentences import Sentence
from checker.claims.short_rows import short_rows
from checker.claims.subjects import TELLING
from checker.claims.turns import Turn
from checker.claims.words import Word
from checker.rulebook.late import late_regex
from checker.rulebook.terms import Elsewhere, ElsewhereKind

_COUNTED: Final = late_regex("[0-9٬余多]+([件条份起宗个次封批人例项]?次?)")
_NEXT_POINT: Final = late_regex(
    r"[;:](?:[一二三四五六七八九]是|\([一二三四五六七八九]\)|[1-9][.、])"
)
_GROUPS: Final = ("declined", "denied", "unavailable")
_REASON: Final = late_regex('(?:类|申请|的|")*(?:为由|的?(?:原因|理由|情形))?,?(?:依法)?不予')
_LASTING: Final[frozenset[ElsewhereKind]] = frozenset(("matter", "place", "example"))
_OF_CASES: Final[frozenset[ElsewhereKind]] = frozenset(("cause", "example"))


def spoken_of(sentence: Sentence, place: int, passage: Sequence[Sentence]) -> Elsewhere | None:
    """The thing without a table that is spoken of at a place; None where applications may be.

    Args:
        sentence: where the place lies.
        place: the start of a figure or of a word such as 均.
        passage: the sentences around it; the one before is asked where this one names nothing.
    """
    said = [t for t in _turns(sentence) if t.end <= place and _speaks_here(sentence, t, place)]
    if not said:
        return _taken_over(sentence, place, passage)
    named = max((t.start for t in said if t.spec is None and t.sure), default=-1)
    lasting = [t for t in said if t.spec is not None and t.spec.kind in _LASTING]
    if lasting and lasting[-1].start > named:
        return lasting[-1].spec
    current = said[-1]
    if current.spec is None:
        before = None if named >= 0 else _taken_over(sentence, place, passage)
        return before if before is not None and before.kind in _LASTING else None
    other = named >= 0 and _of_other_unit(sentence, current.start, place)
    return None if other else current.spec


def _turns(sentence: Sentence) -> list[Turn]:
    """All turns but those that are rows of the form: 不予处理3件，其中信访投诉2件."""
    others = [t for t in sentence.turns if t.spec is not None]
    if not others:
        return list(sentence.turns)
    rows = [(m.start, m.end) for m in short_rows(sentence)]
    rows += [
        (w.start, w.end)
        for w in sentence.telling("stage", sentence.start, sentence.end)
        if "." in (w.value("stage") or "") and _declined(sentence, w)
    ]
    return [
        t
        for t in sentence.turns
        if t.spec is None or not any(start < t.end and t.start < end for start, end in rows)
    ]


def _declined(sentence: Sentence, row: Word) -> bool:
    """Whether a row is told as a result: 不予处理的5件中信访类3件; 以“信访类”为由不予处理."""
    before = sentence.telling("stage", sentence.start, row.start)
    told = any(w.value("stage") in _GROUPS for w in before)
    return told or _REASON.match(sentence.text, row.end) is not None


def other_cause(sentence: Sentence, place: int) -> Elsewhere | None:
    """What the cases spoken of at a place were about when it was not 政府信息公开."""
    ends = [m.end() for m in _NEXT_POINT.finditer(sentence.text, sentence.start, place)]
    said = [t for t in sentence.turns if max(ends, default=0) <= t.start and t.end <= place]
    told = [t for t in said if t.sure and (t.spec is None or t.spec.kind in _OF_CASES)]
    return told[-1].spec if told else None


def of_field(sentence: Sentence, place: int) -> bool:
    """法治建设方面，…: another field of work opens the sentence, and no application is named."""
    said = [t for t in sentence.turns if t.end <= place and t.sure]
    return bool(said) and said[-1].spec is not None and said[-1].spec.kind == "matter"


def _speaks_here(sentence: Sentence, turn: Turn, place: int) -> bool:
    """A leak is told in its own clause, and the cause of cases says nothing of applications."""
    if turn.spec is None or turn.spec.kind not in ("incident", "cause"):
        return True
    return turn.spec.kind == "incident" and "," not in sentence.text[turn.end : place]


def _of_other_unit(sentence: Sentence, start: int, place: int) -> bool:
    """依申请公开方面，受理咨询12次，收到3件: what is counted by another word is another thing."""
    counted = _COUNTED.search(sentence.text, start, place)
    asked = _COUNTED.match(sentence.text, place)
    return counted is not None and asked is not None and counted[1] != asked[1]


def _taken_over(sentence: Sentence, place: int, passage: Sequence[Sentence]) -> Elsewhere | None:
    """What the sentence before ends with, as in 受理信访事项31件。已全部办结."""
    before = next((s for s in passage if s.end == sentence.start), None)
    said = _turns(before) if before is not None else []
    if before is None or not said or any(t.spec is None and t.sure for t in said):
        return None
    lasting = [t for t in said if t.spec is not None and t.spec.kind in _LASTING]
    last = said[-1]
    if last.spec is None and lasting:
        last = lasting[-1]  # 窗口服务优化，收到申请1864件。办结1859件: those of the window
    if last.spec is None or last.spec.kind in ("incident", "cause"):
        return None
    earlier = (t for s in passage if s.end <= before.start for t in s.turns)
    # 来电450通。答复450件 goes on; 会商5次。不予公开5件 does not, nor does it below 依申请公开
    anew = any(t.spec is None and t.sure for t in earlier) or _opens_with_result(sentence)
    return None if anew and _of_other_unit(sentence, last.start, place) else last.spec


def _opens_with_result(sentence: Sentence) -> bool:
    """Whether the first figure of a sentence counts a result that only applications have."""
    end = sentence.figures[0].start if sentence.figures else sentence.start
    words = sentence.words_between(sentence.start, end)
    return any((v := w.value("stage")) is not None and (v in TELLING or "." in v) for w in words)
