"""Holds the figure of a row against the cells that its subject speaks of."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from checker.assemble.numerals import parse_chinese_numeral
from checker.claims.figures import Figure
from checker.claims.judge import Doubtful, against_cells
from checker.claims.ratios import is_ratio
from checker.claims.rows import Row
from checker.claims.scope import in_part_of_year
from checker.claims.several import each
from checker.claims.subjects import APPEALS, DECISIONS, DOCUMENTS, NO_CELL, TELLING, Subject
from checker.claims.targets import Tables, Target
from checker.domain.claim import ClaimCheck, Scope
from checker.rulebook.case_counts import load_case_counts
from checker.rulebook.late import late_regex
from checker.rulebook.reasons import load_reasons

_ITEMS: Final = "表二的项目数量只有上一年的和增减"
_COUNTED: Final[Mapping[str, frozenset[str | None]]] = {
    "requests": frozenset(("件", "条", "份", "宗", "个", "例", "项", "起", "件次", None)),
    "appeals": frozenset(("件", "条", "起", "宗", "例", "个", "项", "次", None)),
    "documents": frozenset(("件", "个", "份", "项", "部", "篇", None)),
    "decisions": frozenset(("件", "起", "宗", "项", "个", "例", "份", "次", "件次", "条", None)),
}
# 主动公开206条、依申请公开48条: information by the way in which it is disclosed
_BY_WAY: Final = late_regex("主动公开|信息总数")
_NAMED_BEFORE: Final = late_regex("(?:申请|复议|诉讼|案件)(?:总?数|数量|共计?|合计|有|为|是)*$")
_NOT_APPLICATIONS: Final = "条"
_ANYTHING: Final = "个"  # counts applications only where no other noun stands behind it
_OF_A_KIND: Final = late_regex("类(?:信息|文件)?$")
_REVIEWED: Final = late_regex("清理|审查|审核|备案|报备|起草|征求")
_CLEARED: Final = late_regex("清理[^,。;0-9]*[0-9]+[件个份]|[0-9]+[件个份][^,。;0-9]*清理")
_REPEALED: Final = late_regex("(?:废止|失效|现行有效)[^,。;]*$")
_NOT_A_YEAR: Final = late_regex(
    "(?:[年日月人周]均|平均每?个?[年月周日天季人]|每个?[月周日天季](?:度)?(?:平均|均)|[上下]半年|季度|[至到—~-](?!12)[0-9]{1,2}月份?)[^,。;]{0,12}$"
)
_CLOSED_APART: Final = late_regex(
    "结转[^,。;]*(?:已|全部|均)[^,。;]*(?:办结|答复|办理完)|(?:新收|收到)[^,。;]*$"
    "|收到[^。;]{0,24}(?:中,|其中)[^,。;]*$"
)
_CLOSED_OF_NEW: Final = late_regex("新收[^。;]{0,24}(?:中,?|其中)[^,。;]*$")
_IN_A_MONTH: Final = late_regex(
    "(?<![0-9至到止—~-])(?:1[0-2]|0?[1-9])月份?(?![0-9份底末至到起—~-])[^,。;0-9]{0,12}$"
)
_PEAK: Final = late_regex(
    "最(?:多|高|少|低|集中)(?:的|是|为)[^。;0-9]*(?:[0-9]{1,2}月份?)?[^。;0-9]{0,12}$"
)
# 处罚、强制、许可三者总数是52件; 上述许可、处罚共计237件; 与新收合并为1872件
_ALL_OF_SEVERAL: Final = late_regex(
    "(?:[两二三四五六][者项类种]|上述|以上|前述|[与和同连][^,。;0-9]{1,8})[^,。;0-9]{0,14}"
    "(?:总[数量计]|合计|共计?|合并|相加|加起来|合起来|合在一起|之和)[^,。;0-9]{0,3}$"
)
_KINDS_TOLD: Final = late_regex("(?P<count>[两二三四五六2-6])[类项者种][^。;0-9]{0,12}$")
_EXPIRED: Final = late_regex("(?<!宣布)(?<!废止)(?<![和与及、])失效(?:文件|规范性文件)?$")
_OLD_APART: Final = late_regex("(?:办结|答复)了?(?:上|去)一?年度?结转")
_BASE: Final = late_regex("(?:占|相当于)[^,。;0-9]{0,12}(?:全部|总|所有)[^,。;0-9]{0,6}$")
_NOT_DECIDED: Final = late_regex("(?:立案|结案|未结|到位|移送)(?:查处|执行)?$")
_CONCERNING: Final = late_regex("涉及[^,。;0-9]{2,14}(?:的|类|方面|事项)$")
_ONE_CONTRACT: Final = late_regex("(?:合同|成交|中标)金?额[^,。;]{0,4}$")
# 政府采购项目12个，其中集中采购7项
_BOUGHT_TOGETHER: Final = late_regex("其中[^。;]{0,30}集中采购")
# 办理行政许可1410件，其中准予1286件、撤回116件
_HANDLED: Final = late_regex("(?:办理|受理|接收|收到|申请|接件|收件)[^,。;]{0,8}$")
_NOT_ALL_DECIDED: Final = late_regex(
    "其中[^。;]*(?:作出|准予|撤[回销]|退[回件]|终止|不予受理|在办)"
)
_ALL_BOUGHT: Final = late_regex("总|共|合计|累计|全年|政府采购|集中采购")
_PUBLICITY: Final = late_regex(
    "公开属性|不予公开[0-9]{1,9}[件份条]、依申请公开[0-9]|主动公开[^。;]{0,20}依申请公开[^。;]{0,20}不(?:予)?公开|非公开类"
)
_AS_JUDGE: Final = late_regex("作为[^,。;]{0,8}复议机关|出庭应诉[^,。;]*$|审理[^,。;]*$")
_NOT_ABOUT: Final = late_regex(
    "[不未没]涉及[^,。;]{0,6}(?:信息公开|政务公开)|[与同和跟][^,。;]{0,6}(?:信息公开|政务公开)(?:工作)?无关"
    "|[非不](?:是|属于)?(?:因)?[^,。;0-9]{0,4}信息公开(?:类|案件|引)"
)
# 复议案件13件，均与水行政执法有关; but 均为复议后起诉案件 tells another thing
_ABOUT_OTHERS: Final = late_regex(
    "[,(](?:这些|上述|以上)?(?:案件)?(?:均|都|全部|皆|全)(?:与|和|因|由|系|为|是|涉及|属于?)"
    "(?![^,。;]*(?:公开|申请|答复|复议|起诉|诉讼|维持|结|新收|上年|本年))[^,。;0-9]{2,20}"
    "(?:有关|相关|引起|引发|案件|纠纷|争议|领域|类)"
)
_DISMISSED: Final = late_regex("驳回")
_UNRELATED: Final = late_regex(
    "[^。;0-9]{0,12}[与同和跟][^,。;0-9]{0,6}(?:信息公开|政务公开)(?:工作)?无关"
)
_NOT_ALL: Final = "正文没有说明是收到的全部申请"
_LEFT_OUT: Final = late_regex(
    "[^。;0-9]{0,12}(?:不|未)(?:在|计入|纳入|列入|属于?|包括在)[^。;0-9]{0,12}(?:表|统计|口径)"
    "|[^。;0-9]{0,12}(?:计入|列入)[^,。;]{2,24}(?:年度|工作)?报告"
)
_ALL_BODIES: Final = late_regex("各级|各[市县区镇乡地]|全[国省市县区州系]")
_OF_OTHER_KIND: Final = late_regex("涉及|申请|减免|免[征收]|不予|退[还费]|拟|线索|案由|类")
_FOR_EACH: Final = "正文写的是每一类各有多少"
_NOT_ABOUT_IT: Final = "正文说明这些案件与政府信息公开无关"
_INFORMATION: Final = late_regex(
    "(?<!申请)(?<![要请]求)(?<![不部]予)(?<!部分)(?<!予以)(?:公开|发布)了?(?![^,。;、0-9]{0,12}申请)"
    "[^,。;、0-9和及与]{0,8}信息(?:总[数量]|数量)?(?:共计?|合计|累计|总计|达到?|为)?$"
)
# 平均每项54.64万元; 复议后起诉的比直接起诉的多3件: what no cell holds, whatever was spoken of
_MORE_THAN: Final = late_regex(
    "(?:平均|[年月周日]均)[^,。;0-9]{0,6}$|比(?!上|去|前|往|同|年)[^,。;0-9]{2,14}[多少](?:了|出)?$"
)
_PARTLY: Final = frozenset(("third_party_part", "not_held_part", "postponed"))
_PUBLISHING: Final = frozenset(("published", "revised", "issued"))
SCOPE_WORDS: Final[Mapping[Scope, str]] = {
    "whole_area": "正文说的是全辖区或全系统，表格未必是同一口径",
    "prior_year": "正文说的是往年或跨年度的数",
    "next_year": "正文说的是今后的打算",
    "other_population": "正文说的不是同一个范围（如本级、备案、代办）",
    "unclear": "正文说的可能不是全年或全部",
}


def compare(row: Row, tables: Tables) -> None:
    """Hold one figure against the tables."""
    figure = row.figure
    if (
        figure is None
        or row.settled
        or is_ratio(figure)
        or (figure.value is None and figure.upper is None)
    ):
        return
    readings = _readings(row, tables)
    if not readings and _told_in_items(row, tables):
        row.checks.append(_counting_word(row, figure, as_many=True))
    if not readings and _information_in_pieces(row):
        row.checks.append(_information_word(row.printed))
    carried = {"carried_over_in", "carried_over_out"} & set(row.subject.stages)
    if carried and row.scope in ("prior_year", "next_year") and not row.other_time:
        row.scope = "own"  # the year belongs to the carry-over
    partly = _NOT_A_YEAR.search(row.sentence.text[row.sentence.start : row.start])
    of_last_year = bool(readings) and figure.unit == "项" and row.scope == "prior_year"
    if of_last_year:
        row.scope = "own"  # 上一年项目数量 is a column of this year's table
    if not readings or partly or row.scope in ("prior_year", "next_year"):
        return
    scope = "" if _other_cases(row) else _other_scope(row, readings, tables)
    asked = bool(scope) and _asks(row, readings, tables)
    items = figure.unit == "项" and not of_last_year and row.subject.topic != "procurement"
    reason = _why_open(row, scope, readings, tables) or (_ITEMS if items else "")
    several = each(row.sentence, row.start, row.subject)
    if row.sentence.text[: row.start].endswith("各") and len(several) == 1:
        reason = reason or _FOR_EACH
    for one in several:
        own = readings if one is row.subject else _readings(replace(row, subject=one), tables)
        check = against_cells(figure, row.printed, tables, own, Doubtful(reason, scope=asked))
        row.checks.append(_without_target(check) if _is_some_part(row, check) else check)
    if scope and check.verdict == "supported":
        same = f"{scope}，但数字相同。"
        row.checks.append(ClaimCheck(test="scope", verdict="supported", reason=same))
    if _kind_of(row.subject.topic or "") in ("requests", "appeals"):
        row.checks.append(_counting_word(row, figure))


def _why_open(row: Row, scope: str, readings: Sequence[Target], tables: Tables) -> str:
    """Why a difference from the cells proves nothing; empty when it does."""
    return (
        _other_cases(row)
        or scope
        or _part_only(row, readings, tables)
        or _unsaid(row, readings, tables)
        or _of_this_year(row, tables)
    )


def in_scope(check: ClaimCheck, scope: Scope) -> ClaimCheck:
    """A statement in words (未收到, 均已办结) about others or another year is not judged."""
    same = scope in ("whole_area", "other_population") and check.verdict == "supported"
    if scope == "own" or same:
        return check
    return check.unproved(load_reasons().other_scope.format(scope=SCOPE_WORDS[scope]))


def _is_some_part(row: Row, check: ClaimCheck) -> bool:
    """Whether the figure is some part of what the cells count, so that no cell holds it."""
    partial = row.subject.residue or row.subject.action in ("amended", "revised")
    open_point = check.verdict == "not_enough_info" and check.test != "scope"
    return partial and open_point and check.expected is not None


def _without_target(check: ClaimCheck) -> ClaimCheck:
    return check.model_copy(update={"target": None, "expected": None})


def _counting_word(row: Row, figure: Figure, *, as_many: bool = False) -> ClaimCheck:
    """收到申请12条: of applications where they are named right before it, or the cell agrees."""
    agrees = as_many or any(c.test == "cell" and c.verdict == "supported" for c in row.checks)
    named = _NAMED_BEFORE.search(row.sentence.text, row.sentence.start, row.start)
    odd = figure.unit == _NOT_APPLICATIONS and bool(agrees or named)
    return ClaimCheck(
        test="counting_word",
        verdict="not_enough_info" if odd else "supported",
        reason=f"申请和案件按“件”计，正文写“{row.printed}”。",
        open=odd,
    )


def _information_word(printed: str) -> ClaimCheck:
    return ClaimCheck(
        test="counting_word",
        verdict="not_enough_info",
        reason=f"公开的信息按“条”计，正文写“{printed}”。",
        open=True,
    )


def _information_in_pieces(row: Row) -> bool:
    """主动公开政府信息120件: what was published is counted in 条, applications in 件."""
    figure, subject = row.figure, row.subject
    if figure is None or figure.unit != "件" or subject.topic not in (None, "published"):
        return False
    return _INFORMATION.search(row.sentence.text, row.sentence.start, figure.start) is not None


def _readings(row: Row, tables: Tables) -> tuple[Target, ...]:
    subject, figure = row.subject, row.figure
    topic = subject.topic
    nothing = topic is None or topic in NO_CELL or subject.all_cases
    compared = _MORE_THAN.search(row.sentence.text, row.sentence.start, row.start)
    if figure is None or topic is None or nothing or compared:
        return ()
    if figure.unit == "yuan" or (topic == "fees" and figure.value == 0):
        return tables.money(topic) if topic in ("fees", "procurement") else ()
    if topic == "procurement":  # 政府采购信息28条: what was published, not what was bought
        return () if figure.unit in ("条", "篇", "份") else tables.projects()
    if figure.unit == "项" and (topic in DECISIONS or topic == "fees"):
        items = tables.items(topic, prior=row.scope == "prior_year")
        if items and not subject.residue:
            return items
    kind = None if _of_another_noun(row) else _kind_of(topic)
    if kind is None or figure.unit not in _COUNTED[kind] or _is_information(row):
        return ()
    said = row.sentence.text[row.sentence.start : row.sentence.end]
    unclear = topic == "requests" and not subject.stages and subject.residue
    unclear = unclear or (topic == "requests" and figure.unit == "项" and "申请" not in said)
    return () if unclear or _is_publicity(row) else tables.readings(subject)


def _of_another_noun(row: Row) -> bool:
    """44个市直部门, 差745件: the noun is none that a table counts, or it is a difference."""
    figure = row.figure
    if row.sentence.text.endswith("差", row.sentence.start, row.start):
        return True
    if figure is None or figure.unit != _ANYTHING:
        return False
    end = row.sentence.segment_at(figure.start).end
    word = next(iter(row.sentence.words_between(figure.behind, end)), None)
    if word is None or not word.text.isalpha():
        return False
    return not word.known or word.value("topic") == "other" or word.value("scope") is not None


def _is_publicity(row: Row) -> bool:
    """主动公开448份、依申请公开112份、不予公开560份: how documents were marked, not answered."""
    marked = _PUBLICITY.search(row.sentence.text, row.sentence.start, row.sentence.end)
    return marked is not None and "partially_granted" not in row.subject.stages


def _is_information(row: Row) -> bool:
    """Whether the words name a kind of information and its items, not applications or decisions."""
    figure = row.figure
    if figure is not None and figure.unit == "项" and row.subject.topic in DECISIONS:
        said = row.sentence.text[row.sentence.start : figure.start]
        return "事项" in said[-4:] or row.subject.action in _PUBLISHING or "清单" in said
    if figure is None or figure.unit not in ("条", "份", "篇"):
        return False
    before = row.sentence.text[max(row.sentence.start, figure.start - 8) : figure.start]
    if row.subject.topic in DECISIONS:
        return "决定" not in before
    granted = set(row.subject.stages) & TELLING
    if row.subject.topic in APPEALS and (granted or row.subject.action):
        return True  # 行政复议决定公开31条
    if row.subject.topic == "requests":
        return not row.subject.stages or "依申请公开" in before[-5:]
    return _OF_A_KIND.search(before) is not None


def _told_in_items(row: Row, tables: Tables) -> bool:
    """依申请公开66条, where just so many applications came in: they are counted as information."""
    figure, subject = row.figure, row.subject
    if figure is None or figure.unit != _NOT_APPLICATIONS or not figure.value or row.elsewhere:
        return False
    if subject.topic != "requests" or row.scope != "own" or not _is_information(row):
        return False
    if _BY_WAY.search(row.sentence.text, row.sentence.start, row.sentence.end):
        return False
    received = tables.holding(tables.requests(("new_received",))).value
    return figure.approximation == "exact" and figure.value == received


def _kind_of(topic: str) -> str | None:
    if topic == "requests":
        return "requests"
    if topic in APPEALS:
        return "appeals"
    if topic in DOCUMENTS:
        return "documents"
    return "decisions" if topic in DECISIONS else None


def _other_cases(row: Row) -> str:
    """Why cases are plainly not those of table 四; empty when they may be."""
    subject = row.subject
    if row.figure is None or subject.topic not in APPEALS:
        return ""
    if _UNRELATED.match(row.sentence.text, row.figure.behind, row.sentence.end):
        return _NOT_ABOUT_IT
    if subject.tied:
        return ""
    if _AS_JUDGE.search(row.sentence.text, row.sentence.start, row.start):
        return "正文说的是本机关审理或出庭应诉的案件，表四只统计因政府信息公开引起的"
    behind = (row.sentence.text, row.figure.behind, row.sentence.end)
    if _NOT_ABOUT.search(*behind) or _ABOUT_OTHERS.match(*behind):
        return _NOT_ABOUT_IT
    return ""


def _other_scope(row: Row, readings: Sequence[Target], tables: Tables) -> str:
    """Why the figure may speak of another population; empty when it speaks of the table's."""
    if row.scope != "own":
        return SCOPE_WORDS[row.scope]
    subject = row.subject
    if subject.topic in APPEALS and not subject.tied:
        return "正文没有说明只是因政府信息公开引起的案件"
    if subject.topic in APPEALS and subject.by_heading and not at_odds(row, readings, tables):
        return load_case_counts().only_heading  # all cases are no fewer than those of table 四
    by_item = row.figure is not None and row.figure.unit == "条"
    if subject.topic in DECISIONS and (subject.action in _PUBLISHING or by_item):
        return "正文说的可能是公开的条数，表格填的是处理决定数量"
    return ""


