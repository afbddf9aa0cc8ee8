"""Reads YAML below ``rules/``; says file and key when something is wrong there."""

import hashlib
import json
from collections.abc import Iterator
from functools import cache, partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from checker.domain.base import Frozen
from checker.errors import DuplicateRuleError, RuleFormatError
from checker.rulebook.book import Regulation, Rule, Rulebook, RuleFile
from checker.rulebook.forms import FormSpec
from checker.rulebook.kinds_tables import EquationRule
from checker.rulebook.scope import require_names

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


_Model = TypeVar("_Model", bound=Frozen)
PARSED = "parsed.json"


def rules_folder() -> Traversable:
    """The folder ``rules/`` of the installed package."""
    return files("rules")


def read_yaml(path: Traversable, shown: str) -> object:
    """Parse one YAML file.

    Args:
        path: the file.
        shown: its name in the checkout, for messages.

    Raises:
        RuleFormatError: not there, not UTF-8, or no valid YAML.
    """
    try:
        content = _content(path)
    except OSError as error:
        raise RuleFormatError(
            f"规则文件 {shown} 读不出来。", path=shown, hint="请重新安装程序。"
        ) from error
    known = _parsed().get(hashlib.sha256(content).hexdigest())
    return _parse(content, shown) if known is None else known


def _content(path: Traversable) -> bytes:
    """The bytes of a file; line ends of the checkout do not count."""
    return path.read_bytes().replace(b"\r\n", b"\n")


@cache
def _parsed() -> "Mapping[str, object]":
    """What is in the files of ``rules/`` by the hash of their content, as far as it was kept.

    A file that was edited since has another hash and is parsed; so is every file without this one.
    """
    try:
        kept: Mapping[str, object] = json.loads((rules_folder() / PARSED).read_bytes())
    except (OSError, ValueError):
        return {}
    return kept


def parsed_text() -> str:
    """The content of ``rules/parsed.json``: a line for each YAML file, in the order of names."""
    lines = []
    for name, path in sorted(_yaml_files(rules_folder(), "")):
        content = _content(path)
        data = json.dumps(_parse(content, f"rules/{name}"), ensure_ascii=False)
        lines.append(f'"{hashlib.sha256(content).hexdigest()}":{data}')
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _parse(content: bytes, shown: str) -> object:
    import yaml  # 13 ms, and nothing to do for it where all files are known

    # libyaml is many times as fast; not every build of PyYAML has it.
    loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
    try:
        data: object = yaml.load(content.decode("utf-8"), Loader=loader)  # noqa: S506 - it is safe
    except yaml.YAMLError as error:
        raise RuleFormatError(
            f"规则文件 {shown} 不是有效的 YAML：{error}", path=shown, hint="请检查缩进和冒号。"
        ) from error
    except UnicodeDecodeError as error:
        raise RuleFormatError(
            f"规则文件 {shown} 不是 UTF-8 编码。", path=shown, hint="请另存为 UTF-8 编码。"
        ) from error
    return data


def load_data(name: str, model: type[_Model]) -> _Model:
    """One file below ``rules/`` as its type.

    Raises:
        RuleFormatError: the file is damaged; file and key are named.
    """
    shown = f"rules/{name}"
    try:
        return model.model_validate(read_yaml(rules_folder().joinpath(*name.split("/")), shown))
    except ValidationError as error:
        raise explain(error, shown) from error


def data_file(name: str, model: type[_Model]) -> "Callable[[], _Model]":
    """A function that gives one file below ``rules/`` as its type, read when first asked for.

    It raises what ``load_data`` raises.
    """
    return cache(partial(load_data, name, model))


_PROBLEMS = {
    "extra_forbidden": "没有这个字段，请检查拼写",
    "missing": "缺少这个字段",
    "string_type": "应为文字，请加引号",
    "tuple_type": "应为列表，例如 [a, b]",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "union_tag_not_found": "缺少这个字段，不知道是哪一种检查",
    "model_attributes_type": "内容应为“字段: 值”的形式",
    "model_type": "内容应为“字段: 值”的形式",
}


