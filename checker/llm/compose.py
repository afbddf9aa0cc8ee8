"""Puts a report and the questions about it into messages: the document first, the questions last.

The report is data: every line of it carries a mark that nobody can foresee who writes a report,
and cells are given as figures only, whatever words stand in them. Hidden text and metadata are
not in ``Document.text`` and are never sent.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from checker.domain.claim import Claim
from checker.domain.report import AnnualReport, ReportCell, ReportTable
from checker.llm.passages import Passages
from checker.llm.prompts import Prompt, prompt
from checker.llm.replies import REPLIES, ReplyBase, WholeReply
from checker.llm.request import Message
from checker.rulebook import TableSpec, form_of_report, load_forms

TASKS: Final = ("figures", "statements", "coverage", "contradictions")
_MARK_LENGTH: Final = 4
_MARKS: Final = 50  # short ones that are tried
_NOTHING: Final = "（没有）"
_ANSWER: Final = 1_000  # tokens kept free whatever is asked, for thinking
_ANSWER_OF_TASK: Final = 750  # and for every task
LEAST_CONTEXT: Final = 8_000  # tokens, with which a usual report can be asked about at all
_PER_CHINESE, _PER_OTHER = 1.0, 0.4  # tokens of a character, rather too many than too few


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One request: messages, the type of the reply, and the prompts it was made of."""

    messages: tuple[Message, ...]
    reply: type[ReplyBase]
    tasks: int
    prompts: tuple[str, ...]

    @property
    def tokens(self) -> int:
        """About how many tokens it takes, room for the reply included."""
        text = "".join(m.text for m in self.messages)
        chinese = sum(character > "\u2e7f" for character in text)
        asked = int(chinese * _PER_CHINESE + (len(text) - chinese) * _PER_OTHER)
        return asked + _ANSWER + _ANSWER_OF_TASK * self.tasks


def open_claims(claims: Sequence[Claim]) -> dict[str, int]:
    """Ids for the claims that the code could not tie to a cell, and their indices."""
    indices = (i for i, claim in enumerate(claims) if _is_open(claim))
    return {f"c{n}": i for n, i in enumerate(indices, start=1)}


def _is_open(claim: Claim) -> bool:
    """Whether a model may know a cell for it: a count of this body that was held against none."""
    counted = claim.kind in ("count", "parts_sum") and claim.value is not None
    own = claim.scope in ("own", "unclear")
    unbound = claim.verdict == "not_enough_info" and not any(c.cells for c in claim.checks)
    return counted and (not claim.judged or (own and unbound))


def whole_question(report: AnnualReport, passages: Passages, claims: Sequence[Claim]) -> Question:
    """All tasks in one request."""
    return _question(report, passages, claims, TASKS, WholeReply)


def split_questions(
    report: AnnualReport, passages: Passages, claims: Sequence[Claim]
) -> tuple[Question, ...]:
    """One request for each task, for a model with little context."""
    made: list[Question] = []
    for task in TASKS:
        reply = REPLIES[prompt(task).spec.reply or ""]
        made.append(_question(report, passages, claims, (task,), reply))
    return tuple(made)


def _question(
    report: AnnualReport,
    passages: Passages,
    claims: Sequence[Claim],
    tasks: Sequence[str],
    reply: type[ReplyBase],
) -> Question:
    mark = mark_of(report.document.text)
    reader, frame, end = prompt("reader"), prompt("report"), prompt("reply")
    parts = [prompt(t) for t in tasks]
    document = frame.fill(
        mark=mark,
        lines="\n".join(_marked(passages, mark)),
        tables="\n".join(_tables(report)) or _NOTHING,
    )
    skeleton = json.dumps({key: [] for key in reply.model_fields})
    texts = [document, *(_filled(p, claims, mark) for p in parts), end.fill(skeleton=skeleton)]
    return Question(
        messages=(Message("system", reader.text), Message("user", "\n\n".join(texts))),
        reply=reply,
        tasks=len(tasks),
        prompts=tuple(p.name for p in (reader, frame, *parts, end)),
    )


def _filled(task: Prompt, claims: Sequence[Claim], mark: str) -> str:
    if "claims" not in task.spec.variables:
        return task.text
    asked = [
        f"{name}｜{mark}{' '.join(claims[i].quote.split())}｜{claims[i].printed}"
        for name, i in open_claims(claims).items()
    ]
    return task.fill(claims="\n".join(asked) or _NOTHING)


def mark_of(text: str) -> str:
    """The mark of the lines of a report; the same words give the same mark.

    It stands nowhere in the text, also when the text was made so that it should.
    """
    for number in range(_MARKS):
        digits = hashlib.sha256(f"{number}{text}".encode()).hexdigest()
        if digits[:_MARK_LENGTH] not in text:
            return f"⟦{digits[:_MARK_LENGTH]}⟧"
    return f"⟦{digits}⟧"


def _marked(passages: Passages, mark: str) -> Iterator[str]:
    for number, line in enumerate(passages.lines, start=1):
        yield f"{mark}{number} {passages.text_of(line).strip()}"


def _tables(report: AnnualReport) -> Iterator[str]:
    for table in report.tables:
        spec = table_spec(report, table)
        yield f"表{spec.ordinal} {table.id}（{spec.title}）"
        for block in spec.blocks:
            yield "列：" + "，".join(_column(spec, column) for column in block.columns)
            for row in block.rows:
                values = " ".join(_value(table.cell(row, c)) for c in block.columns)
                yield f"{table.id}/{row}｜{_row(spec, row)}｜{values}"


def table_spec(report: AnnualReport, table: ReportTable) -> TableSpec:
    """The form whose labels a table carries."""
    forms = load_forms()
    return forms.get(table.form, form_of_report(forms, report)).table(table.id)


def _column(spec: TableSpec, column: str) -> str:
    found = spec.column(column)
    name = found.name if found else column
    return f"{column}＝{name}（{found.unit}）" if found and found.unit else f"{column}＝{name}"


def _row(spec: TableSpec, row: str) -> str:
    found = spec.row(row)
    group = spec.group(found.group) if found and found.group else None
    name = found.name if found else row
    return f"{group.name} {name}" if group and group.group else name


def _value(cell: ReportCell | None) -> str:
    """The figure of a cell; words that stand in one are report text and are left out."""
    if cell is None or cell.value.presence in ("blank", "dash"):
        return "空"
    return "不清" if cell.value.value is None else format(cell.value.value, "f")
