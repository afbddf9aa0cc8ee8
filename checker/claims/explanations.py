"""Whether what differs has another explanation, so that nothing is proven.

A figure whose own words do not name its cells (全部13件, 65件申请中已答复61件, what a list takes
over from its head) differs more often because it was read wrongly than because it is wrong. When
it is just another total of the same table, nothing is proven. A share whose total is not named is
likewise open when it is that of other figures beside it.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Final

from checker.claims.another_count import another_count
from checker.claims.bases import due_before
from checker.claims.beside import around, right_of
from checker.claims.judge import counted_alike, fits, follows, in_unit, plain, shown
from checker.claims.local import naming
from checker.claims.ratios import is_ratio
from checker.claims.respective import respective
from checker.claims.rows import Row
from checker.claims.short_rows import short_row
from checker.claims.subjects import (
    APPEALS,
    CONCLUDED,
    DECISIONS,
    DOCUMENTS,
    KINDS_OF_LITIGATION,
    ORGANIZATIONS,
    RESULTS,
    TOPICAL,
    Subject,
    read_subject,
)
from checker.claims.targets import Tables, Target
from checker.claims.words import Word
from checker.domain.claim import ClaimCheck
from checker.rulebook.late import late_regex
from checker.rulebook.reasons import load_reasons

_TESTS: Final = ("cell", "absence")
# all of something, or its rest: which something, the words before it tell
_GATHERED: Final = late_regex(
    "(?:(?:全部|所有|上述|以上|其余|剩余|余下|剩下|另外|占)[^0-9]{0,12}"
    "|(?P<sum>合计|共计?|总计)|分别[是为有]?)$"
)
# 两者共17件: the sum of what was told before
_SUMMED: Final = late_regex("(?:[两二三四][者项类种]|合起来|加起来)(?:一共|合计|共计?|总计)?$")
_AMONG: Final = late_regex("[^,。;()0-9]{0,8}(?<!其)中|的[0-9]")
_TOTALS: Final = (
    ("new_received",),
    ("carried_over_in",),
    ("new_received", "carried_over_in"),
    ("total",),
    ("carried_over_out",),
)
_PENDING: Final = "pending"
_NAMED_BASE: Final = late_regex("占(?!比|约|到)[^,。;0-9]{2,}$")
_RATES: Final = late_regex("率[^,。;0-9]{0,6}(?:分别|各)[^,。;0-9]{0,4}$")
_OF_ITSELF: Final = late_regex(r"text: 100\*([0-9.]+)/\1")
_WHOLE: Final = late_regex(r"/([0-9.]+)$")
_COUNTED_TOGETHER: Final = late_regex(
    "[,;(]?(?:两项|二者|两者)?(?:合计|合|共|总共)共?占[^,。;]{0,12}"
)
_OLD: Final = late_regex("(?:上年|去年|20[0-9]{2}年)度?(?:未办结)?(?:结转|转结|转来)(?:过来)?的$")
_SOME: Final = late_regex(
    "(?:县区|区县|市直|乡镇|镇街|部门|本级|街道|分局|科室|组织|公司|企业|律师事务所|居民|村民|申请人|投诉人|举报人)"
    "[^,。;0-9]{0,8}(?:收到|提出|提交|受理|承办|申请)(?:公开|申请)?[^,。;0-9]{0,6}的?$"
)
_VERDICT: Final = late_regex("，都?与?正文?不一致。$")
_MOST_PARTS: Final = 4
_TOGETHER: Final[Mapping[str, tuple[str, ...]]] = {
    "granted_or_partially": ("granted_or_partially", "granted", "partially_granted")
}
_CASES: Final = ("reconsideration", *KINDS_OF_LITIGATION)


def weigh(rows: list[Row], earlier: Sequence[Row], tables: Tables) -> None:
    """Take back what proves nothing: the difference of a figure that is another total as well.

    Args:
        rows: those of a sentence.
        earlier: those of the passage before it; a total that they tell is not meant again.
        tables: the cells.
    """
    before = [c.target for r in earlier for c in r.checks if c.verdict == "supported"]
    for row in rows:
        for place, check in enumerate(row.checks):
            refuted = check.test in _TESTS and check.verdict == "refuted"
            asked = check.test == "scope" and check.verdict != "supported" and _head(row)
            of_all = all(c.endswith("/total") for c in check.cells)
            head = _some_before(row, rows) if refuted and of_all else None
            if refuted and (reason := another_count(row, rows, earlier, check, tables)):
                row.checks[place] = check.unproved(reason)
                continue
            if not (refuted or asked) or (not head and (_named(row) or _of_none(row, check))):
                continue
            if head is not None:
                reason = load_reasons().some_of_them.format(figure=head.printed)
                row.checks[place] = check.unproved(reason)
                continue
            beside = [c.target for r in rows if r is not row for c in r.checks]
            cases = row.subject.topic in APPEALS  # 两件均已审结 may take up what was told
            told = () if _head(row) else beside if cases else (*before, *beside)
            other = _other_total(row, tables, told)
            if other is None and _SUMMED.search(row.sentence.text[: row.start]):
                row.checks[place] = check.unproved(load_reasons().unknown_thing)
            if other is not None:
                row.checks[place] = _open(check, tables, other)


def _some_before(row: Row, rows: Sequence[Row]) -> Row | None:
    """上年结转的9件中，予以公开4件; 县区收到的639件中，公开268件: told of these alone."""
    sentence, figure = row.sentence, row.figure
    if figure is None or figure.value is None or row.subject.topic != "requests":
        return None
    since = max(sentence.text.rfind(";", sentence.start, figure.start), sentence.start)
    heads = [r for r in rows if r.figure and since <= r.start < row.start and not r.change]
    for head in heads:
        counted = head.figure
        if counted is None or counted.value is None or counted.value < figure.value:
            continue
        if counted.unit != figure.unit or head.subject.topic in APPEALS:
            continue
        before = sentence.text[since : head.start]
        old = _OLD.search(before) and set(head.subject.stages) == {"carried_over_in"}
        among = "其中" in sentence.text[counted.behind : row.start]
        among = among or _AMONG.match(sentence.text, counted.behind) is not None
        # 邮寄申请7件，予以公开3件; 延期答复4件，其中予以公开1件: no cell counts these
        uncounted = not any(c.test == "cell" and c.cells for c in head.checks)
        of_some = _SOME.search(before) and head.subject.topic in ("requests", None)
        if old or (among and (of_some or uncounted)) or (uncounted and head.subject.channel):
            return head
    return None


def _of_none(row: Row, check: ClaimCheck) -> bool:
    """因属于三类内部事务信息不予公开1件, where that row holds nothing: no other total is meant."""
    sentence, figure = row.sentence, row.figure
    if figure is None or check.expected != 0 or row.subject.topic != "requests":
        return False
    segment = sentence.segment_at(figure.start)
    before, _ = around(sentence, sentence.number_of(figure), segment)
    words = sentence.words_between(before, figure.start)
    leaves = {v for w in words if (v := w.value("stage")) is not None and "." in v}
    return len(leaves) == 1 and leaves == set(row.subject.stages) and all(w.known for w in words)


def weigh_shares(rows: Sequence[Row], before: Sequence[Row], tables: Tables) -> None:
    """Take back shares that name no total and are those of other figures.

    Args:
        rows: those of a sentence, in order.
        before: those of the sentences before it in the passage.
        tables: the cells.
    """
    counted = [r for r in rows if r.figure is not None]
    for number, row in enumerate(counted):
        for place, check in enumerate(row.checks):
            if check.test != "share" or check.verdict != "refuted":
                continue
            text = row.sentence.text[row.sentence.start : row.start]
            named = _NAMED_BASE.search(text) or due_before(counted, number)
            wholes = _tested(check) if named else _wholes(counted, number, before, tables)
            told = _other_division(counted, number, wholes, changes=not named)
            if told is not None:
                reason = f"{_VERDICT.sub('', check.reason)}；{told}，正文说的可能是它，无法判断。"
            elif _of_about(counted[:number], check) or (
                not named and _unknown(counted, number, check)
            ):
                reason = load_reasons().unknown_ratio
            else:
                continue
            row.checks[place] = check.unproved(reason)


def _tested(check: ClaimCheck) -> list[Decimal]:
    """The total that a share was held against, from its arithmetic."""
    return [Decimal(n) for n in _WHOLE.findall(check.target or "")]


def _wholes(
    rows: Sequence[Row], number: int, before: Sequence[Row], tables: Tables
) -> list[Decimal]:
    """What else a share may be of: figures beside it, and the totals of table 三.

    A figure of an earlier sentence is no whole of what its part is not counted with.
    """
    figure = rows[number].figure
    parts = [f for r in rows[:number] if (f := r.figure) and not is_ratio(f)]
    alike = [r for r in before if (f := r.figure) and any(counted_alike(f, p) for p in parts)]
    around = [*alike, *rows] if figure is not None and figure.step < 1 else rows
    told = [v for r in around if (v := _value(r)) is not None]
    held = (tables.holding(tables.requests(t)).value for t in _TOTALS)
    return [*told, *(v for v in held if v is not None)]


def _of_about(before: Sequence[Row], check: ClaimCheck) -> bool:
    """解读产品160余份，图解占59.8%: a total that is not printed exactly."""
    tested = _tested(check)
    figures = (r.figure for r in before if r.figure and r.figure.value in tested)
    return any(f.approximation != "exact" for f in figures)


def _unknown(rows: Sequence[Row], number: int, check: ClaimCheck) -> bool:
    """A share of itself, or rates told in turn of which the parts are not printed."""
    row = rows[number]
    first = number
    while first and _ratio(rows[first - 1]):
        first -= 1
    said = row.sentence.text[row.sentence.start : rows[first].start]
    return bool(_OF_ITSELF.fullmatch(check.target or "") or _RATES.search(said))


def _ratio(row: Row) -> bool:
    return row.figure is not None and is_ratio(row.figure)


def _value(row: Row) -> Decimal | None:
    return None if row.figure is None or _ratio(row) else row.figure.value


def _other_division(
    rows: Sequence[Row], number: int, wholes: Sequence[Decimal], *, changes: bool
) -> str | None:
    """A division of figures before a share that gives it, written out; None when there is none."""
    figure = rows[number].figure
    counts = [v for r in rows[:number] if (v := _value(r)) is not None]
    if figure is None or not counts:
        return None
    last = counts[-_MOST_PARTS:]
    sums = [sum(last[i:], Decimal(0)) for i in range(len(last) - 1)]
    parts = sums if _together(rows, number) else [*last, *sums]
    divisions = [(p, w, f"{plain(p)}÷{plain(w)}") for p in parts for w in wholes if 0 < p < w]
    if changes and len(counts) > 1 and counts[-2]:
        change, base = abs(counts[-2] - counts[-1]), counts[-2]
        divisions.append((change, base, f"{plain(change)}÷{plain(base)}"))
    fitting = (told for p, w, told in divisions if follows(figure, p / w * 100))
    return next((f"{told}与正文相符" for told in fitting), None)


def _together(rows: Sequence[Row], number: int) -> bool:
    """予以公开59件、部分公开13件，合计占53.3%: not one of them alone."""
    counted = [r.figure for r in rows[:number] if r.figure and not _ratio(r)]
    between = rows[number].sentence.text[counted[-1].behind : rows[number].start] if counted else ""
    return _COUNTED_TOGETHER.fullmatch(between) is not None


def _open(check: ClaimCheck, tables: Tables, other: Target) -> ClaimCheck:
    value = tables.holding(other).value
    told = shown(tables, other, value) if value is not None else other.label
    first = check.reason.removesuffix("，不一致。").removesuffix("，请人工核对。")
    reason = f"{first}；{told}，正文说的可能是它，无法判断。"
    test = "cell" if check.test == "scope" else check.test
    return check.model_copy(update={"test": test, "verdict": "not_enough_info", "reason": reason})


def _head(row: Row) -> bool:
    """Whether a figure takes up again what was told: 18件中予以公开7件, 全部13件, 其余3件."""
    figure = row.figure
    if figure is None:
        return False
    sentence = row.sentence
    gathered = _GATHERED.search(sentence.text[sentence.start : figure.start])
    if gathered is not None and gathered["sum"]:
        start, _ = around(sentence, sentence.number_of(figure), sentence.segment_at(figure.start))
        # 三类无法提供情形共91件 is named
        gathered = None if _tells_result(sentence.words_between(start, figure.start)) else gathered
    return bool(gathered or _AMONG.match(sentence.text, figure.behind))


def _tells_result(words: tuple[Word, ...]) -> bool:
    return any((v := w.value("stage")) in RESULTS or "." in (v or "") for w in words)


def _named(row: Row) -> bool:
    """Whether the words right before a figure name its cells, and nothing else is needed."""
    sentence, figure = row.sentence, row.figure
    if figure is None:
        return True
    if respective(sentence, sentence.number_of(figure)) is not None:
        return True
    segment = sentence.segment_at(figure.start)
    before, _ = around(sentence, sentence.number_of(figure), segment)
    if _head(row) or (row.subject.with_carry and row.subject.stages != ("received",)):
        return False
    words = sentence.words_between(before, figure.start)
    one_stage = len([w for w in words if w.value("stage")]) <= 1
    each = sentence.text[before : figure.start].endswith("各")  # 复议、诉讼各5件
    short = short_row(sentence, sentence.number_of(figure)) is not None
    alone = one_stage and _adjacent(words) and _says(words, row)
    return each or short or alone or _named_behind(words, row) or _goes_over(row)


def _goes_over(row: Row) -> bool:
    """除2件结转下年度办理外: nothing else goes over to next year."""
    sentence, figure = row.sentence, row.figure
    if figure is None or row.subject.stages != ("carried_over_out",):
        return False
    behind = right_of(sentence, sentence.number_of(figure), sentence.segment_at(figure.start))
    return bool(behind) and behind[0].value("stage") == "carried_over_out"


def _named_behind(words: tuple[Word, ...], row: Row) -> bool:
    """另有1件结转2025年办理, 复议后起诉的1件尚在审理: what stands right behind tells the rest."""
    sentence, figure = row.sentence, row.figure
    if figure is None or any(not w.known for w in words):
        return False
    number = sentence.number_of(figure)
    behind = right_of(sentence, number, sentence.segment_at(figure.start))
    told = [w for w in behind if w.meanings or not w.known]
    if not told or any(not w.known or w.has("mark", "parts") for w in told):
        return False  # 4件不予公开分别是行政执法案卷3件、过程性信息1件
    kinds = {
        v for w in sentence.telling("topic", sentence.start, row.start) if (v := w.value("topic"))
    }
    several = len(kinds & APPEALS) > 1  # 应诉26件，其中直接起诉4件、复议后起诉22件；…6件未审结
    return _says((*words, *behind), row) and not (several and not naming(words))


def _says(words: tuple[Word, ...], row: Row) -> bool:
    """Whether words alone tell all that a figure counts, but for what cannot be otherwise."""
    said, meant = read_subject(words), row.subject
    if meant.topic in APPEALS:
        topics = said.topics or (meant.topics if _cases_named(row) else ())
        return (topics, said.outcome) == (meant.topics, meant.outcome)
    if meant.topic in DOCUMENTS | DECISIONS:
        return (said.topics, said.action) == (meant.topics, meant.action)
    return (meant.framed or said.applicant == meant.applicant) and (
        said.stages == meant.stages or (not said.stages and _only_stage(row))
    )


def _cases_named(row: Row) -> bool:
    """Whether a sentence says before a figure of which cases, or only one kind can be meant."""
    sentence = row.sentence
    words = sentence.telling("topic", sentence.start, row.start)
    told = sentence.text[: row.start]
    one_kind = ("复议" in told) != ("诉" in told)
    named = any(w.value("topic") in APPEALS for w in words)
    return named or one_kind or len(row.subject.topics) > 1


def _only_stage(row: Row) -> bool:
    """Whether no other stage than that of the figure is told before it in its sentence."""
    sentence, stages = row.sentence, row.subject.stages
    told = {
        v
        for w in sentence.words_between(sentence.start, row.start)
        if (v := w.value("stage")) is not None
    }
    return told == set(stages) or (not told and stages in (("received",), ("new_received",)))


def _adjacent(words: tuple[Word, ...]) -> bool:
    """Whether only words without meaning, and none unknown, stand behind the last telling one."""
    for word in reversed(words):
        if any(m.facet in TOPICAL for m in word.meanings):
            return True
        if not word.known:
            return False
    return False


def _other_total(row: Row, tables: Tables, told: Sequence[str | None]) -> Target | None:
    """A total that is just the figure; those that other figures of the sentence tell are not."""
    figure = row.figure
    if figure is None or not figure.value:  # every table has a total that is 0
        return None
    for target in _candidates(row, tables):
        if target.expression in told:
            continue
        holding = tables.holding(target)
        value = holding.value
        if "carried_over_in" in target.expression and 0 in holding.terms:
            continue  # the sum is the other row over again
        if value is not None and fits(figure, in_unit(value, target, figure)):
            return target
    return None


def _candidates(row: Row, tables: Tables) -> Iterator[Target]:
    """Totals of the same table, and what else the sentence names."""
    topic = row.subject.topic
    if topic in APPEALS:
        yield from _cases(row, tables)
    elif topic in DOCUMENTS | DECISIONS:
        for word in row.sentence.words:
            named = word.value("topic")
            if named in DOCUMENTS | DECISIONS:
                yield from tables.readings(Subject(topics=(named,), action=row.subject.action))
    else:
        yield from _applications(row, tables)


def _cases(row: Row, tables: Tables) -> Iterator[Target]:
    """Sums over the kinds of cases that the sentence names, or over all when it names none.

    Where the words beside a figure name lawsuits, no 行政复议 is meant.
    """
    sentence = row.sentence
    said = {v for w in sentence.words if (v := w.value("outcome")) is not None}
    kinds = {v for w in sentence.words if (v := w.value("topic")) in APPEALS}
    if "litigation" in kinds and not kinds & set(_CASES[1:]):
        kinds |= set(_CASES[1:])
    if row.subject.own_topic and set(row.subject.topics) <= {"litigation", *_CASES[1:]}:
        kinds -= {"reconsideration"}
    named = [c for c in _CASES if c in kinds] or _CASES
    others: Sequence[tuple[str, ...]] = (("total",), CONCLUDED, *((o,) for o in sorted(said)))
    own = sentence.segment_at(row.start)
    beside = sentence.words_between(own.start, own.end)
    if row.subject.outcome == _PENDING and any(w.has("outcome", _PENDING) for w in beside):
        others = ((_PENDING,),)  # 3件尚未审结 are not those that have been tried
    for outcomes in others:
        for size in range(1, len(named) + 1):
            for cases in combinations(named, size):
                yield tables.appeals(cases, *outcomes)


def _applications(row: Row, tables: Tables) -> Iterator[Target]:
    if row.subject.with_carry:
        yield tables.requests(("total",))  # 办理94件（含上年结转5件）
        return
    words = row.sentence.words
    applicants = [v for w in words if (v := w.value("applicant")) is not None]
    # 因本机关不掌握而无法提供3件 are not the 3 carried over: what became of them is told
    results = row.subject.stages and all(s in RESULTS or "." in s for s in row.subject.stages)
    behind = row.figure.behind if row.figure else row.end
    # but in 37件中予以公开16件 they are all
    named = results and not applicants and not _AMONG.match(row.sentence.text, behind)
    for columns in _columns(applicants):
        for rows in () if named else _TOTALS:
            yield tables.requests(rows, columns)
    for word in words:
        for meaning in word.meanings:
            for stage in _TOGETHER.get(meaning.value, (meaning.value,)):
                if meaning.facet == "stage":
                    yield from tables.readings(Subject(topics=("requests",), stages=(stage,)))


def _columns(applicants: list[str]) -> Iterator[tuple[str, ...]]:
    """All applicants, each that is named, and those named together."""
    yield ("total",)
    kinds = tuple(dict.fromkeys(a for a in applicants if a in (*ORGANIZATIONS, "natural_person")))
    for kind in kinds:
        yield (kind,)
    if "organizations" in applicants:
        yield ORGANIZATIONS
    organizations = tuple(k for k in kinds if k in ORGANIZATIONS)
    for first in range(len(organizations) - 1):
        yield organizations[first:]
