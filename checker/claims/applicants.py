"""Whose applications a result speaks of when only the clause before names the applicant."""

from collections.abc import Sequence
from typing import Final

from checker.claims.sentences import Sentence
from checker.claims.subjects import Subject

_INCOMING: Final = frozenset(("received", "new_received", "carried_over_in", "due"))


def said_of(
    sentence: Sentence, number: int, subject: Subject, told: Sequence[Subject]
) -> str | None:
    """The applicant of ``答复企业申请3件，其中予以公开2件``, which the 2 may mean too.

    Args:
        sentence: where the figure stands.
        number: its index.
        subject: what its words say.
        told: what the figures before it count.
    """
    results = set(subject.stages) - _INCOMING
    if not results or subject.topic != "requests" or subject.applicant or subject.channel:
        return None
    figures = sentence.figures
    start = sentence.text.rfind(";", sentence.start, figures[number].start) + 1
    asked = [
        i
        for i, t in enumerate(told[:number])
        if figures[i].start >= start and t.topic in (None, "requests") and (t.stages or t.applicant)
    ]
    named = [told[i].applicant or told[i].said_of for i in asked]
    if not named:
        return None
    if len(set(named)) == 1:
        return named[0]
    between = sentence.text[figures[asked[-1]].behind : figures[number].start]
    divided = between.startswith("(") or "其中" in between
    return named[-1] if divided and named[-2] is None else None
