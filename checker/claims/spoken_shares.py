"""Shares in words of a total that the words name: 占新收总量的八成以上, 占办结量的近两成, 过半.

A total that is not named leaves a share in words open, and so does a second figure beside it of
which it would be right.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import accumulate
from typing import Final, NamedTuple

from checker.assemble.numerals import parse_chinese_numeral
from checker.claims.figures import without_approximation
from checker.claims.judge import plain
from checker.claims.plain_shares import decides
from checker.claims.ratios import is_ratio
from checker.claims.rows import Passage, Row
from checker.claims.sentences import Sentence
from checker.claims.subjects import DECISIONS, Subject, read_subject
from checker.claims.targets import Tables
from checker.domain.claim import Approximation, ClaimCheck
from checker.rulebook.spoken_shares import load_spoken_shares
from checker.rulebook.wording import compiled

_TENTHS: Final = "成"
_HALF: Final = Decimal(50)
_OF_SHARE: Final = "占"
_ENDS: Final = ",。;()"
_TENTH: Final = Decimal("0.1")
_NEAR: Final = "近"  # 近, 接近, 将近: said of a little more too
_MOST_PARTS: Final = 6
_OWN: Final = ("own", "part_of_year")
_LEAST_NAME: Final = 2

_Whole = tuple[Decimal, str]


class _Said(NamedTuple):
    """A share in words.

    Attributes:
        row: that of its figure; None for 过半.
        start, end: its place with 近 and 以上.
        lead: from 占 on, without 近.
        mark: where 占 stands.
        slack: how far a percentage may be from it.
        tenths: 七成, which some say of up to 80 %.
    """

    row: Row | None
    start: int
    end: int
    value: Decimal
    approximation: Approximation
    near: bool
    lead: str
    mark: int
    slack: Decimal
    tenths: bool

    def stands_for(self, share: Decimal) -> bool:
        """Whether a percentage may be called so."""
        slack = self.slack
        if self.approximation == "more_than":
            return share >= self.value - _TENTH
        if self.approximation == "less_than" and not self.near:
            return share <= self.value
        if self.approximation == "less_than":
            return self.value - slack <= share <= self.value + 1
        return self.value - slack <= share <= self.value + (slack * 2 if self.tenths else slack)


def spoken_shares(told: Passage, tables: Tables) -> Iterator[Row]:
    """Judge the shares in words of a passage, and yield those that have no figure (过半).

    Args:
        told: its sentences with the rows of their figures.
        tables: the cells.
    """
    before: Sequence[Row] = ()
    for sentence, rows in told:
        if _OF_SHARE in sentence.text[sentence.start : sentence.end]:
            for said in (*_figures(sentence, rows), *_halves(sentence, rows)):
                check = _check(sentence, said, rows, before, tables)
                if check is not None and said.row is not None:
                    said.row.checks.append(check)
                elif check is not None:
                    yield _row(sentence, said, check)
        before = rows


def _figures(sentence: Sentence, rows: Sequence[Row]) -> Iterator[_Said]:
    """八成以上, 近两成, 三分之一 that nothing was held against."""
    for row in rows:
        figure = row.figure
        if figure is None or figure.value is None or row.kind == "growth_rate":
            continue
        fraction = "分之" in row.printed and "百分之" not in row.printed
        open_one = not any(c.test == "share" and decides(c) for c in row.checks)
        if (figure.unit != _TENTHS and not fraction) or not open_one or row.scope not in _OWN:
            continue
        found = _led(sentence, row.start)
        if found is not None:
            value, mark, lead = figure.value, *found
            near = sentence.text[mark : row.start].endswith(_NEAR)
            whole_tenths = figure.unit == _TENTHS and figure.step > 1  # 九成八 is 98 %
            least = Decimal(5 if whole_tenths else 2)
            slack = Decimal(1) if figure.step == 1 else max(value * _TENTH, least)
            place = row, row.start, figure.behind
            kind = figure.approximation
            yield _Said(*place, value, kind, near, lead, mark, slack, whole_tenths)


def _halves(sentence: Sentence, rows: Sequence[Row]) -> Iterator[_Said]:
    """占办结总量过半, 占新收的一半以上."""
    for match in compiled(load_spoken_shares().half).finditer(
        sentence.text, sentence.start, sentence.end
    ):
        found = _led(sentence, match.start())
        if found is None:
            continue
        over, under = match["over"] or match["above"], match["under"]
        kind: Approximation = (
            "less_than" if under or match["near"] else "more_than" if over else "about"
        )
        mark, lead = found
        place = None, match.start(), match.end()
        slack = _HALF * _TENTH
        yield _Said(*place, _HALF, kind, bool(match["near"]), lead, mark, slack, tenths=False)


def _led(sentence: Sentence, start: int) -> tuple[int, str] | None:
    """Where the share begins to be spoken of, and its words up to the figure without 近."""
    mark = sentence.text.rfind(_OF_SHARE, sentence.start, start)
    lead = sentence.text[mark:start]
    if mark < 0 or any(c in _ENDS for c in lead):
        return None
    return mark, without_approximation(lead)


def _check(
    sentence: Sentence, said: _Said, rows: Sequence[Row], before: Sequence[Row], tables: Tables
) -> ClaimCheck | None:
    """The share recomputed; None where part or total is not sure."""
    base = _base(said.lead)
    counts = [r for r in rows if _count(r) is not None and r.scope != "prior_year"]
    if base is not None:
        if any(r.noun or r.subject.topics not in ((), ("requests",)) for r in counts):
            return None
        target = tables.readings(Subject(topics=("requests",), stages=base))
        held = [(v, t.label) for t in target if (v := tables.holding(t).value)]
        earlier = [r for r in counts if r.start < said.mark]
        parts = _parts(sentence, said, earlier)
        others = [v for r in (*before, *rows) if (v := _count(r))]
        return _judge(said, parts, held[:1], others)
    whole = _told_whole(sentence, said, counts)
    if whole is not None:
        earlier = [r for r in counts if r.start < said.mark and r.unit == whole.unit]
        parts = _parts(sentence, said, earlier) or _named(sentence, said, earlier)
        return _judge(said, parts, [(_count(whole) or _HALF, f"正文的{whole.printed}")], ())
    return _among(sentence, said, counts, tables)


@cache
def _base_pattern() -> re.Pattern[str]:
    words = load_spoken_shares()
    names = "|".join(f"(?:{n.words})" for n in words.names)
    return re.compile(words.base.replace("{names}", names))


def _base(lead: str) -> tuple[str, ...] | None:
    """The stages of the total of applications that is named and nothing else is."""
    found = _base_pattern().fullmatch(lead)
    if found is None:
        return None
    names = load_spoken_shares().names
    return next(n.stages for n in names if re.fullmatch(n.words, found["name"]))


def _told_whole(sentence: Sentence, said: _Said, counts: Sequence[Row]) -> Row | None:
    """The count between 占 and the share: 占新收66件的七成多."""
    words = load_spoken_shares()
    inside = [r for r in counts if said.mark < r.start < said.start]
    if len(inside) != 1 or inside[0].figure is None:
        return None
    opened = sentence.text[said.mark : inside[0].start]
    behind = said.lead[inside[0].figure.behind - said.mark :]
    plainly = compiled(words.counted).fullmatch(opened) and compiled(words.of_it).fullmatch(behind)
    return inside[0] if plainly else None


def _parts(sentence: Sentence, said: _Said, earlier: Sequence[Row]) -> list[Decimal]:
    """The count right before 占, and its sums with those of its kind before it."""
    if not earlier or earlier[-1].figure is None or earlier[-1].scope not in _OWN:
        return []
    last = earlier[-1]
    between = sentence.text[last.figure.behind if last.figure else last.end : said.mark]
    told = compiled(load_spoken_shares().between).fullmatch(between)
    if told is None:
        return []
    same = [r for r in earlier if r.unit == last.unit][-_MOST_PARTS:]
    sums = [*accumulate(_count(r) or Decimal(0) for r in reversed(same))]
    if told["together"]:
        number = int(parse_chinese_numeral(told["together"].replace("两", "二")) or 0)
        return sums[number - 1 : number]
    return sums


def _named(sentence: Sentence, said: _Said, earlier: Sequence[Row]) -> list[Decimal]:
    """网上申请36件……，网上申请占全部66件的六成以上: the only count with this name before it."""
    start = max(sentence.text.rfind(c, sentence.start, said.mark) for c in ",;") + 1
    name = re.sub(f"{load_spoken_shares().tail}$", "", sentence.text[start : said.mark])
    if start <= sentence.start or len(name) < _LEAST_NAME:
        return []
    found = [r for r in earlier if name in _label(sentence, r)]
    return [v for r in found if (v := _count(r)) is not None] if len(found) == 1 else []


def _label(sentence: Sentence, row: Row) -> str:
    start = max(sentence.text.rfind(c, sentence.start, row.start) for c in ",;、。:") + 1
    return sentence.text[max(start, sentence.start) : row.start]


def _among(
    sentence: Sentence, said: _Said, counts: Sequence[Row], tables: Tables
) -> ClaimCheck | None:
    """无法提供15件，其中不掌握的占九成; 四类决定1940件，其中许可占七成: of a cell."""
    earlier = [r for r in counts if r.start < said.start]
    whole = earlier[-1] if earlier else None
    if whole is None or whole.figure is None:
        return None
    between = sentence.text[whole.figure.behind : said.mark] + said.lead
    told = compiled(load_spoken_shares().among).fullmatch(between)
    if told is None:
        return None
    start = whole.figure.behind + told.start("what")
    what = read_subject(sentence.words_between(start, said.mark))
    of_all = _of_all_decisions(whole, what, tables)
    if not of_all and not (_agrees(whole) and _is_part(whole.subject, what)):
        return None
    topics = what.topics if set(what.topics) & DECISIONS else ("requests",)
    asked = Subject(topics=topics, stages=what.stages)
    held = {v for t in tables.readings(asked) if (v := tables.holding(t).value) is not None}
    return _judge(said, [*held], [(_count(whole) or _HALF, f"正文的{whole.printed}")], ())


def _of_all_decisions(whole: Row, what: Subject, tables: Tables) -> bool:
    """四类处理决定合计1940件: what no words tell but the sum of table 二 that it is."""
    if len(what.topics) != 1 or not set(what.topics) <= DECISIONS:
        return False
    every = tables.readings(Subject(topics=tuple(sorted(DECISIONS))))
    return any(tables.holding(t).value == _count(whole) for t in every)


def _is_part(whole: Subject, what: Subject) -> bool:
    """Whether one row of the form is named among those that a figure counts together."""
    if what.applicant or what.outcome or what.channel or whole.applicant:
        return False
    if what.topics and set(what.topics) <= DECISIONS:
        return len(what.topics) == 1 and set(what.topics) < set(whole.topics)
    groups = {s.partition(".")[0] for s in what.stages}
    of_requests = whole.topics == ("requests",) and what.topics in ((), ("requests",))
    return of_requests and len(what.stages) == 1 and whole.stages == (*groups,) != what.stages


def _agrees(row: Row) -> bool:
    return any(c.test == "cell" and c.verdict == "supported" for c in row.checks)


def _judge(
    said: _Said, parts: Sequence[Decimal], wholes: Sequence[_Whole], others: Sequence[Decimal]
) -> ClaimCheck | None:
    """Hold the share against its part and its total; None where another total would do."""
    usable = [(p, w, name) for w, name in wholes for p in parts if 0 < p <= w]
    if not usable:
        return None
    fitting = [u for u in usable if said.stands_for(u[0] / u[1] * 100)]
    part, whole, name = (fitting or usable)[0]
    if not fitting and any(said.stands_for(p / o * 100) for o in others for p in parts if p < o):
        return None
    share = (part / whole * 100).quantize(_TENTH)
    ending = "一致。" if fitting else "与正文不一致。"
    return ClaimCheck(
        test="share",
        target=f"text: 100*{plain(part)}/{plain(whole)}",
        expected=share,
        verdict="supported" if fitting else "refuted",
        reason=f"{plain(part)}÷{plain(whole)}（{name}）＝{plain(share)}%，{ending}",
    )


def _row(sentence: Sentence, said: _Said, check: ClaimCheck) -> Row:
    return Row(
        sentence=sentence,
        start=said.start,
        end=said.end,
        figure=None,
        subject=Subject(),
        scope="own",
        kind="share",
        checks=[check],
    )


def _count(row: Row) -> Decimal | None:
    """An exact count."""
    figure = row.figure
    if figure is None or is_ratio(figure) or row.change or figure.approximation != "exact":
        return None
    return figure.value
