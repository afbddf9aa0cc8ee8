"""What another reading of the passage explains is no error; what nothing explains stays one."""

from collections.abc import Mapping

import pytest

from checker.checks import run_checks
from checker.domain.finding import Finding
from checker.domain.report import SectionId
from eval.builders import clean_report

TABLE = {
    "requests/new_received/natural_person": "58",
    "requests/new_received/commercial": "18",
    "requests/new_received/total": "76",
    "requests/carried_over_in/total": "3",
    "requests/carried_over_in/natural_person": "3",
    "requests/granted/natural_person": "34",
    "requests/granted/total": "34",
    "requests/partially_granted/natural_person": "9",
    "requests/partially_granted/total": "9",
    "requests/declined.petition_or_complaint/commercial": "31",
    "requests/declined.petition_or_complaint/total": "31",
    "requests/total/total": "74",
    "requests/carried_over_out/total": "5",
    "appeals/reconsideration/upheld": "2",
    "appeals/reconsideration/other": "1",
    "appeals/reconsideration/total": "3",
    "appeals/litigation_direct/upheld": "3",
    "appeals/litigation_direct/corrected": "1",
    "appeals/litigation_direct/total": "4",
    "appeals/litigation_after_reconsideration/upheld": "5",
    "appeals/litigation_after_reconsideration/other": "2",
    "appeals/litigation_after_reconsideration/total": "7",
}


def told(
    text: str, section: SectionId = "overview", table: Mapping[str, str] = TABLE
) -> list[Finding]:
    """The errors and warnings of what a section says in figures."""
    plan = clean_report("2021", body="云溪县水务局", year=2024, base="all_zero")
    for address, value in table.items():
        plan.set_cell(address, value)
    plan.set_section(section, text)
    found = run_checks(plan.report()).findings
    return [f for f in found if f.rule[0] in "AN" and f.severity != "note"]


@pytest.mark.parametrize(
    "text",
    [
        "全年新收申请76件，比2023年的95件减少五分之一（20.0%）。",
        "全年新收政府信息公开申请76件。其中涉及用水计划的二者共22件（分别为9件、13件），占新收件的28.9%。",
        "申请以涉水审批为主，审批处作出8105份批复，水政处作出537份，后者占6.2%。",
        "网上申请9件，信函申请3件，上门申请1件。网上申请所占比例69.2%。",
        "全年新收政府信息公开申请76件，较2023年的110件减少34件，降幅30.9%。由局机关受理21件，乡镇水务站55件。",
    ],
    ids=["fraction", "new named otherwise", "of both", "of the list", "change of the new ones"],
)
def test_a_share_or_change_that_figures_beside_it_give(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("予以公开34件，占45.9%；部分公开9件，占32.2%。", "A102"),
        ("全年新收政府信息公开申请76件，较2023年的110件减少44件。", "A103"),
    ],
)
def test_what_nothing_gives_stays_wrong(text: str, rule: str) -> None:
    assert rule in {f.rule for f in told(text)}


def test_a_subtotal_among_the_parts_divides_no_total() -> None:
    assert told("办结的74件中，予以公开34件，部分公开9件，能给的共43件。") == []


def test_who_handled_the_applications_is_part_of_what_the_table_holds() -> None:
    assert told("由县水务局直接受理申请28件，下属单位受理44件，乡镇受理4件。") == []
    assert told("由县水务局直接受理申请28件，下属单位受理45件，乡镇受理4件。") != []


def test_the_rest_is_what_the_table_holds_without_the_part_told_before() -> None:
    assert told("上年结转3件，其余申请73件为今年新收。") == []
    assert told("上年结转3件，其余申请63件为今年新收。") != []


def test_a_sum_of_figures_that_agree_is_told_again() -> None:
    assert told("予以公开34件，部分公开9件；不予处理31件。提供信息（含部分提供）的43件。") == []


def test_the_words_behind_a_conjunction_belong_to_the_next_figure() -> None:
    assert told("公开34件和部分公开9件，相加43件。") == []