def _asks(row: Row, readings: Sequence[Target], tables: Tables) -> bool:
    """Whether a person should look at a figure of another scope that differs from the cells."""
    if _plainly_others(row):
        return False
    part = row.subject.residue and row.scope != "whole_area"
    part = part or in_part_of_year(row.sentence, row.start) is not None
    return not part or at_odds(row, readings, tables)


def at_odds(row: Row, readings: Sequence[Target], tables: Tables) -> bool:
    """Whether a figure cannot be of the scope that it names.

    All of an area or a system has no fewer than one body of it; one body, or a part of the year,
    has no more than all.
    """
    held = [v for t in readings if (v := tables.holding(t).value) is not None]
    value = row.figure.value if row.figure else None
    if value is None or not held:
        return False
    before = row.sentence.text[row.sentence.start : row.start]
    narrower = row.scope in ("other_population", "unclear") or row.subject.residue
    if narrower:
        return value > max(held) and not _ALL_BODIES.search(before)
    return value < min(held)


def explained(rows: Sequence[Row], tables: Tables) -> None:
    """A figure of another scope needs no question where the text tells that of the tables too.

    全市收到600件，我局收到72件: beside the 72 that stand in the table, 600 are plainly others.
    """
    told = {
        a
        for r in rows
        for c in r.checks
        if c.test in ("cell", "absence") and c.verdict == "supported"
        for a in c.cells
    }
    for row in rows:
        for place, check in enumerate(row.checks):
            asked = check.test == "scope" and check.verdict == "not_enough_info"
            area = row.scope == "whole_area" and tables.of_government
            if not asked or area or not told & set(check.cells):
                continue
            if not at_odds(row, tables.readings(row.subject), tables):
                row.checks[place] = check.model_copy(update={"test": "cell"})


