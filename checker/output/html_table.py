"""A statutory table as HTML in the official layout, with the cells as read."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from html import escape
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from checker.domain.finding import Severity
from checker.domain.report import ReportCell, TableId, split_address
from checker.domain.run import CheckRun
from checker.output.labels import SEVERITIES
from checker.output.tableview import ExtraRow, TableView, cell_text, view
from checker.rulebook.forms import BlockSpec, LabelSpec

NO_MARKS: Final[Mapping[str, Severity]] = MappingProxyType({})
NO_REFERENCES: Final[Mapping[str, Sequence[int]]] = MappingProxyType({})


class Label(NamedTuple):
    """A heading; ``note`` is the wording of the report where it differs."""

    id: str
    text: str
    note: str = ""


class Head(NamedTuple):
    """A heading in place: how many leaves it covers and over how many levels it reaches."""

    label: Label
    level: int
    span: int
    reach: int


class Look(NamedTuple):
    """How cells are set off; see ``html_table``."""

    highlight: Collection[str]
    mark: Mapping[str, Severity]
    references: Mapping[str, Sequence[int]]
    anchor: str | None


def cell_id(anchor: str, address: str) -> str:
    """The id of a cell in a page."""
    return f"{anchor}cell-{address.replace('/', '-')}"


def html_table(  # noqa: PLR0913  all but two are optional and independent
    run: CheckRun,
    table_id: TableId,
    *,
    highlight: Collection[str] = (),
    mark: Mapping[str, Severity] = NO_MARKS,
    references: Mapping[str, Sequence[int]] = NO_REFERENCES,
    anchor: str | None = None,
) -> str:
    """The table in the layout of its form; what stands outside the form follows.

    The result is one ``<div class="xx-table">``; a table that was not found is a sentence in it.
    Every cell carries ``data-cell="table/row/column"`` and the classes ``xx-cell``,
    ``xx-given|blank|dash|words|unreadable|missing`` and, where it applies,
    ``xx-error|warning|note`` and ``xx-highlight``.

    Args:
        run: the run that read the table.
        table_id: which table.
        highlight: addresses to light up.
        mark: addresses of wrong cells with the severity of their finding.
        references: addresses with the numbers of the findings about them; each becomes a link
            to ``#{anchor}finding-{number}``.
        anchor: prefix of the ids of cells and findings; without it cells get no id, because an
            id may stand only once in a page.
    """
    shown = view(run.report, table_id)
    caption = escape(f"表{shown.spec.ordinal} {shown.spec.title}")
    if shown.table is None:
        body = '<p class="xx-absent">报告中没有找到这张表。</p>'
    else:
        painter = _Painter(shown, Look(highlight, mark, references, anchor))
        parts = painter.across() if shown.spec.orientation == "across" else painter.down()
        body = f"<table>{''.join(parts)}</table>{painter.outside()}"
    return f'<div class="xx-table" data-table="{table_id}"><h3>{caption}</h3>{body}</div>'


def lay_out(leaves: Sequence[tuple[Label, ...]], weights: Sequence[int]) -> list[list[Head]]:
    """For every leaf the headings that begin there, the outermost first.

    Args:
        leaves: each leaf's headings from the outermost to its own.
        weights: how many grid cells each leaf takes.
    """
    levels = max(map(len, leaves), default=0)
    result: list[list[Head]] = []
    for index, chain in enumerate(leaves):
        before = leaves[index - 1] if index else ()
        heads: list[Head] = []
        for level, label in enumerate(chain):
            same = chain[: level + 1]
            if before[: level + 1] == same:
                continue
            end = index
            while end < len(leaves) and leaves[end][: level + 1] == same:
                end += 1
            reach = levels - level if level == len(chain) - 1 else 1
            heads.append(Head(label, level, sum(weights[index:end]), reach))
        result.append(heads)
    return result


def _th(
    text: str,
    *,
    rows: int = 1,
    columns: int = 1,
    note: str = "",
    kind: Literal["col", "row", "rowgroup"] = "col",
) -> str:
    spans = f' rowspan="{rows}"' if rows > 1 else ""
    spans += f' colspan="{columns}"' if columns > 1 else ""
    printed = f' <small class="xx-printed">原文“{escape(note)}”</small>' if note else ""
    return f'<th scope="{kind}"{spans}>{escape(text)}{printed}</th>'


class _Painter:
    """Writes the rows of one table.

    Tables two and three run down: a printed row for each row of the form. Table four runs
    across: its rows stand side by side, each with all columns below it.
    """

    def __init__(self, shown: TableView, look: Look) -> None:
        self._shown = shown
        self._spec = shown.spec
        self._look = look
        self._placed = frozenset(
            row.row for row in shown.extra_rows() if self._home(row) is not None
        )

    def down(self) -> Iterator[str]:
        """Blocks one below the other; those with a heading carry their column heads with them."""
        depth = max(len(self._shown.chain(r.group)) for r in self._spec.rows) + 1
        width = max(len(b.columns) for b in self._spec.blocks)
        for block in self._spec.blocks:
            heads = "".join(self._column_heads(block, depth, width))
            rows = "".join(self._rows(block, depth, width))
            if block.heading:
                own = _th(block.heading, columns=depth + width, kind="rowgroup")
                yield f"<tbody><tr>{own}</tr>{heads}{rows}</tbody>"
            else:
                yield f"<thead>{heads}</thead><tbody>{rows}</tbody>"

    def across(self) -> Iterator[str]:
        """All rows of the form side by side."""
        pairs = [(r, c) for b in self._spec.blocks for r in b.rows for c in b.columns]
        leaves = []
        for row_id, column_id in pairs:
            row = self._spec.row(row_id)
            chain = self._chain(row.group) if row else ()
            leaves.append((*chain, self._label(row_id, row), self._column(column_id)))
        yield f"<thead>{''.join(self._levels(leaves, [1] * len(leaves)))}</thead>"
        cells = [self._cell(r, c, self._shown.cell(r, c)) for r, c in pairs]
        yield f"<tbody><tr>{''.join(cells)}</tr></tbody>"

    def outside(self) -> str:
        """What fits into no block of the form."""
        items = []
        for row in self._shown.extra_rows():
            if row.row in self._placed:
                continue
            for extra in row.cells:
                _, _, column = split_address(extra.cell.address)
                name = escape(f"{row.label}，{extra.column}：")
                cell = self._cell(row.row, column, extra.cell, tag="span")
                items.append(f"<li>{name}{cell}</li>")
        if not items:
            return ""
        return f'<p>官方格式以外的内容：</p><ul class="xx-outside">{"".join(items)}</ul>'

    def _column_heads(self, block: BlockSpec, depth: int, width: int) -> Iterator[str]:
        corner = self._spec.corner
        # A second corner label is the heading over all columns (申请人情况 in table three).
        over = (Label("", corner[-1]),) if len(corner) > 1 else ()
        leaves = []
        for column in block.columns:
            spec = self._spec.column(column)
            chain = self._chain(spec.group) if spec else ()
            leaves.append((*over, *chain, self._column(column)))
        levels = max(map(len, leaves))
        first = _th(corner[0] if corner else "", rows=levels, columns=depth)
        yield from self._levels(leaves, _weights(block, width), first)

    def _levels(
        self, leaves: Sequence[tuple[Label, ...]], weights: Sequence[int], first: str = ""
    ) -> Iterator[str]:
        heads = [h for starting in lay_out(leaves, weights) for h in starting]
        for level in range(max(map(len, leaves))):
            cells = [
                _th(h.label.text, rows=h.reach, columns=h.span, note=h.label.note)
                for h in heads
                if h.level == level
            ]
            yield f"<tr>{'' if level else first}{''.join(cells)}</tr>"

    def _rows(self, block: BlockSpec, depth: int, width: int) -> Iterator[str]:
        lines = tuple(self._lines(block))
        heads = lay_out([chain for _, chain in lines], [1] * len(lines))
        weights = _weights(block, width)
        missing = depth - max((len(chain) for _, chain in lines), default=depth)
        for (row, chain), starting in zip(lines, heads, strict=True):
            labels = "".join(
                _th(
                    h.label.text,
                    rows=h.span,
                    columns=h.reach + (missing if h.label == chain[-1] else 0),
                    note=h.label.note,
                    kind="row",
                )
                for h in starting
            )
            cells = "".join(
                self._cell(row, c, self._shown.cell(row, c), columns=w)
                for c, w in zip(block.columns, weights, strict=True)
            )
            yield f"<tr>{labels}{cells}</tr>"

    def _lines(self, block: BlockSpec) -> Iterator[tuple[str, tuple[Label, ...]]]:
        """Row ids with their headings; figures printed in a heading get a line of their own."""
        seen: set[str] = set()
        for row_id in block.rows:
            row = self._spec.row(row_id)
            groups = self._shown.chain(row.group) if row else ()
            for group in groups:
                if group not in seen and self._shown.group_is_filled(group):
                    yield group, (*self._chain(group), Label("", "（标题行内印出的数）"))
                seen.add(group)
            yield row_id, (*self._chain(row.group if row else None), self._label(row_id, row))
        for extra in self._shown.extra_rows():
            if self._home(extra) == block:
                yield extra.row, (Label(extra.row, f"{extra.label}（官方格式没有这一行）"),)

    def _home(self, extra: ExtraRow) -> BlockSpec | None:
        """The last block whose columns hold all cells of an added row."""
        if self._spec.orientation == "across" or self._spec.row(extra.row):
            return None
        columns = {split_address(c.cell.address).column for c in extra.cells}
        return next((b for b in reversed(self._spec.blocks) if columns <= {*b.columns}), None)

    def _chain(self, group: str | None) -> tuple[Label, ...]:
        return tuple(self._label(g, self._spec.group(g)) for g in self._shown.chain(group))

    def _column(self, column: str) -> Label:
        return self._label(column, self._spec.column(column))

    def _label(self, label_id: str, spec: LabelSpec | None) -> Label:
        note = self._shown.printed_label(label_id) or ""
        return Label(label_id, spec.label if spec else label_id, note)

    def _cell(
        self, row: str, column: str, cell: ReportCell | None, *, columns: int = 1, tag: str = "td"
    ) -> str:
        look = self._look
        address = f"{self._spec.id}/{row}/{column}"
        severity = look.mark.get(address)
        classes = ["xx-cell", f"xx-{cell.value.presence if cell else 'missing'}"]
        classes += [f"xx-{severity}"] if severity else []
        classes += ["xx-highlight"] if address in look.highlight else []
        span = f' colspan="{columns}"' if columns > 1 else ""
        spoken = f' title="{SEVERITIES[severity]}"' if severity else ""
        place, references = _linked(look, address)
        # Beside a heading or an added row nothing is expected, so nothing is missing there.
        text = cell_text(cell) if cell or self._spec.row(row) else ""
        return (
            f'<{tag} class="{" ".join(classes)}" data-cell="{escape(address)}"{place}{span}'
            f"{spoken}>{escape(text)}{references}</{tag}>"
        )


def _weights(block: BlockSpec, width: int) -> list[int]:
    """Columns of a narrow block fill the width of the table; the last one takes the rest."""
    count = len(block.columns)
    return [1] * (count - 1) + [width - count + 1]


def _linked(look: Look, address: str) -> tuple[str, str]:
    """The id attribute of a cell, and its links to findings."""
    anchor = escape(look.anchor or "")
    references = "".join(
        f'<a class="xx-ref" href="#{anchor}finding-{n}">{n}</a>'
        for n in look.references.get(address, ())
    )
    place = "" if look.anchor is None else f' id="{escape(cell_id(look.anchor, address))}"'
    return place, references
