"""Traditional characters with the simplified one of each, as data (``rules/characters.yaml``)."""

from collections.abc import Mapping
from functools import cache, cached_property

from pydantic import field_validator

from checker.domain.base import Frozen
from checker.rulebook.loader import load_data


class CharacterForms(Frozen):
    """Pairs of rows: traditional characters, and at the same places the simplified ones."""

    simplified_forms: tuple[tuple[str, str], ...]

    @field_validator("simplified_forms")
    @classmethod
    def _are_as_long(cls, rows: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
        for traditional, simplified in rows:
            if len(traditional) != len(simplified):
                raise ValueError(f"“{traditional}”与“{simplified}”字数不同，应逐字对应")
        return rows

    @cached_property
    def by_character(self) -> Mapping[str, str]:
        """The simplified form of every character that has another one."""
        return {a: b for row in self.simplified_forms for a, b in zip(*row, strict=True)}

    @cached_property
    def by_code(self) -> Mapping[int, str]:
        """The same for ``str.translate``."""
        return {ord(a): b for a, b in self.by_character.items()}


def simplified(text: str) -> str:
    """The text in simplified characters; its length does not change."""
    return text if text.isascii() else text.translate(load_character_forms().by_code)


@cache
def load_character_forms() -> CharacterForms:
    """The characters.

    Raises:
        RuleFormatError: the file is damaged.
    """
    return load_data("characters.yaml", CharacterForms)