def _plainly_others(row: Row) -> bool:
    """The words name whose figure it is (局属单位, 协助办理), so there is nothing to ask."""
    if row.figure and _LEFT_OUT.match(row.sentence.text, row.figure.behind):
        return True  # 全市同类案件76件（不在下表之内）
    if _BASE.search(row.sentence.text, row.sentence.start, row.start):
        return True  # 申请复议的7件，相当于办结总数68件的10.29%
    if row.scope != "other_population":
        return False
    before = row.sentence.words_between(row.sentence.start, row.start)
    return not any(w.value("scope") in ("office", "whole_area") for w in before)


def _of_this_year(row: Row, tables: Tables) -> str:
    """Whether what was closed leaves out what was carried over; empty when it does not."""
    if not {"closed", "answered"} & set(row.subject.stages) or row.figure is None:
        return ""
    total = tables.holding(tables.requests(("total",))).value
    carried = tables.holding(tables.requests(("carried_over_in",))).value
    if not total or not carried:
        return ""
    before = row.sentence.text[row.sentence.start : row.start]
    behind = row.sentence.text[row.start : row.sentence.end]
    value = row.figure.value
    if _CLOSED_OF_NEW.search(before) and value is not None and value < total:
        return "正文说的可能只是本年新收的，表三总计行连上年结转的一起算"
    if value != total - carried:
        return ""
    if not (_CLOSED_APART.search(before) or _OLD_APART.search(behind)):
        return ""
    return "与总计相差的正好是上年结转的件数，可能只指本年新收的"


