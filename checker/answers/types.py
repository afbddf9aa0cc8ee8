"""What goes into and comes out of an answer; nothing here decides anything."""

from typing import Final, Literal

from checker.domain.base import Frozen
from checker.domain.locator import Locator

Focus = Literal[
    "none", "overview", "finding", "cells", "rule", "article", "table", "section", "supposed"
]  # fmt: skip
AnswerKind = Literal[
    "no_basis",
    "not_understood",
    "ledger",
    "need_report",
    "ask_back",
    "help",
    "overview",
    "finding",
    "cells",
    "sum",
    "compare",
    "share",
    "status",
    "checked",
    "unchecked",
    "doubts",
    "rule",
    "article",
    "form",
    "identity",
    "section",
    "supposed",
    "reports",
    "opinion",
    "model",
]

UNTOLD: Final[frozenset[AnswerKind]] = frozenset(
    {"no_basis", "not_understood", "ask_back", "help", "need_report"}
)
"""Kinds of answers that tell nothing of the report or the rules."""


class Citation(Frozen):
    """What a statement of the answer rests on; exactly the fields that apply are set.

    Attributes:
        finding: number of the finding, as on the cards.
        rule: id of a rule.
        cell: cell address, ``table/row/column``.
        article: a document and its clause, e.g. 《政府信息公开条例》第四十九条.
        quote: literal text of the report.
        locator: where the quote or the cell stands.
    """

    finding: int | None = None
    rule: str | None = None
    cell: str | None = None
    article: str | None = None
    quote: str | None = None
    locator: Locator | None = None


class Change(Frozen):
    """A cell, or a figure of the narrative, and what it is supposed to hold.

    Attributes:
        cell: its address; empty for a figure of the narrative.
        printed: empty for a blank.
        figure: where a figure of the narrative stands.
        quote: the clause around it.
    """

    cell: str = ""
    printed: str
    figure: Locator | None = None
    quote: str = ""

    @property
    def key(self) -> str:
        """Tells what is changed."""
        return self.cell or (f"text:{self.figure.start}" if self.figure else "")


class Pending(Frozen):
    """A supposition of which one cell is not certain yet.

    Attributes:
        changes: those that are certain.
        printed: what the cell in question is to hold.
        cells: among these it was asked which one is meant.
        choices: or among these, by their number.
    """

    changes: tuple[Change, ...]
    printed: str
    cells: tuple[str, ...]
    choices: tuple[Change, ...] = ()


class Conversation(Frozen):
    """What the talk is about, so that "那第二条呢？" can be understood.

    Attributes:
        focus: the kind of thing spoken of last.
        finding: number of the finding spoken of last.
        cells: cell addresses spoken of last.
        rule: rule id spoken of last.
        article: key of the article spoken of last.
        table: table spoken of last.
        section: section spoken of last.
        aspect: what was last asked about it (an intent of ``rules/questions.yaml``).
        numbers: findings of the list that is being told, all when empty.
        listed: how many of them have been told, for "还有吗".
        supposed: cells that are supposed to hold something else; the report stays as it is.
        pending: a supposition that waits for the user to name the cell.
        offered: a question that was asked back, for the user to say yes to.
        report: number of the file that is spoken of, when it is not the one that is open.
    """

    focus: Focus = "none"
    finding: int | None = None
    cells: tuple[str, ...] = ()
    rule: str | None = None
    article: str | None = None
    table: str | None = None
    section: str | None = None
    aspect: str | None = None
    numbers: tuple[int, ...] = ()
    listed: int = 0
    supposed: tuple[Change, ...] = ()
    pending: Pending | None = None
    offered: str = ""
    report: int | None = None


class Proof(Frozen):
    """What a citation such as [格3] in an answer of a model stands for."""

    id: str
    text: str


class Answer(Frozen):
    """An answer in Chinese with everything it rests on.

    Attributes:
        text: plain text; never Markdown or HTML.
        highlight: cell addresses to mark in the tables.
        context: the conversation after this answer.
        by: who worded it; figures and verdicts are those of the code in any case.
        proofs: what the citations in the text stand for, when a model worded it.
        note: what the user has to know about how it came about, e.g. that a model failed.
    """

    kind: AnswerKind
    text: str
    citations: tuple[Citation, ...] = ()
    highlight: tuple[str, ...] = ()
    context: Conversation = Conversation()
    by: Literal["code", "model"] = "code"
    proofs: tuple[Proof, ...] = ()
    note: str = ""
