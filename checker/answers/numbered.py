"""Rows, columns and cells called by number: 表三第一行, 表四的倒数第二列, 表四第一格."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal, NamedTuple

from checker.answers.questions import QuestionBook
from checker.answers.wording import fold, ordinal
from checker.domain.report import split_address
from checker.rulebook import FormSpec, TableSpec
from checker.rulebook.forms import ColumnSpec, RowSpec

NUMERAL: Final = r"[零〇一二两三四五六七八九十百]+|\d+"
_FIRST: Final = "最上面|最左边|最前面|首|头"
_LAST: Final = "最后|最末|最下面|最底下|最右边|末尾|末"
_CELL: Final = r"个?(?:数据|数字|单元)?(?:格子|格)"
_COUNTERS: Final[Mapping[str, Literal["row", "column"]]] = {"行": "row", "列": "column"}


class Numbered(NamedTuple):
    """A row or a column that is called by its number.

    Attributes:
        text: the words, from the name of the table to 行 or 列.
        address: of the row or column: ``requests/new_received``.
    """

    text: str
    kind: Literal["row", "column"]
    address: str


class NumberedLines:
    """The first row, the second column that holds figures, of the tables that have names.

    Args:
        book: the names of the tables, and whose rows and columns are called by number.
        form: the form whose rows and columns they are.
    """

    def __init__(self, book: QuestionBook, form: FormSpec) -> None:
        self._tables: dict[str, list[str]] = {}
        self._lines: dict[tuple[str, str], Sequence[RowSpec | ColumnSpec]] = {}
        for table in book.numbered_rows:
            self._lines[table, "row"] = form.table(table).rows
        for table in book.numbered_columns:
            self._lines[table, "column"] = form.table(table).columns
        for table in dict.fromkeys((*book.numbered_rows, *book.numbered_columns)):
            for name in book.tables[table]:
                self._tables.setdefault(fold(name), []).append(table)
        names = "|".join(sorted(map(re.escape, self._tables), key=len, reverse=True))
        self._cells: dict[str, tuple[str, ...]] = {}
        self._specs: dict[str, TableSpec] = {}
        for table in book.numbered_rows:
            self._specs[table] = form.table(table)
            self._cells[table] = tuple(form.table(table).addresses())
        called = (
            rf"(?P<table>{names})的?"
            rf"(?:(?P<behind>倒数)?第(?P<number>{NUMERAL})"
            rf"|(?:(?P<first>{_FIRST})|{_LAST})(?:那?一|[那的这])?)"
        )
        self._pattern = re.compile(rf"{called}(?P<counter>[行列])")
        self._cell = re.compile(f"{called}{_CELL}")

    def at(self, text: str, place: int) -> Iterator[Numbered]:
        """The row or column that a folded question names at a place; of several tables, each."""
        found = self._pattern.match(text, place)
        if found is None:
            return
        kind = _COUNTERS[found["counter"]]
        for table in self._tables[found["table"]]:
            lines = self._lines.get((table, kind), ())
            if number := _place(found, len(lines)):
                yield Numbered(found[0], kind, f"{table}/{lines[number - 1].id}")

    def cell_at(self, text: str, place: int) -> tuple[str, str] | None:
        """The words that call a cell by its number, and others that name its row and column.

        Cells are counted as they are printed, row by row.
        """
        found = self._cell.match(text, place)
        tables = self._tables[found["table"]] if found else []
        if found is None or len(tables) != 1:
            return None
        (table,) = tables
        cells = self._cells.get(table, ())
        if not (number := _place(found, len(cells))):
            return None
        parts, spec = split_address(cells[number - 1]), self._specs[table]
        row = [r.id for r in spec.rows].index(parts.row) + 1
        column = spec.column(parts.column)
        return found[0], f"{found['table']}第{row}行{fold(column.name) if column else ''}"


def _place(found: re.Match[str], count: int) -> int:
    """The number that is said, of so many; 0 when there is no such one."""
    number = 1 if found["first"] else count
    if found["number"]:
        said = ordinal(found["number"]) or 0
        number = count + 1 - said if found["behind"] else said
    return number if 0 < number <= count else 0
