"""Tests every proposal of a model against the file and the form, and counts what fails.

A quote has to stand in the report, a figure in its quote, a cell in the form. Whether what is
said of the cells is true is not asked here.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Final, TypeVar

from checker.domain.claim import Claim
from checker.domain.reading import (
    Contradiction,
    Coverage,
    Dropped,
    DropReason,
    FigureLink,
    Statement,
)
from checker.domain.report import AnnualReport, split_address
from checker.errors import QuoteNotFoundError
from checker.llm.compose import open_claims
from checker.llm.passages import Passages
from checker.llm.replies import (
    ContradictionReply,
    CoverageReply,
    FigureReply,
    LinkReply,
    StatementReply,
)
from checker.rulebook import TableSpec, form_of_report, load_forms

_Proposal = TypeVar("_Proposal")
_Verified = TypeVar("_Verified")
_GROUP: Final = ".*"
_COMPARED: Final = frozenset({"equal", "at_most"})


class _DroppedError(Exception):
    """A proposal fails a test."""

    def __init__(self, reason: DropReason) -> None:
        super().__init__(reason)
        self.reason = reason


class Verifier:
    """What the proposals about one report are held against.

    Args:
        passages: the prose that the model was shown.
        claims: the claims of the code, of which it was asked about the open ones.
    """

    def __init__(self, report: AnnualReport, passages: Passages, claims: Sequence[Claim]) -> None:
        self._passages = passages
        self._claims = claims
        self._open = open_claims(claims)
        self._specs = _specs(report)
        self._counts: Counter[DropReason] = Counter()

    @property
    def dropped(self) -> tuple[Dropped, ...]:
        """What failed so far."""
        return tuple(Dropped(reason=r, count=n) for r, n in sorted(self._counts.items()))

    def links(
        self, links: Iterable[LinkReply], figures: Iterable[FigureReply]
    ) -> tuple[FigureLink, ...]:
        """The cells of figures, those that the code overlooked included."""
        known = self._passed(links, self._link, lambda link: link.claim)
        taken = [c.figure for c in self._claims]
        new = [
            link
            for link in self._passed(figures, self._figure, lambda link: link.figure.start)
            if not any(link.figure.start < f.end and f.start < link.figure.end for f in taken)
        ]
        return tuple(sorted((*known, *new), key=lambda link: link.figure.start))

    def statements(self, replies: Iterable[StatementReply]) -> tuple[Statement, ...]:
        """Facts in words."""
        found = self._passed(
            replies, self._statement, lambda s: (s.passage.locator.start, s.relation)
        )
        return tuple(sorted(found, key=lambda s: (s.passage.locator.start, s.relation)))

    def coverage(self, replies: Iterable[CoverageReply]) -> tuple[Coverage, ...]:
        """Required contents; the first answer for each."""
        found = self._passed(replies, self._covered, lambda c: c.topic)
        return tuple(sorted(found, key=lambda c: c.topic))

    def contradictions(self, replies: Iterable[ContradictionReply]) -> tuple[Contradiction, ...]:
        """Pairs of passages, the first in the document first."""
        found = self._passed(replies, self._contradiction, _places)
        return tuple(sorted(found, key=_places))

    def _passed(
        self,
        proposals: Iterable[_Proposal],
        test: Callable[[_Proposal], _Verified],
        key: Callable[[_Verified], Hashable],
    ) -> Sequence[_Verified]:
        """Those that pass, the first of each key; the others are counted."""
        passed: dict[Hashable, _Verified] = {}
        for proposal in proposals:
            try:
                verified = test(proposal)
            except QuoteNotFoundError:
                self._counts["quote_not_found"] += 1
            except _DroppedError as dropped:
                self._counts[dropped.reason] += 1
            else:
                passed.setdefault(key(verified), verified)
        return list(passed.values())

    def _link(self, reply: LinkReply) -> FigureLink:
        index = self._open.get(reply.claim)
        if index is None:
            raise _DroppedError("unknown_claim")
        claim = self._claims[index]
        self._passages.find(reply.quote)
        try:
            passage = self._passages.find(reply.quote, around=claim.figure)
        except QuoteNotFoundError:
            raise _DroppedError("figure_not_in_quote") from None
        return FigureLink(
            passage=passage,
            claim=index,
            printed=claim.printed,
            figure=claim.figure,
            cells=self._addresses(reply.cells),
        )

    def _figure(self, reply: FigureReply) -> FigureLink:
        passage = self._passages.find(reply.quote)
        figure = self._passages.inside(passage, reply.printed)
        if figure is None:
            raise _DroppedError("figure_not_in_quote")
        start = figure.start - passage.locator.start
        return FigureLink(
            passage=passage,
            claim=None,
            printed=passage.quote[start : start + figure.end - figure.start],
            figure=figure,
            cells=self._addresses(reply.cells),
        )

    def _statement(self, reply: StatementReply) -> Statement:
        passage = self._passages.find(reply.quote)
        cells, others = self._addresses(reply.cells), self._addresses(reply.others)
        if not cells or (reply.relation in _COMPARED) != bool(others):
            raise _DroppedError("no_cell")
        return Statement(passage=passage, relation=reply.relation, cells=cells, others=others)

    def _covered(self, reply: CoverageReply) -> Coverage:
        passage = self._passages.find(reply.quote) if reply.quote is not None else None
        concrete = reply.concrete and passage is not None
        return Coverage(topic=reply.topic, passage=passage, concrete=concrete)

    def _contradiction(self, reply: ContradictionReply) -> Contradiction:
        pair = self._passages.find(reply.first), self._passages.find(reply.second)
        first, second = sorted(pair, key=lambda p: p.locator.start)
        if second.locator.start < first.locator.end:
            raise _DroppedError("same_place")
        return Contradiction(kind=reply.kind, first=first, second=second)

    def _addresses(self, cells: Iterable[str]) -> tuple[str, ...]:
        """The cells named, each once, groups expanded.

        Raises:
            _DroppedError: one of them is in no form of this report.
        """
        return tuple(dict.fromkeys(a for cell in cells for a in self._expanded(cell)))

    def _expanded(self, cell: str) -> Iterable[str]:
        try:
            table, row, column = split_address(cell)
        except ValueError:
            raise _DroppedError("unknown_cell") from None
        spec = self._specs.get(table)
        group = row.removesuffix(_GROUP)
        rows = [row]
        if spec and group != row:
            rows = [r.id for r in spec.rows if r.id.startswith(f"{group}.")] or [group]
        blocks = [spec.block_of(r) for r in rows] if spec else [None]
        if not all(block and column in block.columns for block in blocks):
            raise _DroppedError("unknown_cell")
        return [f"{table}/{r}/{column}" for r in rows]


def _places(pair: Contradiction) -> tuple[int, int]:
    return pair.first.locator.start, pair.second.locator.start


def _specs(report: AnnualReport) -> Mapping[str, TableSpec]:
    """The tables of the form, each in the form whose labels it carries."""
    forms = load_forms()
    form = form_of_report(forms, report)
    specs: dict[str, TableSpec] = {spec.id: spec for spec in form.tables}
    for table in report.tables:
        specs[table.id] = forms.get(table.form, form).table(table.id)
    return specs
