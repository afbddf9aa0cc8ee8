"""Answers questions about cells, named by row, column or group."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from checker.answers.additions import tell_additions
from checker.answers.asked import Asked
from checker.answers.cells import blankness, compared, of_one_side, tell_cells
from checker.answers.findings import ASPECTS, tell_finding
from checker.answers.locate import TOTAL, Line, carried_over, find_lines, total_beside
from checker.answers.money import tell_units
from checker.answers.parse import Tag, TagKind, Token
from checker.answers.questions import Intent
from checker.answers.shares import find_shares, tell_shares
from checker.answers.types import Answer
from checker.answers.view import View
from checker.answers.whole import tell_sums
from checker.answers.wholes import (
    names_whole_only,
    of_figures,
    shares_of_several,
    shares_of_spoken,
)
from checker.checks.blame import blamed_cells, cells_of
from checker.domain.finding import Finding
from checker.domain.report import split_address

_MOST_FINDINGS: Final = 3
_ADD: Final = "加起"
_TABLE: Final = "表"
_NOT: Final = ("不是", "而不是")
_WHOSE: Final = frozenset({"的", "都", "分别", "申请", "是", "有", "那", "这", "呢"})
_BESIDE: Final[frozenset[Intent]] = frozenset(
    {"value", "focus", "as_row", "as_column", "sum", "share"}
)
_ASIDE: Final[frozenset[Intent]] = _BESIDE | frozenset(
    {"should", "fix", "why", "healthy", "false_alarm", "must", "where", "problems"}
)
"""What may be asked of the other half of a cell: 那总计应该填几."""


APPLICATIONS: Final = Token("", frozenset({Tag("row", "requests/new_received")}))
"""The row that is meant where only applicants are named: 法人有几件."""


@dataclass(frozen=True)
class Places(Asked):
    """A question that may name cells of a report."""

    view: View

    def shares(self) -> Answer | None:
        """What share a figure is of its total; of what was spoken of last when none is named."""
        q, view = self.question, self.view
        goes_on = self.context.aspect == "share" and self._continues() and not q.asks("sum")
        if not (q.asks("share") or goes_on):
            return None
        several = not q.places and len(self.context.cells) > 1 and not q.all("table")
        if several or names_whole_only(q):
            cells = self.context.cells
            spoken = (
                shares_of_several(view, cells)
                if several
                else shares_of_spoken(view, q.places, cells)
            )
            return tell_shares(view, spoken) if spoken else self.not_understood()
        kept = carried_over(self.context.cells, q.places) if goes_on or self._continues() else ()
        places = q.places or tokens_of(self.context.cells)
        if not places:
            names = "".join(f"“{t.text}”" for t in q.tokens if t.values("table"))
            return self.no_basis(self.book.replies.no_whole.format(name=names)) if names else None
        found = find_shares(view, q, (*places, *kept))
        if q.all("number"):
            found = of_figures(view, found, q)
        if not found and q.all("number"):
            return self.no_basis(
                self.book.replies.no_such_whole.format(
                    name="".join(f"“{p.text}”" for p in q.places), number="、".join(q.all("number"))
                )
            )
        if not found:
            names = "".join(f"“{p.text}”" for p in q.places)
            return self.no_basis(self.book.replies.no_whole.format(name=names))
        return tell_shares(view, found)

    def cells(self) -> Answer | None:
        """Cells, named by row, column or group; missing parts come from the context."""
        q, view = self.question, self.view
        if not q.places or self._is_section_title():
            return None
        lines: tuple[Line, ...] = ()
        if q.asks("blamed", "unit"):
            return self._blamed() if q.asks("blamed") else self._units()
        own = find_lines(view, places=q.places, tables=q.all("table"))
        definite = len({a for line in own for a in line.cells}) == 1
        if (self._continues(_ASIDE) or self._asks_total_of_row()) and not definite:
            kept = carried_over(self.context.cells, q.places)
            lines = find_lines(view, places=(*q.places, *kept), tables=q.all("table"))
            lines = lines if kept else ()
        carried = bool(lines)
        lines = lines or own or self._less_named()
        if (refused := self._refused(lines)) is not None:
            return refused
        whole = q.asks("balance") or (
            q.asks("healthy", "differ") and q.asks("sum", "as_row", "as_column", "across", "down")
        )
        if whole and (sums := tell_sums(view, self.library, lines)) is not None:
            return sums
        if q.asks("sum") and len(lines) > len(q.places):
            lines = of_one_side(lines, len(q.places))
        if q.asks("as_column", "all"):
            lines = tuple(line._replace(main=()) for line in lines)
        addresses = {a for line in lines for a in line.cells}
        if q.asks("money") and not any(view.is_money(a) for a in addresses):
            return self.no_basis(self.book.replies.no_money)
        return self._about_cells(view, lines, addresses, carried=carried)

    def _refused(self, lines: tuple[Line, ...]) -> Answer | None:
        """That the words name no cell, or ask of cells what none of them holds."""
        q = self.question
        if not lines:
            names = "".join(f"“{p.text}”" for p in q.places)
            return self.no_basis(self.book.replies.no_cell.format(names=names))
        if q.asks("agency", "members") and not self._asks_applicants(lines):
            return self.not_understood()  # 处罚是谁的; of applications it is the applicants
        return None

    def _asks_applicants(self, lines: tuple[Line, ...]) -> bool:
        """Whether it is asked whose applications they are, not who filled in the row."""
        q = self.question
        others = (t for t in q.tokens if not t.values("intent") and not t.values("number"))
        places = {p.text for p in q.places}
        plain = all(t.text in _WHOSE or t.text in places for t in others)
        asked = q.intents <= {"agency", "members", "value", "focus"}
        return plain and asked and all(map(_by_applicant, lines))

    def _less_named(self) -> tuple[Line, ...]:
        """The cells that are meant when the words do not all fit together.

        Applicants alone are those of the year; 收了 beside 收费 names no row.
        """
        q = self.question
        nouns = tuple(p for p in q.places if p.text not in self.book.doings)
        fewer = find_lines(self.view, places=nouns, tables=q.all("table")) if nouns else ()
        return fewer or find_lines(
            self.view, places=(*q.places, APPLICATIONS), tables=q.all("table")
        )

    def same_cells(self) -> Answer:
        """The cells spoken of last."""
        line = Line(split_address(self.context.cells[0]).table, "", self.context.cells)
        q = self.question
        return tell_cells(
            self.view, (line,), status=True, total=q.asks("sum"), place=q.asks("page")
        )

    def _units(self) -> Answer | None:
        """In which unit the amounts that are named are given."""
        q, view = self.question, self.view
        lines = find_lines(view, places=q.places, tables=q.all("table")) if q.places else ()
        spoken = () if q.places else self.context.cells
        money = tuple(a for line in lines for a in line.cells if view.is_money(a))
        money = money or tuple(a for a in spoken if view.is_money(a))
        return tell_units(view, money) if money else self.no_basis(self.book.replies.no_money)

    def amount_unit(self) -> Answer | None:
        """The unit of the amounts spoken of last: 单位是什么."""
        q = self.question
        spoken = any(self.view.is_money(a) for a in self.context.cells)
        return self._units() if q.asks("unit") and spoken and not q.places else None

    def _blamed(self) -> Answer | None:
        """Why a finding blames the cells that are named, or why it does not."""
        q, view = self.question, self.view
        at = next((i for i, t in enumerate(q.tokens) if t.text in _NOT), None)
        if at is not None and not q.asks("why", "false_alarm"):
            return self.not_understood()  # 不是自然人的有几件
        behind = tuple(p for p in q.places if at is not None and _stands_behind(q.tokens, at, p))
        ahead = tuple(p for p in q.places if p not in behind) if behind else ()
        every = find_lines(view, places=behind or q.places, tables=q.all("table"), every=True)
        named = {a for line in every for a in line.cells}
        beside = view.about_cells(named & {*self.context.cells})
        meant = (self.context.finding,) if self.context.finding else beside
        if ahead:
            meant = self._blaming_rather(ahead, named) or meant
        if len(meant) != 1 or not 1 <= meant[0] <= len(view.findings):
            numbers = meant or view.blaming_cells(named)
            return self.findings(numbers) if 1 <= len(numbers) <= _MOST_FINDINGS else None
        (number,) = meant
        told, replies = self.finding(number), self.book.replies
        own = named & {*cells_of(view.finding(number))}
        if own & {*blamed_cells(view.finding(number))}:
            return told
        others = () if own or q.all("ordinal") else view.blaming_cells(named)
        if 1 <= len(others) <= _MOST_FINDINGS:
            return self.findings(others)  # the talk goes on to the finding that blames them
        names = "".join(f"“{p.text}”" for p in q.places)
        opening = (
            replies.not_blamed.format(number=number)
            if own
            else replies.not_used.format(number=number, names=names)
        )
        found = view.finding(number)
        only = len(found.repairs) <= 1 and found.rule in self.library.equations
        if own and only and found.suspect_cell is not None:
            opening += replies.one_change.format(cell=view.label(found.suspect_cell))
        return told.model_copy(update={"text": f"{opening}\n{told.text}"})

    def _blaming_rather(self, ahead: tuple[Token, ...], named: set[str]) -> tuple[int, ...]:
        """The findings that blame a cell of each word ahead and rest on one that is named."""
        view = self.view
        own = [find_lines(view, places=(p,), tables=(), every=True) for p in ahead]
        cells = [{a for line in lines for a in line.cells} for lines in own]
        return tuple(
            n
            for n, f in enumerate(view.findings, 1)
            if named & {*cells_of(f)} and all(c & {*blamed_cells(f)} for c in cells)
        )

    def sum_of_table(self) -> Answer | None:
        """What a table without a row of totals comes to: 复议和诉讼加起来几件."""
        q, tables = self.question, self.question.all("table")
        if len(tables) != 1 or q.places or not q.asks("sum") or q.intents - {"sum", "value"}:
            return None
        spec = self.view.spec(tables[0])
        if spec.column(TOTAL) is None or spec.row(TOTAL) is not None:
            return None
        cells = tuple(f"{spec.id}/{r.id}/{TOTAL}" for r in spec.rows)
        line = Line(spec.id, f"表{spec.ordinal}各行“总计”列", cells, summed=True)
        return tell_cells(self.view, (line,), status=False, total=False)

    def total_spoken_of(self) -> Answer | None:
        """那合计呢: the total of what was spoken of last."""
        q, context = self.question, self.context
        said = [t.text for t in q.tokens if "sum" in t.values("intent")]
        cells = context.cells if context.focus == "cells" else ()
        if not cells or not said or q.intents - {"sum", "value", "focus"} or q.places:
            return None
        if any(q.all(kind) for kind in ("table", "section", "topic", "number", "ordinal")):
            return None
        alone = len(cells) == 1
        if alone and any(t.startswith(_ADD) for t in said):
            return None  # one figure is added to nothing
        line = total_beside(self.view, cells)
        return tell_cells(self.view, (line,), status=False, total=False) if line else None

    def _about_cells(
        self, view: View, lines: tuple[Line, ...], addresses: set[str], *, carried: bool
    ) -> Answer:
        """What the cells hold, or the findings that the question about them is about."""
        q = self.question
        if q.asks("unraised"):
            raised = view.blaming_cells(addresses)[:_MOST_FINDINGS]
            return self.findings(raised) if raised else self._held(view, lines, {"healthy"})
        alone = q.asks("differ") and len(lines) == 1 and not q.all("number")
        doubted = len(addresses) == 1 and bool(view.blaming_cells(addresses))  # 总计为什么是9
        if alone or (q.asks("why", "basis") and not (doubted or self._says_wrong())):
            return self.not_understood()  # 新收一样吗: as what; 复议为什么败诉
        if q.asks("sums") or self._added_up(lines):
            added = tell_additions(view, lines)
            told = added or tell_cells(view, lines, status=False, total=True)
            if added or not q.asks("sums") or told.kind == "sum":
                return told
            return told.model_copy(update={"text": f"{told.text}\n{self.book.replies.no_sum}"})
        if q.asks("value") and q.asks("should") and (both := self._and_wanted(addresses)):
            return both
        asked = set(ASPECTS) & self._aspects - {"where", "page"}
        found = self._findings_there(view, addresses, asked, every=not carried) if asked else ()
        return self.findings(found) if found else self._held(view, lines, asked)

    def _and_wanted(self, addresses: set[str]) -> Answer | None:
        """What the cells hold that findings blame, and what these would have there."""
        view = self.view
        numbers = view.blaming_cells(addresses)
        if self.context.finding in numbers:
            numbers = (self.context.finding,)
        if not 1 <= len(numbers) <= _MOST_FINDINGS:
            return None
        blamed = {a for n in numbers for a in blamed_cells(view.finding(n))} & addresses
        held = tell_cells(
            view,
            tuple(Line(split_address(a).table, "", (a,)) for a in sorted(blamed)),
            status=False,
            total=False,
        )
        told = self.findings(numbers)
        lines = held.text.splitlines()[: len(blamed)]
        return told.model_copy(update={"text": "\n".join((*lines, told.text))})

    def _added_up(self, lines: tuple[Line, ...]) -> bool:
        """Whether it is asked what the parts of one total come to: 这一行加起来多少."""
        said = any(
            t.text.startswith(_ADD) for t in self.question.tokens if "sum" in t.values("intent")
        )
        return (
            said and len(lines) == 1 and not lines[0].summed and not self.question.asks("healthy")
        )

    def _findings_there(
        self, view: View, addresses: set[str], asked: set[str], *, every: bool
    ) -> tuple[int, ...]:
        """The findings that the question is about; none when it is about the cells themselves."""
        q = self.question
        repair = asked & {"fix", "should"}
        numbers = view.blaming_cells(addresses)
        if not q.asks("value"):
            sure = tuple(n for n in numbers if addresses & {*_wanted(view.finding(n))})
            own = sure if repair and sure else numbers
            if 1 <= len(own) <= _MOST_FINDINGS:
                return own
        if not repair or numbers or not every:
            return ()
        # “总计应该填几”: the total that is wrong, not the first one
        lines = find_lines(view, places=q.places, tables=q.all("table"), every=True)
        return view.blaming_cells(a for line in lines for a in line.cells)

    def _held(self, view: View, lines: tuple[Line, ...], asked: set[str]) -> Answer:
        """What the cells hold, with what is said directly to the question."""
        q = self.question
        notes = self._notes(lines) if asked & {"fix", "should", "why"} else ()
        told = tell_cells(
            view,
            lines,
            status=(bool(asked) and not notes)
            or q.asks("healthy", "problems", "passed", "balance"),
            total=q.asks("sum"),
            place=q.asks("page"),
        )
        if opening := self._opening(view, lines):
            return told.model_copy(update={"text": f"{opening}\n{told.text}"})
        touched = any(c.finding for c in told.citations)
        if touched or not asked & {"fix", "should", "why"}:
            return told
        end = () if asked == {"why"} else (self.book.replies.no_should,)
        return told.model_copy(update={"text": "\n".join((told.text, *notes, *end))})

    def _notes(self, lines: tuple[Line, ...]) -> tuple[str, ...]:
        """The findings that rest on the cells and blame others, those of their rows first."""
        view = self.view
        cells = [a for line in lines for a in line.cells]
        blaming = view.blaming_cells(cells)
        others = [n for n in view.about_cells(cells) if n not in blaming]
        rows = {view.row_name(*split_address(a)[:2]) for a in cells}
        own = [n for n in others if any(r in view.finding(n).message for r in rows)]
        not_blamed = self.book.replies.not_blamed
        told = (own or others)[:_MOST_FINDINGS]
        return tuple(f"{not_blamed.format(number=n)}{view.finding(n).message}" for n in told)

    def _opening(self, view: View, lines: tuple[Line, ...]) -> str:
        """The direct answer to "是不是0" or "是什么意思", before what the cells hold."""
        q = self.question
        if q.asks("definition"):
            return self.book.replies.no_meaning
        if {*q.all("topic")} & {*self.book.blanks}:
            return blankness(view, lines)
        numbers = q.all("number")
        if len(numbers) == 1 and not q.asks("value", "money"):
            return compared(view, lines, numbers[0])
        return ""

    def _is_section_title(self) -> bool:
        """A name such as 主动公开政府信息情况 is a section, unless a figure is asked."""
        q = self.question
        return bool(q.all("section")) and not q.asks("value", "sum") and all(
            p.values("section") or p.values("table") for p in q.places
        )  # fmt: skip

    def _continues(self, aims: frozenset[Intent] = _BESIDE) -> bool:
        """Whether "那商业企业呢？" goes on about the cells spoken of last.

        Args:
            aims: what may be asked of them.
        """
        q = self.question
        alone = q.intents <= aims
        bare = not q.intents and all(t.text in {p.text for p in q.places} for t in q.tokens)
        onward = self.onward or q.asks("focus") or (bare and self.context.aspect == "share")
        return bool(self.context.cells) and alone and onward

    def _asks_total_of_row(self) -> bool:
        """Whether 总计该是多少 is about the row spoken of last: 总计 alone is no cell."""
        q, context = self.question, self.context
        owners = {split_address(a)[:2] for a in context.cells}
        named = q.all("table") or any(_TABLE in p.text for p in q.places)  # 表三最后一列
        if context.focus != "cells" or len(owners) != 1 or named:
            return False
        ((table, _),) = owners
        total = Tag("column", f"{table}/{TOTAL}")
        return q.intents <= _ASIDE | {"balance"} and all(total in p.tags for p in q.places)

    def finding(self, number: int) -> Answer:
        """One finding, with what is asked about it."""
        asked = tuple(a for a in ASPECTS if a in self._aspects)
        plain = self.question.intents - {"focus", "problems"}
        if not asked and not plain and self.context.aspect in ASPECTS:
            asked = (self.context.aspect,)
        known = self.context.focus == "finding" and self.context.finding == number
        return tell_finding(self.view, self.library, number=number, aspects=asked, known=known)

    def findings(self, numbers: tuple[int, ...]) -> Answer:
        """Several findings, one after the other; the talk goes on about all of them."""
        told = joined([self.finding(n) for n in numbers])
        if len(numbers) == 1:
            return told
        return told.model_copy(
            update={
                "context": told.context.model_copy(
                    update={"numbers": numbers, "listed": len(numbers)}
                )
            }
        )

    def _says_wrong(self) -> bool:
        """Whether it is asked why something is wrong, not why it happened."""
        said = [t.text for t in self.question.tokens if t.values("intent")]
        wrong = any(w in text for w in self.book.matching.wrong for text in said)
        return wrong or self.question.asks("healthy", "problems", "relation", "balance", "focus")

    @property
    def _aspects(self) -> frozenset[str]:
        """What is asked; how a finding was added up is why it is one."""
        asked = self.question.intents
        return asked | {"why"} if {"sums", "blamed"} & asked else asked


def _wanted(finding: Finding) -> Iterator[str]:
    """The cells that a finding itself wants changed."""
    if finding.suspect_cell is not None:
        yield finding.suspect_cell
    yield from (c.cell for repair in finding.repairs for c in repair.changes)


def joined(answers: Sequence[Answer]) -> Answer:
    """Several answers of one kind as one; what the last is about is spoken of next."""
    if len(answers) == 1:
        return answers[0]
    return Answer(
        kind=answers[0].kind,
        text="\n\n".join(a.text for a in answers),
        citations=tuple(c for a in answers for c in a.citations),
        highlight=tuple(dict.fromkeys(c for a in answers for c in a.highlight)),
        context=answers[-1].context,
    )


def _by_applicant(line: Line) -> bool:
    """Whether it is a row of applications with its applicants."""
    return line.table == "requests" and len(line.cells) > 1 and not line.summed


def _stands_behind(tokens: Sequence[Token], at: int, place: Token) -> bool:
    return any(t.text == place.text for t in tokens[at + 1 :])


def tokens_of(cells: tuple[str, ...]) -> tuple[Token, ...]:
    """The one cell spoken of last, as words that name its row and its column."""
    if len(cells) != 1:
        return ()
    table, row, column = split_address(cells[0])
    kinds: tuple[tuple[TagKind, str], ...] = (("row", row), ("column", column))
    return tuple(Token("", frozenset({Tag(k, f"{table}/{i}")})) for k, i in kinds)
