"""Documents that reports name, as data: numbers, dates, what superseded what.

It holds facts only; whether a report names them rightly is judged in ``checks``.
"""

import re
from datetime import date
from functools import cached_property
from typing import NamedTuple

from pydantic import field_validator

from checker.domain.base import Frozen
from checker.rulebook.lexicon import Patterns
from checker.rulebook.loader import data_file

_NUMBER = re.compile(r"(?P<code>[\u4e00-\u9fff]+?)(?:〔(?P<year>\d{4})〕|第)(?P<serial>\d+)号")


class DocumentNumber(NamedTuple):
    """A 文号: 国办发〔2019〕14号, or 国务院令第711号 without a year."""

    code: str
    year: int | None
    serial: int


def parse_number(printed: str) -> DocumentNumber:
    """Take a 文号 in its official form apart.

    Raises:
        ValueError: it has another form.
    """
    match = _NUMBER.fullmatch(printed)
    if match is None:
        raise ValueError(f"“{printed}”不是规范的文号")
    year = match.group("year")
    return DocumentNumber(match.group("code"), int(year) if year else None, int(match["serial"]))


class _Numbered(Frozen):
    """Something with a 文号.

    Attributes:
        number: in its official form.
        issued: when it was issued; None when that is not known for certain.
    """

    number: str
    issued: date | None = None

    @field_validator("number")
    @classmethod
    def _is_number(cls, value: str) -> str:
        parse_number(value)
        return value

    @cached_property
    def parts(self) -> DocumentNumber:
        """The number taken apart."""
        return parse_number(self.number)


class AnnualPoints(_Numbered):
    """The 工作要点 that the General Office of the State Council issued for one year."""

    year: int


class KnownDocument(_Numbered):
    """A document that reports name.

    Attributes:
        named: words that its title has.
        checked: its number was held against the document itself.
        only: titles that no other document of a central organ carries.
        in_force: since when.
        first_year: first report year for which it can be a basis; None when all can.
        last_year: last report year for which it is a basis; None when it still is.
        superseded_by: number of the document in its place.
    """

    title: str
    checked: bool = True
    named: Patterns
    only: Patterns = ()
    in_force: date | None = None
    first_year: int | None = None
    last_year: int | None = None
    superseded_by: str = ""


class Documents(Frozen):
    """All documents of ``rules/documents.yaml``."""

    annual_points: tuple[AnnualPoints, ...]
    documents: tuple[KnownDocument, ...]

    def points_of(self, year: int) -> AnnualPoints | None:
        """The 工作要点 of a year."""
        return next((p for p in self.annual_points if p.year == year), None)


load_documents = data_file("documents.yaml", Documents)
"""The documents, read when first asked for."""