def _part_only(row: Row, readings: Sequence[Target], tables: Tables) -> str:
    """Why the figure may be a part of what the cells count; empty when it is all."""
    subject = row.subject
    before = row.sentence.text[row.sentence.start : row.start]
    clause = row.sentence.text[row.sentence.start : row.sentence.end]
    both = subject.outcome == "upheld" and "维持" in clause and _dismissed_too(row)
    bought = _ONE_CONTRACT.search(before) and not _ALL_BOUGHT.search(before)
    together = _BOUGHT_TOGETHER.search(clause, len(before))
    residue = subject.residue and not _exceeds(row, readings, tables)
    single = all(len(t.addresses) == 1 for t in readings)
    limited = residue or _PARTLY & set(subject.stages)
    reasons = (
        (row.figure is not None and row.figure.upper is not None, "正文写的是一个范围"),
        (subject.topic in DOCUMENTS, _part_of_documents(subject, before)),
        (bought, "正文说的可能只是其中一个采购项目"),
        (subject.topic in DECISIONS, _part_of_decisions(before, clause)),
        (_of_more_kinds(subject, before, readings), "正文说的类别比认出的多"),
        (subject.topic == "procurement" and together, "正文说的是全部政府采购，表二只填集中采购"),
        (_BASE.search(before), "正文说的是计算占比的总数"),
        (_IN_A_MONTH.search(before), "正文说的是某一个月的件数"),
        (_PEAK.search(before), "正文说的可能只是最多的那一段时间或那一类"),
        (single and _ALL_OF_SEVERAL.search(before), "正文说的是几项合在一起的数"),
        (limited, "正文还有其他限定，可能只是其中一部分"),
        (both, "维持和驳回可能都计入结果维持"),
    )
    return next((reason for holds, reason in reasons if holds and reason), "")


