"""Whose applications a figure counts when its own words do not say it all."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from checker.claims.rows import Row
from checker.claims.sentences import Sentence
from checker.claims.subjects import ORGANIZATIONS, Subject, joint_applicants

_JURIDICAL: Final = ("organizations", "other_organization")
_SPLIT: Final = "正文把法人和其他组织分开写，表三没有这样的分法；两数之和与表三一致。"
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
    came_over = "carried_over_in" in subject.stages  # 企业新收3件，上年转来1件
    came_over = came_over or ("new_received" in subject.stages and _all_due(told[:number]))
    if (
        not (results or came_over)
        or subject.topic != "requests"
        or subject.applicant
        or subject.channel
    ):
        return None
    figures = sentence.figures
    start = sentence.text.rfind(";", sentence.start, figures[number].start) + 1
    asked = [
        i
        for i, t in enumerate(told[:number])
        if figures[i].start >= start and t.topic in (None, "requests") and (t.stages or t.applicant)
    ]
    named = [told[i].applicant or told[i].said_of for i in asked]
    if not named:  # 自然人办结52件，其中公开14件；部分公开5件
        of_all = {t.applicant or t.said_of for t in told[:number] if t.topic == "requests"}
        return of_all.pop() if len(of_all) == 1 else None
    if len(set(named)) == 1:
        return named[0]
    between = sentence.text[figures[asked[-1]].behind : figures[number].start]
    if between.startswith("中,"):
        return named[-1]  # 企业3件全部公开，个人提出的21件中，8件公开
    if None not in named and between[:1] in ("、", ",") and set(told[asked[-1]].stages) - _INCOMING:
        return named[-1]  # 自然人办结20件、结转2件，企业办结2件、结转1件
    divided = between.startswith("(") or "其中" in between
    return named[-1] if divided and named[-2] is None else None


def _all_due(told: Sequence[Subject]) -> bool:
    """企业申请应办4件（新收3件、上年结转1件）: what was due is divided into old and new."""
    return any("due" in t.stages for t in told)


def named_apart(subject: Subject, told: Sequence[Subject]) -> tuple[str, ...]:
    """For 公民51件、企业3件、其他组织12件: the applicants that the list names before 其他组织.

    So it is with 另外9件来自公益组织、律师事务所等.
    """
    open_list = subject.applicant == "organizations" and subject.with_applicants
    others = subject.applicant == "other_organization" and not subject.with_applicants
    if not (open_list or others):
        return ()
    before = [t for t in told if t.applicant and set(t.stages) <= {*subject.stages, "received"}]
    return tuple(dict.fromkeys(a for t in before for a in (t.applicant, *t.with_applicants) if a))


def with_applicant(own: Subject, before: Subject) -> Subject:
    """企业、律所12件: the applicant told in the segment before is counted in the same figure."""
    told = set(before.stages) <= _INCOMING and before.topics in ((), ("requests",))
    if before.applicant not in ORGANIZATIONS or not told:
        return own
    named = (
        *(before.with_applicants or (before.applicant,)),
        *(own.with_applicants or (own.applicant,)),
    )
    return replace(own, with_applicants=joint_applicants([n for n in named if n]))


def split_organizations(rows: Sequence[Row]) -> None:
    """法人12件、其他组织3件: all organisations, parted as table 三 does not."""
    asked = {r.subject.applicant: r for r in rows if r.subject.applicant in _JURIDICAL}
    if len(asked) < len(_JURIDICAL):
        return
    whole, rest = (asked[a] for a in _JURIDICAL)
    values = [r.figure.value for r in (whole, rest) if r.figure and r.figure.value is not None]
    held = next((c.expected for c in whole.checks if c.test == "cell"), None)
    if len(values) < len(_JURIDICAL) or held is None or sum(values, Decimal(0)) != held:
        return
    for row in (whole, rest):
        row.checks = [c.unproved(_SPLIT) if c.verdict == "refuted" else c for c in row.checks]
