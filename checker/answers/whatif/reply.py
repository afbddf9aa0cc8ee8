"""Answers suppositions: finds the cells that are meant, or asks back; the rules do the rest."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

from checker.answers.asked import Asked
from checker.answers.locate import TOTAL, Line, carried_over, find_lines
from checker.answers.parse import Question
from checker.answers.questions import Intent
from checker.answers.types import Answer, Change, Conversation, Pending
from checker.answers.view import View, listed
from checker.answers.whatif.compute import new_value, printed_in, shifted, what_if
from checker.answers.whatif.figures import (
    figures_meant,
    is_about_prose,
    places_of,
    reworded,
)
from checker.answers.whatif.read import Supposition, Wish
from checker.answers.whatif.tell import tell_what_if
from checker.checks.operands import number as plain_number
from checker.domain.finding import Finding
from checker.domain.report import split_address

_MOST_CHOICES: Final = 12
_SEVERAL: Final = 2
_GOES_ON: Final[frozenset[Intent]] = frozenset(
    {
        "problems",
        "verdict",
        "count",
        "more",
        "passed",
        "healthy",
        "all",
        "fix",
        "greeting",
        "remains",
        "repaired",
    }
)


class _Meant(NamedTuple):
    """The cells that words may mean; ``assumed`` when the total was taken for granted."""

    cells: tuple[str, ...]
    assumed: bool = False


class _Stop(Exception):  # noqa: N818 - no fault: the answer is known before the end
    """The answer is this one."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer


