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
    schema: dict[str, object] = one.json_schema(mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": SCHEMA_TITLE,
        **schema,
    }


def render_schema() -> str:
    """The schema as text."""
    return dumps(machine_schema()) + "\n"
