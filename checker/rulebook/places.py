"""Names of places whose level cannot be told from their last character, as data."""

from pydantic import field_validator

from checker.domain.base import Frozen
from checker.rulebook.loader import data_file


class Places(Frozen):
    """Administrative divisions and central departments; every name in full.

    Attributes:
        municipalities: 直辖市; what lies below them is county level.
        prefecture_areas: 自治州, 地区, 盟.
        districts: county-level districts whose names look like development zones.
    """

    provinces: tuple[str, ...]
    municipalities: tuple[str, ...]
    prefecture_cities: frozenset[str]
    prefecture_areas: frozenset[str]
    county_cities: frozenset[str]
    districts: tuple[str, ...]
    ministries: frozenset[str]

    @field_validator("*", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        """A line of the file holds several names, separated by spaces."""
        if isinstance(value, list):
            return [name for line in value for name in str(line).split()]
        return value


load_places = data_file("places.yaml", Places)
"""The places of ``rules/places.yaml``."""