def explain(error: ValidationError, shown: str, *, tagged: bool = False) -> RuleFormatError:
    """Turn a validation error into one that names file and key.

    Args:
        error: what pydantic found.
        shown: name of the file below ``rules/``.
        tagged: the file holds a rule, whose kind pydantic puts in front of the key.
    """
    first = error.errors()[0]
    kind, context = first["type"], first.get("ctx", {})
    place = [str(part) for part in first["loc"]]
    if tagged:
        place = place[1:] or ["check"]
    key = ".".join(place)
    if wanted := context.get("expected_tags") or context.get("expected"):
        allowed = str(wanted).replace(" or ", ", ")
        written = first["input"] if isinstance(first["input"], str) else context.get("tag")
        told = f"写的是“{written}”，" if written is not None else ""
        what = f"{told}取值应为 {allowed} 之一"
    elif kind == "value_error":
        what = str(context["error"])
    else:
        what = _PROBLEMS.get(kind, first["msg"])
    where = f"字段“{key}”：" if key else ""
    return RuleFormatError(f"规则文件 {shown} 的{where}{what}。", path=shown, key=key)


@cache
def load_forms() -> "Mapping[str, FormSpec]":
    """All forms by id, oldest first.

    Raises:
        RuleFormatError: a form file is damaged.
    """
    paths = [p.name for p in (rules_folder() / "forms").iterdir() if p.name.endswith(".yaml")]
    forms = [load_data(f"forms/{name}", FormSpec) for name in paths]
    return MappingProxyType({f.id: f for f in sorted(forms, key=lambda f: f.first_year)})


FAMILIES = (
    "cells",
    "structure",
    "proactive",
    "requests",
    "appeals",
    "narrative",
    "legal",
    "wording",
    "prior_year",
    "across",
)


@cache
def load_rulebook() -> Rulebook:
    """All rules that came with the program, with their forms.

    Raises:
        RuleFormatError: a file is no valid YAML, or a key is unknown, missing or of a wrong type.
        DuplicateRuleError: two files carry one id.
        UnknownCellError: a formula names something that is in no form.
    """
    return read_rulebook(rules_folder())


def read_rulebook(folder: Traversable) -> Rulebook:
    """The rules in a folder, judged by the forms of the program.

    Args:
        folder: has one folder for each family, as ``rules/``.
    """
    forms = load_forms()
    rules: dict[str, Rule] = {}
    for family, path in _rule_files(folder):
        shown = f"rules/{family}/{path.name}"
        rule = read_rule(read_yaml(path, shown), shown)
        if rule.id in rules:
            raise DuplicateRuleError(
                f"规则编号 {rule.id} 重复（{shown}）。", path=shown, key="id", hint="请换一个编号。"
            )
        for form in rule.forms:
            if form not in forms:
                raise RuleFormatError(
                    f"规则文件 {shown} 的字段“forms”：没有“{form}”这种表式。",
                    path=shown,
                    key="forms",
                    hint=f"现有表式：{'、'.join(forms)}。",
                )
            if isinstance(rule, EquationRule):
                require_names(rule, forms[form], shown)
        rules[rule.id] = rule
    ordered = MappingProxyType(dict(sorted(rules.items())))
    return Rulebook(forms=forms, rules=ordered, version=_version(folder))


def read_rule(data: object, shown: str) -> Rule:
    """Check one parsed rule file against its kind.

    Raises:
        RuleFormatError: names file and key.
    """
    try:
        return RuleFile.validate_python(data)
    except ValidationError as error:
        raise explain(error, shown, tagged=True) from error


@cache
def load_regulations() -> tuple[Regulation, ...]:
    """Our summaries of the clauses that rules rest on, by file name.

    Raises:
        RuleFormatError: a file is damaged.
    """
    names = sorted(path.name for path in (rules_folder() / "regulation").iterdir())
    return tuple(load_data(f"regulation/{name}", Regulation) for name in names)


def _rule_files(root: Traversable) -> "Iterator[tuple[str, Traversable]]":
    """Family and file of every rule, in a fixed order."""
    for family in FAMILIES:
        folder = root / family
        if folder.is_dir():
            for path in sorted(folder.iterdir(), key=lambda p: p.name):
                if path.name.endswith(".yaml"):
                    yield family, path


def _version(folder: Traversable) -> str:
    """Hash of names and contents of all YAML files; line ends of the checkout do not count."""
    digest = hashlib.sha256()
    for name, path in sorted(_yaml_files(folder, "")):
        content = _content(path)
        digest.update(f"{name}\n{len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def _yaml_files(folder: Traversable, prefix: str) -> "Iterator[tuple[str, Traversable]]":
    for path in folder.iterdir():
        if path.is_dir():
            yield from _yaml_files(path, f"{prefix}{path.name}/")
        elif path.name.endswith(".yaml"):
            yield f"{prefix}{path.name}", path
