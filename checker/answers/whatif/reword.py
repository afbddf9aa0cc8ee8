"""Another figure in a sentence of a copied document; every place behind it moves along.

The report that was read is never edited.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from checker.assemble import assemble
from checker.domain.document import Block, Document, Paragraph, Table
from checker.domain.finding import Doubt
from checker.domain.locator import Locator
from checker.domain.report import AnnualReport


class Edit(NamedTuple):
    """The figure at a place and what shall stand there."""

    figure: Locator
    printed: str


class Edits:
    """Several edits of one text.

    Args:
        edits: at places that do not overlap.
    """

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._edits = sorted(edits, key=lambda e: e.figure.start)

    def moved(self, offset: int) -> int:
        """Where a place of the old text lies in the new one."""
        behind = (e for e in self._edits if e.figure.end <= offset)
        return offset + sum(len(e.printed) - (e.figure.end - e.figure.start) for e in behind)

    def report(self, report: AnnualReport) -> AnnualReport:
        """What the changed document is read as; the report itself without edits."""
        return assemble(self._document(report.document)) if self._edits else report

    def _document(self, document: Document) -> Document:
        text = document.text
        for edit in reversed(self._edits):
            text = text[: edit.figure.start] + edit.printed + text[edit.figure.end :]
        return document.model_copy(
            update={
                "text": text,
                "blocks": tuple(self._block(b, text) for b in document.blocks),
                "hidden": tuple(
                    h.model_copy(update={"locator": self._place(h.locator)})
                    for h in document.hidden
                ),
                "set_aside": tuple(
                    a.model_copy(update={"locator": self._place(a.locator)})
                    for a in document.set_aside
                ),
                "doubts": tuple(self._doubt(d) for d in document.doubts),
            }
        )

    def _block(self, block: Block, text: str) -> Block:
        place = self._place(block.locator)
        if isinstance(block, Paragraph):
            return block.model_copy(
                update={"locator": place, "text": text[place.start : place.end]}
            )
        return self._table(block, place, text)

    def _table(self, table: Table, place: Locator, text: str) -> Table:
        cells = []
        for cell in table.cells:
            own = self._place(cell.locator)
            cells.append(replace(cell, locator=own, text=text[own.start : own.end]))
        return table.model_copy(update={"locator": place, "cells": tuple(cells)})

    def _doubt(self, doubt: Doubt) -> Doubt:
        if doubt.locator is None:
            return doubt
        return doubt.model_copy(update={"locator": self._place(doubt.locator)})

    def _place(self, place: Locator) -> Locator:
        return place.part(self.moved(place.start), self.moved(place.end))
