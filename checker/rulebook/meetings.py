"""Congresses and plenums of the party with the month of each, as data (``rules/meetings.yaml``).

It recognises which meetings a text names; whether it should name them is for the rules.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pydantic import field_validator

from checker.domain.base import Frozen
from checker.rulebook.loader import data_file

# Not 共青团十九大 and 中国工会第十八次全国代表大会, not 二十大类.
_NAMED = re.compile(
    r"(?<![团会联女青第])(?<!团的)第?(?P<congress>十[七八九]|二十[一二]?)"
    r"(?:届(?P<plenums>[一二三四五六七八九]中(?:(?:全会)?[、和及与,][一二三四五六七八九]中)*)全会"
    r"|大(?!会|[类项件步块种型举板]|行动|工程|重点|任务|措施)|次全国代表大会)"
)
_TEN = "十"
_PLENUM = re.compile(r"[一二三四五六七八九](?=中)")


class Meeting(Frozen):
    """A congress, or a plenum of its committee.

    Attributes:
        congress: number of the congress in Chinese, e.g. 二十.
        number: of the plenum in Chinese; empty for the congress itself.
        held: year and month in which it ended, e.g. ``2022-10``.
    """

    congress: str
    number: str = ""
    held: str

    @field_validator("held")
    @classmethod
    def _is_month(cls, value: str) -> str:
        if not re.fullmatch(r"20\d\d-(?:0[1-9]|1[0-2])", value):
            raise ValueError("应写成“年-月”，例如 2022-10")
        return value

    @property
    def name(self) -> str:
        """How texts call it: 二十大, 二十届三中全会."""
        return f"{self.congress}届{self.number}中全会" if self.number else f"{self.congress}大"

    @property
    def year(self) -> int:
        """The year in which it ended."""
        return int(self.held[:4])

    @property
    def month(self) -> int:
        """The month in which it ended."""
        return int(self.held[5:])


class Meetings(Frozen):
    """All known meetings, each list in the order of time."""

    congresses: tuple[Meeting, ...]
    plenums: tuple[Meeting, ...]


class NamedMeeting(NamedTuple):
    """A meeting named in a text, and the span of the words that name it."""

    meeting: Meeting
    start: int
    end: int


load_meetings = data_file("meetings.yaml", Meetings)
"""The meetings of ``rules/meetings.yaml``."""


@cache
def _by_number() -> dict[tuple[str, str], Meeting]:
    known = load_meetings()
    return {(m.congress, m.number): m for m in (*known.congresses, *known.plenums)}


def named_meetings(text: str) -> Iterator[NamedMeeting]:
    """Meetings named in folded text, lists such as 十九届二中、三中全会 taken apart.

    A meeting that is not in the data is passed over: nothing is known of it.
    """
    if _TEN not in text:  # all of them are later than the tenth congress
        return
    for match in _NAMED.finditer(text):
        numbers = _PLENUM.findall(match["plenums"]) if match["plenums"] else [""]
        for number in numbers:
            meeting = _by_number().get((match["congress"], number))
            if meeting is not None:
                yield NamedMeeting(meeting, match.start(), match.end())
