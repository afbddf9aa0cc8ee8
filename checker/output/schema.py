"""The JSON Schema of the machine interface, generated from its models."""

from pydantic import TypeAdapter

from checker.output.exact_json import dumps
from checker.output.machine import MachineFailure, MachineRun

SCHEMA_TITLE = "xxgk 核对结果：一个文件一个对象，多个文件一个数组"


def machine_schema() -> dict[str, object]:
    """The schema: one result, or an array of results when several files were given."""
    one: TypeAdapter[object] = TypeAdapter(
        MachineRun | MachineFailure | tuple[MachineRun | MachineFailure, ...]
    )
    body = one.json_schema(mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": SCHEMA_TITLE,
        **{key: _untitled(part) for key, part in body.items()},
    }


def _untitled(part: object) -> object:
    """Without the titles that pydantic makes from field names; a *field* called title stays."""
    if isinstance(part, dict):
        return {k: _untitled(v) for k, v in part.items() if k != "title" or isinstance(v, dict)}
    return [_untitled(v) for v in part] if isinstance(part, list) else part


def render_schema() -> str:
    """The schema as text."""
    return dumps(machine_schema()) + "\n"
