"""The types of a model's replies, strict and closed, and the JSON Schema that servers are given.

A reply holds places and choices from closed sets, never a sentence of the model's own: nothing
that a model words is shown to anybody.
"""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from checker.domain.reading import ContradictionKind, Relation, Topic

_MOST: Final = 200  # entries of one list; a report has some 50 sentences

JsonValue = str | int | bool | None | list["JsonValue"] | dict[str, "JsonValue"]

Text = Annotated[str, Field(max_length=2_000)]
Cells = Annotated[tuple[Text, ...], Field(max_length=_MOST)]


class ReplyBase(BaseModel):
    """No unknown key, no missing key, no conversion of types."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class LinkReply(ReplyBase):
    """The cells that a figure known to us states."""

    claim: Text
    quote: Text
    cells: Cells


class FigureReply(ReplyBase):
    """A figure that the code overlooked."""

    quote: Text
    printed: Text
    cells: Cells


class StatementReply(ReplyBase):
    """A fact in words."""

    quote: Text
    relation: Relation
    cells: Cells
    others: Cells


class CoverageReply(ReplyBase):
    """Where a required content is written about."""

    topic: Topic
    quote: Text | None
    concrete: bool


class ContradictionReply(ReplyBase):
    """Two sentences that cannot both hold."""

    kind: ContradictionKind
    first: Text
    second: Text


class FiguresReply(ReplyBase):
    """Reply to the task ``figures``."""

    links: Annotated[tuple[LinkReply, ...], Field(max_length=_MOST)]
    figures: Annotated[tuple[FigureReply, ...], Field(max_length=_MOST)]


class StatementsReply(ReplyBase):
    """Reply to the task ``statements``."""

    statements: Annotated[tuple[StatementReply, ...], Field(max_length=_MOST)]


class CoveragesReply(ReplyBase):
    """Reply to the task ``coverage``."""

    coverage: Annotated[tuple[CoverageReply, ...], Field(max_length=_MOST)]


class ContradictionsReply(ReplyBase):
    """Reply to the task ``contradictions``."""

    contradictions: Annotated[tuple[ContradictionReply, ...], Field(max_length=_MOST)]


class WholeReply(ContradictionsReply, CoveragesReply, StatementsReply, FiguresReply):
    """Reply to all tasks in one request; pydantic takes the fields from the last base first."""


class ProbeReply(ReplyBase):
    """Reply to the question by which a server is tried out."""

    city: Text
    characters: int


class MemoryReply(ReplyBase):
    """Reply to the question whether a long text was read whole."""

    word: Text


class SpeedReply(ReplyBase):
    """Reply to the question by which the speed of a model is measured."""

    numbers: Annotated[tuple[int, ...], Field(max_length=_MOST)]


REPLIES: Final[Mapping[str, type[ReplyBase]]] = {
    t.__name__: t
    for t in (
        FiguresReply,
        StatementsReply,
        CoveragesReply,
        ContradictionsReply,
        ProbeReply,
        MemoryReply,
        SpeedReply,
    )
}

# What every server understands; strict modes refuse more, and pydantic checks the rest anyway.
_KEPT: Final = frozenset({"type", "enum", "const", "anyOf"})


@cache
def schema_of(reply: type[ReplyBase]) -> dict[str, JsonValue]:
    """The JSON Schema of a reply type: no references, all keys required, no other key."""
    schema = reply.model_json_schema()
    plain = _plain(schema, schema.get("$defs", {}))
    if not isinstance(plain, dict):
        raise TypeError(f"{reply.__name__} is no object")
    return plain


def _plain(schema: JsonValue, shared: Mapping[str, JsonValue]) -> JsonValue:
    if not isinstance(schema, dict):
        return schema
    if isinstance(reference := schema.get("$ref"), str):
        return _plain(shared[reference.rpartition("/")[2]], shared)
    result: dict[str, JsonValue] = {k: v for k, v in schema.items() if k in _KEPT}
    if isinstance(choices := result.get("anyOf"), list):
        result["anyOf"] = [_plain(c, shared) for c in choices]
    if "items" in schema:
        result["items"] = _plain(schema["items"], shared)
    if isinstance(properties := schema.get("properties"), dict):
        result["properties"] = {k: _plain(v, shared) for k, v in properties.items()}
        result["required"] = list(properties)
        result["additionalProperties"] = False
    return result
