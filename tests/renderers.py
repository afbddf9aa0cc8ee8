"""One report plan as a Word file, a web page, a text export and a PDF."""

import html
import io
from collections.abc import Sequence

from checker.readers.builder import RawCell
from tests.builders import Grid, Heading, ReportPlan
from tests.pdf_maker import Merged, PdfPage, make_pdf

FORMATS = ("docx", "html", "pdf", "txt", "md")


def render(plan: ReportPlan, kind: str) -> bytes:
    """The report as a file of that kind."""
    makers = {"docx": to_docx, "html": to_html, "pdf": to_pdf, "txt": to_txt, "md": to_md}
    return makers[kind](plan)


def _size(cells: Sequence[RawCell]) -> tuple[int, int]:
    return max(c.row + c.row_span for c in cells), max(c.column + c.column_span for c in cells)


def to_docx(plan: ReportPlan, *, style: str = "Table Grid") -> bytes:
    from docx import Document

    document = Document()
    for item in plan.items():
        if isinstance(item, Heading):
            document.add_paragraph(item.text)
            continue
        rows, columns = _size(item.cells)
        table = document.add_table(rows=rows, cols=columns, style=style)
        for cell in item.cells:
            first = table.cell(cell.row, cell.column)
            last = table.cell(cell.row + cell.row_span - 1, cell.column + cell.column_span - 1)
            first.merge(last).text = cell.text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def to_html(plan: ReportPlan) -> bytes:
    parts = ["<!DOCTYPE html><html><head><meta charset='utf-8'></head><body><div>"]
    for item in plan.items():
        if isinstance(item, Heading):
            tag = ("h1", "h2", "p")[item.rank]
            parts.append(f"<{tag}>{html.escape(item.text)}</{tag}>")
            continue
        parts.append("<table border='1'>")
        rows, _ = _size(item.cells)
        for row in range(rows):
            line = sorted((c for c in item.cells if c.row == row), key=lambda c: c.column)
            inner = "".join(
                f"<td rowspan='{c.row_span}' colspan='{c.column_span}'>{html.escape(c.text)}</td>"
                for c in line
            )
            parts.append(f"<tr>{inner}</tr>")
        parts.append("</table>")
    parts.append("</div></body></html>")
    return "".join(parts).encode()


def _printed_rows(item: Grid) -> list[list[str | None]]:
    """Rows as a text export has them: a merged cell once, None where it reaches from above."""
    rows, _ = _size(item.cells)
    out: list[list[str | None]] = []
    for row in range(rows):
        line: list[tuple[int, str | None]] = []
        for cell in item.cells:
            if cell.row == row:
                line.append((cell.column, cell.text))
            elif cell.row < row < cell.row + cell.row_span:
                line.append((cell.column, None))
        out.append([text for _, text in sorted(line, key=lambda pair: pair[0])])
    return out


def to_txt(plan: ReportPlan) -> bytes:
    """One cell per line with a leading tab, rows separated by empty lines."""
    lines: list[str] = []
    for item in plan.items():
        if isinstance(item, Heading):
            lines.append(item.text)
            continue
        lines.append("")
        for row in _printed_rows(item):
            lines += ["\t" + (text or "") for text in row]
            lines.append("")
    return "\n".join(lines).encode()


def to_md(plan: ReportPlan) -> bytes:
    """Pipe tables; spanned cells are empty."""
    lines: list[str] = []
    for item in plan.items():
        if isinstance(item, Heading):
            lines += [("# ", "## ", "")[item.rank] + item.text, ""]
            continue
        rows, columns = _size(item.cells)
        grid = [["" for _ in range(columns)] for _ in range(rows)]
        for cell in item.cells:
            grid[cell.row][cell.column] = cell.text
        for i, row in enumerate(grid):
            lines.append("| " + " | ".join(row) + " |")
            if i == 0:
                lines.append("|" + " --- |" * columns)
        lines.append("")
    return "\n".join(lines).encode()


_LEFT, _TOP, _BOTTOM, _WIDTH = 70.0, 72.0, 770.0, 455.0
_LINE, _ROW, _CHARACTERS, _SIZE = 22.0, 24.0, 36, 6


def _wrapped(text: str, width: float) -> str:
    """A label broken into lines that fit a cell; figures are never broken."""
    fit = max(2, int((width - 4) // _SIZE))
    if text.isascii():
        return text
    return "\n".join(text[i : i + fit] for i in range(0, len(text), fit))


class _PdfLayout:
    """Places lines and ruled tables on pages; a table goes on overleaf row by row.

    Args:
        bottom: where a page ends, in points from its top.
    """

    def __init__(self, bottom: float = _BOTTOM) -> None:
        self.bottom = bottom
        self.pages = [PdfPage()]
        self.y = _TOP

    def feed(self, height: float) -> None:
        if self.y + height > self.bottom:
            self.pages.append(PdfPage())
            self.y = _TOP

    def paragraph(self, heading: Heading) -> None:
        indented = heading.text if heading.rank == 0 else "　　" + heading.text
        for start in range(0, len(indented), _CHARACTERS):
            self.feed(_LINE)
            line = indented[start : start + _CHARACTERS]
            x = _LEFT + (_CHARACTERS - len(line)) * 6 if heading.rank == 0 else _LEFT
            stripped = line.lstrip("　")
            x += 12 * (len(line) - len(stripped))
            self.pages[-1].text(x, self.y, stripped, size=12)
            self.y += _LINE

    def table(self, item: Grid) -> None:
        rows, columns = _size(item.cells)
        narrow = [120.0] if columns <= 4 else [40.0, 60.0, 140.0] if columns == 10 else []
        rest = (_WIDTH - sum(narrow)) / (columns - len(narrow))
        xs = [_LEFT]
        for width in (*narrow, *[rest] * (columns - len(narrow))):
            xs.append(xs[-1] + width)
        done = 0
        while done < rows:
            self.feed(_ROW)
            fit = min(rows - done, int((self.bottom - self.y) // _ROW))
            ys = [self.y + i * _ROW for i in range(fit + 1)]
            self._piece(item.cells, done, done + fit, xs, ys)
            self.y = ys[-1] + _LINE
            done += fit

    def _piece(
        self, cells: Sequence[RawCell], first: int, last: int, xs: list[float], ys: list[float]
    ) -> None:
        columns = len(xs) - 1
        texts = [["" for _ in range(columns)] for _ in range(last - first)]
        merged: list[Merged] = []
        for cell in cells:
            top, end = max(cell.row, first), min(cell.row + cell.row_span, last)
            if top >= end:
                continue
            text = cell.text if cell.row >= first else ""
            right = cell.column + cell.column_span
            text = _wrapped(text, xs[cell.column + cell.column_span] - xs[cell.column])
            if end - top > 1 or cell.column_span > 1:
                merged.append(Merged(top - first, cell.column, end - first, right, text))
            else:
                texts[top - first][cell.column] = text
        self.pages[-1].grid(xs, ys, texts, merged=merged, size=_SIZE)


def pdf_pages(plan: ReportPlan, bottom: float = _BOTTOM) -> list[PdfPage]:
    """The pages of the report as a PDF, to be changed before they are bound."""
    layout = _PdfLayout(bottom)
    for item in plan.items():
        if isinstance(item, Heading):
            layout.paragraph(item)
        else:
            layout.table(item)
    return layout.pages


def to_pdf(plan: ReportPlan) -> bytes:
    return make_pdf(*pdf_pages(plan))