def test_the_year_right_before_a_figure_is_that_of_the_figure() -> None:
    assert told("新收申请同2023年的95件比，少了19件。") == []


class TestSeveralOfOneSentence:
    """A slip changes one figure, so several that differ are of other cases."""

    def test_all_fit_both_kinds_of_lawsuits(self) -> None:
        text = "诉讼11件，包括直接起诉4件、复议后起诉7件，其中法院维持8件、纠正1件、其他结果2件。"
        assert told(text, "appeals") == []

    def test_those_that_fit_nothing_are_asked_about_once(self) -> None:
        found = told("复议后起诉7件，维持4件，纠正3件。", "appeals")
        assert [f.severity for f in found if f.rule == "N101"] == ["warning"]
        assert "同一句里有2个数都与表格不同" in found[0].message

    def test_exchanged_figures_are_a_slip(self) -> None:
        found = told("复议后起诉7件，维持2件，其他结果5件。", "appeals")
        assert [f.severity for f in found if f.rule == "N101"] == ["error", "error"]


def test_a_result_of_other_cases_is_not_held_against_those_named_before() -> None:
    text = "直接起诉4件，维持3件，纠正1件。另一宗双方和解，申请人撤回复议申请。"
    assert told(text, "appeals") == []


@pytest.mark.parametrize("words", ["直诉", "直接诉"])
def test_short_words_for_kinds_of_lawsuits(words: str) -> None:
    text = f"{words}4件，维持3件，纠正1件。复议后诉7件，维持5件，其他结果2件。"
    assert told(text, "appeals") == []
    assert told(text.replace("维持5件", "维持6件"), "appeals") != []


def test_what_is_left_at_the_end_of_the_year_is_pending() -> None:
    assert told("行政复议3件，维持2件，其他结果1件，年末未结0件。", "appeals") == []
    assert told("行政复议3件，维持2件，其他结果1件，年末未结14件。", "appeals") != []


@pytest.mark.parametrize(
    "text",
    [
        "年末评查42件，优秀18件、合格22件、不合格2件，不合格占4.8%。",
        "全年解读材料7件，其中针对本年3件规范性文件的3件，其余4件解读上级政策。",
        "公众号年末粉丝约5.8万人，比年初51940人增长12.1%（精确数为58210人）。",
        "解读57篇，包括文字47篇、图片10篇、大致4.7比1。",
        "行政诉讼22起，包括直接起诉9起、复议后起诉13起，其中法院维持11起、纠正1起、其他结果2起，尚有8起在审。",
    ],
    ids=[
        "one of several",
        "of what they are",
        "from a round figure",
        "ratio",
        "of the whole told before",
    ],
)
def test_lists_and_changes_that_words_read_wrongly(text: str) -> None:
    assert [f for f in told(text) if f.rule[0] == "A"] == []


def test_a_share_in_words_is_no_count_of_cases() -> None:
    text = "复议10件，六成维持（6件），纠正1件，申请人撤回而终止1件，在办2件。"
    assert [f for f in told(text, "appeals") if f.rule == "A101"] == []


def test_only_lawsuits_are_lost() -> None:
    text = "行政复议3件，维持2件，其他结果1件。全年没有败诉案件。"
    found = told(text, "appeals")
    (lost,) = [f.message for f in found if f.rule == "N102"]
    assert "起诉" in lost and "行政复议" not in lost


def test_all_of_a_figure_that_nothing_knows_is_asked_about() -> None:
    found = told("这一年收到申请76件，年末留有2件，都是个人递来的。")
    assert [f.severity for f in found if f.rule == "N103"] == ["warning"]
    assert "前面的2件" in found[0].message


def test_one_that_is_denied_is_no_count() -> None:
    assert told("收到的申请没有1件逾期。") == []
    assert told("全年没有1件复议被纠正。", "appeals") == []


def test_what_goes_over_to_next_year_is_not_what_came_from_last_year() -> None:
    found = told("除3件结转下年度办理外，其余均已办结。")
    assert [(f.rule, f.severity) for f in found] == [("N101", "error")]


