"""The Chinese words for level and kind of a body; every stage that names them takes them here."""

from collections.abc import Mapping
from typing import Final

from checker.domain.report import Identity, KindOfBody, Level

LEVELS: Final[Mapping[Level, str]] = {
    "ministry": "国务院部门",
    "province": "省级",
    "city": "市级",
    "county": "县级",
    "township": "乡镇街道级",
}
_KINDS: Final[Mapping[KindOfBody, str]] = {
    "government": "人民政府",
    "office": "办公厅（室）",
    "department": "部门",
    "branch": "派出机关",
    "vertical": "垂直管理机构",
}
_ZONE: Final = "派出机构"


def kind_name(kind: KindOfBody, level: Level | None) -> str:
    """The kind in words.

    The law knows 行政公署, 区公所 and 街道办事处 as 派出机关, and these have a level; the
    committee of a zone has none of its own and is a 派出机构.
    """
    return _ZONE if kind == "branch" and level is None else _KINDS[kind]


def body_class(identity: Identity) -> str:
    """Level and kind of the body, e.g. ``县级部门``; empty when neither is known."""
    level = LEVELS[identity.level] if identity.level else ""
    kind = kind_name(identity.kind_of_body, identity.level) if identity.kind_of_body else ""
    if identity.level == "ministry" and identity.kind_of_body == "department":
        return level
    return level + kind


def unknown_class(identity: Identity) -> str:
    """What is not known of level and kind, and why: one clause; empty when both are known."""
    if not identity.class_reason:
        return ""
    pairs = (("层级", identity.level), ("单位性质", identity.kind_of_body))
    open_names = "、".join(name for name, known in pairs if known is None)
    return f"{open_names}未能认定：{identity.class_reason}" if open_names else ""
