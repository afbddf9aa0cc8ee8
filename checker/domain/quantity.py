"""A figure as printed and as understood."""

from decimal import Decimal
from typing import Literal

from checker.domain.base import Frozen

Presence = Literal["given", "blank", "dash", "words", "unreadable"]
Notation = Literal[
    "full_width",
    "thousands",
    "unit",
    "remark",
    "chinese",
    "sign",
    "broken",
    "leading_zero",
    "mark",
]


_MONEY = "元万亿¥￥"


class CellValue(Frozen):
    """The content of a table cell.

    Attributes:
        printed: the characters of the file, surrounding white space removed.
        presence: ``given`` a number (0 included); ``blank``; ``dash`` one of / - — － _;
            ``words`` such as 无 or 不适用; ``unreadable`` a number of uncertain extent.
        value: the number in the unit of the column, or None unless ``given``.
        unit: a unit printed inside the cell, e.g. 万元; also one that its column head has instead
            of the unit of the form.
        remark: a remark printed inside the cell, e.g. 其中修订4件.
        notation: what is unusual about the way it is printed.
    """

    printed: str
    presence: Presence
    value: Decimal | None = None
    unit: str | None = None
    remark: str | None = None
    notation: tuple[Notation, ...] = ()

    @property
    def amount(self) -> str:
        """An amount of money as printed, with the unit it was read in; empty without one."""
        if self.value is None or self.unit is None or self.unit[-1] not in _MONEY:
            return ""
        printed = "".join(self.printed.split())
        return printed if any(c in _MONEY for c in printed) else f"{printed}{self.unit}"