def test_all_that_was_to_do_is_told_in_the_next_sentence() -> None:
    assert told("全年收到政府信息公开申请76件。连同上年结转3件，共79件。") == []
    assert [f.rule for f in told("全年收到政府信息公开申请76件。连同上年结转3件，共97件。")] == [
        "N101"
    ]


def test_a_list_does_not_end_where_its_first_parts_make_up_the_total() -> None:
    found = told("全年发布政策解读9篇，其中图解5篇、视频4篇、问答2篇。")
    assert [f.rule for f in found] == ["A101"]


def test_a_change_of_what_the_table_holds_is_of_nothing_else() -> None:
    found = told("全年新收政府信息公开申请76件，上年为64件，同比增长23.4%。")
    assert [f.rule for f in found] == ["A103"]


def test_a_list_in_a_later_sentence_may_divide_what_was_told_first() -> None:
    text = "新收申请76件。答复办结74件。从内容看，土地40件，补偿20件，资金10件，低保6件。"
    assert told(text) == []
    assert "A101" in {f.rule for f in told(text.replace("资金10件", "资金11件"))}


def test_cases_that_are_not_yet_tried_are_pending() -> None:
    text = "行政复议3件，维持2件，其他结果1件，没有审结{}件。"
    assert told(text.format(0), "appeals") == []
    assert told(text.format(14), "appeals") != []


def test_cases_not_yet_tried_are_not_those_that_are() -> None:
    found = told("行政复议2件，维持2件。还有3件行政复议案件尚未审结。", "appeals")
    assert [f.rule for f in found if "尚未审结" in f.message] == ["N101"]
    text = "行政复议3件，维持2件，其他结果1件，尚未审结0件，已审结的3件中无一被纠正。"
    assert told(text, "appeals") == []


def test_what_was_not_accepted_is_no_other_result_of_table_four() -> None:
    assert told("诉讼11件，1件不予受理。", "appeals") == []


def test_a_sum_that_no_slip_explains_is_asked_about() -> None:
    wrong = "培训71人，分2期，头期{}人、次期{}人。"
    slip, far = told(wrong.format(39, 31)), told(wrong.format(9, 3))
    assert [(f.rule, f.severity) for f in slip] == [("A101", "error")]
    assert [(f.rule, f.severity) for f in far] == [("A101", "warning")]


def test_results_behind_an_applicant_may_be_those_of_the_applicant() -> None:
    (found,) = told("从企业申请看，予以公开3件。")
    assert "“商业企业”列为0" in found.message


def test_the_largest_may_be_of_any_total_told_before() -> None:
    text = "公开信息200条：网站100条、微信100条。网站100条中，通知50条，动态30条，图解20条。"
    assert told(f"{text}比重最大的是通知，达25.0%。") == []
    assert told(f"{text}比重最大的是通知，达50.0%。") == []
    assert told(f"{text}比重最大的是通知，达35.0%。") != []


def test_what_stands_behind_among_is_said_of_the_next_figure() -> None:
    assert told("全年11件政府信息公开行政诉讼案件中被纠正1件。", "appeals") == []


def test_tenths_are_no_cases_of_a_result() -> None:
    plan = clean_report("2021", body="云溪县水务局", year=2024, base="all_zero")
    for column, value in (("upheld", 6), ("corrected", 1), ("other", 1), ("pending", 2)):
        plan.set_cell(f"appeals/reconsideration/{column}", str(value))
    plan.set_cell("appeals/reconsideration/total", "10")
    plan.set_section(
        "appeals", "复议10件，六成维持（6件），纠正1件，申请人撤回而终止1件，在办2件。"
    )
    assert [f for f in run_checks(plan.report()).findings if f.rule == "A101"] == []


def test_a_share_of_which_nothing_was_known_is_judged_by_what_its_words_tell() -> None:
    text = "新收申请76件，其中自然人58件，占76.3%；企业等组织18件（{}%）。"
    assert told(text.format("23.7")) == []
    assert [f.rule for f in told(text.format("27.3"))] == ["A102"]


