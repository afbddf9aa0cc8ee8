"""How much of a clause is said in the evidence, by pairs of characters."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from checker.answers.model.facts import clauses_of, normal
from checker.llm.chat import Evidence

_HAN: Final = re.compile(r"[\u4e00-\u9fff]+")
_LITERAL: Final = 4


def pairs_of(text: str) -> frozenset[str]:
    """Every pair of neighbouring Chinese characters."""
    return frozenset(w[i : i + 2] for w in _HAN.findall(text) for i in range(len(w) - 1))


def clauses_in(evidence: Iterable[Evidence]) -> Sequence[str]:
    """The clauses of all evidence."""
    return [c.text for e in evidence for c in clauses_of(normal(e.text))]


def best_clauses(text: str, evidence: Iterable[Evidence], *, least: int) -> frozenset[str]:
    """The clauses of the evidence that share most with a text; none when it is below ``least``."""
    wanted = pairs_of(text)
    shared = {c: len(wanted & pairs_of(c)) for c in clauses_in(evidence)}
    most = max(shared.values(), default=0)
    return frozenset(c for c, n in shared.items() if n == most) if most >= least else frozenset()


def literal(text: str, evidence: Iterable[Evidence]) -> bool:
    """Whether a clause stands in the evidence as it is."""
    squeezed = _squeezed(text)
    return len(squeezed) >= _LITERAL and any(squeezed in _squeezed(e.text) for e in evidence)


def _squeezed(text: str) -> str:
    return "".join(c for c in normal(text) if c.isalnum())
