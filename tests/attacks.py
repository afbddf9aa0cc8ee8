"""The attacks on a reading machine of ``fixtures/attacks.yaml``, for all tests that use them."""

from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from checker.readers.characters import strip_invisible

AttackKind = Literal["prose", "cell", "metadata", "hidden", "zero_width", "bidi"]


class Attack(BaseModel):
    """One entry of the list."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    kind: AttackKind
    text: str
    seen: bool = False

    @property
    def visible(self) -> str:
        """What the readers leave of it."""
        return strip_invisible(self.text).text


def load_attacks() -> tuple[Attack, ...]:
    path = Path(__file__).parent / "fixtures" / "attacks.yaml"
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))["attacks"]
    return tuple(Attack.model_validate(e) for e in entries)


ATTACKS = load_attacks()
