"""The totals that a share may be of: the one its words name, or all that they leave open.

Applications have three totals, so a share whose words name none may be of any of them (DOMAIN 10,
11); figures of the text may be totals too.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final, NamedTuple

from checker.claims.ratios import is_ratio
from checker.claims.rows import Row
from checker.claims.sentences import Sentence
from checker.claims.subjects import TELLING, Subject, read_subject
from checker.claims.targets import Tables, Target
from checker.rulebook.late import late_regex
from checker.rulebook.terms import load_terms

Whole = tuple[Decimal, str]
_ANY: Final = ("closed", "received")  # 办结的, 新收的, 新收和上年结转的
_SHARED: Final = late_regex("[,(]?(?:约|大约)?(?:占比?|比例|比重)?(?:约|达|为|到)*")
_DUE: Final = late_regex("(?:应|需|须)[^,。;:0-9]{0,8}$")
# 按时办结率 and 满意率 are of what was done, not of what was due
_RATE: Final = late_regex(
    "(?P<way>[按及准限]时|[按限]期)?[一-鿿](?P<name>[一-鿿])率(?:为|是|达到?)?$"
)
_SAME_GROUP: Final = late_regex("占(?:该|此|本|这一)类[^,。;0-9]{0,4}$")
_IN_ALL: Final = late_regex("(?:共计?|合计|总计|总共)$")


class Base(NamedTuple):
    """What the words of a share say of its total.

    Attributes:
        targets: the cells that may be the total, the likeliest first.
        named: the words leave no other total than these.
    """

    targets: tuple[Target, ...]
    named: bool


def base_of(sentence: Sentence, mark: int, place: int, tables: Tables) -> Base:
    """The total of applications that is named between 占 and a share; all of them when none is.

    Args:
        sentence: where the share stands.
        mark: where the share begins to be spoken of.
        place: where its figure begins.
        tables: the cells.
    """
    said = read_subject(sentence.words_between(mark, place))
    if said.stages and (set(said.stages) & TELLING or any("." in s for s in said.stages)):
        return Base(_readings(tables, *said.stages), named=True)  # 占无法提供的75.6%
    if said.applicant not in (None, "citizen") and said.topic in (None, "requests"):
        return Base(_of_applicant(tables, said), named=True)  # 占法人和其他组织申请的60%
    words = sentence.text[mark:place].rpartition("占")
    found = next(
        (b for b in load_terms().share_bases if words[1] and re.search(b.pattern, words[2])), None
    )
    return Base(_readings(tables, *(found.stages if found else _ANY)), named=found is not None)


def group_of(sentence: Sentence, mark: int, place: int, part: Row, tables: Tables) -> Base | None:
    """不掌握102件，占该类77.9%: the group of results to which the part belongs."""
    stages = part.subject.stages
    if len(stages) != 1 or not _SAME_GROUP.search(sentence.text, mark, place):
        return None
    target = tables.requests((f"{stages[0].partition('.')[0]}.*",))
    return Base((target,), named=True) if "." in stages[0] else None


def wholes(rows: Sequence[Row], number: int, part: Row, tables: Tables, base: Base) -> list[Whole]:
    """The totals that a share may refer to: figures of the text and cells, the likeliest first."""
    said = part.subject
    # 新增视频解读4篇 is no number of applications, whatever 新增 is said of
    unnamed = said.topic is None and not part.noun
    of_requests = said.topic == "requests" or (unnamed and bool(said.stages))
    of_requests = of_requests or (base.named and (said.channel or said.applicant is not None))
    told = _told(rows, number, part)
    due = due_before(rows, number)
    if due is not None:
        return _values([due])
    if of_requests and base.named:
        counted = [r for r in told if _counts(r, base, tables)]
        named = [*_values(counted), *held(base, tables)]
        if any(value > 0 for value, _ in named):
            return named
    return [*_values(told), *(held(base, tables) if of_requests else ())]


def due_before(rows: Sequence[Row], number: int) -> Row | None:
    """What a rate is of where that is told: 应办理25件 in 应办理25件，办结22件，办结率88%."""
    row = rows[number]
    counted = [r for r in rows[:number] if r.figure and not is_ratio(r.figure)]
    text, start = row.sentence.text, row.sentence.start
    rate = _RATE.search(text, start, row.start)
    if not counted or rate is None or rate["way"] or rate["name"] not in text[start : rate.start()]:
        return None
    unit = counted[-1].figure.unit if counted[-1].figure else None
    due = [
        r
        for r in counted[:-1]
        if r.figure and r.figure.unit == unit and _DUE.search(text, start, r.start)
    ]
    return due[-1] if due else None


def named_wholes(named: Sequence[Row]) -> list[Whole]:
    """A total that the share itself names: 占全年公开信息1350条的7.2%."""
    found = [r.figure.value for r in named if r.figure and r.figure.value is not None]
    return [(found[-1], "正文所说的总数")] if found else []


def _of_applicant(tables: Tables, said: Subject) -> tuple[Target, ...]:
    """The applications of those that a share names as its total."""
    stages = [(s,) for s in said.stages] or [("received",), ("total",)]
    asked = (replace(said, topics=("requests",), stages=s) for s in stages)
    return tuple(t for a in asked for t in tables.readings(a))


def _readings(tables: Tables, *stages: str) -> tuple[Target, ...]:
    """The cells that any of these stages may mean."""
    subjects = (Subject(topics=("requests",), stages=(s,)) for s in stages)
    return tuple(t for s in subjects for t in tables.readings(s))


def _counts(row: Row, base: Base, tables: Tables) -> bool:
    """Whether a figure of the text counts what the base is."""
    spoken = {t.expression for t in tables.readings(row.subject)} if row.subject.topics else set()
    return not row.subject.applicant and bool(spoken & {t.expression for t in base.targets})


def held(base: Base, tables: Tables) -> Iterator[Whole]:
    """The cells that a base may be, with what they hold."""
    for target in base.targets:
        value = tables.holding(target).value
        if value is not None:
            yield value, target.label


def _values(rows: Sequence[Row]) -> list[Whole]:
    found = [
        (r.figure.value, f"正文的{r.printed}")
        for r in rows
        if r.figure and r.figure.value is not None
    ]
    return sorted(found, key=lambda f: -f[0])


def _told(rows: Sequence[Row], number: int, part: Row) -> list[Row]:
    """Figures that may be totals: those before the part, and a total behind it."""
    found: list[Row] = []
    for at, row in enumerate(rows):
        if row is part or row.figure is None or row.figure.value is None or is_ratio(row.figure):
            continue
        shared = at + 1 < len(rows) and _is_share_of(row, rows[at + 1])
        shared = shared or bool(at and _is_share_of(rows[at - 1], row))
        if shared or (
            part.figure and row.figure.unit != part.figure.unit and part is not rows[number]
        ):
            continue  # what has a share of its own is another part
        behind = row.start > rows[number].start
        if behind and not _IN_ALL.search(row.sentence.text[row.sentence.start : row.start]):
            continue
        found.append(row)
    return found


def _is_share_of(row: Row, following: Row) -> bool:
    """664条，占比48.8%, or 占41.2%（376条）."""
    if row.figure is None or following.figure is None:
        return False
    between = row.sentence.text[row.figure.behind : following.start]
    if row.figure.unit == "percent":
        return between == "("
    return following.figure.unit == "percent" and _SHARED.fullmatch(between) is not None
