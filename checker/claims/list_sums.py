"""Lists in the narrative: whether the parts that are told of a figure make it up.

The ways to tell a list are known elsewhere; here they are held together and weighed against what
the tables say of the same figures.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from checker.claims.bare_lists import bare_lists, channel_lists, lists_before
from checker.claims.consistency import closed, told_by_parts
from checker.claims.figures import Figure
from checker.claims.lists import Parts, by_noun, continued, find_lists, makes
from checker.claims.near_sums import near_lists, slipped
from checker.claims.rows import Row
from checker.claims.sentences import Sentence
from checker.claims.several import completes
from checker.claims.subjects import APPEALS, DECISIONS, DOCUMENTS, RESULTS
from checker.claims.sums import parts_check
from checker.claims.targets import Tables
from checker.domain.claim import ClaimCheck

_OF_THIS_YEAR: Final = frozenset(("received", "new_received"))
_OF_BOTH_YEARS: Final = frozenset(("closed", "answered", "carried_over_in", "carried_over_out"))
_CLOSED: Final = frozenset(("closed", "answered"))
_CARRIED: Final = frozenset(("carried_over_in", "carried_over_out", "carried"))
_IN_TABLES: Final = frozenset(("requests", *APPEALS, *DOCUMENTS, *DECISIONS))
_OF_ALL_TABLES: Final = frozenset(("requests", *APPEALS))
_OTHER_YEARS: Final = ("prior_year", "unclear")
_ELSEWHEN: Final = (*_OTHER_YEARS, "next_year")
_BY_CELL: Final = ("cell", "absence", "quantifier", "fee")
_PLAUSIBLE: Final = 4


def list_sums(
    sentence: Sentence, rows: Sequence[Row], tables: Tables, earlier: Sequence[Row]
) -> None:
    """Add to every total of a sentence whether its parts make it up.

    Args:
        sentence: where to look.
        rows: those of its figures.
        tables: the cells.
        earlier: the rows of the sentences before it.
    """
    nouns = [r.noun for r in rows]
    subjects, apart = [r.subject for r in rows], _no_totals(rows)
    opened = [*find_lists(sentence, subjects, apart=apart)]
    closed_ones = {p.total for p in opened if p.openness == "closed"}
    full = [{*p.parts} for p in opened if makes(p.parts, p.total, sentence.figures)]
    bare = {
        p.total: p
        for p in bare_lists(sentence, subjects, apart)
        if p.total not in closed_ones and not any({p.total, *p.parts} <= all_ for all_ in full)
    }
    told = (*(p for p in opened if p.total not in bare), *bare.values())
    judged = frozenset(
        i for i, r in enumerate(rows) if r.subject.topic in _OF_ALL_TABLES and by_cell(r)
    )
    wholes = frozenset(r.figure.value for r in earlier if r.figure and r.figure.value is not None)
    behind = [p for p in lists_before(sentence, subjects) if p.total not in closed_ones]
    near = (
        *channel_lists(sentence, subjects),
        *behind,
        *near_lists(sentence, apart, judged, wholes),
    )
    for whole in (*told, *(p for p in near if not _read(p, told))):
        for found in by_noun(sentence, whole, nouns):
            check = _list_check(sentence, found, rows, tables)
            if check is not None:
                _add_list(rows[found.total], check)
                if check.test == "parts" and check.verdict == "supported":
                    told_by_parts(found, rows, tables)


def _read(found: Parts, told: Sequence[Parts]) -> bool:
    """Whether one of the figures belongs to a list that words open."""
    closed_ones = [p for p in told if p.openness != "open"]
    known = {i for p in closed_ones for i in p.parts}
    divided = found.openness == "near" and found.total in {p.total for p in closed_ones}
    return divided or set(found.parts) <= known


def continued_sums(before: Sequence[Row], rows: Sequence[Row], tables: Tables) -> None:
    """共收到40件。其中自然人35件，法人5件: the total stands in the sentence before.

    Where several figures may be the total, one that the parts make up is it.
    """
    told = [r for r in before if r.figure is not None]
    parts = [r for r in rows if r.figure is not None]
    if not told or not parts:
        return
    first, second = told[0].sentence, parts[0].sentence
    both = first.with_next(second)
    joint = [*told, *parts]
    counted = [i for i in range(len(told)) if _may_be_divided(told[i], parts[0])]
    lists = [continued(both, second.start, i, [r.subject for r in joint]) for i in counted]
    checked = [
        (found, check)
        for found in lists
        if found is not None
        and (check := _list_check(both, found, joint, tables)) is not None
        and not check.open
    ]
    if not second.text.startswith("其中", second.start):
        # 另有5件结转下年。从申请人看，自然人58件: what is far from a sum is not its total
        checked = [(p, c) for p, c in checked if c.test != "part_of_whole" and _near(joint, p, c)]
    right = [(p, c) for p, c in checked if c.verdict == "supported"]
    if any(c.test in ("parts", "near_parts") and not c.open for r in parts for c in r.checks):
        return  # 许可类5件，项目类4件，划界类2件，合计11件: the list has a total of its own
    if not right and len(counted) > 1:
        slips = [p for p, _ in checked if slipped(*_figures(both, p))]
        near = [replace(p, openness="near") for p in slips if len(slips) == 1]
        checked = [(p, c) for p in near if (c := _list_check(both, p, joint, tables)) is not None]
    for found, check in right[:1] or checked:
        _add_list(joint[found.total], check)


def _figures(sentence: Sentence, found: Parts) -> tuple[Figure, tuple[Figure, ...]]:
    return sentence.figures[found.total], tuple(sentence.figures[i] for i in found.parts)


def _near(rows: Sequence[Row], found: Parts, check: ClaimCheck) -> bool:
    """Whether the parts make up the total or nearly so, as after a slip."""
    total = rows[found.total].figure
    added, whole = check.expected, total.value if total else None
    if added is None or whole is None:
        return False
    return abs(added - whole) * _PLAUSIBLE <= whole


def _may_be_divided(total: Row, part: Row) -> bool:
    if total.figure is None or part.figure is None or total.figure.unit is None:
        return False
    outside = total.sentence.depth_at(total.start) == 0
    elsewhen = total.scope in _OTHER_YEARS and part.scope not in _ELSEWHEN
    same = total.figure.unit == part.figure.unit
    return outside and same and not elsewhen and total.kind != "growth_rate"


def _no_totals(rows: Sequence[Row]) -> frozenset[int]:
    """Figures of other years among those of this one, and changes: nothing divides them."""
    elsewhen = {i for i, r in enumerate(rows) if r.scope in _OTHER_YEARS}
    changed = {i for i, r in enumerate(rows) if r.kind == "growth_rate"}
    first = min(elsewhen, default=0)
    if elsewhen >= set(range(first, len(rows))) - changed:
        elsewhen = set()  # 对2019年至2023年的文件复核1385件，其中…: all of them are of other years
    return frozenset(elsewhen | changed)


def _list_check(
    sentence: Sentence, found: Parts, rows: Sequence[Row], tables: Tables
) -> ClaimCheck | None:
    """Whether a list makes up its total; None when that says nothing."""
    values = {
        i: r.figure.value for i, r in enumerate(rows) if r.figure and r.figure.value is not None
    }
    if _overlapping(sentence, found, rows):
        return None
    check = parts_check(sentence, found, values)
    if check is None or (check.verdict != "supported" and _but_carried(found, rows, tables)):
        return None
    if check.open and rows[found.total].scope == "prior_year":
        return None
    check = closed(check, found, rows, tables)
    completed = completes(sentence, found.parts[-1])
    return None if _told_by_cells(check, found, rows, of_rest=completed) else check


def _add_list(row: Row, check: ClaimCheck) -> None:
    if check in row.checks:
        return  # found from two ends, it is said once
    row.checks.append(check)
    if check.test == "parts":
        row.kind = "parts_sum"


def _told_by_cells(check: ClaimCheck, found: Parts, rows: Sequence[Row], *, of_rest: bool) -> bool:
    """Whether the tables judge the figures of a list, so that its sum adds nothing.

    An open list whose figures all agree leaves other results out; a list that 其余 completes
    and that adds up once what differs from its cell is put right has its fault told already.
    """
    if check.test == "part_of_whole" or check.verdict == "supported":
        return False
    judged = [by_cell(rows[i]) for i in (found.total, *found.parts)]
    if check.test == "near_parts" and any(c is not None and c.verdict == "refuted" for c in judged):
        return True
    if check.open or check.test == "near_parts":
        return all(c is not None and c.verdict == "supported" for c in judged)
    wrong = [c for c in judged if c is not None and c.verdict == "refuted"]
    one_part = len(wrong) == 1 and judged[0] not in wrong
    if not wrong or not (of_rest or one_part):
        return False
    right = [
        c.expected if c and c.expected is not None else f.value
        for c, i in zip(judged, (found.total, *found.parts), strict=True)
        if (f := rows[i].figure) is not None
    ]
    known = [v for v in right if v is not None]
    return len(known) > len(found.parts) and known[0] == sum(known[1:])


def agrees(row: Row) -> bool:
    """Whether the tables hold just this figure."""
    check = by_cell(row)
    return check is not None and check.verdict == "supported"


def by_cell(row: Row) -> ClaimCheck | None:
    """The comparison with the tables that judges a figure."""
    return next(
        (c for c in row.checks if c.test in _BY_CELL and c.verdict != "not_enough_info"), None
    )


def _but_carried(found: Parts, rows: Sequence[Row], tables: Tables) -> bool:
    """办理895件，其中予以公开402件……: the results leave out what is carried over to next year."""
    total, parts = rows[found.total], [rows[i] for i in found.parts]
    carried = tables.holding(tables.requests(("carried_over_out",))).value
    values = [r.figure.value for r in (total, *parts) if r.figure and r.figure.value is not None]
    open_total = total.subject.topic == "requests" and not _CLOSED & set(total.subject.stages)
    apart = all(p.subject.channel or p.subject.applicant for p in parts)  # of all that came in
    if not open_total or apart or not carried or len(values) <= len(parts):
        return False
    return values[0] - sum(values[1:]) == carried


def _overlapping(sentence: Sentence, found: Parts, rows: Sequence[Row]) -> bool:
    """Other years, cases of other kinds, or what was closed of old and new are no parts."""
    involved = [rows[i] for i in (found.total, *found.parts)]
    if rows[found.total].subject.all_cases or _carried_and_results(found, rows):
        return True
    stages = {s for i in found.parts for s in rows[i].subject.stages}
    if stages & _OF_BOTH_YEARS and set(rows[found.total].subject.stages) & _OF_THIS_YEAR:
        return True
    if "carried_over_in" in stages and not stages & _OF_THIS_YEAR and len(found.parts) > 1:
        return True  # 办理52件，其中含上年9件，予以公开31件
    scopes = {r.scope for r in involved}
    if rows[found.total].scope == "own" and "whole_area" in scopes:
        return True  # 强制37件（全系统合计15322件）
    known = rows[found.total].subject.topic in _IN_TABLES
    if completes(sentence, found.parts[-1]) and not known:
        return False  # 往年目录中的612条复核，更正37条、撤下9条、其余556条不变
    return len(scopes) > 1 and bool(scopes & {"prior_year", "next_year"})


def _carried_and_results(found: Parts, rows: Sequence[Row]) -> bool:
    """结转下年1件，答复情况为：予以公开4件: what is not answered has no results."""
    told = {s.partition(".")[0] for i in found.parts for s in rows[i].subject.stages}
    return bool(set(rows[found.total].subject.stages) & _CARRIED and told & RESULTS)
