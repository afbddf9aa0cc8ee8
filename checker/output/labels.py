"""The Chinese words for our closed sets; every renderer takes them from here."""

from collections.abc import Mapping
from typing import Final

from checker.domain.document import HiddenReason
from checker.domain.finding import Severity
from checker.domain.report import FormId, TableId
from checker.domain.run import OutcomeStatus, Verdict

VERDICTS: Final[Mapping[Verdict, str]] = {
    "fail": "不通过",
    "review": "需人工核对",
    "pass": "通过",
}
SEVERITIES: Final[Mapping[Severity, str]] = {"error": "错误", "warning": "警告", "note": "提示"}
OUTCOMES: Final[Mapping[OutcomeStatus, str]] = {
    "pass": "通过",
    "fail": "不通过",
    "review": "有提示或待核对",
    "not_applicable": "不适用",
    "not_judged": "未判定",
}
SECTIONS: Final[Mapping[str, str]] = {
    "introduction": "引言",
    "overview": "总体情况",
    "proactive": "主动公开政府信息情况",
    "requests": "收到和处理政府信息公开申请情况",
    "appeals": "政府信息公开行政复议、行政诉讼情况",
    "problems": "存在的主要问题及改进情况",
    "other_matters": "其他需要报告的事项",
}
TABLES: Final[tuple[TableId, ...]] = ("proactive", "requests", "appeals")
TABLE_NAMES: Final[Mapping[str, str]] = {
    "proactive": "表二",
    "requests": "表三",
    "appeals": "表四",
}
HIDDEN: Final[Mapping[HiddenReason, str]] = {
    "hidden": "设为隐藏",
    "white": "字色与底色相同",
    "tiny": "字号极小",
    "comment": "注释",
    "zero_width": "零宽字符",
    "off_page": "在页面之外或被裁掉",
}

UNKNOWN: Final = "未能认定"
DOUBTS_TITLE: Final = "识读存疑（可能是我们读错，不算报告的问题；请对照原文看一眼）"
EMPTY_FORM: Final = "这是一份没有填写的空白表式，不是填错的报告；填写后请再核对一次。"


def form_name(form: FormId) -> str:
    """A form by the year of its notice."""
    return UNKNOWN if form == "unknown" else f"{form}年印发的格式"


def severity_rank(severity: Severity) -> int:
    """Order of severities, the gravest first."""
    return tuple(SEVERITIES).index(severity)
