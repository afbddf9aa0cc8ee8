"""Clean reports of fictitious bodies, to be spoiled by tests and measured by suites."""

from collections.abc import Mapping
from copy import deepcopy

from checker.rulebook import FormSpec, load_forms
from eval.report_plan import APPLICANTS, Figures, ReportPlan

_PROACTIVE_2021: Figures = {
    "administrative_rules": {"issued": "0", "repealed": "0", "in_force": "0"},
    "normative_documents": {"issued": "4", "repealed": "1", "in_force": "23"},
    "licensing": {"decisions": "1286"},
    "penalties": {"decisions": "417"},
    "compulsion": {"decisions": "32"},
    "fees": {"amount": "58.6"},
}
_PROACTIVE_2019: Figures = {
    "administrative_rules": {"made": "0", "published": "0", "published_total": "0"},
    "normative_documents": {"made": "4", "published": "4", "published_total": "23"},
    "licensing": {"prior_items": "46", "change": "-2", "decisions": "1286"},
    "other_services": {"prior_items": "31", "change": "0", "decisions": "205"},
    "penalties": {"prior_items": "118", "change": "3", "decisions": "417"},
    "compulsion": {"prior_items": "12", "change": "0", "decisions": "32"},
    "fees": {"prior_items": "2", "change": "0"},
    "procurement": {"projects": "7", "amount": "382.45万元"},
}
_LEAVES: Mapping[str, tuple[int, ...]] = {
    "granted": (14, 2, 0, 1, 3, 0),
    "partially_granted": (5, 1, 0, 0, 2, 0),
    "denied.state_secret": (1, 0, 0, 0, 0, 0),
    "denied.security_and_stability": (2, 0, 0, 0, 0, 1),
    "denied.third_party_rights": (3, 1, 0, 0, 0, 0),
    "denied.deliberative_process": (2, 0, 0, 0, 1, 0),
    "denied.enforcement_file": (4, 0, 0, 0, 1, 0),
    "unavailable.not_held": (9, 0, 1, 0, 2, 0),
    "unavailable.creation_required": (3, 0, 0, 0, 0, 0),
    "declined.petition_or_complaint": (6, 0, 0, 0, 0, 0),
    "declined.duplicate": (1, 0, 0, 0, 0, 0),
    "other.miscellaneous": (2, 0, 0, 0, 0, 0),
}
_CARRIED_IN = (3, 1, 0, 0, 1, 0)
_CARRIED_OUT = (2, 0, 0, 0, 1, 0)
_APPEALS: Mapping[str, tuple[int, ...]] = {
    "reconsideration": (3, 1, 1, 2),
    "litigation_direct": (1, 0, 0, 0),
    "litigation_after_reconsideration": (2, 0, 1, 1),
}

_OVERVIEW = """\
{year}年，本单位认真贯彻《中华人民共和国政府信息公开条例》，公开工作平稳有序。
（一）主动公开。全年通过门户网站发布各类信息，机构职能、财政预决算、行政执法等栏目均按时更新。
（二）依申请公开。畅通当面、信函和网络三种申请渠道，逐件登记、审核、答复，答复文书由法制机构把关。
（三）政府信息管理。发布前逐条进行保密审查，对历年发布的文件开展清理，标注有效、失效或废止。
（四）政府信息公开平台建设。调整门户网站公开专栏，政务新媒体账号由专人维护，失效链接及时修复。
（五）监督保障。公开工作纳入年度工作考核，邀请群众代表开展社会评议，组织业务培训；全年未发生需要责任追究的情形。"""
_PROBLEMS = """\
存在的主要问题：一是部分栏目更新不够及时；二是政策解读形式较为单一。
改进措施：一是建立栏目更新提醒清单，每季度核对一次；二是增加图解、问答等解读方式。"""
_OTHER = "本年度未收取政府信息公开信息处理费，没有其他需要报告的事项。"
_INTRODUCTION = """\
本报告依据《中华人民共和国政府信息公开条例》和年度报告格式（{notice}）编制。
数据统计期限为{year}年1月1日至{year}年12月31日。"""


def _rows_of_requests(form: FormSpec, *, zero: bool) -> Figures:
    spec = form.table("requests")
    merged_other = spec.row("other") is not None
    leaves = {
        ("other" if merged_other and r.startswith("other.") else r): v for r, v in _LEAVES.items()
    }
    rows: dict[str, tuple[int, ...]] = {}
    for row in spec.blocks[0].rows:
        rows[row] = (0,) * 6 if zero else leaves.get(row, (0,) * 6)
    if not zero:
        results = [
            r
            for r in rows
            if r not in ("new_received", "carried_over_in", "total", "carried_over_out")
        ]
        rows["total"] = tuple(sum(rows[r][i] for r in results) for i in range(6))
        rows["carried_over_in"], rows["carried_over_out"] = _CARRIED_IN, _CARRIED_OUT
        rows["new_received"] = tuple(
            t + o - i for t, o, i in zip(rows["total"], _CARRIED_OUT, _CARRIED_IN, strict=True)
        )
    return {
        row: dict(zip((*APPLICANTS, "total"), map(str, (*values, sum(values))), strict=True))
        for row, values in rows.items()
    }


def _rows_of_appeals(*, zero: bool) -> Figures:
    columns = ("upheld", "corrected", "other", "pending", "total")
    figures: Figures = {}
    for row, values in _APPEALS.items():
        used = (0,) * 4 if zero else values
        figures[row] = dict(zip(columns, map(str, (*used, sum(used))), strict=True))
    return figures


def _zeroed(figures: Figures) -> Figures:
    return {row: dict.fromkeys(columns, "0") for row, columns in figures.items()}


def clean_report(
    form: str = "2021",
    *,
    body: str = "云溪县交通运输局",
    year: int | None = None,
    base: str = "clean",
) -> ReportPlan:
    """A report without any fault; ``base`` is ``clean`` or ``all_zero``."""
    spec = load_forms()[form]
    used_year = year or (2024 if form == "2021" else 2020)
    zero = base == "all_zero"
    proactive = deepcopy(_PROACTIVE_2019 if form == "2019" else _PROACTIVE_2021)
    words = {"year": used_year, "notice": spec.basis.source}
    return ReportPlan(
        form=spec,
        body=body,
        year=used_year,
        title=[f"{body}{used_year}年政府信息公开工作年度报告"],
        introduction=_INTRODUCTION.format(**words).splitlines(),
        sections={
            "overview": _OVERVIEW.format(**words).splitlines(),
            "problems": _PROBLEMS.splitlines(),
            "other_matters": [_OTHER],
        },
        section_titles={s.id: f"{s.ordinal}、{s.label}" for s in spec.sections},
        tables={
            "proactive": _zeroed(proactive) if zero else proactive,
            "requests": _rows_of_requests(spec, zero=zero),
            "appeals": _rows_of_appeals(zero=zero),
        },
    )
