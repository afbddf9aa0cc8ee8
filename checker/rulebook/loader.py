"""Reads YAML below ``rules/``; says file and key when something is wrong there."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import TYPE_CHECKING

import yaml
from pydantic import ValidationError

from checker.errors import RuleFormatError
from checker.rulebook.forms import FormSpec

if TYPE_CHECKING:
    from collections.abc import Mapping


def rules_folder() -> Traversable:
    """The folder ``rules/`` of the installed package."""
    return files("rules")


def read_yaml(path: Traversable, shown: str) -> object:
    """Parse one YAML file.

    Args:
        path: the file.
        shown: its name below ``rules/``, for messages.

    Raises:
        RuleFormatError: no valid YAML.
    """
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        data: object = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506
    except yaml.YAMLError as error:
        raise RuleFormatError(
            f"规则文件 {shown} 不是有效的 YAML：{error}", path=shown, hint="请检查缩进和冒号。"
        ) from error
    return data


def explain(error: ValidationError, shown: str) -> RuleFormatError:
    """Turn a validation error into one that names file and key."""
    first = error.errors()[0]
    key = ".".join(str(part) for part in first["loc"])
    return RuleFormatError(
        f"规则文件 {shown} 的字段“{key}”不符合要求：{first['msg']}", path=shown, key=key
    )


@cache
def load_forms() -> "Mapping[str, FormSpec]":
    """All forms by id, oldest first.

    Raises:
        RuleFormatError: a form file is damaged.
    """
    forms: list[FormSpec] = []
    for path in (rules_folder() / "forms").iterdir():
        if path.name.endswith(".yaml"):
            shown = f"rules/forms/{path.name}"
            try:
                forms.append(FormSpec.model_validate(read_yaml(path, shown)))
            except ValidationError as error:
                raise explain(error, shown) from error
    return MappingProxyType({f.id: f for f in sorted(forms, key=lambda f: f.first_year)})