@dataclass(frozen=True)
class Supposing(Asked):
    """A question that may suppose other figures than the report prints."""

    view: View
    supposition: Supposition | None

    def reply(self) -> Answer | None:
        """The answer; None when the question supposes nothing."""
        try:
            return self._reply()
        except _Stop as stop:
            return stop.answer

    def _reply(self) -> Answer | None:
        found = self.supposition
        if found is None:
            return self._chosen() or self._remains() or self._goes_on()
        if (refused := self._refused(found)) is not None:
            return refused
        if found.kind == "undo":
            return self._undone()
        if found.kind == "advised":
            return self._told(self._advised(found), again=found.again)
        changes: list[Change] = []
        assumed: list[str] = []
        note = ""
        for wish in found.wishes:
            if (figure := self._figure(wish, tuple(changes), again=found.again)) is not None:
                changes.append(figure)
                continue
            cells, taken = self._meant(wish, changes)
            cells = self._or_grand_total(wish, cells) if found.again else cells
            advised = self._advised_among(cells, wish)
            note = self.book.replies.advised_assumed if advised != cells else note
            cells = advised
            change = self._change(wish, cells, tuple(changes), again=found.again)
            changes.append(change)
            assumed += [change.cell] if taken else []
        told = self._told(tuple(changes), again=found.again, assumed=tuple(assumed))
        return told.model_copy(update={"text": f"{note}{told.text}"})

    def _refused(self, found: Supposition) -> Answer | None:
        """What cannot be supposed: words nobody knows, other bodies, other years."""
        if not found.known:
            return self.not_understood()
        replies = self.book.replies
        if any(w.target.asks("outside", "prior") for w in found.wishes):
            return self.no_basis(replies.no_other_bodies)
        if other := self._other_years(found):
            own = self.view.run.report.identity.year
            return self.no_basis(replies.other_year.format(year=own, asked=other))
        return None

    def _other_years(self, found: Supposition) -> str:
        """Years that are named and are not that of the report."""
        years = dict.fromkeys(y for w in found.wishes for y in w.target.all("year"))
        return "、".join(y for y in years if int(y) != self.view.run.report.identity.year)

    def _undone(self) -> Answer:
        replies = self.book.replies
        text = replies.undone if self.context.supposed else replies.nothing_supposed
        return Answer(kind="supposed", text=text, context=Conversation(focus="overview"))

    # -- which figure of the narrative -------------------------------------------------------

    def _figure(self, wish: Wish, before: tuple[Change, ...], *, again: bool) -> Change | None:
        """The figure of the narrative that a wish is about; None when it is about a cell.

        Raises:
            _Stop: the narrative has no such figure, or several.
        """
        q, replies = wish.target, self.book.replies
        prose, numbers = is_about_prose(q), q.all("number")
        elsewhere = q.places or any(q.all(k) for k in ("table", "ordinal", "rule"))
        if not prose and (elsewhere or len(numbers) != 1):
            return None
        claims = figures_meant(self.view, q) if numbers or q.places else ()
        if not claims:
            if prose:
                text = replies.no_such_figure if numbers or q.places else replies.name_figure
                raise _Stop(Answer(kind="ask_back", text=text, context=self.context))
            return None
        made = [reworded(c, wish.words, wish.by) for c in claims]
        choices = [c for c in made if c is not None]
        if len(choices) < len(made):
            text = replies.no_figure.format(cell=f"正文里的{claims[0].printed}")
            raise _Stop(Answer(kind="ask_back", text=text, context=self.context))
        if not prose and wish.words is not None:
            choices += self._cells_with(Decimal(numbers[0]), wish.words)
        if len(choices) > 1:
            raise _Stop(self._which_figure(tuple(choices), before))
        return choices[0]

    def _cells_with(self, value: Decimal, words: str) -> Iterator[Change]:
        """A figure that is named by nothing but its number may be that of a cell."""
        for cell, held in self.view.cells.items():
            new = new_value(self.view, cell, words) if held.value.value == value else None
            if new is not None:
                yield Change(cell=cell, printed=new.printed)

    def _which_figure(self, choices: tuple[Change, ...], before: tuple[Change, ...]) -> Answer:
        shown = choices[:_MOST_CHOICES]
        pending = Pending(changes=before, printed="", cells=(), choices=shown)
        return Answer(
            kind="ask_back",
            text=self.book.replies.which_figure.format(
                count=len(choices), places="；".join(places_of(self.view, shown))
            ),
            highlight=tuple(c.cell for c in shown if c.cell),
            context=self.context.model_copy(update={"pending": pending}),
        )

    # -- which cell -------------------------------------------------------------------------

    def _meant(self, wish: Wish, before: list[Change]) -> _Meant:
        """The cells that the words of a wish may mean.

        Raises:
            _Stop: none is meant.
        """
        q, context = wish.target, self.context
        if not q.places:
            if numbers := q.all("ordinal"):
                return _Meant(tuple(self._suspect(n) for n in numbers))
            if q.all("table") or q.all("section"):
                raise _Stop(self._which())
            if len(context.cells) == 1:
                return _Meant(context.cells)
            return _Meant(self._spoken_of())
        if (spoken := self._named_again(q)) is not None:
            return _Meant((spoken,))
        own = find_lines(self.view, places=q.places, tables=q.all("table"))
        if len({a for line in own for a in line.cells}) == 1:
            return one_cell(own)
        base = tuple(c.cell for c in before[-1:] if c.cell) or context.cells
        lines: tuple[Line, ...] = ()
        if kept := carried_over(base, q.places) if before or self._points(wish) else ():
            lines = find_lines(self.view, places=(*q.places, *kept), tables=q.all("table"))
        both = {"row", "column"} <= {t.kind for t in q.places[0].tags}
        if not lines and both and len(q.places) == 1:
            raise _Stop(self._which())  # 总计 alone is a row and a column
        lines = lines or own
        if not lines:
            names = "".join(f"“{p.text}”" for p in q.places)
            raise _Stop(self.no_basis(self.book.replies.no_cell.format(names=names)))
        return one_cell(lines)

    def _named_again(self, q: Question) -> str | None:
        """The cell spoken of last, where all that is named is its own row or column.

        After 自然人总计是多少, 总计改成2 is about that cell and no other.
        """
        context = self.context
        if context.focus != "cells" or len(context.cells) != 1:
            return None
        (cell,) = context.cells
        table, row, column = split_address(cell)
        own = {("row", f"{table}/{row}"), ("column", f"{table}/{column}")}
        tables = q.all("table")
        named = all(any((t.kind, t.value) in own for t in p.tags) for p in q.places)
        return cell if named and (not tables or tables == (table,)) else None

    def _advised_among(self, cells: tuple[str, ...], wish: Wish) -> tuple[str, ...]:
        """Of several cells the one for which a finding advises this very figure."""
        if len(cells) < _SEVERAL or not wish.words:
            return cells
        own = tuple(
            dict.fromkeys(
                f.suspect_cell
                for f in self.view.findings
                if f.suspect_cell in cells
                and f.suggested_value is not None
                and plain_number(f.suggested_value) == wish.words
            )
        )
        return tuple(c for c in own if c) if len(own) == 1 else cells

    def _spoken_of(self) -> tuple[str, ...]:
        """The cells that the finding spoken of last wants changed.

        Raises:
            _Stop: no finding was spoken of, or it names no cell.
        """
        number, findings = self.context.finding, self.view.findings
        if self.context.focus != "finding" or not number or number > len(findings):
            raise _Stop(self._which())
        found = findings[number - 1]
        if found.suspect_cell is not None:
            return (found.suspect_cell,)
        single = [r.changes[0].cell for r in found.repairs if len(r.changes) == 1]
        if not single:
            raise _Stop(self._which())
        return tuple(dict.fromkeys(single))

    def _or_grand_total(self, wish: Wish, cells: tuple[str, ...]) -> tuple[str, ...]:
        """With the other cell that 总计 alone may name, where the first was supposed before."""
        total = (
            any({t.kind for t in p.tags} >= {"row", "column"} for p in wish.target.places)
            and len(wish.target.places) == 1
        )
        if not total or len(cells) != 1 or cells[0] not in {c.cell for c in self.context.supposed}:
            return cells
        grand = f"{split_address(cells[0]).table}/{TOTAL}/{TOTAL}"
        return (*cells, grand) if grand in self.view.cells and grand not in cells else cells

    def _points(self, wish: Wish) -> bool:
        """Whether it goes on about what was spoken of, as in "那总计改成12呢"."""
        return bool({t.text for t in wish.target.tokens} & {"那", "那么"})

    def _which(self) -> Answer:
        return Answer(kind="ask_back", text=self.book.replies.which_cell, context=self.context)

    def _suspect(self, number: str) -> str:
        findings = self.view.findings
        found = findings[int(number) - 1] if number.isdecimal() and (
            1 <= int(number) <= len(findings)
        ) else None  # fmt: skip
        if found is None or found.suspect_cell is None:
            raise _Stop(self._which())
        return found.suspect_cell

    def _change(
        self, wish: Wish, cells: tuple[str, ...], before: tuple[Change, ...], *, again: bool
    ) -> Change:
        """The change of the one cell that is meant.

        Raises:
            _Stop: several may be meant, the report has no such cell, or it is no figure.
        """
        if len(cells) != 1 and wish.words is not None:
            raise _Stop(self._ask_back(cells, wish.words, before))
        if len(cells) != 1:
            raise _Stop(self._which())
        (cell,) = cells
        self._require_printed(cell)
        words = wish.words
        if words is None:
            base = (*(self.context.supposed if again else ()), *before)
            words = shifted(printed_in(self.view, base)[cell], wish.by)
        if words is None or new_value(self.view, cell, words) is None:
            text = self.book.replies.no_figure.format(cell=self.view.label(cell))
            raise _Stop(Answer(kind="ask_back", text=text, context=self.context))
        value = new_value(self.view, cell, words)
        return Change(cell=cell, printed=value.printed if value else "")

    def _ask_back(self, cells: tuple[str, ...], words: str, before: tuple[Change, ...]) -> Answer:
        choices = listed((self.view.label(c) for c in cells), most=_MOST_CHOICES)
        return Answer(
            kind="ask_back",
            text=self.book.replies.which_of.format(cells=choices),
            highlight=cells,
            context=self.context.model_copy(
                update={"pending": Pending(changes=before, printed=words, cells=cells)}
            ),
        )

    def _chosen(self) -> Answer | None:
        """The cell that was asked for, when the question names it."""
        q, pending = self.question, self.context.pending
        if pending is not None and pending.choices:
            return self._picked(pending)
        asked = q.intents - {"as_row", "as_column", "focus", "greeting"}
        if pending is None or not q.places or q.unknown or asked:
            return None
        kept = self._among(pending.cells, every=False) or self._among(pending.cells, every=True)
        if not kept:
            return None
        if len(kept) > 1:
            return self._ask_back(kept, pending.printed, pending.changes)
        wish = Wish(q, pending.printed)
        last = self._change(wish, kept, pending.changes, again=False)
        return self._told((*pending.changes, last), again=False)

    def _picked(self, pending: Pending) -> Answer | None:
        """The place that was asked for, when the question gives its number."""
        q = self.question
        numbers = q.all("ordinal")
        others = q.intents - {"focus", "greeting"}
        if len(numbers) != 1 or q.unknown or q.places or others or not numbers[0].isdecimal():
            return None
        if not 1 <= int(numbers[0]) <= len(pending.choices):
            return self._which_figure(pending.choices, pending.changes)
        return self._told((*pending.changes, pending.choices[int(numbers[0]) - 1]), again=False)

    def _among(self, cells: tuple[str, ...], *, every: bool) -> tuple[str, ...]:
        """Those of the cells that the question names; of a whole row its total."""
        q = self.question
        lines = find_lines(self.view, places=q.places, tables=q.all("table"), every=every)
        named = {a for line in lines for a in line.cells}
        kept = tuple(c for c in cells if c in named)
        return one_cell((Line("", "", kept),)).cells if kept else ()

    # -- what becomes of it -----------------------------------------------------------------

    def _remains(self) -> Answer | None:
        """Whether findings are still there under what is supposed, or once one is put right."""
        q, context = self.question, self.context
        numbers = [int(n) for n in q.all("ordinal") if n.isdecimal()]
        findings = self.view.findings
        known = bool(numbers) and all(1 <= n <= len(findings) for n in numbers)
        if not known or not q.asks("remains") or q.places or q.unknown:
            return None
        changes = context.supposed
        if not changes and context.focus == "finding" and context.finding:
            changes = self._advice(context.finding, findings[context.finding - 1])
        if not changes:
            return None
        gone = {f.fingerprint for f in what_if(self.view, changes).gone}
        replies = self.book.replies
        lines = [
            (replies.goes if findings[n - 1].fingerprint in gone else replies.stays).format(
                number=n
            )
            for n in numbers
        ]
        told = self._told(changes, again=False)
        return told.model_copy(update={"text": "\n".join((*lines, told.text))})

    def _advised(self, found: Supposition) -> tuple[Change, ...]:
        """The figures that findings advise.

        Raises:
            _Stop: a finding advises none, or several.
        """
        whole = found.whole
        numbers = whole.all("ordinal") if whole else ()
        findings = self.view.findings
        if whole and (whole.places or whole.all("table") or whole.all("rule")):
            raise _Stop(self.not_understood())
        if numbers:
            chosen = [int(n) if n.isdecimal() else len(findings) for n in numbers]
        elif self.context.focus == "finding" and self.context.finding:
            chosen = [self.context.finding]
        else:
            chosen = [n for n, f in enumerate(findings, 1) if _is_advised(f)]
        if not chosen or not all(1 <= n <= len(findings) for n in chosen):
            raise _Stop(self._nothing_advised(chosen))
        changes = {c.cell: c for n in chosen for c in self._advice(n, findings[n - 1])}
        return tuple(changes.values())

    def _advice(self, number: int, finding: Finding) -> tuple[Change, ...]:
        values: dict[str, Decimal | None] = {}
        if finding.suspect_cell and finding.suggested_value is not None:
            values = {finding.suspect_cell: finding.suggested_value}
        elif len(finding.repairs) == 1:
            values = {c.cell: c.value for c in finding.repairs[0].changes}
        known = {c: plain_number(v) for c, v in values.items() if v is not None}
        if not known or len(known) < len(values):
            raise _Stop(self._nothing_advised([number]))
        for cell in known:
            self._require_printed(cell)
        return tuple(Change(cell=c, printed=w) for c, w in known.items())

    def _require_printed(self, cell: str) -> None:
        if self.view.value(cell) is None:
            text = self.book.replies.not_printed.format(cell=self.view.label(cell))
            raise _Stop(Answer(kind="ask_back", text=text, context=self.context))

    def _nothing_advised(self, numbers: list[int]) -> Answer:
        which = f"第{'、'.join(map(str, numbers))}条" if numbers else "这份报告的问题"
        text = self.book.replies.no_advice.format(which=which)
        return Answer(kind="ask_back", text=text, context=self.context)

    def _told(
        self, changes: tuple[Change, ...], *, again: bool, assumed: tuple[str, ...] = ()
    ) -> Answer:
        kept = {c.key: c for c in self.context.supposed} if again else {}
        merged = kept | {c.key: c for c in changes}
        found = what_if(self.view, tuple(merged.values()))
        taken = self.book.replies.total_assumed if assumed else ""
        replies = self.book.replies
        dropped = {c.key for c in self.context.supposed} - set(merged)
        before = replies.afresh if dropped else ""
        if merged.keys() - {c.key for c in changes}:
            before = replies.on_top
        counted = self.question.asks("count")
        return tell_what_if(self.view, found, assumed=f"{taken}{before}", counted=counted)

    def _goes_on(self) -> Answer | None:
        """A question such as "还有别的问题吗" right after a supposition is about it."""
        q, context = self.question, self.context
        if context.focus != "supposed" or not context.supposed or q.unknown or q.places:
            return None
        named = q.all("ordinal") or q.all("table") or q.all("section") or q.all("rule")
        if named or not q.intents or not q.intents <= _GOES_ON:
            return None
        found = what_if(self.view, context.supposed)
        counted = q.asks("count")
        return tell_what_if(self.view, found, whole=not q.asks("count", "remains"), counted=counted)


def _is_advised(finding: Finding) -> bool:
    """Whether it advises a figure, and no other one as well."""
    sure = finding.suspect_cell is not None and finding.suggested_value is not None
    return sure or len(finding.repairs) == 1


def one_cell(lines: tuple[Line, ...]) -> _Meant:
    """The one cell of the lines; of a row that is named without a column, its total."""
    cells = tuple(dict.fromkeys(a for line in lines for a in line.cells))
    if len(cells) == 1:
        return _Meant(cells)
    rows = {split_address(a)[:2] for a in cells}
    totals = tuple(a for a in cells if split_address(a).column == TOTAL)
    if len(rows) == 1 and len(totals) == 1 and not lines[0].summed:
        return _Meant(totals, assumed=True)
    return _Meant(cells)
