"""Texts that are printed and are no part of the report: deleted, crossed out, marks of notes.

Word and web readers leave out the same texts and tell them in the same words. Whoever printed a
figure raised or lowered for another reason is told by the doubt; nothing is lost in silence.
"""

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Final, Literal, NamedTuple

from checker.domain.document import AsideReason
from checker.domain.finding import DoubtKind
from checker.readers.flow import AsideNode, DoubtNode, Node

Crossing = AsideReason | Literal[""]
"""How a text is taken back: by a tracked change, or by a line through it."""

_SHOWN_TEXTS: Final = 3
_SHOWN_CHARACTERS: Final = 20
_FIGURE: Final = r"\d①-⑳⓪"
# The mark of a note: figures, alone or in brackets (1, [2], ①, 注3), or a sign.
_NOTE: Final = re.compile(rf"(?:[{_FIGURE}\s,，、;；\[\]［］【】〔〕()（）注*＊※†‡-]){{1,12}}")
_MEANS: Final = re.compile(rf"[{_FIGURE}注*＊※†‡]")
_BARE: Final = re.compile(r"[\d\s]+")
_LATIN: Final = re.compile(r"[A-Za-zμΩ℃]\Z")  # the 2 of m2 or CO2 is part of a unit or name


class LeftOut:
    """Texts of one sort that are not read, told in one doubt at the place of the first.

    Args:
        what: what happened to the texts, behind their number.
        advice: what to do.
        outcome: what became of them.
        reason: how they are taken back, if they are.
    """

    _KIND: Final[DoubtKind] = "deleted_text"

    def __init__(
        self,
        what: str,
        advice: str,
        *,
        outcome: str = "没有读入",
        reason: AsideReason | None = None,
    ) -> None:
        self._what = what
        self._reason: AsideReason | None = reason
        self._outcome = outcome
        self._advice = advice
        self._texts: list[str] = []
        self._doubt: DoubtNode | None = None

    def add(self, text: str, nodes: list[Node]) -> None:
        """Count a text; the first one places the doubt."""
        if not text.strip():
            return
        if self._doubt is None:
            self._doubt = DoubtNode(self._KIND, "", quote=text.strip())
            nodes.append(self._doubt)
        if self._reason is not None:
            nodes.append(AsideNode(text.strip(), self._reason))
        self._texts.append(text.strip())
        shown = "”“".join(t[:_SHOWN_CHARACTERS] for t in self._texts[:_SHOWN_TEXTS])
        more = "等" if len(self._texts) > _SHOWN_TEXTS else ""
        told = f"文件里有 {len(self._texts)} 处{self._what}（“{shown}”{more}），{self._outcome}；"
        self._doubt.message = told + self._advice


class SetAside:
    """All that a file prints and that is not read, by the reason.

    Args:
        revised: what to do about deleted text, in the words of the format.
    """

    def __init__(self, revised: str) -> None:
        self.deleted = LeftOut("修订删除了文字", revised, reason="deleted")
        self.struck = LeftOut("文字加了删除线", "请删去或恢复这些文字后再核对。", reason="struck")
        self.notes = LeftOut("上标或下标", "它们按注号处理，请对照原文件。")
        self.joined = LeftOut("修订删除了段落标记", revised, outcome="前后两段按一段读入")

    def cross(self, text: str, crossing: Crossing, nodes: list[Node]) -> None:
        """Count a text that is taken back."""
        (self.deleted if crossing == "deleted" else self.struck).add(text, nodes)


class Notes(NamedTuple):
    """The pieces of a paragraph without marks of notes, and these marks."""

    pieces: list[str]
    marks: list[str]


def without_notes(pieces: Sequence[str], raised: Sequence[int]) -> Notes:
    """Take the marks of notes out of a paragraph.

    Args:
        pieces: its text, in order.
        raised: indices of the pieces that are raised or lowered, in order.

    Returns:
        A raised figure beside another figure, or at the end of words, and a raised sign are
        marks; behind a Latin letter, alone, or before what it counts it is text.
    """
    kept = list(pieces)
    marks: list[str] = []
    for _, run in groupby(enumerate(raised), lambda pair: pair[1] - pair[0]):
        places = [place for _, place in run]
        first, last = places[0], places[-1]
        text = "".join(pieces[first : last + 1]).strip()
        before = _nearest(kept, range(first - 1, -1, -1)).rstrip()
        behind = _nearest(kept, range(last + 1, len(kept))).lstrip()
        if _is_note(text, before, behind):
            marks.append(text)
            kept[first : last + 1] = [""] * len(places)
    return Notes(kept, marks)


def _nearest(pieces: Sequence[str], places: range) -> str:
    """The first piece with text in it; empty when there is none."""
    return next((pieces[place] for place in places if pieces[place].strip()), "")


def _is_note(text: str, before: str, behind: str) -> bool:
    if not _NOTE.fullmatch(text) or not _MEANS.search(text) or _LATIN.search(before):
        return False
    if before[-1:].isdigit() or behind[:1].isdigit():
        return True
    counts = _BARE.fullmatch(text) and behind[:1].isalnum()
    return bool(before) and not counts
