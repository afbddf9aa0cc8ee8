"""The ways in which a table reaches a text file (codes of the layouts as engineers name them)."""

import unicodedata
from collections.abc import Callable, Sequence
from itertools import groupby

from checker.readers.builder import RawCell
from checker.readers.plain_labels import known
from tests.builders import Heading, ReportPlan

Cells = Sequence[RawCell]
Matrix = list[list[str]]


def matrix(cells: Cells) -> Matrix:
    """All grid positions; covered ones are empty."""
    rows = max(c.row + c.row_span for c in cells)
    columns = max(c.column + c.column_span for c in cells)
    grid = [[""] * columns for _ in range(rows)]
    for cell in cells:
        grid[cell.row][cell.column] = cell.text
    return grid


def printed(cells: Cells) -> Matrix:
    """The cells of each row, with an empty one where a cell from above reaches into it."""
    rows = max(c.row + c.row_span for c in cells)
    out: list[list[tuple[int, str]]] = [[] for _ in range(rows)]
    for cell in cells:
        for row in range(cell.row, cell.row + cell.row_span):
            out[row].append((cell.column, cell.text if row == cell.row else ""))
    return [[text for _, text in sorted(row)] for row in out]


def started(cells: Cells) -> Matrix:
    """The cells that begin in each row."""
    ordered = sorted(cells, key=lambda c: (c.row, c.column))
    return [[c.text for c in row] for _, row in groupby(ordered, key=lambda c: c.row)]


def split_heads(text: str) -> str:
    """Column labels of four characters broken over two lines, as narrow columns print them."""
    heads = ("商业企业", "科研机构", "结果维持", "结果纠正", "其他结果", "尚未审结")
    if text in heads:
        return f"{text[:2]}\n{text[2:]}"
    if text in ("本年制发件数", "本年新制作数量"):
        return f"{text[:-4]}\n{text[-4:]}"
    return text


def cell_per_line(cells: Cells) -> str:
    return "\n\n".join(split_heads(text) for row in started(cells) for text in row)


def cell_per_line_dense(cells: Cells) -> str:
    return "\n".join(text for row in started(cells) for text in row)


def row_per_line(cells: Cells) -> str:
    return "\n".join(" | ".join(row) + " |" for row in matrix(cells))


def row_padded_behind(cells: Cells) -> str:
    width = len(matrix(cells)[0])
    return "\n".join(" | ".join(row) + " |" + "|" * (width - len(row)) for row in started(cells))


def row_without_end(cells: Cells) -> str:
    """A line of one cell, such as 第二十条第（一）项, has no pipe at all."""
    return "\n".join(" | ".join(row) for row in started(cells))


def row_between_pipes(cells: Cells) -> str:
    return "\n".join("| " + " | ".join(map(split_heads, row)) + " |" for row in matrix(cells))


def cell_before_pipe(cells: Cells) -> str:
    lines = []
    for row in matrix(cells):
        for text, run in groupby(row):
            count = len(list(run))
            lines += [f"{split_heads(text)} |"] * count if text else ["|" * count]
    return "\n".join(lines)


def opened_rows(cells: Cells) -> str:
    return "\n".join(
        "|\n" + "\n".join(f"{split_heads(text)} |" if text else "|" for text in row)
        for row in started(cells)
    )


def pipe_below(cells: Cells) -> str:
    return "\n".join(f"{text}\n|" for row in started(cells) for text in row)


def label_then_figures(cells: Cells) -> str:
    lines = []
    for row in started(cells):
        first = max((i + 1 for i, t in enumerate(row) if known(t)), default=0)
        labels, figures = row[:first], row[first:]
        lines += [f"{text} |" for text in labels]
        lines += [" | ".join(figures) + " |"] if figures else []
    return "\n".join(lines)


def tab_before_cell(cells: Cells) -> str:
    return "\n\n".join(
        "\n".join(f"\t{split_heads(text)}" for text in row) for row in printed(cells)
    )


def tabs_between(cells: Cells) -> str:
    return "\n".join("\t".join(row) for row in matrix(cells))


def tabs_without_spans(cells: Cells) -> str:
    return "\n".join("\t".join(row) for row in started(cells))


def commas_between(cells: Cells) -> str:
    """As a spreadsheet saves it; a cell with a comma inside stands in quotation marks."""
    quoted = [[f'"{t}"' if "," in t else t for t in row] for row in matrix(cells)]
    return "\n".join(",".join(row) for row in quoted)


def label_and_figures(cells: Cells) -> str:
    return "\n".join(" ".join(row) for row in started(cells))


def markdown(cells: Cells) -> str:
    head, *rows = ("| " + " | ".join(row) + " |" for row in matrix(cells))
    rule = "|" + " --- |" * len(matrix(cells)[0])
    return "\n".join((head, rule, *rows))


def markdown_bare(cells: Cells) -> str:
    head, *rows = (" | ".join(f"**{t}**" if t else t for t in row) for row in matrix(cells))
    rule = "|".join(["---"] * len(matrix(cells)[0]))
    return "\n".join((head, rule, *rows))


def box(cells: Cells) -> str:
    border = "├" + "─────┼" * len(matrix(cells)[0])
    return "\n".join(f"{border}\n│" + "│".join(row) + "│" for row in matrix(cells))