def _dismissed_too(row: Row) -> bool:
    """维持5件、驳回2件; but not what is told of another kind of cases: …；诉讼驳回2件."""
    sentence = row.sentence
    for found in _DISMISSED.finditer(sentence.text, sentence.start, sentence.end):
        ends = sorted((row.start, found.start()))
        between = sentence.telling("topic", *ends)
        kinds = {v for w in between if (v := w.value("topic")) in APPEALS}
        if kinds <= set(row.subject.topics):
            return True
    return False


def _exceeds(row: Row, readings: Sequence[Target], tables: Tables) -> bool:
    """Whether documents or decisions that are named beside a figure are more than the table has.

    Whatever else is said of them, a part is not larger than its whole.
    """
    start = row.sentence.segment_at(row.start).start
    words = row.sentence.telling("topic", start, row.start)
    known = (*DOCUMENTS, *DECISIONS, "fees")
    named = row.subject.topic in known and any(w.value("topic") in known for w in words)
    if _OF_OTHER_KIND.search(row.sentence.text, row.sentence.start, row.start):
        return False
    held = [v for t in readings if (v := tables.holding(t).value) is not None]
    value = row.figure.value if row.figure else None
    return bool(named and held and value is not None and value > max(held))


def _unsaid(row: Row, readings: Sequence[Target], tables: Tables) -> str:
    """Why fewer applications than came in may be some of them: nothing says that they are all."""
    said, value = row.subject, row.figure.value if row.figure else None
    if said.topic != "requests" or said.stages or said.applicant or value is None:
        return ""
    before = row.sentence.segment_at(row.start).start
    named = row.sentence.telling("topic", before, row.start)
    if any(w.value("topic") == "requests" for w in named):
        return ""  # 依申请公开数为3
    held = [v for t in readings if (v := tables.holding(t).value) is not None]
    return _NOT_ALL if held and 0 < value < min(held) else ""


