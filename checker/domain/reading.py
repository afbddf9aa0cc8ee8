"""What a language model proposed about a report, after code has verified every place it names.

Only places, addresses and choices from closed sets; no sentence that a model wrote. Whether a
proposal is right is computed from the cells by the checks, never taken from the model.
"""

from decimal import Decimal
from typing import Literal

from checker.domain.base import Frozen
from checker.domain.locator import Locator
from checker.domain.report import SectionId

Relation = Literal["zero", "not_zero", "equal", "at_most"]
"""Of cells: each is 0; their sum is not 0; it equals, or is at most, another sum."""

Topic = Literal[
    "disclosure",
    "applications",
    "management",
    "platform",
    "supervision",
    "assessment",
    "evaluation",
    "sanction",
    "problems",
    "improvements",
    "fee",
]
ContradictionKind = Literal["quantity", "boast", "fact"]
DropReason = Literal[
    "quote_not_found",
    "figure_not_in_quote",
    "unknown_claim",
    "unknown_cell",
    "no_cell",
    "same_place",
]


class Quoted(Frozen):
    """A passage; ``quote`` equals ``Document.text[locator.start:locator.end]``."""

    section: SectionId | None
    quote: str
    locator: Locator


class FigureLink(Frozen):
    """A figure and the cells whose sum it is said to state.

    Attributes:
        claim: index of the claim it was asked about; None for a figure that the code overlooked.
        printed: the figure as it stands in the file.
        figure: place of ``printed``, inside the quote.
        cells: addresses, groups expanded; empty when no cell is said to hold the figure.
    """

    passage: Quoted
    claim: int | None
    printed: str
    figure: Locator
    cells: tuple[str, ...]


class Statement(Frozen):
    """A fact in words and what it is said to mean for the cells; groups are expanded."""

    passage: Quoted
    relation: Relation
    cells: tuple[str, ...]
    others: tuple[str, ...] = ()


class Coverage(Frozen):
    """Where a required content is written about; no passage when the model found none."""

    topic: Topic
    passage: Quoted | None
    concrete: bool


class Contradiction(Frozen):
    """Two passages that are said not to go together."""

    kind: ContradictionKind
    first: Quoted
    second: Quoted


class Dropped(Frozen):
    """How many proposals failed one of the tests of the code."""

    reason: DropReason
    count: int


class ModelUse(Frozen):
    """What was asked of whom: everything that is needed to ask again.

    Attributes:
        mode: how the reply was kept in form.
        temperature, seed: None when the server refuses them.
        prompts: names with versions, e.g. ``coverage.v1``.
    """

    base_url: str
    model: str
    mode: str
    temperature: int | None
    seed: int | None
    prompts: tuple[str, ...]


class Usage(Frozen):
    """What a run took.

    Attributes:
        requests: sent to the server, failed ones included.
        cached: answered from the store instead.
        cost: in the currency of the prices; None when no price is set.
    """

    requests: int = 0
    cached: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost: Decimal | None = None

    def __add__(self, other: "Usage") -> "Usage":
        costs = [c for c in (self.cost, other.cost) if c is not None]
        return Usage(
            requests=self.requests + other.requests,
            cached=self.cached + other.cached,
            prompt_tokens=self.prompt_tokens + other.prompt_tokens,
            completion_tokens=self.completion_tokens + other.completion_tokens,
            cost=sum(costs, Decimal(0)) if costs else None,
        )


class ModelReading(Frozen):
    """All verified proposals, in document order.

    Attributes:
        dropped: what failed verification; counted, never shown.
        notes: what did not work on our side and did not matter, in Chinese (the store).
    """

    links: tuple[FigureLink, ...] = ()
    statements: tuple[Statement, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    notes: tuple[str, ...] = ()
    usage: Usage = Usage()
    use: ModelUse
