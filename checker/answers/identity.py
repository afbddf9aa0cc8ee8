"""Tells whose report it is, of which year and on which form, with the passages that say so."""

from typing import Final

from checker.answers.types import Answer, Citation, Conversation
from checker.answers.view import View
from checker.domain.body_names import LEVELS, kind_name
from checker.domain.report import Identity, IdentityField

ASKED: Final[dict[str, tuple[IdentityField, ...]]] = {
    "agency": ("agency",),
    "year": ("year",),
    "form": ("form",),
    "level": ("level", "kind_of_body"),
    "title": ("title",),
    "period": ("period",),
    "published": ("publication_date",),
}
_NAMES: Final[dict[IdentityField, str]] = {
    "agency": "报告单位", "year": "报告年度", "form": "表式", "level": "层级",
    "kind_of_body": "单位性质", "title": "标题", "period": "统计期限",
    "publication_date": "公布日期",
}  # fmt: skip


def tell_identity(view: View, asked: tuple[str, ...]) -> Answer:
    """What is asked about the identity of the report; unknown is said to be unknown."""
    identity = view.run.report.identity
    fields = [f for a in ASKED if a in asked for f in ASKED[a]]
    lines = [f"{_NAMES[f]}：{_stated(view, identity, f)}。" for f in fields]
    if "file" in asked:
        lines.append(f"文件名：{view.run.report.document.source.name}。")
    evidence = [e for e in identity.evidence if e.field in fields]
    seen = dict.fromkeys(f"{e.source}“{e.quote}”" if e.quote else e.source for e in evidence)
    lines += [f"出处：{'；'.join(seen)}。"] if seen else []
    return Answer(
        kind="identity",
        text="\n".join(lines),
        citations=tuple(Citation(quote=e.quote or e.value, locator=e.locator) for e in evidence),
        context=Conversation(focus="overview", aspect=asked[0]),
    )


def _stated(view: View, identity: Identity, field: IdentityField) -> str:
    match field:
        case "agency":
            found = identity.agency
        case "year":
            found = f"{identity.year}年" if identity.year else None
        case "form":
            found = None if identity.form == "unknown" else view.form.title
        case "level":
            found = LEVELS[identity.level] if identity.level else _open_class(identity)
        case "kind_of_body":
            kind = identity.kind_of_body
            found = kind_name(kind, identity.level) if kind else _open_class(identity)
        case "title":
            found = f"“{identity.title}”" if identity.title else None
        case "period":
            period = identity.period
            found = f"{period.first:%Y-%m-%d}至{period.last:%Y-%m-%d}" if period else None
        case "publication_date":
            day = identity.publication_date
            found = f"{day:%Y-%m-%d}" if day else None
    return found or "报告里没有写明，或者读不确定"


def _open_class(identity: Identity) -> str | None:
    return f"未能认定，{identity.class_reason}" if identity.class_reason else None