def width_of(text: str, *, wide: bool) -> int:
    if not wide:
        return len(text)
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _columns(cells: Cells, *, wide: bool, limit: int = 14) -> str:
    grid = matrix(cells)
    lines: list[list[list[str]]] = []
    for row in grid:
        parts = [[t[i : i + limit] for i in range(0, len(t), limit)] or [""] for t in row]
        height = max(map(len, parts))
        middle = (height - 1) // 2
        block = [[""] * len(row) for _ in range(height)]
        for column, pieces in enumerate(parts):
            top = middle if len(pieces) == 1 else 0
            for i, piece in enumerate(pieces):
                block[top + i][column] = piece
        lines.append(block)
    flat = [line for block in lines for line in block]
    size = [max(width_of(line[c], wide=wide) for line in flat) + 3 for c in range(len(grid[0]))]
    return "\n".join(
        "".join(t + " " * (size[c] - width_of(t, wide=wide)) for c, t in enumerate(line)).rstrip()
        for line in flat
    )


def columns_by_characters(cells: Cells) -> str:
    return _columns(cells, wide=False)


def columns_by_width(cells: Cells) -> str:
    return _columns(cells, wide=True)


def _pieces(row: Sequence[str], size: int) -> tuple[list[str], list[str]]:
    """The pieces of the last label of a row, and its figures."""
    labels = [text for text in row if not _is_figure(text)]
    label = labels[-1] if labels else ""
    return [label[i : i + size] for i in range(0, len(label), size)], [
        text for text in row if _is_figure(text)
    ]


def wrapped_beside_figures(cells: Cells) -> str:
    """A narrow label column whose lines go on below the figures; a page breaks it elsewhere."""
    lines: list[str] = []
    for row in started(cells):
        pieces, figures = _pieces(row, 4)
        if not figures or not pieces:
            lines.append("  ".join(row))
            continue
        lines.append("    " + pieces[0] + " " + "   ".join(figures))
        for number, piece in enumerate(pieces[1:]):
            last = number == len(pieces) - 2
            lines.append(f"\f  {piece}" if last else f"    {piece}")
    return "\n".join(lines)


def wrapped_above_figures(cells: Cells) -> str:
    """A line for each piece of a label, then its figures; quotation marks of their own."""
    lines: list[str] = []
    for row in started(cells):
        pieces, figures = _pieces(row, 4)
        if not figures or not pieces:
            lines.append(" ".join(row))
            continue
        lines += "\n".join(pieces).replace("“", "“\n").replace("”", "\n”").split("\n")
        lines.append(" ".join(figures))
    return "\n".join(lines)


LAYOUTS: dict[str, Callable[[Cells], str]] = {
    "E": cell_per_line,
    "E_dense": cell_per_line_dense,
    "A": row_per_line,
    "A_padded": row_padded_behind,
    "A_short": row_without_end,
    "A2": row_between_pipes,
    "B": cell_before_pipe,
    "D": opened_rows,
    "C": pipe_below,
    "H": label_then_figures,
    "S": tab_before_cell,
    "tabs": tabs_between,
    "tabs_short": tabs_without_spans,
    "P1": columns_by_characters,
    "P1_wide": columns_by_width,
    "commas": commas_between,
    "P1_wrapped": wrapped_beside_figures,
    "P1_raw": wrapped_above_figures,
    "P3": label_and_figures,
    "md": markdown,
    "md_bare": markdown_bare,
    "box": box,
}


def _is_figure(text: str) -> bool:
    return text.lstrip("+-")[:1].isdigit() and text[-1] in "0123456789元"


def run_together(cells: Cells) -> str:
    return "\n".join("".join(row) for row in started(cells))


def labels_only(cells: Cells) -> str:
    return "\n".join(text for row in started(cells) for text in row if not _is_figure(text))


def _torn(cells: Cells, *, labels_first: bool) -> str:
    """Small Markdown tables of figures, with their labels as loose lines."""
    lines: list[str] = []
    for row in started(cells):
        labels = [text for text in row if not _is_figure(text)]
        values = [text for text in row if _is_figure(text)]
        table = ["", "| " + " | ".join(values) + " |", "|" + "---|" * len(values), ""]
        parts = (labels, table if values else [])
        for part in parts if labels_first else reversed(parts):
            lines += part
    return "\n".join(lines)


def torn_below(cells: Cells) -> str:
    return _torn(cells, labels_first=True)


def torn_above(cells: Cells) -> str:
    return _torn(cells, labels_first=False)


# Layouts in which cells got lost: no reading is certain.
BROKEN_LAYOUTS: dict[str, Callable[[Cells], str]] = {
    "F": run_together,
    "G": labels_only,
    "P2_below": torn_below,
    "P2_above": torn_above,
}


def text_of(plan: ReportPlan, layout: str) -> bytes:
    """A report in one of the layouts."""
    write = {**LAYOUTS, **BROKEN_LAYOUTS}[layout]
    parts = [
        item.text if isinstance(item, Heading) else f"\n{write(item.cells)}\n"
        for item in plan.items()
    ]
    return "\n".join(parts).encode()