def test_what_stands_in_front_of_two_kinds_is_said_of_both() -> None:
    assert told("被维持的案件，复议2件、诉讼8件，共10件。", "appeals") == []
    assert told("被维持的案件，复议2件、诉讼6件。", "appeals") != []


@pytest.mark.parametrize(
    "text",
    [
        "发布提示97条（与清单一致），其中公共场所卫生类51条，医疗机构类34条，其他类12条。",
        "发布信息186条。与2023年的150条相比，多发36条，增长24%。",
        "全年新收申请76件，由个人提出58件，企业15件，另外3件来自公益组织、律师事务所等。",
        "新申请76件；2023年没办完的3件转到本年，办理任务共79件。",
        "有一份答复被批评，原因是没有区分处理。",
        "按规定可收取信息处理费的申请今年没有出现。",
        "受理最多的是城管局30件、住建局20件、河口镇6件，三家包揽新收申请的七成多（73.7%）。",
        "信息公开类诉讼11件，直接起诉4件，复议之后再诉的7件。",
        "因政府信息公开，2件复议和8件诉讼被维持。",
        "全年公开与部分公开43件，占58.1%；不予处理31件。",
        "以公开为结果的（含部分公开）43件，占办结数的58.1%。",
        "年内另外5件复议，是冲着处罚决定来的，与表四无关。与征税有关的诉讼16件不在此列。",
        "发布信息396条，上半年173条，下半年223条，下半年多出50条。",
        "74件结果中，“给了”的43件，即原样提供34件、遮去后提供9件；“依法不办”的31件，还有的都不是。",
        "因重复、属于信访投诉而不予处理的31件。",
        "有2位居民对答复不满意，各申请1次复议，一共2件，区政府审理后都维持了我局的答复。",
        "一是复议维持2件，原因集中，2件里占1件；二是数据少。",
        "因政府信息公开被申请行政复议3件。局里另有承包引起的复议5起、诉讼1起，不属信息公开争议。",
    ],
    ids=[
        "public places",
        "more by",
        "and others",
        "from last year",
        "a reason",
        "such applications",
        "three of them",
        "after review",
        "outcome of both",
        "granted and partially",
        "granted as a result",
        "not in the table",
        "halves and more",
        "namely",
        "two rows in a breath",
        "answers upheld",
        "said again",
        "other cases",
    ],
)
def test_what_is_right_in_other_words(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("发布提示97条，其中公共场所卫生类51条，医疗机构类34条，其他类15条。", "A101"),
        ("全年新收申请76件，另外7件来自科研机构、律师事务所等。", "N101"),
        ("新申请76件；2023年没办完的2件转到本年。", "N101"),
        ("今年没有区分处理的申请。", "N102"),
        ("信息公开类诉讼11件，直接起诉4件，复议之后再诉的9件。", "N101"),
        ("因政府信息公开，6件复议和8件诉讼被维持。", "N101"),
    ],
)
def test_what_is_wrong_in_these_words(text: str, rule: str) -> None:
    assert rule in {f.rule for f in told(text)}


RESULTS = {
    "requests/new_received/total": "287",
    "requests/carried_over_in/total": "10",
    "requests/carried_over_out/total": "15",
    "requests/granted/total": "124",
    "requests/denied.third_party_rights/total": "72",
    "requests/unavailable.not_held/total": "43",
    "requests/declined.duplicate/total": "33",
    "requests/other.miscellaneous/total": "10",
    "requests/total/total": "282",
}
SHARES = (
    "登记新申请287件，答复终结282件，在途15件。282件终结件的构成是：予以公开124件，占44.0%；不予公开72件，占25.5%；无法提供43件，占15.2%；"
    "不予处理33件，占11.7%；其他处理10件，占3.5%（各占比四舍五入，相加为99.9%）。"
)


def test_shares_are_added_as_they_are_printed() -> None:
    assert told(SHARES, table=RESULTS) == []
