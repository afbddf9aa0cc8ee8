"""Whose applications, and about what, a figure is said to be of by the words in front of it.

``自然人申请中，予以公开8件`` is of one column; ``涉企申请3件`` is of none.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from checker.claims.beside import right_of
from checker.claims.sentences import Sentence, unknown_length
from checker.claims.subjects import (
    APPEALS,
    DECISIONS,
    DOCUMENTS,
    TELLING,
    Subject,
    joint_applicants,
    read_subject,
)
from checker.rulebook.which_requests import load_which_requests
from checker.rulebook.wording import compiled

_MARKS: Final = ",;。:"
# 要求提供公开出版物, 要求重新出具: rows that are named by what was asked for
_ASKING: Final = frozenset(("declined.published_material", "declined.reconfirmation"))


def of_which(sentence: Sentence, number: int, full: Subject) -> Subject:
    """The subject of a figure with the applications that its sentence speaks of.

    Args:
        sentence: where the figure stands.
        number: its index.
        full: what it counts, as far as its own words and those before it tell.
    """
    if full.topic in APPEALS:
        # 复议案件中自然人提起6件
        by_applicant = full.applicant is not None and sentence.section != "appeals"
        part = by_applicant or _of_results(sentence, number)
        return replace(full, residue=True) if part else full
    if _asked_for(sentence, number, full):
        return Subject(topics=("requests",), residue=True)
    if full.topic != "requests" or full.residue:
        return full
    place = sentence.figures[number].start
    tried = _tried(sentence, place)
    if tried is not None and not any(s in TELLING for s in full.stages):
        return replace(full, topics=("litigation",), stages=("closed",) if tried["done"] else ())
    full = _all_but(sentence, place, full)
    if full.residue or _of_some(sentence, number):
        return replace(full, residue=True)
    full = _of_anybody(sentence, number, _proposed(sentence, number, full))
    return _of_head(sentence, place, _of_said(sentence, number, full))


def _of_head(sentence: Sentence, place: int, full: Subject) -> Subject:
    """自然人申请方面，上年结转3件、新收51件: what the sentence opens with may be meant."""
    head = compiled(load_which_requests().head).match(sentence.text, sentence.start, place)
    if head is None or full.applicant or full.said_of:
        return full
    named = [w.value("applicant") for w in sentence.telling("applicant", sentence.start, place)]
    opens = sentence.telling("applicant", sentence.start, head.end())
    return replace(full, said_of=named[0]) if opens and len(set(named)) == 1 else full


def _all_but(sentence: Sentence, place: int, full: Subject) -> Subject:
    """除自然人外，其他申请人共申请15件: those of all who are not left out."""
    left_out = compiled(load_which_requests().all_but).search(sentence.text, sentence.start, place)
    if left_out is None:
        return full
    who = read_subject(sentence.words_between(*left_out.span("who"))).applicant
    rest = "organizations" if who in ("natural_person", "citizen") else None
    return replace(full, applicant=rest, residue=rest is None)


def _of_some(sentence: Sentence, number: int) -> bool:
    """Only those of some months or about some matter, what others think of them, or not final."""
    words, figure = load_which_requests(), sentence.figures[number]
    start = max(sentence.text.rfind(";", sentence.start, figure.start) + 1, sentence.start)
    head = compiled(words.about_head).match(sentence.text, start, figure.start)
    if head and not compiled(words.ends).search(sentence.text, head.end(), figure.start):
        return True
    in_front = (words.at_some_time, words.opinion)
    if any(compiled(w).search(sentence.text, sentence.start, figure.start) for w in in_front):
        return True
    return compiled(words.not_final).match(sentence.text, figure.behind) is not None


def _of_said(sentence: Sentence, number: int, full: Subject) -> Subject:
    """The same for applications of which the words in front tell whose, or what they are about."""
    place = sentence.figures[number].start
    result = any(s in TELLING or "." in s for s in full.stages)
    for start, end in _said_before(sentence, place) if result else _beside(sentence, number):
        if compiled(load_which_requests().about).search(sentence.text[start:end]):
            return replace(full, residue=True)
        return _of_applicant(sentence, (start, end), place, full) if result else full
    return full


def _asked_for(sentence: Sentence, number: int, full: Subject) -> bool:
    """申请事项主要集中在行政许可8件, 申请公开行政处罚案卷6件: what applications ask for."""
    words, place = load_which_requests(), sentence.figures[number].start
    leaf = any("." in s for s in full.stages)
    if not (leaf or full.topic in DECISIONS | DOCUMENTS) or _ASKING.issuperset(
        full.stages or ("",)
    ):
        return False
    start = max(sentence.text.rfind(";", sentence.start, place) + 1, sentence.start)
    said = compiled(words.asked_for).search(sentence.text, start, place)
    if said is None and not leaf:
        said = compiled(words.asked_about).search(sentence.text, start, place)
    return said is not None and compiled(words.answered_so).search(said[0]) is None


def _of_anybody(sentence: Sentence, number: int, full: Subject) -> Subject:
    """群众和企业提交的申请66件: all of them, or those of the two columns."""
    words, place = load_which_requests(), sentence.figures[number].start
    start, _ = next(_beside(sentence, number))
    both = compiled(words.anybody).search(sentence.text, start, place)
    if both and both["who"] and both["body"]:
        columns = full.with_applicants or joint_applicants(
            ["natural_person", full.applicant or "organizations"]
        )
        return replace(full, applicant="citizen", with_applicants=columns)
    one = compiled(words.somebody).search(sentence.text, start, place)
    others = (
        one and not full.applicant and sentence.telling("applicant", sentence.start, sentence.end)
    )
    return replace(full, applicant="citizen") if others else full


def _tried(sentence: Sentence, place: int) -> re.Match[str] | None:
    """县法院审结我局政府信息公开案件1件: what a court tries is no application."""
    start = sentence.segment_at(place).start
    return compiled(load_which_requests().tried).search(sentence.text, start, place)


def _of_results(sentence: Sentence, number: int) -> bool:
    """1件不予公开引发复议: only the cases about answers of that kind."""
    segment = sentence.segment_at(sentence.figures[number].start)
    behind = right_of(sentence, number, segment)
    for word in behind:
        if word.value("topic") in APPEALS:
            return False
        stage = word.value("stage")
        if stage is not None and (stage in TELLING or "." in stage):
            return any(w.value("topic") in APPEALS for w in behind)
    return False


def _proposed(sentence: Sentence, number: int, full: Subject) -> Subject:
    """收到申请1件，由一名个人提出: all of it is of that applicant."""
    pattern = compiled(load_which_requests().proposed)
    told = pattern.match(sentence.text, sentence.figures[number].behind, sentence.end)
    if told is None or full.applicant:
        return full
    who = read_subject(sentence.words_between(*told.span("who"))).applicant
    who = "natural_person" if who == "citizen" else who
    return replace(full, applicant=who) if who and who != "organizations" else full


def _said_before(sentence: Sentence, place: int) -> Iterator[tuple[int, int]]:
    """The clause that ends with 中, the last in front of a place."""
    words = load_which_requests()
    start = max(sentence.text.rfind(";", sentence.start, place) + 1, sentence.start)
    frames = list(compiled(words.frame).finditer(sentence.text, start, place))
    if not frames or compiled(words.ends).search(sentence.text, frames[-1].end(), place):
        return
    end = frames[-1].end()
    yield max(sentence.text.rfind(c, start, end) + 1 for c in _MARKS) or start, end


def _beside(sentence: Sentence, number: int) -> Iterator[tuple[int, int]]:
    """The words in front of a figure, up to the mark or the figure before."""
    place = sentence.figures[number].start
    start = max(sentence.text.rfind(c, sentence.start, place) + 1 for c in _MARKS)
    before = sentence.figures[number - 1].behind if number else sentence.start
    yield max(start, before, sentence.start), place


def _of_applicant(sentence: Sentence, frame: tuple[int, int], place: int, full: Subject) -> Subject:
    """自然人申请中，予以公开8件: of that applicant, where none is named since."""
    start, end = frame
    named = read_subject(sentence.words_between(start, end))
    since = sentence.telling("applicant", end, place)
    if named.applicant is None or full.applicant or since or named.topic not in (None, "requests"):
        return full
    applicant = "natural_person" if named.applicant == "citizen" else named.applicant
    if not _listed(sentence, end, place):
        return replace(full, said_of=full.said_of or applicant)
    only_new = compiled(load_which_requests().new).search(sentence.text, start, end) is not None
    return replace(
        full,
        applicant=applicant,
        with_applicants=joint_applicants(named.with_applicants),
        framed=True,
        residue=only_new,
    )


def _listed(sentence: Sentence, end: int, place: int) -> bool:
    """Whether nothing but figures and known words stand between a frame and a figure."""
    if unknown_length(sentence.words_between(end, place), sentence.figures):
        return False
    own = sentence.segment_of(place)
    between = [s for s in sentence.segments[:own] if s.start >= end]
    counted = [f.start for f in sentence.figures]
    return all(any(s.start <= c < s.end for c in counted) for s in between if s.start < s.end)
