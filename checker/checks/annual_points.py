"""Check of the 工作要点 of a year: those cited as a basis are those of the report year.

Only mentions with a year or a known 文号 are judged; history and comparison are left alone.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from checker.checks.context import CheckContext, Draft, KindResult, evaluate
from checker.checks.references import Reference, references_in
from checker.checks.sentences import Narrative, Span, narratives, unreadable
from checker.rulebook.documents import load_documents
from checker.rulebook.kinds_legal import AnnualPointsRule
from checker.rulebook.lexicon import found

_POINTS = re.compile(
    r"(?P<year>20\d\d)年?度?(?P<whose>[^,。;:《》()\d]{0,24}?)(?:政务|政府信息|信息)公开(?:重点)?(?:工作)?的?"
    r"(?:主要|重点)?(?:任务)?要点"
)
_CLOSING = re.compile(r"(?:的通知)?》")
_BETWEEN = re.compile(r"[^,。;《]{0,10}")
_LIST_OF_YEARS = re.compile(r"(?P<year>20\d\d)年?度?(?:[、和与及至到\-—~])$")
_NATIONAL = re.compile(r"国务院办公厅|国办|国家")
_TITLE_REACH = 60
_NUMBER_REACH = 12


class _Cited(NamedTuple):
    """要点 cited by title, by 文号, or by both.

    Attributes:
        years: years of the title; several when they are listed (2019年、2020年…要点).
        number: the 文号, if one is printed.
        national: issued by the General Office of the State Council; None when nothing tells.
    """

    span: Span
    years: frozenset[int]
    number: Reference | None
    national: bool | None

    @property
    def stated(self) -> frozenset[int]:
        """All years that title and 文号 state."""
        return self.years | ({self.number_year} if self.number_year else set())

    @property
    def number_year(self) -> int | None:
        """The year inside the 文号."""
        return self.number.year if self.number else None


@evaluate.register
def _(rule: AnnualPointsRule, context: CheckContext) -> KindResult:
    open_point = unreadable(context, needs_year=True)
    if open_point is not None:
        return open_point
    year = context.report.identity.year or 0
    drafts: list[Draft] = []
    tests = 0
    for narrative in narratives(context):
        if "要点" not in narrative.text and "国办发" not in narrative.text:
            continue
        cited = list(_cited(narrative.text, references_in(narrative, context)))
        tests += len(cited)
        for one in cited:
            if _is_wrong(rule, narrative, one, cited, year=year):
                drafts.append(_draft(rule, context, narrative, one, year=year))
    return KindResult(drafts=tuple(drafts), tests=max(tests, 1))


def _cited(text: str, told: Sequence[Reference]) -> Iterator[_Cited]:
    """Every mention of 要点 with a year, and every known number of them without one."""
    numbers = {r.span.start: r for r in told}
    used: set[int] = set()
    for match in _POINTS.finditer(text):
        places = (i for i in range(match.end(), match.end() + _NUMBER_REACH) if i in numbers)
        at = next((i for i in places if _BETWEEN.fullmatch(text, match.end(), i)), None)
        number = None if at is None else numbers[at]
        opening = _opening(text, match.start())
        start = match.start() if opening is None else opening
        closing = _CLOSING.match(text, match.end())
        end = closing.end() if closing and opening is not None else match.end()
        if at is not None and number is not None:
            used.add(at)
            end = number.span.end + (1 if text[number.span.end : number.span.end + 1] == ")" else 0)
        years = frozenset({int(match["year"]), *_years_before(text, match.start())})
        national = _is_national(text[start : match.end()], number, titled=opening is not None)
        yield _Cited(Span(start, end), years, number, national)
    points = load_documents().annual_points
    for at, number in numbers.items():
        if at not in used and any(number.is_number(p.parts) for p in points):
            yield _Cited(number.span, frozenset(), number, national=True)


def _opening(text: str, start: int) -> int | None:
    """Where the title begins in which the 要点 are named, if they stand in one."""
    found_at = text.rfind("《", max(0, start - _TITLE_REACH), start)
    return found_at if found_at >= 0 and "》" not in text[found_at:start] else None


def _years_before(text: str, start: int) -> list[int]:
    """A year listed in front of one: 2019年、2020年…要点."""
    listed = _LIST_OF_YEARS.search(text[max(0, start - 8) : start])
    return [int(listed["year"])] if listed else []


def _is_national(shown: str, number: Reference | None, *, titled: bool) -> bool | None:
    if number is not None:
        return number.code.endswith("国办发")
    if _NATIONAL.search(shown):
        return True
    return False if titled else None


def _is_wrong(
    rule: AnnualPointsRule,
    narrative: Narrative,
    one: _Cited,
    every: Sequence[_Cited],
    *,
    year: int,
) -> bool:
    if one.stated == {year} or (len(one.years) > 1 and year in one.years):
        return False
    text = narrative.text
    around = narrative.sentence(*one.span)
    sentence = text[slice(*around)]
    if not found(rule.basis_words, sentence) or found(rule.history, sentence):
        return False
    if found(rule.reviewed, text[one.span.end : around.end]):
        return False
    ahead = min(one.stated) > year
    if ahead and (narrative.section == "problems" or found(rule.plan, sentence)):
        return False
    beside = (o for o in every if o is not one and o.years == {year})
    same = (o for o in beside if narrative.sentence(*o.span) == around)
    return not any(o.national == one.national for o in same)


def _draft(
    rule: AnnualPointsRule, context: CheckContext, narrative: Narrative, one: _Cited, *, year: int
) -> Draft:
    evidence = narrative.evidence(context, one.span)
    title_year = max(one.years, default=None)
    differ = title_year and one.number_year and title_year != one.number_year
    values: dict[str, str | int] = {
        "quote": "".join(evidence.quote.split()),
        "year": year,
        "title_year": title_year or "",
        "number_year": one.number_year or "",
        "right": _right(rule, year) if one.national else "",
    }
    return Draft(
        values=values,
        evidence=(evidence,),
        verdict="review",
        message=rule.number_message if differ else None,
    )


def _right(rule: AnnualPointsRule, year: int) -> str:
    """The national 要点 of a year, or that none are known."""
    known = load_documents()
    points = known.points_of(year)
    if points is not None:
        return rule.right.format(year=year, number=points.number)
    last = max(p.year for p in known.annual_points)
    return rule.none_issued.format(year=year) if year > last else ""
