"""What is kept of a conversation with a model: the last turns and the evidence they cite."""

from collections.abc import Mapping
from typing import Final

from checker.answers.types import Citation
from checker.domain.base import Frozen
from checker.llm.chat import Evidence, Turn

MOST_TURNS: Final = 6


class Source(Frozen):
    """An evidence, where it comes from, and the cells that it is about."""

    evidence: Evidence
    citation: Citation
    cells: tuple[str, ...] = ()
    key: str


class Memory(Frozen):
    """The conversation about one report; the older part falls off.

    Attributes:
        sources: what the remembered turns cite.
        last: the highest number of every kind of evidence, so that none is given twice.
    """

    turns: tuple[Turn, ...] = ()
    sources: tuple[Source, ...] = ()
    last: Mapping[str, int] = {}

    def with_turn(
        self, turn: Turn, sources: tuple[Source, ...], last: Mapping[str, int]
    ) -> "Memory":
        """With one more turn; sources that no turn cites any more are dropped."""
        turns = (*self.turns, turn)[-MOST_TURNS:]
        words = "".join(t.answer for t in turns)
        every = {s.evidence.id: s for s in (*self.sources, *sources)}
        kept = tuple(s for i, s in every.items() if f"[{i}]" in words)
        return Memory(turns=turns, sources=kept, last=dict(last))