def _part_of_documents(subject: Subject, before: str) -> str:
    """The same for 规章 and 规范性文件: those reviewed are of others and of earlier years too."""
    only_reviewed = _REVIEWED.search(before) and not _REPEALED.search(before)
    reasons = (
        (
            subject.action in (None, "revised", "amended"),
            "正文没有说明是制发、废止还是现行有效",
        ),
        (only_reviewed or _CLEARED.search(before), "正文说的是清理或审查的文件"),
        (_EXPIRED.search(before), "自行失效的不一定计入本年废止件数"),
    )
    return next((reason for holds, reason in reasons if holds), "")


def _of_more_kinds(subject: Subject, before: str, readings: Sequence[Target]) -> bool:
    """许可、处罚、强制和其他服务四类，共1940件: the form, or the program, knows only three."""
    told = _KINDS_TOLD.search(before)
    count = parse_chinese_numeral(told["count"].replace("两", "二")) if told else None
    known = max((len(t.addresses) for t in readings), default=0)
    return len(subject.topics) > 1 and count is not None and count > known


def _part_of_decisions(before: str, clause: str) -> str:
    """The same for 行政许可, 行政处罚 and the like."""
    handled = _HANDLED.search(before) and _NOT_ALL_DECIDED.search(clause, len(before))
    reasons = (
        ("申请" in before and before.endswith("类"), "正文说的是其中一类申请"),
        (_NOT_DECIDED.search(before), "正文说的不是作出决定的件数"),
        (_CONCERNING.search(before), "正文说的可能是涉及这一项的别的事"),
        (handled, "正文说的是办理的件数，不都作出了决定"),
    )
    return next((reason for holds, reason in reasons if holds), "")
