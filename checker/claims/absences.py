"""Statements that something did not happen: 未收到…申请, 未发生…复议, 无结转."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Final

from checker.claims.judge import shown
from checker.claims.sentences import Sentence, unknown_length
from checker.claims.statements import Spoken, Statement, clauses, unheld
from checker.claims.subjects import (
    APPEALS,
    DECISIONS,
    DOCUMENTS,
    KINDS_OF_LITIGATION,
    ONE_FORM,
    ORGANIZATIONS,
    Subject,
    read_subject,
)
from checker.claims.targets import Tables, Target
from checker.claims.words import Word
from checker.domain.claim import ClaimCheck, ClaimTest
from checker.rulebook.fees_told import load_fee_words
from checker.rulebook.late import late_regex
from checker.rulebook.reasons import load_reasons
from checker.rulebook.which_requests import load_which_requests
from checker.rulebook.wording import compiled

_ADDED: Final = ("新增", "新设", "增设", "新立")
_LOST: Final = "败诉"
_NOTHING_COUNTED: Final = Subject(topics=("other",))
_APART: Final = late_regex(
    "(?:、(?:也|亦|且|均)?|[也亦且])[无零没未]|[\u4e00-\u9fff]零[\u4e00-\u9fff]"
)  # 零申请、零复议: two statements
_NOT_ONE: Final = late_regex("[1一][件起宗例项个条份次]?(?:的|因)?")
_YEAR: Final = late_regex("(20[0-9]{2})年")
_LAST_YEAR: Final = late_regex("上一?年度?(?!结转)|去年|往年")
_PENDING: Final = frozenset(("carried_over_in", "carried_over_out", "carried"))
_NEXT_YEAR: Final = "carried_over_out"
_PLAIN: Final = ("none", "none_received", "none_happened")
_CHARGES: Final = frozenset(("information_fee", "fees", "any_charge"))
_LEAKED: Final = ("泄露国家秘密", "泄密", "失泄密", "上网", "问题", "情况", "事件")
_OF_ALL: Final = ("received", "handled", "closed", "answered")
_ALL: Final = ("total",)
_ANY_CASE: Final = ("reconsideration", "litigation")
_ANY_AT_ALL: Final = late_regex("任何|各类|各种|其他|[件起宗]")
# 除此之外没有收到其他申请: beside those that were told
_BESIDES: Final = late_regex(
    "除[此上前][^,;]{0,4}外|其[他它](?:政府信息公开|信息公开|行政)*(?:申请|案件|复议|诉讼|事业性收费|收费|不予公开|无法提供|不予处理)"
)
_DIRECTLY: Final = late_regex("[没未]有?经过?(?:行政)?复议")  # 没有经过复议直接起诉
_TAKEN: Final = late_regex("(?:收取|产生|发生|收)(?:任何|过|相关|其他)*[^,。;]{0,6}费用?。?$")
# 该公司没有申请复议, 老李没有起诉, 申请人收到答复后未起诉: what one of them did not do
_ONE_OF_THEM: Final = late_regex(
    "(?:^|[,;:。(])(?:其中|但|而|此后|之后|后来|收到答复后)?(?:该(?!年|月)[^,;:。]{0,10}|此人|对方|当事人|申请人|原告|上诉人"
    "|[老小][\u4e00-\u9fff]|[\u4e00-\u9fff][某甲乙丙][某甲乙丙]?|[他她其])[^,;:。]{0,14}$"
)
# 12月没有新收申请, 传真渠道没有收到申请, 上年结转的申请中没有不予公开的情形
_LIMITED: Final = late_regex(
    "(?:^|[,;:。(])[^,;:。]{0,12}(?:(?<![0-9])(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})月(?![0-9])(?:份|当月)?"
    "|(?:邮箱|邮件|传真|信函|邮寄|窗口|网上|网络|平台|入口|渠道|方式|公众号|新媒体|微博|微信)"
    "|(?:假期|春节|(?<!报告)(?<!统计)(?<![年度])期间|[上中下]旬)|(?:法人|上年度?结转)的?申请(?:中|人)?)"
    "[^,;:。]{0,8}$"
    "|(?:结转|公开|提供|处理|撤回|延期|补正)[^,;:。0-9]{0,10}[0-9]{1,6}件(?:申请|案件|答复)?[中里],?[^,;:。0-9]{0,6}$"
)
# 原因是没有区分处理; 可收取信息处理费的申请今年没有出现
_REASON: Final = late_regex(
    "(?:原因|理由|症结|缘由)(?:主要|都|均|就|还)?(?:是|为|在于|系|:)[^,;。]{0,6}$|(?:因为|由于)$"
)
_OF_SUCH: Final = late_regex(
    "(?:^|[,;:。(])[^,;:。]{2,30}(?<!收到)(?<!受理)(?<!提[交出])(?<!办理)(?<!组织)(?<!公民)(?<![群公]众)(?<!我局)(?<!年度)(?<!年)的"
    "(?:政府)?(?:信息公开)?申请(?:在?(?:今年|本年度?|全年|年内|报告期内)|也|都|均|尚|还|一直)*$"
)
_OF_THIRD_PARTIES: Final = late_regex("征求[^,;。]{0,4}第三方|第三方[^,;。]{0,4}(?:意见|同意)")
_GOES_ON: Final = late_regex("[也亦且又还并再]?$")
_OPENING: Final = late_regex("年初|(?:之前|以前|此前|往)年度?")
_ALSO: Final = "也亦"
_GOVERNING: Final = "因被"
_THEREFORE: Final = ("因此", "由此", "因而")
_LONGEST_QUOTE: Final = 24
_FARTHEST: Final = 60  # words before a negation that may say what is denied
_LEAST_UNKNOWN: Final = 2
_UNDECIDED: Final = {
    "verdict": "not_enough_info",
    "target": None,
    "target_label": "",
    "expected": None,
}


def absences(
    sentence: Sentence, spoken: Spoken, tables: Tables, *, year: int | None
) -> Iterator[Statement]:
    """Statements that something did not happen: 未收到…申请, 未发生…复议, 无结转.

    Args:
        sentence: where to look.
        spoken: what was spoken of.
        tables: the cells.
        year: that of the report; what is said of other years is left out.
    """
    head: tuple[Word, ...] = ()
    for clause in clauses(sentence):
        words = sentence.words_between(clause[0].start, clause[-1].end)
        head, before = words, head
        places = [i for i, w in enumerate(words) if w.value("negation")]
        if any(clause[0].start <= f.start < clause[-1].end for f in sentence.figures):
            continue
        for at, stop in pairwise((*places, len(words))):
            word, rest = words[at], _uncounted(words[at + 1 : stop])
            if _DIRECTLY.match(sentence.text, word.start):
                continue
            if sentence.text.startswith(_THEREFORE, word.end - 1):
                continue  # 补正后仍不明确的0件，未因此作出无法提供的答复
            # 2024年度行政复议：无
            if clause[0].mark == ":" and _says_nothing(words[:at], rest):
                rest = tuple(w for w in before if w.meanings or w.known or not w.text.isascii())
            near = words[max(0, at - _FARTHEST) : at]
            subject = _absent_subject(word, near, rest, spoken.before(word.start)[-1])
            if subject is None:
                continue
            said = sentence.text[clause[0].start : max(w.end for w in (word, *rest))]
            held = _of_this_table(subject, rest, said, year)
            if held is None:
                continue
            subject = _fee_of_information(held, sentence)
            target = _absent_target(subject, tables, _applicants(words[:at], rest))
            span = _span(sentence, word, rest)
            check = _absence_check(sentence.text[slice(*span)], target, tables, topic=subject.topic)
            one = _BESIDES.search(said) is not None or _of_one(sentence, word.start)
            check = _unless_of_some(check, subject, rest, one=one)
            if check.verdict == "refuted" and _goes_on_about(sentence, word, subject, check):
                check = check.unproved(load_reasons().which_requests)
            start, end = span
            yield Statement(start=start, end=end, subject=subject, check=check)
            if not _APART.search(sentence.text, word.end, clause[-1].end):
                break


def _unless_of_some(
    check: ClaimCheck, subject: Subject, rest: Sequence[Word], *, one: bool
) -> ClaimCheck:
    """A contradiction that is none where only some of what the cells count is denied.

    ``one``: the words in front say so, or that others were told.
    """
    if check.verdict != "refuted":
        return check
    if _of_some_decisions(subject, rest):
        return check.unproved(load_reasons().information_not_documents)
    if one or _of_some(subject, rest):
        return check.model_copy(update={**_UNDECIDED, "reason": load_reasons().no_such_kind})
    if _one_form(subject, rest):
        return check.unproved(load_reasons().one_form_of_correction)
    return check


def _fee_of_information(subject: Subject, sentence: Sentence) -> Subject:
    """未收取任何费用 where its paragraph spoke of 信息处理费: that alone is denied."""
    said = compiled(load_fee_words().of_information)
    if subject.topic != "any_charge" or not said.search(sentence.text, 0, sentence.end):
        return subject
    return replace(subject, topics=("information_fee",))


def _uncounted(rest: Sequence[Word]) -> tuple[Word, ...]:
    """没有1件复议被纠正: what stands behind 1件 is what there is none of."""
    counted = 0
    while counted < len(rest) and _NOT_ONE.fullmatch("".join(w.text for w in rest[: counted + 1])):
        counted += 1
    return tuple(rest[counted:])


def _of_one(sentence: Sentence, place: int) -> bool:
    """Whether the clause, or the one that it goes on with, is of one applicant, month or kind."""
    said = sentence.text[sentence.start : place]
    before, mark, clause = said.rpartition(",")
    if mark and _GOES_ON.fullmatch(clause):
        said = before
    limits = (_ONE_OF_THEM, _LIMITED, _REASON, _OF_SUCH)
    return any(limit.search(said) for limit in limits)


def _says_nothing(before: Sequence[Word], rest: Sequence[Word]) -> bool:
    """Whether a clause holds a negation and nothing that it could deny, such as 暂无."""
    return not any(w.meanings for w in (*before, *rest)) and unknown_length(tuple(rest)) == 0


def _span(sentence: Sentence, word: Word, rest: Sequence[Word]) -> tuple[int, int]:
    """没有因政府信息公开被申请行政复议: 没有因 is no word that can be quoted alone."""
    start = word.start + (word.text[0] in _ALSO and len(word.text) > 1)
    if word.text[-1] not in _GOVERNING:
        return start, word.end
    named = (w.end for w in rest if w.value("topic") or w.value("outcome"))
    ends = [e for e in named if e - start <= _LONGEST_QUOTE]
    return start, max(ends, default=word.end)


def _applicants(before: Sequence[Word], rest: Sequence[Word]) -> tuple[str, ...]:
    """The columns of those who are said not to have applied; 公民、法人 together are all."""
    apart = _apart_from(rest)
    if apart:
        return apart
    named = [v for w in rest if (v := w.value("applicant")) is not None]
    told = [
        w
        for w in before
        if (w.meanings and not w.value("universal")) or (not w.known and w.text.isalnum())
    ]
    for word in reversed(told) if not named else ():  # 企业无申请; 企业、律所均没有申请
        one = word.value("applicant")
        if one is None:
            break
        named.append(one)
    people = "natural_person" in named or "citizen" in named
    if not set(named) - {"citizen"} or (people and "organizations" in named):
        return _ALL
    columns = ["natural_person"] if people else []
    for one in named:
        columns += ORGANIZATIONS if one == "organizations" else (one,)
    return tuple(dict.fromkeys(c for c in columns if c != "citizen"))


def _apart_from(rest: Sequence[Word]) -> tuple[str, ...]:
    """没有自然人以外的申请: the columns of all others; empty where nobody is left out."""
    for place, word in enumerate(rest):
        left_out = word.value("applicant")
        behind = "".join(w.text for w in rest[place + 1 :])
        if left_out and behind.startswith(("以外", "之外")):
            columns = ("natural_person", *ORGANIZATIONS)
            return tuple(c for c in columns if c != left_out)
    return ()


def _of_some(subject: Subject, rest: Sequence[Word]) -> bool:
    """没有收到涉农的申请, 未收到网上申请, 没有需要补正的申请: no row or column holds these."""
    if subject.stages == ("other.miscellaneous",) and not any("其他" in w.text for w in rest):
        return True  # 没有撤回的申请: only one of the endings of that row
    topics = [i for i, w in enumerate(rest) if w.value("topic") == "requests"]
    if subject.topic != "requests" or not topics:
        return False
    named = tuple(rest[: topics[-1]])
    unknown = unknown_length(named) >= _LEAST_UNKNOWN
    if _OF_THIRD_PARTIES.search("".join(w.text for w in named)):
        return True  # 征求第三方意见后不同意公开的申请
    by_channel = any(w.value("channel") for w in rest[: topics[-1] + 1])
    if set(subject.stages) <= {*_OF_ALL} and not _says_of_any(named):
        return True
    return by_channel or (unknown and not _ANY_AT_ALL.search("".join(w.text for w in named)))


def _of_some_decisions(subject: Subject, rest: Sequence[Word]) -> bool:
    """没有被撤销的行政处罚决定: only some of what table 二 counts."""
    topics = [i for i, w in enumerate(rest) if w.value("topic") in subject.topics]
    if subject.topic not in DOCUMENTS | DECISIONS or not topics:
        return False
    ended = any(w.value("outcome") or w.has("mark", "flaw") for w in rest)
    return ended or not _says_of_any(rest[: topics[-1]])


def _says_of_any(named: Sequence[Word]) -> bool:
    """任何单位和个人提出的, 新的: words that leave out no application; 需要转办的 does."""
    counted = "".join(w.text for w in named if w.known and not _counted_apart(w))
    return compiled(load_which_requests().of_any).fullmatch(counted) is not None


def _counted_apart(word: Word) -> bool:
    """Whether a column of table 三 stands for a word, or it says no more than 申请 does."""
    topic = word.value("topic") in {"requests", *DOCUMENTS, *DECISIONS}
    told = word.value("stage") in _OF_ALL or word.value("action") in ("issued", "repealed")
    return topic or told or word.value("applicant") is not None or word.has("mark", "disclosure")


def _goes_on_about(sentence: Sentence, word: Word, subject: Subject, check: ClaimCheck) -> bool:
    """科研机构、社会团体各申请1件，也没有结转的: of those with whom the sentence opens."""
    said = sentence.telling("applicant", sentence.start, word.start)
    first = next((f.start for f in sentence.figures), word.start)
    opens = bool(said) and said[0].start < first  # not 收到66件，其中自然人51件
    one = len({w.value("applicant") for w in said}) == 1 or all(w.start < first for w in said)
    all_of_them = all(c.endswith("/total") for c in check.cells)
    return opens and one and bool(set(subject.stages) & _PENDING) and all_of_them


def _one_form(subject: Subject, rest: Sequence[Word]) -> bool:
    """没有被责令履行, 没有被确认违法: one of the forms that are counted together as corrected."""
    forms = [w.text for w in rest if w.value("outcome") == "corrected"]
    one = subject.outcome == "corrected" and len(forms) == 1
    return one and ONE_FORM.search(forms[0]) is not None


def _of_this_table(
    subject: Subject, rest: Sequence[Word], said: str, year: int | None
) -> Subject | None:
    """What is said of a year, as the table of this year holds it; None when it does not."""
    pending = bool(set(subject.stages) & _PENDING)
    into = _carried_into(rest) if pending else None
    if into is not None and year is not None:
        stage = "carried_over_in" if into == year else _NEXT_YEAR
        return replace(subject, stages=(stage,)) if into >= year else None
    opening = pending and _OPENING.search(said) is not None  # 年初无结转
    if not opening and not _of_other_year(said, year):
        return subject
    return replace(subject, stages=("carried_over_in",)) if pending else None


def _carried_into(words: Sequence[Word]) -> int | None:
    """没有结转到2025年的: the year into which nothing was carried over; None when none is named."""
    named = (y for w in words if w.value("stage") == _NEXT_YEAR for y in _YEAR.findall(w.text))
    return next(map(int, named), None)


def _of_other_year(text: str, year: int | None) -> bool:
    """2020年未收到申请 in a later report; 上年度没有结转."""
    named = [int(y) for y in _YEAR.findall(text)]
    return bool(_LAST_YEAR.search(text)) or (year is not None and named[-1:] not in ([], [year]))


def _absent_subject(
    word: Word, before: Sequence[Word], rest: Sequence[Word], context: Subject
) -> Subject | None:
    """What did not happen, or None when the words do not say it."""
    negation = word.value("negation")
    near = [w for w in rest if w.meanings or not w.known]
    if negation == "none" and not (near and near[0].meanings):
        return None
    found = read_subject(rest)
    if any(w.has("mark", "flaw") for w in rest) or _of_charges(rest, found):
        return None if found.empty else _NOTHING_COUNTED  # 零差错 says nothing of any count
    if word.meanings[0].value == "none_charged" and len(word.meanings) == 1:
        return _no_act(read_subject(rest), word, rest)  # 提供信息不收费 is about fees alone
    if (
        _of_other_cause(rest)
        or _by_decisions(word, before, rest, context)
        or found.stages == ("postponed",)
    ):
        return None  # 没有延期 is said of time limits
    unsaid = not (found.topics or found.stages or found.outcome)
    named = unknown_length(tuple(rest)) >= _LEAST_UNKNOWN  # 申请均未引发争议: 争议 is denied
    if unsaid and not named and negation != "none" and any(w.value("topic") for w in before):
        earlier = read_subject(before)
        found = earlier if earlier.topics else found
    return (
        _no_document(found, word, context)
        or _no_request(found, negation, bare=not near, context=context)
        or _no_outcome(found, before, rest, context)
        or _no_act(found, word, rest)
    )


def _of_charges(rest: Sequence[Word], found: Subject) -> bool:
    """申请未产生收费, 未收取许可费用: what is denied is a charge, whatever it is for."""
    charged = any("费" in w.text for w in rest)
    if charged and _TAKEN.search("".join(w.text for w in rest)):
        return found.topic not in _CHARGES  # 未因办理申请收取费用
    return charged and not found.stages and found.topic not in _CHARGES


def _by_decisions(
    word: Word, before: Sequence[Word], rest: Sequence[Word], context: Subject
) -> bool:
    """行政处罚没有引发复议和诉讼: the cases denied are those that decisions led to."""
    found = read_subject(rest)
    if not found.topics or not set(found.topics) <= APPEALS or found.tied:
        return False
    named = read_subject(before).topics or (context.topics if "引" in word.text else ())
    return bool(named) and set(named) <= DECISIONS | DOCUMENTS


def _of_other_cause(words: Sequence[Word]) -> bool:
    """未发生劳动争议诉讼, 未泄露国家秘密: unknown words say that it is not what a table counts."""
    found = read_subject(words)
    decided = any(w.value("topic") in DECISIONS for w in words)
    if found.topics and set(found.topics) <= APPEALS and not found.tied:
        return decided or unknown_length(tuple(words)) >= _LEAST_UNKNOWN
    reasons = any(s.startswith("denied.") or s == "third_party_part" for s in found.stages)
    if not reasons or found.topic == "requests" or found.tied:
        return False
    leaked = any(w.text in _LEAKED for w in words)
    return leaked or unknown_length(tuple(words)) >= _LEAST_UNKNOWN


def _no_request(
    found: Subject, negation: str | None, *, bare: bool, context: Subject
) -> Subject | None:
    """未收到申请, 无结转, 没有不予公开."""
    received = Subject(topics=("requests",), stages=("received",), tied=True)
    if found.stages and set(found.stages) <= _PENDING:
        return replace(received, stages=found.stages)
    if negation == "none_received":
        if found.topic == "requests" and any(s not in _OF_ALL for s in found.stages):
            return replace(received, stages=found.stages)  # 没有收到补正后仍不明确的申请
        unnamed = bare and found.topic in (None, "published") and context.topic == "requests"
        return received if unnamed or found.topic == "requests" else None
    telling = found.topic is None and any(s not in _OF_ALL for s in found.stages)
    if found.topic != "requests" and not telling:
        return None
    stages = found.stages or (("received",) if negation in _PLAIN else ())
    return Subject(topics=("requests",), stages=stages) if stages else None


def _no_outcome(
    found: Subject, before: Sequence[Word], rest: Sequence[Word], context: Subject
) -> Subject | None:
    """零纠错, 无败诉: of the cases spoken of; only lawsuits are lost."""
    if found.outcome is None or found.topic not in (None, *APPEALS):
        return None
    named = found.topics or read_subject(before).topics or context.topics
    if named == ("reconsideration",) and any(w.text.startswith(_LOST) for w in rest):
        named = KINDS_OF_LITIGATION
    if not (named and set(named) <= APPEALS) and found.tied:
        named = _ANY_CASE  # 无因政府信息公开败诉的案件
    if not named or not set(named) <= APPEALS:
        return None
    return Subject(topics=named, outcome=found.outcome, tied=True)


def _no_document(found: Subject, word: Word, context: Subject) -> Subject | None:
    """制发4件，未废止; 无废止文件: the documents that were spoken of."""
    if context.topic not in DOCUMENTS or found.topic not in (None, "other"):
        return None
    if word.value("negation") == "none_made" and found.empty:
        return replace(context, action="repealed" if "废" in word.text else "issued")
    told = found.action in ("issued", "repealed") and word.value("negation") == "none"
    return replace(context, action=found.action) if told else None


def _no_act(found: Subject, word: Word, rest: Sequence[Word]) -> Subject | None:
    """未发生复议, 未制定规范性文件, 未收取信息处理费, 未收到投诉."""
    if found.topic in DOCUMENTS and found.action is None:
        return replace(found, action="repealed" if "废" in word.text else "issued")
    if found.topic in _CHARGES and any(w.text.startswith(_ADDED) for w in rest):
        return _NOTHING_COUNTED  # 无新增收费项目
    if found.topic in APPEALS | DOCUMENTS | DECISIONS | _CHARGES | {"procurement"}:
        return found
    other = found.topic == "other" and word.value("negation") != "none_made"
    return found if other else None


def _absent_target(subject: Subject, tables: Tables, applicants: tuple[str, ...]) -> Target | None:
    """The cells that have to be 0 when a thing did not happen."""
    topic = subject.topic
    if topic == "requests":
        stages = [s for s in subject.stages if s not in _OF_ALL]
        if stages and stages != ["carried"]:
            only = applicants[0] if len(applicants) == 1 and applicants != _ALL else None
            named = Subject(topics=("requests",), stages=tuple(stages), applicant=only)
            return next(iter(tables.readings(named)), None)
        return tables.requests(("carried_over_out",) if stages else ("new_received",), applicants)
    if topic in APPEALS:
        outcomes = (subject.outcome,) if subject.outcome else ("total",)
        return tables.appeals(subject.topics, *outcomes)
    readings: tuple[Target, ...] = ()
    if topic in DOCUMENTS or topic in DECISIONS:
        readings = tables.readings(subject)
    elif topic == "procurement":
        readings = tables.projects()
    elif topic in ("fees", "any_charge"):
        readings = tables.money("fees")
    return next(iter(readings), None)


def _absence_check(
    word: str, target: Target | None, tables: Tables, *, topic: str | None
) -> ClaimCheck:
    test: ClaimTest = "fee" if topic == "any_charge" else "absence"
    open_point = unheld(target, test, tables)
    if target is None and open_point is not None and topic == "information_fee":
        return open_point.model_copy(update={"reason": load_reasons().other_fees})
    if open_point is not None or target is None:
        return open_point or ClaimCheck(test=test, verdict="not_enough_info", reason="")
    value = tables.holding(target).value or Decimal(0)
    agrees = value == 0
    told = f"正文写“{word}”，{shown(tables, target, value)}，"
    return ClaimCheck(
        test=test,
        target=target.expression,
        target_label=target.label,
        expected=value,
        verdict="supported" if agrees else "refuted",
        reason=told + ("一致。" if agrees else "不一致。"),
        cells=target.addresses,
    )
