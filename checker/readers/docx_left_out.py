"""Texts of a Word file that the print crosses out or that are no part of a figure."""

from typing import Final

from checker.domain.finding import DoubtKind
from checker.readers.flow import DoubtNode, Node

_SHOWN_TEXTS: Final = 3
_SHOWN_CHARACTERS: Final = 20


class LeftOut:
    """Texts of one sort that are not read, told in one doubt at the place of the first.

    Args:
        kind: kind of the doubt.
        what: what happened to the texts, behind their number.
        advice: what to do.
    """

    def __init__(self, kind: DoubtKind, what: str, advice: str) -> None:
        self._kind: DoubtKind = kind
        self._what = what
        self._advice = advice
        self._texts: list[str] = []
        self._doubt: DoubtNode | None = None

    def add(self, text: str, nodes: list[Node]) -> None:
        """Count a text; the first one places the doubt."""
        if not text.strip():
            return
        if self._doubt is None:
            self._doubt = DoubtNode(self._kind, "", quote=text.strip())
            nodes.append(self._doubt)
        self._texts.append(text.strip())
        shown = "”“".join(t[:_SHOWN_CHARACTERS] for t in self._texts[:_SHOWN_TEXTS])
        more = "等" if len(self._texts) > _SHOWN_TEXTS else ""
        told = f"文件里有 {len(self._texts)} 处{self._what}（“{shown}”{more}），没有读入；"
        self._doubt.message = told + self._advice
