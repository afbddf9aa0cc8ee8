"""Shares: finds the figures from which a percentage should follow; changes are told apart."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from checker.assemble.numerals import parse_chinese_numeral
from checker.claims.bases import base_of, due_before, group_of, held, named_wholes, wholes
from checker.claims.beside import printed_before
from checker.claims.divisions import too_much
from checker.claims.figures import Figure, without_approximation
from checker.claims.pairs import changes_with, respectively
from checker.claims.ratios import POINTS, growth_word, is_ratio, share_check
from checker.claims.reading import Reader
from checker.claims.respective import respective
from checker.claims.rows import Row
from checker.claims.scope import topic_before
from checker.claims.sentences import Sentence
from checker.claims.subjects import (
    APPEALS,
    CONCLUDED,
    DECISIONS,
    TELLING,
    WEAK_STAGES,
    Subject,
    read_subject,
)
from checker.claims.targets import Tables, Target
from checker.claims.universal import all_check
from checker.claims.words import Word
from checker.domain.claim import ClaimCheck
from checker.rulebook.late import late_regex
from checker.rulebook.reasons import load_reasons

_TOGETHER: Final = late_regex("合计|合起来|加起来|相加|二者|两者|两项|两类|合占|共占")
_ROW_RATE: Final = late_regex("(?P<name>[一-鿿]{2,6})率(?:[(][^()]{0,24}[)])?(?:为|达|达到|约)*$")
_CLOSED_BRACKET: Final = late_regex(r"\)(?:比例|占比|比率|率)?(?:约|为|是|达到?)*")
_AS_RATE: Final = late_regex(
    ",(?:也就是|就是|即)?(?:(?P<way>[升涨增多降跌减少])了?|达到?|为|即|是)"
)
_LEAST_NAME: Final = 2
_TENTHS: Final = "成"
_GLUE: Final = ("、", "和", "及", "与")
_OF_ALL: Final = late_regex(
    "占比?[^,。;0-9占收办申答]{0,10}?(?:总数|总量|总条数|总篇数|总体|全部[^,。;0-9]{0,8})(?:量|的)?(?:约|近)?$"
    "|占全[国省市县区州系][^,。;0-9收办申答]{0,6}的?(?:约|近)?$"
)
_LARGEST: Final = late_regex("(?:占比|比重|占比例)最[大高多],[为达]到?$")
_FIRST_OF: Final = late_regex("前(?P<count>[两二三四五])[类项种者][^,。;0-9]{0,6}$")
_OF_A_SUM: Final = late_regex(
    "占|比重|(?:^|[,;:(、])(?:各自)?(?:的)?比例|^[,;:、]?(?:分别|各)(?:为|是)?$"
)
# 分别占解读总数的: what the total is called
_BASE_NAME: Final = late_regex(
    "占(?:了|到|其|本|全年|全部|年度|所有)*(?P<name>[^,。;0-9比总全约为的分各]{2,}?)(?:总|件|条|数|量|的|为|约)*$"
)
_OF_REST: Final = late_regex("(?:其余|剩余|余下)(?:的|部分)*占[^,。;0-9]*$")
_RATE: Final = late_regex("(?:^|(?<=[,;、]))([一-鿿]{2,6})率(?:为|达|达到)?$")


def ratios(sentence: Sentence, rows: list[Row], tables: Tables, reader: Reader) -> None:
    """Tell the changes of a sentence from its shares, and recompute the shares."""
    last_word: str | None = None
    for number, row in enumerate(rows):
        figure = row.figure
        if figure is None or figure.value is None or row.settled:
            continue
        before = rows[number - 1].figure if number else None
        word = growth_word(sentence, figure, before.behind if before else sentence.start)
        if word is None and number and _goes_on(rows[number - 1], row):
            word = last_word
        word = word or (_once_more(rows[number - 1], row) if number else None)
        last_word = word
        if word is not None:
            row.kind, row.scope, row.checks, row.change = "growth_rate", "own", [], word
        elif is_ratio(figure):
            row.kind = "share"
            _share_row(sentence, rows, number, tables, reader)
    too_much(sentence, rows)


def of_earlier_total(rows: Sequence[Row], before: Sequence[Row]) -> None:
    """公开信息563条。疫情防控类217条，占总数的38.5%: the total stands in the sentence before."""
    for number, row in enumerate(rows):
        figure = row.figure
        judged = [c for c in row.checks if c.target]
        if figure is None or row.kind != "share" or any(c.verdict == "supported" for c in judged):
            continue
        text, start = row.sentence.text, row.sentence.start
        found = _OF_ALL.search(text, start, row.start) or _LARGEST.search(text, start, row.start)
        part = _part_of_all(rows, number, found.start()) if found else None
        if found is None or part is None:
            continue
        beside = [f.value for r in rows[:number] if (f := r.figure) and f.unit == part.unit]
        told = [r for r in before if r.figure and r.figure.unit == part.unit and not r.change]
        known = [(r.figure.value, r) for r in told if r.figure and r.figure.value is not None]
        whole, total = max(known, key=lambda k: k[0], default=(Decimal(0), row))
        if known and whole > max((v for v in beside if v is not None), default=Decimal(0)):
            check = share_check(figure, part.value, [(whole, f"正文的{total.printed}")])
            row.checks = [c for c in row.checks if c.test != "share"] + [check]


def _part_of_all(rows: Sequence[Row], number: int, mark: int) -> Figure | None:
    """The figure told last before a share, or that of what is named: 其中公示占总数的33%."""
    sentence = rows[number].sentence
    named = "".join(w.text for w in _named_alone(sentence, rows, number, mark))
    clause = sentence.text[sentence.text.rfind(",", 0, mark) + 1 : mark]
    named = named or clause.removeprefix("其中")
    this_year = [r for r in rows[:number] if r.scope != "prior_year"]
    before = [r.figure for r in this_year if r.figure and not is_ratio(r.figure)]
    if before and sentence.text[before[-1].behind : mark] in ("", ","):
        return before[-1]
    peer = _peer(this_year, named) or _printed_as(this_year, named)
    return peer.figure if peer else None


def _printed_as(earlier: Sequence[Row], name: str) -> Row | None:
    """The only count before which a name is printed: 审批类 for 工程建设项目审批类152条."""
    short = name.removesuffix("类")
    if len(short) < _LEAST_NAME:
        return None
    counted = [r for r in earlier if r.figure and not is_ratio(r.figure)]
    same = [
        r
        for r in counted
        if r.figure and short in printed_before(r.sentence, r.sentence.number_of(r.figure))
    ]
    return same[0] if len(same) == 1 else None


def _share_row(
    sentence: Sentence, rows: list[Row], number: int, tables: Tables, reader: Reader
) -> None:
    row = rows[number]
    figure = row.figure
    if figure is not None and figure.unit == _TENTHS and row.scope != "prior_year":
        rated = _rate_of_row(sentence, row, tables, _spoken_before(rows, number, reader))
        row.checks += [rated] if rated is not None else []
        return
    if figure is None or figure.unit != "percent" or row.scope == "prior_year":
        return  # 比重较2021年的15.0%提高10.9个百分点
    rate = _rate_word(sentence, row)
    topic = row.subject.topic or (topic_before(sentence, row.start) or reader.last_table.topic)
    elsewhere = row.scope != "own" or _of_others(rows, number)
    if rate and topic == "requests" and figure.value == 100 and elsewhere:
        return  # 上年度申请办结率100%
    if rate and topic == "requests" and figure.value == 100:
        row.kind, row.subject = "quantifier", replace(row.subject, topics=("requests",))
        target = tables.requests(("carried_over_out",))
        row.checks.append(all_check("100%", target, tables, in_time=rate == "in_time"))
        return
    spoken = _spoken_before(rows, number, reader)
    check = _written_out(sentence, rows, number) or _share_in_order(rows, number, tables)
    check = check or _rate_of_row(sentence, row, tables, spoken)
    mark = _share_mark(sentence, rows, number)
    if check is None and mark is not None:
        check = _share_of(sentence, rows, number, tables, mark)
    row.checks += [check] if check is not None else []


def _share_of(
    sentence: Sentence, rows: Sequence[Row], number: int, tables: Tables, mark: int
) -> ClaimCheck | None:
    """The share recomputed from the part and the whole to which the words point."""
    row = rows[number]
    figure = row.figure
    if figure is None:
        return None
    base = base_of(sentence, mark, row.start, tables)
    named_parts = _parts_in_words(sentence, rows, number, tables, mark)
    if named_parts:
        totals = _totals_of_named(sentence, rows, number, tables, mark)
        tried = [share_check(figure, p, totals) for p in named_parts]
        return next((c for c in tried if c.verdict == "supported"), tried[0])
    behind = rows[number + 1] if number + 1 < len(rows) else None
    if behind and behind.figure and sentence.text[figure.behind : behind.start] == "(":
        totals = wholes(rows[: number + 1], number, behind, tables, base)  # 占41.2%（376条）
        return share_check(figure, behind.figure.value, totals)
    first = _first_of_list(sentence, rows, number, mark)
    if first is not None:
        return share_check(figure, first, wholes(rows, number, row, tables, base))
    if _part_unknown(sentence, rows, number, mark):
        return share_check(figure, None, ())
    earlier = [r for r in rows[:number] if r.figure and not is_ratio(r.figure)]
    named = [r for r in earlier if r.start > mark]
    parts = [r for r in earlier if r.start < mark and r.kind != "growth_rate"]
    parts = [r for r in parts if r.scope != "prior_year"] or parts
    part = parts[-1].figure.value if parts and parts[-1].figure else None
    together = parts and _TOGETHER.search(sentence.text[parts[-1].start : row.start])
    if part is not None and together:
        part = _sum_of(_named_in(sentence, parts, mark) or _counted_together(sentence, parts))
    if parts:
        base = group_of(sentence, mark, row.start, parts[-1], tables) or base
    spoken = wholes(rows, number, parts[-1], tables, base) if parts else []
    if parts and set(parts[-1].subject.topics) <= APPEALS and parts[-1].subject.topics:
        spoken = _of_named_cases(sentence, mark, row.start, tables) or spoken
    return share_check(figure, part, named_wholes(named) or spoken)


def _totals_of_named(
    sentence: Sentence, rows: Sequence[Row], number: int, tables: Tables, mark: int
) -> Sequence[tuple[Decimal, str]]:
    """复议后起诉案件占行政诉讼案件总数的80%: the totals where no figure in front tells the part."""
    row = rows[number]
    alone = "".join(w.text for w in _named_alone(sentence, rows, number, mark))
    own = _peer(rows[:number], alone)
    totals = wholes(rows, number, row, tables, base_of(sentence, mark, row.start, tables))
    totals = [t for t in totals if own is None or t[1] != f"正文的{own.printed}"]
    return _of_named_cases(sentence, mark, row.start, tables) or totals


def _of_named_cases(
    sentence: Sentence, mark: int, place: int, tables: Tables
) -> list[tuple[Decimal, str]]:
    """占行政诉讼案件总数的80%: the cases of table 四 that a share names as its total."""
    named = read_subject(sentence.words_between(mark, place))
    closed = named.stages == ("closed",)
    if not (named.topics and set(named.topics) <= APPEALS) or named.outcome:
        return []
    if named.stages and not closed:
        return []
    target = tables.appeals(named.topics, *(CONCLUDED if closed else ("total",)))
    value = tables.holding(target).value
    return [(value, target.label)] if value else []


def _first_of_list(
    sentence: Sentence, rows: Sequence[Row], number: int, mark: int
) -> Decimal | None:
    """前两类占总数的75.7%: the sum of the first parts of the list; None where nothing says so."""
    told = _FIRST_OF.search(sentence.text, sentence.start, mark)
    counted = [r for r in rows[:number] if r.figure and not is_ratio(r.figure)]
    if told is None or not counted:
        return None
    unit = counted[-1].figure.unit if counted[-1].figure else None
    same = [r for r in counted if r.figure and r.figure.unit == unit]
    divided = any(c.test == "parts" for c in same[0].checks)
    parts = same[1:] if divided else same
    count = int(parse_chinese_numeral(told["count"].replace("两", "二")) or 0)
    return _sum_of(parts[:count]) if len(parts) > count else None


def _sum_of(rows: Sequence[Row]) -> Decimal:
    values = (r.figure.value for r in rows if r.figure and r.figure.value is not None)
    return sum(values, Decimal(0))


def _named_in(sentence: Sentence, parts: Sequence[Row], mark: int) -> list[Row]:
    """仅学校管理类、招生考试类两类就占42.1%: the parts whose names the clause repeats."""
    behind = parts[-1].figure.behind if parts[-1].figure else parts[-1].end
    clause = sentence.text[behind:mark]
    names = [
        printed_before(sentence, sentence.number_of(r.figure)).strip(",;:、").removesuffix("类")
        for r in parts
        if r.figure
    ]
    named = [r for r, n in zip(parts, names, strict=True) if len(n) >= _LEAST_NAME and n in clause]
    return named if len(named) > 1 else []


def _counted_together(sentence: Sentence, parts: Sequence[Row]) -> list[Row]:
    """The last two parts, or all that are told in order: 分别为63件、28件、19件，合计占73.3%."""
    run = [parts[-1]]
    for row in reversed(parts[:-1]):
        figure = row.figure
        if figure is None or sentence.text[figure.behind : run[0].start] not in _GLUE:
            break
        run.insert(0, row)
    return run if len(run) > 1 else list(parts[-2:])


def _written_out(sentence: Sentence, rows: Sequence[Row], number: int) -> ClaimCheck | None:
    """95.8%（68/71）, 合格比例（19/20）为95%: a share with its division beside it."""
    figure = rows[number].figure
    for at in (number + 1, number - 2):
        pair = [r.figure for r in rows[max(at, 0) : at + 2]] if at >= 0 else []
        one, other = pair if len(pair) == len(("part", "whole")) else (None, None)
        if figure is None or one is None or other is None or other.value is None:
            continue
        text = sentence.text
        before = text[figure.behind : one.start] if at > number else text[one.start - 1 : one.start]
        behind = text[other.behind : other.behind + 1 if at > number else figure.start]
        divided = text[one.behind : other.start] in ("/", "÷")
        if before == "(" and divided and _CLOSED_BRACKET.fullmatch(behind):
            return share_check(figure, one.value, [(other.value, "正文括号里的总数")])
    return None


def _share_in_order(rows: Sequence[Row], number: int, tables: Tables) -> ClaimCheck | None:
    """网络7件、信函3件，分别占70%和30%: shares told in the order of the counts.

    分别占答复总量的10.3%和7.4% is of all that was answered, whatever the parts add up to.
    """
    if not respectively(rows, number):
        return None
    changes = changes_with(rows, number)
    counts = rows[max(0, changes[0] - len(changes)) : changes[0]]
    start = counts[-1].figure.behind if counts and counts[-1].figure else 0
    if not _OF_A_SUM.search(rows[number].sentence.text[start : rows[changes[0]].start]):
        return None  # 上传信息2041条、124条，上传比例分别为98.4%和100%
    if len({r.figure.unit for r in counts if r.figure}) > 1:
        return None  # 采购项目36项、金额5218万元 make up nothing
    values = [r.figure.value for r in counts if r.figure and not is_ratio(r.figure)]
    known = [v for v in values if v is not None]
    figure = rows[number].figure
    if figure is None or len(known) != len(changes):
        return None
    totals = [(sum(known, Decimal(0)), "各项之和")]
    totals += [
        (r.figure.value, f"正文的{r.printed}")
        for r in rows[: changes[0] - len(changes)]
        if r.figure and r.figure.value is not None and not is_ratio(r.figure)
    ]
    sentence, end = rows[number].sentence, rows[changes[0]].start
    base = base_of(sentence, start, end, tables)
    totals += held(base, tables) if base.named else ()
    check = share_check(figure, known[number - changes[0]], totals)
    of = _BASE_NAME.search(sentence.text, start, end)
    told = of is None or of["name"] in sentence.text[: of.start()]
    if check.verdict == "refuted" and not (base.named or told):
        return check.unproved(load_reasons().unknown_ratio)
    return check


def _spoken_before(rows: Sequence[Row], number: int, reader: Reader) -> Subject:
    """What the figures before a share speak of; what is told behind it is another matter."""
    before = [r.subject for r in rows[:number] if r.subject.topics]
    if before:
        return before[-1]
    later = any(r.subject.topics for r in rows[number + 1 :])
    return Subject() if later else reader.last_table


def _rate_of_row(
    sentence: Sentence, row: Row, tables: Tables, spoken: Subject
) -> ClaimCheck | None:
    """维持率83.3%, 予以公开率45.5%: the rate of a result, from the tables."""
    segment = sentence.segment_at(row.start)
    start = sentence.text.rfind(",", sentence.start, row.start) + 1
    end = sentence.start + len(without_approximation(sentence.text[sentence.start : row.start]))
    rate = _ROW_RATE.search(sentence.text, max(start, sentence.start), end)
    if rate is None or row.figure is None or row.scope != "own":
        return None
    words = sentence.words_between(min(segment.start, rate.start()), rate.end("name"))
    said = read_subject(words)
    topics = said.topics or spoken.topics
    topic = spoken.topic or topic_before(sentence, row.start)
    if said.outcome and topics and set(topics) <= APPEALS:
        parts: Sequence[Target] = (tables.appeals(topics, said.outcome),)
        bases = [tables.appeals(topics, "total"), tables.appeals(topics, *CONCLUDED)]
    elif len(said.stages) == 1 and said.stages[0] in TELLING and topic == "requests":
        parts = tables.readings(replace(said, topics=("requests",)))
        bases = [tables.requests((s,)) for s in ("total", "new_received")]
    else:
        return None
    part = tables.holding(parts[0]).value if parts else None
    totals = [(v, w.label) for w in bases if (v := tables.holding(w).value) is not None]
    return share_check(row.figure, part, totals)


def _rate_word(sentence: Sentence, row: Row) -> str:
    segment = sentence.segment_at(row.start)
    for word in sentence.telling("mark", segment.start, row.start):
        for value in ("in_time_rate", "closed_rate"):
            if word.has("mark", value):
                return "in_time" if value == "in_time_rate" else "closed"
    return ""


def _of_others(rows: Sequence[Row], number: int) -> bool:
    """上年结转的5件全部答复，答复率100%; 对7件复议案件均提交答复，答复率100%: of those."""
    rate = rows[number]
    segment = rate.sentence.segment_at(rate.start)
    words = rate.sentence.words_between(segment.start, rate.start)
    if any(w.value("topic") == "requests" for w in words):
        return False
    told = [r for r in rows[:number] if not (r.figure and is_ratio(r.figure))]
    cases = any(r.subject.topic in APPEALS for r in told)
    asked = [r for r in told if r.subject.topic == "requests"]
    old = bool(asked) and all(r.subject.stages == ("carried_over_in",) for r in asked)
    return old or (cases and not asked)


def _share_mark(sentence: Sentence, rows: Sequence[Row], number: int) -> int | None:
    """Where the share begins to be spoken of: at 占, at a bracket, or at a rate of a part."""
    row = rows[number]
    previous = max(
        (r.figure.behind for r in rows[:number] if r.figure and is_ratio(r.figure)),
        default=sentence.start,
    )
    for word in reversed(sentence.telling("mark", previous, row.start)):
        if word.has("mark", "share"):
            return word.start
    before = rows[number - 1].figure if number else None
    if before and sentence.text[before.behind : row.start] == "(":
        return before.behind
    rate = _RATE.search(sentence.text[previous : row.start])
    if (
        rate is not None
        and before is not None
        and (_bracketed(rows, number) or due_before(rows, number))
    ):
        return previous + rate.start()
    if rate is None or before is None or number < 2:
        return None
    segment = sentence.segment_at(before.start)
    told = sentence.text[segment.start : before.start]
    named = rate[1] in told or rate[1][::-1] in told  # 收回468份，回收率93.6%
    total = rows[number - 2].figure
    same = total is not None and total.unit == before.unit
    counts = [r for r in rows[:number] if r.figure and r.figure.unit == before.unit]
    largest = max((r.figure.value or Decimal(0) for r in counts if r.figure), default=Decimal(0))
    among = total is not None and "其中" in sentence.text[total.behind : before.start]
    # not the last part of a list
    same = same and total is not None and (among or total.value == largest)
    return previous + rate.start() if named and same else None


def _bracketed(rows: Sequence[Row], number: int) -> bool:
    """Whether a smaller count of the same things stands in brackets: 19个，优秀率21.1%（4个）."""
    whole, share = rows[number - 1].figure, rows[number].figure
    part = rows[number + 1].figure if number + 1 < len(rows) else None
    if whole is None or share is None or part is None or part.unit != whole.unit:
        return False
    known = whole.value is not None and part.value is not None and part.value <= whole.value
    return known and rows[number].sentence.text[share.behind : part.start] == "("


def _named_alone(
    sentence: Sentence, rows: Sequence[Row], number: int, mark: int
) -> tuple[Word, ...]:
    """What a share without a count beside it names: 网络申请占56.25%; empty for 占56.25%."""
    row = rows[number]
    segment = sentence.segment_at(row.start)
    if any(segment.start <= r.start < row.start for r in rows[:number]):
        return ()
    words = sentence.words_between(segment.start, row.start)
    return tuple(w for w in words if w.end <= mark and (w.meanings or not w.known))


def _parts_in_words(
    sentence: Sentence, rows: Sequence[Row], number: int, tables: Tables, mark: int
) -> list[Decimal]:
    """The readings of a part that is only named: a row of table 三, or an earlier figure."""
    words = _named_alone(sentence, rows, number, mark)
    told = respective(sentence, number)
    if told is None and not words:
        return []
    # 企业和科研机构: what joins them tells that both are meant
    named = sentence.words_between(words[0].start, words[-1].end) if words else ()
    said = told or read_subject(named)
    if (
        said.applicant
        and not said.stages
        and "申请" in sentence.text[sentence.start : rows[number].start]
    ):
        said = replace(said, stages=("received",))
    if said.topics and set(said.topics) <= APPEALS and not said.all_cases:
        cases = tables.holding(tables.appeals(said.topics, said.outcome or "total")).value
        return [cases] if cases is not None else []
    others = {r.subject.topic for r in rows[:number]} & DECISIONS
    if others and not said.topics and set(said.stages) <= WEAK_STAGES:
        return []  # 行政许可1286件，其中不见面办理的占71.5%
    if said.stages and said.topic in (None, "requests"):
        asked = [
            tables.holding(t).value for t in tables.readings(replace(said, topics=("requests",)))
        ]
        return [v for v in asked if v is not None]
    peer = _peer(rows[:number], "".join(w.text for w in words))
    return [peer.figure.value] if peer and peer.figure and peer.figure.value is not None else []


def _part_unknown(sentence: Sentence, rows: Sequence[Row], number: int, mark: int) -> bool:
    """Whether a part is named of which no figure is known: 其余占33.3%."""
    if _OF_REST.search(sentence.text, sentence.start, rows[number].start):
        return True
    named = "".join(w.text for w in _named_alone(sentence, rows, number, mark))
    together = _TOGETHER.search(named)
    return len(named) >= _LEAST_NAME and not together


def _peer(earlier: Sequence[Row], name: str) -> Row | None:
    """The figure that was told before of a thing with this name: 网络9件 for 网络申请."""
    counted = [r for r in earlier if r.figure and not is_ratio(r.figure)]
    same = [
        r
        for r in counted
        if len(r.phrase) >= _LEAST_NAME and (r.phrase in name or name in r.phrase)
    ]
    return same[-1] if same else None


def _once_more(before: Row, row: Row) -> str | None:
    """多了6件，涨了10%; 降幅接近两成，达16.6%: the change that was told before, as a rate."""
    if before.figure is None or row.figure is None or not before.change:
        return None
    between = row.sentence.text[before.figure.behind : row.start]
    told = _AS_RATE.fullmatch(without_approximation(between))
    if told is None or not is_ratio(row.figure) or row.figure.unit == POINTS:
        return None
    if told["way"]:
        return "up" if told["way"] in "升涨增多" else "down"
    return before.change if is_ratio(before.figure) else None


def _goes_on(before: Row, row: Row) -> bool:
    """52.9% in 分别上升42.1%和52.9%."""
    if before.figure is None or row.figure is None or before.kind != "growth_rate":
        return False
    between = row.sentence.text[before.figure.behind : row.start]
    return before.figure.unit == row.figure.unit and between in ("、", "和", "与", "及")
