"""The base of every domain type: frozen, closed, comparable."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A value: never edited after it is made, no unknown field."""

    model_config = ConfigDict(frozen=True, extra="forbid")
